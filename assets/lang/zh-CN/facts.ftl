# What was seen, in sentences, and what the numbers in it mean.

## Numbers of TLS

alert-handshake-failure = 协商失败：套件、密钥类型不符，或缺少客户端证书。
alert-bad-certificate = 证书不被接受。
alert-unsupported-certificate = 证书类型或用途不符。
alert-certificate-revoked = 证书已被吊销。
alert-certificate-expired = 证书已过期。
alert-unknown-ca = 不信任该证书的签发者。
alert-decrypt-error = 签名校验失败：私钥与证书不配对。
alert-protocol-version = 没有共同的 TLS 版本。
alert-unrecognized-name = 服务器不认识所请求的域名，或缺少域名。
alert-certificate-required = 服务器要求客户端证书。
verify-signature-failure = 证书链中的签名不符。
verify-not-yet-valid = 证书尚未生效。
verify-expired = 证书已过期。
verify-self-signed = 自签名证书，不受信任。
verify-self-signed-in-chain = 证书链以不受信任的根结束。
verify-issuer-not-found = 找不到签发者：既未发送，也不在 CA 文件中。
verify-leaf-not-verifiable = 只有一张证书，无法校验。
verify-hostname-mismatch = 证书中没有该名称。

## What would decide

step-send-every-port-module = 向模块的每个端口、以常用波特率发送 AT，有 OK 应答者即为答案。
step-try-another-card-module = 在同一地点用另一张卡测试本模块，再把本卡放到另一模块测试，并凭 ICCID 向卡商查询卡状态。
step-try-same-computer-name = 从本电脑执行同样的步骤：域名、端口、套件、证书链以及与模块相同的握手。
step-same-handshake-works-computer = 本电脑用同样的握手可以成功。请重新上传文件并从模块读回比较，再不校验服务器试一次：若能连接，问题在模块的文件或时间，否则在该卡的网络。
step-choose-files-certificates-page = 请在证书管理页选择模块中所用的文件，本电脑即可用它们校验服务器证书链。
step-log-same-client-id = 让本电脑用相同的用户名和密码、另一个 clientid 登录一次，或查看服务器该秒的日志：返回码即为答案。
step-watch-topic-second-client = 用有完整读权限的第二个客户端订阅该主题：消息是否到达服务器即为答案。
step-look-broker-rights-log = 请查看服务器的日志和权限：这个用户能否向该主题发布，能否读取该主题？
step-connect-again-let-run = 重新连接并继续运行：下次断开前的时长和服务器该秒的日志即为答案。
step-try-module-same-files = 请用模块和同样的文件实际连接：模块的应答与本电脑结果对照即为答案。
step-ask-start-reason = 用 AT*EXINFO? 查询开机原因，并在发射时测量供电。
step-switch-error-numbers-cmee = 执行 AT+CMEE=1 打开错误码后重发同一命令：错误码即为答案。

## What to do with a file

fact-file-bytes-announced-sent = { $line }：声明 { $announced } 字节，实际发送 { $sent } 字节
fact-file-pair = 客户端证书与私钥配对
fact-file-not-a-pair = 客户端证书中的公钥与客户端私钥不一致
fix-file-issue-authority-again-keyusage = 请重新签发 CA 证书，keyUsage 需包含 keyCertSign。
fix-file-issue-client-certificate-again = 请重新签发客户端证书，keyUsage 需包含 digitalSignature 与 keyEncipherment。
fix-file-device-own-certificate-must = 设备自身证书必须排在最前，其后是签发它的证书；无需包含根证书。
fix-file-check-clock-machine-issued = 请检查签发机器的时间，等待生效或重新签发。
fix-file-use-authority-rsa-key = 请使用 2048 位 RSA 密钥（最多 3072 位）的 CA。
fix-file-make-client-key-rsa = 请使用 2048 位 RSA 密钥（最多 3072 位）的客户端证书。
fix-file-take-rsa-authority-elliptic = 请改用 RSA 的 CA；EC 根证书下该模块可能只能使用级别 0（不校验）。
fix-file-issue-without-critical-name = 请去掉关键（critical）的名称限制或策略扩展后重新签发：小型解析器会拒绝不认识的关键扩展。
fix-file-issue-client-certificate-again-signed = 请用 RSA + SHA-256 重新签发客户端证书。
fix-file-leave-root-whatever-broker = 请从文件中去掉根证书及服务器已有的证书，通常只需一张中间证书。
fix-file-take-original-file-again = 请重新获取原始文件：内部丢失的内容无法修复。
fix-file-convert-ssh-keygen-p = 请转换：ssh-keygen -p -m PEM -f 文件，或由 air780e certs 自动转换。

