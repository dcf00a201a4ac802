//! One good file in all the shapes that editors, mails, programs and web forms give it: each gives back the same DER.

use std::sync::LazyLock;

use air780e_companion::certs::{FileRole, Given, Kit, ModuleVerdict, module_verdict};
use proptest::prelude::*;

use crate::{
    made::{MADE, der, der_again, text},
    today,
};

type Mangling = (&'static str, fn(&str) -> Vec<u8>);

fn each_line(pem: &str, line: impl Fn(usize, &str) -> String) -> Vec<u8> {
    let lines: Vec<_> = pem.lines().enumerate().map(|(number, text)| line(number, text)).collect();
    (lines.join("\n") + "\n").into_bytes()
}

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.contains("-----")).collect()
}

fn base64(bytes: &[u8]) -> String {
    openssl::base64::encode_block(bytes)
}

fn utf16(pem: &str, mark: bool, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some('\u{FEFF}');
    mark.into_iter().chain(pem.chars()).collect::<String>().encode_utf16().flat_map(unit).collect()
}

fn hex(pem: &str, first: &str, between: &str, upper: bool) -> Vec<u8> {
    let der = openssl::base64::decode_block(&body(pem)).unwrap();
    let digits: Vec<_> = der
        .iter()
        .map(|byte| if upper { format!("{first}{byte:02X}") } else { format!("{first}{byte:02x}") })
        .collect();
    digits.join(between).into_bytes()
}

