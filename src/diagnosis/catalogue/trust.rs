//! Causes in whom the module trusts, at which time and under which name.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    CA_WRONG = TlsTrust "F-097" "ca_wrong" {
        "The CA file did not sign this broker's certificate." "CA 文件与服务器证书不匹配。"
        => "Upload the CA that issued the broker's certificate; its name stands in the evidence."
        "请上传签发该服务器证书的 CA，其名称见证据。"
        remedy: Some(Remedy::Certificates),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    CA_TWIN = TlsTrust "F-098" "ca_twin" {
        "The CA file has the right name but another key: the authority was issued anew."
        "CA 名称相同但密钥不同：CA 已重新签发。"
        => "Get the current CA file." "请换用最新的 CA 文件。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
    CA_IS_LEAF = TlsTrust "F-099" "ca_leaf" {
        "The broker's own certificate was given as the CA." "误把服务器自身证书当作 CA。"
        => "Upload the root or intermediate that issued it." "请改用签发它的根证书或中间证书。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
    CA_OLD_ROOT = TlsTrust "F-100" "ca_old_root" {
        "The broker's certificate was renewed a short time ago, perhaps by another authority."
        "服务器证书刚续期，签发链可能已更换。"
        => "Upload the new root; prefer a private authority with a long life for devices."
        "请更新 CA 文件；设备建议使用长有效期的私有 CA。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    INTERMEDIATE_MISSING = TlsTrust "F-101" "int_missing" {
        "The broker does not send its intermediate certificate." "服务器没有发送中间证书。"
        => "Configure the full chain on the broker, or load the intermediate as CA on the module."
        "请在服务器配置完整证书链，或把中间证书作为 CA 上传到模块。"
        remedy: Some(Remedy::Certificates),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    CHAIN_ORDER = TlsTrust "F-102" "chain_order" {
        "The broker sends its chain in the wrong order." "服务器证书链顺序错误。"
        => "Order it: the broker's certificate first, then the intermediates, no root."
        "请按服务器证书、中间证书的顺序排列，不含根证书。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SELF_SIGNED = TlsTrust "F-103" "self_signed" {
        "The broker's certificate signed itself, and the module does not know it."
        "服务器证书是自签名证书，模块不信任它。"
        => "Upload this very certificate as CA, or sign it by a private authority."
        "请把该证书作为 CA 上传，或用私有 CA 重新签发。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SERVER_EXPIRED = TlsTrust "F-104" "srv_expired" {
        "A certificate of the broker, or the CA, has expired." "服务器证书或 CA 已过期。"
        => "Renew it; as a stop-gap let the module ignore the time." "请续期；应急可设置 ignorelocaltime 为 1。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SERVER_NOT_YET = TlsTrust "F-105" "srv_future" {
        "The broker's certificate is not valid yet." "服务器证书尚未生效。"
        => "Check the clock of the machine that issued it, wait, or issue it again."
        "请检查签发机器的时间，等待生效或重新签发。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    CLOCK_WRONG = TlsTrust "F-106" "clock" {
        "The module's clock is wrong, so valid certificates look invalid." "模块时间错误，导致有效证书被判为无效。"
        => "Let the network or AT+CNTP set the clock, or let the module ignore the time."
        "请用网络或 AT+CNTP 校时，或忽略时间校验。"
        remedy: Some(Remedy::ReadDetails),
    }
    DATES_UNCHECKED = TlsTrust "F-107" "clock_ignored" {
        "The module took a certificate whose dates are over: it does not check them."
        "模块接受了已过期的证书：它没有校验有效期。"
        => "Renew the certificate all the same, and do not rely on the module to notice."
        "仍请续期证书，不要依赖模块发现过期。"
        shown: Shown::Here,
    }
    NAME_MISMATCH = TlsTrust "F-108" "name_mismatch" {
        "The broker's certificate does not hold the name that is asked for." "服务器证书中没有所连接的域名或 IP。"
        => "Connect by a name that stands in the certificate, or issue it again with the right names."
        "请改用证书内的域名连接，或重新签发包含该名称的证书。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    NAME_ONLY_COMMON = TlsTrust "F-109" "cn_only" {
        "The broker's certificate has its name in the old place only; many programs refuse that."
        "服务器证书只有 CN 没有 SAN，部分工具会拒绝。"
        => "Issue it again with a subject alternative name." "请重新签发带 SAN 的证书。"
        shown: Shown::Here,
    }
    SIGNATURE_UNCOMMON = TlsTrust "F-110" "sig_unsupported" {
        "The broker's chain is signed in a way that small TLS stacks may not know." "证书链的签名算法可能不被模块支持。"
        => "Sign the broker's certificate and intermediates with RSA and SHA-256."
        "请用 RSA + SHA-256 重签服务器证书与中间证书。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    USAGE_MISSING = TlsTrust "F-111" "ku_missing" {
        "The broker's certificate does not allow key encipherment, which the module's suites need."
        "服务器证书缺少 keyEncipherment 用途，而模块套件需要它。"
        => "Issue it again with digitalSignature, keyEncipherment and serverAuth."
        "请重签：包含 digitalSignature、keyEncipherment 与 serverAuth。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    KEY_SIZE = TlsTrust "F-112" "key_size" {
        "The broker's RSA key is smaller than 2048 or larger than 4096 bits."
        "服务器 RSA 密钥小于 2048 位或大于 4096 位。"
        => "Use RSA with 2048 bits, 3072 at most." "请使用 2048 位 RSA 密钥（最多 3072 位）。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    OLD_SIGNATURE = TlsTrust "F-113" "sha1_chain" {
        "The broker's chain is signed with SHA-1 or MD5." "证书链使用了 SHA-1 或 MD5 签名。"
        => "Sign it again with SHA-256." "请改用 SHA-256 重新签名。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    REVOKED = TlsTrust "F-114" "revoked" {
        "The broker says that the client certificate was revoked." "服务器表示客户端证书已被吊销。"
        => "Issue a new certificate." "请重新签发证书。"
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
}
