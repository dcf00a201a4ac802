//! Causes between the cable and the console: port, rate, power, the text of a line.

use super::{Shown, causes, nothing};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    PORT_WRONG = Port "F-001" "port_wrong" {
        "This is not the module's AT port: a module shows two or three ports and only some take commands."
        "这不是模块的 AT 口：模块会出现两到三个端口，只有部分端口响应命令。"
        => "Try the other ports of the same device and keep the one that answers OK to AT."
        "请逐个尝试同一设备的其他端口，使用对 AT 回复 OK 的那个。"
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
        shown: Shown::Here,
    }
    PORT_BUSY = Port "F-002" "port_busy" {
        "Another program holds the port." "端口正被其他程序占用。"
        => "Close the other serial tool (often Luatools, SSCOM or LLCOM), then try again."
        "请先关闭其他串口工具（常见为 Luatools、SSCOM、LLCOM），然后重试。"
        remedy: Some(Remedy::Connect),
        is_plain: true,
        shown: Shown::Here,
    }
    PORT_PERMISSION = Port "F-003" "port_perm" {
        "The system does not let this user open the port." "系统不允许当前用户打开该端口。"
        => "Add your user to the group that owns the device (usually dialout or uucp) and log in again."
        "请把当前用户加入设备所属的组（通常为 dialout 或 uucp），然后重新登录。"
        remedy: Some(Remedy::Connect),
        is_plain: true,
        shown: Shown::Here,
    }
    PORT_SHARED = Port "F-004" "port_mm" {
        "A system service seems to talk on the same port: answers came that fit no command of ours."
        "疑似有系统服务也在使用该端口：收到了与我们命令不符的应答。"
        => "Stop ModemManager, or tell it by a udev rule to leave this USB id alone."
        "请停用 ModemManager，或用 udev 规则让它忽略该 USB 设备。"
    }
    BAUD_WRONG = Port "F-005" "baud_wrong" {
        "The baud rate or the frame format does not fit: bytes come, but no text."
        "波特率或帧格式不匹配：有数据但不是文本。"
        => "Try 115200 8N1 first, then 9600, 57600, 460800 and 921600; once connected, fix it with AT+IPR=115200;&W."
        "请先试 115200 8N1，再试 9600、57600、460800、921600；连通后用 AT+IPR=115200;&W 固定。"
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    BAUD_UNTRAINED = Port "F-006" "baud_auto" {
        "The UART has not learned its baud rate yet." "串口尚未完成自动波特率识别。"
        => "Send AT in capital letters several times after power-on, or store a fixed rate in the module."
        "上电后连续多次发送大写 AT，或在模块中保存固定波特率。"
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    ASLEEP = Port "F-007" "sleep" {
        "The module may be asleep: the first bytes after a pause are lost." "模块可能已休眠：停顿后的前几个字节会丢失。"
        => "Send AT once more to wake it; while testing, keep it awake with AT+CSCLK=0."
        "再发一次 AT 唤醒；调试期间可用 AT+CSCLK=0 保持唤醒。"
        remedy: Some(Remedy::Wake),
    }
    NOT_POWERED = Port "F-008" "not_on" {
        "The module is off, or the cable carries no data." "模块未开机，或所用线缆不能传输数据。"
        => "Hold the power key for two seconds, use a data cable, check the supply (3.3 to 4.3 V) and list the ports again."
        "长按开机键约两秒，更换数据线，检查供电（3.3～4.3 V），再刷新端口列表。"
        remedy: Some(Remedy::Connect),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
        shown: Shown::Here,
    }
    NOT_AT_FIRMWARE = Port "F-009" "not_at_fw" {
        "The module runs script firmware, which takes no AT commands." "模块运行的是脚本固件，不支持 AT 命令。"
        => "Flash the AT firmware made for this model with Luatools." "请用 Luatools 烧录该型号对应的 AT 固件。"
        remedy: Some(Remedy::FindPort),
        is_plain: true,
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    NO_CARRIAGE_RETURN = Port "F-010" "no_cr" {
        "A command was sent without its carriage return." "命令末尾缺少回车。"
        => "End every command with CR." "请在每条命令末尾加回车。"
    }
    ECHO = Port "F-011" "echo" {
        "The module repeats each command before its answer, or a program expects that and it does not."
        "模块在应答前回显命令，或程序期待回显而模块已关闭回显。"
        => "This program reads both; for a program of your own choose one with ATE0 or ATE1 after every start."
        "本软件两种情况都能识别；自编程序请在每次开机后用 ATE0 或 ATE1 固定一种。"
        shown: nothing(
            "The echo stands on the wire, but not what another program makes of it; here it does no harm.",
            "线上能看到回显，但看不出其他程序如何解析；对本软件没有影响。",
        ),
    }
    NO_ERROR_NUMBERS = Port "F-012" "cmee0" {
        "The module refuses without saying why." "模块拒绝了命令但没有给出原因。"
        => "Switch error numbers on with AT+CMEE=1 and repeat the step." "请执行 AT+CMEE=1 打开错误码后重试该步骤。"
        remedy: Some(Remedy::ErrorNumbers),
    }
    PROMPT_OPEN = Port "F-013" "prompt_stuck" {
        "The module still waits for data after a > prompt and swallows commands."
        "模块仍停留在 > 之后的数据输入状态，会吞掉后续命令。"
        => "Wait until its input time has run out, then repeat with exactly the announced number of bytes."
        "请等待其输入超时，再按声明的字节数准确重发。"
    }
    DATA_MODE = Port "F-014" "data_mode" {
        "The port may be in transparent or dial-up mode, where commands pass as data."
        "端口可能处于透传或拨号模式，命令会被当作数据。"
        => "Pause one second, send +++ without a line end, then switch it off with AT+CIPMODE=0."
        "停顿一秒后发送不带回车的 +++，再用 AT+CIPMODE=0 关闭透传。"
    }
    COMMAND_TEXT = Port "F-015" "fullwidth" {
        "The module does not understand the line: a wrong character, a Chinese comma or quote, or a wrong value."
        "模块无法识别该命令：含错误字符、中文标点或错误参数。"
        => "Write the command with plain ASCII quotes and commas and check each value against the manual."
        "请使用英文半角引号和逗号，并逐项核对参数。"
    }
    NOT_UTF8 = Port "F-016" "gbk" {
        "A client id, topic or text was sent in GBK; MQTT wants UTF-8, and the broker closes."
        "客户端 ID、主题或文本以 GBK 编码发送；MQTT 要求 UTF-8，服务器因此断开。"
        => "Set the serial tool to UTF-8, or keep ids and topics in plain ASCII."
        "请把串口工具的编码改为 UTF-8，或让 ID 和主题只含英文字符。"
        remedy: Some(Remedy::Messages),
    }
    UART_WIRING = Port "F-017" "uart_hw" {
        "On a UART: TX and RX may be swapped, or the level does not fit (1.8 or 3.3 V)."
        "若使用串口：TX/RX 可能接反，或电平不匹配（1.8 V 或 3.3 V）。"
        => "Cross TX and RX, join the grounds, match the level and leave hardware flow control off."
        "交叉连接 TX/RX，共地，匹配电平，并关闭硬件流控。"
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    OVERLAP = Port "F-018" "overlap" {
        "Two commands overlapped: an answer stands under the wrong one." "两条命令重叠，应答对应错位。"
        => "Wait for the end of one step before starting the next." "请等上一步结束后再开始下一步。"
    }
    UART_LOSS = Port "F-019" "uart_loss" {
        "Bytes were lost on the serial line: a message is shorter than the module announced."
        "串口丢失了数据：收到的消息比模块声明的长度短。"
        => "Raise the baud rate, join and enable flow control (AT+IFC=2,2), or receive through the module's cache."
        "请提高波特率，接好并启用硬件流控（AT+IFC=2,2），或改用缓存模式接收。"
    }
    REENUMERATED = Port "F-020" "reenum" {
        "The port vanished while it was in use: unplugged, or the module restarted."
        "端口在使用中消失：被拔出，或模块发生了重启。"
        => "Check cable and supply, then connect again; AT*EXINFO? tells why the module started."
        "请检查线缆和供电后重新连接；AT*EXINFO? 可查看开机原因。"
        remedy: Some(Remedy::Connect),
        is_plain: true,
        shown: Shown::Here,
    }
}
