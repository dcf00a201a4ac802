//! Fourteen secrets go through short sessions of every kind; none may be found in anything that the program shows or keeps,
//! in any form. A leak that is planted is found.

#[path = "../kit/mod.rs"]
mod kit;

mod desk;
mod looks;
#[cfg(unix)]
mod real;
mod search;
#[cfg(all(feature = "gui", feature = "serial"))]
mod window;

#[cfg(all(feature = "gui", feature = "serial"))]
#[allow(dead_code, reason = "the window's own tests use the rest")]
#[path = "../ui/kit.rs"]
mod kit_of_window;

use crate::{desk::Faces, search::Canaries};

/// Secrets that are typed. Each is of its own kind, and none may be met by chance.
const TYPED: [(&str, &str); 11] = [
    ("a password", "Hq7tZkWm2vXc"),
    ("a password with a comma", "pQ4,zWt9,LmX2"),
    ("a password with a semicolon", "vR8;kTz3;QwN5"),
    ("a password with blanks", "tulip 47 harbour 93"),
    ("a password with other letters", "gr\u{fc}n\u{df}e-Kx81-\u{6708}\u{5149}"),
    ("a password with an escaped quote", "mB5\\22rT8wQz1"),
    ("a PIN", "48159263"),
    ("a second PIN", "73920618"),
    ("a token", "eyJhbGciOi.JIUzI1NiJ9-x7Kq2"),
    ("a premaster secret", "0303A7F19C44D2E87B60"),
    ("a password of an access point", "iotNet-55-zQ!kR"),
];

/// Those of the real sessions.
const LOGIN: (&str, &str) = ("the broker's password", "wX9-broker-kQ27zT");
const WRONG: (&str, &str) = ("a wrong password", "nL3-mistyped-Vb84p");

fn report(leaks: &mut Vec<String>, canaries: &Canaries, session: &str, faces: &Faces) {
    for (face, shown) in faces {
        for found in canaries.found_in(shown) {
            leaks.push(format!("{session}: {found} in {face}"));
        }
    }
}

