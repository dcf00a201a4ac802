//! The numbers that stand in a fault or its evidence, with what they mean.

use super::{Fact, Text};
use crate::{
    air780e::codes,
    modem::event::{Fault, Refusal},
    tls::{Alert, VerifyCode},
};

/// A number and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The number as it was printed: `+CME ERROR: 767`.
    pub code: String,
    /// A sentence.
    pub meaning: Text,
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
    for Fact { text, .. } in facts {
        add(&mut all, number_after(text, "+CME ERROR:").and_then(cme));
        add(&mut all, number_after(text, "TCP ERROR:").and_then(tcp));
        add(&mut all, number_after(text, "+CDNSGIP:0,").or_else(|| number_after(text, "+CDNSGIP: 0,")).and_then(dns));
        add(
            &mut all,
            number_after(text, "registration state ").and_then(|stat| registration(u8::try_from(stat).ok()?)),
        );
        add(&mut all, number_after(text, "alert ").and_then(|number| alert(Alert(u8::try_from(number).ok()?))));
        add(&mut all, number_after(text, "verify ").and_then(|number| verify(VerifyCode(i32::try_from(number).ok()?))));
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
    Explained { code, meaning: Text { en: meaning.long.english, zh: meaning.long.chinese } }
}

/// Home and roaming are as they should be and need no word.
fn registration(stat: u8) -> Option<Explained> {
    if matches!(stat, 1 | 5) {
        return None;
    }
    let meaning = codes::registration(stat)?;
    Some(Explained { code: format!("stat {stat}"), meaning: Text { en: meaning.english, zh: meaning.chinese } })
}

fn alert(alert: Alert) -> Option<Explained> {
    let (en, zh) = match alert {
        Alert::HANDSHAKE_FAILURE => (
            "No agreement: suites, key type, or a missing client certificate.",
            "协商失败：套件、密钥类型不符，或缺少客户端证书。",
        ),
        Alert::BAD_CERTIFICATE => ("The certificate was not acceptable.", "证书不被接受。"),
        Alert::UNSUPPORTED_CERTIFICATE => ("The certificate is of the wrong kind or purpose.", "证书类型或用途不符。"),
        Alert::CERTIFICATE_REVOKED => ("The certificate was revoked.", "证书已被吊销。"),
        Alert::CERTIFICATE_EXPIRED => ("The certificate has expired.", "证书已过期。"),
        Alert::UNKNOWN_CA => ("The issuer of the certificate is not trusted.", "不信任该证书的签发者。"),
        Alert::DECRYPT_ERROR => {
            ("A signature did not fit: key and certificate do not belong together.", "签名校验失败：私钥与证书不配对。")
        }
        Alert::PROTOCOL_VERSION => ("No common TLS version.", "没有共同的 TLS 版本。"),
        Alert::UNRECOGNIZED_NAME => {
            ("The server does not know the name asked for, or misses one.", "服务器不认识所请求的域名，或缺少域名。")
        }
        Alert::CERTIFICATE_REQUIRED => ("The server demands a client certificate.", "服务器要求客户端证书。"),
        _ => return None,
    };
    Some(Explained { code: format!("alert {}", alert.0), meaning: Text { en, zh } })
}

fn verify(code: VerifyCode) -> Option<Explained> {
    let (en, zh) = match code {
        VerifyCode::SIGNATURE_FAILURE => ("A signature in the chain does not fit.", "证书链中的签名不符。"),
        VerifyCode::NOT_YET_VALID => ("A certificate is not valid yet.", "证书尚未生效。"),
        VerifyCode::EXPIRED => ("A certificate has expired.", "证书已过期。"),
        VerifyCode::SELF_SIGNED => ("The certificate signed itself and is not trusted.", "自签名证书，不受信任。"),
        VerifyCode::SELF_SIGNED_IN_CHAIN => {
            ("The chain ends in a root that is not trusted.", "证书链以不受信任的根结束。")
        }
        VerifyCode::ISSUER_NOT_FOUND => {
            ("The issuer was neither sent nor is it in the CA file.", "找不到签发者：既未发送，也不在 CA 文件中。")
        }
        VerifyCode::LEAF_NOT_VERIFIABLE => {
            ("Only one certificate came, and nothing to check it with.", "只有一张证书，无法校验。")
        }
        VerifyCode::HOSTNAME_MISMATCH | VerifyCode::IP_MISMATCH => {
            ("The certificate does not hold that name.", "证书中没有该名称。")
        }
        _ => return None,
    };
    Some(Explained { code: format!("verify {}", code.0), meaning: Text { en, zh } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_explained_once_in_both_languages() {
        let facts =
            [Fact::new("AT+MPUB → +CME ERROR: 767"), Fact::new("x → +CME ERROR: 767"), Fact::new("PC: alert 40")];
        let all = explained(None, &facts);
        assert_eq!(all.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["+CME ERROR: 767", "alert 40"]);
        assert!(all.iter().all(|one| one.meaning.en.is_ascii() && !one.meaning.zh.is_ascii()));
    }
}
