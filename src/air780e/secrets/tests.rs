use super::*;

fn shown(line: &str) -> String {
    marked(line).masked()
}

#[test]
fn typed_secrets_are_masked() {
    let table = [
        (r#"AT+MCONFIG="id","user","pa,ss""#, r#"AT+MCONFIG="id","user","***""#),
        ("at+mconfig=id,user,pass,1,0,t,m", "at+mconfig=id,user,***,1,0,t,m"),
        ("AT+CPNETAPN=2,jscmiot,u9682,iot98765,2", "AT+CPNETAPN=2,jscmiot,u9682,***,2"),
        ("AT+CPIN=\"1234\"", "AT+CPIN=\"***\""),
        ("at+sapbr=3,1,\"pwd\",\"iot98765\"", "at+sapbr=3,1,\"pwd\",\"***\""),
        ("AT+SAPBR=3,1,\"APN\",\"cmiot\"", "AT+SAPBR=3,1,\"APN\",\"cmiot\""),
        ("AT+SSLCFG=\"premaster\",88,\"0303\"", "AT+SSLCFG=\"premaster\",88,\"***\""),
        ("AT+SSLCFG=\"cacert\",88,\"ca.crt\"", "AT+SSLCFG=\"cacert\",88,\"ca.crt\""),
        ("AT+CPIN?", "AT+CPIN?"),
        ("AT+MCONFIG=?", "AT+MCONFIG=?"),
        ("AT+MCONFIG=id", "AT+MCONFIG=id"),
        ("AT+CSQ", "AT+CSQ"),
        ("AT+MPUB=\"t\",1,0,\"{\"a\":1,\"b\":2,\"c\":3}\"", "AT+MPUB=\"t\",1,0,\"{\"a\":1,\"b\":2,\"c\":3}\""),
    ];
    for (line, expected) in table {
        assert_eq!(shown(line), expected);
    }
}

#[test]
fn what_a_line_is_decides_and_not_how_it_is_spelled() {
    let logins = [
        r#"AT+CSQ;+MCONFIG="id","user","§"#,
        r#"AT+MCONFIG = "id" , "user" , "§""#,
        r#"AT+MCONFIG="id","user","§"#,
        r#"AT+MCONFIG="id,"user","§",1,0,"t","m""#,
        r#"AT+MCONFIG="id","user",§""#,
        r#"AT+MCONFIG="id","user","§";+CSQ"#,
        r#"AT+MCONFG="id","user","§""#,
        r#"ATMCONFIG="id","user","§""#,
        r#"A+MCONFIG="id","user","§""#,
        r#"AT MCONFIG="id","user","§""#,
        r#"+MCONFIG="id","user","§""#,
        r#"AT+MCONFIG"id","user","§""#,
        r#"AT+MCONFIG:"id","user","§""#,
        "AT+MCONFIG id,user,§",
        "AT+MCONFIGid,user,§",
        "AT+MCONFIG=id,user,§",
        "at+mconfig=id,user,§,more,of,it",
        r#"AT+MPUB="t",0,0,"{"a":"b"}";+MCONFIG="id","user","§""#,
        r#"AT+NEVERHEARD="id","user","§""#,
        r#"AT+QMTCONN=0,"id","user","§""#,
        r#"AT+CSTT="apn","user","§""#,
        "AT+CSTT=apn,user,§,x",
        r#"AT+CGAUTH=1,1,"user","§""#,
        r#"AT+CPNETAPN=2,"apn","user","§",1"#,
        r#"AT+CPNETAPN=2,"apn","user,"§",1"#,
        "AT+CPIN=§",
        "AT+CPIN§",
        "AT+CPIN §",
        r#"AT+CPNI="§""#,
        r#"AT+CPIN="SIM PUK","§""#,
        r#"AT+CPWD="SC","§","§""#,
        r#"AT+CLCK="SC",1,"§""#,
        r#"AT+CLCK="§""#,
        r#"AT+SAPBR=3,1,"PWD","§""#,
        "AT+SAPBR = 3 , 1 , PWD , §",
        r#"AT+SAPBR=3,1,"PDW","§""#,
        r#"AT+SAPBR=3,1,"PWD,"§""#,
        r#"AT+SSLCFG="premastr",88,"§""#,
    ];
    for template in logins {
        for password in ["hunter22", "hun;ter,22", "p\u{e9}ss w\u{f6}rd!"] {
            let line = template.replace('§', password);
            let seen = shown(&line);
            for piece in [password, "hun", "ter", "22", "p\u{e9}ss", "w\u{f6}rd"] {
                assert!(!seen.contains(piece), "{template}: {seen}");
            }
            let received = veil(&line, &mut Within::Nothing);
            let is_echo = line.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("AT"));
            assert!(!is_echo || !received.contains(password), "{template}: {received}");
        }
    }
}

