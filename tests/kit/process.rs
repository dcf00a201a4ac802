//! Child processes that end with the test that started them.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{LIMIT, wait_for};

/// A running program whose output lines are collected while it runs.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    errors: Receiver<String>,
    readers: Vec<JoinHandle<()>>,
}

impl Process {
    /// Starts `program` with `arguments`; when it is missing, `package` is named.
    pub fn start<A: AsRef<OsStr>>(program: &str, package: &str, arguments: impl IntoIterator<Item = A>) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            // Whatever the language of this computer: tests read English where they ask for no other.
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start ({error}): install the package {package}"));
        let (lines, out) = reader(child.stdout.take().expect("stdout"));
        let (errors, err) = reader(child.stderr.take().expect("stderr"));
        let stdin = child.stdin.take();
        Self { name: program.to_owned(), child, stdin, lines, errors, readers: vec![out, err] }
    }

    /// Starts this package's own command line.
    pub fn air780e<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self::start(env!("CARGO_BIN_EXE_air780e"), "of this test", arguments)
    }

    /// The next line of its standard output.
    #[track_caller]
    pub fn line(&self) -> String {
        self.lines.recv_timeout(LIMIT).unwrap_or_else(|_| panic!("{} printed nothing: {:?}", self.name, self.errors()))
    }

    /// The next line of its standard output that is there already: for who must go on with something else meanwhile.
    pub fn line_so_far(&self) -> Option<String> {
        self.lines.try_recv().ok()
    }

    /// The lines of its standard output up to and with the first that `is_wanted`.
    #[track_caller]
    pub fn lines_until(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut read = Vec::new();
        loop {
            let line = self.line();
            let is_last = is_wanted(&line);
            read.push(line);
            if is_last {
                return read;
            }
        }
    }

    /// Waits for a line of its standard error that `is_wanted`.
    #[track_caller]
    pub fn wait_for_error_line(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        wait_for(&format!("a line of {}", self.name), || self.errors.try_iter().find(|line| is_wanted(line)))
    }

    /// What it wrote to its standard error and nobody has read.
    pub fn errors(&self) -> Vec<String> {
        self.errors.try_iter().collect()
    }

    /// What the system shows of it to its user: arguments, environment, names of open files. Nothing once it has ended.
    pub fn system_view(&self) -> Vec<u8> {
        let of = format!("/proc/{}", self.child.id());
        let read = |name: &str| std::fs::read(format!("{of}/{name}")).unwrap_or_default();
        [read("cmdline"), read("environ"), read("comm"), read("maps")].concat()
    }

    /// What it wrote to its standard output and nobody has read, up to its end.
    pub fn rest(&self) -> Vec<String> {
        self.lines.iter().chain(self.errors.iter()).collect()
    }

    /// Writes to its standard input and closes it.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut stdin = self.stdin.take().expect("fed only once");
        stdin.write_all(bytes).expect("the program reads its input");
    }

    /// Asks it to end by SIGTERM and waits for that.
    #[cfg(unix)]
    pub fn terminate(&mut self) -> ExitStatus {
        self.signal(rustix::process::Signal::TERM);
        self.wait()
    }

    /// Sends it a signal.
    #[cfg(unix)]
    pub fn signal(&self, signal: rustix::process::Signal) {
        use rustix::process::{Pid, kill_process};
        kill_process(Pid::from_child(&self.child), signal).expect("a running process can be signalled");
    }

    /// Ends it at once, as pulling the plug does.
    pub fn kill(&mut self) {
        self.child.kill().expect("a running process can be killed");
        self.wait();
    }

    /// Waits for its end.
    #[track_caller]
    pub fn wait(&mut self) -> ExitStatus {
        let name = self.name.clone();
        wait_for(&format!("the end of {name}"), || self.child.try_wait().expect("a child can be waited for"))
    }

    /// Waits for its end; gives its status and what is left of its output and its errors.
    #[track_caller]
    pub fn output(mut self) -> (ExitStatus, Vec<String>, Vec<String>) {
        let mut lines = Vec::new();
        // Both channels are read until the end: a full one would hold the program up.
        let mut errors = Vec::new();
        let status = wait_for(&format!("the end of {}", self.name), || {
            lines.extend(self.lines.try_iter());
            errors.extend(self.errors.try_iter());
            self.child.try_wait().expect("a child can be waited for")
        });
        lines.extend(self.lines.iter());
        errors.extend(self.errors.iter());
        (status, lines, errors)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        // The readers end with the pipes; a full channel must not hold them.
        self.lines = crossbeam_channel::never();
        self.errors = crossbeam_channel::never();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
    }
}

fn reader(from: impl Read + Send + 'static) -> (Receiver<String>, JoinHandle<()>) {
    let (lines, collected) = bounded(LINES);
    let thread =
        thread::Builder::new().name("output".to_owned()).spawn(move || collect(from, &lines)).expect("a thread");
    (collected, thread)
}

fn collect(from: impl Read, lines: &Sender<String>) {
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        if lines.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
            return;
        }
    }
}

const LINES: usize = 100_000;
