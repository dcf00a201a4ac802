//! The window: arguments, logging, window options; everything else is the application's.

// No console behind the window; one that it was started from is not lost by this.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::{
    any::Any,
    cell::Cell,
    env,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::ExitCode,
    rc::Rc,
};

#[cfg(unix)]
use air780e_companion::app::shader_cache;
use air780e_companion::{
    app::{
        self, App, Loaded, Options, Store, crash, ending, frame_pause,
        startup::{Desktop, Hindrance, Library, Origin, has_library},
    },
    lang::{Lang, Translator},
    settings::{ThemeChoice, WindowState},
    ui::pages::{self, PAGES},
    view::Page,
};
use clap::{
    Parser, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use eframe::egui::{IconData, Vec2, ViewportBuilder};
use tracing_subscriber::EnvFilter;

/// A desktop window beside an Air780E: connects it to an MQTT broker and says why it does not.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Use the profile of this name
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Begin with this page instead of the last one
    #[arg(long, value_name = "PAGE", value_parser = page_names())]
    page: Option<Page>,
    /// Language for this run
    #[arg(long, value_enum)]
    lang: Option<LangName>,
    /// Theme for this run
    #[arg(long, value_enum)]
    theme: Option<ThemeName>,
    /// Connect to the virtual modem and the built-in broker at once
    #[arg(long)]
    connect_virtual: bool,
    /// Keep settings and logs beside the program, in air780e-companion-data; from then on it is found there by itself
    #[arg(long)]
    portable: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangName {
    En,
    #[value(name = "zh-CN", alias = "zh")]
    ZhCn,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeName {
    System,
    Light,
    Dark,
}

/// The names of the pages, each with its page.
fn page_names() -> impl TypedValueParser<Value = Page> {
    let names = PossibleValuesParser::new(PAGES.map(|facts| facts.name));
    names.map(|name| PAGES.into_iter().find(|facts| facts.name == name).map_or_else(Page::default, |facts| facts.page))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Lines are masked where they are built, so no level of detail can bring a secret here. Libraries warn of what is no
    // fault to the user; `AIR780E_LOG=warn` shows that too.
    let filter = EnvFilter::try_from_env("AIR780E_LOG").unwrap_or_else(|_| EnvFilter::new("air780e_companion=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    #[cfg(unix)]
    spare_a_full_disk();
    let options = options(arguments);
    let lang = options.lang.or(options.settings.lang).unwrap_or(options.system_lang);
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            let hindrance = Hindrance::of(&words, desktop(), has_library);
            let around = env::current_dir().unwrap_or_default();
            let origin = Origin::of(programs().as_deref(), &around);
            for line in hindrance.lines(&Translator::new(lang), origin) {
                eprintln!("{line}");
            }
            #[cfg(windows)]
            tell_in_a_box(&hindrance, origin);
            ExitCode::FAILURE
        }
    }
}

/// Nobody sees a terminal behind a program that was started by a click.
#[cfg(windows)]
fn tell_in_a_box(hindrance: &Hindrance, origin: Origin) {
    let words = Lang::ALL.map(|lang| hindrance.lines(&Translator::new(lang), origin).join("\n")).join("\n\n");
    let shown = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Air780E Companion");
    shown.set_description(words).show();
}

/// Begins once more without the graphics library's cache, where that would end the program on a full disk. The environment
/// of a running program cannot be changed in safety; that of a new one can.
#[cfg(unix)]
fn spare_a_full_disk() {
    use std::os::unix::process::CommandExt;
    let Some(remedy) = shader_cache::remedy(|name| env::var_os(name), shader_cache::room) else { return };
    tracing::warn!("the disk is full: the graphics library keeps no cache");
    let Ok(program) = env::current_exe() else { return };
    let error = std::process::Command::new(program).args(env::args_os().skip(1)).envs(remedy).exec();
    tracing::warn!(%error, "the graphics library may fail on the full disk");
}

/// Opens the window and serves it to its end. The error is why it could not be opened.
fn run(options: Options) -> Result<(), String> {
    if let Some(store) = &options.store {
        crash::report_into(store.logs().to_owned());
    }
    // Behind the reports, so that it is asked before them.
    keep_quiet_of_missing_libraries();
    let state = options.settings.window.clone();
    let options = Rc::new(Cell::new(Some(options)));
    let mut first = None;
    for renderer in RENDERERS {
        // What was begun is not begun again: the options are gone when a window has been there.
        match open(*renderer, &state, &options) {
            Ok(()) => return Ok(()),
            Err(words) => first = first.or(Some(words)),
        }
    }
    Err(first.unwrap_or_default())
}

/// What draws, best first: OpenGL, and on Windows Direct3D 12 where that is missing.
const RENDERERS: &[eframe::Renderer] = &[
    eframe::Renderer::Glow,
    #[cfg(windows)]
    eframe::Renderer::Wgpu,
];

/// Opens the window with one way to draw. The options are taken when it opens.
fn open(renderer: eframe::Renderer, state: &WindowState, options: &Rc<Cell<Option<Options>>>) -> Result<(), String> {
    let taken = Rc::clone(options);
    let make = move |cc: &eframe::CreationContext<'_>| {
        let options = taken.take().ok_or("the window was open already")?;
        // The context that draws is made: its driver tells who draws.
        let system_wish = ending::close_on_signal(cc.egui_ctx.clone()).unwrap_or_else(|error| {
            tracing::warn!(%error, "a signal ends the program without an order");
            ending::SystemWish::default()
        });
        let options = Options { frame_pause: frame_pause(), system_wish, ..options };
        let app: Box<dyn eframe::App> = Box::new(App::new(&cc.egui_ctx, options));
        Ok(app)
    };
    let open = || eframe::run_native("Air780E Companion", window(state, renderer), Box::new(make));
    match panic::catch_unwind(AssertUnwindSafe(open)) {
        Ok(ended) => ended.map_err(|error| error.to_string()),
        Err(panic) => match words_of(&*panic).filter(|words| Library::named_in(words).is_some()) {
            Some(words) => Err(words.to_owned()),
            None => panic::resume_unwind(panic),
        },
    }
}

/// The window library panics when the system lacks a library. That is no fault of the program, and is said in a sentence.
fn keep_quiet_of_missing_libraries() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if words_of(panic.payload()).is_none_or(|words| Library::named_in(words).is_none()) {
            tell(panic);
        }
    }));
}

