# words

watch-no-drop = { $time } 内没有断线
watch-unexplained = { $count } 次原因不明
watch-another-client-same-client = { $count } 次因另一客户端使用相同 clientid
watch-after-nothing-had-reached = { $count } 次因心跳时间内无数据到达服务器
watch-after-keep-alive-too = { $count } 次因心跳过长被网络回收
watch-network-took-data-connection = { $count } 次因网络释放数据连接
watch-without-sim-card = { $count } 次因未检测到 SIM 卡
watch-port-vanished = { $count } 次因串口消失
watch-command-side = { $count } 次由本端命令断开
watch-by = { $count } 次因 { $id }（{ $cause }）
watch-after-signal-dbm-less = { $count } 次在信号不高于 { $most } dBm 之后
watch-after-signal-lost = { $count } 次在信号丢失之后
watch-h = 小时
watch-min = 分钟
watch-s = 秒

## compare

watch-nothing-tells-apart = 无法区分两者
watch-more-than-chance-so = 差异并非偶然：仅凭偶然出现如此差别的概率为 { $percent } %
watch-probably-more-than-chance = 差异很可能并非偶然（偶然概率 { $percent } %），延长观察可确认
watch-may-chance-counts-uneven = 可能只是偶然：仅凭偶然出现这样差别的概率为 { $percent } %
watch-against = { $one }，对比{ $other }：{ $what }。

## finder

watch-quiet-time-survived-cut = 静默 { $survived } 后仍在线，静默 { $cut } 后被切断
watch-every-quiet-time-up = 静默 { $survived } 以内均未被切断
watch-already-quiet-time-cut = 静默 { $cut } 即被切断
watch-nothing-found = 未能得出结果
watch-keep-alive-safe-here = 心跳设为 { $safe } 秒是安全的
watch-try-longer-ones-know = 请测试更长的时间以得出安全的心跳
watch-path-bears-no-usual = 该网络无法维持常用的心跳：请咨询卡商，或由应用频繁发送数据

## watching

watch-no-way-back-helped = 所有恢复手段均无效。请按 RESET，或断电十秒；若模块仍无响应，请按住开机键两秒。

## The summary of a watch

watch-drops = { $time } 内断线 { $count } 次
watch-in = { $time } 内断线 { $count } 次
watch-restart-supply = { $count } 次因供电重启
watch-restart-module-itself = { $count } 次模块自行重启
watch-broker-restarts = { $count } 次因服务器重启
watch-summary = { $drops }。{ $uptime }
watch-summary-by-cause = { $drops }：{ $causes }。{ $uptime }
watch-comma = ，
watch-semicolon = ；
watch-uptime = 在线时间占 { $share } %
watch-longest-quiet = 存活的最长静默时间为 { $time }
watch-unwatched = 其间有 { $time } 无人观察
watch-sentence = { $what }。
watch-span = { $value } { $unit }
watch-quiet = { $what }；{ $advice }。
watch-quiet-given-up = { $what }（因其他原因断线而中止）；{ $advice }。

## A watch as it goes

watch-begins = 开始观察 { $broker }，共 { $seconds } 秒
watch-through = 通过 { $port } 观察
watch-session-open = 会话已建立
watch-drop = 第 { $number } 次断线：{ $what }
watch-drop-because = 第 { $number } 次断线：{ $what }，依据 { $fact }
watch-named = { $id }（{ $certainty }）
watch-no-cause = 原因不明
watch-perhaps = 原因不明，可能是 { $ids }
watch-seen = 已看到
watch-likely = 很可能
watch-possible = 可能
watch-way-link = 重新连接
watch-way-context = 重建 TCP 上下文
watch-way-radio = 重启射频
watch-way-module = 重启模块
watch-helped = { $way }有效
watch-port-gone = 串口消失
watch-port-away = { $port } 消失，等待其再次出现
watch-gap = 有 { $seconds } 秒无人观察
watch-missed = 会话在无人观察时断开
watch-over = 时间到
watch-signal = 信号 { $dbm } dBm
watch-no-signal = 没有信号
watch-cell = 小区 { $name }
watch-journal = 日志文件为 { $path }
watch-journal-busy = 另一观察正在写入，请换一个文件
watch-journal-over = --journal { $path }：该观察已结束；请用 "air780e drops" 读取，或换一个文件
watch-journal-of-other = --journal { $path }：该观察以其他参数开始；请给出相同参数，或换一个文件
watch-journal-unwritten = 日志文件无法写入：{ $why }；腾出空间后会继续写入
watch-no-journal-line = 第 { $line } 行：不是观察日志的内容；请给出 air780e watch 写出的文件
watch-no-watch-in-it = 其中没有观察记录；请给出观察的日志文件
watch-publish-how-often = 有 --publish 而没有 --publish-every；请说明两条消息间隔多少秒

## How a watch ended

watch-failed-by = 失败：{ $why }（{ $id }）
watch-never-opened = 会话从未建立
watch-did-not-come-back = 会话于 { $at } 断开，未能恢复
watch-lost-too-often = 会话断开了 { $drops } 次，允许 { $most } 次
watch-lost-by-one-cause = 会话因 { $id } 断开了 { $count } 次
watch-drop-line = 第 { $number } 次断线 { $at }：{ $course }；{ $what }；{ $before }：{ $why }
watch-still-lost = 仍未恢复
watch-seconds = { $seconds } 秒
watch-partly-unwatched = 其间有一段无人观察
watch-back-by = { $way }后恢复
watch-quiet-before = 此前静默 { $seconds } 秒
watch-signal-before = 此前信号 { $dbm } dBm

