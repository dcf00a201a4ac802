//! Why the window does not open, and what to do: words for a terminal, because there is no window to say them in.
//!
//! The window library loads the system's libraries at run time. Of a missing one it tells by an error or a panic that may
//! name it or not; the system's own list of libraries says the rest.

use std::{env::consts::EXE_SUFFIX, fs, path::Path};

use memchr::{memmem, memrchr};

use crate::lang::{Text, Translator};

/// The kind of desktop that the window opens on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desktop {
    /// An X server.
    X11,
    /// A Wayland compositor.
    Wayland,
    /// Windows or macOS: nothing of this file's is loaded there.
    Own,
}

/// What keeps the window from opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// There is neither an X11 nor a Wayland desktop.
    NoDesktop,
    /// Libraries of the system are missing.
    Libraries(Vec<Library>),
    /// Nothing draws: OpenGL does not come up.
    NoDrawing,
    /// Anything else, in the window library's words.
    Other(String),
}

/// Where this program came from: it decides what else is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built from the sources, and started among them.
    Sources,
    /// A package: the command line lies beside the window.
    Package,
}

/// A library that is loaded at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Library {
    /// Its file.
    pub file: &'static str,
    /// The package of Debian and Ubuntu that brings it.
    pub package: &'static str,
    /// What a panic says when it is missing, if there is one.
    sign: Option<&'static str>,
    /// The only desktop that needs it; `None` when both do.
    only_on: Option<Desktop>,
}

impl Hindrance {
    /// What is behind the window library's `words` on `desktop`, when `has_library` knows the libraries of this system.
    pub fn of(words: &str, desktop: Option<Desktop>, has_library: impl Fn(&str) -> bool) -> Self {
        let Some(desktop) = desktop else { return Self::NoDesktop };
        let is_needed = |library: &Library| library.only_on.is_none_or(|only| only == desktop);
        let missing: Vec<_> = LIBRARIES.into_iter().filter(is_needed).filter(|one| !has_library(one.file)).collect();
        // The words name what could not be loaded; that may have failed for want of another one.
        let named = Library::named_in(words);
        if let Some(library) = named.filter(|named| missing.is_empty() || missing.contains(named)) {
            Self::Libraries(vec![library])
        } else if !missing.is_empty() && desktop != Desktop::Own {
            Self::Libraries(missing)
        } else if words.contains("glutin") {
            Self::NoDrawing
        } else {
            Self::Other(without_sources(words))
        }
    }

    /// What to say to somebody whose program is of `origin`: one line, one more where a script helps, and one where there is a
    /// choice.
    pub fn lines(&self, lang: &Translator, origin: Origin) -> Vec<String> {
        let why = match self {
            Self::NoDesktop => Text::new("start-no-desktop"),
            Self::Libraries(missing) => {
                let joined =
                    |part: fn(&Library) -> &str, between| missing.iter().map(part).collect::<Vec<_>>().join(between);
                let files = joined(|library| library.file, ", ");
                let packages = joined(|library| library.package, " ");
                Text::new("start-library").with("files", files).with("packages", packages)
            }
            Self::NoDrawing => Text::new("start-no-drawing").with("packages", DRAWING),
            Self::Other(words) => Text::new("start-failed").with("words", words.as_str()),
        };
        let script = || Text::new("start-script").with("script", SCRIPT);
        let has_script = cfg!(target_os = "linux") && origin == Origin::Sources && *self != Self::NoDesktop;
        let command = || Text::new("start-command").with("command", origin.command());
        let has_choice = matches!(self, Self::NoDesktop | Self::Other(_));
        [Some(why), has_script.then(script), has_choice.then(command)]
            .into_iter()
            .flatten()
            .map(|text| lang.text(&text))
            .collect()
    }
}

impl Origin {
    /// Of a program whose folder is `programs`, started in the folder `around`.
    pub fn of(programs: Option<&Path>, around: &Path) -> Self {
        let has_command = programs.is_some_and(|programs| programs.join(format!("air780e{EXE_SUFFIX}")).is_file());
        if around.join(SCRIPT).is_file() || !has_command { Self::Sources } else { Self::Package }
    }

    /// The same engine without a window.
    const fn command(self) -> &'static str {
        match self {
            Self::Sources => "cargo run --bin air780e -- --help",
            Self::Package => "air780e --help",
        }
    }
}

impl Library {
    /// The library whose absence made the window library panic with `words`, if that is why it did.
    pub fn named_in(words: &str) -> Option<Self> {
        LIBRARIES.into_iter().find(|library| library.sign.is_some_and(|sign| words.contains(sign)))
    }
}

