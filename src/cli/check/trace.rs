//! The file of `--save-trace`: begun with the check, gone on with when a port comes back. Every line is in it as soon as it is
//! written: nothing of it waits in this program.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::PathBuf,
    time::Duration,
};

use super::verdict::Failure;
use crate::{
    cli::{args::TraceArgs, words},
    own_file,
    worker::RecordInto,
};

/// Where a check is recorded.
#[derive(Debug)]
pub(in crate::cli) struct TraceFile {
    path: PathBuf,
    keeps_identifiers: bool,
}

impl TraceFile {
    /// The file that was asked for, if one was.
    pub(in crate::cli) fn of(asked: &TraceArgs) -> Option<Self> {
        let path = asked.save_trace.clone()?;
        Some(Self { path, keeps_identifiers: asked.keep_identifiers })
    }

    /// Begins the file anew.
    pub(in crate::cli) fn begin(&self) -> Result<RecordInto, Failure> {
        let file = own_file::begin(&self.path)
            .map_err(|error| Failure::plain(words::unwritable("--save-trace", &self.path, &error)))?;
        Ok(self.record(file, None))
    }

    /// Goes on behind what stands in the file. The moments of the link that is recorded now count from `after` its first one:
    /// from the same where they go on by themselves.
    pub(in crate::cli) fn go_on(&self, after: Duration) -> io::Result<RecordInto> {
        let file = own_file::go_on(&self.path)?;
        cut_to_whole_lines(&file)?;
        Ok(self.record(file, Some(after)))
    }

    fn record(&self, file: File, goes_on_after: Option<Duration>) -> RecordInto {
        RecordInto { out: Box::new(file), keeps_identifiers: self.keeps_identifiers, goes_on_after }
    }
}

/// A line that a kill or a lost supply has torn would make nonsense of the next one.
fn cut_to_whole_lines(mut file: &File) -> io::Result<()> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(LONGEST_LINE);
    file.seek(SeekFrom::Start(from))?;
    let mut end = Vec::new();
    file.take(LONGEST_LINE).read_to_end(&mut end)?;
    let whole = end.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at as u64 + 1);
    if whole < end.len() as u64 {
        file.set_len(from + whole)?;
    }
    Ok(())
}

/// No line of a recording is longer, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_goes_before_more_is_written() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("trace");
        for (held, kept) in [("a\nb\n", "a\nb\n"), ("a\nb", "a\n"), ("a", ""), ("", "")] {
            std::fs::write(&path, held).expect("written");
            let file = TraceFile { path: path.clone(), keeps_identifiers: false };
            let mut record = file.go_on(Duration::ZERO).expect("a file that is there");
            record.out.write_all(b"c\n").expect("written");
            assert_eq!(std::fs::read_to_string(&path).expect("text"), format!("{kept}c\n"));
        }
    }
}
