//! Signs that what answers is not the AT firmware this program speaks with.

/// Whether `line` is a log line of Lua script firmware: `[…][000000000.009] am_service_init …`, `I/user.main …`,
/// `I/main LuatOS@…`, `poweron reason:0`, `LUA_VM …`.
pub fn is_lua_log(line: &str) -> bool {
    let line = line.trim_start();
    let level = line.as_bytes().first_chunk::<2>();
    let is_levelled = matches!(level, Some([b'I' | b'D' | b'W' | b'E', b'/'])) && is_tagged(&line[2..]);
    let has_uptime = line.starts_with('[') && line.split(['[', ']']).any(is_uptime);
    is_levelled || has_uptime || LUA_MARKS.iter().any(|mark| line.contains(mark))
}

/// A tag in small letters, and then something.
fn is_tagged(text: &str) -> bool {
    let tag = text.split(char::is_whitespace).next().unwrap_or("");
    let is_small = tag.starts_with(|first: char| first.is_ascii_lowercase())
        && tag.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-'));
    is_small && (tag.starts_with("user.") || tag.len() < text.len())
}

/// Whether `line` is a report of another maker's MQTT, as `+QMTOPEN: 0,0`.
pub fn is_foreign_report(line: &str) -> bool {
    let start = line.trim_start();
    FOREIGN_REPORTS.iter().any(|report| {
        start
            .strip_prefix(report)
            .is_some_and(|rest| rest.contains(':') || rest.chars().all(|c| c.is_ascii_uppercase()))
    })
}

/// How reports of other makers' MQTT and TLS begin. None of them begins a line of this family.
const FOREIGN_REPORTS: [&str; 14] = [
    "+QMT",
    "+QIOPEN",
    "+QIACT",
    "+QSSL",
    "+CMQTT",
    "+SMSTATE",
    "+SMSUB",
    "+UUMQTT",
    "+UMQTT",
    "+MQTTURC",
    "+MQTTCONNECTED",
    "+MQTTSUBRECV",
    "#XMQTT",
    "#MQRING",
];

/// What only script firmware prints.
const LUA_MARKS: [&str; 5] = ["LUA_VM", "LuatOS@", "LuatOS-SoC", "poweron reason", "luat:"];

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
            "I/main LuatOS@Air780E base 23.11 bsp V1112 32bit",
            "poweron reason:0",
            "E/main LUA_VM exit",
        ] {
            assert!(is_lua_log(line), "{line}");
        }
        for line in
            ["AirM2M_780E_V1169_LTE_AT", "OK", "+CSQ: 1,2", "[12:00:01.123] hello", "I/O", "I/O error now", "E", ""]
        {
            assert!(!is_lua_log(line), "{line}");
        }
    }

    #[test]
    fn reports_of_other_makers_are_known_and_ours_are_none() {
        for line in ["+QMTOPEN: 0,0", "+QMTCONN: 0,0,0", "+CMQTTSTART: 0", "+UUMQTTC: 1,1", "+MQTTURC: \"conn\",0,0"] {
            assert!(is_foreign_report(line), "{line}");
        }
        for line in ["+MSUB: 0", "+MQTTSTATU :1", "+MQTTMSGSET:0", "+SSLCFG: \"seclevel\",88,1", "AT+QMTOPEN=0", "OK"] {
            assert!(!is_foreign_report(line), "{line}");
        }
    }

    #[test]
    fn binary_is_noise_and_text_is_not() {
        let binary: Vec<u8> = (0..=255).collect();
        assert!(is_noise(binary.len(), count_text(&binary)));
        assert!(!is_noise(6, count_text(b"\r\nOK\r\n")));
    }
}
