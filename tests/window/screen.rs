//! A screen of our own (Xvfb) with eyes (tesseract) and a hand (xdotool).
//!
//! Programs are found by what a person reads on the screen, not by names inside the window.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

/// A virtual screen. Dropping it ends the server.
pub(crate) struct Screen {
    server: Child,
    display: String,
}

/// One word on the screen with its box in pixels.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
    line: (i32, i32, i32),
}

impl Screen {
    /// Starts a screen on a display number that the server itself finds free.
    pub(crate) fn start() -> Self {
        let mut server = Command::new("Xvfb")
            // Without -noreset it begins anew when its last client is gone, and loses who comes at that moment.
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("Xvfb does not start ({e}): install the Debian package xvfb"));
        let mut line = String::new();
        let stdout = server.stdout.take().expect("the display number is piped");
        BufReader::new(stdout).read_line(&mut line).expect("Xvfb says its display number");
        Self { server, display: format!(":{}", line.trim()) }
    }

    /// What to set `DISPLAY` to.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// A picture of the whole screen as PNG bytes, enlarged so that small text can be read.
    pub(crate) fn picture(&self, enlarged: bool) -> Vec<u8> {
        let mut import = Command::new("import");
        import.args(["-display", &self.display, "-window", "root"]);
        if enlarged {
            import.args(["-colorspace", "Gray", "-resize", "300%"]);
        }
        let output = import.arg("png:-").output().expect("import runs: install the Debian package imagemagick");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Every word a reader finds on the screen.
    pub(crate) fn words(&self) -> Vec<Word> {
        let picture = self.picture(true);
        let mut reader = Command::new("tesseract")
            .args(["-", "-", "--psm", "6", "--dpi", "300", "tsv"])
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("tesseract runs: install the Debian package tesseract-ocr");
        let mut stdin = reader.stdin.take().expect("piped");
        let feeder = std::thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(&picture));
            reader.wait_with_output().expect("tesseract answers")
        });
        String::from_utf8_lossy(&feeder.stdout).lines().skip(1).filter_map(word_of).collect()
    }

    /// The box of the first place where `text` can be read within one line. Only letters and digits count: a reader
    /// mistakes marks and loses blanks.
    pub(crate) fn find(&self, text: &str) -> Option<Word> {
        self.find_all(text).into_iter().next()
    }

    /// The same for every place, from the top to the bottom.
    pub(crate) fn find_all(&self, text: &str) -> Vec<Word> {
        let words = self.words();
        let wanted = plain(text);
        let starts = (0..words.len()).filter(|&start| !plain(&words[start].text).is_empty());
        let mut found: Vec<Word> = starts
            .filter_map(|start| {
                let mut read = String::new();
                for word in words[start..].iter().take_while(|word| word.line == words[start].line) {
                    read.push_str(&plain(&word.text));
                    if read == wanted {
                        let width = word.x + word.width - words[start].x;
                        return Some(Word { width, ..words[start].clone() });
                    }
                }
                None
            })
            .collect();
        found.sort_by_key(|word| word.y);
        found
    }

    /// Waits until `text` can be read; fails with what could be read instead, and leaves a picture behind.
    pub(crate) fn wait_for(&self, text: &str, limit: Duration) -> Word {
        #[expect(clippy::disallowed_methods, reason = "a real window on a real screen: the limit is real time")]
        let start = Instant::now();
        loop {
            if let Some(word) = self.find(text) {
                return word;
            }
            if start.elapsed() > limit {
                let seen: Vec<String> = self.words().into_iter().map(|word| word.text).collect();
                panic!(
                    "{text:?} cannot be read within {limit:?}; see {}; there is: {}",
                    self.keep_picture().display(),
                    seen.join(" ")
                );
            }
        }
    }

    /// Waits until `text` can be read within a word, such as the end of a long path.
    pub(crate) fn wait_for_part(&self, text: &str, limit: Duration) {
        let wanted = plain(text);
        self.until(text, limit, || self.words().iter().any(|word| plain(&word.text).contains(&wanted)));
    }

    /// Waits until `text` can be read twice in the same place: a page that is still being laid out is nothing to click on.
    pub(crate) fn settled(&self, text: &str, limit: Duration) -> Word {
        let mut word = self.wait_for(text, limit);
        loop {
            let again = self.wait_for(text, limit);
            if (again.x, again.y) == (word.x, word.y) {
                return word;
            }
            word = again;
        }
    }

    /// Clicks in the middle of `text` once it stands still.
    pub(crate) fn click(&self, text: &str, limit: Duration) {
        let word = self.settled(text, limit);
        self.click_at(word.x + word.width / 2, word.y + word.height / 2);
    }

    /// Turns the wheel over a place until `text` can be read.
    pub(crate) fn roll_down_to(&self, text: &str, x: i32, y: i32, limit: Duration) {
        let (x, y) = (x.to_string(), y.to_string());
        self.xdotool(&["mousemove", &x, &y]);
        self.until(text, limit, || {
            self.xdotool(&["click", "5"]);
            self.find(text).is_some()
        });
    }

    /// Clicks at a place, as slowly as a quick finger: moving, pressing and letting go within one frame is no human's
    /// click.
    pub(crate) fn click_at(&self, x: i32, y: i32) {
        let (x, y) = (x.to_string(), y.to_string());
        self.xdotool(&["mousemove", &x, &y, "sleep", "0.1", "mousedown", "1", "sleep", "0.1", "mouseup", "1"]);
    }

    /// Clicks into a field and waits until its caret blinks: what is typed before a busy window has seen the click is lost,
    /// and a person looks for the caret before typing. One change is not enough: it may be that the hand lies on it.
    pub(crate) fn click_into(&self, x: i32, y: i32, limit: Duration) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
        let mut rested = self.around(x, y);
        self.until("a field at rest", limit, || {
            let before = std::mem::replace(&mut rested, self.around(x, y));
            before == rested
        });
        self.xdotool(&["mousedown", "1", "sleep", "0.1", "mouseup", "1"]);
        for sign in ["a field that sees the hand", "a field with the keyboard"] {
            self.until(sign, limit, || {
                let before = std::mem::replace(&mut rested, self.around(x, y));
                before != rested
            });
        }
    }

    /// Waits until `is_so`; fails and leaves a picture behind.
    fn until(&self, what: &str, limit: Duration, mut is_so: impl FnMut() -> bool) {
        #[expect(clippy::disallowed_methods, reason = "a real window on a real screen: the limit is real time")]
        let start = Instant::now();
        while !is_so() {
            let is_late = start.elapsed() > limit;
            assert!(!is_late, "{what}: not within {limit:?}; see {}", self.keep_picture().display());
        }
    }

    /// Keeps a picture of what was there when something was missed.
    fn keep_picture(&self) -> PathBuf {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window-missed.png");
        std::fs::write(&path, self.picture(false)).expect("the picture can be kept");
        path
    }

    /// The picture around a place: a field's frame and the beginning of what is in it.
    fn around(&self, x: i32, y: i32) -> Vec<u8> {
        let crop = format!("300x80+{}+{}", (x - 150).max(0), (y - 40).max(0));
        let output = Command::new("import")
            .args(["-display", &self.display, "-window", "root", "-crop", &crop, "ppm:-"])
            .output()
            .expect("import runs: install the Debian package imagemagick");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Presses a key or a combination such as `ctrl+Return`.
    pub(crate) fn press(&self, keys: &str) {
        self.xdotool(&["key", keys]);
    }

    /// Types text into whatever has the focus.
    pub(crate) fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "20", text]);
    }

    /// Waits until there is a window of this title.
    pub(crate) fn wait_for_window(&self, title: &str, limit: Duration) {
        self.until(title, limit, || {
            let search = ["search", "--onlyvisible", "--name", title];
            let found =
                Command::new("xdotool").env("DISPLAY", &self.display).args(search).stdout(Stdio::null()).status();
            found.expect("xdotool runs: install the Debian package xdotool").success()
        });
    }

    /// Gives the keyboard to the window of this title; a screen without a window manager gives it to nobody.
    pub(crate) fn focus_window(&self, title: &str) {
        self.xdotool(&["search", "--onlyvisible", "--name", title, "windowfocus", "--sync"]);
    }

    /// Asks the window of this title to close, as a window manager does when its close button is pressed.
    pub(crate) fn close_window(&self, title: &str) {
        let found = Command::new("xdotool")
            .env("DISPLAY", &self.display)
            .args(["search", "--onlyvisible", "--name", title])
            .output()
            .expect("xdotool runs");
        let window: u32 = String::from_utf8_lossy(&found.stdout).trim().parse().expect("one window of this title");
        let (x, _) = x11rb::connect(Some(&self.display)).expect("the screen takes another client");
        let atom = |name: &[u8]| x.intern_atom(false, name).expect("sent").reply().expect("an atom").atom;
        let (protocols, delete) = (atom(b"WM_PROTOCOLS"), atom(b"WM_DELETE_WINDOW"));
        let event = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        x.send_event(false, window, EventMask::NO_EVENT, event).expect("sent").check().expect("taken");
    }

    fn xdotool(&self, arguments: &[&str]) {
        let done = Command::new("xdotool").env("DISPLAY", &self.display).args(arguments).status();
        assert!(done.expect("xdotool runs: install the Debian package xdotool").success(), "xdotool {arguments:?}");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Letters and digits only, small: what a reader may mistake in marks and case does not count.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// One row of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, sureness, text.
fn word_of(row: &str) -> Option<Word> {
    let cells: Vec<&str> = row.split('\t').collect();
    let number = |index: usize| cells.get(index)?.parse::<i32>().ok();
    let text = cells.get(11)?.trim();
    if number(0)? != 5 || text.is_empty() {
        return None;
    }
    Some(Word {
        text: text.to_owned(),
        x: number(6)? / 3,
        y: number(7)? / 3,
        width: number(8)? / 3,
        height: number(9)? / 3,
        line: (number(2)?, number(3)?, number(4)?),
    })
}
