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