## evidence

seen-no-answer = 无应答
seen-no-answer-to = { $command }：无应答
seen-nothing-came = { $command }：没有等到 { $expected }
seen-not-registered = 仍未注册到网络：状态 { $stat }
seen-not-attached = 已注册，但没有数据连接
seen-registration = { $by }：注册状态 { $registration }

## rules/command

fact-command-fields-where-1-3 = 共 { $fields } 个参数，应为 1、3 或 7 个

## rules/here

fact-here-only-builds-fs-ms = { $name } 仅 _FS、_MS 版本支持 SSL 设置
fact-here-address-inside = { $host } 为内网地址 { $list }
fact-here-computer-name-servers-do = 本电脑的 DNS 服务器没有应答 { $host }，或暂时无法应答
fact-here-computer-knows-no-way = 本电脑没有通往任何外部网络的路由
fact-here-computer-resolver-failed-error = 本电脑的解析器出错（错误 { $number }）
fact-here-computer-resolver-did-not = 本电脑的解析器未在限时内应答 { $host }
fact-here-computer-resolves = 本电脑把 { $host } 解析为 { $list }
fact-here-address-no-name-resolve = { $host } 是 IP 地址，无需解析
fact-here-computer-resolver-says-no = 本电脑的解析器表示域名 { $host } 不存在
fact-here-module-resolved = 模块把 { $host } 解析为 { $address }
fact-here-refuses-computer-nothing-listens = { $address } 拒绝了本电脑：没有服务在监听
fact-here-does-not-answer-computer = { $address } 对本电脑没有应答
fact-here-opens-computer = { $address } 可从本电脑连接
fact-here-speaks-first-no-mqtt = { $address } 先发送了数据，MQTT 服务器不会这样：{ $words }
fact-here-network-unreachable = 网络不可达
fact-here-host-unreachable = 主机不可达
fact-here-network-down = 网络已断开
fact-here-computer-own-rules-forbid = 被本电脑的防火墙规则禁止
fact-here-connection-cannot-tried = 无法发起连接
fact-here-computer-no-way = 本电脑无法到达 { $address }：{ $why }
fact-here-same-login-under-another = 本电脑用另一个 clientid 做同样的登录：CONNACK { $code }

## rules/losses

fact-losses-closed-after-without-traffic = { $command }：空闲 { $seconds } 秒后 CLOSED

## rules/marks/comparing

fact-comparing-without-module-limits-computer = 不受模块限制时，本电脑可协商 { $suite }
fact-comparing-module-suites-files-does = 按模块的套件与文件则失败：{ $cause }
fact-comparing-opens-computer-exists-inside = 本电脑可连通 { $address }，但该地址仅存在于内网
fact-comparing-ended = { $subject } 已于 { $day } 到期

## rules/marks/reception

fact-reception-msub-bytes-announced-came = +MSUB: "{ $topic }"：声明 { $announced } 字节，收到 { $bytes } 字节
fact-reception-msub-bytes-came-back = +MSUB: "{ $topic }"：{ $whole } 字节只返回 { $bytes } 字节
fact-reception-msub-names-place-cache = +MSUB 只给出缓存序号
fact-reception-messages-lay-cache = 缓存中有 { $count } 条消息
fact-reception-messages-before-any-subscription = 订阅之前收到 { $count } 条消息，首条主题为 "{ $topic }"

## rules/marks/payload

fact-payload-closed-bytes = 发送 { $bytes } 字节后 CLOSED

## rules/marks/cloud

fact-cloud-date = 其时间为 { $day }

## rules/marks/staying

