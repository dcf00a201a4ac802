//! The window: arguments, logging, window options; everything else is the application's.

use std::{env, process::ExitCode};

use air780e_companion::{
    app::{App, Options, Store},
    lang::Lang,
    settings::{Settings, ThemeChoice},
    view::Page,
};
use clap::{Parser, ValueEnum};
use eframe::egui::{IconData, Vec2, ViewportBuilder};
use tracing_subscriber::EnvFilter;

/// A desktop window beside an Air780E: connects it to an MQTT broker and says why it does not.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Use the profile of this name
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Begin with this page
    #[arg(long, value_enum, default_value = "connect")]
    page: PageName,
    /// Language for this run
    #[arg(long, value_enum)]
    lang: Option<LangName>,
    /// Theme for this run
    #[arg(long, value_enum)]
    theme: Option<ThemeName>,
    /// Connect to the virtual modem and the built-in broker at once
    #[arg(long)]
    connect_virtual: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PageName {
    Connect,
    Messages,
    Certificates,
    Latency,
    Terminal,
    Settings,
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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Lines are masked where they are built, so no level of detail can bring a secret here.
    let filter = EnvFilter::try_from_env("AIR780E_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let started = eframe::run_native(
        "Air780E Companion",
        window(),
        Box::new(move |cc| Ok(Box::new(App::new(&cc.egui_ctx, options(arguments))))),
    );
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The window cannot be opened: {error}");
            eprintln!("It needs a desktop (X11 or Wayland) and OpenGL. Without one, use the command `air780e`.");
            ExitCode::FAILURE
        }
    }
}

fn window() -> eframe::NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_app_id("air780e-companion")
        .with_title("Air780E Companion")
        .with_inner_size(Vec2::new(1_200.0, 800.0))
        .with_min_inner_size(Vec2::new(880.0, 560.0));
    let viewport = match eframe::icon_data::from_png_bytes(ICON) {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport.with_icon(IconData::default()),
    };
    eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..eframe::NativeOptions::default() }
}

fn options(arguments: Arguments) -> Options {
    let store = Store::of_user();
    let (settings, settings_fault) = match store.as_ref().map(Store::load) {
        Some(Ok(settings)) => (settings, None),
        Some(Err(error)) => (Settings::default(), Some(error.to_string())),
        None => (Settings::default(), None),
    };
    Options {
        // A file that cannot be understood is not written over.
        store: store.filter(|_| settings_fault.is_none()),
        settings,
        settings_fault,
        profile: arguments.profile,
        page: arguments.page.into(),
        system_lang: system_lang(),
        lang: arguments.lang.map(Lang::from),
        theme: arguments.theme.map(ThemeChoice::from),
        connects_virtual: arguments.connect_virtual,
    }
}

/// The language of the environment; elsewhere than on Unix the user chooses.
fn system_lang() -> Lang {
    let tag = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|tag| !tag.is_empty()));
    tag.map_or(Lang::En, |tag| Lang::from_tag(&tag))
}

impl From<PageName> for Page {
    fn from(name: PageName) -> Self {
        match name {
            PageName::Connect => Self::Connect,
            PageName::Messages => Self::Messages,
            PageName::Certificates => Self::Certificates,
            PageName::Latency => Self::Latency,
            PageName::Terminal => Self::Terminal,
            PageName::Settings => Self::Settings,
        }
    }
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
