//! Files that are no logs, and logs that are damaged: each is read to its end, in bounded memory, without a word too much.

use proptest::prelude::*;

use super::{pieces, told};
use crate::record::{Options, Reader, by_key};

/// Files of all kinds that somebody may send by mistake.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let repeat = |bytes: &[u8], count: usize| bytes.repeat(count);
    let mut files: Vec<(&'static str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("one NUL", vec![0]),
        ("NUL only", vec![0; 100_000]),
        ("0xFF only", vec![0xFF; 10_000]),
        ("line ends only", repeat(b"\r\n", 10_000)),
        ("carriage returns only", repeat(b"\r", 10_000)),
        ("returns the wrong way round", repeat(b"\n\r", 10_000)),
        ("blanks only", repeat(b" ", 10_000)),
        ("a mark of UTF-8 only", b"\xEF\xBB\xBF".to_vec()),
        ("a mark of UTF-16 only", b"\xFF\xFE".to_vec()),
        ("half a unit of UTF-16", b"\xFF\xFEA".to_vec()),
        ("lone surrogates", repeat(b"\x00\xD8", 1_000)),
        ("zip", [b"PK\x03\x04".as_slice(), &(0..=255).collect::<Vec<u8>>()].concat()),
        ("all bytes", repeat(&(0..=255).collect::<Vec<u8>>(), 100)),
        ("escapes without an end", repeat(b"\x1b[", 10_000)),
        ("title without an end", [b"\x1b]0;".as_slice(), &[b'x'; 10_000]].concat()),
        ("backspaces", repeat(b"\x08", 10_000)),
        ("diamonds", "◇◆".repeat(1_000).into_bytes()),
        ("stamps without data", "[10:00:00.000]\r\n".repeat(1_000).into_bytes()),
        (
            "stamps back in time",
            (0..500)
                .rev()
                .fold(String::new(), |out, at| format!("{out}[10:{:02}:{:02}.000]OK\r\n", at / 60 % 60, at % 60))
                .into_bytes(),
        ),
        ("impossible stamps", "[99:99:99.999]OK\r\n[2024-13-45 10:00:00.000] OK\r\n".repeat(50).into_bytes()),
        ("a huge count", b"+MSUB: \"t\",999999999999 byte,x\r\n".repeat(10)),
        ("a count that is never met", repeat(b"+MSUB: \"t\",60000 byte,x\r\nOK\r\n", 200)),
        ("a prompt that is never filled", repeat(b"AT+FSWRITE=\"a\",0,10240,15\r\n>\r\n", 100)),
        ("hex without an end", repeat(b"41 54 ", 50_000)),
        ("half a pair", b"41 54 4".to_vec()),
        ("a literal without an end", b"b'AT\\r".repeat(500)),
        ("escapes at the end", b"> AT\\".to_vec()),
        ("a trace cut in an escape", b"# air780e trace 1\n@ 0.000001\n> AT\\x".to_vec()),
        ("a trace with a huge secret", b"# air780e trace 1\n@ 0.000001\n> \\*99999999999;\n".to_vec()),
        ("a trace back in time", b"# air780e trace 1\n@ 9.000000\n< OK\\r\\n\n@ 1.000000\n< OK\\r\\n\n".to_vec()),
        ("entities", "&quot;&gt;&".repeat(1_000).into_bytes()),
        ("reports within an object that never ends", b"+MSUB: \"t\",60000 byte,{\"a\":\r\n".repeat(3_000)),
        ("titles without an end", repeat(b"\x1b]", 30_000)),
        ("entities and tags without an end", format!("&quot;{}", "<p ".repeat(20_000)).into_bytes()),
        ("tags without an end", "<p <span <br ".repeat(1_000).into_bytes()),
        ("marks only", ">> \n<< \nTX:\nRX:\n→\n←\n".repeat(200).into_bytes()),
        ("headers of PuTTY only", "=~=~=~=~=~=~=~= PuTTY log 2024.11.02 =~=~=~=\r\n".repeat(50).into_bytes()),
        ("ports without end", (0..500).fold(String::new(), |out, port| format!("{out}[COM{port}] AT\n")).into_bytes()),
        ("json", b"{\"a\":[1,2,3]}\n".repeat(100)),
        ("csv", b"time,value\n10:00:00,24\n".repeat(100)),
        ("xml", b"<?xml version=\"1.0\"?><a><b/></a>\n".repeat(20)),
        ("a certificate", b"-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n".to_vec()),
        ("prose", "The module attaches. At home it is OK.\n".repeat(100).into_bytes()),
        ("source", b"if (strstr(buf, \"OK\")) { uart_send(\"AT+CSQ\\r\\n\"); }\n".repeat(50)),
        ("latin", b"Temperatur 21\xB0C, \xFCberall\n".repeat(50)),
        ("odd GB18030", b"\x81\x30\x81\x30\x81".repeat(100)),
        ("UTF-8 cut in a sign", "温".as_bytes()[..2].repeat(100)),
    ];
    files.push(("a very long line", vec![b'x'; 3_000_000]));
    files.push((
        "a very long command",
        [b"AT+MPUB=\"t\",0,0,\"".as_slice(), &vec![b'x'; 300_000], b"\"\r\nOK\r\n"].concat(),
    ));
    files.push((
        "UTF-16 with half a log",
        "AT\r\nOK\r\n".repeat(50).encode_utf16().flat_map(u16::to_le_bytes).take(301).collect(),
    ));
    files
}

