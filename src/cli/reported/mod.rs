//! The file of a report: its ending says which form it has.

use std::path::{Path, PathBuf};

use super::usage::Unfit;
use crate::{
    lang::{Lang, Text},
    own_file,
    report::{Form, Report, Tongues},
};

/// A path for a report: its ending says which form it has.
pub(super) fn path(text: &str) -> Result<PathBuf, Unfit> {
    let path = PathBuf::from(text);
    match Form::of(&path) {
        Some(_) => Ok(path),
        None => Err(Unfit(Text::new("command-no-form").put("text", format_args!("{text:?}")))),
    }
}

/// Writes `report` to `path`: in `lang`, or in the two that sender and reader have between them.
pub(super) fn write(path: &Path, report: &Report, lang: Option<Lang>) -> Result<(), Text> {
    let tongues = lang.map_or(Tongues::Both, Tongues::One);
    let form = Form::of(path).unwrap_or(Form::Html);
    own_file::replace(path, form.written(report, tongues).as_bytes()).map_err(|error| {
        let path = path.display();
        Text::new("report-no-report").put("path", path).put("error", error)
    })
}
