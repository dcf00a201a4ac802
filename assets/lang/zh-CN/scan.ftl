# The command scan

scanned-works = 可用
scanned-fails = 不可用
scanned-no-files-given = 未提供文件
scanned-not-tried = 未测试
scanned-0-nobody-checked = 0（不校验）
scanned-1-server-checked = 1（校验服务器）
scanned-2-both-checked = 2（双向校验）
scanned-between = ；
scanned-undecided-would-decide = 尚未确定。可据此判断：
scanned-also = 另有{" "}
scanned-perhaps = 可能{" "}
scanned-because = 依据：
scanned-taken = 接受
scanned-refused = 拒绝
scanned-not-testable = 无法测试
scanned-module-suites = 模块的套件：
scanned-everything-allowed-takes = 不加限制时它选择：
scanned-chain-shows = 它出示的证书链：
scanned-issued = 签发者
scanned-valid = 有效期
scanned-same-certificate = 同样的证书
scanned-without-server-name = 不带服务器名称：
scanned-another-server-name = 使用其他服务器名称：
scanned-client-certificate = 客户端证书：
scanned-required = 必须
scanned-asked-not-required = 可选
scanned-not-asked = 不要求
scanned-not-seen = 未能得知
scanned-these-authorities = ，须由以下机构签发：
scanned-lines-would-help = 可粘贴的配置：
scanned-no-signals = 无法监听信号：{ $error }
scanned-no-server-named = 未指定服务器
scanned-targets-no-server-stands = --targets { $path }：文件中没有服务器，请每行写一个 HOST 或 HOST:PORT
scanned-unreadable = { $option } { $path }：{ $fault }
scanned-save-ca-file-already = --save-ca { $path }：文件已存在，未作改动；请换一个文件名
scanned-sni-not-bare-server = --sni “{ $shown }”不是单独的域名；请写成 --sni { $write }
scanned-cert-key-without-ca = 提供了 --cert 和 --key 却没有 --ca：模块出示客户端证书时也会校验服务器，请同时给出 --ca
scanned-model-not-known-give = --model “{ $shown }”未知；请给出 ATI 的应答，例如 AirM2M_780E_V1169_LTE_AT，或以下型号之一：{ $known }
scanned-ca-file-not-kept = 未保存 CA 文件：--save-ca { $path }：{ $error }；请换一个位置。
scanned-ca-file-kept-valid = 已保存 CA 文件：{ $path }：{ $subject }，有效期至 { $until }，SHA-256 { $print }

## Single words

scanned-level = 级别
scanned-do = 处理：
scanned-versions = 版本：
scanned-to = 至
scanned-for = 域名
scanned-another-certificate = 另一张证书：
scanned-refused-by = 被拒绝：

# 本机登录

logged-as-module = 本机用模块的 TLS、以 { $client } 登录：
logged-as-computer = 本机用自己全部的 TLS 能力、以 { $client } 登录：
logged-accepted = 成功（CONNACK 0）：用户名、密码和网络都没问题。
logged-refused = 被拒绝，CONNACK { $code }：{ $meaning }。网络和 TLS 没问题。
logged-closed = 服务器一声不响就断开：TLS 没问题，登录有问题。
logged-silent = 服务器的回应不是对登录的答复。
logged-not-reached = 没有发送：TLS 没有谈成。
logged-not-reached-module = 没有发送：用模块的 TLS 谈不成。加 --login-as computer 仍可去问服务器。
logged-code-1 = 服务器不接受这个 MQTT 版本
logged-code-2 = 服务器不接受这个 clientid
logged-code-3 = 服务器不可用
logged-code-4 = 用户名或密码错误
logged-code-5 = 不允许；许多服务器对错误的密码也这样回答
logged-code-other = MQTT 3.1.1 里没有的代码
logged-granted = { $filter }：请求 QoS { $asked }，给予 { $given }
logged-denied = { $filter }：请求 QoS { $asked }，被拒绝（0x80）
logged-differences = MQTTX 默认做法与模块不同之处：
differs-version = 它用 MQTT 5.0；模块只用 3.1.1。
differs-suites = 它在这里谈成 { $version } { $suite }；模块只有六个 RSA 套件，最高 TLS 1.2。
differs-name = 它总是把主机名作为服务器名称（SNI）发送；模块从固件 V1161 起才发送，设了 hostname 就发送那个。ALPN：它填了就发，模块从不发送。
differs-name-matters = 它总是把主机名作为服务器名称（SNI）发送，而这台服务器没有收到名称时回应不同；模块从固件 V1161 起才发送。ALPN：它填了就发，模块从不发送。
differs-trust = 对公共机构签发的服务器，它相信本机自带的列表；模块只相信它的 CA 文件，级别 0 则谁也不验证。
differs-id = 它自己生成很短的 clientid；模块的有 { $bytes } 字节，而服务器不一定接受超过 { $limit } 字节的。
differs-keep-alive = 它的保活时间是 60 秒；模块的由 AT+MCONNECT 决定，超过 300 秒需要第三个参数。
differs-will = 它的遗嘱不限长度，正常断开时会丢弃；模块的最多 { $limit } 字节，而且据厂商说 AT+MDISCONNECT 时也会发布。
differs-payload = 它的消息不限长度；模块带引号时最多 { $quoted } 字节，作为数据最多 { $data } 字节，收到的消息按型号只打印 1360 或 4100 字节。
fact-here-granted = 从本机订阅：{ $filter }，请求 QoS { $asked }，答复 { $given }
scanned-report-file-already = --report：{ $path } 已有文件，不会覆盖

# 扫描报告

scanned-page-title = { $place } 与模块
scanned-page-causes = 原因
scanned-page-chain = 服务器出示的证书链
scanned-page-login = 从本机登录
scanned-page-anchored = 由 { $issuer } 签发：就是 CA 文件
scanned-page-issued = 由 { $issuer } 签发
scanned-page-clock = 日期与时钟对照：{ $day }
scanned-page-broker = 服务器
