# “终端”页面与底部终端条的文字。

strip-title = 终端
strip-fold = 折叠终端
strip-unfold = 展开终端
strip-open-page = 打开页面
strip-empty = 与模组往来的每一行都显示在这里。
terminal-lines = { $count } 行
terminal-search = 搜索行
terminal-kind-hint = 显示或隐藏这类行
terminal-shown = { $shown } / { $total } 行
terminal-dropped = 窗口太慢，略去 { $count } 行
terminal-forgotten = 已丢弃较早的 { $count } 行
terminal-clear = 清空
terminal-copy = 复制
terminal-why-empty = 还没有内容
terminal-empty = 还没有对话
terminal-empty-hint = 连接后，与模组往来的每一行连同时间都显示在这里。
terminal-command = AT 命令
terminal-command-hint = AT 命令，例如 AT+CSQ — 回车发送，↑ 调出以前的命令
terminal-send = 发送
terminal-why-closed = 没有打开的串口：请先连接
wire-sent = 发送
wire-echo = 回显
wire-answer = 应答
wire-unsolicited = 主动上报
wire-unrecognised = 无法识别
