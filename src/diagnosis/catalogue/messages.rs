//! Causes in subscriptions and in messages of both directions.

use super::{causes, nothing};
use crate::diagnosis::Remedy;

causes! {
    EARLY_SUBSCRIBE = Subscribe "F-153" "sub_early" {
        "The subscription was sent before CONNACK OK." "未等 CONNACK OK 就发送了订阅。"
        => "Wait for CONNACK OK, then subscribe." "请在 CONNACK OK 之后订阅。"
        remedy: Some(Remedy::Messages),
    }
    NO_SUBACK = Subscribe "F-154" "sub_ok_only" {
        "The module accepted the subscription, but the broker never confirmed it."
        "模块已接受订阅命令，但服务器没有确认。"
        => "Subscribe again; if it stays so, check signal and the broker's log."
        "请重新订阅；若仍如此，请检查信号和服务器日志。"
        remedy: Some(Remedy::Messages),
    }
    SUBSCRIBE_DENIED = Subscribe "F-155" "sub_deny80" {
        "The broker may not allow this subscription." "服务器可能不允许该订阅。"
        => "Grant the topic to this user in the broker's access list." "请在服务器访问控制中授权该主题。"
        remedy: Some(Remedy::Messages),
    }
    READ_DENIED = Subscribe "F-156" "sub_silent" {
        "The subscription is granted, but this user may not read the topic." "订阅成功，但该用户没有读权限。"
        => "Grant read access to the topic in the broker's access list." "请在服务器访问控制中增加该主题的读权限。"
        remedy: Some(Remedy::Messages),
    }
    FILTER_FORM = Subscribe "F-157" "sub_wild" {
        "The topic filter is not well formed." "订阅过滤器格式不正确。"
        => "Let # stand alone at the end and + alone in its level, as in a/+/b or a/#."
        "# 只能单独位于末级，+ 须独占一级，例如 a/+/b 或 a/#。"
        remedy: Some(Remedy::Messages),
    }
    TOPIC_DIFFERS = Subscribe "F-158" "topic_diff" {
        "The sender's topic may differ from the subscribed one." "发布方主题可能与订阅主题不一致。"
        => "Compare both byte by byte: leading slash, capitals, blanks, device id."
        "请逐字比较两端主题：前导斜杠、大小写、空格、设备 ID。"
        remedy: Some(Remedy::Messages),
    }
    NOT_SUBSCRIBED_AGAIN = Subscribe "F-159" "sub_lost" {
        "After the new connection nobody subscribed again." "重连后没有重新订阅。"
        => "Subscribe after every CONNACK OK." "请在每次 CONNACK OK 后重新订阅。"
        remedy: Some(Remedy::Messages),
    }
    TOPIC_TOO_LONG = Subscribe "F-160" "sub_long" {
        "The topic is longer than 256 bytes or holds characters the module does not take."
        "主题超过 256 字节或含模块不支持的字符。"
        => "Use a shorter topic of letters, digits and slashes." "请使用由字母、数字和斜杠组成的较短主题。"
        remedy: Some(Remedy::Messages),
    }
    QOS_LOWERED = Subscribe "F-161" "qos_down" {
        "The broker may grant a lower quality of service than was asked for." "服务器授予的 QoS 可能低于请求值。"
        => "Accept it, or raise the limit at the broker." "请接受该等级，或在服务器上调高上限。"
        shown: nothing(
            "The module prints SUBACK without the quality that was granted.",
            "模块只输出 SUBACK，不显示授予的 QoS。",
        ),
    }
    PAYLOAD_QUOTING = Publish "F-162" "pub_quote" {
        "The module does not take the payload as written." "模块不接受该载荷的写法。"
        => "Send quotes and line ends escaped (\\22, \\0D, \\0A, \\5C) or as counted data."
        "请对引号和换行转义（\\22、\\0D、\\0A、\\5C），或按长度方式发送。"
        remedy: Some(Remedy::Messages),
    }
    PAYLOAD_OVERESCAPED = Publish "F-163" "pub_overescape" {
        "The payload is escaped twice: the receiver sees backslashes." "转义层数过多：接收端看到了反斜杠。"
        => "Use one backslash on the wire; two only inside a C string."
        "串口线上只用一个反斜杠，仅在 C 字符串中写两个。"
        remedy: Some(Remedy::Messages),
    }
    PAYLOAD_TOO_LONG = Publish "F-164" "pub_long" {
        "The payload is longer than the module takes in one message." "载荷超过模块单条消息的上限。"
        => "Split it into messages of at most 4100 bytes." "请拆分为每条不超过 4100 字节的消息。"
        remedy: Some(Remedy::Messages),
    }
    DATA_LENGTH = Publish "F-165" "pubex_len" {
        "The data after the prompt did not match the announced length." "提示符后的数据与声明的长度不符。"
        => "Wait some seconds and send it again without an extra line end." "请等待数秒后重发，不要附加换行。"
        remedy: Some(Remedy::Messages),
    }
    DATA_WITHOUT_PROMPT = Publish "F-166" "pubex_oneline" {
        "The data of MPUBEX were sent before the module asked for them with >."
        "未等模块给出 > 就发送了 MPUBEX 的数据。"
        => "Wait for > and then send exactly the announced bytes." "请等到 > 出现后，再按声明的字节数发送。"
        remedy: Some(Remedy::Messages),
    }
    DATA_CUT = Publish "F-167" "pubex_1a" {
        "A message without a length ended at its first byte 1A." "未给出长度的消息在第一个 1A 字节处结束。"
        => "Give the length as the last value of MPUBEX." "请在 MPUBEX 末尾给出长度。"
        remedy: Some(Remedy::Messages),
    }
    NO_PUBACK = Publish "F-168" "pub_ok_only" {
        "The module took the message, but the broker never confirmed it." "模块已接受消息，但服务器没有确认。"
        => "Do not count it as delivered; check signal and session, then send it again."
        "请勿视为已送达；检查信号和会话后重新发送。"
        remedy: Some(Remedy::Messages),
    }
    UNCONFIRMED = Publish "F-169" "pub_qos0" {
        "Messages of QoS 0 went out while the link may have been dead; their OK says nothing of delivery."
        "链路可能已失效时仍在发送 QoS 0 消息，其 OK 不代表送达。"
        => "Send what matters with QoS 1, or send a QoS 1 test message now and then."
        "重要消息请用 QoS 1 发送，或定期发送 QoS 1 测试消息。"
        remedy: Some(Remedy::Messages),
    }
    IN_FLIGHT = Publish "F-170" "pub_inflight" {
        "The next QoS 1 message was sent before the one before it was confirmed."
        "上一条 QoS 1 消息未确认就发送了下一条。"
        => "Wait for PUBACK (or PUBCOMP) before the next message." "请等到 PUBACK（或 PUBCOMP）后再发下一条。"
        remedy: Some(Remedy::Messages),
    }
    PUBLISH_DENIED = Publish "F-171" "pub_acl" {
        "The broker may not let this user publish to the topic." "服务器可能不允许该用户发布到此主题。"
        => "Grant write access to the topic in the broker's access list." "请在服务器访问控制中增加该主题的写权限。"
        remedy: Some(Remedy::Messages),
    }
    PUBLISH_TOPIC = Publish "F-172" "pub_topic" {
        "The topic is not one that a publish may carry." "该主题不能用于发布。"
        => "Publish to a plain name: not empty, without + and #." "发布主题不能为空，也不能含 + 或 #。"
        remedy: Some(Remedy::Messages),
    }
    HEX_MODE = Publish "F-173" "hexmode" {
        "The module is in HEX mode: it takes and prints payloads as pairs of digits."
        "模块处于 HEX 模式：载荷以十六进制数字收发。"
        => "Set AT+MQTTMODE=0 for text, or write the payload as pairs of hex digits."
        "发送文本请设置 AT+MQTTMODE=0，或把载荷写成十六进制。"
    }
    BROKER_LIMIT = Publish "F-174" "pub_broker_size" {
        "The message may be larger than the broker accepts." "消息可能超过服务器允许的报文大小。"
        => "Raise the broker's packet limit, or split the message." "请调大服务器的报文上限，或拆分消息。"
        remedy: Some(Remedy::Messages),
    }
    MESSAGE_TOO_LONG = Receive "F-175" "msub_long" {
        "A message was longer than the module prints: the rest is lost."
        "下行消息超过模块可输出的长度，其余部分已丢失。"
        => "Keep messages within what the module prints: 1360 bytes on an Air780E, 4100 on an Air780EP."
        "请将下行消息控制在模块可输出的长度以内：Air780E 为 1360 字节，Air780EP 为 4100 字节。"
    }
    CACHE_OVERRUN = Receive "F-176" "cache_over" {
        "Messages were overwritten in the module's four slots before they were read."
        "缓存仅 4 条，未读取的消息已被覆盖。"
        => "Use direct reception, or read at once after each notice." "请使用直接上报模式，或收到提示后立即读取。"
        remedy: Some(Remedy::Messages),
    }
    CACHE_MODE = Receive "F-177" "cache_on" {
        "The module keeps messages in its cache and prints their places only." "模块处于缓存模式，只提示消息序号。"
        => "Read them with AT+MQTTMSGGET, or have them printed with AT+MQTTMSGSET=0."
        "请用 AT+MQTTMSGGET 读取，或设置 AT+MQTTMSGSET=0 直接输出。"
    }
    CACHE_LOST = Receive "F-178" "cache_reset" {
        "Messages in the module's cache were lost when it restarted." "模块重启时，缓存中的消息已丢失。"
        => "Read each message as soon as it is announced; let the sender retain what must not be lost."
        "请在收到提示后立即读取；重要消息请让发送方使用保留消息。"
    }
    MESSAGE_LINES = Receive "F-179" "msub_newline" {
        "A message holds line ends; a program that reads line by line takes its parts for answers."
        "消息内含换行，按行解析的程序会把其中内容误认为应答。"
        => "Read as many bytes as the length field says; this program does." "请按长度字段读取；本软件即如此处理。"
        shown: nothing(
            "The line ends stand on the wire, but not what another program makes of them; here they do no harm.",
            "线上能看到换行，但看不出其他程序如何解析；对本软件没有影响。",
        ),
    }
}
