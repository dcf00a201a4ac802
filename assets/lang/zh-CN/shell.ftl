# 主窗口、状态阶梯、故障说明与“设置”页面的文字。

page-connect = 连接
page-messages = 消息
page-certificates = 证书管理
page-latency = 时延
page-watch = 观察
page-troubleshoot = 排查
page-terminal = 终端
page-settings = 设置

top-modem = 模块
top-profile = 配置
profile-unsaved = 尚未保存
virtual-modem = 虚拟 Air780E
simulated = 模拟
simulated-hint = 另一端是虚拟模块：这里的一切都不来自真实的模块或网络。
connect = 连接
connect-stop = 停止
disconnect = 断开
close-now = 立即关闭
close-port = 关闭串口
signal-hint = AT+CSQ 信号强度，{ $seconds } 秒前读取
language-name = 简体中文
language-sign = 中
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

state-unknown = 未知
state-trying = 尝试中
state-accepted = 已受理
state-confirmed = 已确认
state-failed = 失败
state-stale = 已过时
state-not-needed = 不需要
state-not-reached = 未到达
state-rested = 此前正常

evidence-close = 关闭依据
evidence-none = 还没有询问过。
evidence-silence = 没有应答
evidence-fault = 发生了什么
evidence-proves = 说明什么
evidence-next = 下一步

proves-port = 系统已为本程序独占打开该串口。
proves-at = 该串口在此波特率下有运行 AT 固件的模块应答。
proves-sim = SIM 卡已插入、可读取，且不需要 PIN。
proves-signal = 射频能收到小区信号。18 及以上稳定，11 到 17 可能掉线，10 及以下很难连接。
proves-network = 运营商已允许此 SIM 卡入网：本地 (1) 或漫游 (5)。
proves-data = 模块已附着数据网络并获得地址。
proves-dns = 服务器域名已解析为地址。
proves-tcp = 经移动网络，服务器端口有应答。
proves-tls = 双方已协商密钥，证书在所要求的检查范围内被接受。
proves-mqtt = 服务器接受了客户端 ID、用户名和密码：CONNACK OK。
proves-subscribed = 服务器对每个订阅都回了 SUBACK。授予的 QoS 模块不会打印。

next-port = 检查线缆，确认没有其他程序（Luatools、SSCOM、LLCOM）占用该串口，然后重新连接。
next-at = 换模块的另一个串口或另一个波特率，检查供电，然后重新连接。
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
settings-history-hint = 先丢弃较早的。一百万行终端记录约占 100 MB 内存，文本最多占用 256 MB。
settings-log = 日志
settings-log-on = 为每次连接写日志
settings-log-folder = 日志文件夹
settings-export = 复制与导出
settings-export-numbers = 在复制和导出的内容中显示 IMEI、IMSI、ICCID 和位置
settings-export-hint = 密码和密钥始终隐去；日志从不显示这些号码。
settings-log-hint = 从下一次连接起，记录双向的每个字节，保存为 .trace 文件，可用“air780e replay”回放。密码、密钥以及模块和卡的号码都会隐去。保留最新的 200 个。
settings-here = 连接失败时
settings-here-on = 在电脑上做同样的测试
settings-here-hint = TCP 或 TLS 连接失败时，由电脑测试同样的域名、端口和握手；不登录，不发送消息。最多五秒；服务器日志中会出现几次打开后即关闭的连接。
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
system-ports-none = 没有找到。虚拟模块不需要串口。

keys-title = 当前可用的按键
keys-close = 关闭
keys-connect = 连接或断开
keys-escape = 关闭已打开的内容
keys-help = 本列表
keys-publish = 发布
keys-search = 搜索
keys-send = 发送命令
keys-next-hit = 下一处匹配；按住 Shift 为上一处
keys-list = 滚动当前列表
keys-tab = 到下一个控件
keys-recall = 较早和较新的命令