/// Each keeps the whole content.
pub(crate) const MANGLINGS: &[Mangling] = &[
    ("as it is", |pem| pem.as_bytes().to_vec()),
    ("CR LF", |pem| pem.replace('\n', "\r\n").into_bytes()),
    ("CR alone", |pem| pem.replace('\n', "\r").into_bytes()),
    ("blanks for line ends", |pem| pem.replace('\n', " ").into_bytes()),
    ("no line ends", |pem| pem.replace('\n', "").into_bytes()),
    ("line ends everywhere", |pem| pem.replace(' ', "\n").into_bytes()),
    ("empty lines between", |pem| pem.replace('\n', "\n\n").into_bytes()),
    ("literal \\n", |pem| pem.replace('\n', "\\n").into_bytes()),
    ("literal \\r\\n", |pem| pem.replace('\n', "\\r\\n").into_bytes()),
    ("literal \\\\n", |pem| pem.replace('\n', "\\\\n").into_bytes()),
    ("JSON", |pem| serde_json::json!({ "ca": pem, "more": 7 }).to_string().into_bytes()),
    ("JSON in JSON", |pem| {
        let inner = serde_json::json!({ "certificatePem": pem }).to_string();
        serde_json::json!({ "payload": inner }).to_string().into_bytes()
    }),
    ("JSON with \\/", |pem| serde_json::json!({ "ca": pem }).to_string().replace('/', "\\/").into_bytes()),
    ("JSON with \\u", |pem| {
        serde_json::json!({ "ca": pem }).to_string().replace('+', "\\u002b").replace('=', "\\u003D").into_bytes()
    }),
    ("C strings", |pem| {
        [b"const char *ca =\n".to_vec(), each_line(pem, |_, line| format!("  \"{line}\\n\"")), b";\n".to_vec()].concat()
    }),
    ("C strings with \\r\\n", |pem| each_line(pem, |_, line| format!("\"{line}\\r\\n\" \\"))),
    ("C continued", |pem| {
        [b"char ca[] = \"".to_vec(), each_line(pem, |_, line| format!("{line}\\n\\")), b"\";\n".to_vec()].concat()
    }),
    ("Java strings joined by +", |pem| each_line(pem, |_, line| format!("    \"{line}\\n\" +"))),
    ("JavaScript list", |pem| each_line(pem, |_, line| format!("    '{line}',"))),
    ("Python bytes", |pem| each_line(pem, |_, line| format!("    b\"{line}\\n\""))),
    ("Python triple quotes", |pem| format!("CA = '''{pem}'''\n").into_bytes()),
    ("raw string", |pem| format!("R\"EOF({pem})EOF\";\n").into_bytes()),
    ("YAML block", |pem| [b"ca: |\n".to_vec(), each_line(pem, |_, line| format!("    {line}"))].concat()),
    ("shell export", |pem| format!("export CA=\"{}\"\n", pem.replace('\n', "\\n")).into_bytes()),
    ("PowerShell", |pem| format!("$ca = \"{}\"", pem.replace('\n', "`n")).into_bytes()),
    ("SQL", |pem| format!("INSERT INTO t VALUES ('{pem}');\n").into_bytes()),
    ("environment file, one line", |pem| format!("MQTT_CA={}\n", pem.replace('\n', "\\n")).into_bytes()),
    ("indented", |pem| each_line(pem, |_, line| format!("\t  {line}"))),
    ("blanks behind lines", |pem| each_line(pem, |_, line| format!("{line}   "))),
    ("mail quote", |pem| each_line(pem, |_, line| format!("> {line}"))),
    ("mail quote twice", |pem| each_line(pem, |_, line| format!(">> > {line}"))),
    ("comment signs", |pem| each_line(pem, |_, line| format!("// {line}"))),
    ("numbered", |pem| each_line(pem, |number, line| format!("{:>4}  {line}", number + 1))),
    ("numbered with colon", |pem| each_line(pem, |number, line| format!("{}: {line}", number + 1))),
    ("numbered with tab", |pem| each_line(pem, |number, line| format!("{}\t{line}", number + 41))),
    ("stamped", |pem| each_line(pem, |number, line| format!("[2026-11-29 10:11:12.{number:03}] {line}"))),
    ("stamped by a terminal", |pem| each_line(pem, |number, line| format!("10:11:12.{number:03} RX> {line}"))),
    ("list of changes", |pem| each_line(pem, |_, line| format!("+{line}"))),
    ("table of a wiki", |pem| each_line(pem, |_, line| format!("| {line} |"))),
    ("long dashes", |pem| pem.replace("-----", "——-").into_bytes()),
    ("one long dash", |pem| pem.replace("-----", "—").into_bytes()),
    ("en dashes", |pem| pem.replace('-', "–").into_bytes()),
    ("full-width dashes", |pem| pem.replace('-', "－").into_bytes()),
    ("dashes of Windows-1252", |pem| pem.bytes().map(|byte| if byte == b'-' { 0x96 } else { byte }).collect()),
    ("four dashes", |pem| pem.replace("-----", "----").into_bytes()),
    ("no dashes", |pem| pem.replace("-----", "").into_bytes()),
    ("dashes apart", |pem| pem.replace("-----", "- - - - -").into_bytes()),
    ("dashes lost in front", |pem| pem.trim_start_matches('-').as_bytes().to_vec()),
    ("markdown escapes", |pem| pem.replace('-', "\\-").replace('+', "\\+").replace('=', "\\=").into_bytes()),
    ("a fence of markdown", |pem| format!("Here it is:\n```\n{pem}```\nthanks\n").into_bytes()),
    ("text around", |pem| format!("Bag Attributes\n    friendlyName: x\n{pem}AT+CSQ\r\n").into_bytes()),
    ("a dump in front", |pem| {
        format!("Certificate:\n    Data:\n        Version: 3 (0x2)\n        a4:30:82:11\n{pem}").into_bytes()
    }),
    ("GBK in front", |pem| [b"\xB8\xF9\xD6\xA4\xCA\xE9\n", pem.as_bytes()].concat()),
    ("UTF-8 mark", |pem| format!("\u{FEFF}{pem}").into_bytes()),
    ("UTF-16 LE", |pem| utf16(pem, true, u16::to_le_bytes)),
    ("UTF-16 BE", |pem| utf16(pem, true, u16::to_be_bytes)),
    ("UTF-16 LE without mark", |pem| utf16(pem, false, u16::to_le_bytes)),
    ("UTF-16 and long dashes", |pem| utf16(&pem.replace("-----", "——-"), true, u16::to_le_bytes)),
    ("unseen characters", |pem| pem.replace('M', "M\u{200B}").into_bytes()),
    ("blanks that do not break", |pem| pem.replace(' ', "\u{A0}").into_bytes()),
    ("full-width letters", |pem| {
        pem.chars()
            .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c })
            .collect::<String>()
            .into_bytes()
    }),
    ("an address", |pem| {
        pem.replace('+', "%2B")
            .replace('/', "%2F")
            .replace('=', "%3D")
            .replace('\n', "%0A")
            .replace(' ', "%20")
            .into_bytes()
    }),
    ("a web form", |pem| {
        let text =
            pem.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D").replace('\n', "%0D%0A").replace(' ', "+");
        format!("ca={text}&submit=1").into_bytes()
    }),
    ("HTML", |pem| {
        format!("<p>{}</p>", pem.replace('+', "&#43;").replace('=', "&#x3D;").replace('\n', "<br>\n")).into_bytes()
    }),
    ("HTML in a line each", |pem| each_line(pem, |_, line| format!("<div class=\"line\"><span>{line}</span></div>"))),
    ("HTML on one line", |pem| pem.replace('\n', "<br/>").into_bytes()),
    ("XML", |pem| {
        format!("<?xml version=\"1.0\"?>\n<ds:X509Certificate>{}</ds:X509Certificate>\n", body(pem)).into_bytes()
    }),
    ("OpenVPN", |pem| format!("client\ndev tun\n<ca>\n{pem}</ca>\n").into_bytes()),
    ("quoted-printable", |pem| {
        each_line(&pem.replace('=', "=3D"), |_, line| {
            let (start, rest) = line.split_at(line.len() / 2);
            if rest.is_empty() { line.to_owned() } else { format!("{start}=\n{rest}") }
        })
    }),
    ("base64 of it all", |pem| base64(pem.as_bytes()).into_bytes()),
    ("base64 of it all in lines", |pem| {
        let text = base64(pem.as_bytes());
        text.as_bytes().chunks(76).flat_map(|line| [line, b"\n"].concat()).collect()
    }),
    ("C bytes of the text", |pem| {
        let bytes: Vec<_> = pem.bytes().map(|byte| format!("0x{byte:02x}")).collect();
        format!("unsigned char pem[] = {{\n  {}\n}};\nunsigned int pem_len = {};\n", bytes.join(", "), pem.len())
            .into_bytes()
    }),
    ("beside a public key that is cut", |pem| {
        format!("{pem}-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----\n").into_bytes()
    }),
    ("Kubernetes", |pem| format!("data:\n  ca.crt: {}\n  other: AAAA\n", base64(pem.as_bytes())).into_bytes()),
    ("base64 alone", |pem| body(pem).into_bytes()),
    ("base64 alone in lines", |pem| {
        pem.lines().filter(|line| !line.contains("---")).collect::<Vec<_>>().join("\n").into_bytes()
    }),
    ("a list of JSON", |pem| serde_json::json!({ "x5c": [body(pem)] }).to_string().into_bytes()),
    ("base64 for addresses", |pem| {
        let body = body(pem).replace('+', "-").replace('/', "_");
        let lines: Vec<_> = pem.lines().collect();
        format!("{}\n{body}\n{}\n", lines[0], lines[lines.len() - 1]).into_bytes()
    }),
    ("no header", |pem| pem.lines().skip(1).collect::<Vec<_>>().join("\n").into_bytes()),
    ("no footer", |pem| pem.as_bytes()[..pem.find("-----END").unwrap()].to_vec()),
    // Base64 holds any three letters.
    ("lower case", |pem| pem.replace("-BEGIN", "-begin").replace("-END", "-End").into_bytes()),
    ("header without blanks", |pem| pem.replace("BEGIN ", "BEGIN").replace("END ", "END").into_bytes()),
    ("other line length", |pem| {
        let lines: Vec<_> = pem.lines().collect();
        let body = body(pem);
        let chunks: Vec<_> = body.as_bytes().chunks(76).map(|chunk| String::from_utf8_lossy(chunk)).collect();
        format!("{}\n{}\n{}\n", lines[0], chunks.join("\n"), lines[lines.len() - 1]).into_bytes()
    }),
    ("DER", |pem| openssl::base64::decode_block(&body(pem)).unwrap()),
    ("DER with a line end behind", |pem| {
        [openssl::base64::decode_block(&body(pem)).unwrap(), b"\r\n".to_vec()].concat()
    }),
    ("hex", |pem| hex(pem, "", " ", false)),
    ("hex without blanks", |pem| hex(pem, "", "", true)),
    ("hex with colons", |pem| hex(pem, "", ":", true)),
    ("C bytes", |pem| {
        [b"const unsigned char der[] = {\n".to_vec(), hex(pem, "0x", ", ", false), b"\n};\n".to_vec()].concat()
    }),
    ("string of bytes", |pem| [b"\"".to_vec(), hex(pem, "\\x", "", false), b"\"".to_vec()].concat()),
];

