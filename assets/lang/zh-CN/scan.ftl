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
