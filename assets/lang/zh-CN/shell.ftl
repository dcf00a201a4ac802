# 主窗口以及“连接”“终端”“设置”页面的文字。

page-connect = 连接
page-messages = 消息
page-latency = 时延
page-terminal = 终端
page-settings = 设置

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
