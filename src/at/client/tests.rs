//! Sorting lines: whose they are, what they end, what is late.

use super::*;
use crate::at::exchange::{Data, Info, Verdict, Word};

fn judge_ack(line: &str) -> Option<Verdict> {
    match line {
        "ACK" => Some(Verdict::Good),
        "GONE" => Some(Verdict::Bad),
        "NOTE" => Some(Verdict::Remark),
        _ => None,
    }
}

static ACK: [Word; 1] = [Word { expected: "ACK", limit: Duration::from_secs(15), judge: judge_ack }];
static REC_COMP: [Word; 2] = [
    Word { expected: "REC", limit: Duration::from_secs(15), judge: |line| (line == "REC").then_some(Verdict::Good) },
    Word { expected: "COMP", limit: Duration::from_secs(15), judge: |line| (line == "COMP").then_some(Verdict::Good) },
];

fn exchange(text: &str) -> Exchange {
    Exchange::new(CommandLine::new(text), Duration::from_secs(9))
}

fn client(now: Moment, exchange: Exchange) -> Client {
    let mut client = Client::new(|shown, _| shown.to_owned(), |_| true);
    client.start(now, exchange);
    assert!(send(&mut client, now));
    client
}

fn send(client: &mut Client, now: Moment) -> bool {
    client.poll_transmit().is_some() && client.handle_sent(now).is_some()
}

/// Feeds lines one millisecond apart; returns whose each was and how the exchange ended, if it did.
fn feed(client: &mut Client, now: Moment, lines: &[&str]) -> (Vec<Owner>, Option<End>) {
    let mut owners = Vec::new();
    let mut end = None;
    for (index, line) in (1..).zip(lines) {
        let heard = client.handle_line(now + Duration::from_millis(index), line.as_bytes());
        owners.push(heard.owner);
        if let Some(Change::Ended(ended)) = heard.change {
            end = Some(ended.end);
        }
    }
    (owners, end)
}

#[test]
fn lines_find_their_owner_and_the_exchange_its_end() {
    use Owner::{Echo, Nobody, Running};
    let bad = |got: &str| Some(End::Bad { expected: "ACK", got: got.to_owned() });
    let asks = || exchange("AT+Q?").with_info(Info::Prefix("+Q".into()));
    let waits = || exchange("AT+W").with_words(&ACK);
    let twice = || exchange("AT+W").with_words(&REC_COMP);
    let table = [
        (asks(), vec!["AT+Q?", "+X: 1", "+Q: 1", "OK"], vec![Echo, Nobody, Running, Running], Some(End::Done)),
        (asks(), vec!["ERROR"], vec![Running], Some(End::Refused(Final::Error))),
        (asks(), vec!["+CME ERROR: 3"], vec![Running], Some(End::Refused(Final::Cme(3)))),
        (waits(), vec!["OK"], vec![Running], None),
        (waits(), vec!["OK", "NOTE", "+X", "ACK"], vec![Running, Running, Nobody, Running], Some(End::Done)),
        (waits(), vec!["ACK", "OK"], vec![Running, Running], Some(End::Done)),
        (waits(), vec!["OK", "GONE"], vec![Running, Running], bad("GONE")),
        (waits(), vec!["GONE", "OK"], vec![Running, Running], bad("GONE")),
        (waits(), vec!["OK", "OK"], vec![Running, Nobody], None),
        (twice(), vec!["OK", "REC", "COMP"], vec![Running; 3], Some(End::Done)),
        (twice(), vec!["OK", "COMP"], vec![Running; 2], Some(End::Done)),
        (twice(), vec!["REC", "OK", "COMP"], vec![Running; 3], Some(End::Done)),
        (twice(), vec!["OK", "REC"], vec![Running; 2], None),
    ];
    for (exchange, lines, owners, end) in table {
        let mut client = client(Moment::ZERO, exchange);
        assert_eq!(feed(&mut client, Moment::ZERO, &lines), (owners, end.clone()), "{lines:?}");
        assert_eq!(client.is_free(), end.is_some(), "{lines:?}");
    }
}