#[test]
fn shown_passwords_are_veiled_and_nothing_else() {
    let veil = |shown: &str| veil(shown, &mut Within::Nothing);
    let table = [
        ("PWD:iot98765", "PWD:***"),
        ("PWD:", "PWD:"),
        ("x AT+MCONFIG=\"i\",\"u\",\"p\"", "x AT+MCONFIG=\"i\",\"u\",\"***\""),
        ("T+CPIN=1234", "T+CPIN=***"),
        ("+CSTT: \"apn\",\"user\",\"geheim\"", "+CSTT: \"apn\",\"user\",\"***\""),
        ("+CSTT:apn,user,geheim", "+CSTT:apn,user,***"),
        ("+MCONFIG: \"id\",\"user\",\"geheim\"", "+MCONFIG: \"id\",\"user\",\"***\""),
        ("+CGAUTH: 1,1,\"user\",\"geheim\"", "+CGAUTH: 1,1,\"user\",\"***\""),
        ("+SSLCFG: \"premaster\",88,0303AB", "+SSLCFG: \"premaster\",88,***"),
        ("+SSLCFG: \"cacert\",88,\"ca.crt\"", "+SSLCFG: \"cacert\",88,\"ca.crt\""),
        ("+SAPBR: 1,1,\"10.212.65.203\"", "+SAPBR: 1,1,\"10.212.65.203\""),
        ("+SAPBR 1: DEACT", "+SAPBR 1: DEACT"),
        ("+CPIN: READY", "+CPIN: READY"),
        ("+CLCK: 0", "+CLCK: 0"),
        ("+CSQ: 1,2", "+CSQ: 1,2"),
        ("+CESQ: 99,99,255,255,20,50", "+CESQ: 99,99,255,255,20,50"),
    ];
    for (line, expected) in table {
        assert_eq!(veil(line), expected);
    }
}

#[test]
fn a_pasted_piece_of_a_key_is_a_secret_as_a_whole() {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    assert_eq!(shown(line), "***");
    assert_eq!(shown("just some words"), "just some words");
}

#[test]
fn the_lines_of_a_private_key_are_veiled_until_it_ends() {
    let shown = |lines: &[&str]| {
        let mut within = Within::Nothing;
        lines.iter().map(|line| veil(line, &mut within)).collect::<Vec<_>>()
    };
    let (begin, end) = ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
    assert_eq!(shown(&[begin, "TUlJ", "RW93", end, "OK"]), [begin, "***", "***", end, "OK"]);
    assert_eq!(shown(&[begin, "TUlJ", "OK", "+CSQ: 1,2"]), [begin, "***", "OK", "+CSQ: 1,2"]);
    assert_eq!(shown(&["-----BEGIN CERTIFICATE-----", "TUlJ"])[1], "TUlJ");
}

#[test]
fn a_key_is_veiled_wherever_in_a_line_it_begins_and_ends() {
    let shown = |lines: &[&str]| {
        let mut within = Within::Nothing;
        lines.iter().map(|line| veil(line, &mut within)).collect::<Vec<_>>()
    };
    let (begin, end) = ("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----");
    let one = format!("+X: \"{begin}TUlJ{end}\" and {begin}RW93{end}, 7");
    let seen = format!("+X: \"{begin}***{end}\" and {begin}***{end}, 7");
    assert_eq!(shown(&[&one, "+CSQ: 1,2"]), [&seen, "+CSQ: 1,2"]);
    assert_eq!(
        shown(&[&format!("{begin}TUlJ"), "RW93", &format!("TUlJ{end}")]),
        [format!("{begin}***"), "***".to_owned(), format!("***{end}")]
    );
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    assert_eq!(shown(&[line, line, "2TwYidaUtpeYmC9FJZkB8rMI", "2TwYidaU", "OK"])[..3], ["***"; 3]);
    assert_eq!(shown(&[line, "UNSUBACK", "OK"])[1..], ["UNSUBACK", "OK"]);
    let certificate = ["-----BEGIN CERTIFICATE-----", line, "-----END CERTIFICATE-----"];
    assert_eq!(shown(&certificate), certificate);
    let message = format!("AT+MPUB=\"t\",0,0,\"{one}\"");
    assert!(!marked(&message).masked().contains("TUlJ"), "{}", marked(&message).masked());
}