notices-title = 全部通知，最新的在前
notices-close = 关闭通知列表
notices-none = 暂无通知。
notices-open = 通知（{ $count }）
notice-close = 关闭通知
notice-connect-failed = 未连接。{ $why }
notice-disconnect-failed = 未能按顺序关闭。{ $why }
notice-subscribe-failed = 订阅未成功。{ $why }
notice-publish-failed = 消息未发送。{ $why }
notice-measure-failed = 测量提前结束。{ $why }
notice-raw-failed = 命令未成功。{ $why }
notice-request-failed = 未成功。{ $why }
notice-too-many = 等待的请求太多，请稍后再试。
notice-no-port = 没有打开的串口：请先连接。
notice-session-lost = 会话已丢失。{ $why }
note-overwritten = 模块缓存中有 { $count } 条消息未及读取就被覆盖。
note-kept-lost = 模块重启，缓存中的 { $count } 条消息未及读取已丢失。
note-dialect = “{ $name }”不是 Air780E 系列固件，应答可能与预期不同。
note-firmware = 固件 V{ $version }：{ $text }。
note-setting = { $command } 被拒绝（{ $refusal }），按常用值处理。
note-restarted = 模块已重新启动。
note-too-early = { $command } 发送过早：模块尚未启动完成。
note-prompt-left = 模块仍在等待之前命令的数据，并把命令当作数据，直到应答 { $line }。
note-other-vendor = 这是其他厂家模块的上报：{ $line }
note-beyond = { $value } 超过 { $limit }（两个限值中较低者），部分固件可能不接受。
notice-own-broker = 内置服务器无法启动：{ $detail }
notice-file = 无法使用 { $path }：{ $detail }
notice-log-ended = 日志 { $path } 到此为止：文件过大，或磁盘跟不上。连接不受影响。
notice-clearing-ended = 连接在保留消息全部清除之前结束：服务器仍保留 { $left } 条，当时正在清除的几条也可能仍保留。
notice-open-folder = 打开所在文件夹
notice-copy-path = 复制路径
notice-exported = 已写入 { $path }
notice-keyring = 系统密钥环无法使用：{ $detail }。将改为询问密码。
notice-settings-aside = 无法读取设置（{ $detail }）。旧文件保留为 { $path }；{ $profiles ->
    [0] 没有配置可用
   *[other] 仍有 { $profiles } 个配置可用
}。
notice-settings-held = 设置未能保存：本程序的另一个窗口占用着 { $path } 且没有释放。请关闭那个窗口；此处的下一次修改会重新保存。
notice-profile-saved = 已保存配置“{ $name }”。

fault-silent = 发送 AT { $tries } 次均无应答：串口不对、波特率不对，或模块未上电。
fault-noise = 收到 { $bytes } 字节，但不是文本：这是模块的日志口，或波特率不对。
fault-lua = 这是 Lua 脚本固件，不是 AT 固件：请用 Luatools 烧录此型号的 AT 固件（{ $line }）。
fault-refused = 模块拒绝了 { $command }：{ $refusal }
refusal-known = { $line }（{ $meaning }）
fault-bad-outcome = { $command } 已受理，随后收到：{ $got }
fault-timed-out = { $command }：{ $seconds } 秒内没有 { $expected }。
fault-unfitting = { $command } 的应答 { $got } 不相符。
fault-sim = SIM 卡不可用：{ $state }
fault-no-signal = 没有信号：模块报告 { $rssi }（99 为未知）。
fault-not-registered = { $seconds } 秒后仍未注册到网络：状态 { $stat }。
fault-not-attached = 已注册，但 { $seconds } 秒后仍没有数据连接。
fault-not-connected = 与服务器没有会话：请先连接。
fault-busy = 正忙于另一步骤：请等待或停止它。
fault-bad-value = { $what }：{ $why }
fault-radio-off = 射频已关闭：AT+CFUN? 为 { $function }，请执行 AT+CFUN=1 打开。
fault-no-service = 网络已断开：模块报告无服务。
value-empty = 内容为空，请至少输入一个字符。
value-too-long = 共 { $bytes } 字节，模块最多接受 { $limit } 字节（{ $origin }）。
value-out-of-range = { $value } 超出范围 { $lowest } 到 { $highest }。
value-quote = 含有引号 { $mark }，会破坏命令，请删除。
value-invisible = 含有不可见字符 { $code }，多半是复制带入的，请删除。
value-not-a-name = 含有“{ $found }”，只填写域名或地址，端口请填在端口栏。
value-blank = 含有空格，只填写域名或地址。
value-control = 含有控制字符或换行，请一次发送一行。
value-wants-data = 该命令在提示符后还要输入数据，手动输入的一行无法提供，请使用相应页面。
value-not-text = 不是纯文本，模块此处只接受文本。
value-no-contents = { $name } 没有内容，请选择正确的文件。
value-not-digits = 必须是 { $lowest } 到 { $highest } 位数字。
value-unknown-name = 模块没有这个名称的设置项。
value-of-host = 主机
value-of-port = 端口
value-of-client-id = 客户端 ID
value-of-user-name = 用户名
value-of-password = 密码
value-of-keep-alive = 心跳间隔
value-of-apn = APN
value-of-apn-user = APN 用户名
value-of-apn-password = APN 密码
value-of-file = 文件
value-of-server-name = 服务器名
value-of-negotiation = 握手时限
value-of-topic = 主题
value-of-filter = 主题过滤器
value-of-will = 遗嘱
value-of-message = 消息
value-of-pin = PIN 码
value-of-setting = 设置项
value-of-command = 命令
fault-not-resolved = 模块无法解析 { $host }（错误 { $number }：{ $meaning }）。
fault-not-resolved-mute = 模块无法解析 { $host }。
fault-reading-disturbed = 无法回读文件 { $name } 进行比对：其他输出打断了读取。文件长度（{ $bytes } 字节）正确；请先关闭模块的自动输出（AT+CGNSTST=0），再重试。
fault-file-differs = 模块上的文件 { $name } 不一致：{ $found } 字节，应为 { $expected } 字节。
fault-setting-differs = 设置 { $setting } 读回为“{ $found }”，应为“{ $expected }”。
fault-cancelled = 已按要求停止。