fact-staying-closed-after-last-traffic = 最后一次通信后 { $seconds } 秒 CLOSED
fact-staying-did-not-come-back = 该消息没有像之前那样返回

## rules/network

fact-network-network-reject-cause-type = { $by }：网络拒绝原因码为 { $cause }（类型 { $kind }）

## rules/port

fact-port-answered-ok-bit = 以 { $rate } bit/s 发送 AT 得到 OK
fact-port-bytes-answer-none-text = 对 AT 的应答有 { $bytes } 字节，均不是文本

## rules/quiet

fact-quiet-no-message = { $seconds } 秒内未收到消息
fact-quiet-kept-by-broker = 追踪：服务器确认了第 { $number } 条，却没有发给一直订阅着的本电脑（{ $traced } 条中的 { $count } 条）

## rules/tls here

fact-tls-here-answers-computer-tls = { $host }:{ $port } 以 TLS 应答本电脑
fact-tls-here-does-not-speak-tls = { $host }:{ $port } 不是 TLS 服务
fact-tls-here-lets-computer-closes-once = { $address } 接受本电脑的连接后立即断开
fact-tls-here-web-server-answers-computer = 该端口由网页服务器应答本电脑：{ $words }
fact-tls-here-port-opens-computer-never = 端口可从本电脑连接，但从不应答模块的握手请求
fact-tls-here-computer-offers-module-suites = 本电脑提供模块的套件：服务器接受 { $name }
fact-tls-here-refuses-every-aes-suite = 它拒绝模块的所有 AES 套件
fact-tls-here-tls-1-3-works = 本电脑用 TLS 1.3 可以握手，TLS 1.2 被拒绝
fact-tls-here-more-signature-algorithms-same = 提供更多签名算法时，同样的套件可以握手
fact-tls-here-computer-agrees-tls-other = 本电脑用其他套件可以完成 TLS 握手
fact-tls-here-broker-certificate-elliptic-curve = 服务器证书为 { $bits } 位椭圆曲线密钥
fact-tls-here-broker-certificate-rsa-key = 服务器证书为 { $bits } 位 RSA 密钥
fact-tls-here-shows-computer-no-certificate = 无论使用何种套件，它都不向本电脑出示证书
fact-tls-here-answer-computer-offer-not = 对本电脑握手请求的应答不是 TLS：{ $words }
fact-tls-here-port-closes-offer-module = 端口收到模块套件的握手请求即断开，没有告警；用其他套件则可以握手
fact-tls-here-port-opens-computer-closes = 端口可从本电脑连接，但收到 TLS 握手请求即断开，没有告警
fact-tls-here-header-proxy-front-proxy = 在前面加上代理头（PROXY protocol）后，它以 TLS 应答同样的请求
fact-tls-here-module-may-speak-alone = 模块只使用 { $pinned }；服务器{ $answer }
fact-tls-here-takes = 接受
fact-tls-here-refuses-takes-tls-1 = 拒绝该版本，而接受 TLS 1.2
fact-tls-here-answers = 以 { $answers } 应答
fact-tls-here-without-server-name-computer = 不带服务器名称时，本电脑得到同样的证书
fact-tls-here-without-server-name-computer-gets = 不带服务器名称时，本电脑得到另一张证书：{ $subject }
fact-tls-here-without-server-name-computer-refused = 不带服务器名称时，本电脑被拒绝（alert { $alert }）
fact-tls-here-without-server-name-computer-gets-no = 不带服务器名称时，本电脑无法完成握手
fact-tls-here-module-firmware-names-server = 模块固件会发送服务器名称
fact-tls-here-module-firmware-names-no = 模块固件不发送服务器名称：自 V1161 起才支持
fact-tls-here-broker-refuses-computer-offer = 服务器拒绝本电脑提供的模块套件（alert { $alert }）
fact-tls-here-alone-taken = 单独提供 { $suite } 时被接受
fact-tls-here-alone-refused = 单独提供 { $suite } 时被拒绝
fact-tls-here-key-neither-rsa-nor-curve = 服务器证书的密钥既不是普通 RSA 也不是椭圆曲线（为 RSA-PSS 或 DSA），模块的套件都无法使用
fact-tls-here-address-is-no-server-name = IP 地址不能作为服务器名称（SNI）：需要名称的服务器也会这样拒绝本电脑
fact-tls-here-in-clear-it-is-a-broker = 用明文时，它以 MQTT 服务器的方式应答本电脑（CONNACK）
fact-tls-here-in-clear-it-is-no-broker = 用明文时，它也不以 MQTT 服务器的方式应答

