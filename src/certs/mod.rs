//! Reading and judging certificate files before they go to the module: what a file is, whether the module's parser and a
//! lenient one would take it, what stands in it, what fits together, and repairs that change bytes and nothing else.
//!
//! A file is read first as it stands (`pem`, `file`). Where that gives nothing, `reading` looks at it as a person would:
//! `seen` makes characters of what only looks like them or is written out, `marker` finds `BEGIN` and `END`, `body` tries ways
//! to the base64 between them, and `identify` says yes to whole structures alone. `container` and `legacy` open what is
//! locked or bundled. `kit` makes the module's three files of all that somebody was handed; `issue` makes such files for those
//! who have none.
//!
//! Facts as data; advice and wording live elsewhere. No key material leaves this room except as the bytes of a repair or of
//! the kit; what held some is wiped.

mod armour;
mod ber;
mod block;
mod body;
mod certificate;
mod chain;
mod container;
mod contents;
mod damage;
mod der;
mod dress;
mod file;
mod file_role;
mod foreign;
mod identify;
mod issue;
mod item;
mod key;
mod kit;
mod label;
mod layout;
mod legacy;
mod marker;
mod openssh;
mod order;
mod parser;
mod path;
mod pem;
mod phrase;
mod reading;
mod repair;
mod role;
mod seen;
#[cfg(test)]
mod tests;

pub use self::{
    block::Block,
    certificate::{CertificateFacts, Digest, KeyUsage, PublicKey, Signature},
    chain::{CaRelation, ChainJudgement, judge_chain},
    damage::Damage,
    dress::Dress,
    file::{Content, FileFacts, NotCertificates},
    file_role::FileRole,
    foreign::Foreign,
    issue::{IssueError, Issued, Wish, issue},
    item::Item,
    key::{KeyFacts, KeyForm, Pairing, pairing},
    kit::{Change, Detail, Given, Kit, Piece, PieceKind, Problem, Ready, Taken},
    label::Label,
    layout::{Encoding, LineEnds, Stray, layout},
    parser::{Doubt, ModuleVerdict, ParserRefusal, module_verdict},
    path::{Path, PathEnd, path_upwards},
    phrase::{Closed, PassPhrase},
    repair::{Repair, RepairKind, clean, repair},
    role::{Concern, concerns},
};
