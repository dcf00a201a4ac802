//! The keyring of the system: Secret Service, Keychain or Credential Manager.

use keyring::{Entry, Error};

use crate::mqtt::Password;

use super::keeper::Vault;

/// The keyring of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeyring;

impl Vault for SystemKeyring {
    fn check(&self) -> Result<(), String> {
        match Entry::store_status() {
            Ok(()) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn read(&self, entry: &str) -> Result<Option<Password>, String> {
        match open(entry)?.get_password() {
            Ok(password) => Ok(Some(Password::new(password))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn write(&self, entry: &str, password: &Password) -> Result<(), String> {
        open(entry)?.set_password(password.reveal()).map_err(|error| error.to_string())
    }

    fn forget(&self, entry: &str) -> Result<(), String> {
        match open(entry)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn open(entry: &str) -> Result<Entry, String> {
    Entry::new(SERVICE, entry).map_err(|error| error.to_string())
}

/// The name under which the keyring shows them to its user.
const SERVICE: &str = "Air780E Companion";
