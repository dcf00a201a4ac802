//! Both versions of the protocol, over every transport, with the clients that people use: mosquitto's and Eclipse Paho's.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use air780e_companion::broker::{CoreConfig, Server, ServerConfig};

use crate::{kit::process::Process, support::broker_with, tls::Bench};

/// A broker with all its ports and a client's way to each.
struct Rig {
    server: Server,
    ca: PathBuf,
    _folder: tempfile::TempDir,
}

impl Rig {
    fn new() -> Self {
        let bench = Bench::new();
        let loopback = ([127, 0, 0, 1], 0).into();
        let server = broker_with(ServerConfig {
            tls: vec![bench.listener()],
            web: vec![loopback],
            secure_web: vec![bench.listener()],
            core: CoreConfig::default(),
            ..ServerConfig::default()
        });
        let folder = tempfile::tempdir().unwrap();
        let ca = folder.path().join("ca.crt");
        fs::write(&ca, &bench.ca).unwrap();
        Self { server, ca, _folder: folder }
    }

    /// The arguments with which a program of mosquitto speaks this version, over TLS or not.
    fn way(&self, version: &str, is_encrypted: bool) -> Vec<String> {
        let port = if is_encrypted { self.server.tls_addr().unwrap() } else { self.server.local_addr() }.port();
        let mut way: Vec<String> =
            ["-V", version, "-h", "localhost", "-p"].iter().map(|argument| (*argument).to_owned()).collect();
        way.push(port.to_string());
        if is_encrypted {
            way.extend(["--cafile".to_owned(), self.ca.display().to_string()]);
        }
        way
    }
}

fn with(way: Vec<String>, more: &[&str]) -> Vec<String> {
    way.into_iter().chain(more.iter().map(|argument| (*argument).to_owned())).collect()
}

#[test]
fn mosquittos_clients_of_both_versions_hear_each_other_over_tcp_and_tls() {
    let rig = Rig::new();
    for (reader, is_reader_encrypted) in [("mqttv311", false), ("mqttv5", false), ("mqttv311", true), ("mqttv5", true)]
    {
        let way = rig.way(reader, is_reader_encrypted);
        let more = ["-t", "ready/now", "-t", "data", "-q", "2", "-F", "%q %r %t %p", "-W", "30"];
        let subscriber = Process::start("mosquitto_sub", "mosquitto-clients", with(way, &more));
        assert_eq!(subscriber.line(), "0 1 ready/now now");
        for (writer, is_encrypted) in [("mqttv311", true), ("mqttv5", false), ("mqttv5", true), ("mqttv311", false)] {
            for qos in ["0", "1", "2"] {
                let way = rig.way(writer, is_encrypted);
                let payload = format!("{writer}-{is_encrypted}");
                let more = ["-t", "data", "-q", qos, "-m", &payload];
                let (status, _, errors) =
                    Process::start("mosquitto_pub", "mosquitto-clients", with(way, &more)).output();
                assert!(status.success(), "{errors:?}");
                assert_eq!(subscriber.line(), format!("{qos} 0 data {payload}"), "{reader} hears {writer}");
            }
        }
    }
}

#[test]
fn mosquittos_client_of_mqtt_5_sees_the_properties_and_the_session() {
    let rig = Rig::new();
    let subscribe = |more: &[&str]| {
        let format = ["-F", "%t %p type=%C response=%R user=%P expiry=%E", "-W", "30"];
        let way = with(rig.way("mqttv5", false), &["-i", "reader", "-c", "-x", "60", "-t", "data", "-q", "1"]);
        Process::start("mosquitto_sub", "mosquitto-clients", with(with(way, &format), more))
    };
    let first = subscribe(&["-t", "ready/now"]);
    assert!(first.line().starts_with("ready/now now"));
    drop(first);
    let properties = [
        "-D",
        "publish",
        "content-type",
        "text/plain",
        "-D",
        "publish",
        "response-topic",
        "answer",
        "-D",
        "publish",
        "user-property",
        "name",
        "value",
        "-D",
        "publish",
        "message-expiry-interval",
        "50",
    ];
    let way = with(rig.way("mqttv5", true), &["-t", "data", "-q", "1", "-m", "hello"]);
    let (status, _, errors) = Process::start("mosquitto_pub", "mosquitto-clients", with(way, &properties)).output();
    assert!(status.success(), "{errors:?}");
    let line = subscribe(&["-C", "1"]).line();
    let (start, expiry) = line.split_once(" expiry=").unwrap();
    assert_eq!(start, "data hello type=text/plain response=answer user=name:value");
    assert!((40..=50).contains(&expiry.parse::<u32>().unwrap()), "{expiry}");
}

