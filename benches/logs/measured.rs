//! Runs a program to its end and says how long it took, by the clock and of the processor, and its largest memory.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// What a program took.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) output: String,
    pub(crate) wall: Duration,
    /// To a hundredth of a second.
    pub(crate) processor: Duration,
    /// The largest memory that was resident, in bytes.
    pub(crate) peak: u64,
}

/// The verdict on the log at `path`.
pub(crate) fn doctor(program: &str, path: &Path) -> Taken {
    run(Command::new(program).args(["doctor", "--json", "--lang", "en"]).arg(path))
}

/// `cat FILE | wc -c`.
pub(crate) fn plain_read(path: &Path) -> Taken {
    run(Command::new("sh").args(["-c", "cat \"$0\" | wc -c"]).arg(path))
}

/// `lnav -n FILE`.
pub(crate) fn lnav(path: &Path) -> Taken {
    run(Command::new("lnav").arg("-n").arg(path))
}

/// Whether `lnav` is installed.
pub(crate) fn has_lnav() -> bool {
    Command::new("lnav").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark owns a clock, and looks at what it measures from time to time"
)]
fn run(command: &mut Command) -> Taken {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut stdout = child.stdout.take().expect("its output");
    let reader = thread::Builder::new()
        .spawn(move || {
            let mut output = Vec::new();
            stdout.read_to_end(&mut output).map(|_| output)
        })
        .expect("a thread");
    let mut peak = 0;
    let wall = loop {
        match resident(child.id()) {
            Some(bytes) => peak = peak.max(bytes),
            // Its memory is gone, its times stand there until it is waited for.
            None => break start.elapsed(),
        }
        thread::sleep(LOOK);
    };
    let processor = used(child.id());
    child.wait().expect("it ends");
    let output = reader.join().expect("the reader ends").expect("its output");
    Taken { output: String::from_utf8_lossy(&output).into_owned(), wall, processor, peak }
}

/// `VmHWM` of proc(5), in bytes; `None` once the program has ended.
fn resident(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

/// `utime` and `stime` of proc(5).
fn used(id: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("it was not waited for");
    let after_name = stat.rsplit_once(')').expect("a name in brackets").1;
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).map(|t| t.parse::<u64>().expect("ticks")).sum();
    Duration::from_millis(ticks * 10)
}

const LOOK: Duration = Duration::from_millis(2);
