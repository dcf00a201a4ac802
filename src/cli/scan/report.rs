//! A scan as a page: module and broker side by side, suites with marks, the chain against the CA file, its dates against the
//! clock, causes and lines. Nothing of a login's user stands in it, and no key.

use super::{
    look::Looked,
    words::{day, fingerprint, key, signature},
};
use crate::{
    certs::{CertificateFacts, PublicKey},
    diagnosis::{Answer, Demand, Here, Standing, suite_rows, versions},
    doctor,
    here::Login,
    lang::{Lang, Text},
    report::{Block, Mark, Report, Section, Span, Step},
    tls::SecurityLevel,
};

/// The page about one server.
pub(super) fn report(looked: &Looked, login: Option<&Login>) -> Report {
    let here = &looked.here;
    let mut sections = vec![sides(looked)];
    if here.suites.as_ref().is_some_and(|probe| !probe.each.is_empty()) {
        sections.push(suites(here));
    }
    if !here.chain.is_empty() {
        sections.push(chain(looked));
    }
    let blocks = doctor::causes(&looked.scan.findings(), looked.scan.diagnosis.undecided.as_ref(), |_| None);
    if !blocks.is_empty() {
        sections.push(Section { title: Text::new("scanned-page-causes"), blocks });
    }
    sections.extend(cures(looked));
    if let Some(login) = login {
        sections.push(logged(looked, login));
    }
    Report {
        title: Text::new("scanned-page-title").put("place", &looked.place),
        summary: vec![looked.scan.sentence(here, &looked.place).what],
        sections,
        recordings: Vec::new(),
    }
}

fn step(name: Text, mark: Mark, state: Text) -> Step {
    Step { name, mark, state, proof: String::new() }
}

/// What both must agree on, and each level.
fn sides(looked: &Looked) -> Section {
    let here = &looked.here;
    let taken: Vec<_> =
        versions(here).iter().filter(|(_, answer)| *answer == Answer::Taken).map(|(name, _)| *name).collect();
    let mut rows = vec![vec![
        Text::new("scan-versions"),
        Text::new("scan-module-versions"),
        if taken.is_empty() { Text::new("scan-unseen") } else { Text::new("scan-takes").put("what", taken.join(", ")) },
    ]];
    let all = suite_rows(here);
    let count = all.iter().filter(|row| row.answer == Answer::Taken).count();
    rows.push(vec![
        Text::new("scan-suites"),
        Text::new("scan-module-suites"),
        Text::new("scan-takes-suites").put("taken", count).put("total", all.len()),
    ]);
    if let Some(leaf) = here.chain.first() {
        rows.push(vec![
            Text::new("scan-key"),
            Text::new("scan-module-key"),
            Text::new("scan-shows").put("what", key(leaf)),
        ]);
    }
    if let Some(demand) = here.client_certificate() {
        let shows = here.wanted.shows_certificate;
        let wanted = match demand {
            Demand::Required => "scan-client-required",
            Demand::Optional => "scan-client-optional",
            Demand::Nothing => "scan-client-none",
        };
        rows.push(vec![
            Text::new("doctor-here-client"),
            Text::new(if shows { "scan-module-client" } else { "scan-module-no-client" }),
            Text::new(wanted),
        ]);
    }
    let head = vec![Text::default(), Text::new("scan-side-module"), Text::new("scanned-page-broker")];
    let levels = SecurityLevel::ALL.map(|level| level_step(looked, level)).to_vec();
    Section { title: Text::new("scan-sides"), blocks: vec![Block::Table { head, rows }, Block::Ladder(levels)] }
}

fn level_step(looked: &Looked, level: SecurityLevel) -> Step {
    let name = match level {
        SecurityLevel::Unchecked => Text::new("scanned-0-nobody-checked"),
        SecurityLevel::Server => Text::new("scanned-1-server-checked"),
        SecurityLevel::Mutual => Text::new("scanned-2-both-checked"),
    };
    let (mark, state) = match looked.scan.levels[level as usize] {
        Standing::Works => (Mark::Good, Text::new("scanned-works")),
        Standing::Fails => (Mark::Bad, Text::new("scanned-fails")),
        Standing::NoFiles => (Mark::Open, Text::new("scanned-no-files-given")),
        Standing::Untried => (Mark::Open, Text::new("scanned-not-tried")),
    };
    step(name, mark, state)
}

fn suites(here: &Here) -> Section {
    let row = |row: crate::diagnosis::SuiteRow| {
        let (mark, state) = match row.answer {
            Answer::Taken => (Mark::Good, Text::new("scanned-taken")),
            Answer::Refused => (Mark::Bad, Text::new("scanned-refused")),
            Answer::Untestable => (Mark::Open, Text::new("scanned-not-testable")),
        };
        let name = Text::plain(format!("0x{:04X} {}", row.suite.id(), row.suite.iana_name()));
        Step { proof: row.detail.to(Lang::En).into_owned(), ..step(name, mark, state) }
    };
    let steps = suite_rows(here).into_iter().map(row).collect();
    Section { title: Text::new("scan-suites"), blocks: vec![Block::Ladder(steps)] }
}

/// The chain as it stands against the CA file, and its dates against the clock.
fn chain(looked: &Looked) -> Section {
    let here = &looked.here;
    let anchor = here.wanted.authority.as_ref();
    let link = |one: &CertificateFacts| {
        let is_anchored = anchor.is_some_and(|anchor| *anchor == one.issuer || *anchor == one.subject);
        let mark = match one.key {
            PublicKey::Elliptic { .. } => Mark::Bad,
            _ if is_anchored => Mark::Good,
            _ => Mark::Open,
        };
        let state = if is_anchored {
            Text::new("scanned-page-anchored").put("issuer", &one.issuer)
        } else {
            Text::new("scanned-page-issued").put("issuer", &one.issuer)
        };
        let proof = format!("{}, {}, SHA-256 {}", key(one), signature(one), fingerprint(&one.fingerprint));
        Step { proof, ..step(Text::plain(one.subject.clone()), mark, state) }
    };
    let span = |one: &CertificateFacts| {
        Some(Span {
            name: one.common_name.clone().unwrap_or_else(|| one.subject.clone()),
            from: one.not_before?,
            to: one.not_after?,
            said: format!("{} \u{2013} {}", day(one.not_before), day(one.not_after)),
        })
    };
    let now = here.wanted.clocks.map_or(looked.today, |(modules, _)| modules);
    let dates = Block::Dates {
        spans: here.chain.iter().filter_map(span).collect(),
        now,
        clock: Text::new("scanned-page-clock").put("day", day(Some(now))),
    };
    let blocks = vec![Block::Ladder(here.chain.iter().map(link).collect()), dates];
    Section { title: Text::new("scanned-page-chain"), blocks }
}

fn cures(looked: &Looked) -> Option<Section> {
    let mut blocks = Vec::new();
    for cure in looked.scan.cures(&looked.here) {
        blocks.push(Block::Heading(Text::plain(cure.place.key())));
        blocks.push(Block::Text(cure.why.into()));
        blocks.push(Block::Code(cure.lines));
    }
    (!blocks.is_empty()).then(|| Section { title: Text::new("scanned-lines-would-help"), blocks })
}

/// What the broker said to the login; neither its user nor its client id stands there.
fn logged(looked: &Looked, login: &Login) -> Section {
    let blocks = super::login::words(looked, login).into_iter().map(Block::Text).collect();
    Section { title: Text::new("scanned-page-login"), blocks }
}
