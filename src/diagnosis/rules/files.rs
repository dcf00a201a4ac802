//! Files on the module: what a difference says about how it came there, and what speaks against a file itself.

use crate::{
    air780e::verb::Verb,
    certs::{Concern, Damage, FileRole, Pairing},
    diagnosis::{Cause, Fact, Here, Innocent, catalogue as c, suspects::Suspects},
    modem::event::ExchangeRecord,
};

/// A file has `found` bytes (or is right up to there) where `expected` were sent.
pub(super) fn differs(expected: usize, found: usize, suspects: &mut Suspects) {
    match found {
        0 => suspects.likely(&c::FILE_MISSING, []),
        _ if found < expected => suspects.likely(&c::COUNT_TOO_SMALL, []),
        _ => suspects.likely(&c::OLD_FILE, []),
    }
    suspects.any_of(&[&c::LINE_ENDS, &c::NO_ROOM, &c::PORT_SHARED]);
}

/// The length is right, and what was read could not be compared: nothing is said of the file itself.
pub(super) fn reading_disturbed(suspects: &mut Suspects) {
    suspects.any_of(&[&c::PORT_SHARED]);
}

/// The bytes behind a prompt of `record`, counted against what was announced.
pub(super) fn by_count(record: &ExchangeRecord, suspects: &mut Suspects) {
    let Some(data) = record.data else { return };
    let Some(announced) = data.announced else { return };
    let is_file = record.command.verb() == Verb::WriteFile;
    let (line, sent) = (&record.command, data.sent);
    let fact = Fact::both(
        format!("{line}: {announced} bytes announced, {sent} sent"),
        format!("{line}：声明 {announced} 字节，实际发送 {sent} 字节"),
    );
    let cause = match (data.missing() > 0 || data.ends_in_command, data.surplus() > LINE_END) {
        (true, _) if is_file => &c::COUNT_TOO_BIG,
        (_, true) if is_file => &c::COUNT_TOO_SMALL,
        (false, false) => return,
        _ => &c::DATA_LENGTH,
    };
    suspects.seen(cause, [fact.when(record.ended_at)]);
}

/// What must fail of the files in use, while nothing was tried with them.
pub(super) fn at_rest(here: &Here, suspects: &mut Suspects) {
    let is_enough = |(role, concern): &(FileRole, Concern)| by_concern(*role, concern).is_some_and(|(_, is)| is);
    let files = here.files.iter().copied().filter(is_enough).collect();
    by_concerns(&Here { files, wanted: here.wanted.clone(), pairing: here.pairing, ..Here::default() }, suspects);
}

/// What speaks against the files in use, as they lie on this computer.
pub(super) fn by_concerns(here: &Here, suspects: &mut Suspects) {
    let works = matches!(here.as_module, Some(Ok(_)));
    for (role, concern) in &here.files {
        let Some((cause, is_enough)) = by_concern(*role, concern) else { continue };
        let is_dated = *concern == Concern::Expired && *role == FileRole::Authority;
        if is_dated && here.wanted.ignores_clock {
            continue;
        }
        // A handshake that works with a file outweighs what stands in it, not how it is written.
        let is_outweighed = works && is_about_contents(concern);
        let fact = Fact::both(english(*role, concern), chinese(*role, concern));
        if is_enough && !is_outweighed { suspects.seen(cause, [fact]) } else { suspects.possible(cause, [fact]) }
    }
    match here.pairing {
        Some(Pairing::Pair) => {
            let fact = Fact::both("client certificate and key belong together", "客户端证书与私钥配对");
            suspects.clear(&[&c::KEY_MISMATCH], Innocent::ClientFiles, fact);
        }
        Some(Pairing::NotAPair) => {
            let fact = Fact::both(
                "the public key in the client certificate is not the one of the client key",
                "客户端证书中的公钥与客户端私钥不一致",
            );
            suspects.seen(&c::KEY_MISMATCH, [fact]);
        }
        Some(Pairing::Unreadable) | None => {}
    }
}

