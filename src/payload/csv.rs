//! Tables of comma-separated values (RFC 4180) that spreadsheets open right. A byte order mark stands in front: without it a
//! Chinese Windows takes the text for GBK. A text that would be taken for a formula gets an apostrophe before it.

use std::{
    fmt::{Display, Write as _},
    io,
};

use csv::{ErrorKind, Terminator, Writer, WriterBuilder};

/// A table that is written field by field: into memory, or row by row into a file.
#[derive(Debug)]
pub struct Table<W: io::Write = Vec<u8>> {
    out: Writer<W>,
    field: String,
}

impl Table {
    /// A table in memory with this first row.
    pub fn new(heading: &[&str]) -> Self {
        Self::begun(BYTE_ORDER_MARK.into(), heading)
    }

    /// The whole table.
    pub fn into_text(self) -> String {
        let bytes = self.out.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

impl<W: io::Write> Table<W> {
    /// A table in `out` with this first row. Each row is out after [`flush`](Self::flush).
    pub fn over(mut out: W, heading: &[&str]) -> io::Result<Self> {
        out.write_all(BYTE_ORDER_MARK)?;
        let mut table = Self::begun(out, heading);
        table.flush()?;
        Ok(table)
    }

    fn begun(out: W, heading: &[&str]) -> Self {
        let out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        let mut table = Self { out, field: String::new() };
        for name in heading {
            table.field(name);
        }
        table.end_row();
        table
    }

    /// The next field of the row.
    pub fn field(&mut self, value: impl Display) {
        self.field.clear();
        // A string refuses nothing that is written to it.
        let _ = write!(self.field, "{value}");
        if self.field.starts_with(FORMULA) && self.field.parse::<f64>().is_err() {
            self.field.insert(0, '\'');
        }
        // What is not out yet is told by the flush; a vector takes all.
        let _ = self.out.write_field(&self.field);
    }

    /// The next field of the row, empty where there is nothing.
    pub fn optional(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.field(value),
            None => self.field(""),
        }
    }

    /// The row is complete. All rows have as many fields as the heading.
    pub fn end_row(&mut self) {
        let written = self.out.write_record(None::<&[u8]>);
        let is_uneven = |error: csv::Error| matches!(error.kind(), ErrorKind::UnequalLengths { .. });
        debug_assert!(!written.is_err_and(is_uneven), "a row of another length");
    }

    /// Writes out what waits.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// What spreadsheets take for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_comes_back_from_the_table() {
        let fields = ["plain", "a,b", "say \"hi\"", "two\r\nlines", "温度", "", "-71", "1.5", " blank "];
        let mut table = Table::new(&fields);
        for field in fields {
            table.field(field);
        }
        table.end_row();
        let text = table.into_text();
        let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
        assert!(text.ends_with("\r\n"), "{text:?}");
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows, [fields.to_vec(), fields.to_vec()]);
    }

    #[test]
    fn what_looks_like_a_formula_is_text() {
        let mut table = Table::new(&["a", "b", "c", "d"]);
        for field in ["=1+1", "+CSQ", "@SUM(A1)", "-x"] {
            table.field(field);
        }
        table.end_row();
        assert!(table.into_text().ends_with("\r\n'=1+1,'+CSQ,'@SUM(A1),'-x\r\n"));
    }
}
