# The command doctor

log-lines-devices-sessions = { $file }：{ $format }，{ $encoding }，{ $lines } 行，设备 { $devices }，会话 { $sessions }
log-when = { $number }. 时间：{ $when }
log-what = {" "}  现象：{ $fault }{ $place }{ $times }
log-why-undecided-log-does = {" "}  原因：未定，日志不足以区分以下原因：
log-would-decide = {" "}  如何判定：{ $what }
log-why = 原因
log-also = 另外
log-finding = {"   "}{ $head }：{ $id }（{ $sure }）{ $cause }
log-do = {" "}  处理：{ $fix }
log-put-right = 已恢复
log-not-put-right = 未恢复
log-lines = { $device }{ $time }第 { $begin } 至 { $end } 行，{ $lasting }
log-healthy-nothing-went-wrong = 正常：日志中没有故障。
log-trouble-lasts-end-log = 故障：直到日志结束仍未恢复。
log-recovered-all-works-end = 已恢复：日志结束时一切正常。
log-other-firmware-module-runs = 其他固件：模块运行 Lua 脚本固件而非 AT 固件，见第 { $lines } 行。请烧录 AT 固件，或联系脚本作者。
log-other-maker-log-another = 其他厂家：这是其他厂家模块的日志，见第 { $lines } 行。请使用该厂家的手册与工具。
log-no-log-file-kind = 不是日志：这是 { $kind } 文件。请提供串口工具保存的文本，若在压缩包内请先解压。
log-no-log-file-empty = 不是日志：文件为空。
log-no-log-none-lines = 不是日志：{ $lines } 行中没有 AT 命令及其应答。请提供模块 AT 口的收发记录。
log-messages-published-confirmed-received = 消息：发布 { $published }，确认 { $confirmed }，接收 { $received }。
log-no-format-leave-format = 没有名为 { $name } 的格式；请去掉 --format，或选择其一：{ $known }
log-no-line-let-most = 第 { $from } 行到第 { $to } 行不存在；--from 不能大于 --to
log-give-path-file-can = { $detail }；请指定可读取的文件
log-no-text-first-64 = 前 64 MiB 内没有文本，这不是日志
log-not-read-end = 没有读完
log-file-shrank-while-read = 读取过程中文件变短：{ $length } 字节中只读到 { $read }
log-file-grew-while-read = 读取过程中文件变长（{ $length } → { $read } 字节），新增部分也已读取
log-report-about-log-give = 一份报告只对应一个日志；使用 --report 时请只给一个文件
log-report-would-written-over = 报告会覆盖 { $log }，请为 --report 换一个文件名
log-report-carries-no-recording = 此报告未附带记录，请打开生成它的日志

## A file that the user named

user-file-missing = 找不到该文件，请检查路径
user-file-no-permission = 当前用户无权读取，请修改权限或复制一份
user-file-folder = 这是文件夹，请指定其中的文件
user-file-not-regular = 这不是普通文件，而是管道或设备，请指定文件
user-file-too-large = 文件大于 { $most }，此类文件不会这么大，请指定其他文件
user-file-not-text = 第 { $line } 行不是 UTF-8 文本，请另存为 UTF-8 或指定其他文件
user-file-pasted-key = 这是私钥的内容而不是路径，请另存为文件后给出路径
user-file-pasted-certificate = 这是证书的内容而不是路径，请另存为文件后给出路径
user-file-unreadable = { $detail }；请给出可读取的文件路径
log-missing = 没有此文件，请检查路径
log-no-permission = 当前用户无权读取，请修改权限或复制一份
log-folder = 这是文件夹，请指定日志文件
log-not-regular = 这是管道或设备而不是文件；请先保存日志，或通过管道传给 "air780e doctor -"
log-unreadable = { $fault }

# 两次连接尝试的对比。

compare-title = 失败的一次（第 { $failed } 行）与成功的一次（第 { $good } 行）对比
compare-hint = 差异不等于原因，只提示应检查之处。
compare-setting = 设置不同
compare-missing = 只出现在其中一次
compare-order = 顺序不同
compare-answer = 应答不同
compare-slow = 耗时明显更长
compare-failed = 失败的一次
compare-good = 成功的一次
compare-absent = 没有
compare-same = 除结果外没有差异。
compare-hidden = 两次的密码都已遮盖，是否相同未知。
compare-no-none = 无可对比：需要一次失败的尝试和一次成功的尝试
compare-no-which = 共有 { $count } 次尝试；请以 A,B 指明哪两次，从 1 计
compare-no-files = 请对比同一日志中的两次尝试，或两个日志
log-follow-one = 只能跟踪一个文件；标准输入只读一次
log-file-rewritten = 读取过程中文件被改写：请在写完后重新读取。
