//! The settings of encryption by themselves: read, and changed one by one (reference, section 9).

use crate::{
    air780e::{
        Command,
        tls::{EraseSetting, ReadSetting, SetValue, reads_as},
    },
    at::reply::{End, Ended},
    modem::{board::Board, event::Event, event::Fault, outcome, request::TlsChange, step::Step},
    time::Moment,
};

use super::{Flow, Input, Turn, ask, probe};

/// Reads settings one after the other. A key that the module refuses to tell is told as unknown.
#[derive(Debug)]
pub(crate) struct SettingsFlow {
    keys: &'static [&'static str],
    values: Vec<(&'static str, Option<String>)>,
}

impl SettingsFlow {
    /// Which file each place points to, level, name, clock.
    pub(crate) const fn of_files() -> Self {
        Self { keys: &KEYS, values: Vec::new() }
    }

    /// Everything that decides whether a link opens.
    pub(crate) const fn of_link() -> Self {
        Self { keys: &LINK_KEYS, values: Vec::new() }
    }
}

impl Flow for SettingsFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        if let Input::Ended(ended) = input {
            if matches!(ended.end, End::TimedOut { .. }) {
                return Turn::Done(outcome::result(ended));
            }
            let key = self.keys[self.values.len()];
            self.values.push((key, ReadSetting(key).answer(&ended.answer)));
            if self.values.len() == self.keys.len() {
                board.tell(Event::TlsSettings { at: ended.ended_at, values: std::mem::take(&mut self.values) });
                return Turn::Done(Ok(()));
            }
        }
        probe(&ReadSetting(self.keys[self.values.len()]), Step::TlsCheck)
    }
}

/// Changes settings, and reads back what was set.
#[derive(Debug)]
pub(crate) struct ChangeTlsFlow {
    changes: Vec<TlsChange>,
    index: usize,
    is_checking: bool,
}

impl ChangeTlsFlow {
    /// The flow of changes that have been checked.
    pub(crate) const fn new(changes: Vec<TlsChange>) -> Self {
        Self { changes, index: 0, is_checking: false }
    }

    fn go(&self) -> Turn {
        let Some(change) = self.changes.get(self.index) else { return Turn::Done(Ok(())) };
        match &change.value {
            _ if self.is_checking => probe(&ReadSetting(change.key), Step::TlsCheck),
            Some(value) => ask(&SetValue { key: change.key, value }, Step::TlsSetting),
            None => ask(&EraseSetting(change.key), Step::TlsSetting),
        }
    }

    fn answered(&mut self, ended: &Ended) -> Turn {
        let change = &self.changes[self.index];
        if !self.is_checking {
            if let Err(fault) = outcome::result(ended) {
                return Turn::Done(Err(fault));
            }
            self.is_checking = change.value.is_some();
            if self.is_checking {
                return self.go();
            }
        } else if matches!(ended.end, End::TimedOut { .. } | End::Bad { .. }) {
            return Turn::Done(outcome::result(ended));
        } else if let (Some(found), Some(value)) = (ReadSetting(change.key).answer(&ended.answer), &change.value)
            && !reads_as(&found, value)
        {
            let (setting, expected) = (change.key, value.clone());
            return Turn::Done(Err(Fault::SettingDiffers { setting, expected, found }));
        }
        self.is_checking = false;
        self.index += 1;
        self.go()
    }
}

impl Flow for ChangeTlsFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => self.answered(ended),
            Input::Start | Input::Woken => self.go(),
        }
    }
}

/// What is read, in this order.
const KEYS: [&str; 6] = ["seclevel", "cacert", "clientcert", "clientkey", "hostname", "ignorelocaltime"];

/// What decides about a link. The keys for debugging are left alone: they may be secrets.
const LINK_KEYS: [&str; 9] = [
    "seclevel",
    "cacert",
    "clientcert",
    "clientkey",
    "hostname",
    "ignorelocaltime",
    "sslversion",
    "ciphersuite",
    "negotiatetimeout",
];
