//! Causes in the TLS talk itself and in its settings on the module: the port's language, suites and versions, files named.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    PLAIN_ON_TLS = TlsTalk "F-069" "plain_on_tls" {
        "The port wants TLS, but the connection was made without." "该端口要求 TLS，但当前为明文连接。"
        => "Choose a connection with encryption, or the broker's plain port (usually 1883)."
        "请选择加密连接，或使用明文端口（通常为 1883）。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    TLS_ON_PLAIN = TlsTalk "F-070" "tls_on_plain" {
        "The port speaks plain MQTT, but the module tries TLS." "该端口是明文 MQTT，而模块在尝试 TLS。"
        => "Choose a connection without encryption, or the broker's TLS port (usually 8883)."
        "请选择不加密连接，或改用服务器的 TLS 端口（通常为 8883）。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    NO_COMMON_SUITE = TlsTalk "F-071" "no_suite" {
        "The broker allows none of the module's six cipher suites." "服务器不接受模块支持的六种加密套件。"
        => "Allow AES256-SHA256, AES256-SHA or AES128-SHA with TLS 1.2 on the broker, at least on a listener of its own."
        "请在服务器上为 TLS 1.2 放开 AES256-SHA256、AES256-SHA 或 AES128-SHA，可单独开一个监听。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    ONLY_TLS13 = TlsTalk "F-072" "tls13_only" {
        "The broker speaks TLS 1.3 only; the module ends at TLS 1.2." "服务器只支持 TLS 1.3，模块最高支持 TLS 1.2。"
        => "Enable TLS 1.2 on the broker as well." "请在服务器上同时启用 TLS 1.2。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    VERSION_PINNED = TlsTalk "F-073" "ver_low" {
        "The module is pinned to a protocol version that the broker refuses." "模块固定的 TLS 版本被服务器拒绝。"
        => "Set the version to TLS 1.2 or to all: AT+SSLCFG=\"sslversion\",88,4."
        "请把版本设为 TLS 1.2 或全部：AT+SSLCFG=\"sslversion\",88,4。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ELLIPTIC_SERVER = TlsTalk "F-074" "ecdsa_cert" {
        "The broker's certificate has an elliptic-curve key; the module needs RSA."
        "服务器证书是椭圆曲线（EC）密钥，模块只支持 RSA。"
        => "Issue an RSA certificate for the broker (certbot: --key-type rsa), or add one beside the other."
        "请为服务器签发 RSA 证书（certbot 加 --key-type rsa），或与 EC 证书并存。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    SUITE_PINNED = TlsTalk "F-075" "suite_pinned" {
        "The module offers one suite only, and the broker refuses just that one."
        "模块只提供一种套件，而服务器恰好不接受它。"
        => "Offer all suites: AT+SSLCFG=\"ciphersuite\",88,0XFFFF."
        "请提供全部套件：AT+SSLCFG=\"ciphersuite\",88,0XFFFF。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    OLD_SUITES_ONLY = TlsTalk "F-076" "old_suite_only" {
        "The broker takes only RC4 or 3DES of the module's suites." "在模块的套件中，服务器只接受 RC4 或 3DES。"
        => "Enable an AES suite on the broker; RC4 and 3DES are broken."
        "请在服务器启用 AES 套件；RC4 与 3DES 已不安全。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SIGNATURE_POLICY = TlsTalk "F-077" "sigalg" {
        "The broker's policy refuses a client that does not name its signature algorithms."
        "服务器策略拒绝未声明签名算法的客户端。"
        => "Lower the listener's security level (@SECLEVEL=0), or update the firmware."
        "请降低监听的 SECLEVEL（@SECLEVEL=0），或升级固件。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SERVER_NAME_NEEDED = TlsTalk "F-078" "sni" {
        "The broker wants to know which name is asked for (SNI), and the module does not say it."
        "服务器需要 SNI（访问的域名），而模块没有发送。"
        => "Update the firmware to V1161 or later, set the TLS server name, and connect by name."
        "请升级固件到 V1161 以上，设置 TLS 主机名，并用域名连接。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ADDRESS_FOR_NAME = TlsTalk "F-079" "ip_no_sni" {
        "The broker is asked by its address, but it goes by its name." "用 IP 连接，但该服务器按域名提供服务。"
        => "Use the host name of the instance instead of the address." "请用实例的域名代替 IP。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    PROTOCOL_NAME_NEEDED = TlsTalk "F-080" "alpn" {
        "On port 443 the broker wants to be told the protocol (ALPN), which the module cannot."
        "服务器在 443 端口要求声明协议（ALPN），模块不支持。"
        => "Use the broker's port 8883." "请改用服务器的 8883 端口。"
        remedy: Some(Remedy::EditConnection),
    }
    CHAIN_TOO_BIG = TlsTalk "F-081" "big_chain" {
        "The broker's certificate message may be larger than the module can hold." "服务器的证书报文可能超出模块缓冲。"
        => "Send a shorter chain: no root, fewer names, or a private authority with one small certificate."
        "请精简证书链：不发根证书、减少域名，或使用私有 CA 签发单个小证书。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    NO_SERVER_CERTIFICATE = TlsTalk "F-082" "psk_port" {
        "The broker's TLS listener never shows a certificate." "服务器的 TLS 监听从不出示证书。"
        => "Point the listener to its certificate and key; read the broker's log from its start."
        "请为监听配置证书与私钥，并查看服务器启动日志。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    NOT_TLS = TlsTalk "F-083" "not_tls" {
        "Something else than TLS answers on that port." "该端口上应答的不是 TLS 服务。"
        => "Correct the port." "请更正端口。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    HANDSHAKE_SLOW = TlsTalk "F-084" "tls_timeout" {
        "The TLS handshake did not end in time." "TLS 握手超时。"
        => "Improve the signal, or give it more time: AT+SSLCFG=\"negotiatetimeout\",88,120."
        "请改善信号，或延长时间：AT+SSLCFG=\"negotiatetimeout\",88,120。"
    }
    MIDDLE_BOX = TlsTalk "F-085" "mid_box" {
        "Something between the module and the broker may stop TLS on this card." "运营商或专网可能限制了该卡的 TLS。"
        => "Try another card or access point; ask the provider to release the port."
        "请换卡或 APN 对比，并请卡商放通端口。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    FIRMWARE_TLS = TlsTalk "F-086" "fw_ssl_bug" {
        "This firmware has a known fault with TLS." "该固件版本存在已知的 TLS 缺陷。"
        => "Update the firmware." "请升级固件。"
    }
    FIRMWARE_WITHOUT_TLS = TlsTalk "F-087" "fw_no_ssl" {
        "This build of the firmware has no TLS settings or no files." "该固件不支持 SSL 设置或文件功能。"
        => "Flash a build with TLS support." "请烧录支持 TLS 的固件版本。"
    }
    CONTEXT_WRONG = TlsSettings "F-088" "ctx_wrong" {
        "TLS settings were written to another number than 88, so MQTT does not use them."
        "SSL 参数写到了 88 以外的上下文，MQTT 不会使用。"
        => "Repeat the settings with 88, the number of MQTT." "请用 88（MQTT 的上下文）重新设置。"
        remedy: Some(Remedy::Connect),
    }
    SETTINGS_LOST = TlsSettings "F-089" "cfg_lost" {
        "The TLS settings are gone: they do not survive a restart." "SSL 参数已丢失：重启后不保留。"
        => "Send the settings again after every start; connecting here does it."
        "每次开机都需重新设置；用本软件连接会自动设置。"
        remedy: Some(Remedy::Connect),
    }
    SETTINGS_LATE = TlsSettings "F-090" "cfg_order" {
        "TLS settings were changed while the connection was open." "连接建立后才修改 SSL 参数。"
        => "Close, set, connect again." "请断开后设置，再重新连接。"
        remedy: Some(Remedy::Connect),
    }
    QUERY_NOT_SET = TlsSettings "F-091" "query_not_set" {
        "A TLS setting was asked for or emptied where it was meant to be set: the value is missing."
        "本想设置 SSL 参数，却只是查询或清空：命令缺少参数值。"
        => "Send it with its value, as in AT+SSLCFG=\"seclevel\",88,2; a comma with nothing behind it empties the setting."
        "请带上参数值发送，例如 AT+SSLCFG=\"seclevel\",88,2；末尾只有逗号会清空该设置。"
        remedy: Some(Remedy::Connect),
    }
    FILE_MISSING = TlsSettings "F-092" "file_missing" {
        "A file that the TLS settings name is not on the module." "SSL 设置指定的文件不在模块中。"
        => "Upload the file, or correct its name." "请上传该文件，或改正文件名。"
        remedy: Some(Remedy::Certificates),
    }
    CLIENT_FILES_MISSING = TlsSettings "F-093" "seclevel2_nofile" {
        "Both sides shall be checked, but the client certificate or its key is missing."
        "双向认证缺少客户端证书或私钥。"
        => "Upload both files, or choose the server check alone." "请上传两个文件，或改为单向认证。"
        remedy: Some(Remedy::Certificates),
    }
    CA_NOT_SET = TlsSettings "F-094" "seclevel1_noca" {
        "The server shall be checked, but no CA file is set." "要求校验服务器，但没有设置 CA 文件。"
        => "Upload the CA file and set it." "请上传 CA 文件并设置。"
        remedy: Some(Remedy::Certificates),
    }
    NEEDS_CLIENT_CERTIFICATE = TlsSettings "F-095" "need_client_cert" {
        "The broker demands a client certificate, and the module shows none." "服务器要求客户端证书，而模块没有提供。"
        => "Choose \"both sides checked\" with the client certificate and its key."
        "请选择双向认证，并提供客户端证书与私钥。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    NOBODY_CHECKED = TlsSettings "F-096" "seclevel0" {
        "The connection is encrypted, but nobody checks who the broker is." "连接已加密，但未校验服务器身份。"
        => "Good for a test only; use the server check with a CA file in production."
        "仅限测试；正式使用请启用服务器校验并上传 CA。"
        remedy: Some(Remedy::EditConnection),
    }
}
