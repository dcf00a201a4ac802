//! A real mosquitto on a free loopback port, with its two clients.

use std::{cell::Cell, fs, net::TcpStream, path::Path, process::Command};

use tempfile::TempDir;

use super::{free_port, process::Process, wait_for};

/// A running broker. It ends with this value.
#[derive(Debug)]
pub struct Mosquitto {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    process: Process,
    /// Clients started to listen; numbers their ids.
    listeners: Cell<u32>,
    /// Its configuration lives as long as it does.
    folder: TempDir,
}

impl Mosquitto {
    /// A broker that lets everybody in.
    pub fn open() -> Self {
        Self::start(|_| "allow_anonymous true\n".to_owned())
    }

    /// A broker that lets in only `user` with `password`.
    pub fn with_login(user: &str, password: &str) -> Self {
        Self::start(|folder| {
            let file = folder.join("passwords");
            fs::write(&file, "").expect("a file in the test's folder");
            let made = Command::new("mosquitto_passwd").arg("-b").arg(&file).args([user, password]).output();
            let made = made.unwrap_or_else(|error| panic!("mosquitto_passwd: {error}: install the package mosquitto"));
            assert!(made.status.success(), "{made:?}");
            format!("allow_anonymous false\npassword_file {}\n", file.display())
        })
    }

    /// A broker that speaks TLS with this certificate and key, trusts clients of `ca`, and has these further settings.
    pub fn with_tls(certificate: &[u8], key: &[u8], ca: &[u8], settings: &str) -> Self {
        Self::start(|folder| {
            let file = |name: &str, bytes: &[u8]| {
                fs::write(folder.join(name), bytes).expect("a file in the test's folder");
                folder.join(name).display().to_string()
            };
            format!(
                "allow_anonymous true\ncertfile {}\nkeyfile {}\ncafile {}\n{settings}",
                file("server.crt", certificate),
                file("server.key", key),
                file("ca.crt", ca),
            )
        })
    }

    /// A broker whose listener has the settings that `access` gives; it may put files into the folder it gets.
    pub fn start(access: impl Fn(&Path) -> String) -> Self {
        Self::start_at(free_port(), access)
    }

    /// A broker that lets everybody in, at a port where one was before.
    pub fn open_at(port: u16) -> Self {
        Self::start_at(port, |_| "allow_anonymous true\n".to_owned())
    }

    fn start_at(port: u16, access: impl Fn(&Path) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the broker");
        // As root it would become the user mosquitto, who may not read the test's files.
        let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
        let config = format!(
            "{user}log_dest stderr\nlog_type all\npersistence false\nlistener {port} 127.0.0.1\n{}",
            access(folder.path())
        );
        let path = folder.path().join("mosquitto.conf");
        fs::write(&path, config).expect("a file in the test's folder");
        let process = Process::start(&program(), "mosquitto", ["-c".as_ref(), path.as_os_str()]);
        wait_for("mosquitto's port", || TcpStream::connect(("127.0.0.1", port)).ok());
        Self { port, process, listeners: Cell::new(0), folder }
    }

    /// Waits for a line of its log that holds `text`.
    #[track_caller]
    pub fn wait_for_log(&self, text: &str) -> String {
        self.process.wait_for_error_line(|line| line.contains(text))
    }

    /// Starts `mosquitto_sub` on `topic` and returns when the broker has confirmed the subscription. After `count`
    /// messages it ends; each is one line, its payload in hex.
    pub fn subscribe(&self, topic: &str, count: usize) -> Process {
        self.listeners.set(self.listeners.get() + 1);
        let id = format!("listener-{}", self.listeners.get());
        let (port, count) = (self.port.to_string(), count.to_string());
        let arguments = ["-h", "127.0.0.1", "-p", &port, "-i", &id, "-t", topic, "-q", "2", "-C", &count, "-F", "%x"];
        let process = Process::start("mosquitto_sub", "mosquitto-clients", arguments);
        self.wait_for_log(&format!("Sending SUBACK to {id}"));
        process
    }

    /// Publishes `payload` to `topic` and waits for the confirmation.
    pub fn publish(&self, topic: &str, payload: &[u8], qos: u8) {
        let (port, qos) = (self.port.to_string(), qos.to_string());
        let ca = self.folder.path().join("ca.crt").display().to_string();
        let mut arguments = vec!["-h", "127.0.0.1", "-p", &port, "-t", topic, "-q", &qos, "-s"];
        if Path::new(&ca).exists() {
            arguments.extend(["--cafile", &ca]);
        }
        let mut process = Process::start("mosquitto_pub", "mosquitto-clients", arguments);
        process.feed(payload);
        let (status, _, errors) = process.output();
        assert!(status.success(), "mosquitto_pub: {errors:?}");
    }
}

/// Debian puts the broker where only administrators look for programs.
pub fn program() -> String {
    let found = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];
    found.into_iter().find(|path| Path::new(path).exists()).unwrap_or("mosquitto").to_owned()
}
