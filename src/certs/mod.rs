//! Reading and judging certificate files before they go to the module: what a file is, whether the module's parser and a
//! lenient one would take it, what stands in it, what fits together, and repairs that change bytes and nothing else.
//!
//! Facts as data; advice and wording live elsewhere. No key material leaves this room except as the bytes of a repair.

mod certificate;
mod chain;
mod der;
mod file;
mod file_role;
mod key;
mod layout;
mod parser;
mod path;
mod pem;
mod repair;
mod role;
#[cfg(test)]
mod tests;

pub use self::{
    certificate::{CertificateFacts, Digest, KeyUsage, PublicKey, Signature},
    chain::{CaRelation, ChainJudgement, judge_chain},
    file::{Content, FileFacts, Item, NotCertificates},
    file_role::FileRole,
    key::{KeyFacts, KeyForm, Pairing, pairing},
    layout::{Encoding, LineEnds, Stray, layout},
    parser::{Doubt, ModuleVerdict, ParserRefusal, module_verdict},
    path::{Path, PathEnd, path_upwards},
    pem::{Block, Damage, Label},
    repair::{Repair, RepairKind, clean, repair},
    role::{Concern, concerns},
};
