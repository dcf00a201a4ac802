# “消息”页面的文字。

qos-0 = QoS 0 – 至多一次
qos-1 = QoS 1 – 至少一次
qos-2 = QoS 2 – 恰好一次
retain = 保留
bytes = { $n } 字节
age-now = 刚刚
age-seconds = { $n } 秒
age-minutes = { $n } 分
age-hours = { $n } 时
age-days = { $n } 天
search-empty = 没有符合条件的内容
payload-empty = （空）
why-not-connected = 未连接

subscriptions = 订阅
subscriptions-empty = 暂无订阅，请在下方添加主题。
subscription-hint = 主题，例如 mqtt/#
subscription-new = 要订阅的主题
subscription-new-qos = 订阅的 QoS
subscribe = 订阅主题
subscription-switch = 订阅 { $filter }
subscription-forget = 移除 { $filter }
subscription-off = 已关闭
subscription-wanted = 等待发送
subscription-accepted = 模块已接受（OK），服务器尚未确认
subscription-confirmed = 服务器已确认（SUBACK）
subscription-failed = 被拒绝或无应答

topics = 主题
topics-search = 搜索主题
topics-all = 显示所有主题的消息
topics-empty = 收到第一条消息后，主题会显示在这里。
topics-untracked = 主题过多，{ $n } 条消息未在此显示
topic-count = 消息数：{ $n }
topic-nameless = （无名称）
topic-open = 展开 { $topic }
topic-close = 收起 { $topic }

messages-all = 全部
messages-received = 已接收
messages-sent = 已发布
messages-search = 搜索消息
messages-pause = 暂停
messages-resume = 继续（{ $n } 条新消息）
messages-clear = 清空
messages-counts = 接收 { $received } · 发布 { $sent }
messages-trimmed = 较早的 { $n } 条已不保留
messages-only-topic = 仅 { $topic }
messages-empty = 还没有消息
messages-empty-hint = 请在左侧订阅主题，或在下方发布消息。
messages-offline-hint = 请先连接，再在下方发布或在左侧订阅。
messages-none-fit-hint = 请修改搜索内容、方向或所选主题。
message-received = 接收
message-sent = 发布消息
message-cut = 内容不完整
message-cut-hint = 模块声明了 { $announced } 字节，实际收到的较少。

stage-queued = 排队中
stage-sending = 发送中
stage-accepted = 已接受
stage-sent = 已发出
stage-received = 已到服务器
stage-confirmed = 已确认
stage-failed = 未发送
stage-timed-out = 未收到确认
stage-unknown = 结果未知
stage-queued-hint = 正在等待前面的消息。
stage-sending-hint = 命令正在发送。
stage-accepted-hint = 模块已接受（OK），服务器尚未确认。
stage-sent-hint = 模块已接受（OK）。QoS 0 不会有更多确认。
stage-received-hint = 服务器已收到（PUBREC），尚待完成（PUBCOMP）。
stage-confirmed-hint = 服务器已确认。
stage-failed-hint = 消息确定没有发出。
stage-timed-out-hint = 模块已接受，但服务器的确认没有按时到达。消息可能已送达。
stage-unknown-hint = 连接中断时消息正在途中，可能已送达。

details-close = 关闭详情
details-reuse = 放入编辑区
details-copy = 复制
details-left-out = 还有 { $n } 字节未显示
form-text = 文本
form-json = JSON
form-hex = 十六进制
form-base64 = Base64

composer-topic = 主题
composer-qos = 消息的 QoS
composer-payload = 消息内容
composer-format = 内容格式
composer-hint-text = 文本内容，UTF-8
composer-hint-json = JSON 内容，例如 {"{"}"temperature": 21.5{"}"}
composer-hint-hex = 十六进制内容，例如 01 A4 FF
composer-hint-base64 = Base64 内容，例如 SGVsbG8=
composer-bytes = { $used } / { $limit } 字节
composer-wire = 将发送
publish = 发布
publish-hint = Ctrl+Enter

topic-line-end = 换行会截断 AT 命令，请删除
payload-not-json = 不是 JSON：见第 { $line } 行第 { $column } 列
payload-not-hex = 第 { $place } 个字符不是十六进制数字
payload-odd-hex = 缺少一位十六进制数字：每个字节两位
payload-not-base64 = 第 { $place } 个字符不是 Base64
payload-short-base64 = Base64 文本不完整
