//! From what was typed to what came of it: the place, the files, and the try itself. Nothing is sent for what makes no sense.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::{
    air780e::{firmware::models, identity::Firmware},
    cli::{args::ScanArgs, check::crosscheck::today, signals::StopSignal},
    diagnosis::{Cause, Certainty, Course, Fact, Finding, Here, Scan, catalogue},
    here::{self, Login, NotAPlace, Order, Place},
    lang::Text,
    modem::request::{Contents, FileRef, Security, TlsOptions},
    time::{Moment, Observed},
    user_file,
};

/// What shall be done with each server.
pub(super) struct Wish {
    security: Security,
    tls: TlsOptions,
    limit: Duration,
    firmware: Option<Firmware>,
    pub(super) save_ca: Option<PathBuf>,
    pub(super) report: Option<PathBuf>,
    pub(super) login: Option<Login>,
}

/// A server that was looked at.
pub(super) struct Looked {
    /// `host:port`.
    pub(super) place: String,
    pub(super) here: Here,
    pub(super) scan: Scan,
    pub(super) today: i64,
}

/// Why nothing was tried.
pub(in crate::cli) struct Refusal {
    pub(super) said: Text,
    pub(super) findings: Vec<Finding>,
    /// What was meant, or nothing, in place of what was typed: that may hold a password.
    hides: Option<String>,
}

impl Refusal {
    pub(super) const fn plain(said: Text) -> Self {
        Self { said, findings: Vec::new(), hides: None }
    }

    /// What a cause of the catalogue stands for.
    fn of(cause: &Cause, said: Text) -> Self {
        let finding = Finding {
            id: cause.id,
            key: cause.key,
            cause: cause.cause,
            fix: cause.fix,
            certainty: Certainty::Seen,
            evidence: vec![Fact::said(said.clone())],
            excluded: Vec::new(),
        };
        Self { said, findings: vec![finding], hides: None }
    }

    pub(super) fn unreadable(option: &str, path: &Path, fault: &user_file::FileFault) -> Self {
        let said = Text::new("scanned-unreadable").put("option", option).put("path", user_file::named(path));
        Self::plain(said.with("fault", fault.text()))
    }

    /// What was typed, as far as it may be shown.
    pub(super) fn shown(&self, typed: &str) -> String {
        self.hides.clone().unwrap_or_else(|| typed.to_owned())
    }
}

impl Wish {
    /// What the options say, with the files read.
    pub(super) fn of(asked: &ScanArgs) -> Result<Self, Refusal> {
        for (path, key) in
            [(&asked.save_ca, "scanned-save-ca-file-already"), (&asked.report, "scanned-report-file-already")]
        {
            if let Some(path) = path.as_deref().filter(|path| path.exists()) {
                return Err(Refusal::plain(Text::new(key).put("path", path.display())));
            }
        }
        let tls =
            TlsOptions { server_name: asked.sni.as_deref().map(server_name).transpose()?, ..TlsOptions::default() };
        Ok(Self {
            security: security(asked)?,
            tls,
            limit: Duration::from_secs(asked.limit.into()),
            firmware: asked.model.as_deref().map(firmware).transpose()?,
            save_ca: asked.save_ca.clone(),
            report: asked.report.clone(),
            login: None,
        })
    }

    /// The same with a login as its last step, if there is one.
    pub(super) fn with_login(self, login: Option<Login>) -> Self {
        Self { login, ..self }
    }
}

/// Looks at the server that was typed as `typed`.
pub(super) fn at(wish: &Wish, typed: &str, stop: &StopSignal) -> Result<Looked, Refusal> {
    let place = Place::read(typed).map_err(|refused| no_place(typed, &refused))?;
    let (host, port) = (place.host.clone(), place.port.unwrap_or(Place::TLS_PORT));
    let today = today();
    let order = Order {
        limit: Some(wish.limit),
        login: wish.login.clone(),
        ..Order::scan(host, port, wish.security.clone(), wish.tls.clone(), today)
    };
    let begun = now();
    let here = here::look(&order, &|| stop.is_asked(), &|| now().saturating_duration_since(begun));
    let mut course = Course::default();
    course.status.firmware = wish.firmware.clone().map(|firmware| Observed::new(firmware, Moment::ZERO, "--model"));
    let scan = Scan::judge(&mut course, &here);
    let place = Place { port: Some(port), ..place }.to_string();
    Ok(Looked { place, here, scan, today })
}

fn no_place(typed: &str, refused: &NotAPlace) -> Refusal {
    Refusal { hides: refused.hides(typed), ..Refusal::of(&catalogue::HOST_FORM, refused.said(typed).what) }
}

fn server_name(name: &str) -> Result<String, Refusal> {
    match Place::read(name) {
        Ok(Place { host, port: None }) => Ok(host),
        Ok(Place { host, .. }) => Err(not_a_name(name, Some(host))),
        Err(refused) => Err(not_a_name(name, refused.meant.map(|place| place.host))),
    }
}

fn not_a_name(name: &str, meant: Option<String>) -> Refusal {
    let shown = name.escape_debug();
    let write = meant.unwrap_or_else(|| "NAME".to_owned());
    Refusal::plain(Text::new("scanned-sni-not-bare-server").put("shown", shown).put("write", write))
}

/// The files as the module would have them; what stands in them is judged by the scan.
fn security(asked: &ScanArgs) -> Result<Security, Refusal> {
    let read = |option: &str, path: &Path| {
        user_file::read(path, user_file::CERTIFICATES).map_err(|fault| Refusal::unreadable(option, path, &fault))
    };
    let ca = asked.ca.as_deref().map(|path| read("--ca", path)).transpose()?;
    let pair = match (&asked.cert, &asked.key) {
        (Some(cert), Some(key)) => Some((read("--cert", cert)?, read("--key", key)?)),
        _ => None,
    };
    let named = |name: &str, contents| FileRef::with(name, contents);
    Ok(match (ca, pair) {
        (None, None) => Security::Encrypted,
        (Some(ca), None) => Security::Server { ca: named("ca.crt", Contents::public(ca)) },
        (Some(ca), Some((cert, key))) => Security::Mutual {
            ca: named("ca.crt", Contents::public(ca)),
            certificate: named("client.crt", Contents::public(cert)),
            key: named("client.key", Contents::secret(key)),
        },
        (None, Some(_)) => return Err(without_ca()),
    })
}

/// Level 2 checks the server as well (reference, section 9).
fn without_ca() -> Refusal {
    let said = Text::new("scanned-cert-key-without-ca");
    Refusal::of(&catalogue::CA_NOT_SET, said)
}

/// A model's name, or the whole answer of a module to `ATI`.
fn firmware(text: &str) -> Result<Firmware, Refusal> {
    let parsed = Firmware::parse(text);
    if parsed.is_known_dialect() {
        return Ok(parsed);
    }
    let bare = text.trim().to_ascii_uppercase();
    let bare = bare.strip_prefix("AIR").unwrap_or(&bare);
    if models::names().any(|name| name == bare) {
        return Ok(Firmware { name: format!("AirM2M_{bare}"), version: None });
    }
    let known = models::names().map(|model| format!("Air{model}")).collect::<Vec<_>>().join(", ");
    let shown = text.escape_debug();
    Err(Refusal::plain(Text::new("scanned-model-not-known-give").put("shown", shown).put("known", known)))
}

#[expect(clippy::disallowed_methods, reason = "the command line owns the clock of its own time limits")]
fn now() -> Instant {
    Instant::now()
}
