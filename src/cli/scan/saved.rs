//! The CA file for the module: which certificate it is, what believing it means, and what is left where none would do.

use std::{fs::File, io::Write, path::Path};

use serde_json::{Value, json};

use super::{
    look::Looked,
    words::{day, fingerprint, hex},
};
use crate::{
    diagnosis::Fact,
    here::{Candidate, Choice, Origin, authority_for, system_roots},
    lang::{Lang, Text},
};

/// What came of the wish to keep a CA file.
pub(super) struct Saved {
    /// The file, its certificate's subject, its fingerprint and where it comes from; `None` when nothing was kept.
    kept: Option<Kept>,
    /// What to know of it, one sentence each.
    said: Vec<Fact>,
}

struct Kept {
    path: String,
    subject: String,
    fingerprint: Vec<u8>,
    origin: &'static str,
}

impl Saved {
    /// Whether a file was written.
    pub(super) const fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    pub(super) fn as_json(&self, lang: Lang) -> Value {
        let kept = self.kept.as_ref();
        json!({
            "file": kept.map(|kept| kept.path.as_str()),
            "subject": kept.map(|kept| kept.subject.as_str()),
            "sha256": kept.map(|kept| hex(&kept.fingerprint)),
            "from": kept.map(|kept| kept.origin),
            "notes": self.said.iter().map(|said| said.to(lang)).collect::<Vec<_>>(),
        })
    }

    pub(super) fn lines(&self, lang: Lang) -> Vec<String> {
        self.said.iter().map(|said| said.to(lang).into_owned()).collect()
    }
}

/// Keeps the CA file for `looked` in a new file at `path`.
pub(super) fn save(looked: &Looked, path: &Path) -> Saved {
    let chain = looked.here.free.as_ref().map(|free| free.chain().to_vec()).unwrap_or_default();
    match authority_for(&chain, &system_roots(), looked.today) {
        Ok(choice) => written(&choice, path),
        Err(none) => Saved { kept: None, said: vec![none.said()] },
    }
}

fn written(choice: &Choice, path: &Path) -> Saved {
    let best = &choice.best;
    let result = File::create_new(path).and_then(|mut file| file.write_all(&best.pem));
    if let Err(error) = result {
        let path = path.display();
        let said = Fact::said(Text::new("scanned-ca-file-not-kept").put("path", path).put("error", error));
        return Saved { kept: None, said: vec![said] };
    }
    let mut said = vec![saved_where(best, path)];
    said.extend(choice.said());
    let kept = Kept {
        path: path.display().to_string(),
        subject: best.facts.subject.clone(),
        fingerprint: best.facts.fingerprint.clone(),
        origin: match best.origin {
            Origin::Itself => "itself",
            Origin::Sent => "server",
            Origin::System => "system",
            Origin::Intermediate => "intermediate",
        },
    };
    Saved { kept: Some(kept), said }
}

fn saved_where(best: &Candidate, path: &Path) -> Fact {
    let (subject, until) = (&best.facts.subject, day(best.facts.not_after));
    let (path, print) = (path.display(), fingerprint(&best.facts.fingerprint));
    Fact::said(
        Text::new("scanned-ca-file-kept-valid")
            .put("path", path)
            .put("subject", subject)
            .put("until", until)
            .put("print", print),
    )
}
