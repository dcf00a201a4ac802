//! Prints what the files came to: lines for people, or one JSON object.

use std::path::PathBuf;

use chrono::DateTime;
use serde_json::{Map, Value, json};

use super::{
    findings::{FileFinding, Verdict},
    save::name_of,
    words,
};
use crate::{
    certs::{CertificateFacts, FileRole, Kit, Piece, PieceKind, Taken},
    lang::{Lang, Text},
};

/// What is to be printed.
pub(super) struct Report<'a> {
    pub(super) kit: &'a Kit,
    pub(super) findings: &'a [FileFinding],
    pub(super) verdict: Verdict,
    pub(super) written: &'a [PathBuf],
    pub(super) lang: Lang,
}

/// The object for what could not even be read.
pub(super) fn failed(sentence: &str) -> Value {
    json!({ "kind": "certs", "for": "module", "verdict": Verdict::Refused.key(), "error": sentence,
            "files": [], "findings": [], "out": [] })
}

impl Report<'_> {
    /// One object.
    pub(super) fn as_json(&self) -> Value {
        let files: Vec<_> =
            self.kit.files.iter().enumerate().map(|(number, file)| self.file_json(number, file)).collect();
        let findings: Vec<_> = self.findings.iter().map(|one| self.finding_json(one)).collect();
        let out = self.kit.ready.iter().map(|one| {
            let name = name_of(one.role);
            let path = self.written.iter().find(|path| path.ends_with(name)).map(|path| path.display().to_string());
            json!({ "name": name, "role": role_key(one.role), "bytes": one.bytes.len(), "path": path })
        });
        json!({
            "kind": "certs",
            "for": "module",
            "verdict": self.verdict.key(),
            "files": files,
            "findings": findings,
            "notes": self.notes(),
            "out": out.collect::<Vec<_>>(),
        })
    }

    fn file_json(&self, number: usize, file: &Taken) -> Value {
        let items: Vec<_> = file.pieces.iter().map(piece_json).collect();
        let main = file.pieces.iter().find(|piece| piece.role.is_some()).or(file.pieces.first());
        let mut object = main.map(piece_json).unwrap_or_default();
        object.insert("file".to_owned(), json!(file.name));
        object.insert("bytes".to_owned(), json!(file.facts.bytes));
        object.insert("items".to_owned(), json!(items));
        let repairs = file.changes.iter().map(|change| {
            let told = words::told(*change);
            json!({ "what": told.key, "id": told.id, "before": told.before.to(self.lang), "after": told.after.to(self.lang) })
        });
        object.insert("repairs".to_owned(), repairs.collect());
        let own = self.findings.iter().filter(|one| one.file == number).map(|one| self.finding_json(one));
        object.insert("findings".to_owned(), own.collect());
        Value::Object(object)
    }

    fn finding_json(&self, finding: &FileFinding) -> Value {
        json!({
            "id": finding.cause.id,
            "key": finding.cause.key,
            "certainty": finding.certainty().key(),
            "evidence": [finding.evidence(self.lang)],
            "fix": finding.fix(self.lang),
        })
    }

    /// Some lines for people.
    pub(super) fn as_text(&self) -> String {
        let lang = self.lang;
        let mut lines = Vec::new();
        for (number, file) in self.kit.files.iter().enumerate() {
            lines.push(format!("{}:", file.name));
            lines.extend(file.pieces.iter().map(|piece| format!("  {}", self.piece_text(piece))));
            for change in &file.changes {
                let told = words::told(*change);
                let word = lang.tr("certs-repaired");
                lines.push(format!("  {word}: {} → {}", told.before.to(lang), told.after.to(lang)));
            }
            for finding in self.findings.iter().filter(|one| one.file == number) {
                lines.push(format!("  {} {}: {}", finding.cause.id, finding.cause.key, finding.evidence(lang)));
                lines.push(format!("    {}: {}", lang.tr("certs-do"), finding.fix(lang)));
            }
        }
        lines.extend(self.notes());
        lines.push(self.verdict_text());
        lines.extend(self.written.iter().map(|path| format!("  {} {}", lang.tr("certs-written"), path.display())));
        lines.join("\n")
    }

    fn verdict_text(&self) -> String {
        let lang = self.lang;
        let files: Vec<_> = self
            .kit
            .ready
            .iter()
            .map(|one| format!("{} ({} {})", name_of(one.role), one.bytes.len(), lang.tr("certs-bytes")))
            .collect();
        let files = files.join(", ");
        let ids = |is_enough: bool| {
            let mut ids: Vec<_> =
                self.findings.iter().filter(|one| one.is_enough == is_enough).map(|one| one.cause.id).collect();
            ids.dedup();
            ids.join(", ")
        };
        match self.verdict {
            Verdict::Usable => format!("{}: {files}", lang.tr("certs-usable-module")),
            Verdict::Doubtful => {
                format!("{} ({}): {files}", lang.tr("certs-usable-doubts"), ids(false))
            }
            Verdict::Refused => {
                format!("{} ({})", lang.tr("certs-refused-no-connection-would"), ids(true))
            }
        }
    }

    /// What is missing for a connection in which both sides show a certificate; no fault of the files.
    fn notes(&self) -> Vec<String> {
        let has = |role| self.kit.file(role).is_some();
        let (ca, certificate, key) =
            (has(FileRole::Authority), has(FileRole::ClientCertificate), has(FileRole::ClientKey));
        let mut notes = Vec::new();
        notes.extend(self.missing_root());
        if certificate && key && !ca {
            notes.push(self.lang.tr("certs-no-authority-broker-among").into_owned());
        }
        notes
    }

    /// A small reader stops at an authority that it believes; a computer goes on to the root.
    fn missing_root(&self) -> Option<String> {
        let pieces =
            || self.kit.files.iter().flat_map(|file| &file.pieces).filter(|one| one.role == Some(FileRole::Authority));
        let facts = || {
            pieces().filter_map(|one| match &one.what {
                PieceKind::Certificate(facts) => Some(facts),
                _ => None,
            })
        };
        if facts().any(|one| one.is_self_issued) {
            return None;
        }
        let top = facts().find(|one| one.is_authority == Some(true) && !facts().any(|other| one.is_below(other)))?;
        let issuer = visible(&top.issuer);
        Some(Text::new("certs-no-root").put("issuer", issuer).to(self.lang).into_owned())
    }

    fn piece_text(&self, piece: &Piece) -> String {
        let lang = self.lang;
        let kind = words::kind(&piece.what, piece.role).to(lang).into_owned();
        match &piece.what {
            PieceKind::Certificate(facts) => format!(
                "{kind}: {} ({} {}; {} – {}; {}; {} {})",
                visible(&facts.subject),
                lang.tr("certs-issued"),
                visible(&facts.issuer),
                facts.not_before.map_or_else(|| "?".to_owned(), day),
                facts.not_after.map_or_else(|| "?".to_owned(), day),
                words::key(facts.key),
                lang.tr("certs-signed"),
                words::signature(facts.signature),
            ),
            PieceKind::Key { form, kind: size } => {
                let size = size.map_or_else(|| "?".to_owned(), words::key);
                format!("{kind}: {size} ({})", words::form(*form))
            }
            PieceKind::Request | PieceKind::PublicKey | PieceKind::RevocationList => kind,
        }
    }
}

