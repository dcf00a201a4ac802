//! `COMTool`: `=> [2024-11-02 08:30:00.120]: AT` sent, `<= […]: OK` received, `[HEX]` before the colon where the data are digits; with
//! received data only, `[2024-11-02 08:30:00.120]: OK`.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{entry::Way, stamp};

pub(in crate::record) static COMTOOL: Format =
    Format { key: "comtool", name: "COMTool", head, settle: plainly, bonus: no_bonus, least: 2, drops_returns: false };

fn head(line: &str) -> Option<Head<'_>> {
    let (way, rest) = match line.get(..3) {
        Some("=> ") => (Way::Sent, &line[3..]),
        Some("<= ") => (Way::Received, &line[3..]),
        _ => (Way::Unknown, line),
    };
    let (stamp, taken) = stamp::read(rest).filter(|_| rest.starts_with('['))?;
    let rest = &rest[taken..];
    let (form, rest) = rest.strip_prefix(" [HEX]").map_or((Form::Text, rest), |rest| (Form::Hex, rest));
    let data = rest.strip_prefix(':')?;
    let data = data.strip_prefix(' ').unwrap_or(data);
    let is_sure = way != Way::Unknown;
    Some(Head {
        stamp: Some(stamp),
        way,
        port: None,
        body: line.len() - data.len(),
        form,
        unit: Unit::Chunk,
        is_sure,
        goes_on: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_and_without_a_way() {
        let of = |line| head(line).map(|head| (head.way, head.form, &line[head.body..]));
        assert_eq!(of("=> [2024-11-02 08:30:00.120]: AT"), Some((Way::Sent, Form::Text, "AT")));
        assert_eq!(of("<= [2024-11-02 08:30:00.1000] [HEX]: 31 32"), Some((Way::Received, Form::Hex, "31 32")));
        assert_eq!(of("[2024-11-02 08:30:00.120]: OK"), Some((Way::Unknown, Form::Text, "OK")));
        assert_eq!(of("=> AT"), None);
    }
}
