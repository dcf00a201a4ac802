//! What was found and what was made good, in both languages.

use crate::{
    certs::{
        Change, Closed, Damage, Detail, Dress, Encoding, FileRole, Foreign, KeyForm, NotCertificates, PieceKind,
        PublicKey, Signature,
    },
    cli::tongue::Tongue,
};

/// Something that was made good: what the file had, and what is there instead.
pub(in crate::cli) struct Told {
    /// A stable word.
    pub(in crate::cli) key: &'static str,
    /// The entry of the catalogue that it would have been.
    pub(in crate::cli) id: &'static str,
    pub(in crate::cli) before: String,
    pub(in crate::cli) after: String,
}

/// A change in words.
pub(in crate::cli) fn told(change: Change, tongue: Tongue) -> Told {
    let (key, id, before, after) = match change {
        Change::Encoding(Encoding::Utf8Mark) => (
            "bom",
            "F-118",
            tongue.pick("a byte order mark in front", "文件开头有 BOM").to_owned(),
            tongue.pick("none", "已去除"),
        ),
        Change::Encoding(_) => (
            "utf16",
            "F-118",
            tongue
                .pick("UTF-16, as PowerShell and Notepad save it", "UTF-16 编码（PowerShell、记事本常见）")
                .to_owned(),
            tongue.pick("plain text", "普通文本"),
        ),
        Change::CarriageReturns => (
            "cr",
            "F-117",
            tongue.pick("lines end with CR alone", "换行只有 CR").to_owned(),
            tongue.pick("lines end with LF", "换行为 LF"),
        ),
        Change::CrLf => (
            "crlf",
            "F-117",
            tongue.pick("lines end with CR LF", "换行为 CR LF").to_owned(),
            tongue.pick("lines end with LF", "换行为 LF"),
        ),
        Change::Damage(damage) => ("damage", "F-120", damaged(damage, tongue), clean(tongue)),
        Change::Dress(dress) => (dress_key(dress), "F-120", dressed(dress, tongue).to_owned(), clean(tongue)),
        Change::Stray { bytes, is_foreign } => {
            ("stray", "F-121", stray(bytes, is_foreign, tongue), tongue.pick("left out", "已去除"))
        }
        Change::Trusted => (
            "trusted",
            "F-120",
            tongue
                .pick(
                    "BEGIN TRUSTED CERTIFICATE, which only OpenSSL reads",
                    "BEGIN TRUSTED CERTIFICATE（仅 OpenSSL 可读）",
                )
                .to_owned(),
            "BEGIN CERTIFICATE",
        ),
        Change::FromDer => ("der", "F-119", tongue.pick("binary (DER)", "二进制（DER）").to_owned(), "PEM"),
        Change::FromPkcs7 => {
            ("pkcs7", "F-119", tongue.pick("a PKCS#7 bundle (.p7b)", "PKCS#7 证书包（.p7b）").to_owned(), "PEM")
        }
        Change::FromPkcs12 => (
            "pkcs12",
            "F-119",
            tongue.pick("a PKCS#12 store (.p12, .pfx)", "PKCS#12 证书库（.p12、.pfx）").to_owned(),
            "PEM",
        ),
        Change::Unlocked => (
            "unlocked",
            "F-127",
            tongue.pick("a key behind a pass phrase", "带密码的私钥").to_owned(),
            tongue.pick("without one, in memory and in the written file", "已去除密码（仅在内存及写出的文件中）"),
        ),
        Change::FromOpenSsh => (
            "openssh",
            "F-126",
            tongue
                .pick("OpenSSH's own form (BEGIN OPENSSH PRIVATE KEY)", "OpenSSH 专有格式（BEGIN OPENSSH PRIVATE KEY）")
                .to_owned(),
            "PKCS#1 (BEGIN RSA PRIVATE KEY)",
        ),
        Change::ToPkcs1 => {
            ("pkcs8", "F-126", "PKCS#8 (BEGIN PRIVATE KEY)".to_owned(), "PKCS#1 (BEGIN RSA PRIVATE KEY)")
        }
        Change::Reordered => (
            "order",
            "F-102",
            tongue.pick("the device's own certificate did not stand first", "设备自身证书没有排在最前").to_owned(),
            tongue.pick("it does; those above it follow", "已排在最前，其后是上级证书"),
        ),
        Change::Twice => (
            "twice",
            "F-121",
            tongue.pick("a certificate or key is there twice", "同一证书或私钥出现两次").to_owned(),
            tongue.pick("once", "只保留一份"),
        ),
    };
    Told { key, id, before, after: after.to_owned() }
}

fn clean(tongue: Tongue) -> &'static str {
    tongue.pick("clean PEM", "规范的 PEM")
}

