//! What the users' own tools see: `mosquitto_pub` and `mosquitto_sub` in MQTT 3.1.1.

use air780e_companion::{
    broker::{CoreConfig, Echo, TopicRule, Users},
    mqtt::{Message, Password, Qos},
};

use crate::support::{Subscriber, broker, publish};

#[test]
fn each_qos_arrives() {
    let server = broker(CoreConfig::default());
    let mut subscriber = Subscriber::ready(&server, &["-t", "data/+", "-q", "2"]);
    for qos in ["0", "1", "2"] {
        assert!(publish(&server, &["-t", "data/x", "-m", "hello", "-q", qos]));
        assert_eq!(subscriber.line(), Some(format!("{qos} 0 data/x hello")));
    }
}

#[test]
fn the_granted_qos_bounds_what_arrives() {
    let server = broker(CoreConfig::default());
    let mut subscriber = Subscriber::ready(&server, &["-t", "data", "-q", "1"]);
    for (sent, arrives) in [("0", "0"), ("1", "1"), ("2", "1")] {
        assert!(publish(&server, &["-t", "data", "-m", "x", "-q", sent]));
        assert_eq!(subscriber.line(), Some(format!("{arrives} 0 data x")));
    }
}

#[test]
fn a_hundred_qos_2_messages_arrive_once_and_in_order() {
    let server = broker(CoreConfig::default());
    let mut subscriber = Subscriber::ready(&server, &["-t", "data", "-q", "2"]);
    assert!(publish(&server, &["-t", "data", "-m", "x", "-q", "2", "--repeat", "100"]));
    assert!(publish(&server, &["-t", "data", "-m", "last", "-q", "2"]));
    for _ in 0..100 {
        assert_eq!(subscriber.line().as_deref(), Some("2 0 data x"));
    }
    assert_eq!(subscriber.line().as_deref(), Some("2 0 data last"));
}

#[test]
fn a_retained_message_is_kept_replaced_and_cleared() {
    let server = broker(CoreConfig::default());
    assert!(publish(&server, &["-t", "state", "-m", "old", "-r", "-q", "1"]));
    assert!(publish(&server, &["-t", "state", "-m", "new", "-r", "-q", "1"]));
    let mut subscriber = Subscriber::start(&server, &["-t", "state", "-q", "1", "-C", "1"]);
    assert_eq!(subscriber.line().as_deref(), Some("1 1 state new"));
    subscriber.finish();

    assert!(publish(&server, &["-t", "state", "-n", "-r", "-q", "1"]));
    let mut subscriber = Subscriber::ready(&server, &["-t", "state"]);
    assert!(publish(&server, &["-t", "state", "-m", "passing"]));
    assert_eq!(subscriber.line().as_deref(), Some("0 0 state passing"));
}

#[test]
fn wildcards_take_what_they_should_and_nothing_else() {
    let server = broker(CoreConfig::default());
    let mut subscriber = Subscriber::ready(&server, &["-t", "a/+/c", "-t", "deep/#"]);
    for topic in ["a/b", "a/b/c/d", "deeper", "a/1/c", "$a/1/c", "deep", "deep/er/still"] {
        assert!(publish(&server, &["-t", topic, "-m", "x", "-q", "1"]), "{topic}");
    }
    for topic in ["a/1/c", "deep", "deep/er/still"] {
        assert_eq!(subscriber.line(), Some(format!("0 0 {topic} x")));
    }
}

#[test]
fn a_killed_client_leaves_its_will_and_one_that_says_goodbye_does_not() {
    let server = broker(CoreConfig::default());
    let mut watcher = Subscriber::ready(&server, &["-t", "will/+", "-q", "1"]);
    let will = |topic| ["--will-topic", topic, "--will-payload", "gone", "--will-qos", "1", "-t", "none"];
    let polite = Subscriber::start(&server, &[&will("will/polite")[..], &["-E"]].concat());
    polite.finish();
    let killed = Subscriber::ready(&server, &will("will/killed"));
    killed.kill();
    assert_eq!(watcher.line().as_deref(), Some("1 0 will/killed gone"));
}

#[test]
fn messages_wait_for_a_client_that_is_away() {
    let server = broker(CoreConfig::default());
    let session = ["-i", "sleeper", "-c", "-q", "2", "-t", "data"];
    Subscriber::start(&server, &[&session[..], &["-E"]].concat()).finish();
    for qos in ["1", "2"] {
        assert!(publish(&server, &["-t", "data", "-m", "kept", "-q", qos]));
    }
    let mut sleeper = Subscriber::start(&server, &[&session[..], &["-C", "2"]].concat());
    assert_eq!(sleeper.line().as_deref(), Some("1 0 data kept"));
    assert_eq!(sleeper.line().as_deref(), Some("2 0 data kept"));
    sleeper.finish();
}

#[test]
fn a_message_of_a_megabyte_less_a_little_arrives_whole() {
    let server = broker(CoreConfig::default());
    let payload = "0123456789abcdef".repeat(65_000);
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), &payload).expect("a writable file");
    let mut subscriber = Subscriber::ready(&server, &["-t", "data", "-q", "1"]);
    let path = file.path().to_string_lossy();
    assert!(publish(&server, &["-t", "data", "-q", "1", "-f", &path]));
    assert_eq!(subscriber.line(), Some(format!("1 0 data {payload}")));
}

#[test]
fn users_and_rules_hold() {
    let users = Users::default().with("anna", Password::new("secret"));
    let rules = vec![TopicRule::forbid("closed/#".parse().expect("a filter"))];
    let server = broker(CoreConfig { users: Some(users), rules, ..CoreConfig::default() });
    let anna = ["-u", "anna", "-P", "secret"];
    assert!(!publish(&server, &["-t", "open", "-m", "x"]));
    assert!(!publish(&server, &["-t", "open", "-m", "x", "-u", "anna", "-P", "guess"]));

    let mut subscriber = Subscriber::ready(&server, &[&anna[..], &["-t", "#"]].concat());
    assert_eq!(subscriber.line().as_deref(), Some("0 1 ready/now now"), "the wide filter asks for it too");
    assert!(publish(&server, &[&anna[..], &["-q", "1", "-m", "x", "-t", "closed/door"]].concat()));
    assert!(publish(&server, &[&anna[..], &["-q", "1", "-m", "x", "-t", "open"]].concat()));
    assert_eq!(subscriber.line().as_deref(), Some("0 0 open x"));
}

#[test]
fn the_program_publishes_and_the_echo_answers() {
    let echo = Echo { from: "ask".parse().expect("a filter"), to: "answer".parse().expect("a topic") };
    let server = broker(CoreConfig { echo: Some(echo), ..CoreConfig::default() });
    let mut subscriber = Subscriber::ready(&server, &["-t", "ask", "-t", "answer", "-q", "1"]);
    let topic = "ask".parse().expect("a topic");
    let question = Message { topic, payload: b"who".to_vec(), qos: Qos::AtLeastOnce, retain: false };
    server.publish(question).expect("a running broker");
    assert_eq!(subscriber.line().as_deref(), Some("1 0 ask who"));
    assert_eq!(subscriber.line().as_deref(), Some("1 0 answer Echo: who"));
}
