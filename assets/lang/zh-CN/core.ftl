# words

## What failed, as the core met it

seen-refused-port = 没有打开 { $port } 的权限：请换用有权限的用户运行
seen-refused-port-group = 没有打开 { $port } 的权限：请将当前用户加入 { $group } 组（sudo usermod -aG { $group } $USER）后重新登录
seen-port-missing = 没有串口 { $port }：请检查数据线，再重新列出串口
seen-port-busy = { $port } 被其他程序占用：请在该程序中关闭串口（常见的是 Luatools、SSCOM、LLCOM）后重试
seen-port-unplugged = { $port } 已拔出（或设备重启）：请检查数据线和供电，再重新连接
seen-port-not-serial = { $port } 不是串口：请选择模块的 AT 口
seen-port-other = { $port }：{ $detail }
seen-worker-died = 本程序中负责 { $port } 的部分意外结束（{ $detail }）：请重新连接，并报告此问题
seen-closed = 服务器（或网络）关闭了连接：CLOSED
seen-bearer-lost = 网络收回了数据连接
seen-module-restarted = 模块重启了：会话和全部 MQTT 设置已丢失
seen-sim-removed = SIM 卡被拔出
seen-module-silent = 模块不再应答
seen-silent = 发送 AT { $tries } 次均无应答：串口不对、波特率不对，或模块未开机
seen-noise = 收到 { $bytes } 字节，但不是文本：这是模块的日志口，或波特率不对
seen-lua-firmware = 这是 Lua 脚本固件，不是 AT 固件：请用 Luatools 烧录该型号的 AT 固件（{ $line }）
seen-refused = { $command } 被拒绝：{ $refusal }
seen-bad-outcome = { $command } 已被接受，随后却是：{ $got }
seen-timed-out = { $command }：{ $seconds } 秒内未出现 { $expected }
seen-unfitting = { $command } 的应答 { $quoted } 不相符
seen-sim-not-ready = SIM 卡不可用：{ $state }
seen-no-signal = 没有信号：模块报告 { $rssi }（99 为未知）
seen-not-registered-after = 未注册到网络：{ $seconds } 秒后状态仍为 { $stat }
seen-radio-off = 射频已关闭：AT+CFUN? 为 { $function }，请用 AT+CFUN=1 打开
seen-no-service = 网络已断开：模块报告无服务
seen-not-attached-after = 已注册，但 { $seconds } 秒后仍没有数据连接
seen-not-connected = 与服务器没有会话
seen-busy = 正忙于另一步骤，请等待或停止它
seen-bad-value = { $what }：{ $why }
seen-not-resolved = 模块无法解析 { $host }（错误 { $number }）
seen-not-resolved-mute = 模块无法解析 { $host }
seen-file-differs = 模块上的文件 { $name } 与发送的不一致：{ $found } 字节，应为 { $expected } 字节
seen-reading-disturbed = 文件 { $name } 的回读受到其他上报的干扰，无法比较；长度 { $bytes } 字节正确：请关闭模块的主动上报（AT+CGNSTST=0）后重试
seen-setting-differs = 设置 { $setting } 读回为 { $quoted }，应为 { $wanted }
seen-cancelled = 已按要求停止

## A value as the core names it

seen-value-host = 服务器地址
seen-value-port = 端口
seen-value-client-id = clientid
seen-value-user-name = 用户名
seen-value-password = 密码
seen-value-keep-alive = 心跳间隔
seen-value-access-point = APN
seen-value-access-point-user = APN 用户名
seen-value-access-point-password = APN 密码
seen-value-file = 文件
seen-value-file-name = 文件名
seen-value-server-name = 服务器域名
seen-value-negotiation-time = 协商时限
seen-value-topic = 主题
seen-value-will-topic = 遗嘱主题
seen-value-filter = 主题过滤器
seen-value-will-message = 遗嘱内容
seen-value-quoted-message = AT+MPUB 的消息内容
seen-value-payload = 消息内容
seen-value-setting = 设置
seen-value-count = 次数
seen-value-command = 命令

## Who states a limit

seen-origin-manual = AT 手册
seen-origin-tutorial = 厂商教程
seen-origin-tutorial-mpubex = 厂商教程，AT+MPUBEX
seen-origin-tutorial-direct = 厂商教程，直接上报方式

## A topic or a message that cannot be

seen-topic-empty = 主题为空，请至少输入一个字符
seen-topic-too-long = 主题有 { $bytes } 字节，MQTT 最多 65535 字节
seen-topic-over-limit = 主题有 { $bytes } 字节，模块最多接受 { $limit } 字节
seen-topic-nul = 主题含有 NUL 字符，MQTT 不允许
seen-topic-wildcard = { $wildcard } 是通配符：只能用于订阅，不能用于发布的主题
seen-topic-misplaced-hash = '#' 必须独占一级，且只能在最后一级
seen-topic-misplaced-wildcard = { $wildcard } 必须独占一级
seen-payload-too-long = 消息内容有 { $bytes } 字节，模块一条消息最多接受 { $limit } 字节（{ $origin }）

## What is worth knowing

noted-dialect = { $name } 不是 Air780E 系列的固件：其应答可能与预期不同
noted-setting = { $command } 被拒绝（{ $refusal }）：固件较旧，按通常的值处理
noted-overwritten = { $count } 条消息在读取之前已在模块缓存中被覆盖
noted-kept-lost = 模块重启，缓存中尚未读取的 { $count } 条消息已丢失
noted-firmware = 固件 V{ $version }：{ $text }
noted-restarted = 模块重新启动了
noted-restarted-asked = 模块按 { $line } 的要求重新启动了
noted-too-early = { $command } 发得太早（{ $refusal }）：模块还在启动
noted-prompt-left = 此前的命令留下了数据提示符，模块一直在等待数据，直到出现 { $line }
noted-other-vendor = 这是其他厂商模块的上报：{ $line }
noted-beyond = { $what }：{ $value } 超过 { $limit }（{ $origin }给出的上限）