## Quiet times

quiet-survived = 静默 { $seconds } 秒：仍在线
quiet-cut = 静默 { $seconds } 秒：被切断
quiet-disturbed = 静默 { $seconds } 秒：受干扰
quiet-port-closed = 串口已关闭
quiet-too-many-requests = 等待的请求过多，请稍后再试
quiet-port-ended = 与串口的连接已结束

## Coming back to a lost session

comeback-field = 断线后
comeback-off = 不处理
comeback-ask = 询问我
comeback-automatic = 自动重连
comeback-pauses = 间隔
comeback-first-pause = 首次重连前的间隔
comeback-longest-pause = 重连的最长间隔
comeback-asking = 会话已断开。是否重连？
comeback-waiting = 正在恢复：{ $seconds } 秒后第 { $number } 次尝试
comeback-trying = 正在恢复：第 { $number } 次尝试，{ $way }
comeback-port = 串口已消失；重新出现后立即打开
comeback-lost = 断开于 { $time }：{ $why }
comeback-return = 重连
comeback-always = 总是
comeback-always-hint = 立即重连，此配置今后自动重连。
comeback-leave = 不重连
comeback-stop = 停止尝试
comeback-now = 立即尝试

## The Watch page and the report

watch-empty = 尚无观察记录
watch-empty-hint = 观察会保持一个会话数小时，并解释每一次断线。命令行的日志也可在此打开。
watch-new = 新的观察
watch-start = 开始观察
watch-stop = 结束观察
watch-close-form = 关闭表单
watch-awaiting = 会话建立后立即开始
watch-open = 打开观察日志
watch-open-hint = 由 air780e watch 或本窗口写入。
watch-path = 观察日志的路径
watch-read = 读取
watch-own-journals = 本窗口写入的日志
watch-reading = 正在读取…
watch-report = 保存报告
watch-report-hint = 一个 HTML 文件，含图形与中英文内容，不含脚本。
watch-nothing-yet = 请先观察，或打开一份日志
watch-progress = 已观察的时间
watch-shown = 显示的观察
watch-own-name = 本窗口的观察
watch-forget = 关闭此日志（文件保留）
watch-against-none = 不作对比
watch-held-against = 对比对象
watch-comparison = 对比
watch-not-over = 观察时间尚未结束。
watch-go-on = 继续观察
watch-other-session = 此日志对应服务器 { $broker }、心跳 { $keep_alive } 秒；请先连接到该服务器。
watch-unreadable = { $path }：{ $detail }
watch-form-hint = 观察期间断线会自动重连。日志在程序崩溃后仍可继续。
watch-field-hours = 小时
watch-field-publish = 发布间隔（秒）
watch-field-qos = 服务质量
watch-field-topic = 主题
watch-field-signal = 信号间隔（秒）
watch-field-drops = 允许断线次数
watch-wrong-hours = 小时：不超过 200 的数字
watch-wrong-seconds = 秒：不超过 86400 的整数
watch-wrong-drops = 允许断线次数：整数，留空表示不限
watch-strip = 观察过程：会话、断线、信号
watch-lane-session = 会话
watch-lane-signal = 信号
watch-strip-hint = 滚轮缩放，拖动平移，双击显示全部；点击断线标记查看前后。高而红：断线；低而绿：在线；细线：无人观察。
watch-figures = 数据
watch-by-cause = 按原因统计
watch-every-drop = 每次断线
watch-losses = 本窗口中的断线
watch-drops-left = 另有 { $n } 次较早的断线见报告
watch-drop-name = 断线 { $n } · { $time }
watch-look-at-drop = 查看前后
watch-back-after = { $time } 后恢复
watch-vain = { $n } 次尝试无效
watch-report-title = 观察：{ $name }
watch-picture = 会话随时间的状态（高：断线，低：在线，细线：无人观察），断线标记，以及下方的信号强度（dBm）。
watch-verdict-ok = 结论：正常。
watch-verdict-failed = 结论：未通过（{ $failure }）。
watch-verdict-failed-by = 结论：未通过（{ $failure }），原因 { $id }。
watch-cause = { $id } { $words }
watch-cause-none = 原因不明
watch-cause-perhaps = 原因不明，可能是 { $ids }
watch-before = 此前静默 { $quiet }
watch-before-signal = 此前 { $dbm } dBm，静默 { $quiet }
watch-column-cause = 原因
watch-column-count = 断线次数
watch-column-number = 序号
watch-column-begin = 开始
watch-column-lasted = 恢复用时
watch-column-by = 断开方式
watch-column-before = 此前
watch-column-helped = 恢复手段
watch-figure-broker = 服务器
watch-figure-begin = 开始
watch-figure-plan = 自发消息
watch-figure-publishes = 每 { $seconds } 秒一条，QoS { $qos }
watch-figure-publishes-nothing = 无
watch-figure-keep-alive = 心跳
watch-figure-watched = 已观察
watch-figure-up = 在线
watch-figure-drops = 断线
watch-figure-per-hour = 每小时断线
watch-figure-return = 恢复用时
watch-figure-return-both = 中位数 { $middle }，最长 { $longest }
watch-figure-quiet = 存活的最长静默时间
watch-figure-messages = 消息
watch-figure-messages-counts = 发布 { $published }，确认 { $confirmed }，未发出 { $failed }，未知 { $unknown }，收到 { $received }
watch-figure-signal = 信号
watch-figure-unwatched = 无人观察
watch-figure-operators = 运营商
watch-figure-cells = 小区（区域-小区）
watch-figure-cells-named = { $count } 个：{ $names }
watch-figure-supply = 供电
