//! A login from this computer as the last step of a scan, where it was agreed to: what is sent, what the broker said, and where
//! a desktop client such as MQTTX does something else than the module.

use serde_json::{Value, json};

use super::look::{Looked, Refusal};
use crate::{
    air780e::limits,
    cli::{
        args::{LoginArgs, LoginAs},
        check::{inputs, plan, verdict::Failure},
    },
    diagnosis::{LoginHere, Unnamed},
    here::Login,
    lang::{Lang, Text},
    mqtt::Password,
};

/// The login that was asked for, if one was.
pub(super) fn wanted(asked: &LoginArgs) -> Result<Option<Login>, Refusal> {
    if !asked.login {
        return Ok(None);
    }
    let plain = |failure: Failure| Refusal::plain(failure.said().clone());
    let password = match &asked.password_file {
        Some(path) => inputs::read_password("--password-file", path).map_err(plain)?,
        None => Password::default(),
    };
    let qos = inputs::qos(asked.qos).map_err(plain)?;
    let filter = |text: &String| plan::subscription(text, qos).map_err(plain);
    Ok(Some(Login {
        is_agreed: true,
        module_id: asked.client_id.clone(),
        user: asked.user.clone(),
        password,
        filters: asked.subscribe.iter().map(filter).collect::<Result<_, Refusal>>()?,
        as_computer: asked.login_as == LoginAs::Computer,
    }))
}

/// What came of it: one of a few stable words, and the code where the broker gave one.
fn outcome(looked: &Looked) -> (&'static str, Option<u8>) {
    match looked.here.login {
        Some(LoginHere::Answered(0)) => ("accepted", Some(0)),
        Some(LoginHere::Answered(code)) => ("refused", Some(code)),
        Some(LoginHere::Closed) => ("closed", None),
        Some(LoginHere::Silent) => ("silent", None),
        Some(LoginHere::Other) => ("other", None),
        None => ("not-reached", None),
    }
}

pub(super) fn as_json(looked: &Looked, login: &Login, lang: Lang) -> Value {
    let (outcome, code) = outcome(looked);
    let granted = looked.here.granted.iter();
    let granted = granted.map(|one| json!({ "filter": one.filter, "asked": one.asked, "granted": one.given }));
    json!({
        "as": if login.as_computer { "computer" } else { "module" },
        "client_id": login.client_id(),
        "outcome": outcome,
        "code": code,
        "filters": granted.collect::<Vec<_>>(),
        "differences": differences(looked, login).iter().map(|text| text.to(lang)).collect::<Vec<_>>(),
    })
}

pub(super) fn lines(looked: &Looked, login: &Login, lang: Lang) -> Vec<String> {
    let who = if login.as_computer { "logged-as-computer" } else { "logged-as-module" };
    let head = Text::new(who).put("client", login.client_id());
    let mut all = vec![head.to(lang).into_owned()];
    all.extend(words(looked, login).iter().map(|text| format!("  {}", text.to(lang))));
    all
}

/// What came of it, sentence by sentence.
pub(super) fn words(looked: &Looked, login: &Login) -> Vec<Text> {
    let (outcome, code) = outcome(looked);
    let said = match (outcome, code) {
        ("accepted", _) => Text::new("logged-accepted"),
        (_, Some(code)) => Text::new("logged-refused").put("code", code).with("meaning", meaning(code)),
        ("closed", _) => Text::new("logged-closed"),
        ("not-reached", _) if login.as_computer => Text::new("logged-not-reached"),
        ("not-reached", _) => Text::new("logged-not-reached-module"),
        _ => Text::new("logged-silent"),
    };
    let mut all = vec![said];
    for one in &looked.here.granted {
        let text = match one.given {
            Some(given) => Text::new("logged-granted").put("given", given),
            None => Text::new("logged-denied"),
        };
        all.push(text.put("filter", &one.filter).put("asked", one.asked));
    }
    all.push(Text::new("logged-differences"));
    all.extend(differences(looked, login));
    all
}

/// The words of MQTT 3.1.1 for a refusal (section 3.2.2.3).
fn meaning(code: u8) -> Text {
    match code {
        1 => Text::new("logged-code-1"),
        2 => Text::new("logged-code-2"),
        3 => Text::new("logged-code-3"),
        4 => Text::new("logged-code-4"),
        5 => Text::new("logged-code-5"),
        _ => Text::new("logged-code-other"),
    }
}

/// Where a client on a computer such as MQTTX, as it comes, does something else than the module with the same form filled in.
fn differences(looked: &Looked, login: &Login) -> Vec<Text> {
    let here = &looked.here;
    let mut all = vec![Text::new("differs-version")];
    let modern = here.free.as_ref().and_then(|free| free.tls13.as_ref().or(free.up_to_tls12.as_ref()).ok());
    if let Some(taken) = modern {
        let version = taken.version.map_or_else(String::new, |version| version.to_string());
        all.push(Text::new("differs-suites").put("version", version).put("suite", taken.suite_name));
    }
    match &here.unnamed {
        Some(Unnamed::OtherCertificate(_) | Unnamed::Refused(_)) => all.push(Text::new("differs-name-matters")),
        Some(Unnamed::Same) | None => all.push(Text::new("differs-name")),
    }
    all.push(Text::new("differs-trust"));
    let bytes = login.module_id.len();
    if bytes > SHORT_ID {
        all.push(Text::new("differs-id").put("bytes", bytes).put("limit", SHORT_ID));
    }
    all.push(Text::new("differs-keep-alive"));
    all.push(Text::new("differs-will").put("limit", limits::WILL_BYTES));
    all.push(Text::new("differs-payload").put("quoted", limits::QUOTED.lower).put("data", limits::MPUBEX_BYTES));
    all
}

/// Every broker takes a client id of so many bytes; longer ones are the broker's choice (MQTT 3.1.1, section 3.1.3.1).
const SHORT_ID: usize = 23;
