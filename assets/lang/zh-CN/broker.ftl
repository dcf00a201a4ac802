# words

broker-session-goes-on = 沿用原会话
broker-session-new = 新会话
broker-connected = { $client } 从 { $peer } 连入：MQTT { $version }，心跳 { $seconds } 秒，{ $session }
broker-connected-as = { $client } 以用户 { $user } 从 { $peer } 连入：MQTT { $version }，心跳 { $seconds } 秒，{ $session }
broker-refused = 拒绝来自 { $peer } 的连接：{ $why }
broker-refused-client = 拒绝来自 { $peer } 的 { $client }：{ $why }
broker-disconnected = { $client } 已断开（{ $peer }）
broker-disconnected-reason = { $client } 已断开，原因码 { $code }（{ $peer }）
broker-gone = { $client } 未道别就消失了（{ $peer }）
broker-cut-off = { $client } 被切断（{ $peer }）：{ $why }
broker-subscribed = { $client } 订阅了 { $filter }，QoS { $qos }
broker-may-not-subscribe = { $client } 无权订阅 { $filter }：{ $code }
broker-unsubscribed = { $client } 取消订阅 { $filter }
broker-may-not-publish = { $client } 无权发布到 { $topic }；该消息不会送给任何人
broker-will = { $client } 的遗嘱发往 { $topic }
broker-session-expired = { $client } 的会话已过期
broker-limited = 限制：{ $limit }（{ $times } 次）
broker-limited-client = 限制：{ $limit }（{ $times } 次，最近一次是 { $client }）
broker-not-kept = 存储文件无法写入，不再保存：{ $error }
broker-missed = 此处略去 { $count } 个事件
broker-open-to-readers = 警告：服务器正在监听 { $address }：未加密端口上的密码和消息在网络中人人可读。只供本机使用请加 --bind 127.0.0.1。
broker-open-to-all = 警告：服务器正在监听 { $address }：能连到本机的任何人无需密码即可读写。只供本机使用请加 --bind 127.0.0.1。

## Bounds

broker-limit-queue = 某客户端的队列已满，发给它的消息被丢弃
broker-limit-retained = 保留消息的存储已满
broker-limit-client-packet = 消息超过接收方允许的大小
broker-limit-half-received = 未收完的报文占用内存过多
broker-limit-outbound = 某客户端读取太慢
broker-limit-connections = 连接过多
broker-limit-sessions = 会话过多
broker-limit-subscriptions = 某客户端的订阅过多

## Why a client is refused or cut off

broker-no-connect = 规定时间内没有 CONNECT
broker-keep-alive = 超过一倍半心跳时间没有动静
broker-not-connect = 第一个报文不是 CONNECT
broker-flags = 报文类型 { $type } 的标志为 { $flags }
broker-zero-identifier = 报文标识符为零
broker-wrong-packet = 只有服务器才能发送的报文，或属于其他协议版本
broker-malformed = 报文格式错误：{ $what }
broker-protocol = 协议错误：{ $what }
broker-topic-alias = 主题别名超出范围或没有对应的主题
broker-receive-maximum = 未完成的消息超过接收最大值
broker-too-large = 报文超过本服务器允许的大小
broker-version = { $client }；本服务器支持 MQTT 3.1.1 和 5
broker-version-3 = 客户端使用 MQTT 3.1
broker-version-bridge = 客户端是使用自有协议级别的桥接
broker-version-other = 客户端使用协议级别 { $level }
broker-client-id = 需要保留的会话却没有客户端标识符；请为客户端设置标识符，或使用 clean session
broker-no-user = 没有用户名，本服务器只接受已知用户
broker-password = 用户名或密码不在名单中
broker-authentication-method = 使用了认证方法，本服务器不支持
broker-sessions = 会话数已达上限
broker-taken-over = 另一连接使用了相同的客户端标识符
broker-kicked = 由程序切断该客户端
broker-slow-reader = 客户端还有 { $waiting } 字节没有读取
broker-half-received = 未收完的报文合计占用内存过多，该客户端的最大
broker-quota = 其消息将因限制而丢失：{ $limit }
broker-crowded = 连接过多
broker-handshake = { $why }
broker-panicked = 报文读取程序崩溃
broker-ending = 服务器正在结束
broker-detail-auth-no-method = AUTH 未带认证方法
broker-detail-nul = 文本中有 NUL 字符
broker-detail-field = 出现了不允许的字段或属性
broker-detail-length = 长度字段超过四个字节
broker-detail-maximum-zero = 最大值为零
broker-detail-no-user-name = 有密码而没有用户名
broker-detail-property = 属性不允许出现或重复出现
broker-detail-name = 协议名不是 MQTT
broker-detail-response-topic = 响应主题不是有效主题
broker-detail-second-connect = 第二个 CONNECT
broker-detail-expiry = 随连接结束的会话现在要求保留
broker-detail-subscription-identifier = 客户端的 PUBLISH 带有订阅标识符
broker-detail-answer = 无法写出应答
broker-detail-auth-no-data = 有认证数据而没有认证方法
broker-detail-behind = 最后一个字段之后还有字节
broker-detail-in-empty = 本应为空的报文带有字节
broker-detail-flags = CONNECT 标志相互矛盾
broker-detail-no-properties = 报文在属性之前结束
broker-detail-no-end = 报文在字段中间结束
broker-detail-unfit = 字段不相符
broker-detail-no-topic = 既没有主题也没有别名
broker-detail-no-local = 共享订阅使用了 No Local
broker-detail-reserved = 订阅 QoS 旁的保留位不为零

## Files and ports

broker-users-no-colon = 第 { $line } 行：每行写一个用户，格式为 名称:密码
broker-users-no-name = 第 { $line } 行：冒号前没有名称
broker-users-twice = 第 { $line } 行：该名称在前面已出现，请只保留一个
broker-port-taken = { $ip } 的端口 { $port } 被其他程序占用；请停止该程序或换一个端口
broker-port-no-right = 没有管理员权限不能打开端口 { $port }；请选择 1023 以上的端口
broker-port-kept = Windows 保留了端口 { $port }，多为 Hyper-V 或 WSL 所用（可用 netsh int ipv4 show excludedportrange protocol=tcp 查看）；请换一个端口
broker-address-foreign = { $ip } 不是本机的地址；请用 127.0.0.1，或用 0.0.0.0 表示全部地址
broker-cannot-listen = 无法监听 { $address }：{ $detail }
broker-no-authority = 要求客户端证书时，需要用于校验的 CA 文件
broker-no-file = 这不是普通文件
broker-store-busy = 另一个服务器正在使用该文件保存会话
broker-store-foreign = 这不是本服务器的存储文件，请换一个文件
broker-certificate = 无法载入服务器证书：{ $why }
broker-key = 无法载入服务器私钥：{ $why }
broker-key-mismatch = 服务器私钥与服务器证书不配对
broker-client-authority = 无法载入客户端 CA 文件：{ $why }
broker-tls-refused = { $why }
broker-not-a-certificate = 不是 PEM 或 DER 格式的证书
broker-not-a-key = 不是 PEM 或 DER 格式且无口令的私钥
broker-not-a-list = 不是 PEM 或 DER 格式的吊销列表
