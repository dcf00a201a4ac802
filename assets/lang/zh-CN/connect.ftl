# “连接”页面与配置的文字。

modem-title = 模块
virtual-modem-hint = 无需硬件：程序内的模拟模块，自带 SIM 卡和网络。
ports-reload = 重新查找串口
ports-looking = 正在查找串口…
ports-none = { SYSTEM() ->
    [windows] 没有找到串口。请插上模块后重新查找。如果设备管理器中有该设备却没有 COM 端口，就是缺少驱动程序。
   *[other] 没有找到串口。请插上模块后重新查找，或手动输入路径。
}
ports-failed = 无法列出串口：{ $detail }
port-typed = 手动输入
port-path = 串口路径
port-path-hint = { SYSTEM() ->
    [windows] 其他串口，例如 COM12
   *[other] 其他串口，例如 COM5 或 /dev/ttyUSB0
}
port-path-empty = 请先输入串口
port-use = 使用

broker-title = 服务器与登录
own-broker = 内置服务器
own-broker-hint = 连接时在本机空闲端口启动，mqtt/pub 上有一条欢迎消息；发布到 mqtt/sub 的消息会得到应答。
own-broker-join = 可用 MQTTX 或其他客户端连接此地址。
own-broker-copy = 复制地址
own-broker-lost = 此服务器已丢弃 { $count } 条消息。
own-broker-queue = 客户端“{ $client }”的队列已满：放不下的消息会被丢弃。
own-broker-retained = 保留消息的存储已满：新的保留消息不再保存。
own-broker-packet = 消息超出客户端“{ $client }”可接收的大小。
own-broker-half = 未收完的报文占用内存过多：占用最多的客户端已被断开。
own-broker-outbound = 客户端“{ $client }”读取过慢，已被断开。
own-broker-connections = 连接过多：新的连接会被拒绝。
own-broker-sessions = 会话过多：新的客户端会被拒绝。
own-broker-subscriptions = 客户端“{ $client }”的订阅过多：新的订阅会被拒绝。
other-broker = 其他服务器
field-host = 主机
field-host-hint = broker.example.com
field-port = 端口
field-client-id = 客户端 ID
field-user = 用户名
field-password = 密码
field-optional = 可选
field-keep-alive = 心跳（秒）
keep-alive-short = 厂商教程建议 60 到 240 秒，最好 120 秒。太短费流量费电，一次慢应答就会断开会话。
keep-alive-long = 厂商教程建议最多 240 秒：移动网络几分钟后就会丢弃静默的链路。（其 AT 手册写的是 300 秒以上。）
keep-alive-very-long = 超过 300 秒需要 V1161 固件和第三个参数，而移动网络更早就会丢弃静默的链路。厂商教程建议 60 到 240 秒。
field-clean-session = 清理会话
field-publish-topic = 发布主题
subscriptions-title = 订阅
subscription-add = 添加订阅
subscription-filter = 订阅 { $number }
subscription-qos = 订阅 { $number } 的 QoS
subscription-remove = 移除订阅 { $number }
will-title = 遗嘱
will-hint = 服务器失去本客户端时向其他客户端发布的消息：静默达 1.5 倍 keep alive 之后，或未发 AT+MDISCONNECT 就用 AT+MIPCLOSE 关闭连接时立即发布。按标准，AT+MDISCONNECT 之后遗嘱作废；厂家教程说那时也会发布。
will-on = 使用遗嘱
will-is-on = 已启用
will-topic = 遗嘱主题
will-payload = 遗嘱消息
will-qos = 遗嘱 QoS
will-retain = 保留

host-meant = 改用“{ $host }”
host-meant-port = 改用“{ $host }”和端口 { $port }
form-empty = 必须填写
form-number = { $from } 到 { $to } 的整数
form-twice = 列表中已有

profile-title = 配置
profile-name = 配置名称
profile-name-hint = 此配置的名称
profile-save = 保存
profile-duplicate = 复制
profile-delete = 删除
profile-new = 新建配置
profile-hint = 以上内容都以此名称保存；密码不包含在内。
profile-why-no-name = 请先输入名称
profile-why-unsaved = 此配置尚未保存
profile-delete-title = 删除配置“{ $name }”？
profile-delete-hint = 其设置将丢失，模块上不会有任何改变。
profile-delete-no = 保留
profile-delete-yes = 删除

