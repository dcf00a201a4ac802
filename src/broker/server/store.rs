//! The file that keeps retained messages and sessions over a restart, however the program ends.
//!
//! What the core changes in one turn is one transaction, and it is on disk before the answers to it are sent: what a client
//! was told is kept is kept.

use std::{io, path::Path};

use redb::{Builder, Database, DatabaseError, ReadableDatabase, ReadableTable, TableDefinition, backends::FileBackend};

use crate::broker::core::{Change, Kept};

/// An open file.
pub(super) struct Store {
    database: Database,
}

const RETAINED: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("retained");
const SESSIONS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("sessions");
const MESSAGES: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("messages");

impl Store {
    /// Opens or makes the file, which only this user can read, and reads all of it.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Kept)> {
        let file = FileBackend::new(super::private_file_to_keep(path)?).map_err(explain)?;
        let database = Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(file);
        let store = Self { database: database.map_err(explain)? };
        let kept = store.read().map_err(io::Error::other)?;
        Ok((store, kept))
    }

    fn read(&self) -> Result<Kept, redb::Error> {
        let writing = self.database.begin_write()?;
        writing.open_table(RETAINED)?;
        writing.open_table(SESSIONS)?;
        writing.open_table(MESSAGES)?;
        writing.commit()?;
        let reading = self.database.begin_read()?;
        let mut kept = Kept::default();
        for entry in reading.open_table(RETAINED)?.iter()? {
            kept.retained.push(entry?.1.value().to_vec());
        }
        for entry in reading.open_table(SESSIONS)?.iter()? {
            let (client_id, record) = entry?;
            kept.sessions.push((client_id.value().to_owned(), record.value().to_vec()));
        }
        for entry in reading.open_table(MESSAGES)?.iter()? {
            let (key, record) = entry?;
            let (client_id, number) = key.value();
            kept.messages.push((client_id.to_owned(), number, record.value().to_vec()));
        }
        Ok(kept)
    }

    /// Writes changes, all or none.
    pub(super) fn write(&self, changes: &[Change]) -> Result<(), redb::Error> {
        let writing = self.database.begin_write()?;
        {
            let mut retained = writing.open_table(RETAINED)?;
            let mut sessions = writing.open_table(SESSIONS)?;
            let mut messages = writing.open_table(MESSAGES)?;
            for change in changes {
                match change {
                    Change::Retained { topic, record: Some(record) } => {
                        drop(retained.insert(topic.as_str(), record.as_slice())?);
                    }
                    Change::Retained { topic, record: None } => drop(retained.remove(topic.as_str())?),
                    Change::Session { client_id, record: Some(record) } => {
                        drop(sessions.insert(client_id.as_str(), record.as_slice())?);
                    }
                    Change::Session { client_id, record: None } => {
                        sessions.remove(client_id.as_str())?;
                        let of_session = (client_id.as_str(), 0)..=(client_id.as_str(), u64::MAX);
                        messages.retain_in(of_session, |_, _| false)?;
                    }
                    Change::Message { client_id, number, record: Some(record) } => {
                        drop(messages.insert((client_id.as_str(), *number), record.as_slice())?);
                    }
                    Change::Message { client_id, number, record: None } => {
                        drop(messages.remove((client_id.as_str(), *number))?);
                    }
                }
            }
        }
        writing.commit()?;
        Ok(())
    }
}

fn explain(error: DatabaseError) -> io::Error {
    match error {
        DatabaseError::DatabaseAlreadyOpen => {
            io::Error::new(io::ErrorKind::ResourceBusy, "another broker keeps its sessions in this file")
        }
        error => io::Error::new(io::ErrorKind::InvalidData, format!("this is not a store of this broker: {error}")),
    }
}

const CACHE_BYTES: usize = 16 * 1024 * 1024;