#[test]
fn nothing_answers_a_command_that_has_not_left() {
    let mut client = Client::new(|shown, _| shown.to_owned(), |_| true);
    client.start(Moment::ZERO, exchange("AT+A"));
    assert_eq!(feed(&mut client, Moment::ZERO, &["OK"]), (vec![Owner::Nobody], None));
    assert!(send(&mut client, Moment::ZERO));
    assert_eq!(feed(&mut client, Moment::ZERO, &["OK"]), (vec![Owner::Running], Some(End::Done)));
}

#[test]
fn data_follow_the_prompt_and_may_be_repeated() {
    let data = Data {
        bytes: b"one\r\nOK\r\ntwo".to_vec(),
        is_secret: false,
        limit: Duration::from_secs(9),
        hold: Duration::from_secs(6),
    };
    let mut client = client(Moment::ZERO, exchange("AT+D=12").with_data(data));
    assert!(matches!(client.expects(), Expect::Prompt));
    client.handle_prompt(Moment::ZERO);
    assert!(!matches!(client.expects(), Expect::Prompt));
    let outgoing = client.poll_transmit().expect("the data");
    assert_eq!(outgoing.bytes, b"one\r\nOK\r\ntwo");
    assert!(client.handle_sent(Moment::ZERO).is_some_and(|sent| sent.is_data));
    let owners = vec![Owner::Echo, Owner::Echo, Owner::Running];
    assert_eq!(feed(&mut client, Moment::ZERO, &["one", "two", "OK"]), (owners, Some(End::Done)));
}

#[test]
fn an_ok_instead_of_the_prompt_is_no_success() {
    let data =
        Data { bytes: b"x".to_vec(), is_secret: false, limit: Duration::from_secs(9), hold: Duration::from_secs(6) };
    let mut client = client(Moment::ZERO, exchange("AT+D=1").with_data(data));
    let end = End::Bad { expected: ">", got: "OK".to_owned() };
    assert_eq!(feed(&mut client, Moment::ZERO, &["OK"]).1, Some(end));
}

#[test]
fn each_part_of_the_wait_has_its_own_limit() {
    let mut client = client(Moment::ZERO, exchange("AT+W").with_words(&ACK));
    assert_eq!(client.poll_timeout(), Some(Moment::from_millis(9_000)));
    feed(&mut client, Moment::from_millis(2_000), &["OK"]);
    assert_eq!(client.poll_timeout(), Some(Moment::from_millis(2_001 + 15_000)));
    let change = client.handle_timeout(Moment::from_millis(17_001));
    let Some(Change::Ended(ended)) = change else { panic!("{change:?}") };
    assert_eq!(ended.end, End::TimedOut { expected: "ACK", after: Duration::from_secs(15) });
}

#[test]
fn after_a_time_out_the_line_is_sounded_once_it_is_quiet() {
    let mut client = client(Moment::ZERO, exchange("AT+A"));
    let lost = Moment::from_millis(9_000);
    assert!(matches!(client.handle_timeout(lost), Some(Change::Ended(_))));
    assert!(!client.is_free());
    client.handle_bytes(Moment::from_millis(9_100));
    assert_eq!(client.handle_timeout(Moment::from_millis(9_300)), None);
    assert_eq!(client.poll_transmit(), None, "the line was not quiet");
    assert_eq!(client.poll_timeout(), Some(Moment::from_millis(9_400)));
    client.handle_timeout(Moment::from_millis(9_400));
    assert_eq!(client.poll_transmit().map(|outgoing| outgoing.bytes), Some(b"AT\r".to_vec()));
    client.handle_sent(Moment::from_millis(9_400));
    assert_eq!(feed(&mut client, Moment::from_millis(9_410), &["AT", "OK"]).1, Some(End::Done));
    assert!(client.is_free());
}

