//! Causes in the certificate and key files, and in how they came onto the module.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    COUNT_TOO_BIG = TlsFiles "F-115" "count_big" {
        "More bytes were announced for a file than were sent." "FSWRITE 声明的长度大于实际发送的数据。"
        => "Wait for the time-out, then upload with the exact byte count; the Certificates page counts by itself."
        "请等待超时结束，再按准确字节数上传；证书管理页会自动计算。"
        remedy: Some(Remedy::Certificates),
    }
    COUNT_TOO_SMALL = TlsFiles "F-116" "count_small" {
        "A file on the module is shorter than the file here: it was cut." "模块中的文件比本地文件短：内容被截断。"
        => "Upload it again with the exact byte count." "请按准确字节数重新上传。"
        remedy: Some(Remedy::Certificates),
    }
    LINE_ENDS = TlsFiles "F-117" "crlf" {
        "The line ends of a certificate file were changed on the way." "证书文件的换行符在传输中被改变。"
        => "Send the file as it is, not through a terminal's paste." "请以二进制原样发送，不要通过终端粘贴。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    BYTE_ORDER_MARK = TlsFiles "F-118" "bom" {
        "A certificate file begins with a byte order mark, or is UTF-16." "证书文件带 BOM 或为 UTF-16 编码。"
        => "Save it as UTF-8 without the mark; the Certificates page can do it."
        "请另存为无 BOM 的 UTF-8，证书管理页可一键修复。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    NOT_PEM = TlsFiles "F-119" "der" {
        "A certificate file is binary, not PEM." "证书文件不是 PEM 格式。"
        => "Convert it to PEM; the Certificates page can do it." "请转换为 PEM，证书管理页可一键转换。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    PEM_DAMAGED = TlsFiles "F-120" "pem_damaged" {
        "A certificate file is damaged." "证书文件内容损坏。"
        => "Take the original file, or let the Certificates page rebuild it." "请使用原始文件，或用证书管理页一键修复。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    STRAY_TEXT = TlsFiles "F-121" "trailing" {
        "A certificate file holds text beside its certificates." "证书文件在证书之外还有多余文字。"
        => "It is mostly harmless; the Certificates page can take it out." "多数情况下无害；证书管理页可将其去除。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    FILES_MIXED = TlsFiles "F-122" "wrong_file" {
        "The certificate files are mixed up." "证书文件的角色弄混了。"
        => "Put each file into its slot: CA, client certificate, client key."
        "请把 CA、客户端证书、客户端私钥放到各自位置。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    OLD_FILE = TlsFiles "F-123" "old_file" {
        "The module still holds other contents than the file that was sent."
        "模块中的文件内容与发送的不一致，可能是旧文件。"
        => "Delete the file on the module and upload it again." "请删除模块中的文件后重新上传。"
        remedy: Some(Remedy::Certificates),
    }
    NO_ROOM = TlsFiles "F-124" "fs_full" {
        "The file does not fit: no room on the module, or more than 10240 bytes." "空间不足，或文件超过 10240 字节。"
        => "Delete old files, or shorten the bundle." "请删除旧文件或精简证书。"
        remedy: Some(Remedy::Certificates),
    }
    BUNDLE = TlsFiles "F-125" "bundle" {
        "The CA file holds many authorities; the module may not have the memory."
        "CA 文件包含多个证书，模块内存可能不足。"
        => "Upload only the root that is needed." "请只上传所需的一个根证书。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_FORM = TlsFiles "F-126" "key_pkcs8" {
        "The key is PKCS#8; some modules want PKCS#1." "私钥为 PKCS#8 格式，部分模块需要 PKCS#1。"
        => "Convert it to PKCS#1 on the Certificates page." "请在证书管理页转换为 PKCS#1。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_ENCRYPTED = TlsFiles "F-127" "key_enc" {
        "The client key is behind a pass phrase, which the module cannot be given." "客户端私钥带密码，模块无法使用。"
        => "Remove the pass phrase before the upload." "请先去除私钥密码再上传。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_ELLIPTIC = TlsFiles "F-128" "key_ec" {
        "The client key is elliptic; the module needs RSA." "客户端密钥为椭圆曲线（EC），模块需要 RSA。"
        => "Use an RSA client key and certificate." "请改用 RSA 的客户端密钥与证书。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_MISMATCH = TlsFiles "F-129" "key_mismatch" {
        "The client key does not belong to the client certificate." "客户端私钥与证书不配对。"
        => "Use the pair that belongs together." "请使用成对的证书与私钥。"
        remedy: Some(Remedy::Certificates),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::File,
    }
    CLIENT_UNTRUSTED = TlsFiles "F-130" "cli_untrusted" {
        "The broker does not trust the authority of the client certificate." "服务器不信任签发客户端证书的 CA。"
        => "Sign it by the authority that the broker trusts, add that authority to the broker, or append its \
        intermediate to the client file."
        "请由服务器信任的 CA 重新签发，或在服务器上添加该 CA，或把中间证书附在客户端证书文件之后。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
    CLIENT_EXPIRED = TlsFiles "F-131" "cli_expired" {
        "The client certificate has expired." "客户端证书已过期。"
        => "Renew the client certificate." "请续期客户端证书。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    CLIENT_USAGE = TlsFiles "F-132" "cli_eku" {
        "The client certificate is not meant for clients." "客户端证书的用途不含 clientAuth。"
        => "Issue it again with clientAuth." "请重签并包含 clientAuth。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    CLIENT_NOT_REGISTERED = TlsFiles "F-133" "cli_notreg" {
        "The client certificate may not be registered or active at the platform." "客户端证书可能未在云平台注册或激活。"
        => "Activate the certificate and attach its policy in the console." "请在平台控制台激活证书并绑定策略。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
}