section-broker = 服务器
section-sim = SIM 卡
section-link = 转到{ $section }
form-locked = 以下为正在使用的设置；如需修改请先断开。
plan-title = AT 计划
plan-hint = 将按此顺序原样发送
plan-none = 表单填写正确后显示计划。
outcome-nothing = 已就绪。点击一次，逐步执行下面的计划。
outcome-opening = 正在打开 { $port } …
outcome-connecting = 正在执行计划 …
outcome-closing = 正在关闭会话 …
outcome-connected = 已连接：服务器应答 CONNACK OK。
plan-probes = 正在查找原因
outcome-missing = 尚未就绪。{ $field }：{ $why }
outcome-empty = 尚未就绪。还需填写：{ $field }
outcome-reading = 正在读取文件 …
outcome-show-field = 转到该字段
outcome-undecided = 现有信息还不能判定。可以判定的步骤：{ $step }
outcome-doctor = 打开排查
row-absent = 原本没有，不是故障
waiting = { $what }，{ $now } / { $limit } 秒
waiting-answer = 等待应答
waiting-card = 等待 SIM 卡
waiting-searching = 正在搜网
waiting-denied = 被网络拒绝，仍在尝试
waiting-network = 等待网络
waiting-attach = 等待数据附着
waiting-address = 等待分配地址
waiting-link = 正在建立连接
waiting-tls = 正在连接并协商密钥
waiting-login = 等待 CONNACK
waiting-suback = 等待 SUBACK
waiting-file = 正在写入
connect-now = 立即连接
connect-again = 重试
to-messages = 前往消息
row-planned = 待执行
row-running = 执行中
row-done = 已完成
row-failed = 失败
row-skipped = 不需要

step-attention = 有应答吗？
step-identity = 是哪个固件？
step-error-numbers = 用错误码代替单独的 ERROR。
step-sim = SIM 卡就绪了吗？
step-signal = 信号有多强？
step-registration = 网络接纳我们了吗？
step-attach = 可以传数据吗？
step-address = 获得了哪个地址？
step-direct-messages = 收到消息后立即打印。
step-text-mode = 以文本打印消息内容。
step-session-state = 旧会话还开着吗？
step-goodbye = 向服务器告别。
step-close-link = 关闭旧的 TCP 连接。
step-config = 客户端 ID、用户名、密码和遗嘱。
step-open-link = 打开到服务器的 TCP 连接；OK 只是受理，CONNECT OK 才是成功。
step-login = 以清理会话和心跳参数登录；CONNACK OK 才是成功。
step-subscribe = 订阅消息；SUBACK 才是成功。
step-cached-messages = 将消息保存在模块的四个缓存位中，待读取。
step-fetch-messages = 读取缓存的消息。
step-open-encrypted-link = 建立加密连接；CONNECT OK 才是成功。
step-tls-setting = 设置加密参数；重启后丢失。
step-tls-check = 读回该设置进行核对。
step-delete-file = 删除同名旧文件；此处报错无妨。
step-create-file = 创建空文件。
step-write-file = 在提示符后写入确切的字节。
step-file-size = 查询文件大小。
step-read-file = 读回文件进行比对。
step-list-files = 列出模块中的文件。
step-free-space = 查询剩余空间。
step-saved-access-point = 查询已保存的接入点。
step-save-access-point = 保存专网接入点；模块会自行重新附着。
step-clear-access-point = 删除已保存的接入点。
step-used-access-point = 查询正在使用的接入点。
step-radio-off = 关闭射频。
step-radio-on = 重新打开射频。
step-shut-context = 关闭 TCP 场景。
step-restart = 重启模块；文件保留，设置丢失。
step-start-context = 启动域名解析所需的场景；此处报错无妨。
step-raise-context = 激活场景。
step-context-address = 查询场景的地址。
step-resolve = 由模块解析域名。
step-name-servers = 查询所用的域名服务器。
step-enter-pin = 用 PIN 码解锁 SIM 卡。
step-set-name-servers = 设置模块使用的域名服务器。
step-kept-messages = 查询模块的哪些缓存位中有消息。
step-detail = 查询模块自身信息。

# 串口：各自的应答，以及哪些属于同一设备。
ports-probe = 逐个询问 AT
ports-why-open = 已有串口打开：请先关闭，线路正被连接占用
device-ports = { $count ->
   *[other] { $count } 个串口，其中只有部分接受 AT 命令
}
device-several = 同一设备
probe-asking = 正在询问 AT
probe-at = 应答 OK：这是 AT 口
probe-noise = 发出的不是文本：日志口，或波特率不同
probe-words = 有文本但不应答 AT：其他设备，或正忙
probe-silent = 不应答 AT：没有供电、其他设备或波特率不同
probe-unusable = 无法打开

# SIM 卡。
sim-title = SIM 卡
sim-public = 公网卡
sim-public-hint = 无需设置 APN：模块自动从网络获取。以前保存过的 APN 仍然有效。
sim-private = 专网卡（自有 APN）
sim-apn = APN
sim-apn-hint = 例如 jscmiot
sim-user = APN 用户名
sim-password = APN 密码
sim-check = 鉴权方式
sim-check-chap = CHAP
sim-check-pap = PAP（密码明文）
sim-check-none = 无
sim-private-warning = 保存另一个 APN 会让模块重启协议栈，断网几秒钟。该设置保存在模块内，断电不丢失，对之后的程序同样有效。

