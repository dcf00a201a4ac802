//! The numbers of `+CME ERROR` and what they mean (reference, section 5).

use super::{Code, code, text};

/// `+CME ERROR` by number, ascending.
pub(super) const CME: [Code; 79] = [
    code(
        3,
        text("operation not allowed", "操作不允许"),
        text(
            "The command does not fit the present TCP state, or was given twice; one field report also saw it for a refused login.",
            "命令与当前 TCP 状态不符或重复执行；也有现场记录在登录被拒时出现。",
        ),
    ),
    code(
        4,
        text("operation not supported", "操作不支持"),
        text("Often the command came too early after power-on: ask again.", "常见于上电后过早发送命令：稍后重试。"),
    ),
    code(
        10,
        text("SIM not inserted", "未插入 SIM 卡"),
        text(
            "No card, wrong slot or bad contact. Re-seat the card and restart the module.",
            "无卡、卡槽错误或接触不良。重新插卡并重启模块。",
        ),
    ),
    code(11, text("SIM PIN required", "需要 SIM PIN"), text("The card is locked by a PIN.", "SIM 卡已被 PIN 锁定。")),
    code(
        12,
        text("SIM PUK required", "需要 SIM PUK"),
        text("The card is blocked; its PUK is wanted.", "SIM 卡已锁死，需要 PUK。"),
    ),
    code(
        13,
        text("SIM failure", "SIM 卡故障"),
        text("The card does not work: try another one.", "SIM 卡工作异常：请换卡测试。"),
    ),
    code(
        14,
        text("SIM busy", "SIM 卡忙"),
        text("The card is still starting: ask again for up to ten seconds.", "SIM 卡仍在初始化：十秒内可重复查询。"),
    ),
    code(15, text("SIM wrong", "SIM 卡错误"), text("The card is not accepted.", "SIM 卡不被接受。")),
    code(
        30,
        text("no network service", "无网络服务"),
        text("No cell is usable: check antenna and place.", "没有可用小区：检查天线和位置。"),
    ),
    code(31, text("network timeout", "网络超时"), text("The network did not answer in time.", "网络未及时应答。")),
    code(
        32,
        text("network not allowed, emergency calls only", "网络不允许，仅限紧急呼叫"),
        text(
            "The network admits emergency calls only: ask the operator about the card.",
            "网络仅允许紧急呼叫：请向运营商核实该卡。",
        ),
    ),
    code(
        50,
        text("execution failed", "执行失败"),
        text("The command failed for a reason that the module does not name.", "命令执行失败，模块未说明原因。"),
    ),
    code(51, text("no memory", "内存不足"), text("The module has no memory left for this.", "模块内存不足。")),
    code(
        52,
        text("option not supported", "选项不支持"),
        text("An argument asks for something this firmware cannot do.", "固件不支持该参数选项。"),
    ),
    code(53, text("parameters invalid", "参数无效"), text("An argument is wrong.", "参数错误。")),
    code(
        57,
        text("file system not present", "文件系统不存在"),
        text("The external file system does not exist.", "外部文件系统不存在。"),
    ),
    code(
        58,
        text("invalid command line", "命令行无效"),
        text("The command is unknown to this firmware or mistyped.", "固件不认识该命令，或命令书写有误。"),
    ),
    code(
        60,
        text("flash write failed", "写入闪存失败"),
        text("The file could not be written: check the free space.", "文件写入失败：检查剩余空间。"),
    ),
    code(61, text("TF card missing", "未插 TF 卡"), text("No memory card is in.", "未插入 TF 卡。")),
    code(
        62,
        text("file not found", "文件不存在"),
        text("No such file on the module: check its name.", "模块上没有该文件：检查文件名。"),
    ),
    code(63, text("file too large", "文件过大"), text("The file does not fit.", "文件超出大小限制。")),
    code(97, text("directory not created", "创建目录失败"), text("The directory could not be made.", "目录创建失败。")),
    code(98, text("directory missing", "目录不存在"), text("No such directory on the module.", "模块上没有该目录。")),
    code(
        99,
        text("not implemented", "未实现"),
        text("This firmware does not have this function.", "固件未实现该功能。"),
    ),
    code(100, text("unknown error", "未知错误"), text("The module gives no reason.", "模块未说明原因。")),
    code(
        103,
        text("illegal MS", "非法移动台"),
        text(
            "The network rejects this card: bound to another device, or not in service.",
            "网络拒绝该卡：可能机卡绑定或未开通。",
        ),
    ),
    code(106, text("illegal ME", "非法设备"), text("The network rejects this device.", "网络拒绝该设备。")),
    code(
        107,
        text("data service not allowed", "不允许数据业务"),
        text(
            "The card has no data service: arrears, stopped, or not subscribed.",
            "该卡无数据业务：欠费、停机或未开通。",
        ),
    ),
    code(
        111,
        text("PLMN not allowed", "PLMN 不允许"),
        text("The card may not use this operator's network.", "该卡不允许使用此运营商网络。"),
    ),
    code(
        112,
        text("location area not allowed", "位置区不允许"),
        text("The card may not be used in this area.", "该卡不允许在此区域使用。"),
    ),
    code(113, text("roaming not allowed", "不允许漫游"), text("The card may not roam here.", "该卡不允许在此漫游。")),
    code(
        132,
        text("service option not supported", "服务选项不支持"),
        text("The APN does not fit the card.", "APN 与该卡不匹配。"),
    ),
    code(
        133,
        text("service option not subscribed", "服务选项未开通"),
        text("The APN is not part of the card's contract.", "该卡未开通此 APN。"),
    ),
    code(
        134,
        text("service option out of order", "服务选项暂不可用"),
        text("The network cannot give the service at the moment.", "网络暂时无法提供该服务。"),
    ),
    code(
        148,
        text("unspecified data error", "未指明的数据错误"),
        text("The network refused the data connection without a reason.", "网络拒绝数据连接，未说明原因。"),
    ),
    code(
        149,
        text("PDP authentication failure", "PDP 鉴权失败"),
        text(
            "User, password or kind of authentication of the private APN are wrong.",
            "专网 APN 的用户名、密码或鉴权方式错误。",
        ),
    ),
    code(
        151,
        text("AT command timeout", "AT 命令超时"),
        text("The module itself did not finish in time.", "模块内部执行超时。"),
    ),
    code(
        753,
        text("SIM restricted access: missing parameter", "SIM 受限访问：缺少参数"),
        text("A restricted access to the card lacks an argument.", "对 SIM 卡的受限访问缺少参数。"),
    ),
    code(
        754,
        text("SIM restricted access: unknown command", "SIM 受限访问：未知命令"),
        text("A restricted access to the card uses an unknown command.", "对 SIM 卡的受限访问使用了未知命令。"),
    ),
    code(
        755,
        text("SIM restricted access: wrong class", "SIM 受限访问：类别错误"),
        text("A restricted access to the card is malformed.", "对 SIM 卡的受限访问格式错误。"),
    ),
    code(
        756,
        text("SIM restricted access: unknown parameter", "SIM 受限访问：未知参数"),
        text("A restricted access to the card has an unknown argument.", "对 SIM 卡的受限访问含有未知参数。"),
    ),
    code(
        757,
        text("SIM restricted access: wrong length", "SIM 受限访问：长度错误"),
        text("A restricted access to the card has a wrong length.", "对 SIM 卡的受限访问长度错误。"),
    ),
    code(
        758,
        text("SIM restricted access: wrong parameter", "SIM 受限访问：参数错误"),
        text("A restricted access to the card has a wrong argument.", "对 SIM 卡的受限访问参数错误。"),
    ),
    code(
        759,
        text("SIM restricted access: other error", "SIM 受限访问：其他错误"),
        text("A restricted access to the card failed.", "对 SIM 卡的受限访问失败。"),
    ),
    code(
        765,
        text("invalid input value", "输入值无效"),
        text(
            "A value is out of its range; one field report saw it for an empty user name and password.",
            "取值超出范围；有现场记录在用户名和密码为空时出现。",
        ),
    ),
    code(766, text("unsupported mode", "模式不支持"), text("The mode asked for does not exist.", "不支持该模式。")),
    code(
        767,
        text("operation failed", "操作失败"),
        text(
            "In MQTT: the session or its TCP link is gone, or the login was done already.",
            "MQTT 中：会话或 TCP 连接已断开，或已经登录。",
        ),
    ),
    code(
        768,
        text("multiplexer running", "多路复用正在运行"),
        text("The multiplexer already runs.", "多路复用已在运行。"),
    ),
    code(
        769,
        text("cannot get control", "无法取得控制权"),
        text("Another part of the module holds what is needed.", "资源被模块的其他部分占用。"),
    ),
    code(
        770,
        text("SIM network reject", "SIM 卡被网络拒绝"),
        text("The network rejects this card: ask the operator.", "网络拒绝该卡：请联系运营商。"),
    ),
    code(772, text("SIM powered down", "SIM 卡已断电"), text("The card is switched off.", "SIM 卡已断电。")),
    code(
        773,
        text("SIM file missing", "SIM 卡文件缺失"),
        text("The card lacks a file it should have.", "SIM 卡缺少文件。"),
    ),
    code(791, text("too few parameters", "参数过少"), text("An argument is missing.", "缺少参数。")),
    code(792, text("too many parameters", "参数过多"), text("There is one argument too many.", "参数过多。")),
    code(
        793,
        text("parameter out of range", "参数超出范围"),
        text("An argument is outside its range.", "参数超出范围。"),
    ),
    code(
        794,
        text("wrong parameter type", "参数类型错误"),
        text("An argument is a number instead of text, or the reverse.", "参数类型不符（数字与文本混淆）。"),
    ),
    code(
        795,
        text("wrong parameter format", "参数格式错误"),
        text("An argument is written wrongly: check the quotes.", "参数格式错误：检查引号。"),
    ),
    code(796, text("empty parameter", "参数为空"), text("An argument is empty that must not be.", "必填参数为空。")),
    code(
        797,
        text("radio is off", "射频已关闭"),
        text(
            "The module is in flight mode or at minimum function: send AT+CFUN=1.",
            "模块处于飞行模式或最小功能：发送 AT+CFUN=1。",
        ),
    ),
    code(
        811,
        text("command not recognised", "命令无法识别"),
        text("This firmware does not know the command.", "固件无法识别该命令。"),
    ),
    code(813, text("syntax error", "语法错误"), text("The command is written wrongly.", "命令语法错误。")),
    code(
        818,
        text("command line too long", "命令行过长"),
        text("Several commands on one line are too long.", "多命令行过长。"),
    ),
    code(
        824,
        text("not allowed by customer firmware", "客户固件禁止"),
        text("This firmware was locked by its maker.", "该固件已被厂商锁定。"),
    ),
    code(901, text("data bearer not active", "PDP 未激活"), text("There is no data connection.", "数据连接未激活。")),
    code(
        902,
        text("data bearer already active", "PDP 已激活"),
        text("The data connection exists already.", "数据连接已存在。"),
    ),
    code(
        910,
        text("TCP connection rejected", "TCP 连接被拒绝"),
        text("The other side refused the connection: check the port.", "对端拒绝连接：检查端口。"),
    ),
    code(
        911,
        text("TCP connect timeout", "TCP 连接超时"),
        text(
            "The other side did not answer: check address, port and white list.",
            "对端无应答：检查地址、端口和白名单。",
        ),
    ),
    code(912, text("socket exists", "套接字已存在"), text("The connection exists already.", "连接已存在。")),
    code(913, text("socket does not exist", "套接字不存在"), text("There is no such connection.", "连接不存在。")),
    code(
        914,
        text("buffer over size", "缓冲区超限"),
        text("More was sent than the module can hold.", "数据超过模块缓冲区。"),
    ),
    code(
        915,
        text("sending timeout", "发送超时"),
        text("The data were not acknowledged in time.", "数据未及时得到确认。"),
    ),
    code(
        916,
        text("DNS request exists", "DNS 请求已存在"),
        text("A name is being resolved already: wait for its answer.", "已有域名解析在进行：请等待结果。"),
    ),
    code(
        917,
        text("DNS timeout", "DNS 解析超时"),
        text(
            "No DNS server answered in time: check the DNS servers and the data connection.",
            "DNS 服务器未及时应答：检查 DNS 设置和数据连接。",
        ),
    ),
    code(
        918,
        text("DNS error", "DNS 解析错误"),
        text("The name could not be resolved: check its spelling.", "域名无法解析：检查拼写。"),
    ),
    code(980, text("wrong input value", "输入值错误"), text("A value is wrong.", "取值错误。")),
    code(981, text("other error", "其他错误"), text("The module gives no reason.", "模块未说明原因。")),
    code(982, text("error", "错误"), text("The command failed without a reason.", "命令失败，未说明原因。")),
    code(983, text("not allowed", "不允许"), text("The command is not allowed now.", "当前不允许该命令。")),
    code(
        65535,
        text("other error", "其他错误"),
        text("Often after +PDP: DEACT: there is no data bearer.", "常见于 +PDP: DEACT 之后：没有数据承载。"),
    ),
];
