//! Names of serial ports before the data of a line, where one log holds several.

/// The port that `text` begins with, and how many bytes it takes with what stands around it: `[COM5] `, `ttyUSB0: `,
/// `/dev/ttyUSB2> `.
pub(super) fn leading(text: &str) -> Option<(&str, usize)> {
    let (open, close) = match text.as_bytes().first()? {
        b'[' => (1, Some(']')),
        b'(' => (1, Some(')')),
        b'<' => (1, Some('>')),
        _ => (0, None),
    };
    let inner = &text[open..];
    let length = name(inner)?;
    let port = &inner[..length];
    let mut rest = &inner[length..];
    match close {
        Some(close) => rest = rest.strip_prefix(close)?,
        None if !rest.starts_with([':', '>', ' ', '|', '\t', ']', ',']) => return None,
        None => {}
    }
    let rest = rest.trim_start_matches([':', '|', ',', '\t']);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    Some((port, text.len() - rest.len()))
}

/// How long the name at the start of `text` is.
fn name(text: &str) -> Option<usize> {
    let path = text.strip_prefix("/dev/").map_or(0, |_| "/dev/".len());
    let rest = &text[path..];
    let start = STARTS.iter().find(|start| rest.starts_with(**start))?;
    let count = rest[start.len()..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        .count();
    let tail = &rest[start.len()..start.len() + count];
    let is_number = tail.bytes().all(|byte| byte.is_ascii_digit()) && (1..=3).contains(&count);
    (is_number || (path > 0 && count > 0)).then_some(path + start.len() + count)
}

const STARTS: [&str; 12] =
    ["COM", "ttyUSB", "ttyACM", "ttyAMA", "ttyXR", "ttyS", "ttymxc", "tty.", "cu.", "serial/", "UART", "uart"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_before_the_data() {
        let read = |text| leading(text).map(|(port, taken)| (port, &text[taken..]));
        assert_eq!(read("[COM5] AT+CSQ"), Some(("COM5", "AT+CSQ")));
        assert_eq!(read("COM12: OK"), Some(("COM12", "OK")));
        assert_eq!(read("/dev/ttyUSB2 > AT"), Some(("/dev/ttyUSB2", "> AT")));
        assert_eq!(read("ttyUSB0|OK"), Some(("ttyUSB0", "OK")));
        for text in ["COMMAND", "COM", "OK", "[10:00:00]", "", "COM5x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