fn words_of(panic: &(dyn Any + Send)) -> Option<&str> {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str))
}

/// The desktop that the window library chooses; `None` when nobody said where one is.
fn desktop() -> Option<Desktop> {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Some(Desktop::Own);
    }
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let wayland = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"].iter().find(|name| is_set(name)).map(|_| Desktop::Wayland);
    wayland.or_else(|| Some("DISPLAY").filter(is_set).map(|_| Desktop::X11))
}

fn window(state: &WindowState, renderer: eframe::Renderer) -> eframe::NativeOptions {
    let size = state.usable_size().map_or(Vec2::new(1_200.0, 800.0), Vec2::from);
    let viewport = ViewportBuilder::default()
        .with_app_id("air780e-companion")
        .with_title("Air780E Companion")
        .with_inner_size(size)
        .with_maximized(state.is_maximized)
        .with_min_inner_size(Vec2::new(880.0, 560.0));
    let viewport = match eframe::icon_data::from_png_bytes(ICON) {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport.with_icon(IconData::default()),
    };
    // Dithering smooths gradients, of which there are none; where the processor draws it costs a part of every pixel.
    eframe::NativeOptions { viewport, renderer, dithering: false, ..eframe::NativeOptions::default() }
}

/// The folder in which this program lies.
fn programs() -> Option<PathBuf> {
    env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned))
}

fn options(arguments: Arguments) -> Options {
    let portable = programs().and_then(|programs| Store::portable(&programs, arguments.portable));
    let store = portable.or_else(Store::of_user);
    let (loaded, settings_fault) = match store.as_ref().map(Store::load) {
        Some(Ok(loaded)) => (loaded, None),
        Some(Err(error)) => (Loaded::default(), Some(error.to_string())),
        None => (Loaded::default(), None),
    };
    let page = arguments.page.or_else(|| pages::kept(&loaded.settings.window.page));
    Options {
        // A file that can neither be read nor put aside is not written over.
        store: store.filter(|_| settings_fault.is_none()),
        undo: air780e_companion::bisect::Shelf::of_user(),
        settings: loaded.settings,
        settings_fault,
        damage: loaded.damage,
        #[cfg(feature = "keyring")]
        vault: Some(std::sync::Arc::new(app::SystemKeyring)),
        #[cfg(not(feature = "keyring"))]
        vault: None,
        profile: arguments.profile,
        page: page.unwrap_or_default(),
        system_lang: system_lang(),
        lang: arguments.lang.map(Lang::from),
        theme: arguments.theme.map(ThemeChoice::from),
        connects_virtual: arguments.connect_virtual,
        ..Options::default()
    }
}

/// The language of the environment; where nothing tells it there, the one that Windows or macOS is set to.
fn system_lang() -> Lang {
    let tag = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|tag| !tag.is_empty()));
    #[cfg(any(windows, target_os = "macos"))]
    let tag = tag.or_else(sys_locale::get_locale);
    tag.map_or(Lang::En, |tag| Lang::from_tag(&tag))
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::En => Self::En,
            LangName::ZhCn => Self::ZhCn,
        }
    }
}

impl From<ThemeName> for ThemeChoice {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::System => Self::System,
            ThemeName::Light => Self::Light,
            ThemeName::Dark => Self::Dark,
        }
    }
}

/// The application's icon.
const ICON: &[u8] = include_bytes!("../icons/air780e-companion-256.png");
