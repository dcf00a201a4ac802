//! Causes between the open link and the broker's yes.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    LATE_LOGIN = Login "F-134" "late_mconnect" {
        "The login came too late after the connection was open." "建立连接后登录过晚，服务器已断开。"
        => "Start again: the login must follow CONNECT OK within a second."
        "请重新连接：登录须在 CONNECT OK 后一秒内发出。"
        remedy: Some(Remedy::Recover),
    }
    EARLY_LOGIN = Login "F-135" "early_mconnect" {
        "The login was sent before CONNECT OK: OK only means that the module has begun."
        "未等 CONNECT OK 就登录：OK 只表示开始处理。"
        => "Wait for CONNECT OK, then send MCONNECT at once." "请等到 CONNECT OK 后立即发送 MCONNECT。"
        remedy: Some(Remedy::Recover),
    }
    SECOND_LOGIN = Login "F-136" "second_mconnect" {
        "The session is up already; a second login is refused." "会话已建立，重复登录被拒绝。"
        => "Go on with the session, or close it before connecting again." "请直接使用当前会话，或先断开再连接。"
        remedy: Some(Remedy::Recover),
    }
    CONFIG_MISSING = Login "F-137" "mconfig_missing" {
        "MCONFIG was not sent since the module started." "模块启动后未发送 MCONFIG。"
        => "Send MCONFIG before MIPSTART after every start; connecting here does it."
        "每次开机后先发 MCONFIG 再发 MIPSTART；用本软件连接会自动完成。"
        remedy: Some(Remedy::Recover),
    }
    LOGIN_FORM = Login "F-138" "mconfig_parse" {
        "The module does not take the client id, user or password as written."
        "模块不接受客户端 ID、用户名或密码的写法。"
        => "Keep quotes, commas and line ends out of these values." "请勿在这些字段中使用引号、逗号或换行。"
        remedy: Some(Remedy::EditConnection),
    }
    FIELD_TOO_LONG = Login "F-139" "field_long" {
        "A value is longer than the module takes: 256 bytes, 1360 for the will message."
        "字段过长：模块最多接受 256 字节，遗嘱消息最多 1360 字节。"
        => "Shorten it; for long cloud tokens choose another way to log in."
        "请缩短该字段；云平台长令牌请改用其他鉴权方式。"
        remedy: Some(Remedy::EditConnection),
    }
    VERSION_REFUSED = Login "F-140" "ack1" {
        "The broker refuses MQTT 3.1.1, the only version that the module speaks."
        "服务器拒绝 MQTT 3.1.1，而模块只支持该版本。"
        => "Allow MQTT 3.1.1 at the broker." "请在服务器启用 MQTT 3.1.1。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ID_REFUSED = Login "F-141" "ack2" {
        "The broker may not accept this client id." "服务器可能不接受该客户端 ID。"
        => "Use an id that is not empty and follows the platform's pattern." "请使用非空且符合平台规则的客户端 ID。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    BROKER_UNAVAILABLE = Login "F-142" "ack3" {
        "The broker says that it cannot serve anybody just now." "服务器表示当前无法提供服务。"
        => "Try again with growing pauses; look at the broker's load, licence and database."
        "请逐渐加长间隔重试，并检查服务器的负载、许可证和数据库。"
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    LOGIN_WRONG = Login "F-143" "ack4" {
        "User name or password may be wrong." "用户名或密码可能错误。"
        => "Type both again, character by character, and try them in a client on this computer."
        "请逐字核对用户名和密码，并在电脑客户端上验证。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    NOT_AUTHORISED = Login "F-144" "ack5" {
        "The broker refused the login." "服务器拒绝了登录。"
        => "Check user, password and rights; mosquitto says the same for a wrong password."
        "请核对用户名、密码和权限；mosquitto 密码错误也是此现象。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    LOGIN_BOUND = Login "F-145" "ack_bind" {
        "The account may belong to another client id." "该账号可能绑定了其他客户端 ID。"
        => "Use the client id that the account was issued for." "请使用该账号对应的客户端 ID。"
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    CLOUD_SIGNATURE = Login "F-146" "cloud_sign" {
        "The cloud platform's signature or token may not fit or may have expired."
        "云平台的签名或令牌可能不匹配或已过期。"
        => "Generate client ID, user name and password again with the right method, mode and expiry."
        "请按正确的算法、模式与有效期重新生成三元组。"
        remedy: Some(Remedy::EditConnection),
    }
    DEVICE_DISABLED = Login "F-147" "dev_disabled" {
        "The device may not exist on the platform, or it is switched off there." "设备可能未在平台注册，或已被禁用。"
        => "Look for it in the platform's console; create or enable it." "请在平台控制台查看，并创建或启用该设备。"
    }
    NO_CONNACK = Login "F-148" "no_connack" {
        "The server took the login and never answered it." "服务器收到登录请求后没有应答。"
        => "Check that a broker runs behind this port; else improve the signal."
        "请确认该端口后面是 MQTT 服务；否则请改善信号。"
    }
    SAME_ID = Login "F-149" "dup_id" {
        "Another client may use the same client id: each throws the other out."
        "可能有另一客户端使用相同的客户端 ID，互相踢下线。"
        => "Give every client its own id, and never test from a computer with the device's id."
        "请为每个客户端使用唯一 ID，电脑测试勿用设备的 ID。"
        remedy: Some(Remedy::EditConnection),
    }
    OLD_SESSION = Login "F-150" "clean0" {
        "The broker delivers what an older session left behind, because the login kept it (clean session 0)."
        "登录时保留了旧会话（clean session 为 0），服务器补发积压的消息。"
        => "Log in with clean session 1, or read the backlog until it is empty."
        "请把 clean session 设为 1，或把积压消息收完。"
        remedy: Some(Remedy::EditConnection),
    }
    BANNED = Login "F-151" "banned" {
        "The broker may shut this client out after too many tries." "重连过于频繁，可能已被服务器封禁。"
        => "Wait some minutes, then reconnect with growing pauses." "请等待几分钟，并采用逐渐加长的重连间隔。"
    }
    LOGIN_FIRMWARE = Login "F-152" "mconnect_fw" {
        "This firmware refuses MCONNECT with two parameters." "该固件不接受两个参数的 MCONNECT。"
        => "Update the firmware to V1156 or later." "请升级固件到 V1156 以上。"
    }
}