fn stray(bytes: usize, is_foreign: bool, tongue: Tongue) -> String {
    let note = if is_foreign { tongue.pick(", not UTF-8", "（非 UTF-8）") } else { "" };
    match tongue {
        Tongue::En => format!("{bytes} bytes of other text{note}"),
        Tongue::Zh => format!("{bytes} 字节多余文本{note}"),
    }
}

fn damaged(damage: Damage, tongue: Tongue) -> String {
    match (damage, tongue) {
        (Damage::Joined, Tongue::En) => "line ends became blanks or were lost".to_owned(),
        (Damage::Joined, Tongue::Zh) => "换行变成空格或丢失".to_owned(),
        (Damage::NoFooter, Tongue::En) => "the END line is missing; what stands before it is whole".to_owned(),
        (Damage::NoFooter, Tongue::Zh) => "缺少 END 行，但之前内容完整".to_owned(),
        (Damage::OtherFooter, Tongue::En) => "the END line names something else than the BEGIN line".to_owned(),
        (Damage::OtherFooter, Tongue::Zh) => "END 行与 BEGIN 行不一致".to_owned(),
        (Damage::Dashes { line }, Tongue::En) => format!("line {line}: not five dashes on each side"),
        (Damage::Dashes { line }, Tongue::Zh) => format!("第 {line} 行：两侧不是五个短横线"),
        (Damage::Indented { line }, Tongue::En) => format!("line {line} begins with a blank"),
        (Damage::Indented { line }, Tongue::Zh) => format!("第 {line} 行前有空格"),
        (Damage::Character { line, column }, Tongue::En) => {
            format!("line {line}, column {column}: no character of base64")
        }
        (Damage::Character { line, column }, Tongue::Zh) => format!("第 {line} 行第 {column} 列：不是 base64 字符"),
        (_, Tongue::En) => "not written as PEM".to_owned(),
        (_, Tongue::Zh) => "不是标准 PEM 写法".to_owned(),
    }
}

const fn dress_key(dress: Dress) -> &'static str {
    match dress {
        Dress::Dashes => "dashes",
        Dress::Lookalikes => "lookalikes",
        Dress::Escapes => "escapes",
        Dress::Strings => "strings",
        Dress::Percent => "percent",
        Dress::Markup => "markup",
        Dress::QuotedPrintable => "quoted_printable",
        Dress::UrlAlphabet => "url_alphabet",
        Dress::Margins => "margins",
        Dress::NoHeader => "no_header",
        Dress::NoFooter => "no_footer",
        Dress::OtherLabel => "label",
        Dress::Twice => "base64_twice",
        Dress::Hex => "hex",
        Dress::Padding => "padding",
    }
}

const fn dressed(dress: Dress, tongue: Tongue) -> &'static str {
    match dress {
        Dress::Dashes => tongue.pick(
            "dashes of a word processor, too few, or none around BEGIN and END",
            "BEGIN/END 两侧的短横线被改成长横线或数量不对",
        ),
        Dress::Lookalikes => {
            tongue.pick("characters that look like others or are not seen", "含有形似字符、全角字符或不可见字符")
        }
        Dress::Escapes => tongue
            .pick("\\n and the like written out, as in a program or JSON", "换行写成 \\n 等转义（程序代码或 JSON）"),
        Dress::Strings => {
            tongue.pick("strings of a program: quotes and what joins them", "程序字符串：带引号、逗号或连接符")
        }
        Dress::Percent => tongue.pick("%0A and the like, as in an address", "%0A 等网址编码"),
        Dress::Markup => tongue.pick("&#10; or tags, as in a web page or XML", "HTML/XML 实体或标签"),
        Dress::QuotedPrintable => tongue.pick("=3D and the like, as in a mail", "=3D 等邮件编码（quoted-printable）"),
        Dress::UrlAlphabet => tongue.pick("base64 with - and _ in place of + and /", "base64 用 - 和 _ 代替 + 和 /"),
        Dress::Margins => tongue.pick(
            "something beside each line: > of a mail, numbers, times",
            "每行旁有多余内容：邮件引用 >、行号、时间等",
        ),
        Dress::NoHeader => tongue.pick("base64 without a BEGIN line", "只有 base64，没有 BEGIN 行"),
        Dress::NoFooter => tongue.pick("no END line; what stands before it is whole", "缺少 END 行，但之前内容完整"),
        Dress::OtherLabel => {
            tongue.pick("a BEGIN line that names something else than the block holds", "BEGIN 行的名称与内容不符")
        }
        Dress::Twice => tongue
            .pick("a whole PEM file in base64, as Kubernetes keeps it", "整个 PEM 又做了一次 base64（如 Kubernetes）"),
        Dress::Hex => tongue.pick("bytes in hex", "十六进制字节"),
        Dress::Padding => tongue.pick("the = at the end are missing", "结尾缺少 ="),
    }
}

