# 主窗口、状态阶梯、故障说明与“设置”页面的文字。

page-connect = 连接
page-messages = 消息
page-latency = 时延
page-terminal = 终端
page-settings = 设置

top-modem = 模组
top-profile = 配置
profile-unsaved = 尚未保存
virtual-modem = 虚拟 Air780E
simulated = 模拟
simulated-hint = 另一端是虚拟模组：这里的一切都不来自真实的模组或网络。
connect = 连接
connect-stop = 停止
disconnect = 断开
close-now = 立即关闭
close-port = 关闭串口
signal-hint = AT+CSQ 信号强度，{ $seconds } 秒前读取
switch-language = 切换到 { $language }
theme = 主题
theme-system = 跟随系统
theme-light = 浅色
theme-dark = 深色
why-not-while-connected = 请先断开连接

rung-port = 串口
rung-at = AT
rung-sim = SIM 卡
rung-signal = 信号
rung-network = 网络
rung-data = 数据
rung-dns = DNS
rung-tcp = TCP
rung-tls = TLS
rung-mqtt = MQTT
rung-subscribed = 订阅
ladder-first-failed = 停在“{ $rung }”

state-unknown = 未知
state-trying = 尝试中
state-accepted = 已受理
state-confirmed = 已确认
state-failed = 失败
state-stale = 已过时
state-not-needed = 不需要
state-not-reached = 未到达

evidence-close = 关闭依据
evidence-none = 还没有询问过。
evidence-silence = 没有应答
evidence-fault = 发生了什么
evidence-proves = 说明什么
evidence-next = 下一步

proves-port = 系统已为本程序独占打开该串口。
proves-at = 该串口在此波特率下有运行 AT 固件的模组应答。
proves-sim = SIM 卡已插入、可读取，且不需要 PIN。
proves-signal = 射频能收到小区信号。18 及以上稳定，11 到 17 可能掉线，10 及以下很难连接。
proves-network = 运营商已允许此 SIM 卡入网：本地 (1) 或漫游 (5)。
proves-data = 模组已附着数据网络并获得地址。
proves-dns = 服务器域名已解析为地址。
proves-tcp = 经移动网络，服务器端口有应答。
proves-tls = 双方已协商密钥，证书在所要求的检查范围内被接受。
proves-mqtt = 服务器接受了客户端 ID、用户名和密码：CONNACK OK。
proves-subscribed = 服务器对每个订阅都回了 SUBACK。授予的 QoS 模组不会打印。

next-port = 检查线缆，确认没有其他程序（Luatools、SSCOM、LLCOM）占用该串口，然后重新连接。
next-at = 换模组的另一个串口或另一个波特率，检查供电，然后重新连接。
next-sim = 重新插拔 SIM 卡；用手机解除 PIN；换一张确认可用的卡。
next-signal = 检查天线及其接头，换个位置再试。
next-network = 检查卡的账户和覆盖情况，以及卡是否绑定了其他设备。
next-data = 检查流量套餐；专网卡还要检查 APN、用户名和密码。
next-dns = 检查主机名是否写错，或改用服务器的数字地址。
next-tcp = 检查主机、端口和服务器防火墙；专网卡须把该地址加入白名单。
next-tls = 检查证书，以及服务器提供的加密套件。
next-mqtt = 检查用户名、密码和客户端 ID；相同 ID 的另一个客户端会把本连接踢下线。
next-subscribed = 检查服务器是否允许该用户订阅此主题。

settings-hint = 保存在本机
settings-look = 外观
settings-language = 语言
settings-stage = 演示字号
settings-stage-hint = 整体放大一半，最后一排也能看清。
settings-history = 历史
settings-terminal-lines = 终端行数
settings-messages = 保留消息数
settings-history-hint = 最早的先丢弃。
settings-program = 本程序
settings-version = 版本
settings-folder = 文件夹
settings-no-folder = 无：不保存任何内容
settings-folder-hint = 设置和配置以一个 JSON 文件保存在那里，密码从不写入。
settings-folder-copy = 复制路径
settings-system = 本系统
system-keyring = 密钥环
system-keyring-ready = 可用；配置可以把密码保存在其中。
system-ports-title = 串口
system-ports = 找到 { $count } 个
system-ports-none = 没有找到。虚拟模组不需要串口。

