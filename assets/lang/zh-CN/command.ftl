# words

command-no-sense = 参数没有意义
command-no-signals = 无法接收系统信号：{ $error }
command-file = { $path }：{ $why }
command-option-file = { $option } { $why }
command-unwritable = { $option } { $path }：{ $why }；请换一个文件
command-recording-ended = 记录无法继续：{ $why }

## Arguments

command-key-on-line = 命令行中出现了私钥内容，其他人可以读到；请保存为文件并给出文件名
command-pasted-key = { $place }是私钥的内容；请另存为文件，再把路径交给 --ca、--cert 或 --key
command-pasted-certificate = { $place }是证书的内容；请另存为文件，再把路径交给 --ca、--cert 或 --key
command-an-argument = 某个参数
command-value-of = { $option } 的值
command-no-language = 没有这种语言，请选择 { $known } 之一
command-no-span = { $text } 不是时长；请写数字加 h、m 或 s，例如 40h，最长 200h
command-no-form = { $text } 没有说明格式，请以 .html、.md 或 .txt 结尾
usage-unknown = 没有选项 { $argument }；--help 列出全部选项
usage-no-command = 没有命令“{ $command }”；--help 列出全部命令
usage-missing = 缺少参数：{ $argument }
usage-missing-command = 缺少命令；--help 列出全部命令
usage-conflict = { $argument } 与 { $other } 互相排斥，请去掉其中一个
usage-no-value = { $argument } 需要一个值
usage-choose = { $argument }：没有取值“{ $value }”，请选择 { $known } 之一
usage-unfit = { $argument }：“{ $value }”不合适：{ $why }
usage-unfit-value = 无法理解
usage-range = 不在 { $range } 之内
usage-other = 参数不合适（{ $detail }）；--help 说明写法

## What the system says

command-system-missing = 没有这个文件或文件夹
command-system-no-folder = 路径中有一部分不是文件夹
command-system-no-permission = 当前用户没有权限
command-system-there-already = 已经存在
command-system-folder = 这是文件夹
command-system-disk-full = 磁盘已满
command-system-read-only = 无法写入：文件系统是只读的
command-in-the-way-link = 这是符号链接，请给出文件本身的路径
command-in-the-way-nameless = 路径中没有文件名

## Ports

command-link-missing = 没有这个串口
command-link-busy = 被其他程序占用
command-link-no-permission = 没有权限
command-link-gone = 对端已断开
command-link-not-serial = 不是串口
ports-none-found = { SYSTEM() ->
    [windows] 没有找到串口：请用数据线连接模块，并按住开机键两秒。如果设备管理器中有该设备却没有 COM 端口，就是缺少驱动程序。
   *[other] 没有找到串口：请用数据线连接模块，并按住开机键两秒。
}
ports-answers = 应答 AT
ports-silent = 无应答
ports-noise = 不是文本：日志口，或波特率不同
ports-other-text = 有文本，但不应答 AT
ports-unusable = 无法使用：{ $why }
ports-interface = 接口 { $number }
ports-family = Air780E 系列
ports-use-this = ← 请用这个

## A trace that is read again

replay-line = 第 { $line } 行：{ $why }
replay-bad-line = { $why }。请更正该行，或截去该行及其后内容后重试
replay-cut = 记录在第 { $line } 行中间断开，只读到此处
replay-flaw-begin = 记录应以 "# air780e trace 1" 开头
replay-flaw-no-text = 不是 UTF-8 文本；请给出 --save-trace 写出的文件
replay-flaw-no-moment = 上方缺少第一个时刻（`@ 0.000000`）
replay-flaw-mark = 每行应以 `# `、`@ `、`> ` 或 `< ` 开头
replay-flaw-moment = { $text } 不是时刻；请写六位小数的秒数，例如 12.034000
replay-flaw-backwards = 时刻 { $moment } 早于上方的时刻
replay-flaw-hex = `\x` 之后应为两位十六进制数字
replay-flaw-secret-end = `\*` 应以 `;` 结束
replay-flaw-secret-count = `\*` 与 `;` 之间应为数量
replay-flaw-secret-length = 一处隐藏了 { $count } 字节，最多只读 { $most } 字节
replay-flaw-escape = 反斜杠之后应为 r、n、t、x、* 或反斜杠

## The virtual modem

sim-needs-unix = 虚拟串口需要 Unix 系统；请改用 "check --port virtual"
sim-no-scenario = --scenario { $name }：没有这个场景；--list-scenarios 列出全部场景
sim-what-helps = 解决办法：{ $fix }
sim-same-check = 从本机做同样检查的参数：{ $place }
sim-type = 输入：{ $line }
sim-send = 原样发送：{ $bytes }
sim-wait = {"  "}等待：{ $text }
sim-wait-for-link = {"  "}等待：CONNECT OK（或应出现的其他内容）
sim-pass = {"  "}等待 { $seconds } 秒
sim-see = 应依次看到：{ $texts }
sim-rung = 失败的步骤：{ $rung }
sim-finding = 故障编号：{ $id }
sim-takes-no-orders = { $order }：虚拟模块暂时不接受命令，请重试
sim-unknown-word = 没有命令“{ $word }”；"help" 列出全部命令
sim-unfit-order = “{ $given }”不合适：写法为 { $usage }
sim-steer-card = 拔出或插入 SIM 卡
sim-steer-signal = 按 AT+CSQ 的数值设置信号；99 表示没有小区
sim-steer-registration = 设置网络的注册应答
sim-steer-bearer = 恢复或收回 IP 地址，可指定时间或一直保持
sim-steer-restart = 供电跌落：模块重新启动
sim-steer-crash = 固件崩溃：模块重新启动
sim-steer-off = 模块关机，直到 "restart"
sim-steer-kick = 由服务器关闭连接
sim-steer-swallow = 网络不作声地丢弃全部数据
sim-steer-delay = 推迟服务器发来的数据，单位毫秒
sim-steer-lose = 丢失串口上这一比例（0 到 1）的字节
sim-steer-garble = 损坏串口上这一比例（0 到 1）的字节
sim-steer-speed = 模块的时间加快到这一倍数；真实的网络连接不变
sim-steer-help = 显示本说明
sim-broker-unknown = --broker { $broker }：找不到地址；请写成 HOST:PORT，例如 127.0.0.1:1883
sim-broker-no-address = --broker { $broker }：该名称没有地址
sim-link-taken = --link { $path }：该处已有其他内容，请换一个路径或将其删除
sim-link-no-start = 位于 { $path } 的虚拟模块无法启动：{ $why }
sim-no-start = 虚拟模块无法启动：{ $why }