/// Whether this system has the library `file`, as far as its list of libraries tells and where that points to; true when
/// there is no such list.
pub fn has_library(file: &str) -> bool {
    fs::read("/etc/ld.so.cache").map_or(true, |list| paths_in(&list, file).any(Path::exists))
}

/// The paths of `file` in the system's `list` of libraries, which are kept each before a NUL.
fn paths_in<'a>(list: &'a [u8], file: &str) -> impl Iterator<Item = &'a Path> {
    let end = format!("/{file}\0");
    let ends: Vec<_> = memmem::find_iter(list, end.as_bytes()).map(|at| at + end.len() - 1).collect();
    ends.into_iter().filter_map(|end| {
        let begin = memrchr(0, &list[..end]).map_or(0, |nul| nul + 1);
        str::from_utf8(&list[begin..end]).ok().map(Path::new)
    })
}

/// The window library tells at which line of its source a fault came up; that helps nobody here.
fn without_sources(words: &str) -> String {
    words.split(": ").filter(|part| !part.contains(".rs:")).collect::<Vec<_>>().join(": ")
}

/// What the window loads when it opens. `libxkbcommon` is needed by both desktops, on X11 by way of its own helper.
const LIBRARIES: [Library; 9] = [
    Library { file: "libX11.so.6", package: "libx11-6", sign: None, only_on: Some(Desktop::X11) },
    Library { file: "libX11-xcb.so.1", package: "libx11-xcb1", sign: None, only_on: Some(Desktop::X11) },
    Library { file: "libXcursor.so.1", package: "libxcursor1", sign: None, only_on: Some(Desktop::X11) },
    Library { file: "libXi.so.6", package: "libxi6", sign: None, only_on: Some(Desktop::X11) },
    Library {
        file: "libxkbcommon-x11.so.0",
        package: "libxkbcommon-x11-0",
        sign: Some("libxkbcommon-x11.so"),
        only_on: Some(Desktop::X11),
    },
    Library { file: "libxkbcommon.so.0", package: "libxkbcommon0", sign: Some("XKBNotFound"), only_on: None },
    Library {
        file: "libwayland-client.so.0",
        package: "libwayland-client0",
        sign: None,
        only_on: Some(Desktop::Wayland),
    },
    Library {
        file: "libwayland-egl.so.1",
        package: "libwayland-egl1",
        sign: Some("libwayland-egl.so"),
        only_on: Some(Desktop::Wayland),
    },
    Library { file: "libEGL.so.1", package: "libegl1", sign: None, only_on: None },
];

