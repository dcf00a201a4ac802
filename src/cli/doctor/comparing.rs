//! A try that failed beside one that did not: what differs, as lines for people or for programs.

use serde_json::{Value, json};

use super::{open, refusals};
use crate::{
    cli::{args::DoctorArgs, print_line},
    doctor::{Comparison, Try, compare, pair, tries},
    lang::{Lang, Text},
    record::Options,
};

/// Prints what differs between two tries of the log, or of the two logs, that were asked about.
pub(super) fn tell(asked: &DoctorArgs, which: &str, options: &Options, lang: Lang) -> Result<(), Text> {
    let of = |file: &String| {
        let mut source = open(file).map_err(|stop| refusals::stopped(&stop))?;
        let ports = tries(&mut source, options).map_err(|stop| refusals::stopped(&stop))?;
        Ok::<Vec<Try>, Text>(ports.into_iter().flatten().collect())
    };
    let told = match asked.files.as_slice() {
        [one] => of_one(&of(one)?, which)?,
        [one, other] => of_two(&of(one)?, &of(other)?)?,
        _ => return Err(Text::new("compare-no-files")),
    };
    print_line(&if asked.json { as_json(&told).to_string() } else { as_text(&told, lang) });
    Ok(())
}

fn of_one(tries: &[Try], which: &str) -> Result<Comparison, Text> {
    if which.is_empty() {
        let (failed, good) = pair(tries).ok_or_else(|| Text::new("compare-no-none"))?;
        return Ok(compare(failed, good));
    }
    let number = |text: &str| text.trim().parse::<usize>().ok().and_then(|number| tries.get(number.checked_sub(1)?));
    let both = which.split_once(',').and_then(|(one, other)| Some((number(one)?, number(other)?)));
    let (one, other) = both.ok_or_else(|| Text::new("compare-no-which").put("count", tries.len()))?;
    // The one that failed stands first, whichever was named first.
    Ok(if one.is_good && !other.is_good { compare(other, one) } else { compare(one, other) })
}

/// Of the two logs the last try each, the failed one first.
fn of_two(one: &[Try], other: &[Try]) -> Result<Comparison, Text> {
    let last = |tries: &[Try], is_good: bool| tries.iter().rfind(|tried| tried.is_good == is_good).cloned();
    let found = last(one, false).zip(last(other, true)).or_else(|| last(other, false).zip(last(one, true)));
    let (failed, good) = found.ok_or_else(|| Text::new("compare-no-none"))?;
    Ok(compare(&failed, &good))
}

fn as_text(told: &Comparison, lang: Lang) -> String {
    let title = Text::new("compare-title").with("failed", told.failed).with("good", told.good);
    let mut lines = vec![String::new(), title.to(lang).into_owned(), Text::new("compare-hint").to(lang).into_owned()];
    let absent = Text::new("compare-absent");
    for difference in &told.differences {
        lines.push(format!("- {}", difference.kind.text().to(lang)));
        for (sign, side) in [("✗", &difference.failed), ("✓", &difference.good)] {
            let words =
                side.as_ref().map_or_else(|| absent.to(lang).into_owned(), |(line, text)| format!("{line}: {text}"));
            lines.push(format!("  {sign} {words}"));
        }
    }
    if told.differences.is_empty() {
        lines.push(Text::new("compare-same").to(lang).into_owned());
    }
    if told.has_hidden {
        lines.push(Text::new("compare-hidden").to(lang).into_owned());
    }
    lines.join("\n")
}

fn as_json(told: &Comparison) -> Value {
    let side = |side: &Option<(u32, String)>| side.as_ref().map(|(line, text)| json!({ "line": line, "text": text }));
    let differences = told.differences.iter();
    let differences = differences
        .map(|one| json!({ "kind": one.kind.key(), "failed": side(&one.failed), "good": side(&one.good) }))
        .collect::<Vec<_>>();
    json!({
        "kind": "comparison",
        "failed_line": told.failed,
        "good_line": told.good,
        "differences": differences,
        "hidden": told.has_hidden,
    })
}
