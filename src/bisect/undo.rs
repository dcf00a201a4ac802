//! The list that undoes a bisect: how each setting was before the first change, and which files were made. It holds no secret:
//! names of files, numbers, a server's name; the module itself stands in it as a digest of its number.

use openssl::sha::sha256;
use serde::{Deserialize, Serialize};

/// How one setting was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its key word, such as `hostname`.
    pub key: String,
    /// Its value as the module printed it, empty when it was not set; `None` when the module did not tell.
    pub value: Option<String>,
}

/// Everything that is to be put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoList {
    /// The form of this list.
    pub version: u32,
    /// Which module: a digest of its IMEI, so that no other one is changed.
    pub module: String,
    /// The port at which it was.
    pub port: String,
    /// When the list was made, in seconds since 1970.
    pub made_at: i64,
    /// Each setting that a bisect may change.
    pub settings: Vec<Kept>,
    /// Files that a bisect makes on the module, and that were not there before.
    pub files: Vec<String>,
}

impl UndoList {
    /// The form that this program writes.
    pub const VERSION: u32 = 1;

    /// The digest under which a module with this IMEI stands.
    pub fn module_of(imei: &str) -> String {
        let digest = sha256(imei.as_bytes())[..8].iter().fold(0_u64, |digest, byte| digest << 8 | u64::from(*byte));
        format!("{digest:016x}")
    }

    /// The settings that the module did not tell: they cannot be put back to what they were.
    pub fn untold(&self) -> Vec<&str> {
        self.settings.iter().filter(|one| one.value.is_none()).map(|one| one.key.as_str()).collect()
    }
}