keys-title = 当前可用的按键
keys-close = 关闭
keys-connect = 连接或断开
keys-escape = 关闭已打开的内容
keys-help = 本列表
keys-publish = 发布
keys-search = 搜索
keys-send = 发送命令
keys-list = 滚动当前列表
keys-tab = 到下一个控件
keys-recall = 较早和较新的命令

notice-close = 关闭通知
notice-connect-failed = 未连接。{ $why }
notice-disconnect-failed = 未能按顺序关闭。{ $why }
notice-subscribe-failed = 订阅未成功。{ $why }
notice-publish-failed = 消息未发送。{ $why }
notice-raw-failed = 命令未成功。{ $why }
notice-request-failed = 未成功。{ $why }
notice-too-many = 等待的请求太多，请稍后再试。
notice-no-port = 没有打开的串口：请先连接。
notice-session-lost = 会话已丢失。{ $why }
notice-own-broker = 内置服务器无法启动：{ $detail }
notice-file = 无法使用 { $path }：{ $detail }
notice-exported = 已写入 { $path }
notice-keyring = 系统密钥环无法使用：{ $detail }。将改为询问密码。
notice-settings-aside = 无法读取设置（{ $detail }）。旧文件保留为 { $path }；{ $profiles ->
    [0] 没有配置可用
   *[other] 仍有 { $profiles } 个配置可用
}。
notice-profile-saved = 已保存配置“{ $name }”。

fault-silent = 发送 AT { $tries } 次均无应答：串口不对、波特率不对，或模组未上电。
fault-noise = 收到 { $bytes } 字节，但不是文本：这是模组的日志口，或波特率不对。
fault-lua = 这是 Lua 脚本固件，不是 AT 固件：请用 Luatools 烧录此型号的 AT 固件（{ $line }）。
fault-refused = 模组拒绝了 { $command }：{ $refusal }
fault-bad-outcome = { $command } 已受理，随后收到：{ $got }
fault-timed-out = { $command }：{ $seconds } 秒内没有 { $expected }。
fault-unfitting = { $command } 的应答 { $got } 不相符。
fault-sim = SIM 卡不可用：{ $state }
fault-no-signal = 没有信号：模组报告 { $rssi }（99 为未知）。
fault-not-registered = { $seconds } 秒后仍未注册到网络：状态 { $stat }。
fault-not-attached = 已注册，但 { $seconds } 秒后仍没有数据连接。
fault-not-connected = 与服务器没有会话：请先连接。
fault-busy = 正忙于另一步骤：请等待或停止它。
fault-bad-value = { $what }：{ $why }
fault-not-resolved = 模块无法解析 { $host }（错误 { $number }）。
fault-not-resolved-mute = 模块无法解析 { $host }。
fault-file-differs = 模块上的文件 { $name } 不一致：{ $found } 字节，应为 { $expected } 字节。
fault-setting-differs = 设置 { $setting } 读回为“{ $found }”，应为“{ $expected }”。
fault-cancelled = 已按要求停止。

port-missing = 没有串口 { $port }：检查线缆，然后重新列出串口。
port-busy = { $port } 被其他程序占用：请在那里关闭（常见为 Luatools、SSCOM、LLCOM）后重试。
port-no-permission = 没有 { $port } 的权限：请以有权打开它的用户运行。
port-no-permission-group = 没有 { $port } 的权限：把用户加入 { $group } 组（sudo usermod -aG { $group } $USER）并重新登录。
port-unplugged = { $port } 已拔出，或其设备已重启：检查线缆和供电，然后重新连接。
port-not-serial = { $port } 不是串口：请选择模组的 AT 口。
port-other = { $port }：{ $detail }
port-worker-died = 服务 { $port } 的线程意外结束（{ $detail }）：请重新连接并反馈此问题。

loss-closed = 服务器（或网络）关闭了连接：CLOSED。
loss-bearer = 网络收回了数据连接。
loss-restart = 模组重启了：会话和全部 MQTT 设置已丢失。
loss-sim = SIM 卡被拔出。
loss-silent = 模块不再应答。

fault-topic-empty = 主题为空：请至少写一个字符。
fault-topic-too-long = 主题有 { $bytes } 字节，最多 { $limit } 字节。
fault-topic-nul = 主题含有 NUL 字符，MQTT 不允许。
fault-topic-wildcard = { $wildcard } 是通配符：只能用于订阅，不能用于发布的主题。
fault-topic-misplaced-wildcard = { $wildcard } 必须独占一级，且 # 只能在最后一级。
fault-payload-too-long = 内容有 { $bytes } 字节；模组一条消息最多接受 { $limit } 字节。