#[test]
fn pahos_python_client_speaks_both_versions_over_every_transport() {
    let Some(python) = python_with_paho() else {
        eprintln!("SKIPPED: paho-mqtt cannot be had: neither python3 has it, nor can it be installed from PyPI");
        return;
    };
    let rig = Rig::new();
    let port = |address: Option<std::net::SocketAddr>| address.unwrap().port().to_string();
    let ways = [
        ("tcp", rig.server.local_addr().port().to_string(), false),
        ("tcp", port(rig.server.tls_addr()), true),
        ("websockets", port(rig.server.web_addrs().first().copied()), false),
        ("websockets", port(rig.server.secure_web_addrs().first().copied()), true),
    ];
    for (transport, port, is_encrypted) in ways {
        for version in ["4", "5"] {
            let ca = if is_encrypted { rig.ca.display().to_string() } else { String::new() };
            let run = Command::new(&python).args(["-c", SCRIPT, transport, &port, version, &ca]).output().unwrap();
            let text = String::from_utf8(run.stdout).unwrap();
            let lines: Vec<_> = text.lines().collect();
            assert_eq!(lines, ["1 hello", "2 20000 bytes", "done"], "{transport} {version} {ca}");
        }
    }
}

/// A Python that can import Paho's client: the system's, or one of this build's own.
fn python_with_paho() -> Option<PathBuf> {
    let has_paho = |python: &Path| {
        let check = Command::new(python).args(["-c", "import paho.mqtt.client"]).stderr(Stdio::null()).status();
        check.is_ok_and(|status| status.success())
    };
    let system = PathBuf::from("python3");
    if has_paho(&system) {
        return Some(system);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("paho");
    let own = folder.join("bin").join("python");
    if !has_paho(&own) {
        let quiet = |command: &mut Command| {
            command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
        };
        let is_made = quiet(Command::new(&system).args(["-m", "venv"]).arg(&folder))
            && quiet(Command::new(&own).args(["-m", "pip", "install", "paho-mqtt==2.1.0"]));
        if !is_made {
            return None;
        }
    }
    has_paho(&own).then_some(own)
}

/// Connects, subscribes, publishes to itself and prints what arrives; ends by itself.
const SCRIPT: &str = r#"
import sys, threading
import paho.mqtt.client as mqtt
transport, port, version, ca = sys.argv[1:5]
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, transport=transport, protocol=int(version))
if transport == "websockets":
    client.ws_set_options(path="/mqtt")
if ca:
    client.tls_set(ca)
done = threading.Event()
def on_connect(client, userdata, flags, reason, properties):
    if reason.is_failure:
        print("refused", reason, flush=True)
        done.set()
    client.subscribe("paho/#", qos=2)
def on_subscribe(client, userdata, mid, reasons, properties):
    client.publish("paho/a", "hello", qos=1)
    client.publish("paho/b", "x" * 20000, qos=2)
def on_message(client, userdata, message):
    text = message.payload.decode()
    print(message.qos, text if len(text) < 100 else f"{len(text)} bytes", flush=True)
    if message.topic == "paho/b":
        done.set()
client.on_connect, client.on_subscribe, client.on_message = on_connect, on_subscribe, on_message
client.connect("localhost", int(port), keepalive=30)
client.loop_start()
print("done" if done.wait(30) else "nothing more came", flush=True)
client.disconnect()
client.loop_stop()
"#;
