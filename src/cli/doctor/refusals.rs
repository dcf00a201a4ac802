//! Why a question to the doctor makes no sense.

use crate::{cli::tongue::Sentence, record};

/// A format that is not known.
pub(super) fn unknown_format(name: &str) -> Sentence {
    let known: Vec<_> = record::FORMATS.iter().map(|format| format.key).collect();
    let known = known.join(", ");
    Sentence::new(
        format!("there is no format {name:?}; leave --format out, or give one of these: {known}"),
        format!("没有名为 {name:?} 的格式；请去掉 --format，或选择其一：{known}"),
    )
}

/// Lines in the wrong order.
pub(super) fn no_lines(from: u32, to: u32) -> Sentence {
    Sentence::new(
        format!("there is no line from {from} to {to}; let --from be at most --to"),
        format!("第 {from} 行到第 {to} 行不存在；--from 不能大于 --to"),
    )
}
