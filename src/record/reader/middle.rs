//! Reading that begins in the middle of a log: what the whole is was seen at its beginning.

use super::{Clock, Cutter, Options, Reader, Unfolder, Weaver};

impl Reader {
    /// A reader of which the next bytes begin with line `line`, from 1, of a log that begins with `beginning`.
    pub fn behind(options: Options, beginning: &[u8], line: u32) -> Self {
        let mut reader = Self::new(options);
        reader.push(beginning, &mut |_, _| {});
        reader.look(true, &mut |_, _| {});
        reader.unfolder = Unfolder::within(reader.encoding());
        reader.cutter = Cutter::default();
        reader.cutter.skip(u64::from(line.saturating_sub(1)));
        if let Some(state) = &mut reader.state {
            state.weaver = Weaver::new(state.survey.marks_sent, state.survey.doubles);
            state.clock = Clock::default();
            (state.open, state.time, state.above) = (None, None, None);
        }
        reader
    }

    /// So many bytes of a log are its beginning.
    pub const BEGINNING: usize = super::LAST_LOOK;
}
