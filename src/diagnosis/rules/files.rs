//! Files on the module: what a difference says about how it came there, and what speaks against a file itself.

use crate::{
    air780e::verb::Verb,
    certs::{Concern, Damage, FileRole, Pairing},
    diagnosis::{Cause, Fact, Here, Innocent, Text, catalogue as c, suspects::Suspects},
    modem::event::{ExchangeRecord, Fault},
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
    // Nobody was asked for data, or the module took them and the recording does not show them.
    let has_run_out = record.answer.iter().any(|line| line == "TimeOut");
    let is_refused = matches!(record.result, Err(Fault::Refused { .. })) && !has_run_out;
    if data.sent == 0 && (record.result.is_ok() || is_refused) {
        return;
    }
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
    suspects.seen(cause, [Fact::at(record.sent_at, line.to_string()), fact.when(record.ended_at)]);
}

/// What must fail of the files in use, while nothing was tried with them.
pub(super) fn at_rest(here: &Here, suspects: &mut Suspects) {
    let is_enough = |(role, concern): &(FileRole, Concern)| by_concern(*role, concern).1;
    let files = here.files.iter().copied().filter(is_enough).collect();
    by_concerns(&Here { files, wanted: here.wanted.clone(), pairing: here.pairing, ..Here::default() }, suspects);
}

