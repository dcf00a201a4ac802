//! The arguments and their explanations.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    broker::Limits,
    lang::{Lang, Text},
    legs::Carrier,
    mqtt::Filter,
};

use super::{
    check::{
        crosscheck::Crosscheck,
        options::{Before, Options, Staying},
    },
    usage::Unfit,
};

/// Connects an Air780E to an MQTT broker, shows each step, and says why it fails.
#[derive(Debug, Parser)]
#[command(name = "air780e", version, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Language of the sentences; without it the system's.
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = super::language::named)]
    pub(super) lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run a virtual Air780E that other programs can open like a serial port. Lines on standard input steer it while it
    /// runs, such as "sim remove", "signal 7", "delay 50..300" or "help".
    Sim(SimArgs),
    /// Run a small broker for MQTT 3.1.1 and 5, and print what its clients do.
    Broker(BrokerArgs),
    /// Bring a modem up, connect it to a broker, subscribe, publish, and report each step.
    Check(Box<CheckArgs>),
    /// Look at a broker without a module: whether one could connect with TLS, why not, and which lines would let it in. Without
    /// --login no login is sent and nothing that names a device. It ends with 0 when a module can connect, with 1 when it cannot
    /// or only while nobody is checked, with 2 when this computer could not look or the question made no sense.
    Scan(Box<ScanArgs>),
    /// Find which single setting decides whether the module's encrypted link to a broker opens: tried on the module, one change at a
    /// time, with a list on disk that undoes everything. No login is sent. It ends with 0 when one setting decides or the link
    /// opens as it is, with 1 when none does, with 2 when nobody agreed or the question made no sense.
    Bisect(Box<BisectArgs>),
    /// List the serial ports of this computer.
    Ports(PortsArgs),
    /// Stay connected for hours and explain every loss: when, why, and what brought the session back.
    Watch(Box<WatchArgs>),
    /// Find how long a connection may be quiet until the network cuts it, and the keep-alive that is safe below that.
    Quiet(Box<QuietArgs>),
    /// Read the journal of a watch again; with a second one, say whether the two differ by more than chance.
    Drops(DropsArgs),
    /// Read a saved trace again: print each event, and what went wrong in the end.
    Replay(ReplayArgs),
    /// Print what lets this shell complete the command line, such as: air780e completions bash.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages of all commands into this folder, for those who make packages.
    #[command(hide = true)]
    Manual {
        /// An existing folder.
        folder: PathBuf,
    },
    /// Read a log that any serial tool saved, and say what went wrong in it, why, and what to do. The exit code is 0 when
    /// nothing is wrong, 1 when something went wrong (also when it was put right), 2 when it is no log of this module.
    Doctor(DoctorArgs),
    /// Make the files that the module reads of the certificates and keys somebody was handed, whatever their form, or say why
    /// that cannot be. Ends with 0 when the module can use them, 1 with doubts that are told, 2 when no connection would come
    /// of them. "air780e certs new" makes an authority for tests.
    Certs(Box<CertsArgs>),
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct CertsArgs {
    #[command(subcommand)]
    pub(super) command: Option<CertsCommand>,
    /// Files with certificates and keys: PEM, DER, PKCS#12, PKCS#7, OpenSSH, also out of a program's source, a mail, JSON or
    /// a chat; - is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// For whom they are judged.
    #[arg(long = "for", value_enum, value_name = "WHOM", default_value_t)]
    pub(super) whom: Whom,
    /// Write ca.crt, client.crt and client.key (as far as there are any) into this folder: all or none, and nothing when they
    /// are refused. The key is for its owner alone.
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// Write over files of these names that hold something else.
    #[arg(long, requires = "out")]
    pub(super) overwrite: bool,
    /// File whose first line is the pass phrase of a store or key. It is never printed.
    #[arg(long, value_name = "FILE")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

/// For whom certificate files are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Whom {
    /// The module's reader and its six suites.
    #[default]
    Module,
}

#[derive(Debug, Subcommand)]
pub(super) enum CertsCommand {
    /// Make an authority for tests, with certificates for a broker and for the module, and the broker's lines to use them.
    New(CertsNewArgs),
}

