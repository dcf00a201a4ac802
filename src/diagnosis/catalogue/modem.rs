//! Causes between the cable and the data connection: port, console, card, signal, network, bearer.

use super::causes;

causes! {
    PROGRAM_FAULT = "F-000" "program_fault" {
        "A part of this program ended unexpectedly." "本软件的一个部分意外终止。"
        => "Connect again; if it happens twice, report it with the saved log." "请重新连接；若再次出现，请附上日志反馈。"
    }
    PORT_WRONG = "F-001" "port_wrong" {
        "This is not the module's AT port: a module shows two or three ports and only some take commands."
        "这不是模块的 AT 口：模块会出现两到三个端口，只有部分端口响应命令。"
        => "Try the other ports of the same device and keep the one that answers OK to AT."
        "请逐个尝试同一设备的其他端口，使用对 AT 回复 OK 的那个。"
    }
    PORT_BUSY = "F-002" "port_busy" {
        "Another program holds the port." "端口正被其他程序占用。"
        => "Close the other serial tool (often Luatools, SSCOM or LLCOM), then try again."
        "请先关闭其他串口工具（常见为 Luatools、SSCOM、LLCOM），然后重试。"
    }
    PORT_PERMISSION = "F-003" "port_perm" {
        "The system does not let this user open the port." "系统不允许当前用户打开该端口。"
        => "Add your user to the group that owns the device (usually dialout or uucp) and log in again."
        "请把当前用户加入设备所属的组（通常为 dialout 或 uucp），然后重新登录。"
    }
    PORT_SHARED = "F-004" "port_mm" {
        "A system service seems to talk on the same port: answers came that fit no command of ours."
        "疑似有系统服务也在使用该端口：收到了与我们命令不符的应答。"
        => "Stop ModemManager, or tell it by a udev rule to leave this USB id alone."
        "请停用 ModemManager，或用 udev 规则让它忽略该 USB 设备。"
    }
    BAUD_WRONG = "F-005" "baud_wrong" {
        "The baud rate or the frame format does not fit: bytes come, but no text."
        "波特率或帧格式不匹配：有数据但不是文本。"
        => "Try 115200 8N1 first, then 9600, 57600, 460800 and 921600; once connected, fix it with AT+IPR=115200;&W."
        "请先试 115200 8N1，再试 9600、57600、460800、921600；连通后用 AT+IPR=115200;&W 固定。"
    }
    BAUD_UNTRAINED = "F-006" "baud_auto" {
        "The UART has not learned its baud rate yet." "串口尚未完成自动波特率识别。"
        => "Send AT in capital letters several times after power-on, or store a fixed rate in the module."
        "上电后连续多次发送大写 AT，或在模块中保存固定波特率。"
    }
    ASLEEP = "F-007" "sleep" {
        "The module may be asleep: the first bytes after a pause are lost." "模块可能已休眠：停顿后的前几个字节会丢失。"
        => "Send AT once more to wake it; while testing, keep it awake with AT+CSCLK=0."
        "再发一次 AT 唤醒；调试期间可用 AT+CSCLK=0 保持唤醒。"
    }
    NOT_POWERED = "F-008" "not_on" {
        "The module is off, or the cable carries no data." "模块未开机，或所用线缆不能传输数据。"
        => "Hold the power key for two seconds, use a data cable, check the supply (3.3 to 4.3 V) and list the ports again."
        "长按开机键约两秒，更换数据线，检查供电（3.3～4.3 V），再刷新端口列表。"
    }
    NOT_AT_FIRMWARE = "F-009" "not_at_fw" {
        "The module runs script firmware, which takes no AT commands." "模块运行的是脚本固件，不支持 AT 命令。"
        => "Flash the AT firmware made for this model with Luatools." "请用 Luatools 烧录该型号对应的 AT 固件。"
    }
    NO_CARRIAGE_RETURN = "F-010" "no_cr" {
        "A command was sent without its carriage return." "命令末尾缺少回车。"
        => "End every command with CR." "请在每条命令末尾加回车。"
    }
    NO_ERROR_NUMBERS = "F-012" "cmee0" {
        "The module refuses without saying why." "模块拒绝了命令但没有给出原因。"
        => "Switch error numbers on with AT+CMEE=1 and repeat the step." "请执行 AT+CMEE=1 打开错误码后重试该步骤。"
    }
    PROMPT_OPEN = "F-013" "prompt_stuck" {
        "The module still waits for data after a > prompt and swallows commands."
        "模块仍停留在 > 之后的数据输入状态，会吞掉后续命令。"
        => "Wait until its input time has run out, then repeat with exactly the announced number of bytes."
        "请等待其输入超时，再按声明的字节数准确重发。"
    }
    DATA_MODE = "F-014" "data_mode" {
        "The port may be in transparent or dial-up mode, where commands pass as data."
        "端口可能处于透传或拨号模式，命令会被当作数据。"
        => "Pause one second, send +++ without a line end, then switch it off with AT+CIPMODE=0."
        "停顿一秒后发送不带回车的 +++，再用 AT+CIPMODE=0 关闭透传。"
    }
    COMMAND_TEXT = "F-015" "fullwidth" {
        "The module does not understand the line: a wrong character, a Chinese comma or quote, or a wrong value."
        "模块无法识别该命令：含错误字符、中文标点或错误参数。"
        => "Write the command with plain ASCII quotes and commas and check each value against the manual."
        "请使用英文半角引号和逗号，并逐项核对参数。"
    }
    UART_WIRING = "F-017" "uart_hw" {
        "On a UART: TX and RX may be swapped, or the level does not fit (1.8 or 3.3 V)."
        "若使用串口：TX/RX 可能接反，或电平不匹配（1.8 V 或 3.3 V）。"
        => "Cross TX and RX, join the grounds, match the level and leave hardware flow control off."
        "交叉连接 TX/RX，共地，匹配电平，并关闭硬件流控。"
    }
    OVERLAP = "F-018" "overlap" {
        "Two commands overlapped: an answer stands under the wrong one." "两条命令重叠，应答对应错位。"
        => "Wait for the end of one step before starting the next." "请等上一步结束后再开始下一步。"
    }
    REENUMERATED = "F-020" "reenum" {
        "The port vanished while it was in use: unplugged, or the module restarted."
        "端口在使用中消失：被拔出，或模块发生了重启。"
        => "Check cable and supply, then connect again; AT*EXINFO? tells why the module started."
        "请检查线缆和供电后重新连接；AT*EXINFO? 可查看开机原因。"
    }
    SIM_MISSING = "F-021" "sim_none" {
        "The module finds no SIM card." "模块未检测到 SIM 卡。"
        => "Put the card in the right way round, press it home, then restart the module."
        "请按正确方向插好 SIM 卡，然后重启模块。"
    }
    SIM_SLOT = "F-022" "sim_slot" {
        "The card may be in the other slot." "SIM 卡可能在另一个卡槽。"
        => "Move the card to slot 0, or select the other slot in flight mode with AT+SIMCROSS=1."
        "请把卡换到卡槽 0，或在飞行模式下执行 AT+SIMCROSS=1。"
    }
    SIM_PIN = "F-023" "sim_pin" {
        "The card is locked by a PIN." "SIM 卡已启用 PIN 锁。"
        => "Switch the PIN off in a phone, or enter it once with AT+CPIN (only three tries)."
        "请在手机上关闭 PIN，或用 AT+CPIN 输入一次（仅有三次机会）。"
    }
    SIM_PUK = "F-024" "sim_puk" {
        "The card is blocked and asks for its PUK." "SIM 卡已被锁定，需要 PUK。"
        => "Ask the operator for the PUK; do not guess, ten wrong tries destroy the card."
        "请向运营商索取 PUK；切勿猜测，错误十次卡将报废。"
    }
    SIM_BUSY = "F-025" "sim_busy" {
        "The card is still starting." "SIM 卡仍在初始化。"
        => "Wait ten seconds and try again." "请等待约十秒后重试。"
    }
    SIM_FAULTY = "F-026" "sim_fail" {
        "The card has a bad contact or is faulty." "SIM 卡接触不良或已损坏。"
        => "Clean and reseat the card, then compare with another one." "请清洁并重新插卡，再换一张卡对比。"
    }
    SIM_ARREARS = "F-027" "sim_arrears" {
        "The card may be out of credit, over its data volume, or expired." "SIM 卡可能欠费、超流量或已到期。"
        => "Ask the SIM provider for the card's state by its ICCID, top it up, then restart the module."
        "请凭 ICCID 向卡商查询状态，充值后重启模块。"
    }
    SIM_BOUND = "F-028" "sim_bind" {
        "The card may be bound to another device." "SIM 卡可能绑定了其他设备。"
        => "Ask the SIM provider to bind it to this module's IMEI." "请联系卡商将该卡重新绑定到本模块的 IMEI。"
    }
    SIM_INACTIVE = "F-029" "sim_inactive" {
        "The card may not be activated, or its trial has ended." "SIM 卡可能未激活或测试期已结束。"
        => "Have the SIM provider activate it." "请联系卡商激活该卡。"
    }
    SIGNAL_NONE = "F-031" "sig_none" {
        "The module hears no cell." "模块收不到任何基站信号。"
        => "Fit the antenna to the LTE connector, go near a window, and compare with a phone."
        "请把天线接到 LTE 接口，移到窗边，并与手机对比信号。"
    }
    SIGNAL_WEAK = "F-032" "sig_weak" {
        "The signal is too weak for a steady connection." "信号过弱，连接不稳定。"
        => "Improve or move the antenna; the value of AT+CSQ should be above 15." "请改善或移动天线；AT+CSQ 应大于 15。"
    }
    SIGNAL_DIRTY = "F-033" "sig_quality" {
        "The signal is strong but disturbed." "信号强但质量差（干扰或小区拥塞）。"
        => "Move away from metal and power supplies; try another place or operator." "请远离金属与电源干扰，换位置或运营商对比。"
    }
    BAND_LOCKED = "F-036" "band_lock" {
        "The module may be locked to bands that are not used here." "模块可能锁定在本地不使用的频段。"
        => "Compare AT+ECBAND? with the bands of the model and unlock all of them in flight mode."
        "请将 AT+ECBAND? 与型号频段对比，并在飞行模式下解除锁频。"
    }
    NOT_REGISTERED = "F-037" "reg_search" {
        "The module searches and no network takes it." "模块持续搜网，未能注册到网络。"
        => "Wait a minute, switch the radio off and on (AT+CFUN=0, AT+CFUN=1), then check card, antenna and bands in this order."
        "请等待一分钟，执行 AT+CFUN=0 和 AT+CFUN=1，再依次检查卡、天线和频段。"
    }
    REGISTRATION_DENIED = "F-038" "reg_denied" {
        "The network refused the card." "网络拒绝了该卡的注册。"
        => "Ask the SIM provider whether the card is active and allowed here; give them ICCID and IMEI."
        "请向卡商核实该卡是否有效、是否允许在当地使用，并提供 ICCID 和 IMEI。"
    }
    RADIO_OFF = "F-039" "cfun" {
        "The radio is switched off." "射频已关闭。"
        => "Switch it on with AT+CFUN=1." "请执行 AT+CFUN=1 打开射频。"
    }
    OPERATOR_FIXED = "F-040" "cops" {
        "A fixed operator may be set that is not present here." "可能手动固定了当地不存在的运营商。"
        => "Let the module choose with AT+COPS=0." "请执行 AT+COPS=0 恢复自动选择。"
    }
    LIMITED_SERVICE = "F-041" "reg_limited" {
        "The network gives this card no data: emergency calls or messages only." "网络仅提供紧急或短信服务，没有数据业务。"
        => "Ask the SIM provider for the card's data and roaming rights." "请向卡商确认该卡的数据与漫游权限。"
    }
    NOT_ATTACHED = "F-043" "gatt0" {
        "Registered, but not attached to the packet network." "已注册，但未附着到分组网络。"
        => "Send AT+CGATT=1; if it stays 0, restart the radio and check the card's data service."
        "请执行 AT+CGATT=1；若仍为 0，请重启射频并检查卡的数据业务。"
    }
    NO_ADDRESS = "F-044" "no_ip" {
        "Attached, but the network gave no address." "已附着，但网络未分配地址。"
        => "Set the APN that belongs to the card, then restart the radio." "请设置该卡对应的 APN，然后重启射频。"
    }
    APN_PRIVATE = "F-045" "apn_private" {
        "A private-network card needs its own APN." "专网卡需要设置专用 APN。"
        => "Set it with AT+CPNETAPN=2,apn,user,password,auth and the provider's values, then restart the module."
        "请用卡商提供的参数执行 AT+CPNETAPN=2,apn,用户名,密码,鉴权方式，然后重启模块。"
    }
    APN_LOGIN = "F-046" "apn_auth" {
        "The network refused the APN's user, password or kind of check." "APN 的用户名、密码或鉴权方式被网络拒绝。"
        => "Compare them with the provider's values; try PAP (1) and CHAP (2)."
        "请与卡商核对，并分别尝试 PAP（1）和 CHAP（2）。"
    }
    APN_STALE = "F-047" "apn_stale" {
        "An access point of an older project is stored in the module." "模块保存了旧项目的 APN。"
        => "Delete it (AT+CPNETAPN=3) and restart, or save the right one." "请删除（AT+CPNETAPN=3）后重启，或保存正确的 APN。"
    }
    WHITE_LIST = "F-048" "whitelist" {
        "The card may reach listed servers only, and this broker is not on the list."
        "该卡可能是定向流量卡，且此服务器不在白名单内。"
        => "Have the SIM provider put the broker's name, address, port and the DNS servers on the card's list."
        "请让卡商把服务器域名、IP、端口及 DNS 加入白名单。"
    }
    BEARER_DROPPED = "F-049" "pdp_deact" {
        "The network took the data connection away." "网络侧释放了数据连接。"
        => "Connect again from the start; if it repeats, switch the radio off and on and check card and signal."
        "请从头重新连接；若反复出现，请重启射频并检查卡和信号。"
    }
    POWER_DIPS = "F-187" "power" {
        "The supply may dip when the module transmits." "模块发射时供电可能跌落。"
        => "Use a stronger supply, short leads and at least 220 uF near VBAT, which must stay between 3.3 and 4.3 V."
        "请使用更强的电源和短引线，并在 VBAT 旁加至少 220 uF 电容，电压须保持在 3.3～4.3 V。"
    }
    RESTARTED = "F-188" "reboot" {
        "The module restarted; its session and MQTT settings are gone." "模块发生了重启，会话和 MQTT 设置已丢失。"
        => "Read the reason with AT*EXINFO?, stop whatever resets it, then connect again."
        "请用 AT*EXINFO? 查看原因，排除复位来源后重新连接。"
    }
    OTHER_VENDOR = "F-200" "wrong_vendor" {
        "The command belongs to another vendor's modules." "该命令属于其他厂家的模块。"
        => "Use this module's own commands: MCONFIG, MIPSTART, MCONNECT, MSUB, MPUB."
        "请使用本模块的命令：MCONFIG、MIPSTART、MCONNECT、MSUB、MPUB。"
    }
    REMARK_COPIED = "F-201" "comment_copied" {
        "A remark or a placeholder of the manual was sent with the command." "把手册中的注释或占位符一并发送了。"
        => "Send the command without the remark, with your own values." "请去掉注释，并填入自己的参数。"
    }
    FIRMWARE_OLD = "F-204" "fw_old" {
        "The firmware has known faults that are mended in a later version." "固件存在已知缺陷，新版本已修复。"
        => "Update the firmware." "请升级固件。"
    }
    PC_OFFLINE = "F-210" "pc_offline" {
        "This computer itself seems to have no network, so what it gets says nothing." "本电脑自身似乎没有网络，对比结果无效。"
        => "Connect this computer to the Internet, or trust the module's own answers." "请让本电脑联网，或以模块自身应答为准。"
    }
    PROTOCOL_NAME_NEEDED = "F-080" "alpn" {
        "Port 443 of this broker wants a protocol name (ALPN), which the module does not send." "该服务器的 443 端口需要 ALPN，而模块不发送。"
        => "Use port 8883." "请改用 8883 端口。"
    }
    VERSION_REFUSED = "F-140" "ack1" {
        "The broker refuses MQTT 3.1.1." "服务器拒绝 MQTT 3.1.1。"
        => "Enable MQTT 3.1.1 on the broker; the module speaks no other." "请在服务器启用 MQTT 3.1.1，模块只支持该版本。"
    }
    BROKER_UNAVAILABLE = "F-142" "ack3" {
        "The broker says that it is not available now." "服务器表示暂不可用。"
        => "Wait and try again slowly; check the broker's licence and database." "请稍后缓慢重试，并检查服务器的授权与数据库。"
    }
}