#[test]
fn every_file_is_read_to_its_end_however_it_is_cut() {
    for (name, file) in files() {
        let (whole, reader) = pieces(&file, usize::MAX);
        let (cut, _) = pieces(&file, 4_093);
        assert_eq!(whole, cut, "{name}");
        assert!(
            whole.windows(2).all(|pair| pair[0].port != pair[1].port || pair[0].at <= pair[1].at),
            "{name}: back in time"
        );
        let _ = (reader.format(), reader.encoding().name(), reader.lines());
        let _ = told(&file);
    }
}

#[test]
fn what_is_no_log_is_not_taken_for_one() {
    let none = [
        "empty",
        "NUL only",
        "zip",
        "json",
        "csv",
        "xml",
        "prose",
        "source",
        "a certificate",
        "latin",
        "a very long line",
        "all bytes",
    ];
    for (name, file) in files().into_iter().filter(|(name, _)| none.contains(name)) {
        assert!(!pieces(&file, usize::MAX).1.evidence().is_at_log(), "{name}");
    }
}

#[test]
fn a_forced_family_is_the_only_one() {
    let options = Options { format: by_key("raw"), lines: None };
    let (mut reader, mut count) = (Reader::new(options), 0);
    reader.push("[10:00:00.000]发→◇AT\r\n".as_bytes(), &mut |_, _| count += 1);
    reader.finish(&mut |_, _| count += 1);
    assert_eq!((reader.format().key, count), ("raw", 1));
}

#[test]
fn only_the_lines_asked_for_are_read() {
    let log = b"AT\r\nOK\r\nAT+CSQ\r\n+CSQ: 24,0\r\nOK\r\n";
    let (mut reader, mut lines) = (Reader::new(Options { format: None, lines: Some(3..=4) }), Vec::new());
    reader.push(log, &mut |_, piece| lines.push(piece.line));
    reader.finish(&mut |_, piece| lines.push(piece.line));
    lines.dedup();
    assert_eq!((lines, reader.lines()), (vec![3, 4], 5));
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in 1_usize..70) {
        prop_assert_eq!(pieces(&bytes, cut).0, pieces(&bytes, usize::MAX).0);
        let _ = told(&bytes);
    }

    #[test]
    fn any_lines_are_read(lines in proptest::collection::vec("(\\[[0-9:. -]{0,12}\\]|[<>=]{0,3} |# RECV ASCII>|AT|\\+MSUB: \"t\",[0-9]{1,3} byte,)?[ -~发收→◇◆□]{0,24}", 0..30)) {
        let log = lines.join("\r\n");
        let (whole, _) = pieces(log.as_bytes(), usize::MAX);
        prop_assert_eq!(pieces(log.as_bytes(), 5).0, whole);
        let _ = told(log.as_bytes());
    }
}
