//! Luatools: every line stamped, blank ones too, `[2024-11-02 08:20:01.004] 工具提示: …`. The direction is not marked.

use super::{Form, Format, Head, plainly};
use crate::record::stamp::{self, StampKind};

pub(in crate::record) static LUATOOLS: Format =
    Format { key: "luatools", name: "Luatools", head, settle: plainly, bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (stamp, taken) = stamp::read(line).filter(|_| line.starts_with('['))?;
    if stamp.kind != StampKind::Date || !stamp.is_fine || line[..taken].contains(['T', '/']) {
        return None;
    }
    let rest = &line[taken..];
    if rest.starts_with(": ") {
        return None;
    }
    let body = line.len() - rest.strip_prefix(' ').unwrap_or(rest).len();
    let form = if is_remark(&line[body..]) { Form::Remark } else { Form::Text };
    Some(Head { form, ..Head::line(Some(stamp), body) })
}

/// Words of the tool: Chinese text that no module prints.
fn is_remark(body: &str) -> bool {
    REMARKS.iter().any(|remark| body.starts_with(remark))
}

fn bonus(line: &str) -> u32 {
    if head(line).is_some_and(|head| head.form == Form::Remark) { 20 } else { 0 }
}

const REMARKS: [&str; 6] = ["工具提示", "用户提示", "soc log", "[工具", "TOOL", "Luatools"];
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_tool_are_no_words_of_the_module() {
        let line = "[2024-11-02 08:20:01.004] 工具提示: soc log port COM60打开成功";
        assert_eq!(head(line).map(|head| head.form), Some(Form::Remark));
        let line = "[2024-11-02 08:20:03.551] ATI";
        let head = head(line).expect("an entry");
        assert_eq!((head.form, &line[head.body..]), (Form::Text, "ATI"));
        assert!(bonus("[2024-11-02 08:20:01.004] 工具提示: x") > bonus(line));
    }
}