## rules/tls here/client

fact-client-broker-demands-certificate-computer = 服务器要求本电脑出示客户端证书
fact-client-broker-demands-no-certificate = 服务器不要求客户端证书
fact-client-asks-certificate = 它要求由以下机构签发的证书：{ $shown }
fact-client-whole-handshake-works-computer = 本电脑用模块的文件和套件可以完成整个握手：{ $suite }
fact-client-broker-refuses-computer-after = 服务器在收到客户端证书后拒绝本电脑（alert { $alert }）
fact-client-computer-accepts-broker-certificate = 本电脑接受服务器证书
fact-client-ca-file-does-not = CA 文件无法在本电脑加载
fact-client-client-certificate-does-not = 客户端证书无法在本电脑加载
fact-client-client-key-does-not = 客户端私钥无法在本电脑加载
fact-client-no-client-certificate-set = 未设置客户端证书
fact-client-no-client-key-set = 未设置客户端私钥
fact-client-client-key-does-not-belong = 客户端私钥与证书不配对

## rules/tls here/doubts

fact-doubts-broker-sends-chain-out = 服务器发送的证书链顺序错误
fact-doubts-ca-file-holds-certificates = CA 文件包含 { $certificates } 张证书
fact-doubts-broker-certificate-message-bytes = 服务器证书报文为 { $bytes } 字节；小型协议栈可靠容纳 { $most } 字节
fact-doubts-certificate-chain-rsa-key = 证书链第 { $number } 张为 { $bits } 位 RSA 密钥
fact-doubts-certificate-chain-signed = 证书链第 { $number } 张使用 { $how } 签名
fact-doubts-broker-certificate-allows-other = 服务器证书的密钥用途不含 keyEncipherment
fact-doubts-broker-certificate-not-servers = 服务器证书的用途不含 serverAuth
fact-doubts-broker-certificate-common-name = 服务器证书只有 CN={ $name }，没有 SAN
fact-doubts-same-handshake-same-files = 本电脑用同样的文件可以完成同样的握手
fact-doubts-offer-without-signature-algorithms = 不声明签名算法的请求（旧协议栈）会被拒绝

## rules/tls here/trust

fact-trust-broker-chain-leads-ca = 按本电脑的校验，服务器证书链可追溯到 CA 文件（verify 0）
fact-trust-ca-file-issued-broker = CA 文件签发了服务器证书链
fact-trust-broker-certificate-signed-itself = 服务器证书为自签名：{ $subject }
fact-trust-ca-file-issued-certificate = CA 文件签发了证书链中的证书，但它本身不是根证书：模块需设置 AT+SSLCFG="verifymode",88,1 才能以它结束证书链
fact-trust-broker-certificate-new-begins = 服务器证书是新签发的：自 { $day } 起生效
fact-trust-module-clock-says-computer = 模块时间为 { $module }，本电脑为 { $pc }
fact-trust-broker-chain-issued-ca = 服务器证书链由 { $issuer } 签发；CA 文件为 { $authority }
fact-trust-computer-check-same-ca = 本电脑用同一 CA 文件校验的结果：verify { $verify }
fact-trust-broker-certificate = 服务器证书包含 { $name }
fact-trust-broker-certificate-not = 服务器证书属于 { $names }，不包含 { $name }
fact-trust-broker-certificate-valid = 服务器证书有效期为 { $from } 至 { $to }
fact-trust-certificate-chain-valid = 证书链第 { $number } 张 { $subject } 有效期为 { $from } 至 { $to }

## rules/traffic

fact-traffic-bytes-most-taken = 共 { $bytes } 字节，上限为 { $most }

## scan

