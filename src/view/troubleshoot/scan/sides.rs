//! Module and broker side by side, a row for each thing that both must agree on.

use crate::{
    certs::PublicKey,
    diagnosis::{Answer, Demand, Here, Unnamed, suite_rows},
    lang::Text,
    view::troubleshoot::here::Verdict,
};

use super::taken_versions;

/// One thing that both must agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideRow {
    /// The name of its word in the language files.
    pub key: &'static str,
    /// What the module brings.
    pub module: Text,
    /// What the broker said.
    pub broker: Text,
    /// Whether they agree.
    pub verdict: Verdict,
}

/// All of them, in the order of a handshake.
pub(super) fn rows(here: &Here) -> Vec<SideRow> {
    let all = [Some(spoken(here)), suites(here), key(here), name(here), client(here)];
    all.into_iter().flatten().collect()
}

fn spoken(here: &Here) -> SideRow {
    let taken = taken_versions(here);
    let verdict = match taken.as_slice() {
        [] => Verdict::Neutral,
        ["TLS1.3"] => Verdict::Bad,
        _ => Verdict::Good,
    };
    let broker = match taken.as_slice() {
        [] => Text::new("scan-unseen"),
        all => Text::new("scan-takes").with("what", all.join(", ")),
    };
    SideRow { key: "scan-versions", module: Text::new("scan-module-versions"), broker, verdict }
}

fn suites(here: &Here) -> Option<SideRow> {
    here.suites.as_ref().filter(|probe| !probe.each.is_empty())?;
    let rows = suite_rows(here);
    let count = |answer| rows.iter().filter(|row| row.answer == answer).count();
    let verdict = match (count(Answer::Taken), count(Answer::Untestable)) {
        (0, 0) => Verdict::Bad,
        (0, _) => Verdict::Neutral,
        _ => Verdict::Good,
    };
    let broker = Text::new("scan-takes-suites").with("taken", count(Answer::Taken)).with("total", rows.len());
    Some(SideRow { key: "scan-suites", module: Text::new("scan-module-suites"), broker, verdict })
}

fn key(here: &Here) -> Option<SideRow> {
    let leaf = here.chain.first()?;
    let verdict = match leaf.key {
        PublicKey::Rsa { .. } => Verdict::Good,
        PublicKey::Elliptic { .. } => Verdict::Bad,
        PublicKey::Other => Verdict::Neutral,
    };
    let broker = Text::new("scan-shows").with("what", leaf.key.to_string());
    Some(SideRow { key: "scan-key", module: Text::new("scan-module-key"), broker, verdict })
}

fn name(here: &Here) -> Option<SideRow> {
    let (verdict, broker) = match here.unnamed.as_ref()? {
        Unnamed::Same => (Verdict::Good, Text::new("doctor-sni-free")),
        Unnamed::OtherCertificate(_) => (Verdict::Doubtful, Text::new("doctor-sni-other")),
        Unnamed::Refused(_) => (Verdict::Doubtful, Text::new("doctor-sni-needed")),
    };
    Some(SideRow { key: "doctor-here-sni", module: Text::new("scan-module-name"), broker, verdict })
}

fn client(here: &Here) -> Option<SideRow> {
    let shows = here.wanted.shows_certificate;
    let (verdict, key) = match here.client_certificate()? {
        Demand::Required if shows => (Verdict::Good, "scan-client-required"),
        Demand::Required => (Verdict::Bad, "scan-client-required"),
        Demand::Optional => (Verdict::Good, "scan-client-optional"),
        Demand::Nothing => (Verdict::Good, "scan-client-none"),
    };
    let module = Text::new(if shows { "scan-module-client" } else { "scan-module-no-client" });
    Some(SideRow { key: "doctor-here-client", module, broker: Text::new(key), verdict })
}