/// A file by its name, for a role, as text and as DER.
type Good = (&'static str, FileRole, String, Vec<u8>);

static GOOD: LazyLock<Vec<Good>> = LazyLock::new(|| {
    let good = |name: &'static str, role| (name, role, text(&MADE.path(name)), der(&MADE, name));
    vec![
        good("root.crt", FileRole::Authority),
        good("client.crt", FileRole::ClientCertificate),
        good("client.pkcs1", FileRole::ClientKey),
        good("client.key", FileRole::ClientKey),
    ]
});

/// What the kit makes of these bytes, for this role and nothing else, with nothing against it.
fn made_of(bytes: &[u8], role: FileRole) -> Result<Vec<u8>, String> {
    let kit = Kit::of(&[Given { name: "file", bytes }], None, today());
    let problems: Vec<_> = kit.problems().collect();
    let [ready] = &kit.ready[..] else { return Err(format!("{problems:?} {:?}", kit.files[0].pieces)) };
    let is_good = problems.is_empty() && ready.role == role;
    let verdict = module_verdict(&ready.bytes, role);
    if is_good && verdict == ModuleVerdict::Takes {
        Ok(ready.bytes.to_vec())
    } else {
        Err(format!("{:?}, {problems:?}, {verdict:?}", ready.role))
    }
}

#[test]
fn whatever_is_recognised_gives_back_the_same_der() {
    let mut failed = Vec::new();
    for (name, role, pem, der) in GOOD.iter() {
        for (mangling, mangle) in MANGLINGS {
            // Only certificates stand in XML.
            if *mangling == "XML" && *role == FileRole::ClientKey {
                continue;
            }
            match made_of(&mangle(pem), *role) {
                Ok(made) if inner(&made) == *der => {}
                Ok(_) => failed.push(format!("{name}: {mangling}: other bytes")),
                Err(why) => failed.push(format!("{name}: {mangling}: {why}")),
            }
        }
        let made = made_of(pem.as_bytes(), *role).expect(name);
        assert!(der_again(&made, *role == FileRole::ClientKey) == *der, "{name}: openssl reads something else");
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), GOOD.len() * MANGLINGS.len(), failed.join("\n"));
}