# 密码。
password-will-be-asked = 需要；连接时会询问
password-keep = 将密码保存在系统密钥环中
password-keep-hint = 保存配置时写入；绝不写入设置文件。
keyring-looking = 正在查找系统密钥环
keyring-missing = 本系统没有可用的密钥环。{ $detail }
keyring-missing-short = 本系统没有密钥环：每次都会询问密码，绝不写盘。
ask-title = “{ $name }”需要密码
ask-hint = 此配置用密码连接，而密码没有保存在本机。
ask-login = 登录密码
ask-access-point = 接入点密码
ask-connect = 使用密码连接
ask-without = 不用密码连接
ask-cancel = 取消
ask-why-empty = 请先输入密码

# 配置的导入与导出。
profile-changed = 未保存
profile-rename = 重命名
profile-import = 导入
profile-export = 导出
profile-mqttx = 导出给 MQTTX
profile-why-same-name = 请先输入另一个名称
profile-why-taken = 已有同名配置
files-path = 文件路径
files-path-hint = 文件夹/名称.json
files-pick = 浏览
files-close = 完成
files-replace = 覆盖
files-exists = { $path } 已存在。再按一次将覆盖它，或者换一个名称。
files-no-dialog = 本系统无法显示文件对话框：请直接输入路径。
files-why-busy = 请等待文件处理完成
files-why-no-path = 请先输入或选择路径
import-title = 导入配置
import-hint = 读取本程序导出的文件、MQTTX 导出的 JSON，或 MQTT Explorer 的设置。已有的配置保持不变。
import-run = 读取并导入
import-done = 已导入“{ $name }”。
import-renamed = “{ $asked }”已存在：导入的配置改名为“{ $name }”。
import-same = “{ $name }”已存在，内容完全相同。
import-too-large = 文件太大，不可能是配置文件。
import-not-text = 这不是文本文件：请选择本程序、MQTTX 或 MQTT Explorer 的 JSON 文件。
import-not-json = 不是 JSON：第 { $line } 行第 { $column } 列出错。没有导入任何内容。
import-not-profiles = 这个 JSON 文件既没有本程序的配置，也没有 MQTTX 或 MQTT Explorer 的连接。没有导入任何内容。
import-too-new = 文件格式版本为 { $found }，本程序最高支持 { $known }。请用本版本重新导出，或使用更新的程序。
import-empty = 文件中没有配置。
import-bad-profile = 第 { $number } 个配置（“{ $name }”）无法使用：字段“{ $field }”的值不合适。没有导入任何内容。
export-title = 导出配置
export-hint = 写入一个 JSON 文件，任何电脑上的本程序都能读取。
export-all = 全部 { $count } 个已保存的配置
export-secrets = 同时明文写入密码
export-secrets-warning = 拿到此文件的人都能看到密码。密码没有加密。
export-no-secrets = 现在没有已输入或已载入的密码，因此不会写入密码。
export-run = 写入文件
mqttx-title = MQTTX 连接
mqttx-hint = 写入供 MQTTX 使用的文件：连接 → 导入数据 → JSON。它连接同一服务器，可看到模块发出的消息。再次导出同一配置时，MQTTX 会更新该连接，而不会重复添加。文件中也含本配置，可再导回本程序。
mqttx-topics = MQTTX 以 { $client } 身份连接，订阅 { $listens }；在那里发布到 { $publishes } 即可到达模块。
mqttx-why-no-address = 还不知道服务器地址：请输入主机，或先连接一次以启动内置服务器
mqttx-no-files = 双向认证时，MQTTX 需要本电脑上的 CA、证书和私钥文件。其中至少一个仅在模块中或尚未选择：请在证书管理页选择，否则 MQTTX 无法连接。
mqttx-no-authority = 本电脑上未选择 CA 文件：MQTTX 将用它自带的根证书校验服务器。
mqttx-pasted = 有证书或私钥是粘贴的，没有对应的文件。MQTTX 只能读取文件：请先存为文件并在证书管理页选择它。
foreign-found = { $tool }：{ $count ->
    [0] 没有模块可用的连接
   *[other] { $count } 个连接
}
foreign-run = 导入这些连接
foreign-why-nothing = 模块无法使用其中任何连接
foreign-secrets = 同时导入文件中的密码
foreign-secrets-left = 不导入时，首次连接会询问密码。
foreign-secrets-taken = 有系统密钥环时存入其中，否则仅保留到程序退出；绝不写入设置。
foreign-version = 原连接使用 MQTT 5；模块使用 MQTT 3.1.1，服务器也须支持。
foreign-options = 未导入（仅 MQTT 5 具备）：{ $options }
foreign-client-id = 客户端 ID 与原工具相同：两端同时连接时，服务器会断开先连接的一方。请先修改其一。
foreign-client-id-time = 原工具每次连接都会在客户端 ID 后加时间戳；模块则原样使用。
foreign-disabled = 订阅 { $topic } 在原工具中已停用，未导入。
foreign-half-pair = 证书和私钥只填了一个：模块需要两者才能出示证书。
foreign-checked-here = 原工具不校验服务器证书；双向认证时模块会校验。
foreign-no-authority = 原工具使用电脑自带的根证书；模块没有：请在证书管理页选择 CA 文件。
foreign-files-inside = 证书内嵌在该文件中：请另存为文件，再到证书管理页选择。
foreign-no-file = 本电脑上无法读取 { $path }：请在证书管理页选择该文件。
foreign-elliptic = { $path } 为椭圆曲线类型：模块不一定接受，请改用 RSA。
foreign-alpn = 原工具会发送 ALPN 名称；模块不支持。
foreign-mirrored = 这是本程序旧版本为 MQTTX 写的文件：客户端 ID 和主题已还原，但其中没有模块的订阅和遗嘱。
foreign-web-socket = “{ $name }”使用 WebSocket，模块不支持：未导入。
foreign-no-host = “{ $name }”没有主机：未导入。

