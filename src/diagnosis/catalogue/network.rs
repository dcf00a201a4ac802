//! Causes between the bearer and the broker's open port: attachment, access point, name, TCP.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    NOT_ATTACHED = Data "F-043" "gatt0" {
        "Registered, but not attached to the packet network." "已注册，但未附着到分组网络。"
        => "Send AT+CGATT=1; if it stays 0, restart the radio and check the card's data service."
        "请执行 AT+CGATT=1；若仍为 0，请重启射频并检查卡的数据业务。"
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    NO_ADDRESS = Data "F-044" "no_ip" {
        "Attached, but the network gave no address." "已附着，但网络未分配地址。"
        => "Set the APN that belongs to the card, then restart the radio." "请设置该卡对应的 APN，然后重启射频。"
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    APN_PRIVATE = Data "F-045" "apn_private" {
        "A private-network card needs its own APN." "专网卡需要设置专用 APN。"
        => "Set it with AT+CPNETAPN=2,apn,user,password,auth and the provider's values, then restart the module."
        "请用卡商提供的参数执行 AT+CPNETAPN=2,apn,用户名,密码,鉴权方式，然后重启模块。"
        remedy: Some(Remedy::EditConnection),
    }
    APN_LOGIN = Data "F-046" "apn_auth" {
        "The network refused the APN's user, password or kind of check." "APN 的用户名、密码或鉴权方式被网络拒绝。"
        => "Compare them with the provider's values; try PAP (1) and CHAP (2)."
        "请与卡商核对，并分别尝试 PAP（1）和 CHAP（2）。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    APN_STALE = Data "F-047" "apn_stale" {
        "An access point of an older project is stored in the module." "模块保存了旧项目的 APN。"
        => "Delete it (AT+CPNETAPN=3) and restart, or save the right one."
        "请删除（AT+CPNETAPN=3）后重启，或保存正确的 APN。"
        remedy: Some(Remedy::EditConnection),
    }
    WHITE_LIST = Data "F-048" "whitelist" {
        "The card may reach listed servers only, and this broker is not on the list."
        "该卡可能是定向流量卡，且此服务器不在白名单内。"
        => "Have the SIM provider put the broker's name, address, port and the DNS servers on the card's list."
        "请让卡商把服务器域名、IP、端口及 DNS 加入白名单。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
        shown: Shown::Here,
    }
    BEARER_DROPPED = Data "F-049" "pdp_deact" {
        "The network took the data connection away." "网络侧释放了数据连接。"
        => "Connect again from the start; if it repeats, switch the radio off and on and check card and signal."
        "请从头重新连接；若反复出现，请重启射频并检查卡和信号。"
        remedy: Some(Remedy::Recover),
        is_plain: true,
    }
    BEARER_STUCK = Data "F-050" "pdp_stuck" {
        "The data connection failed again and again; the module does not get out of it by itself."
        "数据连接多次激活失败，模块无法自行恢复。"
        => "Pulse the RESET pin, or take the power away for some seconds; then check card and access point."
        "请用 RESET 引脚复位，或断电数秒；之后再检查卡和 APN。"
        remedy: Some(Remedy::Recover),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    ADDRESS_FAMILY = Data "F-051" "ip_family" {
        "The module has an IPv6 address only, and this broker or this firmware needs IPv4."
        "模块只得到 IPv6 地址，而服务器或固件需要 IPv4。"
        => "Ask for both with AT+CGDCONT=1,\"IPV4V6\" and your access point, and use a broker name that has an IPv4 address."
        "请用 AT+CGDCONT=1,\"IPV4V6\" 和对应 APN 申请双栈，并使用带 IPv4 地址（A 记录）的域名。"
        remedy: Some(Remedy::ReadDetails),
    }
    NAME_UNKNOWN = Dns "F-052" "dns_name" {
        "The broker's name does not exist." "服务器域名不存在。"
        => "Check the host name letter by letter; try it from this computer too."
        "请逐字核对域名，并在电脑上验证能否解析。"
        remedy: Some(Remedy::Resolve),
        ruled_out_by: Some((Rung::Dns, Innocent::Name)),
    }
    DNS_SILENT = Dns "F-053" "dns_server" {
        "The module's DNS servers do not answer." "模块使用的 DNS 服务器没有应答。"
        => "Set others, for example AT+CDNSCFG=\"223.5.5.5\",\"119.29.29.29\", or use the broker's address."
        "请设置其他 DNS，例如 AT+CDNSCFG=\"223.5.5.5\",\"119.29.29.29\"，或直接使用 IP。"
        remedy: Some(Remedy::Resolve),
        ruled_out_by: Some((Rung::Dns, Innocent::Name)),
    }
    DNS_DIFFERS = Dns "F-054" "dns_split" {
        "The module and this computer get different addresses for the broker's name."
        "模块与电脑解析出的服务器地址不同。"
        => "Use the public name or the address; look for a hosts entry or a private zone."
        "请使用公网域名或 IP，并检查 hosts 与内网解析。"
        remedy: Some(Remedy::Resolve),
        shown: Shown::Here,
    }
    DNS_EARLY = Dns "F-055" "dns_order" {
        "The name was asked for before the data connection was opened." "数据连接未激活就查询了域名。"
        => "Run AT+CSTT, AT+CIICR and AT+CIFSR first; the button does it."
        "请先执行 AT+CSTT、AT+CIICR、AT+CIFSR；按钮会自动完成。"
        remedy: Some(Remedy::Resolve),
        ruled_out_by: Some((Rung::Dns, Innocent::Name)),
    }
    DNS_FIRMWARE = Dns "F-056" "dns_fw" {
        "This firmware has a known fault with names." "该固件存在已知的 DNS 缺陷。"
        => "Update the firmware; use the address meanwhile." "请升级固件，期间可改用 IP。"
        remedy: Some(Remedy::Resolve),
    }
    HOST_FORM = Dns "F-057" "host_syntax" {
        "The host is not a bare name or address." "服务器地址格式不正确。"
        => "Write the name alone, without mqtt://, blanks, path or port."
        "请只填写域名或 IP，不带 mqtt://、空格、路径或端口。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
    }
    TCP_REFUSED = Tcp "F-058" "tcp_refused" {
        "Nothing listens on that port: the connection was refused at once." "该端口没有服务：连接被立即拒绝。"
        => "Correct the port, or start the broker's listener." "请更正端口，或启动服务器的监听。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
        shown: Shown::Here,
    }
    TCP_DROPPED = Tcp "F-059" "tcp_drop" {
        "Nobody answers at that address: a firewall or security group drops the packets."
        "该地址无人应答：数据包被防火墙或安全组丢弃。"
        => "Open the port for all sources in the firewall and the cloud's security group."
        "请在防火墙和云安全组中对所有来源放通该端口。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
        shown: Shown::Here,
    }
    TCP_PRIVATE = Tcp "F-060" "tcp_private" {
        "The broker has a private address that the mobile network cannot reach." "服务器为内网地址，移动网络无法到达。"
        => "Use a broker with a public address, or a card of the same private network."
        "请使用公网地址的服务器，或使用同一专网的卡。"
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
    }
    LISTENS_LOCALLY = Tcp "F-061" "tcp_local" {
        "The broker may listen on its own machine only." "服务器可能只监听本机地址。"
        => "Add a listener for all addresses (mosquitto 2: a listener line) and a login."
        "请为所有地址添加监听（mosquitto 2 需 listener 行）并设置认证。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    PORT_ROLE = Tcp "F-062" "port_role" {
        "That port of the broker speaks WebSocket or HTTP, not MQTT." "该端口提供的是 WebSocket 或网页服务，不是 MQTT。"
        => "Use the MQTT port, usually 1883, with TLS 8883." "请使用 MQTT 端口，通常为 1883，TLS 为 8883。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ALREADY_OPEN = Tcp "F-063" "already" {
        "An older connection is still open in the module." "模块中仍有旧连接未关闭。"
        => "Close it with AT+MDISCONNECT and AT+MIPCLOSE, then connect again."
        "请执行 AT+MDISCONNECT 和 AT+MIPCLOSE 后重新连接。"
        remedy: Some(Remedy::Recover),
    }
    WRONG_STATE = Tcp "F-064" "state767" {
        "The command does not fit the state of the connection." "当前连接状态不允许该命令。"
        => "Look at AT+MQTTSTATU, then connect again from the start." "请查看 AT+MQTTSTATU，然后从头重新连接。"
        remedy: Some(Remedy::Recover),
    }
    CLOSED_AT_ONCE = Tcp "F-065" "tcp_accept_close" {
        "The server accepts the connection and closes it at once." "服务器接受连接后立即断开。"
        => "Look for a connection limit, a ban list or a proxy setting at the broker."
        "请检查服务器的连接数上限、黑名单或代理设置。"
    }
    FAR_BROKER = Tcp "F-066" "far_broker" {
        "The broker is far away or slow to answer." "服务器距离远或响应慢。"
        => "Test against a broker near the device." "请换用离设备近的服务器测试。"
        remedy: Some(Remedy::Compare),
    }
    NUMBERED_LINKS = Tcp "F-067" "multi_prefix" {
        "The module counts its connections, so its reports begin with a number (7,CONNECT OK)."
        "模块处于多连接模式，提示前带有编号（如 7,CONNECT OK）。"
        => "Set AT+CIPMUX=0, or let the program that reads the lines expect the number."
        "请设置 AT+CIPMUX=0，或让解析程序识别该编号。"
    }
    ONE_LINK = Tcp "F-068" "one_conn" {
        "A second MQTT connection was asked for; the firmware has one." "请求了第二路 MQTT 连接，而固件只支持一路。"
        => "Use one connection and tell the uses apart by topic, or close the first one before."
        "请只用一路连接并按主题区分，或先关闭第一路。"
    }
}