fn inner(pem: &[u8]) -> Vec<u8> {
    openssl::base64::decode_block(&body(std::str::from_utf8(pem).unwrap())).unwrap()
}

#[test]
fn a_repair_of_the_kit_needs_no_other() {
    for (_, role, pem, _) in GOOD.iter() {
        let made = made_of(pem.replace('\n', "\\n").as_bytes(), *role).expect("once");
        let kit = Kit::of(&[Given { name: "file", bytes: &made }], None, today());
        assert_eq!(kit.files[0].changes, [], "{role:?}");
    }
}

/// Layers that do not hide each other.
const LAYERS: &[&str] = &[
    "CR LF",
    "literal \\n",
    "JSON",
    "indented",
    "blanks behind lines",
    "mail quote",
    "long dashes",
    "text around",
    "UTF-8 mark",
    "UTF-16 LE",
    "a fence of markdown",
    "YAML block",
    "empty lines between",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn two_layers_give_back_the_same_der(first in 0..LAYERS.len(), second in 0..LAYERS.len(), which in 0_usize..3) {
        let (name, role, pem, der) = &GOOD[which];
        let mangle = |name: &str, text: &str| MANGLINGS.iter().find(|(other, _)| *other == name).unwrap().1(text);
        let once = mangle(LAYERS[first], pem);
        let Ok(once) = String::from_utf8(once) else { return Ok(()) };
        // A line end that was written out cannot be told from one within a text that is written out again.
        let twice = mangle(LAYERS[second], &once);
        let kit = Kit::of(&[Given { name: "file", bytes: &twice }], None, today());
        let file = kit.file(*role);
        prop_assert!(file.is_some(), "{name}: {} in {}: {:?}", LAYERS[first], LAYERS[second], kit.files[0]);
        let made = file.unwrap().bytes.to_vec();
        prop_assert!(inner(&made) == *der);
    }
}
