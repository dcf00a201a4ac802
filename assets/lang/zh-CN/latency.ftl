# “时延”页面的文字。

latency-empty = 还没有测量数据
latency-empty-hint = 请以 QoS 1 或 2 发布消息，以查看 PUBACK 和 PUBCOMP 时延。
latency-network = 网络与服务器
latency-modem = 模块
latency-total = 合计
latency-series-network-1 = QoS 1：OK → PUBACK
latency-series-network-2 = QoS 2：OK → PUBCOMP
latency-series-modem = QoS { $qos }：命令 → OK
latency-series-lost = 未确认
latency-series-toggle = 显示 { $series }
latency-column-count = 数量
latency-column-max = 最大
latency-losses = { $what } { $n } 次
latency-floor = 串口 { $baud } 波特：OK 至少需要 { $accept }，PUBACK 至少需要 { $ack }
latency-run = 测量
latency-run-all = 全部测量
latency-run-name = 第 { $n } 次 · { $port } · { $time }
latency-export = 导出 CSV
latency-clear = 清空
latency-fit = 显示全部
latency-axis = ms
latency-trimmed = 较早的 { $n } 个测量值仍计入统计，但不再绘制
latency-plot = 发布时延随时间变化