#[derive(Debug, Args)]
pub(super) struct CertsNewArgs {
    /// Folder for the files. Nothing is written over.
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    /// Name or address under which the module reaches the broker. May be given several times.
    #[arg(long, value_name = "NAME", required = true)]
    pub(super) server_name: Vec<String>,
    /// Name in the module's certificate.
    #[arg(long, value_name = "NAME", default_value = "air780e")]
    pub(super) client_id: String,
    /// How long the certificates are valid, in days.
    #[arg(long, value_name = "N", default_value_t = 825)]
    pub(super) days: u32,
    /// Size of the RSA keys.
    #[arg(long, value_name = "N", default_value_t = 2048)]
    pub(super) key_bits: u32,
    /// Port in the broker's lines.
    #[arg(long, value_name = "N", default_value_t = 8883, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) port: u16,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SimArgs {
    /// Also make this path lead to the virtual modem, as a symbolic link that is removed at the end.
    #[arg(long, value_name = "PATH")]
    pub(super) link: Option<PathBuf>,
    /// Let the host name broker.demo lead to this broker; every other host is looked up and reached for real.
    #[arg(long, value_name = "HOST:PORT")]
    pub(super) broker: Option<String>,
    /// Pace the answers like a serial line of this rate, in bits per second.
    #[arg(long, value_name = "N", default_value_t = 115_200, value_parser = clap::value_parser!(u32).range(300..=4_000_000))]
    pub(super) baud: u32,
    /// Choose the modem's random numbers; the same seed gives the same behaviour.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// Play this scenario: the module, its network, its broker, and what happens to them. "broker.test" and "broker.demo"
    /// lead to its broker; its ports are 1883 plain and 8883 with TLS. Of the module's six TLS suites the three with RC4
    /// (0x0004, 0x0005) or 3DES (0x000A) are never offered: today's OpenSSL builds lack them.
    #[arg(long, value_name = "NAME", conflicts_with = "broker")]
    pub(super) scenario: Option<String>,
    /// List the scenarios and end.
    #[arg(long, exclusive = true)]
    pub(super) list_scenarios: bool,
    /// Let the module not know this command, as an older firmware might, such as AT+MPUBEX. May be given several times.
    #[arg(long, value_name = "COMMAND")]
    pub(super) without: Vec<String>,
    /// Do not stand at a port: let a watch run over this span on a virtual clock, such as 40h, against a module in bad
    /// weather (weak signal, restarts, a broker that comes and goes, a second client with its id). Prints what "watch
    /// --json" prints, and after it what really happened.
    #[arg(long, value_name = "SPAN", value_parser = span, conflicts_with_all = ["link", "broker", "scenario", "truth"])]
    pub(super) weather: Option<Duration>,
    /// Also write the journal of that watch.
    #[arg(long, value_name = "FILE", requires = "weather")]
    pub(super) journal: Option<PathBuf>,
    /// Write what the module itself received, said and sent to this file, one JSON object a line; secrets are masked.
    #[arg(long, value_name = "FILE")]
    pub(super) truth: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct BrokerArgs {
    /// TCP port to listen on; 0 takes a free one. The first line printed is the port.
    #[arg(long, value_name = "N", default_value_t = 1883)]
    pub(super) port: u16,
    /// Address to listen on, for both ports. Anything but a loopback address lets others in.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) bind: IpAddr,
    /// Forbid everybody to subscribe and publish within this topic filter; a subscription to it is answered with the
    /// failure code 0x80. May be given several times.
    #[arg(long, value_name = "FILTER")]
    pub(super) forbid_filter: Vec<Filter>,
    /// Let in only the users in this file: one name:password a line; empty lines and lines that begin with # are skipped.
    #[arg(long, value_name = "FILE")]
    pub(super) users: Option<PathBuf>,
    /// Listen for TLS on this port too; 0 takes a free one. The second line printed is "tls" and the port.
    #[arg(long, value_name = "N", requires = "cert", requires = "key")]
    pub(super) tls_port: Option<u16>,
    /// File with the CA certificates that clients' certificates are checked against, PEM or DER; used with
    /// --require-client-cert, and only checked to load without it.
    #[arg(long, value_name = "FILE", requires = "tls_port")]
    pub(super) ca: Option<PathBuf>,
    /// File with the broker's own certificate, PEM or DER; intermediate certificates may follow it.
    #[arg(long, value_name = "FILE", requires = "tls_port")]
    pub(super) cert: Option<PathBuf>,
    /// File with the private key of that certificate, PEM or DER, without a pass phrase.
    #[arg(long, value_name = "FILE", requires = "tls_port")]
    pub(super) key: Option<PathBuf>,
    /// Let in over TLS only clients that show a certificate from the CA file.
    #[arg(long, requires = "ca", requires = "tls_port")]
    pub(super) require_client_cert: bool,
    /// Listen for WebSockets on this port too, at the path /mqtt; 0 takes a free one. A line "ws" and the port is printed.
    #[arg(long, value_name = "N")]
    pub(super) ws_port: Option<u16>,
    /// Listen for WebSockets within TLS on this port too, with the certificate of --tls-port; 0 takes a free one. A line
    /// "wss" and the port is printed.
    #[arg(long, value_name = "N", requires = "tls_port")]
    pub(super) wss_port: Option<u16>,
    /// Print one JSON object a line: the ports first, then what happens.
    #[arg(long)]
    pub(super) json: bool,
    /// Keep retained messages and sessions in this file, over a restart and however the program ends.
    #[arg(long, value_name = "FILE")]
    pub(super) store: Option<PathBuf>,
    /// Write what the broker sees to this new file, for Wireshark: below TLS and WebSockets, and without passwords.
    #[arg(long, value_name = "FILE")]
    pub(super) pcapng: Option<PathBuf>,
    /// Tell clients of MQTT 5 that ask for a longer keep-alive, or for none, to use this one, in seconds.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) max_keep_alive: Option<u16>,
    /// Hold retained messages of at most so many bytes together.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_retained_bytes)]
    pub(super) max_retained_bytes: usize,
    /// Let at most so many messages wait for one absent client.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_queued_messages)]
    pub(super) max_queued_messages: usize,
}

#[derive(Debug, Args)]
pub(super) struct PortsArgs {
    /// Only these ports; without any, all that the system lists.
    #[arg(value_name = "PORT")]
    pub(super) ports: Vec<String>,
    /// Send AT to the ports of Air780E modules (and to those named), and say which one answers.
    #[arg(long)]
    pub(super) probe: bool,
    /// Rate of the serial line while probing, in bits per second; without meaning on USB.
    #[arg(long, value_name = "N", default_value_t = 115_200, value_parser = clap::value_parser!(u32).range(300..=4_000_000))]
    pub(super) baud: u32,
    /// Print one JSON object a port instead of a table.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    /// The broker: a name or an address, and its port; without a port 8883.
    #[arg(value_name = "HOST[:PORT]", required_unless_present = "targets", conflicts_with = "targets")]
    pub(super) host: Option<String>,
    /// Name to ask of the server (SNI) and to look for in its certificate, in place of the host.
    #[arg(long, value_name = "NAME")]
    pub(super) sni: Option<String>,
    /// File with the certificates of the authorities that the module believes, as it lies on the module.
    #[arg(long, value_name = "FILE")]
    pub(super) ca: Option<PathBuf>,
    /// File with the certificate that the module shows.
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(super) cert: Option<PathBuf>,
    /// File with the key to that certificate. It is never printed and never sent.
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub(super) key: Option<PathBuf>,
    /// The module: its model, such as Air780E, or its answer to ATI, such as `AirM2M_780E_V1169_LTE_AT`.
    #[arg(long, value_name = "NAME")]
    pub(super) model: Option<String>,
    /// Print one JSON object a server.
    #[arg(long)]
    pub(super) json: bool,
    /// Look at every server in this file, one HOST or HOST:PORT a line; each gets one row. Empty lines and lines that begin with
    /// # are skipped.
    #[arg(long, value_name = "FILE")]
    pub(super) targets: Option<PathBuf>,
    /// Longest time for one server, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(super) limit: u32,
    /// Write the certificate that the module must believe into this new file, PEM; where none would do, say so.
    #[arg(long, value_name = "FILE", conflicts_with = "targets")]
    pub(super) save_ca: Option<PathBuf>,
    /// Write everything seen, as a picture and in tables, into this new file, HTML: without a login's user and without keys.
    #[arg(long, value_name = "FILE", conflicts_with = "targets")]
    pub(super) report: Option<PathBuf>,
    #[command(flatten)]
    pub(super) login: LoginArgs,
}

/// A login from this computer as the last step.
#[derive(Debug, Args)]
pub(super) struct LoginArgs {
    /// Agree to one login from this computer as the last step, under the client id with `-pc` behind it: the broker's own code
    /// tells a wrong password from what it may refuse otherwise. User and password are sent to the server.
    #[arg(long, conflicts_with = "targets")]
    pub(super) login: bool,
    /// With whose TLS: the module's versions and suites, or everything that this computer can do.
    #[arg(long, value_enum, value_name = "WHO", default_value_t, requires = "login")]
    pub(super) login_as: LoginAs,
    /// User name of the login.
    #[arg(long, value_name = "NAME", requires = "login")]
    pub(super) user: Option<String>,
    /// File that holds its password; one line end at its end is not part of it. The password is never printed.
    #[arg(long, value_name = "FILE", requires = "user")]
    pub(super) password_file: Option<PathBuf>,
    /// The module's client id.
    #[arg(long, value_name = "ID", default_value = "air780e", requires = "login")]
    pub(super) client_id: String,
    /// Topic filter to ask for, so that the broker says what it grants; may be given several times. Messages are read over.
    #[arg(long, value_name = "FILTER", requires = "login")]
    pub(super) subscribe: Vec<String>,
    /// Quality of service asked for.
    #[arg(long, value_name = "Q", default_value_t = 1, requires = "subscribe", value_parser = clap::value_parser!(u8).range(0..=2))]
    pub(super) qos: u8,
}

/// With whose TLS a login goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum LoginAs {
    /// The module's versions and suites.
    #[default]
    Module,
    /// Everything that this computer can do.
    Computer,
}

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    /// The file that `check --save-trace` wrote.
    pub(super) trace: PathBuf,
    /// Print one JSON object a line; the last one is the verdict.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// The logs; "-" is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// Print one JSON object a line; the last one is the verdict.
    #[arg(long)]
    pub(super) json: bool,
    /// Take the log for one of this format instead of finding out.
    #[arg(long, value_name = "NAME")]
    pub(super) format: Option<String>,
    /// Read from this line on, counted from 1.
    #[arg(long, value_name = "LINE", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) from: Option<u32>,
    /// Read up to this line, itself included.
    #[arg(long, value_name = "LINE", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) to: Option<u32>,
    /// With --json, print each message too.
    #[arg(long)]
    pub(super) messages: bool,
    /// Tell what differs between a try to connect that failed and one that did not, in one log or in two. A difference is no
    /// cause. Of one log, A,B says which two, counted from 1; else the last one that failed and the nearest good one.
    #[arg(long, value_name = "A,B", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(super) compare: Option<String>,
    /// Go on: tell again what the log comes to whenever its file becomes another, until Ctrl+C.
    #[arg(long, conflicts_with = "report")]
    pub(super) follow: bool,
    /// Write a report to send back, secrets masked: one page for any browser (.html, which also opens here again), or text
    /// for a chat (.md, .txt). In both languages, or in that of --lang.
    #[arg(long, value_name = "FILE", value_parser = super::reported::path)]
    pub(super) report: Option<PathBuf>,
    /// The language that was asked for; a report without one is in both.
    #[arg(skip)]
    pub(super) lang: Option<Lang>,
}

