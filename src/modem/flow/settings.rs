//! Looking at how encryption is set: which file each place points to, level, names, clock (reference, section 9).

use crate::{
    air780e::{Command, tls::ReadSetting},
    at::reply::End,
    modem::{board::Board, event::Event, outcome, step::Step},
};

use super::{Flow, Input, Turn, probe};

use crate::time::Moment;

/// Reads the settings one after the other. A key that the module refuses to tell is told as unknown.
#[derive(Debug, Default)]
pub(crate) struct SettingsFlow {
    values: Vec<(&'static str, Option<String>)>,
}

impl Flow for SettingsFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        if let Input::Ended(ended) = input {
            if matches!(ended.end, End::TimedOut { .. }) {
                return Turn::Done(outcome::result(ended));
            }
            let key = KEYS[self.values.len()];
            self.values.push((key, ReadSetting(key).answer(&ended.answer)));
            if self.values.len() == KEYS.len() {
                board.tell(Event::TlsSettings { at: ended.ended_at, values: std::mem::take(&mut self.values) });
                return Turn::Done(Ok(()));
            }
        }
        probe(&ReadSetting(KEYS[self.values.len()]), Step::TlsCheck)
    }
}

/// What is read, in this order.
const KEYS: [&str; 6] = ["seclevel", "cacert", "clientcert", "clientkey", "hostname", "ignorelocaltime"];
