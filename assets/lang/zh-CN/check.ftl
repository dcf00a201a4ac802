# words

check-open = { $port } 已打开
check-open-simulated = { $port } 已打开（模拟：虚拟模块，没有硬件）
check-rung = { $rung }：{ $state }
check-rung-port = 串口
check-rung-at = AT
check-rung-sim = SIM 卡
check-rung-signal = 信号
check-rung-network = 网络
check-rung-data = 数据
check-rung-dns = DNS
check-rung-tcp = TCP
check-rung-tls = TLS
check-rung-mqtt = MQTT
check-rung-subscribed = 订阅
check-state-confirmed = 已确认
check-state-failed = 失败
check-state-stale = 已失效
check-was-none = { $answer }（原本就没有）
check-message = 收到主题 { $topic } 的消息：{ $payload }
check-no-text = { $bytes } 字节，不是 UTF-8：{ $digits }
check-text-in = { $text }（{ $charset }）
check-messages-ended = 消息表格到此为止：{ $why }
check-probably-cut = 这条消息很可能被截断：字节数恰好是该模块最多打印的长度；请缩短单条消息，或使用 --cached
check-perhaps-cut = 这条消息可能被截断：同系列其他模块最多恰好打印这么多字节，该型号没有说明；请用更长的消息试一次
check-publish = 发布 { $id }：{ $state }
check-delivery-accepted = 已接受
check-delivery-received = 已收到
check-delivery-confirmed = 已确认
check-delivery-failed = 失败：{ $fault }
check-delivery-unknown = 未知：{ $fault }
check-subscribed = 订阅 { $filter }：已确认
check-unsubscribed = 订阅 { $filter }：已结束
check-not-subscribed = 订阅 { $filter }：失败：{ $fault }
check-lines-left-out = 略去 { $lines } 行终端输出
check-events-left-out = 略去 { $lines } 行终端输出，以及 { $others } 个其他事件，其中有消息

## Coming back

check-try-planned = 第 { $attempt } 次恢复将在 { $due } s 进行
check-trying = 正在尝试恢复：{ $way }
check-in-vain = { $way }没有成功：{ $fault }
check-back = 会话已恢复：{ $way }
check-port-back = { $port } 又出现了
check-port-gone = 串口消失，等待其再次出现
check-connect-again = 连接没有成功：{ $fault }；{ $seconds } 秒后再试
check-not-closed = 与服务器的连接没有及时关闭

## What the module says of itself

details-module = 模块：{ $values }
details-nothing = 模块：没有提供自身信息
details-value = { $name } { $value }
details-explained = { $value }（{ $meaning }）
details-firmware = 固件
details-chip = 芯片
details-built = 编译日期
details-clock = 时钟
details-last-start = 上次启动
details-supply = 供电
details-radio = 射频
details-radio-off = 关闭
details-radio-on = 打开
details-radio-flight = 飞行模式
details-operator = 运营商
details-signal = 信号
details-bearers = 承载
details-bearer-up = { $context } 已激活
details-bearer-down = { $context } 未激活
details-rate = 波特率
details-rate-automatic = 自动

## The end

check-ok = 成功：{ $counted }
check-failed = 失败：{ $why }
check-failed-at = 失败（{ $rung }）：{ $why }
check-published = 发布 { $count }
check-confirmed = 确认 { $count }
check-not-sent = 未发送 { $count }
check-perhaps-sent = 不确定是否发送 { $count }
check-received = 收到 { $count }
check-lost = 在模块缓存中丢失 { $count }
check-times-accept = 命令到 OK：{ $times }
check-times-ack = OK 到确认：{ $times }
check-undecided = 无法判定。下一步可判定：{ $step }
check-perhaps = 可能是 { $id } { $key }：{ $cause }
check-cause = { $id } { $key }：{ $cause }
check-or = 或者 { $id } { $key }：{ $cause }
check-fix = 解决办法：{ $fix }
check-excluded = 已排除：{ $names }
check-because = 依据：{ $fact }
check-because-at = 依据（{ $place }）：{ $fact }
check-place-time = { $at } s
check-place-line = 第 { $line } 行
check-recovered = 已恢复：{ $begin } s 至 { $end } s：{ $fault }（{ $why }）
check-recovered-open = 已恢复：{ $begin } s：{ $fault }（{ $why }）
check-cause-undecided = 原因未定
check-stopped = 提前停止
check-no-message = { $limit } 秒内没有收到含有所等文本的消息
check-came-back-cut = 所等的消息返回时被截断：{ $sent } 字节中只收到 { $came } 字节
check-too-long = 检查超过了 { $limit } 秒；最后：{ $last }
check-lost-and-back = 会话断开了 { $drops } 次，每次都已恢复

## Arguments

check-option = { $option }：{ $why }
check-option-meant = { $option }：{ $why }；是否应为 { $meant }
check-no-qos = 没有 QoS { $qos }，只有 0、1、2
check-no-rate = { $port } 在 { $rates } 各速率下均无应答；请检查串口、接线和供电
check-port-unusable = { $port }：{ $why }；请检查串口名称，或是否被其他程序占用
check-watch-too-long = --watch { $watch } 放不进 --timeout { $limit }；请加长时限
check-find-baud-virtual = --find-baud 需要真实串口；虚拟模块在任何速率下都应答：请去掉该选项
check-needs-encryption = 未加密时不能使用 { $option }；请加上 --security server，或去掉该选项
check-security-needs = --security { $level } 需要 { $what }；请给出文件，或选择其他级别
check-needs-ca = --ca
check-needs-cert-key = --cert 和 --key
check-encrypted-takes-no-files = --security encrypted 不做校验，--ca 和 --cert 没有用处；请选择 server 或 mutual
check-cert-key-mutual = --cert 和 --key 属于 --security mutual；请选择它，或去掉这两项
check-apn-user-without-auth = 有 --apn-user 而没有 --apn-auth；请按运营商的说明填 pap 或 chap
check-will-too-long = --will-payload 有 { $bytes } 字节，模块最多接受 { $limit } 字节：请缩短
check-repaired = { $option } { $name }：已在内存中修复：{ $before } -> { $after }
check-doubt = { $option } { $name }：{ $id }：{ $what }；{ $fix }
check-file-not-taken = { $option } { $name }：模块不会接受：{ $why }；请给出{ $wanted }（PEM）
check-file-hopeless = { $option } { $name }：无法建立连接：{ $why }；请给出{ $wanted }（PEM）
check-wanted-authority = 签发服务器证书的 CA 证书
check-wanted-certificate = 模块的证书
check-wanted-key = 没有口令的 RSA 私钥
check-not-a-pair = --cert 与 --key 不配对；请给出与该证书配对的私钥
check-several-keys = --key { $path }：文件中有多个私钥，采用与 --cert 配对的那一个
check-trace = { $words }
check-cannot-join = 本机无法加入服务器：{ $error }
check-joined = 本机已加入服务器
check-subscription-refused = 服务器拒绝本机订阅 { $filter }
check-not-joined = 本机不在服务器上：{ $why }
check-joined-again = 本机已加入服务器，并继续原有会话