/// Which modem, which broker, and what is sent.
#[derive(Debug, Args)]
pub(super) struct TargetArgs {
    /// Serial port of the modem, such as /dev/ttyUSB0 or COM5; "virtual" means a virtual Air780E inside this program.
    #[arg(long, value_name = "PATH")]
    pub(super) port: String,
    /// Rate of the serial line in bits per second; without meaning on USB.
    #[arg(long, value_name = "N", default_value_t = 115_200, value_parser = clap::value_parser!(u32).range(300..=4_000_000))]
    pub(super) baud: u32,
    /// Name or address of the broker, as the modem must reach it.
    #[arg(long, value_name = "HOST")]
    pub(super) host: String,
    /// TCP port of the broker.
    #[arg(long, value_name = "N", default_value_t = 1883, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) mqtt_port: u16,
    /// Client id, unique at the broker; without it a random one is made.
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// User name, when the broker wants a login.
    #[arg(long, value_name = "NAME")]
    pub(super) user: Option<String>,
    /// File that holds the password; one line end at its end is not part of it. The password is never printed.
    #[arg(long, value_name = "FILE", requires = "user")]
    pub(super) password_file: Option<PathBuf>,
    /// Seconds of silence after which modem and broker ask for each other; 60 to 240 is sensible.
    #[arg(long, value_name = "S", default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) keep_alive: u16,
    /// Whether the broker shall forget the session when it ends.
    #[arg(long, value_name = "BOOL", default_value_t = true, num_args = 0..=1, default_missing_value = "true", action = clap::ArgAction::Set)]
    pub(super) clean_session: bool,
    /// Topic filter to subscribe to; may be given several times.
    #[arg(long, value_name = "FILTER")]
    pub(super) subscribe: Vec<String>,
    /// Topic to publish to.
    #[arg(long, value_name = "TOPIC")]
    pub(super) publish: Option<String>,
    /// Text to publish.
    #[arg(
        long,
        value_name = "TEXT",
        requires = "publish",
        conflicts_with = "payload_file",
        allow_hyphen_values = true
    )]
    pub(super) payload: Option<String>,
    /// File whose bytes are published as they are.
    #[arg(long, value_name = "FILE", requires = "publish")]
    pub(super) payload_file: Option<PathBuf>,
    /// Quality of service of subscriptions and messages: 0 at most once, 1 at least once, 2 exactly once.
    #[arg(long, value_name = "Q", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    pub(super) qos: u8,
    /// Let the broker keep the message as the topic's last known value.
    #[arg(long, requires = "publish")]
    pub(super) retain: bool,
    #[command(flatten)]
    pub(super) options: Options,
}

