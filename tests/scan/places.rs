//! What is typed: a server as a person pastes it is refused with the form that was meant, and nothing is sent for it.

use std::net::TcpListener;

use crate::{
    kit::process::Process,
    tools::{Files, first, scan},
};

#[test]
fn a_pasted_host_is_refused_with_its_repaired_form_before_anything_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let pasted = [
        ("mqtts://broker.example.com:8883".to_owned(), "broker.example.com:8883".to_owned()),
        (format!("tcp://127.0.0.1:{port}/mqtt"), format!("127.0.0.1:{port}")),
        ("'broker.example.com'".to_owned(), "broker.example.com".to_owned()),
        ("localhost,".to_owned(), "localhost".to_owned()),
        ("broker\u{3002}example.com".to_owned(), "broker.example.com".to_owned()),
    ];
    for (typed, meant) in &pasted {
        let (said, code) = scan(&[typed]);
        assert_eq!((said["verdict"].as_str(), first(&said), code), (Some("untried"), Some("F-057"), 2), "{said}");
        assert!(said["findings"][0]["evidence"].to_string().contains(&format!("write {meant}")), "{said}");
        let (_, lines, errors) = Process::air780e(["scan", typed]).output();
        assert!(lines.is_empty() && errors.iter().any(|line| line.ends_with(&format!("write {meant}"))), "{errors:?}");
    }
    assert!(listener.accept().is_err(), "nobody came");
}

#[test]
fn a_login_in_a_pasted_url_is_shown_nowhere() {
    let (said, _) = scan(&["mqtt://user:hushhush@broker.example"]);
    assert!(!said.to_string().contains("hushhush") && said.to_string().contains("write broker.example"), "{said}");
}

#[test]
fn a_list_gives_one_row_each_and_the_worst_of_them_is_the_end() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let files = Files::new();
    let list = files.put("targets.txt", format!("# brokers\n\n127.0.0.1:{closed}\n'broker.example'\n").as_bytes());
    let (status, lines, _) = Process::air780e(["scan", "--json", "--targets", &list]).output();
    let rows: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2, "{lines:?}");
    rows.iter().for_each(crate::tools::assert_whole);
    assert_eq!((rows[0]["verdict"].as_str(), first(&rows[0])), (Some("cannot"), Some("F-058")));
    assert_eq!((rows[1]["verdict"].as_str(), first(&rows[1])), (Some("untried"), Some("F-057")));
    assert_eq!(status.code(), Some(2));
    let (_, lines, _) = Process::air780e(["scan", "--targets", &list]).output();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("cannot") && lines[0].contains("F-058") && lines[1].contains("write broker.example"));
}

#[test]
fn questions_that_make_no_sense_are_told_in_a_sentence() {
    let files = Files::new();
    let pem = files.put("x.pem", b"nothing");
    let table: [(&[&str], &str); 7] = [
        (&["127.0.0.1", "--ca", "/no/such/file"], "--ca /no/such/file"),
        (&["127.0.0.1", "--cert", &pem, "--key", &pem], "give --ca too"),
        (&["127.0.0.1", "--sni", "mqtts://broker.example"], "--sni broker.example"),
        (&["127.0.0.1", "--model", "EC200"], "Air780E"),
        (&["--targets", "/no/such/list"], "--targets /no/such/list"),
        (&["127.0.0.1:99999"], "HOST:PORT"),
        (&[""], "HOST:PORT"),
    ];
    for (arguments, words) in table {
        let all = ["scan", "--json"].iter().chain(arguments);
        let (status, lines, errors) = Process::air780e(all).output();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
        crate::tools::assert_whole(&serde_json::from_str(lines.last().unwrap()).unwrap());
        assert!(errors.join("\n").contains(words), "{arguments:?}: {errors:?}");
    }
    // Wrong options too leave a whole answer for a reader of JSON.
    let (status, lines, _) = Process::air780e(["scan", "--json"]).output();
    assert_eq!(status.code(), Some(2));
    crate::tools::assert_whole(&serde_json::from_str(lines.last().unwrap()).unwrap());
}
