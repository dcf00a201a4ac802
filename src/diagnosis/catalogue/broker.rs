//! Causes between the data connection and the message: name, TCP, login, subscriptions, publishing, staying connected.

use super::causes;

causes! {
    NAME_UNKNOWN = "F-052" "dns_name" {
        "The broker's name does not exist." "服务器域名不存在。"
        => "Check the host name letter by letter; try it from this computer too." "请逐字核对域名，并在电脑上验证能否解析。"
    }
    DNS_SILENT = "F-053" "dns_server" {
        "The module's DNS servers do not answer." "模块使用的 DNS 服务器没有应答。"
        => "Set others, for example AT+CDNSCFG=\"223.5.5.5\",\"119.29.29.29\", or use the broker's address."
        "请设置其他 DNS，例如 AT+CDNSCFG=\"223.5.5.5\",\"119.29.29.29\"，或直接使用 IP。"
    }
    DNS_DIFFERS = "F-054" "dns_split" {
        "The module and this computer get different addresses for the broker's name." "模块与电脑解析出的服务器地址不同。"
        => "Use the public name or the address; look for a hosts entry or a private zone." "请使用公网域名或 IP，并检查 hosts 与内网解析。"
    }
    DNS_EARLY = "F-055" "dns_order" {
        "The name was asked for before the data connection was opened." "数据连接未激活就查询了域名。"
        => "Run AT+CSTT, AT+CIICR and AT+CIFSR first; the button does it." "请先执行 AT+CSTT、AT+CIICR、AT+CIFSR；按钮会自动完成。"
    }
    DNS_FIRMWARE = "F-056" "dns_fw" {
        "This firmware has a known fault with names." "该固件存在已知的 DNS 缺陷。"
        => "Update the firmware; use the address meanwhile." "请升级固件，期间可改用 IP。"
    }
    HOST_FORM = "F-057" "host_syntax" {
        "The host is not a bare name or address." "服务器地址格式不正确。"
        => "Write the name alone, without mqtt://, blanks, path or port." "请只填写域名或 IP，不带 mqtt://、空格、路径或端口。"
    }
    TCP_REFUSED = "F-058" "tcp_refused" {
        "Nothing listens on that port: the connection was refused at once." "该端口没有服务：连接被立即拒绝。"
        => "Correct the port, or start the broker's listener." "请更正端口，或启动服务器的监听。"
    }
    TCP_DROPPED = "F-059" "tcp_drop" {
        "Nobody answers at that address: a firewall or security group drops the packets."
        "该地址无人应答：数据包被防火墙或安全组丢弃。"
        => "Open the port for all sources in the firewall and the cloud's security group."
        "请在防火墙和云安全组中对所有来源放通该端口。"
    }
    TCP_PRIVATE = "F-060" "tcp_private" {
        "The broker has a private address that the mobile network cannot reach." "服务器为内网地址，移动网络无法到达。"
        => "Use a broker with a public address, or a card of the same private network."
        "请使用公网地址的服务器，或使用同一专网的卡。"
    }
    LISTENS_LOCALLY = "F-061" "tcp_local" {
        "The broker may listen on its own machine only." "服务器可能只监听本机地址。"
        => "Add a listener for all addresses (mosquitto 2: a listener line) and a login."
        "请为所有地址添加监听（mosquitto 2 需 listener 行）并设置认证。"
    }
    FAR_BROKER = "F-066" "far_broker" {
        "The broker is far away or slow to answer." "服务器距离远或响应慢。"
        => "Test against a broker near the device." "请换用离设备近的服务器测试。"
    }
    PORT_ROLE = "F-062" "port_role" {
        "That port of the broker speaks WebSocket or HTTP, not MQTT." "该端口提供的是 WebSocket 或网页服务，不是 MQTT。"
        => "Use the MQTT port, usually 1883, with TLS 8883." "请使用 MQTT 端口，通常为 1883，TLS 为 8883。"
    }
    ALREADY_OPEN = "F-063" "already" {
        "An older connection is still open in the module." "模块中仍有旧连接未关闭。"
        => "Close it with AT+MDISCONNECT and AT+MIPCLOSE, then connect again."
        "请执行 AT+MDISCONNECT 和 AT+MIPCLOSE 后重新连接。"
    }
    WRONG_STATE = "F-064" "state767" {
        "The command does not fit the state of the connection." "当前连接状态不允许该命令。"
        => "Look at AT+MQTTSTATU, then connect again from the start." "请查看 AT+MQTTSTATU，然后从头重新连接。"
    }
    CLOSED_AT_ONCE = "F-065" "tcp_accept_close" {
        "The server accepts the connection and closes it at once." "服务器接受连接后立即断开。"
        => "Look for a connection limit, a ban list or a proxy setting at the broker."
        "请检查服务器的连接数上限、黑名单或代理设置。"
    }
    PLAIN_ON_TLS = "F-069" "plain_on_tls" {
        "The port wants TLS, but the connection was made without." "该端口要求 TLS，但当前为明文连接。"
        => "Choose a connection with encryption, or the broker's plain port (usually 1883)."
        "请选择加密连接，或使用明文端口（通常为 1883）。"
    }
    LATE_LOGIN = "F-134" "late_mconnect" {
        "The login came too late after the connection was open." "建立连接后登录过晚，服务器已断开。"
        => "Start again: the login must follow CONNECT OK within a second." "请重新连接：登录须在 CONNECT OK 后一秒内发出。"
    }
    EARLY_LOGIN = "F-135" "early_mconnect" {
        "The login was sent before CONNECT OK: OK only means that the module has begun." "未等 CONNECT OK 就登录：OK 只表示开始处理。"
        => "Wait for CONNECT OK, then send MCONNECT at once." "请等到 CONNECT OK 后立即发送 MCONNECT。"
    }
    SECOND_LOGIN = "F-136" "second_mconnect" {
        "The session is up already; a second login is refused." "会话已建立，重复登录被拒绝。"
        => "Go on with the session, or close it before connecting again." "请直接使用当前会话，或先断开再连接。"
    }
    CONFIG_MISSING = "F-137" "mconfig_missing" {
        "MCONFIG was not sent since the module started." "模块启动后未发送 MCONFIG。"
        => "Send MCONFIG before MIPSTART after every start; connecting here does it." "每次开机后先发 MCONFIG 再发 MIPSTART；用本软件连接会自动完成。"
    }
    LOGIN_FORM = "F-138" "mconfig_parse" {
        "The module does not take the client id, user or password as written." "模块不接受客户端 ID、用户名或密码的写法。"
        => "Keep quotes, commas and line ends out of these values." "请勿在这些字段中使用引号、逗号或换行。"
    }
    FIELD_TOO_LONG = "F-139" "field_long" {
        "A value is longer than the module takes: 256 bytes, 1360 for the will message."
        "字段过长：模块最多接受 256 字节，遗嘱消息最多 1360 字节。"
        => "Shorten it; for long cloud tokens choose another way to log in." "请缩短该字段；云平台长令牌请改用其他鉴权方式。"
    }
    ID_REFUSED = "F-141" "ack2" {
        "The broker may not accept this client id." "服务器可能不接受该客户端 ID。"
        => "Use an id that is not empty and follows the platform's pattern." "请使用非空且符合平台规则的客户端 ID。"
    }
    LOGIN_WRONG = "F-143" "ack4" {
        "User name or password may be wrong." "用户名或密码可能错误。"
        => "Type both again, character by character, and try them in a client on this computer."
        "请逐字核对用户名和密码，并在电脑客户端上验证。"
    }
    NOT_AUTHORISED = "F-144" "ack5" {
        "The broker refused the login." "服务器拒绝了登录。"
        => "Check user, password and rights; mosquitto says the same for a wrong password."
        "请核对用户名、密码和权限；mosquitto 密码错误也是此现象。"
    }
    LOGIN_BOUND = "F-145" "ack_bind" {
        "The account may belong to another client id." "该账号可能绑定了其他客户端 ID。"
        => "Use the client id that the account was issued for." "请使用该账号对应的客户端 ID。"
    }
    CLOUD_SIGNATURE = "F-146" "cloud_sign" {
        "The cloud platform's signature or token may not fit or may have expired." "云平台的签名或令牌可能不匹配或已过期。"
        => "Generate client ID, user name and password again with the right method, mode and expiry."
        "请按正确的算法、模式与有效期重新生成三元组。"
    }
    NO_CONNACK = "F-148" "no_connack" {
        "The server took the login and never answered it." "服务器收到登录请求后没有应答。"
        => "Check that a broker runs behind this port; else improve the signal." "请确认该端口后面是 MQTT 服务；否则请改善信号。"
    }
    SAME_ID = "F-149" "dup_id" {
        "Another client may use the same client id: each throws the other out."
        "可能有另一客户端使用相同的客户端 ID，互相踢下线。"
        => "Give every client its own id, and never test from a computer with the device's id."
        "请为每个客户端使用唯一 ID，电脑测试勿用设备的 ID。"
    }
    BANNED = "F-151" "banned" {
        "The broker may shut this client out after too many tries." "重连过于频繁，可能已被服务器封禁。"
        => "Wait some minutes, then reconnect with growing pauses." "请等待几分钟，并采用逐渐加长的重连间隔。"
    }
    LOGIN_FIRMWARE = "F-152" "mconnect_fw" {
        "This firmware refuses MCONNECT with two parameters." "该固件不接受两个参数的 MCONNECT。"
        => "Update the firmware to V1156 or later." "请升级固件到 V1156 以上。"
    }
    EARLY_SUBSCRIBE = "F-153" "sub_early" {
        "The subscription was sent before CONNACK OK." "未等 CONNACK OK 就发送了订阅。"
        => "Wait for CONNACK OK, then subscribe." "请在 CONNACK OK 之后订阅。"
    }
    NO_SUBACK = "F-154" "sub_ok_only" {
        "The module accepted the subscription, but the broker never confirmed it."
        "模块已接受订阅命令，但服务器没有确认。"
        => "Subscribe again; if it stays so, check signal and the broker's log." "请重新订阅；若仍如此，请检查信号和服务器日志。"
    }
    SUBSCRIBE_DENIED = "F-155" "sub_deny80" {
        "The broker may not allow this subscription." "服务器可能不允许该订阅。"
        => "Grant the topic to this user in the broker's access list." "请在服务器访问控制中授权该主题。"
    }
    READ_DENIED = "F-156" "sub_silent" {
        "The subscription is granted, but this user may not read the topic." "订阅成功，但该用户没有读权限。"
        => "Grant read access to the topic in the broker's access list." "请在服务器访问控制中增加该主题的读权限。"
    }
    FILTER_FORM = "F-157" "sub_wild" {
        "The topic filter is not well formed." "订阅过滤器格式不正确。"
        => "Let # stand alone at the end and + alone in its level, as in a/+/b or a/#."
        "# 只能单独位于末级，+ 须独占一级，例如 a/+/b 或 a/#。"
    }
    TOPIC_DIFFERS = "F-158" "topic_diff" {
        "The sender's topic may differ from the subscribed one." "发布方主题可能与订阅主题不一致。"
        => "Compare both byte by byte: leading slash, capitals, blanks, device id."
        "请逐字比较两端主题：前导斜杠、大小写、空格、设备 ID。"
    }
    NOT_SUBSCRIBED_AGAIN = "F-159" "sub_lost" {
        "After the new connection nobody subscribed again." "重连后没有重新订阅。"
        => "Subscribe after every CONNACK OK." "请在每次 CONNACK OK 后重新订阅。"
    }
    TOPIC_TOO_LONG = "F-160" "sub_long" {
        "The topic is longer than 256 bytes or holds characters the module does not take."
        "主题超过 256 字节或含模块不支持的字符。"
        => "Use a shorter topic of letters, digits and slashes." "请使用由字母、数字和斜杠组成的较短主题。"
    }
    PAYLOAD_QUOTING = "F-162" "pub_quote" {
        "The module does not take the payload as written." "模块不接受该载荷的写法。"
        => "Send quotes and line ends escaped (\\22, \\0D, \\0A, \\5C) or as counted data."
        "请对引号和换行转义（\\22、\\0D、\\0A、\\5C），或按长度方式发送。"
    }
    PAYLOAD_OVERESCAPED = "F-163" "pub_overescape" {
        "The payload is escaped twice: the receiver sees backslashes." "转义层数过多：接收端看到了反斜杠。"
        => "Use one backslash on the wire; two only inside a C string." "串口线上只用一个反斜杠，仅在 C 字符串中写两个。"
    }
    PAYLOAD_TOO_LONG = "F-164" "pub_long" {
        "The payload is longer than the module takes in one message." "载荷超过模块单条消息的上限。"
        => "Split it into messages of at most 4100 bytes." "请拆分为每条不超过 4100 字节的消息。"
    }
    DATA_LENGTH = "F-165" "pubex_len" {
        "The data after the prompt did not match the announced length." "提示符后的数据与声明的长度不符。"
        => "Wait some seconds and send it again without an extra line end." "请等待数秒后重发，不要附加换行。"
    }
    NO_PUBACK = "F-168" "pub_ok_only" {
        "The module took the message, but the broker never confirmed it." "模块已接受消息，但服务器没有确认。"
        => "Do not count it as delivered; check signal and session, then send it again."
        "请勿视为已送达；检查信号和会话后重新发送。"
    }
    PUBLISH_DENIED = "F-171" "pub_acl" {
        "The broker may not let this user publish to the topic." "服务器可能不允许该用户发布到此主题。"
        => "Grant write access to the topic in the broker's access list." "请在服务器访问控制中增加该主题的写权限。"
    }
    PUBLISH_TOPIC = "F-172" "pub_topic" {
        "The topic is not one that a publish may carry." "该主题不能用于发布。"
        => "Publish to a plain name: not empty, without + and #." "发布主题不能为空，也不能含 + 或 #。"
    }
    CACHE_OVERRUN = "F-176" "cache_over" {
        "Messages were overwritten in the module's four slots before they were read." "缓存仅 4 条，未读取的消息已被覆盖。"
        => "Use direct reception, or read at once after each notice." "请使用直接上报模式，或收到提示后立即读取。"
    }
    KEEP_ALIVE_LONG = "F-180" "ka_long" {
        "The mobile network may drop idle connections before the next ping." "空闲连接可能在下次心跳前被移动网络回收。"
        => "Set the keep-alive to 120 s, between 60 and 240." "请把心跳设为 120 秒，范围 60～240。"
    }
    KEEP_ALIVE_SHORT = "F-181" "ka_short" {
        "The keep-alive is short for a weak link." "心跳过短，弱信号下容易超时。"
        => "Set the keep-alive to 120 s." "请把心跳设为 120 秒。"
    }
    KEEP_ALIVE_MISSED = "F-182" "ka_15" {
        "Nothing reached the broker for one and a half keep-alive times." "超过 1.5 倍心跳时间没有数据到达服务器。"
        => "Find out why nothing got out (signal, supply), then choose a longer keep-alive."
        "请排查上行中断的原因（信号、供电），再适当增大心跳。"
    }
    SIGNAL_DROP = "F-185" "drop_signal" {
        "The connection was lost while the signal was weak." "信号较弱时连接中断。"
        => "Improve the antenna or the place; keep-alive 120 s." "请改善天线或位置；心跳设为 120 秒。"
    }
    HALF_OPEN = "F-186" "half_open" {
        "The connection may be dead without the module having noticed." "链路可能已失效而模块尚未察觉。"
        => "Close it and connect again; let the application send a test message now and then."
        "请断开后重连，并在应用中定期发送测试消息。"
    }
    BROKER_RESTART = "F-189" "srv_restart" {
        "The broker may have been restarted." "服务器可能发生了重启。"
        => "Check the broker; reconnect after a pause of random length." "请检查服务器，并在随机延时后重连。"
    }
    CLOSED_BY_SCRIPT = "F-191" "app_close" {
        "A command from this side closed the connection." "连接由本端的命令主动断开。"
        => "Look at the command in the evidence; correct the script that sent it." "请查看证据中的命令，并修正发送它的脚本。"
    }
    BROKER_KICK = "F-192" "kick_policy" {
        "The broker may have ended the session by a rule of its own." "服务器可能按其策略结束了会话。"
        => "Read the broker's log for an expired token, an administrator's action or a forbidden topic."
        "请查看服务器日志：令牌到期、管理员操作或被禁止的主题。"
    }
    CLOSED_IGNORED = "F-194" "closed_state" {
        "The session has ended and was not opened again." "会话已断开且未重新建立。"
        => "Connect again, then repeat the step." "请重新连接后再执行该步骤。"
    }
}