/// What a detail says, as a sentence about a file, and what to do; `None` where the concern says it.
pub(in crate::cli) fn detail(detail: &Detail, is_openssh: bool, tongue: Tongue) -> Option<(String, String)> {
    let both = |text: &str, fix: &str| Some((text.to_owned(), fix.to_owned()));
    match detail {
        Detail::Closed(why) => closed(*why, is_openssh, tongue),
        Detail::Foreign(what) => {
            let (text, fix) = foreign(*what, tongue);
            both(text, fix)
        }
        Detail::LeafLeftOut(subject) => Some((
            match tongue {
                Tongue::En => format!("holds the broker's own certificate ({subject}) beside authorities; it was left out"),
                Tongue::Zh => format!("在 CA 之外还含有服务器自身证书（{subject}），已去除"),
            },
            tongue.pick(
                "Give the authority's certificates alone: the root, or what issued the broker's certificate.",
                "请只提供 CA 证书：根证书，或签发服务器证书的 CA。",
            )
            .to_owned(),
        )),
        Detail::EllipticLeftOut(subject) => Some((
            match tongue {
                Tongue::En => format!("holds an elliptic-curve authority ({subject}); it was left out beside the RSA ones"),
                Tongue::Zh => format!("含有椭圆曲线 CA（{subject}），已保留 RSA 的并去除它"),
            },
            tongue.pick(
                "If the broker's chain ends in that authority, ask for an RSA chain; else nothing.",
                "若服务器证书链止于该 CA，请索取 RSA 证书链；否则无需处理。",
            )
            .to_owned(),
        )),
        Detail::NoPair => both(
            tongue.pick(
                "holds a client certificate that does not belong to the key given; all certificates were looked at",
                "中的客户端证书与给出的私钥不配对（已检查全部证书）",
            ),
            tongue.pick("Use the pair that belongs together.", "请使用成对的证书与私钥。"),
        ),
        Detail::MoreKeys => both(
            tongue.pick("holds one more key; only the one that a certificate belongs to is used", "还含有另一把私钥，只采用与证书配对的那一把"),
            tongue.pick("Give one pair at a time.", "请一次只提供一对证书与私钥。"),
        ),
        Detail::WrongSignature(subject) => Some((
            match tongue {
                Tongue::En => format!("holds a certificate ({subject}) whose issuer's signature does not fit: one of the two was changed"),
                Tongue::Zh => format!("中的证书（{subject}）签名校验不符：内容被改动"),
            },
            tongue.pick("Take the original file again.", "请重新获取原始文件。").to_owned(),
        )),
        Detail::OnlyUseless => both(
            tongue.pick("holds nothing that a module can use", "中没有模块可用的内容"),
            tongue.pick(
                "Give the certificates and the private key; a request goes to the authority, a public key is of no use here.",
                "请提供证书与私钥；证书请求应交给 CA，公钥在此无用。",
            ),
        ),
    }
}

fn closed(why: Closed, is_openssh: bool, tongue: Tongue) -> Option<(String, String)> {
    let (text, fix) = match why {
        Closed::NoPassPhrase => (
            tongue.pick("is behind a pass phrase, and none was given", "带有密码，而未提供密码"),
            tongue.pick("Give it in a file: --passphrase-file FILE.", "请用 --passphrase-file 文件 提供密码。"),
        ),
        Closed::WrongPassPhrase => (
            tongue.pick("is not opened by the pass phrase given, or is damaged", "用所给密码无法打开，或文件已损坏"),
            tongue.pick(
                "Check the pass phrase; only the first line of its file counts.",
                "请检查密码；只取密码文件的第一行。",
            ),
        ),
        Closed::UnknownCipher if is_openssh => (
            tongue.pick("is an OpenSSH key behind a pass phrase", "是带密码的 OpenSSH 私钥"),
            tongue.pick(
                "Take the pass phrase away from a copy: ssh-keygen -p -m PEM -N \"\" -f COPY.",
                "请在副本上去除密码：ssh-keygen -p -m PEM -N \"\" -f 副本。",
            ),
        ),
        Closed::UnknownCipher => (
            tongue.pick("is locked with a cipher that this program does not have", "使用了本程序不支持的加密算法"),
            tongue.pick(
                "Open it where it was made, or with openssl -legacy, and lock it anew with AES.",
                "请在生成它的系统上或用 openssl -legacy 打开，再以 AES 重新导出。",
            ),
        ),
        Closed::Damaged => return None,
    };
    Some((text.to_owned(), fix.to_owned()))
}

