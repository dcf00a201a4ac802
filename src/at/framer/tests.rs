//! Tables of bytes, and the law of the cutter.

use proptest::prelude::*;

use super::*;

/// `#n,` announces `n` bytes.
fn recognise(bytes: &[u8]) -> Head {
    if bytes.first() != Some(&b'#') {
        return Head::Not;
    }
    let digits = bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&bytes[1..=digits]).ok().and_then(|text| text.parse().ok());
    match (number, bytes.get(digits + 1)) {
        (_, None) if digits < 5 => Head::Incomplete,
        (Some(body), Some(b',')) => Head::Counted { head: digits + 2, body },
        _ => Head::Not,
    }
}

fn cut(chunks: &[&[u8]], may_prompt: bool) -> Vec<Frame> {
    let mut cutter = Framer::new(recognise);
    let mut frames = Vec::new();
    for chunk in chunks {
        cutter.push(Moment::ZERO, chunk);
        while let Some(frame) = cutter.next_frame(Moment::ZERO, may_prompt) {
            frames.push(frame.to_owned());
        }
    }
    frames
}

fn line(text: &str) -> Frame {
    Frame::Line { bytes: text.as_bytes().to_vec(), extent: Extent::Whole }
}

fn block(head: &str, body: &str) -> Frame {
    Frame::Block { head: head.as_bytes().to_vec(), body: body.as_bytes().to_vec() }
}

#[test]
fn lines_prompts_and_blocks() {
    let table: [(&str, bool, Vec<Frame>); 9] = [
        ("AT+X?\r\r\n+X: 1\r\n\r\nOK\r\n", false, vec![line("AT+X?"), line("+X: 1"), line("OK")]),
        ("OK\r", false, vec![line("OK")]),
        ("\r\n>", true, vec![Frame::Prompt]),
        ("\r\n> \r\nOK\r\n", true, vec![Frame::Prompt, line("OK")]),
        ("\r\n>x\r\n", false, vec![line(">x")]),
        ("#5,a\r\nb>\r\nOK\r\n", true, vec![block("#5,", "a\r\nb>"), line("OK")]),
        ("#0,\r\nOK\r\n", false, vec![block("#0,", ""), line("OK")]),
        ("#x\r\n#12", false, vec![line("#x")]),
        ("a#5,b\r\n", false, vec![line("a#5,b")]),
    ];
    for (bytes, may_prompt, expected) in table {
        assert_eq!(cut(&[bytes.as_bytes()], may_prompt), expected, "{bytes:?}");
    }
}

#[test]
fn a_prompt_directly_before_a_block_or_a_line() {
    assert_eq!(cut(&[b">#2,OK\r\n"], true), [Frame::Prompt, block("#2,", "OK")]);
    assert_eq!(cut(&[b"AT+PUT\r>"], true), [line("AT+PUT"), Frame::Prompt]);
}

#[test]
fn an_over_long_line_comes_in_marked_pieces() {
    let long = [vec![b'x'; LINE_BYTES + 3], b"\r\nOK\r\n".to_vec()].concat();
    let frames = cut(&[&long], false);
    assert_eq!(frames[0], Frame::Line { bytes: vec![b'x'; LINE_BYTES], extent: Extent::Piece });
    assert_eq!(frames[1], Frame::Line { bytes: vec![b'x'; 3], extent: Extent::LastPiece });
    assert_eq!(frames[2], line("OK"));
}

#[test]
fn a_block_that_stops_growing_becomes_plain_lines() {
    let mut framer = Framer::new(recognise);
    let start = Moment::from_millis(100);
    framer.push(start, b"#20,ab\r\nOK\r\n");
    assert_eq!(framer.next_frame(start, false), None);
    let later = Moment::from_millis(700);
    framer.push(later, b"x");
    assert_eq!(framer.next_frame(later, false), None);
    let due = framer.poll_timeout().expect("a block waits");
    assert_eq!(due, later + BLOCK_QUIET);
    framer.release(start + BLOCK_QUIET);
    assert_eq!(framer.next_frame(later, false), None, "it grew since");
    framer.release(due);
    assert_eq!(framer.next_frame(due, false).map(Frame::to_owned), Some(line("#20,ab")));
    assert_eq!(framer.next_frame(due, false).map(Frame::to_owned), Some(line("OK")));
    assert_eq!(framer.next_frame(due, false), None);
    assert_eq!(framer.poll_timeout(), None);
}

proptest! {
    #[test]
    fn any_cutting_gives_the_same_frames(
        pieces in prop::collection::vec(prop_oneof![
            Just(b"\r\n".to_vec()), Just(b">".to_vec()), Just(b"> ".to_vec()), Just(b"#3,".to_vec()), Just(b"#1".to_vec()),
            Just(vec![b'y'; LINE_BYTES]), prop::collection::vec(any::<u8>(), 0..6),
        ], 0..30),
        cuts in prop::collection::vec(1_usize..9_000, 1..20),
        may_prompt: bool,
    ) {
        let stream = pieces.concat();
        let mut chunks = Vec::new();
        let mut rest = stream.as_slice();
        for size in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (chunk, more) = rest.split_at((*size).min(rest.len()));
            chunks.push(chunk);
            rest = more;
        }
        let singles: Vec<&[u8]> = stream.chunks(1).collect();
        let whole = cut(&[&stream], may_prompt);
        prop_assert_eq!(&whole, &cut(&chunks, may_prompt));
        prop_assert_eq!(&whole, &cut(&singles, may_prompt));
    }
}

#[test]
fn a_counted_report_before_raw_bytes_is_not_one_of_them() {
    let block = RawBlock { bytes: 5, is_secret: false, is_line: |line| line == b"ECHO", is_end: |line| line == b"OK" };
    let stream = b"ECHO\r\r\n#4,\r\nOK\r\nalpha\r\nOK\r\n";
    for cut in 0..stream.len() {
        let mut framer = Framer::new(recognise);
        let mut found = Vec::new();
        for chunk in [&stream[..cut], &stream[cut..]] {
            framer.push(Moment::ZERO, chunk);
            while found.iter().all(|frame| !matches!(frame, Frame::Raw(_)))
                && let Some(frame) = framer.next_frame(Moment::ZERO, Expect::Raw(block))
            {
                found.push(frame.to_owned());
            }
        }
        found.extend(framer.next_frame(Moment::ZERO, false).map(Frame::to_owned));
        assert_eq!(
            found,
            [line("ECHO"), self::block("#4,", "\r\nOK"), Frame::Raw(b"alpha".to_vec()), line("OK")],
            "{cut}"
        );
    }
}
