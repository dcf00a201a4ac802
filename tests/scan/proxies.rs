//! Lines that a scan gives for nginx (stream) and `HAProxy`, pasted into the real programs in front of a real mosquitto: what refused
//! the module lets it in.

use std::{net::TcpStream, path::Path};

use air780e_companion::{
    sim::range::HOST,
    tls::authority::{Authority, KeyKind, LeafSpec},
};

use crate::{
    kit::{free_port, mosquitto, process::Process, wait_for},
    tools::{Files, check_port, cure, first, scan_port, today},
};

/// A mosquitto without TLS, and the files of a server in front of it.
struct Behind {
    files: Files,
    _broker: Process,
    port: u16,
    ca: String,
    certificate: String,
    key: String,
    both: String,
}

impl Behind {
    fn new() -> Self {
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, today()).unwrap();
        let leaf = root.issue(&LeafSpec::server(&[HOST, "127.0.0.1"], today())).unwrap();
        let files = Files::new();
        let ca = files.authority("root.crt", &root);
        let (certificate, key) = files.identity("server", &leaf);
        let both = files.put("server.pem", &[leaf.chain_pem().unwrap(), leaf.key_pem().unwrap().clone()].concat());
        let port = free_port();
        let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
        let config =
            format!("{user}log_dest stderr\npersistence false\nallow_anonymous true\nlistener {port} 127.0.0.1\n");
        let path = files.put("mosquitto.conf", config.as_bytes());
        let broker = Process::start(&mosquitto::program(), "mosquitto", ["-c", &path]);
        open(port);
        Self { files, _broker: broker, port, ca, certificate, key, both }
    }

    /// An nginx at `port` with these lines in its server.
    fn nginx(&self, program: &str, port: u16, lines: &str) -> Process {
        let place = self.files.path("nginx");
        std::fs::create_dir_all(&place).unwrap();
        let (place, Self { certificate, key, port: behind, .. }) = (place.display(), self);
        let module = "/usr/lib/nginx/modules/ngx_stream_module.so";
        let load = if Path::new(module).exists() { format!("load_module {module};\n") } else { String::new() };
        let config = format!(
            "{load}daemon off;\nmaster_process off;\npid {place}/pid;\nerror_log stderr;\nevents {{}}\nstream {{\nserver {{\nlisten 127.0.0.1:{port} ssl;\n\
             ssl_certificate {certificate};\nssl_certificate_key {key};\nproxy_pass 127.0.0.1:{behind};\n{lines}\n}}\n}}\n"
        );
        let path = self.files.put("nginx.conf", config.as_bytes());
        let process = Process::start(program, "nginx and libnginx-mod-stream", ["-c", &path, "-e", "stderr"]);
        open(port);
        process
    }

    /// A `HAProxy` whose frontend has this line.
    fn haproxy(&self, program: &str, port: u16, bind: &str) -> Process {
        let behind = self.port;
        let config = format!(
            "defaults\n  mode tcp\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\nfrontend mqtts\n  {bind}\n  \
             default_backend broker\nbackend broker\n  server one 127.0.0.1:{behind}\n"
        );
        let path = self.files.put("haproxy.cfg", config.as_bytes());
        let process = Process::start(program, "haproxy", ["-db", "-f", &path]);
        open(port);
        process
    }

    fn assert_refused(&self, port: u16) -> serde_json::Value {
        let (said, _) = scan_port(port, &["--ca", &self.ca]);
        assert_eq!((said["verdict"].as_str(), first(&said)), (Some("cannot"), Some("F-071")), "{said}");
        assert_eq!(check_port(port, Some(&self.ca), &[]), ("failed".to_owned(), Some("F-071".to_owned())));
        said
    }

    fn assert_let_in(&self, port: u16) {
        assert_eq!(check_port(port, Some(&self.ca), &[]), ("ok".to_owned(), None));
    }
}

fn open(port: u16) {
    wait_for("a port", || TcpStream::connect(("127.0.0.1", port)).ok());
}

/// The program, or a line that says that this test did not run.
fn program(name: &str) -> Option<String> {
    let found = ["/usr/sbin", "/usr/local/sbin", "/usr/bin"].map(|folder| format!("{folder}/{name}"));
    let found = found.into_iter().find(|path| Path::new(path).exists());
    if found.is_none() {
        println!("SKIPPED 1: {name} is not installed; dist/debian-packages.sh test installs it");
    }
    found
}

#[test]
fn the_lines_for_nginx_let_the_module_in_that_it_refused() {
    let Some(program) = program("nginx") else { return };
    let behind = Behind::new();
    let port = free_port();
    let before = behind.nginx(&program, port, "ssl_protocols TLSv1.2;\nssl_ciphers ECDHE+AESGCM;");
    let said = behind.assert_refused(port);
    drop(before);
    let port = free_port();
    let _after = behind.nginx(&program, port, &cure(&said, "nginx").join("\n"));
    behind.assert_let_in(port);
}

#[test]
fn the_line_for_haproxy_lets_the_module_in_that_it_refused() {
    let Some(program) = program("haproxy") else { return };
    let behind = Behind::new();
    let port = free_port();
    let bind = format!("bind 127.0.0.1:{port} ssl crt {} ciphers ECDHE+AESGCM", behind.both);
    let before = behind.haproxy(&program, port, &bind);
    let said = behind.assert_refused(port);
    drop(before);
    // The line names the port that was scanned, and a file where Debian's package keeps it.
    let line = cure(&said, "haproxy").join(" ").replace("/etc/haproxy/server.pem", &behind.both);
    let other = free_port();
    let line = line.replace(&format!("bind :{port}"), &format!("bind 127.0.0.1:{other}"));
    let _after = behind.haproxy(&program, other, &line);
    behind.assert_let_in(other);
}
