//! Signs that what answers is not the AT firmware this program speaks with.

/// Whether `line` is a log line of Lua script firmware: `[…][000000000.009] am_service_init …`, `I/user.main …`.
pub fn is_lua_log(line: &str) -> bool {
    let line = line.trim_start();
    let level = line.as_bytes().first_chunk::<2>();
    let is_levelled = matches!(level, Some([b'I' | b'D' | b'W' | b'E', b'/']))
        && (line[2..].starts_with("user.") || line[2..].contains(char::is_whitespace));
    is_levelled || (line.starts_with('[') && line.split(['[', ']']).any(is_uptime))
}

/// Nine digits, a point, three digits: the clock of the script runtime.
fn is_uptime(text: &str) -> bool {
    text.split_once('.').is_some_and(|(seconds, millis)| {
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        seconds.len() == 9 && millis.len() == 3 && is_number(seconds) && is_number(millis)
    })
}

/// Whether most of `bytes` are no text: the module's binary log port, or a wrong baud rate.
pub fn is_noise(bytes: usize, text_bytes: usize) -> bool {
    bytes >= 4 && text_bytes.saturating_mul(4) < bytes.saturating_mul(3)
}

/// How many of `bytes` belong to ordinary text.
pub fn count_text(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\r' | b'\n' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_firmware_shows_itself() {
        for line in [
            "[2024-11-02 08:20:03.551][000000000.009] am_service_init 851:Air780E-A13",
            "[000000001.231] I/user.main loop",
            "I/user.main running",
            "D/net network ready",
        ] {
            assert!(is_lua_log(line), "{line}");
        }
        for line in ["AirM2M_780E_V1169_LTE_AT", "OK", "+CSQ: 1,2", "[12:00:01.123] hello", "I/O", "E", ""] {
            assert!(!is_lua_log(line), "{line}");
        }
    }

    #[test]
    fn binary_is_noise_and_text_is_not() {
        let binary: Vec<u8> = (0..=255).collect();
        assert!(is_noise(binary.len(), count_text(&binary)));
        assert!(!is_noise(6, count_text(b"\r\nOK\r\n")));
    }
}
