//! `PuTTY`'s log: a header at each start, then the bytes as they came.

use super::{Form, Format, Head, no_bonus, plainly};

pub(in crate::record) static PUTTY: Format =
    Format { key: "putty", name: "PuTTY", head, settle: plainly, bonus: no_bonus, least: 1, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let is_header = line.starts_with("=~=~=~=~") && line.contains(" log ");
    is_header.then_some(Head { form: Form::Remark, is_sure: true, ..Head::line(None, line.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_known() {
        assert!(head("=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2024.11.02 08:31:06 =~=~=~=~=~=~=~=~=~=~=~=").is_some());
        assert!(head("=====").is_none());
    }
}
