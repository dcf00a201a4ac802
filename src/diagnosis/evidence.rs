//! The facts of a session in one line each, as they were seen on the wire.

use crate::{
    modem::{
        event::{Fault, LossCause, PortFault},
        status::{Rung, RungState, Status},
    },
    time::Moment,
};

use super::{Fact, Trouble, trouble::command_of};

/// Everything that bears on a trouble, which shows itself at `met_at`: the answer that failed its rung, and the radio's state where it failed by the radio.
pub(super) fn of(status: &Status, trouble: &Trouble, met_at: Moment) -> Vec<Fact> {
    let mut facts = Vec::new();
    let entry = trouble.stopped_at().map(|rung| status.ladder.entry(rung));
    let entry = entry.filter(|entry| entry.state == RungState::Failed);
    // A command that failed shows itself; its rung may be told by a later answer.
    let is_its_own = |at: Moment| at == trouble.at || command_of(&trouble.fault).is_none();
    if let Some(evidence) = entry.and_then(|entry| entry.evidence.as_ref()).filter(|evidence| is_its_own(evidence.at)) {
        facts.push(answered(evidence.at, &evidence.command, &evidence.line).taking(evidence.took));
    } else {
        facts.push(fault(met_at, &trouble.fault));
    }
    if matches!(trouble.stopped_at(), Some(Rung::Signal | Rung::Network)) {
        facts.extend(radio(status));
    }
    facts
}

/// A command with the line that decided it, or with none.
pub(super) fn answered(at: Moment, command: &str, line: &str) -> Fact {
    match (command, line) {
        ("", "") => Fact::both("no answer", "无应答").when(at),
        (_, "") => Fact::both(format!("{command}: no answer"), format!("{command}：无应答")).when(at),
        ("", _) => Fact::at(at, line),
        _ => Fact::at(at, format!("{command} → {line}")),
    }
}

/// What was met: the command with the word that failed it, or a sentence. It names no time: a recording need not have any.
pub(super) fn fault(at: Moment, fault: &Fault) -> Fact {
    let zh = match fault {
        Fault::Refused { command, refusal } => return answered(at, command, &refusal.to_string()),
        Fault::BadOutcome { command, got, after, .. } => return answered(at, command, got).taking(*after),
        Fault::TimedOut { command, expected, after } => {
            let both = Fact::both(format!("{command}: no {expected} came"), format!("{command}：没有等到 {expected}"));
            return both.when(at).taking(*after);
        }
        Fault::NotRegistered { stat, after } => {
            let en = format!("not registered in the network: state {stat}");
            return Fact::both(en, format!("仍未注册到网络：状态 {stat}")).when(at).taking(*after);
        }
        Fault::NotAttached { after } => {
            let both = Fact::both("registered, but no data connection", "已注册，但没有数据连接");
            return both.when(at).taking(*after);
        }
        Fault::SessionLost(loss) => lost(*loss).to_owned(),
        Fault::Port(port) => unusable(port),
        Fault::Silent { tries } => format!("发送 AT {tries} 次均无应答"),
        Fault::Noise { bytes } => format!("收到 {bytes} 字节，但不是文本"),
        Fault::LuaFirmware { line } => format!("这是 Lua 脚本固件，不是 AT 固件（{line}）"),
        Fault::Unfitting { command, got } => format!("{command} 的应答 {got} 不相符"),
        Fault::SimNotReady { state } => format!("SIM 卡不可用：{state}"),
        Fault::NoSignal { rssi } => format!("没有信号：模块报告 {rssi}（99 为未知）"),
        Fault::RadioOff { function } => format!("射频已关闭：AT+CFUN? 为 {function}"),
        Fault::NoService => "网络已断开：模块报告无服务".to_owned(),
        Fault::NotConnected => "与服务器没有会话".to_owned(),
        Fault::Busy => "正忙于另一步骤".to_owned(),
        Fault::Draft(_) => "消息在发送之前已不符合规则（主题或长度）".to_owned(),
        Fault::BadValue { what, .. } => format!("参数无法写入命令：{}", value(what)),
        Fault::NotResolved { host, number: Some(number) } => format!("模块无法解析 {host}（错误 {number}）"),
        Fault::NotResolved { host, number: None } => format!("模块无法解析 {host}"),
        Fault::FileDiffers { name, expected, found } => {
            format!("模块上的文件 {name} 不一致：{found} 字节，应为 {expected} 字节")
        }
        Fault::ReadingDisturbed { name, bytes } => {
            format!("文件 {name} 的回读受到其他上报的干扰，无法比较；长度 {bytes} 字节正确")
        }
        Fault::SettingDiffers { setting, expected, found } => {
            format!("设置 {setting} 读回为“{found}”，应为“{expected}”")
        }
        Fault::Cancelled => "已按要求停止".to_owned(),
    };
    Fact::both(fault.to_string(), zh).when(at)
}

