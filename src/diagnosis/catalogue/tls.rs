//! Causes between the open port and the finished handshake: the port's language, suites and versions, the settings on the
//! module, and whom it trusts at which time under which name.

use super::causes;

causes! {
    TLS_ON_PLAIN = "F-070" "tls_on_plain" {
        "The port speaks plain MQTT, but the module tries TLS." "该端口是明文 MQTT，而模块在尝试 TLS。"
        => "Choose a connection without encryption, or the broker's TLS port (usually 8883)."
        "请选择不加密连接，或改用服务器的 TLS 端口（通常为 8883）。"
    }
    NO_COMMON_SUITE = "F-071" "no_suite" {
        "The broker allows none of the module's six cipher suites." "服务器不接受模块支持的六种加密套件。"
        => "Allow AES256-SHA256, AES256-SHA or AES128-SHA with TLS 1.2 on the broker, at least on a listener of its own."
        "请在服务器上为 TLS 1.2 放开 AES256-SHA256、AES256-SHA 或 AES128-SHA，可单独开一个监听。"
    }
    ONLY_TLS13 = "F-072" "tls13_only" {
        "The broker speaks TLS 1.3 only; the module ends at TLS 1.2." "服务器只支持 TLS 1.3，模块最高支持 TLS 1.2。"
        => "Enable TLS 1.2 on the broker as well." "请在服务器上同时启用 TLS 1.2。"
    }
    VERSION_PINNED = "F-073" "ver_low" {
        "The module is pinned to a protocol version that the broker refuses." "模块固定的 TLS 版本被服务器拒绝。"
        => "Set the version to TLS 1.2 or to all: AT+SSLCFG=\"sslversion\",88,4."
        "请把版本设为 TLS 1.2 或全部：AT+SSLCFG=\"sslversion\",88,4。"
    }
    ELLIPTIC_SERVER = "F-074" "ecdsa_cert" {
        "The broker's certificate has an elliptic-curve key; the module needs RSA."
        "服务器证书是椭圆曲线（EC）密钥，模块只支持 RSA。"
        => "Issue an RSA certificate for the broker (certbot: --key-type rsa), or add one beside the other."
        "请为服务器签发 RSA 证书（certbot 加 --key-type rsa），或与 EC 证书并存。"
    }
    SUITE_PINNED = "F-075" "suite_pinned" {
        "The module offers one suite only, and the broker refuses just that one." "模块只提供一种套件，而服务器恰好不接受它。"
        => "Offer all suites: AT+SSLCFG=\"ciphersuite\",88,0XFFFF." "请提供全部套件：AT+SSLCFG=\"ciphersuite\",88,0XFFFF。"
    }
    OLD_SUITES_ONLY = "F-076" "old_suite_only" {
        "The broker takes only RC4 or 3DES of the module's suites." "在模块的套件中，服务器只接受 RC4 或 3DES。"
        => "Enable an AES suite on the broker; RC4 and 3DES are broken." "请在服务器启用 AES 套件；RC4 与 3DES 已不安全。"
    }
    SIGNATURE_POLICY = "F-077" "sigalg" {
        "The broker's policy refuses a client that does not name its signature algorithms."
        "服务器策略拒绝未声明签名算法的客户端。"
        => "Lower the listener's security level (@SECLEVEL=0), or update the firmware." "请降低监听的 SECLEVEL（@SECLEVEL=0），或升级固件。"
    }
    SERVER_NAME_NEEDED = "F-078" "sni" {
        "The broker wants to know which name is asked for (SNI), and the module does not say it."
        "服务器需要 SNI（访问的域名），而模块没有发送。"
        => "Update the firmware to V1161 or later, set the TLS server name, and connect by name." "请升级固件到 V1161 以上，设置 TLS 主机名，并用域名连接。"
    }
    ADDRESS_FOR_NAME = "F-079" "ip_no_sni" {
        "The broker is asked by its address, but it goes by its name." "用 IP 连接，但该服务器按域名提供服务。"
        => "Use the host name of the instance instead of the address." "请用实例的域名代替 IP。"
    }
    CHAIN_TOO_BIG = "F-081" "big_chain" {
        "The broker's certificate message may be larger than the module can hold." "服务器的证书报文可能超出模块缓冲。"
        => "Send a shorter chain: no root, fewer names, or a private authority with one small certificate."
        "请精简证书链：不发根证书、减少域名，或使用私有 CA 签发单个小证书。"
    }
    NO_SERVER_CERTIFICATE = "F-082" "psk_port" {
        "The broker's TLS listener never shows a certificate." "服务器的 TLS 监听从不出示证书。"
        => "Point the listener to its certificate and key; read the broker's log from its start."
        "请为监听配置证书与私钥，并查看服务器启动日志。"
    }
    NOT_TLS = "F-083" "not_tls" {
        "Something else than TLS answers on that port." "该端口上应答的不是 TLS 服务。"
        => "Correct the port." "请更正端口。"
    }
    HANDSHAKE_SLOW = "F-084" "tls_timeout" {
        "The TLS handshake did not end in time." "TLS 握手超时。"
        => "Improve the signal, or give it more time: AT+SSLCFG=\"negotiatetimeout\",88,120." "请改善信号，或延长时间：AT+SSLCFG=\"negotiatetimeout\",88,120。"
    }
    MIDDLE_BOX = "F-085" "mid_box" {
        "Something between the module and the broker may stop TLS on this card." "运营商或专网可能限制了该卡的 TLS。"
        => "Try another card or access point; ask the provider to release the port." "请换卡或 APN 对比，并请卡商放通端口。"
    }
    FIRMWARE_TLS = "F-086" "fw_ssl_bug" {
        "This firmware has a known fault with TLS." "该固件版本存在已知的 TLS 缺陷。"
        => "Update the firmware." "请升级固件。"
    }
    FIRMWARE_WITHOUT_TLS = "F-087" "fw_no_ssl" {
        "This build of the firmware has no TLS settings or no files." "该固件不支持 SSL 设置或文件功能。"
        => "Flash a build with TLS support." "请烧录支持 TLS 的固件版本。"
    }
    CONTEXT_WRONG = "F-088" "ctx_wrong" {
        "TLS settings were written to another number than 88, so MQTT does not use them."
        "SSL 参数写到了 88 以外的上下文，MQTT 不会使用。"
        => "Repeat the settings with 88, the number of MQTT." "请用 88（MQTT 的上下文）重新设置。"
    }
    SETTINGS_LOST = "F-089" "cfg_lost" {
        "The TLS settings are gone: they do not survive a restart." "SSL 参数已丢失：重启后不保留。"
        => "Send the settings again after every start; connecting here does it." "每次开机都需重新设置；用本软件连接会自动设置。"
    }
    SETTINGS_LATE = "F-090" "cfg_order" {
        "TLS settings were changed while the connection was open." "连接建立后才修改 SSL 参数。"
        => "Close, set, connect again." "请断开后设置，再重新连接。"
    }
    NEEDS_CLIENT_CERTIFICATE = "F-095" "need_client_cert" {
        "The broker demands a client certificate, and the module shows none." "服务器要求客户端证书，而模块没有提供。"
        => "Choose \"both sides checked\" with the client certificate and its key." "请选择双向认证，并提供客户端证书与私钥。"
    }
    NOBODY_CHECKED = "F-096" "seclevel0" {
        "The connection is encrypted, but nobody checks who the broker is." "连接已加密，但未校验服务器身份。"
        => "Good for a test only; use the server check with a CA file in production." "仅限测试；正式使用请启用服务器校验并上传 CA。"
    }
    CA_WRONG = "F-097" "ca_wrong" {
        "The CA file did not sign this broker's certificate." "CA 文件与服务器证书不匹配。"
        => "Upload the CA that issued the broker's certificate; its name stands in the evidence."
        "请上传签发该服务器证书的 CA，其名称见证据。"
    }
    CA_TWIN = "F-098" "ca_twin" {
        "The CA file has the right name but another key: the authority was issued anew." "CA 名称相同但密钥不同：CA 已重新签发。"
        => "Get the current CA file." "请换用最新的 CA 文件。"
    }
    CA_IS_LEAF = "F-099" "ca_leaf" {
        "The broker's own certificate was given as the CA." "误把服务器自身证书当作 CA。"
        => "Upload the root or intermediate that issued it." "请改用签发它的根证书或中间证书。"
    }
    CA_OLD_ROOT = "F-100" "ca_old_root" {
        "The broker's certificate was renewed a short time ago, perhaps by another authority."
        "服务器证书刚续期，签发链可能已更换。"
        => "Upload the new root; prefer a private authority with a long life for devices." "请更新 CA 文件；设备建议使用长有效期的私有 CA。"
    }
    INTERMEDIATE_MISSING = "F-101" "int_missing" {
        "The broker does not send its intermediate certificate." "服务器没有发送中间证书。"
        => "Configure the full chain on the broker, or load the intermediate as CA on the module."
        "请在服务器配置完整证书链，或把中间证书作为 CA 上传到模块。"
    }
    CHAIN_ORDER = "F-102" "chain_order" {
        "The broker sends its chain in the wrong order." "服务器证书链顺序错误。"
        => "Order it: the broker's certificate first, then the intermediates, no root." "请按服务器证书、中间证书的顺序排列，不含根证书。"
    }
    SELF_SIGNED = "F-103" "self_signed" {
        "The broker's certificate signed itself, and the module does not know it." "服务器证书是自签名证书，模块不信任它。"
        => "Upload this very certificate as CA, or sign it by a private authority." "请把该证书作为 CA 上传，或用私有 CA 重新签发。"
    }
    SERVER_EXPIRED = "F-104" "srv_expired" {
        "A certificate of the broker, or the CA, has expired." "服务器证书或 CA 已过期。"
        => "Renew it; as a stop-gap let the module ignore the time." "请续期；应急可设置 ignorelocaltime 为 1。"
    }
    SERVER_NOT_YET = "F-105" "srv_future" {
        "The broker's certificate is not valid yet." "服务器证书尚未生效。"
        => "Check the clock of the machine that issued it, wait, or issue it again." "请检查签发机器的时间，等待生效或重新签发。"
    }
    CLOCK_WRONG = "F-106" "clock" {
        "The module's clock is wrong, so valid certificates look invalid." "模块时间错误，导致有效证书被判为无效。"
        => "Let the network or AT+CNTP set the clock, or let the module ignore the time." "请用网络或 AT+CNTP 校时，或忽略时间校验。"
    }
    NAME_MISMATCH = "F-108" "name_mismatch" {
        "The broker's certificate does not hold the name that is asked for." "服务器证书中没有所连接的域名或 IP。"
        => "Connect by a name that stands in the certificate, or issue it again with the right names."
        "请改用证书内的域名连接，或重新签发包含该名称的证书。"
    }
    NAME_ONLY_COMMON = "F-109" "cn_only" {
        "The broker's certificate has its name in the old place only; many programs refuse that." "服务器证书只有 CN 没有 SAN，部分工具会拒绝。"
        => "Issue it again with a subject alternative name." "请重新签发带 SAN 的证书。"
    }
    SIGNATURE_UNCOMMON = "F-110" "sig_unsupported" {
        "The broker's chain is signed in a way that small TLS stacks may not know." "证书链的签名算法可能不被模块支持。"
        => "Sign the broker's certificate and intermediates with RSA and SHA-256." "请用 RSA + SHA-256 重签服务器证书与中间证书。"
    }
    USAGE_MISSING = "F-111" "ku_missing" {
        "The broker's certificate does not allow key encipherment, which the module's suites need."
        "服务器证书缺少 keyEncipherment 用途，而模块套件需要它。"
        => "Issue it again with digitalSignature, keyEncipherment and serverAuth." "请重签：包含 digitalSignature、keyEncipherment 与 serverAuth。"
    }
    KEY_SIZE = "F-112" "key_size" {
        "The broker's RSA key is smaller than 2048 or larger than 4096 bits." "服务器 RSA 密钥小于 2048 位或大于 4096 位。"
        => "Use RSA with 2048 bits, 3072 at most." "请使用 2048 位 RSA 密钥（最多 3072 位）。"
    }
    OLD_SIGNATURE = "F-113" "sha1_chain" {
        "The broker's chain is signed with SHA-1 or MD5." "证书链使用了 SHA-1 或 MD5 签名。"
        => "Sign it again with SHA-256." "请改用 SHA-256 重新签名。"
    }
    REVOKED = "F-114" "revoked" {
        "The broker says that the client certificate was revoked." "服务器表示客户端证书已被吊销。"
        => "Issue a new certificate." "请重新签发证书。"
    }
}