fact-scan-module-can-connect-without = 模块可以连接 { $place }。没有 CA 文件时不校验任何一方（级别 0）；提供正确的 CA 文件后可校验服务器（级别 1）。
fact-scan-both-sides-checked = 双向校验
fact-scan-server-checked = 校验服务器
fact-scan-module-can-connect-security = 模块可以连接 { $place }，{ $who }（级别 { $number }）。
fact-scan-stopped-before-end = 操作被中止
fact-scan-not-over-within-time = 未能在限时内完成
fact-scan-later-connection-dropped = 服务器接受了第一次握手请求，却无声断开了之后的连接（可能限制连接次数），请稍后再试
fact-scan-computer-could-not-look = 本电脑无法探测 { $place }：{ $why }。这不能说明模块能否连接。
scan-with-cause = { $what }：{ $cause }
fact-scan-why-not-decided = { $what }，原因尚未确定。

## scan/answers

fact-offer-not-tried = 未测试
fact-offer-server-takes = 服务器接受
fact-offer-server-takes-offer-not = 服务器接受该请求；本电脑无法以握手测试
fact-offer-server-answers-0x = 服务器以其他套件应答： 0x{ $other }
fact-offer-answer-does-not-fit = 应答与请求不符
fact-offer-certificate-not-believed = 证书不被信任
fact-offer-answer-not-tls = 应答不是 TLS
fact-offer-closed-without-word = 未作应答即断开
fact-offer-no-answer-time = 超时无应答
fact-offer-no-connection = 无法连接
fact-offer-not-testable-handshake-computer = 本电脑无法以握手测试

## The CA file for the module

authority-module-file-believes-certificate = 使用此文件的模块只信任这一张证书：服务器换证书时必须同时更换。它经由待保护的线路获得，使用前请与服务器管理者核对指纹。
authority-module-file-believes-every = 使用此文件的模块信任该 CA 签发的所有服务器。它由服务器自己发来，且经由待保护的线路，使用前请与 CA 管理者核对指纹。
authority-module-file-believes-every-server = 使用此文件的模块信任该 CA 签发的所有服务器证书。它取自本电脑自身信任的证书库。
authority-intermediate-root-neither-sent = 这是中间证书：其根证书既未发送，本电脑也没有。模块需设置 AT+SSLCFG="verifymode",88,1 才能以它结束证书链，且其有效期更短。它经由待保护的线路获得，使用前请核对指纹。
authority-chain-signed-across-could = 该证书链有交叉签名：也可以 { $theirs }（至 { $until }）为根。选择 { $mine } 是因为其有效期更长或更合适。
authority-way-needs-elliptic-curve = 其路径需要椭圆曲线算法
authority-chain-could-also-end = 该证书链也指向 { $theirs }（至 { $until }），但不可用：{ $why }。
authority-root-above-ask-where = 其上级根证书为 { $issuer }：请从可信途径获取并改用它。
authority-last-certificate-chain-signed = 证书链的最后一张由 { $issuer } 交叉签名，而本电脑不信任该机构：{ $mine } 可用，因为证书链在此之前已到达它。
authority-no-authority-sure-do = 没有一定可用的 CA：其路径上的签名算法或密钥长度可能不被小型协议栈支持。若不可用，只能使用级别 0，或在服务器（例如另一端口）使用 RSA + SHA-256 签名的证书。
authority-no-ca-file-kept = 未保存 CA 文件：服务器没有出示证书。
authority-no-ca-file-kept-server = 未保存 CA 文件：服务器只发送了自身证书，本电脑没有其签发者 { $issuer }。请向服务器管理者索取，或让服务器发送完整证书链。
authority-no-ca-file-kept-no = 未保存 CA 文件，因为没有可用的 CA：到 { $authority } 的路径需要椭圆曲线算法，而模块只支持 RSA。{ $left }
authority-no-ca-file-kept-check = 未保存 CA 文件：即使使用 { $authority } 校验仍失败（verify { $verify }）。请更新服务器证书。{ $left }

## Naming a server

place-not-bare-name-address = “{ $shown }”不是单独的域名或 IP；请写成 { $meant }
place-not-name-address-server = “{ $shown }”不是服务器的域名或 IP；请用英文字母和数字写成 HOST 或 HOST:PORT