#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    /// Write every byte that passes the port into this file, with its time. Passwords and the numbers of device and card
    /// are masked.
    #[arg(long, value_name = "FILE", visible_alias = "record")]
    pub(super) save_trace: Option<PathBuf>,
    /// Leave IMEI, IMSI and ICCID in the saved trace.
    #[arg(long, requires = "save_trace")]
    pub(super) keep_identifiers: bool,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct BisectArgs {
    /// Serial port of the module, such as /dev/ttyUSB0 or COM5; "virtual" means a virtual Air780E inside this program.
    #[arg(long, value_name = "PATH")]
    pub(super) port: String,
    /// Rate of the serial line in bits per second; without meaning on USB.
    #[arg(long, value_name = "N", default_value_t = 115_200, value_parser = clap::value_parser!(u32).range(300..=4_000_000))]
    pub(super) baud: u32,
    /// Name or address of the broker, as the module must reach it.
    #[arg(long, value_name = "HOST", required_unless_present = "restore")]
    pub(super) host: Option<String>,
    /// TCP port of the broker.
    #[arg(long, value_name = "N", default_value_t = 8883, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) mqtt_port: u16,
    /// File with the certificates of the authorities that are believed: the module checks the server.
    #[arg(long, value_name = "FILE")]
    pub(super) ca: Option<PathBuf>,
    /// File with the certificate the module shows.
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(super) cert: Option<PathBuf>,
    /// File with the key to that certificate. It is never printed.
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub(super) key: Option<PathBuf>,
    /// Name to ask of the server (SNI) in place of the host.
    #[arg(long, value_name = "NAME")]
    pub(super) sni: Option<String>,
    /// The connection is wanted without a look at the dates of certificates.
    #[arg(long)]
    pub(super) ignore_clock: bool,
    /// Agree to the changes on the module without being asked.
    #[arg(long)]
    pub(super) yes: bool,
    /// Only put back what an earlier search, which was cut off, had changed.
    #[arg(long, conflicts_with_all = ["host", "ca", "cert", "sni"])]
    pub(super) restore: bool,
    /// Longest time for all tries, in seconds; everything is put back after it.
    #[arg(long, value_name = "S", default_value_t = 900, value_parser = clap::value_parser!(u32).range(10..=86_400))]
    pub(super) timeout: u32,
    /// Where this computer reaches the broker for its own look, when a virtual network leads only the module to the host.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) route: Option<std::net::SocketAddr>,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// How often to publish the message.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "publish", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) count: u32,
    /// Wait for a message that holds this text; without one in time the check has failed.
    #[arg(long, value_name = "TEXT", requires = "subscribe", allow_hyphen_values = true)]
    pub(super) wait_for: Option<String>,
    /// Longest time for the whole check, in seconds.
    #[arg(long, value_name = "S", default_value_t = 180, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(super) timeout: u32,
    /// When the connection does not open, try the same from this computer: name, port, and for TLS suites, chain and
    /// handshake; no message, and a login only with --crosscheck-login.
    #[arg(long, value_enum, value_name = "DEPTH", default_value_t)]
    pub(super) crosscheck: Crosscheck,
    /// Let that try log in as well, with the same user and password but under the client id with `-pc` behind it: only the
    /// broker's own code tells a wrong password from what it may refuse otherwise.
    #[arg(long)]
    pub(super) crosscheck_login: bool,
    /// Where this computer reaches the broker for its own tries, when a virtual network leads only the modem to the host: a
    /// scenario of "air780e sim" prints it.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) route: Option<std::net::SocketAddr>,
    #[command(flatten)]
    pub(super) before: Before,
    #[command(flatten)]
    pub(super) staying: Staying,
    /// Write every message that arrives into this file, a row each, as a table that spreadsheets open (CSV). The numbers of
    /// device and card are masked.
    #[arg(long, value_name = "FILE")]
    pub(super) messages_csv: Option<PathBuf>,
    #[command(flatten)]
    pub(super) tracing: TracingArgs,
    #[command(flatten)]
    pub(super) trace: TraceArgs,
    /// Write a report to send back, secrets masked: one page for any browser (.html, which doctor reads again), or text for
    /// a chat (.md, .txt). In both languages, or in that of --lang.
    #[arg(long, value_name = "FILE", value_parser = super::reported::path)]
    pub(super) report: Option<PathBuf>,
    /// That of the whole command line.
    #[arg(skip)]
    pub(super) lang: Option<Lang>,
    /// Print one JSON object a line; the last one is the verdict.
    #[arg(long)]
    pub(super) json: bool,
}

