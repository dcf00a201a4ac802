//! The table: which lines help against which causes, and what they cost.

use super::{
    row::{Place, Row},
    sets::{CERTIFICATE, CLIENT_AUTHORITY, LISTENER, NO_DEMAND, POLICY, STRAIGHT, SUITES},
};
use crate::diagnosis::Text;

const fn said(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// One row a wish. A cause may stand in several; what lies nearest to hand comes first.
pub(super) const ROWS: &[Row] = &[
    Row {
        causes: &["F-071", "F-072", "F-076"],
        lines: SUITES,
        why: said(
            "Lets the module in with TLS 1.2 and AES; put the lines in place of those of the same name. Other clients keep what they \
             have. What the module sends is not forward secret: whoever records it and gets the server's key one day can read it, \
             so better on a listener and with a key of its own.",
            "允许模块用 TLS 1.2 和 AES 套件连接；请替换同名的行，其他客户端不受影响。代价：模块的通信没有前向保密，若有人录下数据\
             并在日后取得服务器私钥即可解密，建议单独设监听和密钥。",
        ),
    },
    Row {
        causes: &["F-077"],
        lines: POLICY,
        why: said(
            "Takes clients that do not name their signature algorithms. Costs: old keys and signatures of others pass on this listener \
             as well; give it to modules only.",
            "接受未声明签名算法的客户端。代价：该监听也会接受其他客户端的旧密钥和旧签名，请仅供模块使用。",
        ),
    },
    Row {
        causes: &["F-074", "F-104", "F-105", "F-110", "F-113", "F-112", "F-111", "F-109"],
        lines: &[(Place::Files, &["certbot certonly --key-type rsa --rsa-key-size 2048 --force-renewal -d {domain}"])],
        why: said(
            "A public authority's certificate with an RSA key. Costs nothing in safety; an EC certificate may stay beside it for other \
             clients where the broker can hold two.",
            "由公共 CA 签发 RSA 证书，不降低安全性；若服务器支持双证书，可与 EC 证书并存。",
        ),
    },
    Row {
        causes: &["F-074", "F-104", "F-105", "F-108", "F-109", "F-110", "F-111", "F-112", "F-113"],
        lines: &[(
            Place::Files,
            &[
                "openssl req -new -newkey rsa:2048 -nodes -sha256 -keyout server.key -out server.csr -subj \"/CN={name}\"",
                "printf 'subjectAltName={san}\\nkeyUsage=critical,digitalSignature,keyEncipherment\\nextendedKeyUsage=serverAuth\\n' \
                 > server.ext",
                "openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -sha256 -extfile server.ext -out \
                 server-chain.crt",
            ],
        )],
        why: said(
            "A certificate of your own authority as the module reads it: RSA 2048, SHA-256, the name, key encipherment. The authority's \
             key must stay off the broker; the module's CA file must be that authority's.",
            "用自建 CA 签发模块可读的证书：RSA 2048、SHA-256、含域名与 keyEncipherment。CA 私钥不得放在服务器上；模块的 CA 文件须为该 CA。",
        ),
    },
    Row {
        causes: &[
            "F-074", "F-082", "F-101", "F-102", "F-081", "F-104", "F-105", "F-108", "F-110", "F-111", "F-112", "F-113",
        ],
        lines: CERTIFICATE,
        why: said(
            "Shows the new certificate: the server's own first in the file, then its intermediates, no root. Costs nothing in safety.",
            "使用新证书：文件中先放服务器证书，再放中间证书，不放根证书。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-101", "F-102", "F-097"],
        lines: &[(Place::Files, &["cat server.crt intermediate.crt > server-chain.crt"])],
        why: said(
            "The full chain for the broker, each certificate issued by the next: also the cross-signed one where the authority has a new \
             generation. Costs nothing in safety.",
            "为服务器拼出完整证书链，每张由下一张签发；若 CA 启用了新一代根，还需附上交叉签名证书。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-081"],
        lines: &[(
            Place::Files,
            &[
                "openssl x509 -in server-chain.crt -noout -ext subjectAltName",
                "openssl x509 -in server-chain.crt -out server.crt",
            ],
        )],
        why: said(
            "Shows what makes the certificate large; then send it without the root and with fewer names. Costs nothing in safety.",
            "查看证书过大的原因；去掉根证书并减少域名数量。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-097", "F-098", "F-099", "F-100", "F-103", "F-101", "F-094", "F-096"],
        lines: &[(Place::Files, &["air780e scan {target} --save-ca ca.crt"])],
        why: said(
            "Saves the certificate that the module must believe, with its fingerprint: compare that with whoever runs the broker before you \
             believe it, for it came over the same line.",
            "保存模块应信任的证书并显示指纹：它经同一线路获得，信任之前请与服务器管理者核对指纹。",
        ),
    },
    Row {
        causes: &["F-097", "F-098", "F-099", "F-100", "F-103", "F-094", "F-096", "F-125"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"cacert\",88,ca.crt", "AT+SSLCFG=\"seclevel\",88,1"])],
        why: said(
            "Lets the module check the server with that file, once it is uploaded as ca.crt. Costs nothing in safety.",
            "上传 ca.crt 后，让模块用它校验服务器。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-101"],
        lines: &[(
            Place::Module,
            &["AT+SSLCFG=\"cacert\",88,ca.crt", "AT+SSLCFG=\"verifymode\",88,1", "AT+SSLCFG=\"seclevel\",88,1"],
        )],
        why: said(
            "Lets an intermediate as CA file end the chain. Costs: it ends sooner than a root, and the file must be changed with it.",
            "允许以中间证书作为 CA 文件结束证书链。代价：中间证书有效期更短，更换时须同时更新文件。",
        ),
    },
    Row {
        causes: &["F-104", "F-105", "F-106"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"ignorelocaltime\",88,1"])],
        why: said(
            "A stop-gap: the module no longer looks at dates. Costs: a certificate that is over, and its key if it was stolen, pass for good.",
            "应急措施：模块不再检查有效期。代价：已过期（或密钥已泄露）的证书也会一直被接受。",
        ),
    },
    Row {
        causes: &["F-106"],
        lines: &[(Place::Module, &["AT+CNTP=\"ntp.aliyun.com\",32", "AT+CNTP"])],
        why: said(
            "Sets the module's clock by the network's time. Costs nothing in safety.",
            "通过 NTP 为模块校时。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-108", "F-078", "F-079"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"hostname\",88,\"{domain}\""])],
        why: said(
            "Names the server, for the choice of its certificate and for the check: it must be a name that stands in the certificate. \
             Needs firmware V1161 or later.",
            "指定服务器域名，用于选择证书和校验名称，须为证书中包含的域名；需要 V1161 以上固件。",
        ),
    },
    Row {
        causes: &["F-070"],
        lines: &[(Place::Module, &["AT+MIPSTART=\"{host}\",{port}"])],
        why: said(
            "The plain way, as the port speaks it. Costs: everybody on the way can read the login and the messages, and change them.",
            "以明文方式连接，与该端口一致。代价：途中任何人都可读取和篡改登录信息与消息。",
        ),
    },
    Row {
        causes: &["F-070", "F-058"],
        lines: LISTENER,
        why: said(
            "Opens a listener with TLS that the module can use, in place of what stands at that port. Costs: no forward secrecy for the \
             module; open the port in the firewall too.",
            "为模块开设 TLS 监听（替换该端口原有配置）。代价：模块的通信没有前向保密；防火墙也须放通该端口。",
        ),
    },
    Row {
        causes: &["F-069"],
        lines: &[(Place::Module, &["AT+SSLMIPSTART=\"{host}\",{port}"])],
        why: said(
            "The encrypted way, as the port speaks it. Costs nothing in safety.",
            "以加密方式连接，与该端口一致。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-062", "F-080", "F-083"],
        lines: &[(Place::Module, &["AT+SSLMIPSTART=\"{host}\",8883"])],
        why: said(
            "The usual port of MQTT with TLS, in place of this one. Costs nothing in safety.",
            "改用 MQTT over TLS 的常用端口。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-065"],
        lines: STRAIGHT,
        why: said(
            "Lets clients in that come without the header of a proxy, and as many as there are. Costs: without the proxy the broker sees and \
             bears every client itself; look at its ban list too.",
            "接受不带代理头（PROXY protocol）的客户端并放开连接数。代价：服务器将直接面对所有客户端；另请检查黑名单。",
        ),
    },
    Row {
        causes: &["F-073"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"sslversion\",88,4"])],
        why: said(
            "Lets the module speak every version it knows. Costs: with a server that knows nothing newer it falls back to TLS 1.0.",
            "允许模块使用其支持的全部版本。代价：若服务器版本过旧，会降到 TLS 1.0。",
        ),
    },
    Row {
        causes: &["F-075"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"ciphersuite\",88,0XFFFF"])],
        why: said("Offers all suites of the module. Costs nothing in safety.", "提供模块的全部套件。不降低安全性。"),
    },
    Row {
        causes: &["F-084"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"negotiatetimeout\",88,120"])],
        why: said(
            "Gives the handshake two minutes. Costs nothing in safety.",
            "将握手时限延长到两分钟。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-095", "F-093"],
        lines: &[(
            Place::Module,
            &[
                "AT+SSLCFG=\"clientcert\",88,client.crt",
                "AT+SSLCFG=\"clientkey\",88,client.key",
                "AT+SSLCFG=\"cacert\",88,ca.crt",
                "AT+SSLCFG=\"seclevel\",88,2",
            ],
        )],
        why: said(
            "The module shows its certificate, once the three files are uploaded. Costs nothing in safety.",
            "上传三个文件后，由模块出示客户端证书。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-095", "F-130", "F-131", "F-132", "F-114", "F-128", "F-129"],
        lines: &[(
            Place::Files,
            &[
                "openssl req -new -newkey rsa:2048 -nodes -sha256 -keyout client.pkcs8.key -out client.csr -subj \"/CN=device-1\"",
                "printf 'keyUsage=critical,digitalSignature\\nextendedKeyUsage=clientAuth\\n' > client.ext",
                "openssl x509 -req -in client.csr -CA clients-ca.crt -CAkey clients-ca.key -CAcreateserial -days 825 -sha256 -extfile \
                 client.ext -out client.crt",
                "openssl rsa -in client.pkcs8.key -traditional -out client.key",
            ],
        )],
        why: said(
            "A new certificate and key for the module, by the authority that the broker asks for. Keep both keys secret; one device, one key.",
            "由服务器认可的 CA 为模块签发新的证书与私钥。两个私钥都须保密，一机一密。",
        ),
    },
    Row {
        causes: &["F-095"],
        lines: NO_DEMAND,
        why: said(
            "Lets clients in without a certificate. Costs: only user and password keep strangers out, so switch a login on.",
            "允许没有客户端证书的连接。代价：只能靠用户名和密码阻止陌生人，请启用登录认证。",
        ),
    },
    Row {
        causes: &["F-130"],
        lines: &[(Place::Files, &["cat client.crt intermediate.crt > client-chain.crt"])],
        why: said(
            "The client's certificate first, then the intermediate that issued it: for a broker that knows only the root. Costs nothing in \
             safety.",
            "客户端证书在前，签发它的中间证书在后：适用于只信任根证书的服务器。不降低安全性。",
        ),
    },
    Row {
        causes: &["F-130"],
        lines: CLIENT_AUTHORITY,
        why: said(
            "Makes the broker trust the authority of this client. Costs: every certificate of that authority gets in.",
            "让服务器信任该客户端的 CA。代价：该 CA 签发的所有证书都可连接。",
        ),
    },
    Row {
        causes: &[
            "F-117", "F-118", "F-119", "F-120", "F-121", "F-122", "F-124", "F-125", "F-126", "F-127", "F-128", "F-129",
            "F-099", "F-115", "F-116",
        ],
        lines: &[(Place::Files, &["air780e certs ca.crt client.crt client.key --for module --out module-files"])],
        why: said(
            "Reads what a person would still read, and writes the files as the module takes them; give it the files you have. Costs nothing in \
             safety; the key is written for you alone.",
            "读取仍可辨认的内容，并按模块要求写出文件；请把文件名换成您的文件。不降低安全性，私钥仅本人可读。",
        ),
    },
];
