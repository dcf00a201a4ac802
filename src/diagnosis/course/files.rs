//! Files as somebody typed or sent them: whether the module has what was meant.

use crate::{
    air780e::verb::Verb,
    diagnosis::trouble::command_of,
    modem::event::{ExchangeRecord, Fault},
};

use super::Course;

impl Course {
    /// A file that was typed or sent by somebody's program: bytes beyond what was announced did not get into it.
    pub(super) fn take_file(&mut self, record: &ExchangeRecord) {
        if record.step.is_some() {
            return;
        }
        if record.command.verb() == Verb::FileSize {
            return self.take_size(record);
        }
        let Some(data) = record.data.filter(|_| record.command.verb() == Verb::WriteFile) else { return };
        let name = record.command.argument(0).unwrap_or_default();
        let surplus = data.surplus();
        if surplus > LINE_END {
            let (name, found) = (name.to_owned(), data.sent - surplus);
            return self.note(record.ended_at, &Fault::FileDiffers { name, expected: data.sent, found });
        }
        let is_same = |fault: &Fault| matches!(fault, Fault::FileDiffers { name: other, .. } if other == name);
        self.put_right(record.ended_at, |trouble| is_same(&trouble.fault));
        // The file was there already: what is written from its start stands in it all the same.
        if record.command.argument(1) == Some("0") {
            let is_its = |fault: &Fault| command_of(fault).is_some_and(|line| line.argument(0) == Some(name));
            self.put_right(record.ended_at, |trouble| {
                is_its(&trouble.fault) && command_of(&trouble.fault).is_some_and(|line| line.verb() == Verb::CreateFile)
            });
        }
    }

    /// The module told how long a file is: held against what was written into it in sight.
    fn take_size(&mut self, record: &ExchangeRecord) {
        let told = record.answer.iter().find_map(|line| line.strip_prefix("+FSFLSIZE:")?.trim().parse::<usize>().ok());
        let Some((name, found, expected)) = record.command.argument(0).and_then(|name| {
            let found = told?;
            Some((name, found, self.written(name)?))
        }) else {
            return;
        };
        // Whoever cuts or swaps line ends on the way is told by the count behind the prompt.
        if found > expected {
            let name = name.to_owned();
            self.note(record.ended_at, &Fault::FileDiffers { name, expected, found });
        }
    }

    /// How many bytes were written into the file `name` since it was made or written from its start; `None` when that is not in sight.
    fn written(&self, name: &str) -> Option<usize> {
        let mut bytes = None;
        for record in self.exchanges.iter().filter(|record| record.command.argument(0) == Some(name)) {
            let data = record.data.filter(|_| record.result.is_ok()).and_then(|data| data.announced);
            bytes = match (record.command.verb(), &record.result, record.command.argument(1)) {
                (Verb::CreateFile, ..) => Some(0),
                (Verb::DeleteFile, Ok(()), _) => None,
                (Verb::WriteFile, Ok(()), Some("0")) => data,
                (Verb::WriteFile, Ok(()), _) => bytes.zip(data).map(|(before, more)| before + more),
                _ => bytes,
            };
        }
        bytes.filter(|bytes| *bytes > 0)
    }
}

/// A line end behind the last byte of a file is harmless (reference, section 8).
const LINE_END: usize = 2;