/// The cause behind one thing that speaks against a file, and whether it is enough to fail a connection.
fn by_concern(role: FileRole, concern: &Concern) -> Option<(&'static Cause, bool)> {
    let is_authority = role == FileRole::Authority;
    Some(match concern {
        Concern::Utf16 => (&c::BYTE_ORDER_MARK, true),
        Concern::ByteOrderMark => (&c::BYTE_ORDER_MARK, false),
        Concern::Empty | Concern::NotCertificates | Concern::WrongContent => (&c::FILES_MIXED, true),
        // Many a certificate that signed itself says so of itself and serves a client well.
        Concern::IsAnAuthority => (&c::FILES_MIXED, false),
        Concern::CarriageReturnsOnly => (&c::LINE_ENDS, true),
        Concern::Binary | Concern::Container => (&c::NOT_PEM, true),
        Concern::LiteralLineEnds | Concern::Damaged(_) | Concern::TrustedHeader => (&c::PEM_DAMAGED, true),
        Concern::TooBig { .. } => (&c::NO_ROOM, true),
        Concern::Bundle { .. } => (&c::BUNDLE, false),
        Concern::PassPhrase => (&c::KEY_ENCRYPTED, true),
        Concern::Pkcs8 => (&c::KEY_FORM, false),
        Concern::EllipticKey if is_authority => (&c::SIGNATURE_UNCOMMON, false),
        Concern::CurveParameters | Concern::EllipticKey => (&c::KEY_ELLIPTIC, true),
        Concern::Expired if is_authority => (&c::SERVER_EXPIRED, true),
        Concern::Expired => (&c::CLIENT_EXPIRED, true),
        Concern::NotAnAuthority => (&c::CA_IS_LEAF, true),
        Concern::NotForClients => (&c::CLIENT_USAGE, true),
        Concern::KeySize { .. } => (&c::KEY_SIZE, false),
        Concern::OldSignature => (&c::OLD_SIGNATURE, false),
        Concern::UncommonSignature => (&c::SIGNATURE_UNCOMMON, false),
        Concern::StrayText { .. } => (&c::STRAY_TEXT, false),
        Concern::NotYetValid => return None,
    })
}

/// Whether it is what the certificate says, not how the file is written.
const fn is_about_contents(concern: &Concern) -> bool {
    matches!(concern, Concern::Expired | Concern::NotAnAuthority | Concern::NotForClients)
}

fn english(role: FileRole, concern: &Concern) -> String {
    let file = match role {
        FileRole::Authority => "the CA file",
        FileRole::ClientCertificate => "the file of the client certificate",
        FileRole::ClientKey => "the file of the client key",
    };
    let what = match concern {
        Concern::Empty => "is empty".to_owned(),
        Concern::NotCertificates => "holds neither a certificate nor a key".to_owned(),
        Concern::WrongContent if role == FileRole::ClientKey => "holds no key".to_owned(),
        Concern::WrongContent => "holds no certificate but something else".to_owned(),
        Concern::Utf16 => "is UTF-16".to_owned(),
        Concern::ByteOrderMark => "begins with a byte order mark".to_owned(),
        Concern::CarriageReturnsOnly => "ends its lines with CR alone".to_owned(),
        Concern::LiteralLineEnds => "has \\n written out in place of line ends".to_owned(),
        Concern::Binary => "is binary (DER), not PEM".to_owned(),
        Concern::Container => "is a container (PKCS#7 or PKCS#12), not PEM".to_owned(),
        Concern::Damaged(damage) => english_damage(*damage),
        Concern::TrustedHeader => "begins with TRUSTED CERTIFICATE, which only OpenSSL reads".to_owned(),
        Concern::StrayText { bytes } => format!("has {bytes} bytes of other text"),
        Concern::TooBig { bytes } => format!("has {bytes} bytes; the module writes 10240 at most"),
        Concern::Bundle { certificates } => format!("holds {certificates} certificates"),
        Concern::PassPhrase => "is behind a pass phrase".to_owned(),
        Concern::Pkcs8 => "holds a PKCS#8 key".to_owned(),
        Concern::CurveParameters => "begins with EC PARAMETERS".to_owned(),
        Concern::EllipticKey => "holds an elliptic-curve key".to_owned(),
        Concern::KeySize { bits } => format!("holds an RSA key of {bits} bits"),
        Concern::Expired => "holds a certificate that has expired, by this computer's clock".to_owned(),
        Concern::NotYetValid => "holds a certificate that is not valid yet".to_owned(),
        Concern::NotAnAuthority => "holds a certificate that is no authority's".to_owned(),
        Concern::IsAnAuthority => "holds an authority's certificate".to_owned(),
        Concern::NotForClients => "holds a certificate that is not meant for clients".to_owned(),
        Concern::OldSignature => "holds a certificate that is signed with SHA-1 or MD5".to_owned(),
        Concern::UncommonSignature => "holds a certificate with a signature that small stacks may not know".to_owned(),
    };
    format!("{file} {what}")
}

