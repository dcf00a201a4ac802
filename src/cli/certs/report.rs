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
    cli::tongue::Tongue,
};

/// What is to be printed.
pub(super) struct Report<'a> {
    pub(super) kit: &'a Kit,
    pub(super) findings: &'a [FileFinding],
    pub(super) verdict: Verdict,
    pub(super) written: &'a [PathBuf],
    pub(super) tongue: Tongue,
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
            let told = words::told(*change, self.tongue);
            json!({ "what": told.key, "id": told.id, "before": told.before, "after": told.after })
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
            "evidence": [finding.evidence(self.tongue)],
            "fix": finding.fix(self.tongue),
        })
    }

    /// Some lines for people.
    pub(super) fn as_text(&self) -> String {
        let tongue = self.tongue;
        let mut lines = Vec::new();
        for (number, file) in self.kit.files.iter().enumerate() {
            lines.push(format!("{}:", file.name));
            lines.extend(file.pieces.iter().map(|piece| format!("  {}", self.piece_text(piece))));
            for change in &file.changes {
                let told = words::told(*change, tongue);
                let word = tongue.pick("repaired", "已修复");
                lines.push(format!("  {word}: {} → {}", told.before, told.after));
            }
            for finding in self.findings.iter().filter(|one| one.file == number) {
                lines.push(format!("  {} {}: {}", finding.cause.id, finding.cause.key, finding.evidence(tongue)));
                lines.push(format!("    {}: {}", tongue.pick("What to do", "处理"), finding.fix(tongue)));
            }
        }
        lines.extend(self.notes());
        lines.push(self.verdict_text());
        lines.extend(
            self.written.iter().map(|path| format!("  {} {}", tongue.pick("written:", "已写出："), path.display())),
        );
        lines.join("\n")
    }

    fn verdict_text(&self) -> String {
        let tongue = self.tongue;
        let files: Vec<_> = self
            .kit
            .ready
            .iter()
            .map(|one| format!("{} ({} {})", name_of(one.role), one.bytes.len(), tongue.pick("bytes", "字节")))
            .collect();
        let files = files.join(", ");
        let ids = |is_enough: bool| {
            let mut ids: Vec<_> =
                self.findings.iter().filter(|one| one.is_enough == is_enough).map(|one| one.cause.id).collect();
            ids.dedup();
            ids.join(", ")
        };
        match self.verdict {
            Verdict::Usable => format!("{}: {files}", tongue.pick("USABLE by the module", "模块可用")),
            Verdict::Doubtful => {
                format!("{} ({}): {files}", tongue.pick("USABLE, with doubts", "可用，但有疑点"), ids(false))
            }
            Verdict::Refused => {
                format!(
                    "{} ({})",
                    tongue.pick("REFUSED: no connection would come of it", "不可用：用它无法建立连接"),
                    ids(true)
                )
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
        if certificate && !key {
            let note = (
                "the key to the client certificate is not among the files; level 2 needs both",
                "未提供客户端证书的私钥；级别 2 需要两者",
            );
            notes.push(self.tongue.pick(note.0, note.1).to_owned());
        }
        if key && !certificate {
            let note = (
                "the certificate to the key is not among the files; level 2 needs both",
                "未提供与私钥对应的证书；级别 2 需要两者",
            );
            notes.push(self.tongue.pick(note.0, note.1).to_owned());
        }
        if certificate && key && !ca {
            let note = (
                "no authority for the broker is among the files; levels 1 and 2 need one",
                "未提供服务器的 CA 证书；级别 1 和 2 需要它",
            );
            notes.push(self.tongue.pick(note.0, note.1).to_owned());
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
        Some(match self.tongue {
            Tongue::En => format!(
                "the root ({issuer}) is not among the files; the module stops at what it believes, a computer wants it too"
            ),
            Tongue::Zh => format!("文件中没有根证书（{issuer}）；模块信任到中间证书即可，电脑工具还需要根证书"),
        })
    }

    fn piece_text(&self, piece: &Piece) -> String {
        let tongue = self.tongue;
        let kind = words::kind(&piece.what, piece.role, tongue);
        match &piece.what {
            PieceKind::Certificate(facts) => format!(
                "{kind}: {} ({} {}; {} – {}; {}; {} {})",
                visible(&facts.subject),
                tongue.pick("issued by", "签发者"),
                visible(&facts.issuer),
                facts.not_before.map_or_else(|| "?".to_owned(), day),
                facts.not_after.map_or_else(|| "?".to_owned(), day),
                words::key(facts.key),
                tongue.pick("signed", "签名"),
                words::signature(facts.signature),
            ),
            PieceKind::Key { form, kind: size } => {
                let size = size.map_or_else(|| "?".to_owned(), words::key);
                format!("{kind}: {size} ({})", words::form(*form))
            }
            PieceKind::Request | PieceKind::PublicKey | PieceKind::RevocationList => kind.to_owned(),
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