port-missing = 没有串口 { $port }：检查线缆，然后重新列出串口。
port-busy = { $port } 被其他程序占用：请在那里关闭（常见为 Luatools、SSCOM、LLCOM）后重试。
port-no-permission = 没有 { $port } 的权限：请以有权打开它的用户运行。
port-no-permission-group = 没有 { $port } 的权限：把用户加入 { $group } 组（sudo usermod -aG { $group } $USER）并重新登录。
port-unplugged = { $port } 已拔出，或其设备已重启：检查线缆和供电，然后重新连接。
port-not-serial = { $port } 不是串口：请选择模块的 AT 口。
port-other = { $port }：{ $detail }
port-worker-died = 本程序中负责 { $port } 的部分意外结束（{ $detail }）：请重新连接并反馈此问题。

loss-closed = 服务器（或网络）关闭了连接：CLOSED。
loss-bearer = 网络收回了数据连接。
loss-restart = 模块重启了：会话和全部 MQTT 设置已丢失。
loss-sim = SIM 卡被拔出。
loss-silent = 模块不再应答。

fault-topic-empty = 主题为空：请至少写一个字符。
fault-topic-too-long = 主题有 { $bytes } 字节，最多 { $limit } 字节。
fault-topic-nul = 主题含有 NUL 字符，MQTT 不允许。
fault-topic-wildcard = { $wildcard } 是通配符：只能用于订阅，不能用于发布的主题。
fault-topic-misplaced-wildcard = { $wildcard } 必须独占一级，且 # 只能在最后一级。
fault-payload-too-long = 内容有 { $bytes } 字节；模块一条消息最多接受 { $limit } 字节（AT+MPUBEX，据厂商教程）。

save-authority = 为模块保存 CA 文件
save-hint-authority = 仅有一张证书，不含密钥。让模块信任之前请核对指纹。按“保存文件”之前不会写入任何内容。
save-latency = 将测量数据保存为表格
save-terminal = 将对话保存为记录
save-messages = 保存列表中的消息
save-path = 文件
save-hint-latency = 仅有数字和时间，不含密码和消息内容。按“保存文件”之前不会写入任何内容。
save-hint-terminal = 密码、密钥以及模块和卡的号码已遮盖；主机、主题和消息内容没有遮盖。按“保存文件”之前不会写入任何内容。
save-hint-messages = 除非在设置中另有选择，模块和卡的号码以及位置会被遮盖；主题和消息内容的其余部分按原样写入。按“保存文件”之前不会写入任何内容。
save-choosing = 系统对话框已打开……
save-writing = 正在写入……
save-taken = 已有同名文件。按“替换”将其覆盖。
save-failed = 无法写入：{ $detail }
save-write = 保存文件
save-replace = 替换
save-choose = 选择位置……
save-cancel = 取消
save-why-no-path = 请先输入路径
save-why-busy = 请等待当前步骤结束

start-no-desktop = 窗口无法打开：这里没有桌面环境，DISPLAY 和 WAYLAND_DISPLAY 都没有设置。
start-library = 窗口无法打开，缺少 { $files }：请安装 { $packages }（Debian 和 Ubuntu 的软件包名）。
start-no-drawing = { SYSTEM() ->
    [linux] 窗口无法打开，OpenGL 没有启动：请安装 { $packages }（Debian 和 Ubuntu 的软件包名）。
    [windows] 窗口无法打开，OpenGL 和 Direct3D 12 都没有启动：请更新 Windows 和显卡驱动程序。
   *[other] 窗口无法打开，OpenGL 没有启动。
}
start-failed = { SYSTEM() ->
    [linux] 窗口无法打开（{ $words }）。它需要桌面环境（X11 或 Wayland）和 OpenGL。
    [windows] 窗口无法打开（{ $words }）。它需要 OpenGL 或 Direct3D 12：请更新 Windows 和显卡驱动程序。
   *[other] 窗口无法打开（{ $words }）。它需要 OpenGL。
}
start-script = 运行 { $script } 会安装窗口所需的全部软件包。
start-command = 不用窗口时，同样的功能也可以用命令行：{ $command }
crash-stopped = 程序已停止，报告保存在 { $path }

skip-to-page = 跳到页面
closing-title = 模块没有退出登录
closing-hint = 模块已有一秒没有应答。一旦应答，窗口会自行关闭。如果现在关闭，服务器会保留会话，直到心跳时间耗尽。
closing-no = 不关闭
closing-yes = 立即关闭窗口
