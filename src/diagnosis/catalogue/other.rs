//! Causes in what people and programs do around the module, and in how they read it.

use super::{Shown, causes, nothing};
use crate::diagnosis::Remedy;

causes! {
    PROGRAM_FAULT = Other "F-000" "program_fault" {
        "A part of this program ended unexpectedly." "本软件的一个部分意外终止。"
        => "Connect again; if it happens twice, report it with the saved log."
        "请重新连接；若再次出现，请附上日志反馈。"
        shown: Shown::Here,
    }
    OTHER_VENDOR = Other "F-200" "wrong_vendor" {
        "The command belongs to another vendor's modules." "该命令属于其他厂家的模块。"
        => "Use this module's own commands: MCONFIG, MIPSTART, MCONNECT, MSUB, MPUB."
        "请使用本模块的命令：MCONFIG、MIPSTART、MCONNECT、MSUB、MPUB。"
    }
    REMARK_COPIED = Other "F-201" "comment_copied" {
        "A remark or a placeholder of the manual was sent with the command." "把手册中的注释或占位符一并发送了。"
        => "Send the command without the remark, with your own values." "请去掉注释，并填入自己的参数。"
    }
    NOT_COMPARABLE = Other "F-202" "pc_not_equal" {
        "Another client works because it asks for something else: another version, other suites, no check of the server."
        "其他客户端能连接，是因为参数不同：TLS 版本、加密套件或未校验服务器。"
        => "Trust the try with the module's own values, then change one thing at a time."
        "请以使用模块相同参数的测试为准，然后每次只改一项。"
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    OTHER_NETWORK = Other "F-203" "pc_net" {
        "This computer stands in another network (office, VPN), so it reaches what the module cannot."
        "电脑处于其他网络（办公网、VPN），能到达模块无法到达的地址。"
        => "Try it from outside, for example through a phone's hot spot." "请从外网验证，例如使用手机热点。"
        shown: Shown::Here,
    }
    FIRMWARE_OLD = Other "F-204" "fw_old" {
        "The firmware has known faults that are mended in a later version." "固件存在已知缺陷，新版本已修复。"
        => "Update the firmware." "请升级固件。"
    }
    LAST_LINE_ONLY = Other "F-205" "cme_hidden" {
        "Only the last line of the log was looked at; the first failing step lies before it."
        "只看了日志的最后一行，而最先出错的步骤在前面。"
        => "Look at the first red step from the left." "请从左侧第一个红色步骤开始排查。"
        shown: nothing(
            "It is a way of reading, not a state of the device; here the first failing step always comes first.",
            "这是阅读方式的问题，不是设备状态；本软件总是先指出最先出错的步骤。",
        ),
    }
    TOO_EARLY = Other "F-206" "too_early" {
        "The command came while the module was still starting." "模块尚未启动完成就收到了命令。"
        => "Wait for +CGEV: ME PDN ACT, or until AT+CGATT? answers 1, then send it again."
        "请等待 +CGEV: ME PDN ACT，或 AT+CGATT? 返回 1 后再发送。"
        remedy: Some(Remedy::AskAgain),
    }
    APPLICATION_REFUSED = Other "F-207" "app_reject" {
        "MQTT works; the application behind the broker refuses what the message says."
        "MQTT 正常，服务器后面的平台拒绝了消息内容。"
        => "Compare the message with the platform's model, field by field; the connection needs no change."
        "请按平台要求逐项核对消息字段；连接无需改动。"
    }
    OTHER_MODULE = Other "F-208" "other_vendor" {
        "This is another vendor's module: it answers that vendor's commands." "这是其他厂家的模块：它响应该厂家的命令。"
        => "Use that vendor's manual and tool; this program knows the Air780E and its siblings."
        "请使用对应厂家的手册和工具；本软件适用于 Air780E 及同系列模块。"
    }
    OWN_RESTART = Other "F-209" "own_restart" {
        "The restart was asked for by a command." "重启由命令触发。"
        => "Nothing is broken: connect again, which also sends again what a restart loses."
        "属正常现象，请重新连接；重启丢失的设置会重新发送。"
        remedy: Some(Remedy::Connect),
    }
    PC_OFFLINE = Other "F-210" "pc_offline" {
        "This computer has no network itself, so what it gets says nothing about the broker."
        "本电脑没有网络，其结果不能说明服务器的情况。"
        => "Connect this computer to the Internet, or go by the module's own answers."
        "请让电脑联网，或以模块自身的应答为准。"
        shown: Shown::Here,
    }
}
