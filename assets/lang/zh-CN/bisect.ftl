# 在模块上逐项试出是哪一个设置起决定作用

bisect-step-base = 按所要的设置
bisect-step-files = 换上模块里内容不同的文件的新副本（{ $names }）
bisect-step-dates = 不检查证书日期（ignorelocaltime 1）
bisect-step-host-name = 用主机名本身作为服务器名称（{ $host }）
bisect-step-no-name = 不设服务器名称（不设 hostname）
bisect-step-level-1 = 不出示客户端证书（seclevel 1）
bisect-step-level-0 = 双方都不验证（seclevel 0）
bisect-step-any-version = 允许全部版本，而不是只用一个（sslversion 4）
bisect-step-version = 只用 { $version }
bisect-step-any-suite = 允许全部套件，而不是只用一个（ciphersuite 0XFFFF）
bisect-step-suite = 只用套件 { $id } { $name }
bisect-step-more-time = 给握手五分钟（negotiatetimeout 300）
bisect-opened = 能建立
bisect-failed = 不能建立：{ $fault }
bisect-refused = 模块不接受：{ $fault }
bisect-untold = 没有试：模块不告诉 { $key } 的值，改了就无法恢复
bisect-file-same = 模块上的 { $name } 与所要的逐字节相同
bisect-file-other = 模块上的 { $name } 内容不同（{ $bytes } 字节）
bisect-file-missing = 模块上没有 { $name }；改用一个副本，用完删除
bisect-file-unknown = 没有比较 { $name }：本机没有它应有的内容
bisect-opens = 按所要的设置链接能建立：目前没有要找的问题。
bisect-decides = 起决定作用的是这一项改动：{ $change }。有它链接能建立，没有它就不能。
bisect-passing = 带这项改动时链接建立了（{ $change }），去掉它后也能建立：这个故障时有时无，不由任何设置决定。
bisect-nothing = 没有哪一项改动能单独让链接建立：要么同时有两处不对，要么与模块的设置无关。
bisect-broken = 没能把模块问到底：{ $fault }
bisect-not-kept = 恢复清单写不进磁盘（{ $why }），所以什么都没有改。
bisect-undo-first = 这个模块上先前的一次排查中途断了，一直没有恢复。请先恢复它改过的设置。
bisect-stopped = 还没做完就停下了。
bisect-restored = 先前的排查改过的设置已经恢复原样。
bisect-other-module = 这份清单属于另一个模块：什么都没有改。
fact-bisect-decided = 在模块上实测，只有带上这一项改动链接才能建立：{ $change }

# 命令 bisect

bisected-no-place = 系统没有给出存放恢复清单的位置，所以什么都没有改
bisected-looks = 正在查看模块：它的设置和文件……
bisected-untold = 模块不告诉 { $keys } 的值：最后会清除它们，与模块重启后一样。
bisected-tries = 恢复清单已写入磁盘。现在每次只改一项来试：
bisected-puts-back = 正在恢复原样……
bisected-left = 没有恢复：{ $left }。可以用“air780e bisect --port { $port } --restore”恢复；重启模块也会清除这些设置。
bisected-unforgotten = 已经全部恢复，但恢复清单删不掉：{ $why }
bisected-question = 将让模块一次次连接 { $host }:{ $port }（不登录），并为此改动它的 TLS 设置：级别、日期、名称、版本、套件、时间。最后全部恢复。同意吗？[y/N]
bisected-wants-yes = 这会改动模块的设置，之后再恢复；现在没有人能表示同意：请加上 --yes
bisected-not-agreed = 没有得到同意；什么都没有改
bisected-undoes-older = 先前在 { $port } 的一次排查中途断了：先把它的改动恢复。
bisected-nothing-to-undo = 没有什么要恢复。

# 窗口中的查找

bisect-title = 哪个设置起决定作用
bisect-ask = 查找起决定作用的设置…
bisect-does = 让模块一次次连接 { $target }，每次只改一项 TLS 设置：日期、名称、级别、版本、套件、时间。遇到第一项起决定作用的改动就停下。
bisect-undoes = 先把现在的全部设置记在本机的清单里，最后全部恢复。万一模块被拔掉或程序退出，下次启动时会提出按清单恢复。
bisect-sends-nothing = 不登录，也不发送消息。
bisect-yes = 开始
bisect-no = 暂不
bisect-stop = 停止并恢复
bisect-restore = 恢复
bisect-copy = 复制这些行
bisect-older = 先前在 { $port } 的模块上查找起决定作用的设置时中途断了，它改过的设置一直没有恢复。
bisect-to-come = 最多还有 { $count } 项
bisect-left = 没有恢复：{ $keys }。重启模块也会清除这些设置。
bisect-untold-keys = 模块不告诉 { $keys } 的值：最后会清除，与模块重启后一样。
bisect-why-plain = 没有加密的连接可查
bisect-stage-look = 正在查看设置和文件
bisect-stage-keep = 正在写恢复清单
bisect-stage-try = 按所要的设置
bisect-stage-put-back = 正在全部恢复
bisect-stage-over = 已结束
bisected-cut-off = { $port } 上模块的查找曾被中断，其设置尚未恢复；请运行 "air780e bisect --port { $port } --restore"
bisect-hint = 这一项会暂时改动 TLS 设置，随后恢复。
