//! For whoever tells lines that only repeat by their shape: where the data of a line lie, what was counted so far, and how to
//! count what was not read line by line.

use std::time::Duration;

use super::{Nature, Reader, State};
use crate::record::{
    encoding::raw_offset,
    entry::Way,
    format::{Form, Unit},
    ports,
    weave::Piece,
    words,
};

/// What was counted, in the order of its parts; two of one log may be subtracted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    lines: u64,
    evidence: [u64; 6],
    runs: [u64; 3],
    formats: Vec<u64>,
    /// Microseconds that passed where the log tells no times.
    micros: u64,
    /// Lines that show another firmware or maker.
    pub marks: u64,
}

/// The beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Where in its bytes the data begin.
    pub body: usize,
    /// A time stands before them.
    pub is_stamped: bool,
    /// They are a command on its way to the module, which begins a dialogue.
    pub is_start: bool,
    /// Something stands before them that begins an entry.
    pub is_headed: bool,
}

impl Tally {
    /// What was counted since `before`; `None` where they cannot be compared.
    pub fn since(&self, before: &Self) -> Option<Self> {
        if self.formats.len() != before.formats.len() {
            return None;
        }
        let mut delta = self.clone();
        delta.lines = self.lines.checked_sub(before.lines)?;
        delta.micros = self.micros.checked_sub(before.micros)?;
        delta.marks = self.marks.checked_sub(before.marks)?;
        let all = |list: &mut [u64], earlier: &[u64]| {
            list.iter_mut().zip(earlier).for_each(|(count, earlier)| *count = count.saturating_sub(*earlier));
        };
        all(&mut delta.evidence, &before.evidence);
        all(&mut delta.runs, &before.runs);
        all(&mut delta.formats, &before.formats);
        Some(delta)
    }
}

impl Tally {
    /// Lines that were counted.
    pub const fn lines(&self) -> u64 {
        self.lines
    }
}

impl Reader {
    /// Whether lines of one shape mean the same: nothing has to be taken away from them or put together first.
    pub fn is_shaped(&self) -> bool {
        let Self { options, unfolder, state, .. } = self;
        state.as_ref().is_some_and(|State { survey, ports, .. }| {
            let is_changed = survey.has_entities || survey.is_typeset || survey.has_notes || survey.wrap.is_some();
            let is_veiled = survey.is_hex || survey.has_signs || survey.doubles;
            options.lines.is_none() && unfolder.is_plain() && !is_changed && !is_veiled && ports.len() <= 1
        })
    }

    /// The entry before a line that begins one is complete. Says whether nothing waits for what follows.
    /// `is_headed` tells how that line begins: only with a head does it end what was read at once.
    pub fn settle(&mut self, is_headed: bool, tell: &mut dyn FnMut(Nature, Piece)) -> bool {
        let Self { cutter, state, evidence, .. } = self;
        let Some(state) = state else { return false };
        if !is_headed && state.open.as_ref().is_some_and(|open| open.head.unit == Unit::Chunk) {
            return false;
        }
        let nature = state.nature();
        state.close(evidence, &mut |piece| tell(nature, piece));
        state.weaver.is_idle() && evidence.is_idle() && cutter.is_at_start()
    }

    /// What was counted so far.
    pub fn tally(&self) -> Tally {
        let Self { cutter, runs, state, evidence, .. } = self;
        let micros = state.as_ref().filter(|state| !state.survey.is_timed).map_or(0, |state| state.clock.micros());
        Tally {
            lines: u64::from(cutter.count()),
            evidence: evidence.counts(),
            runs: [runs.utf8, runs.gb, runs.other],
            formats: state.iter().flat_map(|state| &state.counts).map(|(_, count)| *count).collect(),
            micros,
            marks: (evidence.lua.len() + evidence.foreign.len()) as u64,
        }
    }

    /// Counts what makes `tally`, so many times.
    pub fn add(&mut self, tally: &Tally, times: u64) {
        let Self { cutter, runs, state, evidence, .. } = self;
        cutter.skip(tally.lines * times);
        evidence.add(tally.evidence, times);
        for (count, more) in [&mut runs.utf8, &mut runs.gb, &mut runs.other].into_iter().zip(tally.runs) {
            *count += more * times;
        }
        let Some(state) = state else { return };
        for ((_, count), more) in state.counts.iter_mut().zip(&tally.formats) {
            *count += more * times;
        }
        state.clock.skip(Duration::from_micros(tally.micros * times));
    }

    /// How `line`, without its line end, begins; `None` when its shape alone does not tell what it is.
    pub fn opening(&self, line: &[u8]) -> Option<Opening> {
        let state = self.state.as_ref()?;
        if line.starts_with(b">") || line.starts_with(b"\t") {
            return None;
        }
        let plain = state.survey.plain(line);
        if plain.is_changed || plain.bytes.len() != line.len() || ports::leading(&plain.text).is_some() {
            return None;
        }
        let head = state.survey.head(&plain.text).map(|(_, head)| head);
        if head.as_ref().is_some_and(|head| head.form != Form::Text || head.goes_on || head.port.is_some()) {
            return None;
        }
        let text_body = head.as_ref().map_or(0, |head| head.body.min(plain.text.len()));
        let is_stamped = head.as_ref().is_some_and(|head| head.stamp.is_some());
        if is_stamped && !state.survey.is_timed {
            return None;
        }
        let is_headed = head.is_some();
        let is_indented = line.starts_with(b" ");
        if is_indented && is_headed {
            return None;
        }
        let is_sent = match head.as_ref().map_or(Way::Unknown, |head| head.way) {
            Way::Sent => true,
            _ => !state.survey.marks_sent,
        };
        let is_start = is_sent && !is_indented && words::is_command(&plain.text[text_body..]);
        let body = raw_offset(line, text_body, state.survey.prefers_utf8);
        Some(Opening { body, is_stamped, is_start, is_headed })
    }
}