#[test]
fn nothing_that_is_typed_is_shown_anywhere() {
    let canaries = Canaries::new(TYPED.iter().map(|(name, secret)| (*name, secret.as_bytes())));
    let mut leaks = Vec::new();
    let mut sessions = 0;
    let pairs = desk::LINES.len() * desk::WAYS;
    for number in 0..kit::times(pairs) {
        // Each turn over all lines and ways goes on with the next secret.
        let (line, way) = (desk::LINES[number / desk::WAYS % desk::LINES.len()], number % desk::WAYS);
        let (name, secret) = TYPED[(number + number / pairs) % TYPED.len()];
        // Without quotes the module itself takes a comma or a blank for the end of a value.
        let is_quoted = line.contains("\"§\"");
        if !is_quoted && secret.contains([',', ';', ' ', '!']) {
            continue;
        }
        sessions += 1;
        report(&mut leaks, &canaries, &format!("{line} with {name}, way {way}"), &desk::typed(line, secret, way));
    }
    assert!(sessions >= 60, "{sessions}");
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn no_report_on_a_log_shows_what_was_typed() {
    let canaries = Canaries::new(TYPED.iter().map(|(name, secret)| (*name, secret.as_bytes())));
    let mut leaks = Vec::new();
    for (number, line) in desk::LINES.iter().enumerate() {
        let way = number % desk::WAYS;
        let (name, secret) = TYPED[number % TYPED.len()];
        let (name, secret) = if line.contains("\"§\"") { (name, secret) } else { TYPED[0] };
        report(&mut leaks, &canaries, &format!("{line} with {name}, way {way}"), &desk::reported(line, secret, way));
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

/// Pieces of a key's text, so that a part of it is found too. The modulus stands in the certificate as well, and is public.
fn pieces(key: &[u8], certificate: &[u8]) -> Vec<Vec<u8>> {
    let (key, certificate) = (body(key), body(certificate));
    let is_secret = |piece: &&[u8]| piece.len() == 20 && memchr::memmem::find(&certificate, piece).is_none();
    key.chunks(20).filter(is_secret).map(<[u8]>::to_vec).collect()
}

fn body(pem: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(pem);
    text.lines().filter(|line| !line.starts_with("-----")).collect::<String>().into_bytes()
}

#[cfg(unix)]
#[test]
fn neither_passwords_nor_keys_leave_real_sessions() {
    let bench = real::Bench::new(LOGIN.1);
    let key = bench.key();
    let pieces = pieces(&key, &bench.certificate());
    assert!(pieces.len() > 40, "{}", pieces.len());
    let keys = pieces.iter().map(|piece| ("a piece of the key", piece.as_slice()));
    let passwords = [LOGIN, WRONG, TYPED[10]].map(|(name, secret)| (name, secret.as_bytes()));
    let canaries = Canaries::new(keys.chain(passwords));
    let mut leaks = Vec::new();
    for number in 0..6 {
        let password = if number < 3 { LOGIN.1 } else { WRONG.1 };
        report(&mut leaks, &canaries, &format!("login {number}"), &bench.login(number, password, TYPED[10].1));
    }
    for number in 0..2 {
        report(&mut leaks, &canaries, &format!("mutual {number}"), &bench.mutual(number));
    }
    for way in 0..18 {
        report(&mut leaks, &canaries, &format!("a key kept, way {way}"), &desk::kept(&key, way));
    }
    let text = String::from_utf8_lossy(&key);
    for announced in [60, 200, key.len() / 2, key.len() - 30, key.len(), key.len() + 9] {
        let faces = desk::key_reported(&text, announced);
        report(&mut leaks, &canaries, &format!("a log with a key of {announced} bytes"), &faces);
    }
    report(&mut leaks, &canaries, "the broker", &bench.finish());
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[cfg(all(feature = "gui", feature = "serial"))]
#[test]
fn the_window_shows_and_keeps_nothing_that_is_typed_into_it() {
    let canaries = Canaries::new(TYPED.iter().map(|(name, secret)| (*name, secret.as_bytes())));
    let mut leaks = Vec::new();
    for (number, (name, secret)) in TYPED.iter().enumerate().filter(|(_, (_, secret))| secret.len() >= 8) {
        // Quotes and commas must stand where the module reads them; a card is not to be locked.
        let lines = desk::LINES.iter().filter(|line| line.contains("\"§\"") && !line.contains("CPIN"));
        let lines: Vec<_> = lines.skip(number % 4).step_by(4).map(|line| line.replace('§', secret)).collect();
        report(&mut leaks, &canaries, name, &window::typed(&lines, secret));
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[cfg(all(feature = "gui", feature = "serial"))]
#[test]
fn a_key_that_is_pasted_into_any_field_is_used_from_memory_and_shown_nowhere() {
    let mut leaks = Vec::new();
    for (form, key) in looks::forms().into_iter().skip(3).take(2) {
        let body = body(key.as_bytes());
        let pieces: Vec<_> = body.chunks(20).filter(|piece| piece.len() >= 8).map(<[u8]>::to_vec).collect();
        let canaries = Canaries::new(pieces.iter().map(|piece| ("a piece of the key", piece.as_slice())));
        report(&mut leaks, &canaries, form, &window::pasted(&key));
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn no_key_is_shown_of_a_recording_that_holds_one() {
    let mut leaks = Vec::new();
    for (form, key) in looks::forms().into_iter().skip(3).take(3) {
        let body = body(key.as_bytes());
        let pieces: Vec<_> = body.chunks(20).filter(|piece| piece.len() >= 8).map(<[u8]>::to_vec).collect();
        let canaries = Canaries::new(pieces.iter().map(|piece| ("a piece of the key", piece.as_slice())));
        for (way, name) in desk::TAPES.iter().enumerate() {
            for cut in [[3, 8_192], [97, 31]][way % 2] {
                let faces = desk::taped(&key, way, cut);
                let told = String::from_utf8_lossy(&faces[0].1).into_owned();
                assert!(told.contains("+CSQ: 17,0"), "{form} {name}, cut at {cut}: it goes on: {told}");
                report(&mut leaks, &canaries, &format!("{form} {name}, cut at {cut}"), &faces);
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn a_planted_leak_fails() {
    let (name, secret) = TYPED[0];
    let canaries = Canaries::new([(name, secret.as_bytes())]);
    let mut leaks = Vec::new();
    let mut faces = desk::typed(desk::LINES[0], secret, 0);
    report(&mut leaks, &canaries, "as it is", &faces);
    assert!(leaks.is_empty(), "{leaks:?}");
    faces[2].1.extend(openssl::base64::encode_block(format!("x{secret}").as_bytes()).into_bytes());
    report(&mut leaks, &canaries, "with a leak", &faces);
    assert_eq!(leaks.len(), 1, "{leaks:?}");
}