/// The packages that draw.
const DRAWING: &str = "libegl1 libgl1-mesa-dri";
/// Installs everything that the window needs, on Debian and Ubuntu.
const SCRIPT: &str = "./dist/debian-packages.sh";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    const GLUTIN: &str = "Found no glutin configs matching the template: ConfigTemplate { .. }. Error: not found";

    /// What is said in both languages.
    fn said(hindrance: &Hindrance, origin: Origin) -> Vec<Vec<String>> {
        Lang::ALL.into_iter().map(|lang| hindrance.lines(&Translator::new(lang), origin)).collect()
    }

    #[track_caller]
    fn is_one_sentence_with(hindrance: &Hindrance, parts: &[&str]) {
        for lines in said(hindrance, Origin::Package) {
            assert_eq!(lines.len(), 1, "{lines:?}");
            assert!(parts.iter().all(|part| lines[0].contains(part)), "{lines:?} and {parts:?}");
        }
        for lines in said(hindrance, Origin::Sources) {
            assert!(lines.len() == 2 && lines[1].contains(SCRIPT), "{lines:?}");
        }
    }

    #[test]
    fn a_library_that_a_panic_names_is_told_with_its_package_and_the_script() {
        let table = [
            ("Library libxkbcommon-x11.so could not be loaded.", Desktop::X11, "libxkbcommon-x11-0"),
            ("Library libwayland-egl.so could not be loaded.", Desktop::Wayland, "libwayland-egl1"),
            ("called `Result::unwrap()` on an `Err` value: XKBNotFound", Desktop::Wayland, "libxkbcommon0"),
        ];
        for (words, desktop, package) in table {
            is_one_sentence_with(&Hindrance::of(words, Some(desktop), |_| true), &[package]);
        }
        assert_eq!(Library::named_in("index out of bounds: the len is 3 but the index is 3"), None);
    }

    #[test]
    fn a_library_that_nobody_names_is_found_missing() {
        let words = "winit EventLoopError: os error at /a/mod.rs:765: Failed to load one of xlib's shared libraries";
        let lacks = |missing: &'static str| move |file: &str| file != missing;
        for library in LIBRARIES {
            let desktop = library.only_on.unwrap_or(Desktop::Wayland);
            for words in [words, GLUTIN] {
                let hindrance = Hindrance::of(words, Some(desktop), lacks(library.file));
                is_one_sentence_with(&hindrance, &[library.file, library.package]);
            }
        }
        let named = "Library libxkbcommon-x11.so could not be loaded.";
        let behind = Hindrance::of(named, Some(Desktop::X11), lacks("libxkbcommon.so.0"));
        is_one_sentence_with(&behind, &["libxkbcommon.so.0", "libxkbcommon0"]);
        let elsewhere = Hindrance::of(named, Some(Desktop::X11), |_| false);
        is_one_sentence_with(&elsewhere, &["libxkbcommon-x11.so.0", "libxkbcommon-x11-0"]);
        let both = Hindrance::of(words, Some(Desktop::X11), |file| !file.starts_with("libX11"));
        is_one_sentence_with(&both, &["libX11.so.6, libX11-xcb.so.1", "libx11-6 libx11-xcb1"]);
        let other = Hindrance::of(words, Some(Desktop::Wayland), lacks("libXi.so.6"));
        assert!(matches!(other, Hindrance::Other(_)), "Wayland needs nothing of X11: {other:?}");
    }

    #[test]
    fn without_opengl_the_packages_that_draw_are_named() {
        is_one_sentence_with(&Hindrance::of(GLUTIN, Some(Desktop::X11), |_| true), &[DRAWING]);
    }

    #[test]
    fn the_script_installs_every_library() {
        let script = include_str!("../../dist/debian-packages.sh");
        let words: Vec<_> = script.split(|c: char| c.is_whitespace() || c == '"').collect();
        let packages = LIBRARIES.iter().map(|library| library.package).chain(DRAWING.split(' '));
        packages.for_each(|package| assert!(words.contains(&package), "{package}"));
    }

    #[test]
    fn without_a_desktop_the_command_line_is_named_and_no_line_of_a_source() {
        let words =
            "winit EventLoopError: os error at /home/a/.cargo/registry/winit/mod.rs:765: neither X nor Y is set.";
        assert_eq!(Hindrance::of(words, None, |_| false), Hindrance::NoDesktop);
        let other = Hindrance::of(words, Some(Desktop::X11), |_| true);
        assert_eq!(other, Hindrance::Other("winit EventLoopError: neither X nor Y is set.".to_owned()));
        for origin in [Origin::Sources, Origin::Package] {
            for lines in said(&Hindrance::NoDesktop, origin).iter().chain(&said(&other, origin)) {
                let all = lines.join("\n");
                assert!(all.contains(origin.command()) && !all.contains(".rs"), "{all}");
                assert_eq!(all.contains("cargo"), origin == Origin::Sources, "{all}");
            }
        }
    }

    #[test]
    fn a_package_is_known_by_the_command_beside_the_window() {
        let (programs, sources) = (tempfile::tempdir().expect("a folder"), Path::new(env!("CARGO_MANIFEST_DIR")));
        let of = |around| Origin::of(Some(programs.path()), around);
        assert_eq!(of(programs.path()), Origin::Sources, "nothing is beside it");
        fs::write(programs.path().join(format!("air780e{EXE_SUFFIX}")), "").expect("written");
        assert_eq!([of(programs.path()), of(sources)], [Origin::Package, Origin::Sources]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_list_of_this_system_is_read() {
        assert!(has_library("libc.so.6") && !has_library("libof-no-system.so.1"));
    }

    #[test]
    fn a_list_that_points_to_a_library_that_is_gone_does_not_count() {
        let list = b"\0libX11.so.6\0/lib/libX11.so.6\0libXi.so.6\0/lib64/libXi.so.6\0/lib/libXi.so.6\0";
        let paths = |file| paths_in(list, file).collect::<Vec<_>>();
        assert_eq!(paths("libX11.so.6"), [Path::new("/lib/libX11.so.6")]);
        assert_eq!(paths("libXi.so.6"), [Path::new("/lib64/libXi.so.6"), Path::new("/lib/libXi.so.6")]);
        assert!(paths("libEGL.so.1").is_empty());
    }
}
