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
watch-journal = 日志文件为 { $path }
watch-journal-busy = --journal { $path }：另一观察正在写入，请换一个文件
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
