# The command certs

certs-byte-order-mark-front = 文件开头有 BOM
certs-none = 已去除
certs-utf-16-powershell-notepad = UTF-16 编码（PowerShell、记事本常见）
certs-plain-text = 普通文本
certs-lines-end-cr-alone = 换行只有 CR
certs-lines-end-lf = 换行为 LF
certs-lines-end-cr-lf = 换行为 CR LF
certs-left-out = 已去除
certs-begin-trusted-certificate-only = BEGIN TRUSTED CERTIFICATE（仅 OpenSSL 可读）
certs-binary-der = 二进制（DER）
certs-pkcs-7-bundle-p7b = PKCS#7 证书包（.p7b）
certs-pkcs-12-store-p12 = PKCS#12 证书库（.p12、.pfx）
certs-key-behind-pass-phrase = 带密码的私钥
certs-without-memory-written-file = 已去除密码（仅在内存及写出的文件中）
certs-openssh-own-form-begin = OpenSSH 专有格式（BEGIN OPENSSH PRIVATE KEY）
certs-device-own-certificate-did = 设备自身证书没有排在最前
certs-does-those-above-follow = 已排在最前，其后是上级证书
certs-certificate-key-twice = 同一证书或私钥出现两次
certs-once = 只保留一份
certs-clean-pem = 规范的 PEM
certs-dashes-word-processor-too = BEGIN/END 两侧的短横线被改成长横线或数量不对
certs-characters-look-like-others = 含有形似字符、全角字符或不可见字符
certs-n-like-written-out = 换行写成 \n 等转义（程序代码或 JSON）
certs-strings-program-quotes-joins = 程序字符串：带引号、逗号或连接符
certs-0a-like-address = %0A 等网址编码
certs-10-tags-web-page = HTML/XML 实体或标签
certs-3d-like-mail = =3D 等邮件编码（quoted-printable）
certs-base64-place = base64 用 - 和 _ 代替 + 和 /
certs-something-beside-each-line = 每行旁有多余内容：邮件引用 >、行号、时间等
certs-base64-without-begin-line = 只有 base64，没有 BEGIN 行
certs-no-end-line-stands = 缺少 END 行，但之前内容完整
certs-begin-line-names-something = BEGIN 行的名称与内容不符
certs-whole-pem-file-base64 = 整个 PEM 又做了一次 base64（如 Kubernetes）
certs-bytes-hex = 十六进制字节
certs-end-missing = 结尾缺少 =
certs-give-authority-certificates-alone = 请只提供 CA 证书：根证书，或签发服务器证书的 CA。
certs-if-broker-chain-ends = 若服务器证书链止于该 CA，请索取 RSA 证书链；否则无需处理。
certs-holds-client-certificate-does = 中的客户端证书与给出的私钥不配对（已检查全部证书）
certs-use-pair-belongs-together = 请使用成对的证书与私钥。
certs-holds-more-key-only = 还含有另一把私钥，只采用与证书配对的那一把
certs-give-pair-time = 请一次只提供一对证书与私钥。
certs-take-original-file-again = 请重新获取原始文件。
certs-holds-nothing-module-can = 中没有模块可用的内容
certs-give-certificates-private-key = 请提供证书与私钥；证书请求应交给 CA，公钥在此无用。
certs-behind-pass-phrase-none = 带有密码，而未提供密码
certs-give-file-passphrase-file = 请用 --passphrase-file 文件 提供密码。
certs-not-opened-pass-phrase = 用所给密码无法打开，或文件已损坏
certs-check-pass-phrase-only = 请检查密码；只取密码文件的第一行。
certs-openssh-key-behind-pass = 是带密码的 OpenSSH 私钥
certs-take-pass-phrase-away = 请在副本上去除密码：ssh-keygen -p -m PEM -N "" -f 副本。
certs-locked-cipher-program-does = 使用了本程序不支持的加密算法
certs-open-where-made-openssl = 请在生成它的系统上或用 openssl -legacy 打开，再以 AES 重新导出。
certs-give-certificate-key-file = 请提供证书或私钥文件本身。
certs-text-without-certificate-key = 是普通文本，没有证书或私钥
certs-binary-but-neither-certificate = 是二进制文件，但不是证书或私钥
certs-archive-zip-like-not = 是压缩包，不是证书
certs-unpack-give-files = 请先解压，再提供其中的文件。
certs-key-store-java = 是 Java 密钥库（JKS）
certs-convert-keytool-importkeystore-srckeystore = 请转换：keytool -importkeystore -srckeystore 文件 -destkeystore new.p12 -deststoretype pkcs12。
certs-key-putty = 是 PuTTY 私钥（.ppk）
certs-puttygen-choose-conversions-export = 请在 PuTTYgen 中选择 Conversions → Export OpenSSH key。
certs-public-key-ssh = 是 SSH 公钥
certs-something-pgp = 是 PGP 内容
certs-web-page-download-gave = 是网页：下载到的是页面而不是文件
certs-log-load-file-itself = 请登录后下载文件本身。
certs-document-not-certificate = 是文档，不是证书
certs-copy-certificate-text-out = 请把其中的证书文本另存为文本文件。
certs-picture = 是图片
certs-intermediate-above-client-certificate = 客户端证书的上级（中间）证书
certs-client-certificate = 客户端证书
certs-root-authority = 根 CA 证书
certs-authority = CA 证书
certs-certificate-left-out = 证书（未采用）
certs-private-key = 私钥
certs-private-key-not-used = 私钥（未采用）
certs-request-certificate-not-needed = 证书请求（不需要）
certs-public-key-not-needed = 公钥（不需要）
certs-revocation-list-not-needed = 吊销列表（不需要）

