//! What is kept of a crash: a small report on the disk that can be sent along with a question.
//!
//! It says where the program stopped and in which version, and nothing that was typed or received: words that were put
//! together while the program ran may hold a value, so only words that stand in the source are taken over.

use std::{
    io,
    panic::{self, PanicHookInfo},
    path::{Path, PathBuf},
    thread,
};

use crate::{
    lang::{Lang, Text, Translator},
    own_file,
};

use super::clock::Clock;

/// From now on a crash leaves a report in `folder`, and its path on standard error.
pub fn report_into(folder: PathBuf) {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        tell(panic);
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        let thread = thread::current().name().unwrap_or("without a name").to_owned();
        match keep(&folder, &report(&place, &thread, words_in_the_source(panic))) {
            Ok(path) => eprintln!("{}", said(&path)),
            Err(error) => eprintln!("The report could not be kept in {}: {error}", folder.display()),
        }
    }));
}

/// What is said of a report that was written to `path`, in every language: a crash comes before any choice is known.
pub fn said(path: &Path) -> String {
    let text = Text::new("crash-stopped").put("path", path.display());
    // Whatever was read of the words before may be what failed.
    Lang::ALL.map(|lang| Translator::new(lang).text(&text)).join("\n")
}

fn words_in_the_source<'a>(panic: &'a PanicHookInfo<'_>) -> &'a str {
    panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(left out: it may hold a value)")
}

fn report(place: &str, thread: &str, words: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let when = Clock::wall().to_rfc3339();
    format!("Air780E Companion {version}, {system} {machine}\n{when}\nthread: {thread}\nat: {place}\nwords: {words}\n")
}

/// Writes `report` into a file of its own.
fn keep(folder: &Path, report: &str) -> io::Result<PathBuf> {
    own_file::create_folder(folder)?;
    let path = folder.join(format!("crash-{}.txt", Clock::wall().format("%Y%m%d-%H%M%S%.3f")));
    io::Write::write_all(&mut own_file::create(&path)?, report.as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_report_says_where_and_in_which_version_and_keeps_values_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let reports = folder.path().join("logs");
        let path = keep(&reports, &report("src/a.rs:7:3", "modem-worker", "no port")).expect("kept");
        let text = fs::read_to_string(&path).expect("read");
        for part in [env!("CARGO_PKG_VERSION"), "src/a.rs:7:3", "modem-worker", "no port"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(said(&path).contains(&path.display().to_string()));
        #[cfg(unix)]
        for (place, wanted) in [(&reports, 0o700), (&path, 0o600)] {
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(place).expect("there").permissions());
            assert_eq!(mode & 0o777, wanted, "{}", place.display());
        }
    }

    #[test]
    fn a_crash_of_a_thread_leaves_its_report() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        report_into(folder.path().to_owned());
        let secret = String::from("hunter2");
        let ended = thread::Builder::new()
            .name("one-that-falls".to_owned())
            .spawn(move || {
                assert!(secret.is_empty(), "a value: {secret}");
            })
            .expect("a thread")
            .join();
        panic::set_hook(before);
        assert!(ended.is_err());
        let texts: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("text"))
            .collect();
        let own: Vec<_> = texts.iter().filter(|text| text.contains("one-that-falls")).collect();
        assert_eq!(own.len(), 1, "{texts:?}");
        assert!(own[0].contains("crash.rs") && !own[0].contains("hunter2"), "{}", own[0]);
    }
}