fn english_damage(damage: Damage) -> String {
    match damage {
        Damage::Joined => "has its lines joined".to_owned(),
        Damage::NoFooter => "has no END line: it was cut".to_owned(),
        Damage::OtherFooter => "ends with another END line than it begins with".to_owned(),
        Damage::Dashes { line } => format!("does not have five dashes in line {line}"),
        Damage::Indented { line } => format!("has a blank in front of line {line}"),
        Damage::Character { line, column } => format!("has a wrong character in line {line}, column {column}"),
        Damage::Content => "is PEM by its look, but what it holds cannot be read".to_owned(),
    }
}

fn chinese(role: FileRole, concern: &Concern) -> String {
    let file = match role {
        FileRole::Authority => "CA 文件",
        FileRole::ClientCertificate => "客户端证书文件",
        FileRole::ClientKey => "客户端私钥文件",
    };
    let what = match concern {
        Concern::Empty => "是空文件".to_owned(),
        Concern::NotCertificates => "既不是证书也不是密钥".to_owned(),
        Concern::WrongContent if role == FileRole::ClientKey => "中没有私钥".to_owned(),
        Concern::WrongContent => "中没有证书，而是其他内容".to_owned(),
        Concern::Utf16 => "是 UTF-16 编码".to_owned(),
        Concern::ByteOrderMark => "带 BOM".to_owned(),
        Concern::CarriageReturnsOnly => "的换行只有 CR".to_owned(),
        Concern::LiteralLineEnds => "中的换行被写成了 \\n 字样".to_owned(),
        Concern::Binary => "是二进制（DER），不是 PEM".to_owned(),
        Concern::Container => "是容器格式（PKCS#7 或 PKCS#12），不是 PEM".to_owned(),
        Concern::Damaged(damage) => chinese_damage(*damage),
        Concern::TrustedHeader => "以 TRUSTED CERTIFICATE 开头，只有 OpenSSL 能读取".to_owned(),
        Concern::StrayText { bytes } => format!("含有 {bytes} 字节的多余文本"),
        Concern::TooBig { bytes } => format!("有 {bytes} 字节，模块最多写入 10240 字节"),
        Concern::Bundle { certificates } => format!("包含 {certificates} 张证书"),
        Concern::PassPhrase => "带有密码".to_owned(),
        Concern::Pkcs8 => "是 PKCS#8 格式的私钥".to_owned(),
        Concern::CurveParameters => "以 EC PARAMETERS 开头".to_owned(),
        Concern::EllipticKey => "是椭圆曲线（EC）密钥".to_owned(),
        Concern::KeySize { bits } => format!("是 {bits} 位 RSA 密钥"),
        Concern::Expired => "中的证书已过期（按本电脑时间）".to_owned(),
        Concern::NotYetValid => "中的证书尚未生效".to_owned(),
        Concern::NotAnAuthority => "中的证书不是 CA 证书".to_owned(),
        Concern::IsAnAuthority => "中是 CA 证书".to_owned(),
        Concern::NotForClients => "中的证书用途不含客户端".to_owned(),
        Concern::OldSignature => "中的证书使用 SHA-1 或 MD5 签名".to_owned(),
        Concern::UncommonSignature => "中的证书签名算法可能不被小型协议栈支持".to_owned(),
    };
    format!("{file}{what}")
}

fn chinese_damage(damage: Damage) -> String {
    match damage {
        Damage::Joined => "的各行被连在一起".to_owned(),
        Damage::NoFooter => "缺少 END 行，内容被截断".to_owned(),
        Damage::OtherFooter => "的 END 行与 BEGIN 行不一致".to_owned(),
        Damage::Dashes { line } => format!("第 {line} 行不是五个短横线"),
        Damage::Indented { line } => format!("第 {line} 行前有空格"),
        Damage::Character { line, column } => format!("第 {line} 行第 {column} 列有错误字符"),
        Damage::Content => "看似 PEM，但内容无法读取".to_owned(),
    }
}

/// A line end behind the last byte is harmless (reference, section 8).
const LINE_END: usize = 2;
