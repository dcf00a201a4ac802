//! What to know of the CA file for the module: what believing it means, and what is left where none would do.

use chrono::DateTime;

use super::{Candidate, Choice, Hurdle, NoChoice, Origin};
use crate::diagnosis::Fact;

impl Choice {
    /// What to know of it before it is used, a sentence each: what believing it means comes first.
    pub fn said(&self) -> Vec<Fact> {
        let best = &self.best;
        let mut said = vec![meaning(best)];
        said.extend(self.others.iter().map(|other| beside(best, other)));
        said.extend(self.unknown.as_deref().map(|issuer| cross(best, issuer)));
        said.extend((best.hurdle == Hurdle::Doubtful).then(doubt));
        said
    }
}

impl NoChoice {
    /// Why there is none, and what is left.
    pub fn said(&self) -> Fact {
        none_would(self)
    }
}

/// What believing it means.
fn meaning(best: &Candidate) -> Fact {
    let (en, zh) = match best.origin {
        Origin::Itself => (
            "A module with this file believes this one certificate and nobody else's: it must be changed when the broker's is. It came \
             over the very line that it shall protect, so compare the fingerprint with whoever runs the broker before you use it.",
            "使用此文件的模块只信任这一张证书：服务器换证书时必须同时更换。它经由待保护的线路获得，使用前请与服务器管理者核对指纹。",
        ),
        Origin::Sent => (
            "A module with this file believes every server that this authority certifies. The broker sent it itself, over the very line \
             that it shall protect: compare the fingerprint with whoever runs the authority before you use it.",
            "使用此文件的模块信任该 CA 签发的所有服务器。它由服务器自己发来，且经由待保护的线路，使用前请与 CA 管理者核对指纹。",
        ),
        Origin::System => (
            "A module with this file believes every server that this authority certifies, for any name it issues. It comes from this \
             computer's own store, which believes it too.",
            "使用此文件的模块信任该 CA 签发的所有服务器证书。它取自本电脑自身信任的证书库。",
        ),
        Origin::Intermediate => (
            "This is an intermediate, as its root is neither sent nor known here. A module needs AT+SSLCFG=\"verifymode\",88,1 to end a \
             chain in it, and it ends sooner than a root. It came over the very line that it shall protect: compare the \
             fingerprint before you use it.",
            "这是中间证书：其根证书既未发送，本电脑也没有。模块需设置 AT+SSLCFG=\"verifymode\",88,1 才能以它结束证书链，且其有效期更短。\
             它经由待保护的线路获得，使用前请核对指纹。",
        ),
    };
    Fact::both(en, zh)
}

/// Another root in which the same chain could end.
fn beside(best: &Candidate, other: &Candidate) -> Fact {
    let (mine, theirs) = (&best.facts.subject, &other.facts.subject);
    let until = day(other.facts.not_after);
    if other.works() {
        Fact::both(
            format!(
                "The chain is signed across: it could end in {theirs} (until {until}) as well. {mine} is kept because it serves longer \
                 or better."
            ),
            format!("该证书链有交叉签名：也可以 {theirs}（至 {until}）为根。选择 {mine} 是因为其有效期更长或更合适。"),
        )
    } else {
        let code = other.code.0;
        let (en, zh) = match other.hurdle {
            Hurdle::Curve => ("its way needs an elliptic curve".to_owned(), "其路径需要椭圆曲线算法".to_owned()),
            _ => (format!("verify {code}"), format!("verify {code}")),
        };
        Fact::both(
            format!("The chain could also end in {theirs} (until {until}), but that does not work: {en}."),
            format!("该证书链也指向 {theirs}（至 {until}），但不可用：{zh}。"),
        )
    }
}

/// The other side of a cross-sign, which this system does not know.
fn cross(best: &Candidate, issuer: &str) -> Fact {
    let mine = &best.facts.subject;
    if best.origin == Origin::Intermediate {
        return Fact::both(
            format!("The root above it is {issuer}: ask for it where you can trust the answer, and use that instead."),
            format!("其上级根证书为 {issuer}：请从可信途径获取并改用它。"),
        );
    }
    Fact::both(
        format!(
            "The last certificate of the chain is signed across by {issuer}, which this computer does not believe: {mine} works, as the \
             chain reaches it before."
        ),
        format!(
            "证书链的最后一张由 {issuer} 交叉签名，而本电脑不信任该机构：{mine} 可用，因为证书链在此之前已到达它。"
        ),
    )
}

fn doubt() -> Fact {
    Fact::both(
        "No authority is sure to do: the way to it needs a signature or key size that small stacks may not know. What is left then is \
             security level 0, or a certificate signed with RSA and SHA-256, perhaps on another port of the broker."
            .to_owned(),
        "没有一定可用的 CA：其路径上的签名算法或密钥长度可能不被小型协议栈支持。若不可用，只能使用级别 0，\
             或在服务器（例如另一端口）使用 RSA + SHA-256 签名的证书。"
            .to_owned(),
    )
}

fn none_would(none: &NoChoice) -> Fact {
    let left_en = "What is left is security level 0, where nobody is checked, or a certificate with RSA and SHA-256, perhaps on another \
                   port of the broker.";
    let left_zh = "可行的办法：使用不校验的级别 0，或在服务器（例如另一端口）使用 RSA + SHA-256 的证书。";
    let (en, zh) = match none {
        NoChoice::NothingShown => (
            "No CA file is kept: the server shows no certificate.".to_owned(),
            "未保存 CA 文件：服务器没有出示证书。".to_owned(),
        ),
        NoChoice::IssuerUnknown { issuer } => (
            format!(
                "No CA file is kept: the server sends its own certificate alone, and its issuer {issuer} is not known here. Ask whoever runs \
                 the broker for it, or have the broker send its full chain."
            ),
            format!(
                "未保存 CA 文件：服务器只发送了自身证书，本电脑没有其签发者 {issuer}。请向服务器管理者索取，或让服务器发送完整证书链。"
            ),
        ),
        NoChoice::Curves { authority } => (
            format!(
                "No CA file is kept, as no authority would do: the way to {authority} needs an elliptic curve, which the module's RSA suites \
                 come without. {left_en}"
            ),
            format!(
                "未保存 CA 文件，因为没有可用的 CA：到 {authority} 的路径需要椭圆曲线算法，而模块只支持 RSA。{left_zh}"
            ),
        ),
        NoChoice::Refused { authority, code } => (
            format!(
                "No CA file is kept: a check with {authority} fails all the same (verify {}). Renew the broker's certificate. {left_en}",
                code.0
            ),
            format!(
                "未保存 CA 文件：即使使用 {authority} 校验仍失败（verify {}）。请更新服务器证书。{left_zh}",
                code.0
            ),
        ),
    };
    Fact::both(en, zh)
}

fn day(seconds: Option<i64>) -> String {
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}