/// How messages are followed over both legs of their way.
#[derive(Debug, Args)]
pub(super) struct TracingArgs {
    /// Number each message and follow it: a client on this computer joins the same broker (as the module does, under the client
    /// id with `-here` behind it) and receives what the module publishes; to the first topic of --subscribe it publishes as
    /// often itself. Each message gets four answers: left the sender, reached the broker, left the broker, arrived. The number
    /// goes before the payload, or beside it as one more level of the topic.
    #[arg(long, value_enum, value_name = "WHERE", num_args = 0..=1, require_equals = true, default_missing_value = "payload", requires = "publish")]
    pub(super) trace_legs: Option<Numbering>,
    /// How long a traced message is waited for, in seconds.
    #[arg(long, value_name = "S", default_value_t = 10, requires = "trace_legs", value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(super) legs_wait: u32,
}

/// Where the number of a traced message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Numbering {
    /// Before the payload.
    Payload,
    /// As one more level of the topic.
    Topic,
}

impl From<Numbering> for Carrier {
    fn from(numbering: Numbering) -> Self {
        match numbering {
            Numbering::Payload => Self::Payload,
            Numbering::Topic => Self::Topic,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// How long to watch, such as 40h, 90m or 300s; at most 200h. Time for which nobody watched does not count.
    #[arg(long = "for", value_name = "SPAN", value_parser = span)]
    pub(super) lasts: Duration,
    #[command(flatten)]
    pub(super) pace: PaceArgs,
    /// Where the journal is written. One that is there and not over is gone on with: after a crash, or a restart of the
    /// computer. Without this a new one is begun in the current folder.
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
    /// Write a report when it ends: one page for any browser with the picture (.html), or text for a chat (.md, .txt). In both
    /// languages. One that is there is replaced.
    #[arg(long, value_name = "FILE", value_parser = super::reported::path)]
    pub(super) report: Option<PathBuf>,
    #[command(flatten)]
    pub(super) trace: TraceArgs,
    /// Print one JSON object a line; the last one is the verdict.
    #[arg(long)]
    pub(super) json: bool,
}

/// What a watch does while it watches.
#[derive(Debug, Args)]
pub(super) struct PaceArgs {
    /// Publish a message every so many seconds, with --qos, to the topic of --publish or to air780e/watch.
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(super) publish_every: Option<u32>,
    /// Ask for the signal every so many seconds, and for what the module says of itself every ten minutes; 0 asks nothing.
    #[arg(long, value_name = "S", default_value_t = 60, value_parser = clap::value_parser!(u32).range(0..=86_400))]
    pub(super) signal_every: u32,
    /// Fail when the session was lost more often than this. Without it a watch fails when one cause took it three times, or
    /// when it did not come back.
    #[arg(long, value_name = "N")]
    pub(super) max_drops: Option<u32>,
}

#[derive(Debug, Args)]
pub(super) struct QuietArgs {
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// The quiet time to begin with.
    #[arg(long, value_name = "SPAN", default_value = "30s", value_parser = span)]
    pub(super) from: Duration,
    /// The longest quiet time to try. All of it takes three times as long, or more where something is cut.
    #[arg(long, value_name = "SPAN", default_value = "20m", value_parser = span)]
    pub(super) longest: Duration,
    /// Print one JSON object a line; the last one is the verdict.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DropsArgs {
    /// The journal that `watch` wrote.
    pub(super) journal: PathBuf,
    /// The journal of another watch to compare it with.
    pub(super) other: Option<PathBuf>,
    /// Write a report: one page for any browser with the pictures (.html), or text for a chat (.md, .txt). In both languages.
    /// One that is there is replaced.
    #[arg(long, value_name = "FILE", value_parser = super::reported::path)]
    pub(super) report: Option<PathBuf>,
    /// Print one JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
}

/// `40h`, `90m`, `300s`: at most 200 hours.
fn span(text: &str) -> Result<Duration, Unfit> {
    let wrong = || Unfit(Text::new("command-no-span").put("text", format_args!("{text:?}")));
    let (digits, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let seconds = match unit {
        "h" => 3_600,
        "m" => 60,
        "s" => 1,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    let seconds = number.checked_mul(seconds).filter(|seconds| (1..=LONGEST_WATCH).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(wrong)
}

/// 200 hours, in seconds.
const LONGEST_WATCH: u64 = 200 * 3_600;

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_a_tls_port_needs_must_come_with_it() {
        let tls = ["--tls-port", "0", "--cert", "c", "--key", "k"];
        let sound: [&[&str]; 3] = [&[], &tls, &[&tls[..], &["--ca", "a", "--require-client-cert"]].concat()];
        let unsound: [&[&str]; 6] = [
            &tls[..4],
            &["--tls-port", "0", "--key", "k"],
            &tls[2..],
            &["--ca", "a"],
            &[&tls[..], &["--require-client-cert"]].concat(),
            &["--forbid-filter", "a/#/b"],
        ];
        let parse = |more: &[&str]| Arguments::try_parse_from(["air780e", "broker"].iter().chain(more));
        for more in sound {
            assert!(parse(more).is_ok(), "{more:?}");
        }
        for more in unsound {
            assert!(parse(more).is_err(), "{more:?}");
        }
    }

    #[test]
    fn spans_have_a_unit_and_an_end() {
        assert_eq!(span("40h"), Ok(Duration::from_hours(40)));
        assert_eq!((span("90m"), span("300s")), (Ok(Duration::from_mins(90)), Ok(Duration::from_mins(5))));
        for text in ["", "40", "h", "0s", "201h", "-1h", "1.5h", "4x", "99999999999999999999h"] {
            assert!(span(text).is_err_and(|why| why.to_string().contains("such as 40h")), "{text:?}");
        }
    }

    #[test]
    fn a_clean_session_is_the_default_and_can_be_switched_off() {
        let parse = |more: &[&str]| {
            let line = ["air780e", "check", "--port", "virtual", "--host", "h"].iter().chain(more);
            match Arguments::try_parse_from(line).expect("arguments").command {
                Command::Check(check) => check.target.clean_session,
                other => panic!("{other:?}"),
            }
        };
        assert!(parse(&[]));
        assert!(parse(&["--clean-session"]));
        assert!(!parse(&["--clean-session=false"]));
    }
}