/// Names come from somebody else's file: what acts on a terminal stands as a token.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn piece_json(piece: &Piece) -> Map<String, Value> {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('?');
    let sha256: String = piece.fingerprint.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    let role = piece.role.map(role_key);
    let value = match &piece.what {
        PieceKind::Certificate(facts) => certificate_json(facts, role, &sha256),
        PieceKind::Key { form, kind } => json!({
            "role": role.unwrap_or("private_key"),
            "form": words::form(*form),
            "key": kind.map(words::key),
            "sha256": (!sha256.is_empty()).then_some(sha256),
        }),
        PieceKind::Request => json!({ "role": "request" }),
        PieceKind::PublicKey => json!({ "role": "public_key" }),
        PieceKind::RevocationList => json!({ "role": "revocation_list" }),
    };
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn certificate_json(facts: &CertificateFacts, role: Option<&str>, sha256: &str) -> Value {
    json!({
        "role": role.unwrap_or("certificate"),
        "subject": facts.subject,
        "issuer": facts.issuer,
        "names": facts.names,
        "not_before": facts.not_before.map(moment),
        "not_after": facts.not_after.map(moment),
        "key": words::key(facts.key),
        "signature": words::signature(facts.signature),
        "sha256": sha256,
    })
}

const fn role_key(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "ca",
        FileRole::ClientCertificate => "client_certificate",
        FileRole::ClientKey => "client_key",
    }
}

fn moment(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map_or_else(|| seconds.to_string(), |time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

pub(super) fn day(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}
