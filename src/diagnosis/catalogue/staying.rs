//! Causes of a session that ends, and of the last message that speaks for it.

use super::{causes, nothing};
use crate::diagnosis::Remedy;

causes! {
    KEEP_ALIVE_LONG = Stay "F-180" "ka_long" {
        "The mobile network may drop idle connections before the next ping." "空闲连接可能在下次心跳前被移动网络回收。"
        => "Set the keep-alive to 120 s, between 60 and 240." "请把心跳设为 120 秒，范围 60～240。"
        remedy: Some(Remedy::EditConnection),
    }
    KEEP_ALIVE_SHORT = Stay "F-181" "ka_short" {
        "The keep-alive is short for a weak link." "心跳过短，弱信号下容易超时。"
        => "Set the keep-alive to 120 s." "请把心跳设为 120 秒。"
        remedy: Some(Remedy::EditConnection),
    }
    KEEP_ALIVE_MISSED = Stay "F-182" "ka_15" {
        "Nothing reached the broker for one and a half keep-alive times." "超过 1.5 倍心跳时间没有数据到达服务器。"
        => "Find out why nothing got out (signal, supply), then choose a longer keep-alive."
        "请排查上行中断的原因（信号、供电），再适当增大心跳。"
        remedy: Some(Remedy::EditConnection),
    }
    KEEP_ALIVE_FIRMWARE = Stay "F-183" "ka_fw" {
        "This firmware takes a keep-alive of more than 300 s for 300 s." "该固件会把大于 300 秒的心跳按 300 秒处理。"
        => "Update the firmware to V1161 or later, or set the keep-alive to 120 s."
        "请升级固件到 V1161 以上，或把心跳设为 120 秒。"
    }
    KEEP_ALIVE_MANUAL = Stay "F-184" "ka_doc" {
        "The keep-alive follows the command manual (300 s and more), which mobile networks seldom stand."
        "心跳取自命令手册（300 秒以上），移动网络往往不能维持这么久。"
        => "Set it to 120 s as the vendor's own advice for MQTT says." "请按厂家 MQTT 指南设为 120 秒。"
        remedy: Some(Remedy::EditConnection),
    }
    SIGNAL_DROP = Stay "F-185" "drop_signal" {
        "The connection was lost while the signal was weak." "信号较弱时连接中断。"
        => "Improve the antenna or the place; keep-alive 120 s." "请改善天线或位置；心跳设为 120 秒。"
    }
    HALF_OPEN = Stay "F-186" "half_open" {
        "The connection may be dead without the module having noticed." "链路可能已失效而模块尚未察觉。"
        => "Close it and connect again; let the application send a test message now and then."
        "请断开后重连，并在应用中定期发送测试消息。"
        remedy: Some(Remedy::Recover),
    }
    POWER_DIPS = Stay "F-187" "power" {
        "The supply may dip when the module transmits." "模块发射时供电可能跌落。"
        => "Use a stronger supply, short leads and at least 220 uF near VBAT, which must stay between 3.3 and 4.3 V."
        "请使用更强的电源和短引线，并在 VBAT 旁加至少 220 uF 电容，电压须保持在 3.3～4.3 V。"
        remedy: Some(Remedy::ReadDetails),
    }
    RESTARTED = Stay "F-188" "reboot" {
        "The module restarted; its session and MQTT settings are gone." "模块发生了重启，会话和 MQTT 设置已丢失。"
        => "Read the reason with AT*EXINFO?, stop whatever resets it, then connect again."
        "请用 AT*EXINFO? 查看原因，排除复位来源后重新连接。"
        remedy: Some(Remedy::ReadDetails),
    }
    BROKER_RESTART = Stay "F-189" "srv_restart" {
        "The broker may have been restarted." "服务器可能发生了重启。"
        => "Check the broker; reconnect after a pause of random length." "请检查服务器，并在随机延时后重连。"
    }
    TUNNEL = Stay "F-190" "tunnel" {
        "The broker sits behind a home tunnel, which breaks off now and then for everybody."
        "服务器位于内网穿透之后，会不定时断开所有客户端。"
        => "Use a broker with a public address of its own." "请使用拥有公网地址的服务器。"
        remedy: Some(Remedy::EditConnection),
    }
    CLOSED_BY_SCRIPT = Stay "F-191" "app_close" {
        "A command from this side closed the connection." "连接由本端的命令主动断开。"
        => "Look at the command in the evidence; correct the script that sent it."
        "请查看证据中的命令，并修正发送它的脚本。"
        remedy: Some(Remedy::Connect),
    }
    BROKER_KICK = Stay "F-192" "kick_policy" {
        "The broker may have ended the session by a rule of its own." "服务器可能按其策略结束了会话。"
        => "Read the broker's log for an expired token, an administrator's action or a forbidden topic."
        "请查看服务器日志：令牌到期、管理员操作或被禁止的主题。"
    }
    SLEEP_DROP = Stay "F-193" "sleep_drop" {
        "The session ended after the module had been sent to sleep." "模块进入休眠后会话中断。"
        => "Choose a mode that keeps the connection (AT+CSCLK=0 while testing), or connect again on waking."
        "请选择保持在线的模式（调试时用 AT+CSCLK=0），或唤醒后重新连接。"
        remedy: Some(Remedy::Recover),
    }
    CLOSED_IGNORED = Stay "F-194" "closed_state" {
        "The session has ended and was not opened again." "会话已断开且未重新建立。"
        => "Connect again, then repeat the step." "请重新连接后再执行该步骤。"
        remedy: Some(Remedy::Recover),
    }
    WILL_LATER = Will "F-195" "will_wait" {
        "The will is not due yet: the broker publishes it only after one and a half keep-alive times of silence."
        "遗嘱尚未到时间：服务器要在 1.5 倍心跳无数据后才发布。"
        => "Wait that long, or choose a shorter keep-alive." "请等待，或缩短心跳。"
        shown: nothing(
            "Whoever waits for a will is another client: this wire does not tell since when it waits.",
            "等待遗嘱的是其他客户端，本线上看不出它已等待多久。",
        ),
    }
    WILL_ON_RETURN = Will "F-196" "will_on_reconnect" {
        "The will came when the device was back: its new login ended the old session."
        "设备重新上线时才收到遗嘱：新登录顶掉了旧会话。"
        => "Publish a retained \"online\" message after every CONNACK OK, so that it has the last word."
        "请在每次 CONNACK OK 后发布保留的上线消息，以覆盖遗嘱。"
    }
    WILL_ON_CLOSE = Will "F-197" "will_on_disconnect" {
        "The will was published although the session was closed on purpose." "主动断开后仍然发布了遗嘱。"
        => "Do not rely on either: publish the state yourself before closing." "请勿依赖该行为，断开前请自行发布状态。"
    }
    WILL_INCOMPLETE = Will "F-198" "will_none" {
        "The will is not set, or only a part of it: it needs QoS, retain, topic and message together."
        "未设置遗嘱或参数不全：QoS、保留标志、主题和内容须同时给出。"
        => "Give all four values in MCONFIG, and let this user publish to the will's topic."
        "请在 MCONFIG 中给出全部四个参数，并授权该用户发布遗嘱主题。"
        remedy: Some(Remedy::EditConnection),
    }
    WILL_SHARED = Will "F-199" "will_same" {
        "The will names no device: whoever receives it cannot tell which one is gone."
        "遗嘱不含设备标识，接收方无法区分是哪台设备离线。"
        => "Put the client id into the will's topic or message." "请在遗嘱主题或内容中加入客户端 ID。"
        remedy: Some(Remedy::EditConnection),
    }
}
