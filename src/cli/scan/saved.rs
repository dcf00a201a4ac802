//! The CA file for the module: which certificate it is, what believing it means, and what is left where none would do.

use std::{fs::File, io::Write, path::Path};

use serde_json::{Value, json};

use super::{
    look::Looked,
    words::{day, fingerprint, hex},
};
use crate::{
    cli::tongue::Tongue,
    diagnosis::Fact,
    here::{Candidate, Choice, Origin, authority_for, system_roots},
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

    pub(super) fn as_json(&self, tongue: Tongue) -> Value {
        let kept = self.kept.as_ref();
        json!({
            "file": kept.map(|kept| kept.path.as_str()),
            "subject": kept.map(|kept| kept.subject.as_str()),
            "sha256": kept.map(|kept| hex(&kept.fingerprint)),
            "from": kept.map(|kept| kept.origin),
            "notes": self.said.iter().map(|said| tongue.fact(said)).collect::<Vec<_>>(),
        })
    }

    pub(super) fn lines(&self, tongue: Tongue) -> Vec<String> {
        self.said.iter().map(|said| tongue.fact(said).to_owned()).collect()
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
        let said = Fact::both(
            format!("The CA file is not kept: --save-ca {path}: {error}; choose another place."),
            format!("未保存 CA 文件：--save-ca {path}：{error}；请换一个位置。"),
        );
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
    Fact::both(
        format!("CA file kept: {path}: {subject}, valid until {until}, SHA-256 {print}"),
        format!("已保存 CA 文件：{path}：{subject}，有效期至 {until}，SHA-256 {print}"),
    )
}
