//! A server scanned without any module, as a picture: module and broker side by side, suites, chain, dates, cures.
//!
//! The verdict is [`Scan`]'s; nothing is judged here.

mod copied;
mod sides;

use std::borrow::Cow;

use crate::{
    certs::{CaRelation, CertificateFacts},
    diagnosis::{Answer, Fact, Finding, Here, Reach, Scan, Standing, SuiteRow, cures::Cure, suite_rows, versions},
    lang::Lang,
    view::certificates::{Validity, validity},
};

use super::here::{self, ChainRow, HereView, Verdict};

pub use self::sides::SideRow;

/// What the user typed, and what came of the last scan.
#[derive(Clone, Debug, Default)]
pub struct ScanScreen {
    /// Whether the scan is in front, in place of the findings.
    pub is_open: bool,
    /// The server as typed.
    pub typed: String,
    /// Whether the files of the connection are left out.
    pub leaves_files: bool,
    /// Why what was typed is no server.
    pub refusal: Option<Fact>,
    /// What came of the scan, as far as it is.
    pub picture: Option<Box<Picture>>,
    /// The CA file that belongs to the server, once the scan is over.
    pub authority: Option<AuthorityView>,
}

impl ScanScreen {
    /// Whether a scan is under way.
    pub fn is_running(&self) -> bool {
        self.picture.as_ref().is_some_and(|picture| picture.here.is_running)
    }
}

/// The CA file for the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityView {
    /// Subject, fingerprint and the file itself; `None` where none would do.
    pub file: Option<AuthorityFile>,
    /// What to know of it, or why there is none.
    pub said: Vec<Fact>,
}

/// A CA file that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityFile {
    /// Whom its certificate names.
    pub subject: String,
    /// SHA-256 over the certificate.
    pub fingerprint: String,
    /// The file, PEM.
    pub pem: String,
}

/// One certificate of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What stands in it.
    pub row: ChainRow,
    /// Its dates against the clock.
    pub validity: Option<Validity>,
    /// Whether it is, or was issued by, the CA file.
    pub is_anchored: bool,
}

/// What came of a scan.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// `host:port`.
    pub place: String,
    /// How far it is, and what this computer got step by step.
    pub here: HereView,
    /// Whether a module can connect.
    pub reach: Reach,
    /// The verdict in a sentence.
    pub sentence: Fact,
    /// How each level of security stands.
    pub levels: [Standing; 3],
    /// Module and broker side by side.
    pub sides: Vec<SideRow>,
    /// The module's suites; empty while none was offered.
    pub suites: Vec<SuiteRow>,
    /// The chain, leaf first.
    pub chain: Vec<Link>,
    /// Whose clock the dates are held against.
    pub is_modules_clock: bool,
    /// What is wrong, likeliest first.
    pub findings: Vec<Finding>,
    /// The lines against the first of them.
    pub cures: Vec<Cure>,
}

impl Picture {
    /// What `scan` makes of `here`, about `place` as the user named it.
    pub fn of(place: String, here: &Here, scan: &Scan) -> Self {
        let clock = here.wanted.clocks.map(|(modules, _)| modules).or(here.checked_at);
        let is_over = !here.stage.is_running();
        let is_offered = here.suites.as_ref().is_some_and(|probe| !probe.each.is_empty());
        Self {
            here: here::view(here),
            reach: scan.reach,
            sentence: scan.sentence(here, &place),
            levels: scan.levels,
            sides: if here.speaks_tls() { sides::rows(here) } else { Vec::new() },
            suites: if is_offered { suite_rows(here) } else { Vec::new() },
            chain: here.chain.iter().map(|one| link(here, one, clock)).collect(),
            is_modules_clock: here.wanted.clocks.is_some(),
            // A half of the facts accuses nobody.
            findings: if is_over { scan.findings() } else { Vec::new() },
            cures: if is_over { scan.cures(here) } else { Vec::new() },
            place,
        }
    }
}

fn link(here: &Here, one: &CertificateFacts, clock: Option<i64>) -> Link {
    // A twin has the name and another key.
    let issues = here.judged.as_ref().is_some_and(|judged| judged.relation == CaRelation::Issues);
    let authority = here.wanted.authority.as_ref().filter(|_| issues);
    Link {
        row: here::chain_row(one),
        validity: clock.and_then(|clock| validity(one, clock)),
        is_anchored: authority.is_some_and(|name| *name == one.subject || *name == one.issuer),
    }
}

/// What a server said, as a verdict for the module.
pub const fn verdict(answer: Answer) -> Verdict {
    match answer {
        Answer::Taken => Verdict::Good,
        Answer::Refused => Verdict::Bad,
        Answer::Untestable => Verdict::Neutral,
    }
}

/// `fact` in `lang`.
pub fn fact_words(fact: &Fact, lang: Lang) -> Cow<'_, str> {
    fact.to(lang)
}

/// The names of the versions that the server takes.
fn taken_versions(here: &Here) -> Vec<&'static str> {
    versions(here).into_iter().filter(|(_, answer)| *answer == Answer::Taken).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        certs::{ChainJudgement, PublicKey, Signature},
        diagnosis::{VerifyCode, WantedTls},
    };

    /// A leaf that an authority of the name in the CA file issued.
    fn leaf() -> CertificateFacts {
        CertificateFacts {
            subject: "CN=broker.test".into(),
            issuer: "CN=Plant CA".into(),
            common_name: None,
            names: Vec::new(),
            not_before: None,
            not_after: None,
            key: PublicKey::Rsa { bits: 2_048 },
            signature: Signature::Other,
            is_authority: Some(false),
            usage: None,
            server_auth: None,
            client_auth: None,
            is_self_issued: false,
            is_altered: false,
            demands: Vec::new(),
            subject_key_id: None,
            authority_key_id: None,
            above_issuer: None,
            fingerprint: Vec::new(),
            der_bytes: 900,
        }
    }

    #[test]
    fn a_chain_ends_in_the_ca_file_only_by_its_key() {
        for (relation, expected) in [
            (Some(CaRelation::Issues), true),
            (Some(CaRelation::SameNameOtherKey), false),
            (Some(CaRelation::Unrelated), false),
            (None, false),
        ] {
            let judged = |relation| ChainJudgement {
                code: VerifyCode::OK,
                depth: 0,
                relation,
                is_in_order: true,
                sends_root: false,
                length: 1,
            };
            let here = Here {
                wanted: WantedTls { authority: Some("CN=Plant CA".into()), ..WantedTls::default() },
                judged: relation.map(judged),
                ..Here::default()
            };
            assert_eq!(link(&here, &leaf(), None).is_anchored, expected, "{relation:?}");
        }
    }
}