## What speaks against a file

file-empty = 是空文件
file-not-certificates = 既不是证书也不是密钥
file-wrong-content = 中没有证书，而是其他内容
file-utf16 = 是 UTF-16 编码
file-byte-order-mark = 带 BOM
file-carriage-returns-only = 的换行只有 CR
file-literal-line-ends = 中的换行被写成了 \n 字样
file-binary = 是二进制（DER），不是 PEM
file-container = 是容器格式（PKCS#7 或 PKCS#12），不是 PEM
file-trusted-header = 以 TRUSTED CERTIFICATE 开头，只有 OpenSSL 能读取
file-stray-text = 含有 { $bytes } 字节的多余文本
file-too-big = 有 { $bytes } 字节，模块最多写入 10240 字节
file-bundle = 包含 { $certificates } 张证书
file-pass-phrase = 带有密码
file-pkcs8 = 是 PKCS#8 格式的私钥
file-curve-parameters = 以 EC PARAMETERS 开头
file-elliptic-key = 是椭圆曲线（EC）密钥
file-key-size = 是 { $bits } 位 RSA 密钥
file-expired = 中的证书已过期（按本电脑时间）
file-not-yet-valid = 中的证书尚未生效
file-not-an-authority = 中的证书不是 CA 证书
file-is-an-authority = 中是 CA 证书
file-not-for-clients = 中的证书用途不含客户端
file-old-signature = 中的证书使用 SHA-1 或 MD5 签名
file-uncommon-signature = 中的证书签名算法可能不被小型协议栈支持
file-open-ssh-key = 是 OpenSSH 专有格式的私钥
file-not-rsa = 中的密钥不是 RSA
file-usage-missing = 中的证书 keyUsage 缺少 digitalSignature，客户端无法证明持有私钥
file-no-key-encipherment = 中的服务器证书 keyUsage 缺少 keyEncipherment，而模块套件需要它
file-wrong-order = 没有以设备自身证书开头
file-long-chain = 中的证书链有 { $bytes } 字节，模块通常只能容纳 4096~6144 字节
file-critical-extension = 中的证书含有小型解析器不认识的关键扩展：{ $name }
file-damage-joined = 的各行被连在一起
file-damage-no-footer = 缺少 END 行，内容被截断
file-damage-other-footer = 的 END 行与 BEGIN 行不一致
file-damage-dashes = 第 { $line } 行不是五个短横线
file-damage-indented = 第 { $line } 行前有空格
file-damage-character = 第 { $line } 行第 { $column } 列有错误字符
file-damage-dressed = 内容完整，但夹在程序代码、邮件或网页文本中，不是标准 PEM
file-damage-cut = 被截断：应有 { $wanted } 字节，只有 { $bytes } 字节
file-damage-behind = 结尾之后还有 { $bytes } 字节多余内容
file-damage-signature = 中的证书内容被改动：自签名校验不符
file-damage-content = 看似 PEM，但内容无法读取
file-sentence = { $file }{ $what }
file-of-authority = CA 文件
file-of-client-certificate = 客户端证书文件
file-of-client-key = 客户端私钥文件
file-damage-lost = 丢失了 { $characters } 个 base64 字符
file-damage-lost-at = 丢失了 { $characters } 个 base64 字符：第 { $line } 行比其他行偏短
file-damage-surplus = 多出 { $characters } 个 base64 字符
file-damage-surplus-at = 多出 { $characters } 个 base64 字符：第 { $line } 行比其他行偏长
file-wrong-content-key = 中没有私钥
file-usage-missing-authority = 中的 CA 证书 keyUsage 不允许签发证书（缺少 keyCertSign）
fact-text-will-too-long = 遗嘱有 { $bytes } 字节，最多 { $limit } 字节
scan-only-unchecked = 模块只有在不校验任何一方时（级别 0）才能连接 { $place }
scan-cannot = 模块无法以 TLS 连接 { $place }
scan-doubt = { $said }但仍有疑点：{ $cause }
authority-left = 可行的办法：使用不校验的级别 0，或在服务器（例如另一端口）使用 RSA + SHA-256 的证书。
