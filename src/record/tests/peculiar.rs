//! Peculiarities of logs, one a test: each is a log that somebody may send.

use super::{pieces, told};
use crate::record::What;

/// The commands that the core saw answered, with their answers.
fn dialogues(log: &str) -> Vec<String> {
    told(log.as_bytes())
        .into_iter()
        .filter(|line| !line.starts_with("message"))
        .map(|line| line.replace(" None", ""))
        .collect()
}

#[test]
fn a_report_over_two_reads_is_one_line() {
    let log = "[09:14:03.811]收←◆\r\n^MODE: 17,17\r\n\r\n+E_UTRAN Service\r\n\r\n+CGEV\r\n[09:14:03.862]收←◆: ME PDN ACT 1\r\n\r\n";
    let (pieces, _) = pieces(log.as_bytes(), 7);
    let lines: Vec<_> = pieces
        .iter()
        .filter_map(|piece| match &piece.what {
            What::Received(bytes) => Some((piece.line, String::from_utf8_lossy(bytes.trim_ascii()).into_owned())),
            _ => None,
        })
        .collect();
    let expected = [(2, "^MODE: 17,17"), (4, "+E_UTRAN Service"), (6, "+CGEV: ME PDN ACT 1")];
    assert_eq!(lines, expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn notes_behind_lines_are_none_of_the_data() {
    let log = "AT+CSQ\t//signal\r\n+CSQ: 24,0 //good\r\nOK // fine\r\nAT+CGATT? // attached?\r\n+CGATT: 1\r\nOK\r\n";
    assert_eq!(dialogues(log), ["AT+CSQ [\"+CSQ: 24,0\", \"OK\"] ok", "AT+CGATT? [\"+CGATT: 1\", \"OK\"] ok"]);
}

#[test]
fn a_comment_that_was_sent_stays() {
    let log = "[10:00:00.000]发→◇AT+CPNETAPN=2,cmiot //apn\r\n□\r\n[10:00:00.010]收←◆\r\nERROR\r\n\r\n";
    assert_eq!(dialogues(log), ["AT+CPNETAPN=2,cmiot //apn [\"ERROR\"] failed"]);
}

#[test]
fn a_page_with_entities_and_without_blank_lines() {
    let log = "<pre>\nAT+MSUB=&quot;a/b&quot;,0\nOK\nSUBACK\nAT+CSQ\n+CSQ: 24,0\nOK\n</pre>\n";
    assert_eq!(dialogues(log), ["AT+MSUB=\"a/b\",0 [\"OK\", \"SUBACK\"] ok", "AT+CSQ [\"+CSQ: 24,0\", \"OK\"] ok"]);
}

#[test]
fn typographic_signs_of_an_editor_are_plain_and_those_that_failed_are_kept() {
    let typeset = "AT+MIPSTART=“b.test”,“1883”\nOK\nCONNECT OK\n";
    assert_eq!(dialogues(typeset), ["AT+MIPSTART=\"b.test\",\"1883\" [\"OK\", \"CONNECT OK\"] ok"]);
    let failed = "AT+MIPSTART=“b.test”,“1883”\nOK\nCONNECT FAIL\n";
    assert!(dialogues(failed)[0].starts_with("AT+MIPSTART=“b.test”"), "{:?}", dialogues(failed));
}

#[test]
fn lines_that_a_terminal_broke_are_whole_again() {
    let long = format!("AT+MPUB=\"a/b\",0,0,\"{}\"", "x".repeat(90));
    let broken = format!("{}\n{}\nOK\nAT+CSQ\n+CSQ: 24,0\nOK\n", &long[..80], &long[80..]);
    assert!(dialogues(&broken)[0].starts_with(&long), "{:?}", dialogues(&broken));
}

#[test]
fn several_ports_in_one_file_are_apart() {
    let log = "[COM5] AT+CSQ\n[COM7] AT+CGATT?\n[COM5] +CSQ: 24,0\n[COM7] +CGATT: 0\n[COM5] OK\n[COM7] OK\n";
    assert_eq!(dialogues(log), ["AT+CSQ [\"+CSQ: 24,0\", \"OK\"] ok", "AT+CGATT? [\"+CGATT: 0\", \"OK\"] ok"]);
    let (_, reader) = pieces(log.as_bytes(), 9);
    assert_eq!((reader.port(0), reader.port(1)), (Some("COM5"), Some("COM7")));
}

#[test]
fn colours_corrections_and_quoted_lines() {
    let log = "\x1b[32mAT+CSX\x08 \x08Q\x1b[0m\r\n+CSQ: 24,0\r\n\0OK\r\n";
    assert_eq!(dialogues(log), ["AT+CSQ [\"+CSQ: 24,0\", \"OK\"] ok"]);
    let mail = "> AT+CSQ\n> +CSQ: 24,0\n> OK\n> AT+CGATT?\n> +CGATT: 1\n> OK\n";
    assert_eq!(dialogues(mail).len(), 2, "{:?}", dialogues(mail));
}

#[test]
fn commands_that_stand_twice_were_sent_once() {
    let log = "AT+CSQ\nAT+CSQ\n+CSQ: 24,0\nOK\nAT+CGATT?\nAT+CGATT?\n+CGATT: 1\nOK\n";
    assert_eq!(dialogues(log).len(), 2, "{:?}", dialogues(log));
}

#[test]
fn a_payload_of_several_lines_is_counted_whatever_ended_them() {
    for length in [9, 10, 11] {
        let log = format!("[10:00:00.000]收←◆\r\n+MSUB: \"a\",{length} byte,{{\r\n\"t\":1\r\n}}\r\n\r\n");
        assert_eq!(told(log.as_bytes()), [format!("message a \"{{\\\"t\\\":1}}\" {length} of {length}")]);
    }
}

#[test]
fn a_payload_in_another_encoding_than_the_file_is_whole() {
    let told = told("AT\r\nOK\r\n+MSUB: \"a\",4 byte,温度\r\nOK\r\n".as_bytes());
    assert!(told.iter().any(|line| line.starts_with("message a ") && line.ends_with("4 of 4")), "{told:?}");
}

#[test]
fn data_behind_a_prompt_are_as_long_as_announced() {
    let log = "[10:00:00.000]发→◇AT+MPUBEX=\"a\",0,0,11\r\n□\r\n[10:00:00.010]收←◆\r\n>\r\n[10:00:00.100]发→◇hello\r\nworld□\r\n[10:00:00.120]收←◆\r\nOK\r\n\r\n";
    let told = told(log.as_bytes());
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("announced: Some(11), sent: 11"), "{told:?}");
}

#[test]
fn a_command_that_was_sent_without_an_end_is_seen() {
    let log = "[10:00:00.000]发→◇AT+CSQ□\r\n[10:00:05.000]发→◇AT+CSQ□\r\n[10:00:09.000]发→◇AT\r\n□\r\n[10:00:09.010]收←◆\r\nERROR\r\n\r\n";
    assert_eq!(dialogues(log), ["AT+CSQAT+CSQAT [\"ERROR\"] failed"]);
}

#[test]
fn a_second_log_behind_the_first_is_read_too() {
    let log = "[10:00:00.000]发→◇AT+CSQ\r\n□\r\n[10:00:00.010]收←◆\r\n+CSQ: 24,0\r\n\r\nOK\r\n\r\nAT+CGATT?\r\n+CGATT: 1\r\n\r\nOK\r\n";
    assert_eq!(dialogues(log).len(), 2, "{:?}", dialogues(log));
}

#[test]
fn typographic_signs_in_gbk_are_seen_as_such() {
    let log = "[10:00:00.000]发→◇AT+MIPSTART=“b.test”,“1883”\r\n□\r\n[10:00:00.010]收←◆AT+MIPSTART=“b.test”,“1883”\r\r\nOK\r\n\r\n[10:00:00.900]收←◆\r\nCONNECT FAIL\r\n\r\n";
    let bytes = encoding_rs::GB18030.encode(log).0;
    let told = told(&bytes);
    assert_eq!(told, ["AT+MIPSTART=“b.test”,“1883” [\"OK\", \"CONNECT FAIL\"] failed None"]);
}

#[test]
fn a_prompt_before_a_stamp_is_a_line_of_its_own() {
    let log = "[10:00:00.000]AT+MPUBEX=\"a\",0,0,5\r\n>[10:00:00.900]OK\r\n[10:00:01.000]AT+CSQ\r\n[10:00:01.010]+CSQ: 24,0\r\n[10:00:01.010]OK\r\n";
    let told = told(log.as_bytes());
    assert!(told[0].starts_with("AT+MPUBEX=\"a\",0,0,5 [\"OK\"] ok") && told.len() == 2, "{told:?}");
}

#[test]
fn a_log_that_a_page_indented_is_the_same_log() {
    let log = "    [10:00:00.000]发→◇AT+CSQ\n    □\n    [10:00:00.010]收←◆\n    +CSQ: 24,0\n\n    OK\n";
    assert_eq!(dialogues(log), ["AT+CSQ [\"+CSQ: 24,0\", \"OK\"] ok"]);
    assert_eq!(pieces(log.as_bytes(), 5).1.format().key, "sscom");
}

#[test]
fn two_families_in_one_file_are_both_read() {
    let log = "[10:00:00.000]发→◇AT+CSQ\r\n□\r\n[10:00:00.010]收←◆\r\n+CSQ: 24,0\r\n\r\nOK\r\n\r\n[2024-11-02 10:05:00.000]# SEND ASCII>\r\nAT+CGATT?\r\n[2024-11-02 10:05:00.020]# RECV ASCII>\r\n\r\n+CGATT: 1\r\n\r\nOK\r\n";
    assert_eq!(dialogues(log), ["AT+CSQ [\"+CSQ: 24,0\", \"OK\"] ok", "AT+CGATT? [\"+CGATT: 1\", \"OK\"] ok"]);
}