row-if-needed = 需要时才发送
row-extra = 计划之外
plan-to-rung = 原因：打开阶梯中的“{ $rung }”

# 到服务器的链路如何保护。
security-title = 加密
security-plain = 不加密
security-plain-hint = 所有内容明文传输，包括密码。
security-server = 单向认证（校验服务器）
security-server-hint = 单向 TLS：模块用此 CA 校验服务器证书。
security-both = 双向认证
security-both-hint = 双向 TLS：服务器也校验模块的证书。
security-encrypted = 只加密，不校验
security-encrypted-warning = 途中任何人都可以冒充服务器并读取所有内容。仅用于排查，不要用于正式工作。
slot-ca = CA 证书
slot-certificate-client = 客户端证书
slot-key-client = 客户端私钥
slot-path-hint = PEM 文件路径
slot-pick = 浏览{ $slot }
slot-is-on-module = { $slot }已在模块内
slot-on-module = 直接使用模块内的 { $name }。
slot-certificate = { $name }，有效期至 { $until }{ $more ->
    [0] {""}
   *[other] {"，另有 "}{ $more }{" 个证书"}
}
slot-key = { $kind } 私钥，不会显示
slot-concern = { $what } · { $concern }
slot-other = 既不是证书也不是私钥
slot-to-certificates = 在“证书管理”页面查看详情
field-server-name = 服务器名（SNI）
field-ignore-clock = 不检查证书日期
field-ignore-clock-hint = 用于时钟不准的模块；过期证书也会通过。
security-demo = 使用临时证书
security-demo-hint = 仅为内置服务器生成。


## The module itself

device-title = 维护
device-card = SIM 卡
device-pin = PIN 码
device-unlock = 解锁
device-pin-missing = 请先输入 PIN 码
device-pin-left =
    { $n ->
        [0] 此处已三次输错 PIN：SIM 卡将要求 PUK。
       *[other] 最多还可尝试 { $n } 次，之后 SIM 卡将要求 PUK。模块不计次数，其他地方的尝试此处不知。
    }
device-puk = SIM 卡已锁定，需要运营商提供的 PUK。输错十次将永久作废：请在手机上解锁。
device-network-gave = 网络分配了 { $address }（接入点 { $apn }）。公网卡无需接入点；专网卡请向卡商询问接入点、用户名、密码以及是否有白名单。
device-white-list = 用于白名单：{ $address }，端口 { $port }
device-apn = 已存接入点
device-apn-none = 无
device-apn-delete = 删除
device-servers = DNS 服务器
device-servers-new = 改用
device-servers-set = 设置（重启后失效）
device-servers-wrong = 一个地址，或以逗号分隔的两个
device-cache-lost = 模块缓存：{ $overwritten } 条消息被覆盖，{ $lost } 条在重启时丢失
device-look = 重新查看
device-radio-off = 关闭射频
device-radio-on = 打开射频
device-restart = 重启
device-hex-on = 打开 HEX 模式
device-hex-off = 关闭 HEX 模式
device-erase = 清除加密设置：
device-erase-key = 清除设置 { $key }
device-fact = V{ $version } 之前有误：{ $text }
device-no-fact = { $name } 没有已知问题。
tls-all = 模块支持的全部
tls-version = TLS 版本
tls-suite = 加密套件
tls-negotiation = 握手时限
field-cached = 消息存于模块
field-cached-hint = 存于四个槽位，直到被读取：较长的消息可完整收到。未及时读取的会被覆盖，重启时丢失；两者都会计数并提示。