## The report on files

certs-repaired = 已修复
certs-no-authority-broker-among = 未提供服务器的 CA 证书；级别 1 和 2 需要它
certs-lost-end-own-length = { $name } 结尾丢失了 =；按其自身长度，其余内容完整
certs-take-original-file-when = 若有原始文件请改用原始文件；此处写出的文件是完整的。

## New certificates

certs-new-mosquitto-also-mosquitto-conf = mosquitto 配置（已写入 mosquitto.conf；运行 mosquitto 的用户须能读取 server.key）：
certs-new-emqx-5 = EMQX 5 配置：
certs-new-module = 模块端：
certs-new-keep-ca-key-server = 请妥善保管 ca.key 与 server.key：只有 ca.crt、client.crt 与 client.key 需要写入模块。

## Pieces and verdicts

certs-do = 处理
certs-written = 已写出：
certs-bytes = 字节
certs-usable-module = 模块可用
certs-usable-doubts = 可用，但有疑点
certs-refused-no-connection-would = 不可用：用它无法建立连接
certs-issued = 签发者
certs-signed = 签名
certs-valid-until = 有效期至

## Changes and details with values

certs-stray = { $bytes } 字节多余文本
certs-stray-foreign = { $bytes } 字节多余文本（非 UTF-8）
certs-line-ends-lost = 换行变成空格或丢失
certs-no-end-line = 缺少 END 行，但之前内容完整
certs-other-end-line = END 行与 BEGIN 行不一致
certs-dashes = 第 { $line } 行：两侧不是五个短横线
certs-indented = 第 { $line } 行前有空格
certs-no-base64 = 第 { $line } 行第 { $column } 列：不是 base64 字符
certs-not-as-pem = 不是标准 PEM 写法
certs-leaf-left-out = 在 CA 之外还含有服务器自身证书（{ $subject }），已去除
certs-elliptic-left-out = 含有椭圆曲线 CA（{ $subject }），已保留 RSA 的并去除它
certs-wrong-signature = 中的证书（{ $subject }）签名校验不符：内容被改动
certs-no-root = 文件中没有根证书（{ $issuer }）；模块信任到中间证书即可，电脑工具还需要根证书
certs-of-file = { $name } { $what }
certs-pass-phrase = 密码
certs-authority-key-left-out = 含有 CA 的私钥，未采用
certs-keep-authority-key-away = 请勿把它放到设备上：持有者可以冒用该 CA 签发证书。
certs-authority-key-alone = 含有 CA 的私钥，而没有设备证书
certs-authority-key-only-self-signed = 仅当设备证书为自签名时才可使用；否则请提供设备自己的证书与私钥，勿把 CA 私钥放到设备上。
certs-half-certificate = { $name } 中的客户端证书缺少对应的私钥；级别 2 需要两者
certs-half-key = { $name } 中的私钥缺少对应的证书；级别 2 需要两者
certs-give-no-public-key = 请提供私钥：公钥不能代替它。
certs-give-key-too = 请同时提供私钥；没有它只能校验服务器。
certs-give-no-request = 请提供证书：证书请求（CSR）须先交给 CA 签发。
certs-give-certificate-too = 请同时提供证书；没有它只能校验服务器。

## What cannot be done

certs-key-for-a-name = 应填文件名的地方出现了私钥（或类似私钥）的内容：其他人可以读到命令行，请保存为文件（或写 - 并用管道输入）
certs-there-already = { $path } 已存在且内容不同；没有写入任何文件：请换一个文件夹，或加 --overwrite
certs-nothing-written = --out { $folder }：{ $why }；没有写入任何文件：请换一个文件夹
certs-new-no-name = { $name } 不是域名或地址；请给出模块访问服务器所用的名称，不带端口和协议
certs-new-client-name = 客户端名称有 { $length } 个字符，证书只能容纳 1 到 64 个：请缩短
certs-new-key-bits = RSA 密钥为 { $bits } 位，模块支持 2048 到 4096 位：请选择 2048（F-112）
certs-new-days = 有效期 { $days } 天不合适；请选择 1 到 36500
certs-new-no-keys = 无法生成密钥：{ $why }