const fn lost(loss: LossCause) -> &'static str {
    match loss {
        LossCause::Closed => "服务器（或网络）关闭了连接",
        LossCause::BearerLost => "网络收回了数据连接",
        LossCause::ModuleRestarted => "模块重启了：会话和全部 MQTT 设置已丢失",
        LossCause::SimRemoved => "SIM 卡被拔出",
        LossCause::Silent => "模块不再应答",
    }
}

fn unusable(port: &PortFault) -> String {
    match port {
        PortFault::Missing { port } => format!("没有串口 {port}"),
        PortFault::Busy { port } => format!("{port} 被其他程序占用"),
        PortFault::NoPermission { port, .. } => format!("没有打开 {port} 的权限"),
        PortFault::Unplugged { port } => format!("{port} 已拔出（或设备重启）"),
        PortFault::NotSerial { port } => format!("{port} 不是串口"),
        PortFault::Other { port, detail } => format!("{port}：{detail}"),
        PortFault::WorkerDied { port, .. } => format!("为 {port} 服务的线程意外结束"),
    }
}

/// A value as the core names it.
fn value(what: &str) -> &str {
    match what {
        "host" => "服务器地址",
        "port" => "端口",
        "client id" => "clientid",
        "user name" | "access point user" => "用户名",
        "password" | "access point password" => "密码",
        "keep alive" => "心跳间隔",
        "access point" => "APN",
        "file" | "file name" => "文件",
        "server name" => "服务器域名",
        "negotiation time" => "协商时限",
        "topic" | "will topic" => "主题",
        "topic filter" | "filter" => "主题过滤器",
        "will message" | "message of AT+MPUB" | "message" | "payload" => "消息内容",
        "setting" => "设置",
        _ => "命令",
    }
}

/// The last signal as it was seen.
pub(super) fn signal(status: &Status) -> Option<Fact> {
    let seen = status.signal.as_ref()?;
    let dbm = seen.value.rssi_dbm().map_or_else(|| "? dBm".to_owned(), |dbm| format!("{dbm} dBm"));
    Some(Fact::at(seen.at, format!("{} → +CSQ: {} ({dbm})", seen.by, seen.value.rssi)))
}

fn radio(status: &Status) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(signal(status));
    if let Some(seen) = &status.registration {
        let (by, stat) = (&seen.by, seen.value.stat);
        let fact = Fact::both(format!("{by}: registration state {stat}"), format!("{by}：注册状态 {stat}"));
        facts.push(fact.when(seen.at));
    }
    facts
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::air780e::verb::Awaited;

    #[test]
    fn no_fact_of_a_fault_is_english_on_a_chinese_page() {
        let port = || "COM3".to_owned();
        let ports = [
            PortFault::Missing { port: port() },
            PortFault::Busy { port: port() },
            PortFault::NoPermission { port: port(), group: None },
            PortFault::Unplugged { port: port() },
            PortFault::NotSerial { port: port() },
            PortFault::WorkerDied { port: port(), detail: "x".into() },
        ];
        let losses = [
            LossCause::Closed,
            LossCause::BearerLost,
            LossCause::ModuleRestarted,
            LossCause::SimRemoved,
            LossCause::Silent,
        ];
        let after = Duration::from_secs(9);
        let faults = [
            Fault::Silent { tries: 5 },
            Fault::Noise { bytes: 9 },
            Fault::TimedOut { command: "AT+CSQ".into(), expected: Awaited::Acceptance, after },
            Fault::NotRegistered { stat: 2, after },
            Fault::NotAttached { after },
            Fault::RadioOff { function: 4 },
            Fault::NoService,
            Fault::NotConnected,
            Fault::NoSignal { rssi: 99 },
            Fault::NotResolved { host: "b".into(), number: None },
            Fault::SimNotReady { state: "SIM PIN".into() },
            Fault::Unfitting { command: "AT".into(), got: "x".into() },
        ];
        let all = faults.into_iter().chain(ports.map(Fault::Port)).chain(losses.map(Fault::SessionLost));
        for one in all {
            let told = fault(Moment::ZERO, &one);
            assert!(told.zh.is_some_and(|zh| !zh.is_ascii()), "{one}");
        }
        let empty = answered(Moment::ZERO, "AT+CSQ", "");
        assert!(!empty.chinese().is_ascii() && empty.text.is_ascii());
        assert_eq!(answered(Moment::ZERO, "AT", "OK").zh, None, "what passed the wire is the same in every language");
    }
}
