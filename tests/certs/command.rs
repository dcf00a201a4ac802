//! The command itself: exit codes, JSON, the folder, and that no secret is printed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::made::{CLIENT, MADE, Workshop};

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_air780e")).env("LC_ALL", "C").arg("certs").args(words).output().unwrap()
}

fn run_json(words: &[&str]) -> (i32, Value) {
    let done = run(&[words, &["--json"]].concat());
    let text = String::from_utf8(done.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    (done.status.code().unwrap(), serde_json::from_str(&text).unwrap())
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn files_become_the_modules_three() {
    let shop = Workshop::new();
    let store = shop.path("all.p12");
    for name in ["root.crt", "client.crt", "client.key"] {
        shop.write(name, &MADE.read(name));
    }
    shop.write("phrase", b"secret-phrase\n");
    shop.openssl(
        "pkcs12 -export -in client.crt -inkey client.key -certfile root.crt -passout file:phrase -out all.p12",
    );
    let out = shop.path("out");
    let (phrase, store, folder) = (shown(&shop.path("phrase")), shown(&store), shown(&out));
    let (code, json) = run_json(&[&store, "--passphrase-file", &phrase, "--out", &folder, "--for", "module"]);
    assert_eq!((code, &json["kind"], &json["verdict"]), (0, &"certs".into(), &"usable".into()), "{json}");
    assert_eq!(fs::read(out.join("ca.crt")).unwrap(), MADE.read("root.crt"));
    assert_eq!(fs::read(out.join("client.crt")).unwrap(), MADE.read("client.crt"));
    assert_eq!(fs::read(out.join("client.key")).unwrap(), MADE.read("client.pkcs1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(out.join("client.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let file = &json["files"][0];
    assert_eq!(file["items"].as_array().unwrap().len(), 3, "{json}");
    assert_eq!(file["repairs"][0]["what"], "der", "{json}");
    assert!(json["out"][2]["path"].as_str().unwrap().ends_with("client.key"), "{json}");
    let fingerprint = MADE.openssl("x509 -in root.crt -noout -fingerprint -sha256");
    let fingerprint = String::from_utf8(fingerprint).unwrap().replace(':', "").to_lowercase();
    let items = file["items"].as_array().unwrap();
    let root = items.iter().find(|item| item["role"] == "ca").unwrap();
    assert!(fingerprint.contains(root["sha256"].as_str().unwrap()), "{root}");
    assert_eq!(
        (&root["subject"], &root["key"], &root["signature"]),
        (&"CN=root".into(), &"RSA 2048".into(), &"RSA SHA-256".into())
    );

    // Another key may not be written over without a word, and then nothing is.
    let other = [MADE.path("root.crt"), MADE.path("below.crt"), MADE.path("below.key"), MADE.path("middle.crt")];
    let mut words: Vec<String> = other.iter().map(|path| shown(path)).collect();
    words.extend(["--out".to_owned(), folder.clone()]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = run(&words);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--overwrite"));
    assert_eq!(fs::read(out.join("client.key")).unwrap(), MADE.read("client.pkcs1"));
    assert_eq!(run(&[&words[..], &["--overwrite"]].concat()).status.code(), Some(0));
    assert_ne!(fs::read(out.join("client.key")).unwrap(), MADE.read("client.pkcs1"));
}

#[test]
fn refusals_have_a_sentence_and_an_id_and_write_nothing() {
    let shop = Workshop::new();
    for name in ["root.crt", "root.key", "client.key", "client.csr"] {
        shop.write(name, &MADE.read(name));
    }
    shop.write("phrase", b"secret-phrase");
    shop.openssl("pkcs8 -topk8 -in client.key -passout file:phrase -out locked.key");
    shop.issued("elliptic", "ec", "root", CLIENT, "");
    shop.write("zip.zip", b"PK\x03\x04 and more");
    shop.write("page.crt", b"<!DOCTYPE html><html>log in</html>");
    shop.write("cut.crt", &MADE.read("root.crt")[..700]);
    let made = |name: &str| MADE.path(name);
    let rows: Vec<(Vec<PathBuf>, &str)> = vec![
        (vec![shop.path("locked.key")], "F-127"),
        (vec![shop.path("elliptic.crt"), shop.path("elliptic.key")], "F-128"),
        (vec![shop.path("zip.zip")], "F-122"),
        (vec![shop.path("page.crt")], "F-122"),
        (vec![shop.path("client.csr")], "F-122"),
        (vec![shop.path("cut.crt")], "F-120"),
        (vec![made("server.crt")], "F-099"),
        (vec![made("server.crt"), made("server.key")], "F-132"),
        (vec![made("client.crt"), made("below.key")], "F-129"),
    ];
    for (number, (files, id)) in rows.iter().enumerate() {
        let out = shown(&shop.path(&format!("out-{number}")));
        let words: Vec<String> =
            files.iter().map(|path| shown(path)).chain(["--out".to_owned(), out.clone()]).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (code, json) = run_json(&words);
        assert_eq!((code, &json["verdict"]), (2, &"refused".into()), "{id}: {json}");
        let first = &json["findings"][0];
        assert_eq!((&first["id"], &first["certainty"]), (&(*id).into(), &"seen".into()), "{json}");
        assert!(
            first["evidence"][0].as_str().unwrap().len() > 20 && first["fix"].as_str().unwrap().len() > 10,
            "{json}"
        );
        assert!(!Path::new(&out).exists(), "{id}: something was written");
        for lang in ["en", "zh"] {
            let text = run(&[&words[..], &["--lang", lang]].concat());
            let text = String::from_utf8(text.stdout).unwrap();
            assert!(text.contains(id), "{text}");
            assert!(lang == "en" || text.contains("处理"), "{text}");
            for inner in ["NoBlock", "NoLineFeed", "ClientKey", "Damage", "PRIVATE KEY--"] {
                assert!(!text.contains(inner), "{inner} in {text}");
            }
        }
    }
}

#[test]
fn half_of_a_pair_is_usable_with_a_doubt_that_is_told() {
    let made = |name: &str| shown(&MADE.path(name));
    let rows = [
        (vec!["root.crt", "client.crt"], "client.crt"),
        (vec!["client.key"], "client.key"),
        (vec!["client.key", "client.csr"], "client.key"),
    ];
    for (names, from) in rows {
        let paths: Vec<String> = names.iter().map(|name| made(name)).collect();
        let (code, json) = run_json(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        let findings = json["findings"].as_array().unwrap();
        assert_eq!((code, findings.len(), &findings[0]["id"]), (1, 1, &"F-093".into()), "{names:?}: {json}");
        assert!(findings[0]["evidence"][0].as_str().unwrap().starts_with(&made(from)), "{json}");
    }
}

#[test]
fn no_secret_is_printed() {
    let shop = Workshop::new();
    let key = MADE.read("client.pkcs1");
    let marks: Vec<String> =
        String::from_utf8(key.clone()).unwrap().lines().skip(1).take(5).map(|line| line[..24].to_owned()).collect();
    shop.write("whole.key", &key);
    shop.write("lost.key", &[&key[..500], &key[501..]].concat());
    shop.write("joined.key", String::from_utf8(key.clone()).unwrap().replace('\n', " ").as_bytes());
    shop.write("phrase", b"secret-phrase\n");
    for name in ["whole.key", "lost.key", "joined.key"] {
        for more in [&["--json"][..], &[], &["--lang", "zh"]] {
            let done =
                run(&[&[&*shown(&shop.path(name)), "--passphrase-file", &shown(&shop.path("phrase"))], more].concat());
            let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            assert!(marks.iter().all(|mark| !text.contains(mark)) && !text.contains("secret-phrase"), "{text}");
        }
    }
    // The text of a key in place of a file's name.
    let pasted = String::from_utf8(key).unwrap();
    for words in [&[&pasted[..]][..], &[&pasted, "--json"]] {
        let done = run(words);
        assert_eq!(done.status.code(), Some(2));
        let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(text.contains("command line") && marks.iter().all(|mark| !text.contains(mark)), "{text}");
    }
    let public = String::from_utf8(MADE.read("root.crt")).unwrap();
    assert_eq!(run(&[&public]).status.code(), Some(0), "a certificate may be given as text");
    let missing = run(&["/no/such/file"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/no/such/file"));
}