#[test]
fn a_line_that_is_never_quiet_is_sounded_all_the_same() {
    let mut client = client(Moment::ZERO, exchange("AT+A"));
    client.handle_timeout(Moment::from_millis(9_000));
    for millis in (9_000..12_000).step_by(100) {
        client.handle_bytes(Moment::from_millis(millis));
        client.handle_timeout(Moment::from_millis(millis));
        assert_eq!(client.poll_transmit(), None);
    }
    client.handle_timeout(Moment::from_millis(12_000));
    assert!(client.poll_transmit().is_some());
}

#[test]
fn without_echo_a_second_result_after_the_sounding_is_late() {
    let mut client = client(Moment::ZERO, exchange("AT+A"));
    client.handle_timeout(Moment::from_millis(9_000));
    client.handle_timeout(Moment::from_millis(9_300));
    assert!(send(&mut client, Moment::from_millis(9_300)));
    let (owners, _) = feed(&mut client, Moment::from_millis(9_310), &["OK", "OK"]);
    assert_eq!(owners, [Owner::Running, Owner::Late]);
    assert!(!client.is_free());
    client.handle_timeout(Moment::from_millis(9_700));
    assert!(client.is_free());
}

#[test]
fn three_unanswered_exchanges_are_silence() {
    let mut client = client(Moment::ZERO, exchange("AT+A"));
    assert!(matches!(client.handle_timeout(Moment::from_millis(9_000)), Some(Change::Ended(_))));
    for (quiet, lost, change) in [(9_300, 12_300, None), (12_600, 15_600, Some(Change::Silent { tries: 2 }))] {
        client.handle_timeout(Moment::from_millis(quiet));
        assert!(send(&mut client, Moment::from_millis(quiet)));
        assert_eq!(client.handle_timeout(Moment::from_millis(lost)), change);
    }
    assert!(client.is_free());
}

#[test]
fn secret_data_are_seen_by_the_wire_alone() {
    let data = Data {
        bytes: b"KEY\nhush-hush".to_vec(),
        is_secret: true,
        limit: Duration::from_secs(9),
        hold: Duration::from_secs(6),
    };
    let mut client = client(Moment::ZERO, exchange("AT+D=13").with_data(data));
    client.handle_prompt(Moment::ZERO);
    assert!(!format!("{:?}", client.running).contains("hush"));
    let outgoing = client.poll_transmit().expect("the data");
    assert_eq!(outgoing.secret.first(), Some(&(0..13)));
    let sent = client.handle_sent(Moment::ZERO).expect("they left");
    assert_eq!(sent.text, "*** (13 bytes)");
    assert_eq!(client.handle_line(Moment::ZERO, b"KEY").text, "***");
}

#[test]
fn secrets_do_not_leave_with_an_echo_whole_late_or_damaged() {
    let line = CommandLine::new("AT+LOGIN=").quoted("me").quoted_secret("hush-hush");
    let mut client = client(Moment::ZERO, Exchange::new(line, Duration::from_secs(9)));
    let echoes = ["AT+LOGIN=\"me\",\"hush-hush\"", "AT+LOGIN=\"me\",\"hush-hu", "e\",\"hush-hush\""];
    for now in [Moment::from_millis(10), Moment::from_millis(9_000)] {
        for echo in echoes {
            assert!(!client.handle_line(now, echo.as_bytes()).text.contains("hush-hu"), "{echo}");
        }
        client.handle_timeout(Moment::from_millis(9_000));
    }
}

#[test]
fn a_word_that_was_refused_before_ok_is_not_owed_any_more() {
    let mut client = client(Moment::ZERO, exchange("AT+W").with_words(&ACK));
    feed(&mut client, Moment::ZERO, &["GONE"]);
    client.handle_timeout(Moment::from_millis(9_000));
    client.handle_timeout(Moment::from_millis(9_300));
    assert!(send(&mut client, Moment::from_millis(9_300)));
    feed(&mut client, Moment::from_millis(9_310), &["AT", "OK"]);
    client.start(Moment::from_millis(9_400), exchange("AT+W").with_words(&ACK));
    assert!(send(&mut client, Moment::from_millis(9_400)));
    assert_eq!(feed(&mut client, Moment::from_millis(9_410), &["AT+W", "OK", "ACK"]).1, Some(End::Done));
}
