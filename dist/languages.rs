//! Which languages there are: a folder each in `assets/lang`, found when the program is compiled.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// The languages in `folder` as the program declares them, each with its name in the program, its tag and its files, which are
/// compiled in; English first.
pub(crate) fn table(folder: &Path) -> io::Result<String> {
    let mut tags: Vec<String> =
        entries(folder)?.iter().filter(|path| path.is_dir()).filter_map(|path| name(path)).collect();
    tags.sort_by_key(|tag| (tag != ENGLISH, tag.clone()));
    let mut out = String::from("languages! {\n");
    for tag in tags {
        let mut files = entries(&folder.join(&tag))?;
        files.retain(|path| path.extension().is_some_and(|ending| ending == "ftl"));
        files.sort();
        let files: Vec<_> =
            files.iter().map(|path| format!("include_str!({:?})", path.display().to_string())).collect();
        let _ = writeln!(out, "    {} = {tag:?} [{}]", variant(&tag), files.join(", "));
    }
    out.push_str("}\n");
    Ok(out)
}

/// `zh-CN` as `ZhCn`.
fn variant(tag: &str) -> String {
    let part = |part: &str| part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase();
    tag.split('-').filter(|part| !part.is_empty()).map(part).collect()
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}

const ENGLISH: &str = "en";