/// What speaks against the files in use, as they lie on this computer.
pub(super) fn by_concerns(here: &Here, suspects: &mut Suspects) {
    let works = matches!(here.as_module, Some(Ok(_)));
    for (role, concern) in &here.files {
        let (cause, is_enough) = by_concern(*role, concern);
        let is_dated = matches!(concern, Concern::Expired | Concern::NotYetValid) && *role == FileRole::Authority;
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
            suspects.clear(&[&c::KEY_MISMATCH], Innocent::ClientPair, fact);
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

/// What one thing that speaks against a file comes to.
#[derive(Clone, Debug)]
pub struct FileJudgement {
    /// The entry of the catalogue.
    pub cause: &'static Cause,
    /// Whether it is enough to fail a connection.
    pub is_enough: bool,
    /// The thing itself in a sentence that names the file by its role.
    pub fact: Fact,
    /// The same without its subject: "is empty".
    pub predicate: Fact,
    /// What to do with this file.
    pub fix: Text,
}

/// Judges one thing that speaks against a file in its role.
pub fn judge_file(role: FileRole, concern: &Concern) -> FileJudgement {
    let (cause, is_enough) = by_concern(role, concern);
    let fact = Fact::both(english(role, concern), chinese(role, concern));
    let predicate = Fact::both(english_predicate(role, concern), chinese_predicate(role, concern));
    FileJudgement { cause, is_enough, fact, predicate, fix: fix(role, concern).unwrap_or(cause.fix) }
}

/// Where the catalogue speaks of the broker's side, or of files in general.
const fn fix(role: FileRole, concern: &Concern) -> Option<Text> {
    Some(match (role, concern) {
        (FileRole::Authority, Concern::UsageMissing) => Text {
            en: "Issue the authority again with keyUsage keyCertSign.",
            zh: "请重新签发 CA 证书，keyUsage 需包含 keyCertSign。",
        },
        (_, Concern::UsageMissing) => Text {
            en: "Issue the client certificate again with keyUsage digitalSignature and keyEncipherment.",
            zh: "请重新签发客户端证书，keyUsage 需包含 digitalSignature 与 keyEncipherment。",
        },
        (_, Concern::WrongOrder) => Text {
            en: "The device's own certificate must stand first, then the one that issued it; the root is not needed.",
            zh: "设备自身证书必须排在最前，其后是签发它的证书；无需包含根证书。",
        },
        (FileRole::Authority, Concern::NotYetValid) => Text {
            en: "Check the clock of the machine that issued it, wait, or issue it again.",
            zh: "请检查签发机器的时间，等待生效或重新签发。",
        },
        (FileRole::Authority, Concern::KeySize { .. }) => Text {
            en: "Use an authority with an RSA key of 2048 bits, 3072 at most.",
            zh: "请使用 2048 位 RSA 密钥（最多 3072 位）的 CA。",
        },
        (_, Concern::KeySize { .. }) => Text {
            en: "Make a client key of RSA with 2048 bits, 3072 at most, and a certificate for it.",
            zh: "请使用 2048 位 RSA 密钥（最多 3072 位）的客户端证书。",
        },
        (FileRole::Authority, Concern::EllipticKey | Concern::NotRsa) => Text {
            en: "Take an RSA authority; with an elliptic one only level 0, without a check, may be left on this module.",
            zh: "请改用 RSA 的 CA；EC 根证书下该模块可能只能使用级别 0（不校验）。",
        },
        (_, Concern::CriticalExtension { .. }) => Text {
            en: "Issue it without critical name limits or policies: a small reader refuses what it does not know.",
            zh: "请去掉关键（critical）的名称限制或策略扩展后重新签发：小型解析器会拒绝不认识的关键扩展。",
        },
        (FileRole::ClientCertificate, Concern::UncommonSignature | Concern::OldSignature) => Text {
            en: "Issue the client certificate again, signed with RSA and SHA-256.",
            zh: "请用 RSA + SHA-256 重新签发客户端证书。",
        },
        (FileRole::ClientCertificate, Concern::LongChain { .. }) => Text {
            en: "Leave the root and whatever the broker knows out of the file; one intermediate is usual.",
            zh: "请从文件中去掉根证书及服务器已有的证书，通常只需一张中间证书。",
        },
        (_, Concern::Damaged(_)) => Text {
            en: "Take the original file again: what is lost inside cannot be made good.",
            zh: "请重新获取原始文件：内部丢失的内容无法修复。",
        },
        (_, Concern::OpenSshKey) => Text {
            en: "Convert it: ssh-keygen -p -m PEM -f FILE, or let air780e certs do it.",
            zh: "请转换：ssh-keygen -p -m PEM -f 文件，或由 air780e certs 自动转换。",
        },
        _ => return None,
    })
}

/// The cause behind one thing that speaks against a file, and whether it is enough to fail a connection.
const fn by_concern(role: FileRole, concern: &Concern) -> (&'static Cause, bool) {
    let is_authority = matches!(role, FileRole::Authority);
    match concern {
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
        Concern::EllipticKey | Concern::NotRsa if is_authority => (&c::SIGNATURE_UNCOMMON, false),
        Concern::CurveParameters | Concern::EllipticKey | Concern::NotRsa => (&c::KEY_ELLIPTIC, true),
        Concern::Expired if is_authority => (&c::SERVER_EXPIRED, true),
        Concern::Expired => (&c::CLIENT_EXPIRED, true),
        Concern::NotAnAuthority => (&c::CA_IS_LEAF, true),
        Concern::NotForClients => (&c::CLIENT_USAGE, true),
        Concern::KeySize { .. } => (&c::KEY_SIZE, false),
        Concern::OldSignature => (&c::OLD_SIGNATURE, false),
        Concern::StrayText { .. } => (&c::STRAY_TEXT, false),
        Concern::NotYetValid => (&c::SERVER_NOT_YET, true),
        Concern::OpenSshKey => (&c::KEY_FORM, true),
        Concern::UsageMissing => (&c::USAGE_MISSING, true),
        Concern::NoKeyEncipherment => (&c::USAGE_MISSING, false),
        Concern::WrongOrder => (&c::CHAIN_ORDER, true),
        Concern::LongChain { .. } => (&c::CHAIN_TOO_BIG, false),
        Concern::UncommonSignature | Concern::CriticalExtension { .. } => (&c::SIGNATURE_UNCOMMON, false),
    }
}

/// Whether it is what the certificate says, not how the file is written.
const fn is_about_contents(concern: &Concern) -> bool {
    matches!(
        concern,
        Concern::Expired
            | Concern::NotYetValid
            | Concern::NotAnAuthority
            | Concern::NotForClients
            | Concern::UsageMissing
            | Concern::WrongOrder
    )
}

fn english(role: FileRole, concern: &Concern) -> String {
    let file = match role {
        FileRole::Authority => "the CA file",
        FileRole::ClientCertificate => "the file of the client certificate",
        FileRole::ClientKey => "the file of the client key",
    };
    format!("{file} {}", english_predicate(role, concern))
}

fn english_predicate(role: FileRole, concern: &Concern) -> String {
    match concern {
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
        Concern::OpenSshKey => "holds a key in OpenSSH's own form".to_owned(),
        Concern::NotRsa => "holds a key that is not RSA".to_owned(),
        Concern::UsageMissing if role == FileRole::Authority => {
            "holds an authority whose keyUsage does not allow it to sign certificates (keyCertSign)".to_owned()
        }
        Concern::UsageMissing => {
            "holds a certificate whose keyUsage lacks digitalSignature, with which a client proves its key".to_owned()
        }
        Concern::NoKeyEncipherment => {
            "holds a server's certificate whose keyUsage lacks keyEncipherment, which the module's suites need"
                .to_owned()
        }
        Concern::WrongOrder => "does not begin with the device's own certificate".to_owned(),
        Concern::LongChain { bytes } => {
            format!("holds a chain of {bytes} bytes; modules are known to take 4096 to 6144")
        }
        Concern::CriticalExtension { name } => {
            format!("holds a certificate with a critical extension that small readers do not know: {name}")
        }
    }
}

fn english_damage(damage: Damage) -> String {
    match damage {
        Damage::Joined => "has its lines joined".to_owned(),
        Damage::NoFooter => "has no END line: it was cut".to_owned(),
        Damage::OtherFooter => "ends with another END line than it begins with".to_owned(),
        Damage::Dashes { line } => format!("does not have five dashes in line {line}"),
        Damage::Indented { line } => format!("has a blank in front of line {line}"),
        Damage::Character { line, column } => format!("has a wrong character in line {line}, column {column}"),
        Damage::Dressed => {
            "is whole, but written as part of something else (program, mail, web form), not as PEM".to_owned()
        }
        Damage::Lost { characters, line } => {
            format!("has lost {characters} base64 characters{}", at_line(line, "shorter"))
        }
        Damage::Surplus { characters, line } => {
            format!("has {characters} base64 characters too many{}", at_line(line, "longer"))
        }
        Damage::Cut { bytes, wanted } => format!("was cut: it has {bytes} bytes of {wanted}"),
        Damage::Behind { bytes } => format!("has {bytes} bytes behind its end"),
        Damage::Signature => "holds a certificate that was changed: its own signature does not fit it".to_owned(),
        Damage::Content => "is PEM by its look, but what it holds cannot be read".to_owned(),
    }
}

fn at_line(line: Option<usize>, how: &str) -> String {
    line.map_or_else(String::new, |line| format!(": line {line} is {how} than the others"))
}

fn zh_line(line: Option<usize>, how: &str) -> String {
    line.map_or_else(String::new, |line| format!("：第 {line} 行比其他行{how}"))
}

fn chinese(role: FileRole, concern: &Concern) -> String {
    let file = match role {
        FileRole::Authority => "CA 文件",
        FileRole::ClientCertificate => "客户端证书文件",
        FileRole::ClientKey => "客户端私钥文件",
    };
    format!("{file}{}", chinese_predicate(role, concern))
}

fn chinese_predicate(role: FileRole, concern: &Concern) -> String {
    match concern {
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
        Concern::OpenSshKey => "是 OpenSSH 专有格式的私钥".to_owned(),
        Concern::NotRsa => "中的密钥不是 RSA".to_owned(),
        Concern::UsageMissing if role == FileRole::Authority => {
            "中的 CA 证书 keyUsage 不允许签发证书（缺少 keyCertSign）".to_owned()
        }
        Concern::UsageMissing => "中的证书 keyUsage 缺少 digitalSignature，客户端无法证明持有私钥".to_owned(),
        Concern::NoKeyEncipherment => "中的服务器证书 keyUsage 缺少 keyEncipherment，而模块套件需要它".to_owned(),
        Concern::WrongOrder => "没有以设备自身证书开头".to_owned(),
        Concern::LongChain { bytes } => format!("中的证书链有 {bytes} 字节，模块通常只能容纳 4096~6144 字节"),
        Concern::CriticalExtension { name } => format!("中的证书含有小型解析器不认识的关键扩展：{name}"),
    }
}

fn chinese_damage(damage: Damage) -> String {
    match damage {
        Damage::Joined => "的各行被连在一起".to_owned(),
        Damage::NoFooter => "缺少 END 行，内容被截断".to_owned(),
        Damage::OtherFooter => "的 END 行与 BEGIN 行不一致".to_owned(),
        Damage::Dashes { line } => format!("第 {line} 行不是五个短横线"),
        Damage::Indented { line } => format!("第 {line} 行前有空格"),
        Damage::Character { line, column } => format!("第 {line} 行第 {column} 列有错误字符"),
        Damage::Dressed => "内容完整，但夹在程序代码、邮件或网页文本中，不是标准 PEM".to_owned(),
        Damage::Lost { characters, line } => format!("丢失了 {characters} 个 base64 字符{}", zh_line(line, "偏短")),
        Damage::Surplus { characters, line } => format!("多出 {characters} 个 base64 字符{}", zh_line(line, "偏长")),
        Damage::Cut { bytes, wanted } => format!("被截断：应有 {wanted} 字节，只有 {bytes} 字节"),
        Damage::Behind { bytes } => format!("结尾之后还有 {bytes} 字节多余内容"),
        Damage::Signature => "中的证书内容被改动：自签名校验不符".to_owned(),
        Damage::Content => "看似 PEM，但内容无法读取".to_owned(),
    }
}

/// A line end behind the last byte is harmless (reference, section 8).
const LINE_END: usize = 2;
