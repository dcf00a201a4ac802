# 像连接一样查看的日志。

recorded = 日志记录
recorded-hint = 这是读取的日志：这里的内容并非来自当前连接的模块。
recorded-elsewhere = 已打开日志：点击查看
recorded-open = 打开日志
recorded-open-hint = 串口工具、固件或本程序保存的文本。只读取不修改，其中的密码会被遮盖。
recorded-path = 日志路径
recorded-read = 读取
recorded-choose = 选择文件……
recorded-last = 最近读取
recorded-own = 本程序记录的日志
recorded-pasted = 粘贴的文本
recorded-pasted-title = 将粘贴的文本作为日志读取？
recorded-pasted-size = { $lines } 行，{ $bytes } 字节。仅保存在内存中。
recorded-read-pasted = 作为日志读取
recorded-show-live = 显示当前连接
recorded-close = 关闭日志
recorded-format = 日志格式
recorded-format-found = 格式：自动识别
recorded-format-hint = 按哪种工具的格式读取。若“解析结果”与日志行不符，请选择保存该日志的工具。
recorded-port = 日志中的端口
recorded-follow = 跟踪
recorded-follow-hint = 文件变长或被重写时重新读取
recorded-understood = 解析结果
recorded-time = 日志时间轴：会话 { $sessions }，故障 { $episodes }，掉线 { $drops }
recorded-time-line = 第 { $line } 行
recorded-time-legend = 绿色：会话 · 红线：掉线 · 色块：故障 · 曲线：信号。点击可跳到该行。
recorded-no-messages = 日志中没有消息收发。
recorded-no-latency = 日志中没有带应答的发布。
recorded-no-times = 日志不含时间
recorded-no-times-hint = 只有保存日志的工具在每行写了时间，才能得出耗时。

recorded-reading = 已读取 { $percent } %，{ $lines } 行
recorded-about = { $format }，{ $encoding }，{ $lines } 行，会话 { $sessions }
recorded-being-read = 正在读取日志……
recorded-unread = 无法读取日志
recorded-healthy = 日志中没有故障
recorded-trouble = 存在故障，直到日志结束仍未恢复
recorded-recovered = 日志结束时一切正常
recorded-other-firmware = 其他固件：模块运行 Lua 脚本固件而非 AT 固件。请烧录 AT 固件，或联系脚本作者。
recorded-other-vendor = 这是其他厂家模块的日志，请使用该厂家的手册与工具。
recorded-other-kind = 不是日志：这是 { $kind } 文件。请打开串口工具保存的文本，若在压缩包内请先解压。
recorded-empty = 不是日志：内容为空
recorded-no-log = 不是日志：{ $lines } 行中没有 AT 命令及其应答。请打开模块 AT 口的收发记录。
recorded-counts = 消息：发布 { $published }，确认 { $confirmed }，接收 { $received }
recorded-unreadable = 无法继续读取：{ $detail }
recorded-nothing = 前 64 MiB 内没有文本，这不是日志。
recorded-unwanted = 没有读完。
recorded-shrank = 读取过程中文件变短：{ $length } 字节中只读到 { $read }。
recorded-grew = 读取过程中文件变长（{ $length } → { $read } 字节），新增部分也已读取。

recorded-episode = 故障 { $number }
recorded-from-to = { $device }{ $begin } 至 { $end }，第 { $first } 至 { $last } 行{ $times ->
        [1] {""}
       *[other] ，共 { $times } 次
    }
recorded-from = { $device }自 { $begin }，第 { $first } 至 { $last } 行{ $times ->
        [1] {""}
       *[other] ，共 { $times } 次
    }
recorded-timeless = { $device }第 { $first } 至 { $last } 行{ $times ->
        [1] {""}
       *[other] ，共 { $times } 次
    }
recorded-put-right = 已恢复
recorded-lasts = 未恢复
recorded-undecided = 日志不足以区分以下原因：
recorded-decides = 如何判定
recorded-more = 未列出的故障：{ $count }
recorded-to-line = 前往第 { $line } 行
recorded-to-episode = 前往故障 { $number }
recorded-lines-hint = 日志原文及其解析结果；◆ 表示作为依据的行
recorded-no-lines = 没有内容
recorded-rewritten = 读取过程中文件被改写：请在写完后重新读取。
