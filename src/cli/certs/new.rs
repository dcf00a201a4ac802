//! `air780e certs new`: an authority for tests, and the broker's lines to use it.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::json;

use super::{
    report::day,
    save::{Wanted, not_written, written},
};
use crate::{
    certs::{IssueError, Issued, Wish, issue},
    cli::{WRONG_INPUT, args::CertsNewArgs, check::crosscheck::today, complain, print_line},
    lang::{Lang, Text},
};

/// Makes everything, and says how to use it.
pub(super) fn run(asked: &CertsNewArgs, lang: Lang) -> ExitCode {
    match made(asked) {
        Ok(made) => {
            print_line(&if asked.json { made.as_json().to_string() } else { made.as_text(lang) });
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            if asked.json {
                print_line(
                    &json!({ "kind": "certs_new", "result": "failed", "error": sentence.to(Lang::En) }).to_string(),
                );
            } else {
                complain(&sentence, lang);
            }
            ExitCode::from(WRONG_INPUT)
        }
    }
}

struct Made {
    files: Vec<PathBuf>,
    mosquitto: String,
    emqx: String,
    host: String,
    port: u16,
    until: i64,
}

fn made(asked: &CertsNewArgs) -> Result<Made, Text> {
    let now = today();
    let wish = Wish {
        server_names: asked.server_name.clone(),
        client_name: asked.client_id.clone(),
        days: asked.days,
        key_bits: asked.key_bits,
        now,
    };
    let issued = issue(&wish).map_err(|error| unfit(&error))?;
    // A broker is started from anywhere, so its lines name whole paths.
    let folder = std::path::absolute(&asked.out).map_err(|error| not_written(&asked.out, &error))?;
    let mosquitto = mosquitto(&folder, asked.port);
    let files = written(&folder, &wanted(&issued, mosquitto.as_bytes()), false)?;
    Ok(Made {
        files,
        mosquitto,
        emqx: emqx(&folder, asked.port),
        host: asked.server_name[0].clone(),
        port: asked.port,
        until: now + i64::from(asked.days) * 86_400,
    })
}

/// Why nothing can be made.
fn unfit(error: &IssueError) -> Text {
    match error {
        IssueError::ServerName(name) => Text::new("certs-new-no-name").put("name", format_args!("{name:?}")),
        IssueError::ClientName(length) => Text::new("certs-new-client-name").put("length", length),
        IssueError::KeyBits(bits) => Text::new("certs-new-key-bits").put("bits", bits),
        IssueError::Days(days) => Text::new("certs-new-days").put("days", days),
        IssueError::Library(why) => Text::new("certs-new-no-keys").put("why", why),
    }
}

fn wanted<'a>(issued: &'a Issued, mosquitto: &'a [u8]) -> [Wanted<'a>; 7] {
    let file = |name, bytes| Wanted { name, bytes, is_secret: false };
    let secret = |name, bytes| Wanted { name, bytes, is_secret: true };
    [
        file("ca.crt", &issued.ca_certificate),
        secret("ca.key", &issued.ca_key),
        file("server.crt", &issued.server_certificate),
        secret("server.key", &issued.server_key),
        file("client.crt", &issued.client_certificate),
        secret("client.key", &issued.client_key),
        file("mosquitto.conf", mosquitto),
    ]
}

/// The three suites of the module that today's OpenSSL has stand last: other clients take better ones.
fn mosquitto(folder: &Path, port: u16) -> String {
    let path = |name: &str| folder.join(name).display().to_string();
    format!(
        "listener {port}\ncafile {}\ncertfile {}\nkeyfile {}\nrequire_certificate true\nallow_anonymous true\n\
         ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA\n",
        path("ca.crt"),
        path("server.crt"),
        path("server.key"),
    )
}

fn emqx(folder: &Path, port: u16) -> String {
    let path = |name: &str| folder.join(name).display().to_string();
    format!(
        "listeners.ssl.module {{\n  bind = {port}\n  ssl_options {{\n    cacertfile = \"{}\"\n    certfile = \"{}\"\n    keyfile = \"{}\"\n    \
         verify = verify_peer\n    fail_if_no_peer_cert = true\n    versions = [tlsv1.2]\n    \
         ciphers = [\"AES256-SHA256\", \"AES256-SHA\", \"AES128-SHA\"]\n  }}\n}}\n",
        path("ca.crt"),
        path("server.crt"),
        path("server.key"),
    )
}

impl Made {
    fn as_json(&self) -> serde_json::Value {
        let files: Vec<_> = self.files.iter().map(|path| path.display().to_string()).collect();
        json!({
            "kind": "certs_new",
            "result": "ok",
            "files": files,
            "valid_until": day(self.until),
            "cures": [
                { "for": "mosquitto", "lines": self.mosquitto.lines().collect::<Vec<_>>() },
                { "for": "emqx", "lines": self.emqx.lines().collect::<Vec<_>>() },
            ],
        })
    }

    fn as_text(&self, lang: Lang) -> String {
        let mut lines: Vec<_> =
            self.files.iter().map(|path| format!("{} {}", lang.tr("certs-written"), path.display())).collect();
        lines.push(format!("{} {}", lang.tr("certs-valid-until"), day(self.until)));
        lines.push(lang.tr("certs-new-mosquitto-also-mosquitto-conf").into_owned());
        lines.extend(self.mosquitto.lines().map(|line| format!("  {line}")));
        lines.push(lang.tr("certs-new-emqx-5").into_owned());
        lines.extend(self.emqx.lines().map(|line| format!("  {line}")));
        lines.push(lang.tr("certs-new-module").into_owned());
        let folder = self.files.first().and_then(|path| path.parent()).unwrap_or(Path::new("."));
        let path = |name: &str| folder.join(name).display().to_string();
        lines.push(format!(
            "  air780e check --port PORT --host {} --mqtt-port {} --security mutual --ca {} --cert {} --key {}",
            self.host,
            self.port,
            path("ca.crt"),
            path("client.crt"),
            path("client.key"),
        ));
        lines.push(lang.tr("certs-new-keep-ca-key-server").into_owned());
        lines.join("\n")
    }
}
