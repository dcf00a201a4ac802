//! The numbers that stand in a fault or its evidence, with what they mean.

use super::Fact;
use crate::{
    air780e::codes,
    lang::{Lang, Phrase},
    modem::event::{Fault, Refusal},
    tls::{Alert, VerifyCode},
};

/// A number and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The number as it was printed: `+CME ERROR: 767`.
    pub code: String,
    /// A sentence.
    pub meaning: Phrase,
}

/// The numbers in `fault` and `facts`, each once.
pub fn explained(fault: Option<&Fault>, facts: &[Fact]) -> Vec<Explained> {
    let mut all = Vec::new();
    match fault {
        Some(Fault::Refused { refusal: Refusal::Cme(number), .. }) => add(&mut all, cme(*number)),
        Some(Fault::NotRegistered { stat, .. }) => add(&mut all, registration(*stat)),
        Some(Fault::NotResolved { number: Some(number), .. }) => add(&mut all, dns(*number)),
        Some(Fault::SimNotReady { state }) => add(&mut all, number_after(state, "+CME ERROR:").and_then(cme)),
        _ => {}
    }
    for fact in facts {
        let text = &*fact.to(Lang::En);
        add(&mut all, number_after(text, "+CME ERROR:").and_then(cme));
        add(&mut all, number_after(text, "TCP ERROR:").and_then(tcp));
        add(&mut all, number_after(text, "+CDNSGIP:0,").or_else(|| number_after(text, "+CDNSGIP: 0,")).and_then(dns));
        let named = |name: &str| fact.what.arg(name).and_then(|number| number.parse().ok());
        let on_wire = |start: &str| fact.what.as_plain().and_then(|line| number_after(line, start));
        add(&mut all, named("registration").and_then(|stat| registration(u8::try_from(stat).ok()?)));
        let number = named("alert").or_else(|| on_wire("alert "));
        add(&mut all, number.and_then(|number| alert(Alert(u8::try_from(number).ok()?))));
        let number = named("verify").or_else(|| on_wire("verify "));
        add(&mut all, number.and_then(|number| verify(VerifyCode(i32::try_from(number).ok()?))));
    }
    all
}

fn add(all: &mut Vec<Explained>, one: Option<Explained>) {
    all.extend(one.filter(|one| all.iter().all(|known| known.code != one.code)));
}

fn number_after(text: &str, start: &str) -> Option<u32> {
    let rest = text.split_once(start)?.1.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn cme(number: u32) -> Option<Explained> {
    let code = codes::cme(number)?;
    Some(long(format!("+CME ERROR: {number}"), code))
}

fn tcp(number: u32) -> Option<Explained> {
    Some(long(format!("TCP ERROR: {number}"), codes::tcp(number)?))
}

fn dns(number: u32) -> Option<Explained> {
    Some(long(format!("+CDNSGIP:0,{number}"), codes::dns(number)?))
}

fn long(code: String, meaning: &codes::Code) -> Explained {
    Explained { code, meaning: meaning.long }
}

/// Home and roaming are as they should be and need no word.
fn registration(stat: u8) -> Option<Explained> {
    if matches!(stat, 1 | 5) {
        return None;
    }
    let meaning = codes::registration(stat)?;
    Some(Explained { code: format!("stat {stat}"), meaning })
}

fn alert(alert: Alert) -> Option<Explained> {
    let meaning = match alert {
        Alert::HANDSHAKE_FAILURE => Phrase::new("alert-handshake-failure"),
        Alert::BAD_CERTIFICATE => Phrase::new("alert-bad-certificate"),
        Alert::UNSUPPORTED_CERTIFICATE => Phrase::new("alert-unsupported-certificate"),
        Alert::CERTIFICATE_REVOKED => Phrase::new("alert-certificate-revoked"),
        Alert::CERTIFICATE_EXPIRED => Phrase::new("alert-certificate-expired"),
        Alert::UNKNOWN_CA => Phrase::new("alert-unknown-ca"),
        Alert::DECRYPT_ERROR => Phrase::new("alert-decrypt-error"),
        Alert::PROTOCOL_VERSION => Phrase::new("alert-protocol-version"),
        Alert::UNRECOGNIZED_NAME => Phrase::new("alert-unrecognized-name"),
        Alert::CERTIFICATE_REQUIRED => Phrase::new("alert-certificate-required"),
        _ => return None,
    };
    Some(Explained { code: format!("alert {}", alert.0), meaning })
}

fn verify(code: VerifyCode) -> Option<Explained> {
    let meaning = match code {
        VerifyCode::SIGNATURE_FAILURE => Phrase::new("verify-signature-failure"),
        VerifyCode::NOT_YET_VALID => Phrase::new("verify-not-yet-valid"),
        VerifyCode::EXPIRED => Phrase::new("verify-expired"),
        VerifyCode::SELF_SIGNED => Phrase::new("verify-self-signed"),
        VerifyCode::SELF_SIGNED_IN_CHAIN => Phrase::new("verify-self-signed-in-chain"),
        VerifyCode::ISSUER_NOT_FOUND => Phrase::new("verify-issuer-not-found"),
        VerifyCode::LEAF_NOT_VERIFIABLE => Phrase::new("verify-leaf-not-verifiable"),
        VerifyCode::HOSTNAME_MISMATCH | VerifyCode::IP_MISMATCH => Phrase::new("verify-hostname-mismatch"),
        _ => return None,
    };
    Some(Explained { code: format!("verify {}", code.0), meaning })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_explained_once() {
        let facts =
            [Fact::new("AT+MPUB → +CME ERROR: 767"), Fact::new("x → +CME ERROR: 767"), Fact::new("PC: alert 40")];
        let all = explained(None, &facts);
        assert_eq!(all.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["+CME ERROR: 767", "alert 40"]);
        assert_eq!(
            all.iter().map(|one| one.meaning.key()).collect::<Vec<_>>(),
            ["cme-767-hint", "alert-handshake-failure"]
        );
    }
}