const fn foreign(what: NotCertificates, tongue: Tongue) -> (&'static str, &'static str) {
    let other = tongue.pick("Give the certificate or key file itself.", "请提供证书或私钥文件本身。");
    match what {
        NotCertificates::Text => {
            (tongue.pick("is a text without a certificate or key", "是普通文本，没有证书或私钥"), other)
        }
        NotCertificates::Binary => {
            (tongue.pick("is binary, but neither a certificate nor a key", "是二进制文件，但不是证书或私钥"), other)
        }
        NotCertificates::Known(Foreign::Archive) => (
            tongue.pick("is an archive (zip or the like), not a certificate", "是压缩包，不是证书"),
            tongue.pick("Unpack it, and give the files in it.", "请先解压，再提供其中的文件。"),
        ),
        NotCertificates::Known(Foreign::JavaStore) => (
            tongue.pick("is a key store of Java", "是 Java 密钥库（JKS）"),
            tongue.pick(
                "Convert it: keytool -importkeystore -srckeystore FILE -destkeystore new.p12 -deststoretype pkcs12.",
                "请转换：keytool -importkeystore -srckeystore 文件 -destkeystore new.p12 -deststoretype pkcs12。",
            ),
        ),
        NotCertificates::Known(Foreign::Putty) => (
            tongue.pick("is a key of PuTTY", "是 PuTTY 私钥（.ppk）"),
            tongue.pick(
                "In PuTTYgen choose Conversions, Export OpenSSH key.",
                "请在 PuTTYgen 中选择 Conversions → Export OpenSSH key。",
            ),
        ),
        NotCertificates::Known(Foreign::SshPublic) => (tongue.pick("is a public key for SSH", "是 SSH 公钥"), other),
        NotCertificates::Known(Foreign::Pgp) => (tongue.pick("is something of PGP", "是 PGP 内容"), other),
        NotCertificates::Known(Foreign::WebPage) => (
            tongue.pick(
                "is a web page: the download gave a page instead of the file",
                "是网页：下载到的是页面而不是文件",
            ),
            tongue.pick("Log in there, and load the file itself.", "请登录后下载文件本身。"),
        ),
        NotCertificates::Known(Foreign::Document) => (
            tongue.pick("is a document, not a certificate", "是文档，不是证书"),
            tongue
                .pick("Copy the certificate's text out of it into a text file.", "请把其中的证书文本另存为文本文件。"),
        ),
        NotCertificates::Known(Foreign::Picture) => (tongue.pick("is a picture", "是图片"), other),
    }
}

/// What a piece is in words.
pub(super) fn kind(what: &PieceKind, role: Option<FileRole>, tongue: Tongue) -> &'static str {
    match (what, role) {
        (PieceKind::Certificate(facts), Some(FileRole::ClientCertificate)) if facts.is_authority == Some(true) => {
            tongue.pick("intermediate above the client certificate", "客户端证书的上级（中间）证书")
        }
        (PieceKind::Certificate(_), Some(FileRole::ClientCertificate)) => {
            tongue.pick("client certificate", "客户端证书")
        }
        (PieceKind::Certificate(facts), Some(_)) if facts.is_self_issued => tongue.pick("root authority", "根 CA 证书"),
        (PieceKind::Certificate(_), Some(_)) => tongue.pick("authority", "CA 证书"),
        (PieceKind::Certificate(_), None) => tongue.pick("certificate, left out", "证书（未采用）"),
        (PieceKind::Key { .. }, Some(_)) => tongue.pick("private key", "私钥"),
        (PieceKind::Key { .. }, None) => tongue.pick("private key, not used", "私钥（未采用）"),
        (PieceKind::Request, _) => tongue.pick("request for a certificate, not needed", "证书请求（不需要）"),
        (PieceKind::PublicKey, _) => tongue.pick("public key, not needed", "公钥（不需要）"),
        (PieceKind::RevocationList, _) => tongue.pick("revocation list, not needed", "吊销列表（不需要）"),
    }
}

/// Kind and size of a key.
pub(super) fn key(key: PublicKey) -> String {
    if key == PublicKey::Other { "other".to_owned() } else { key.to_string() }
}

/// How a key was written.
pub(super) const fn form(form: KeyForm) -> &'static str {
    match form {
        KeyForm::Pkcs1 => "PKCS#1",
        KeyForm::Pkcs8 => "PKCS#8",
        KeyForm::Sec1 => "SEC 1",
        KeyForm::OpenSsh => "OpenSSH",
        KeyForm::Encrypted => "encrypted",
    }
}

/// How a certificate was signed.
pub(super) fn signature(signature: Signature) -> String {
    if signature == Signature::Other { "other".to_owned() } else { signature.to_string() }
}
