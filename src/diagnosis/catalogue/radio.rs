//! Causes between the card and the network: card, antenna, registration.

use super::{causes, nothing};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    SIM_MISSING = Sim "F-021" "sim_none" {
        "The module finds no SIM card." "模块未检测到 SIM 卡。"
        => "Put the card in the right way round, press it home, then restart the module."
        "请按正确方向插好 SIM 卡，然后重启模块。"
        remedy: Some(Remedy::AskAgain),
        is_plain: true,
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_SLOT = Sim "F-022" "sim_slot" {
        "The card may be in the other slot." "SIM 卡可能在另一个卡槽。"
        => "Move the card to slot 0, or select the other slot in flight mode with AT+SIMCROSS=1."
        "请把卡换到卡槽 0，或在飞行模式下执行 AT+SIMCROSS=1。"
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_PIN = Sim "F-023" "sim_pin" {
        "The card is locked by a PIN." "SIM 卡已启用 PIN 锁。"
        => "Switch the PIN off in a phone, or enter it once with AT+CPIN (only three tries)."
        "请在手机上关闭 PIN，或用 AT+CPIN 输入一次（仅有三次机会）。"
        remedy: Some(Remedy::AskAgain),
        is_plain: true,
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_PUK = Sim "F-024" "sim_puk" {
        "The card is blocked and asks for its PUK." "SIM 卡已被锁定，需要 PUK。"
        => "Ask the operator for the PUK; do not guess, ten wrong tries destroy the card."
        "请向运营商索取 PUK；切勿猜测，错误十次卡将报废。"
        is_plain: true,
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_BUSY = Sim "F-025" "sim_busy" {
        "The card is still starting." "SIM 卡仍在初始化。"
        => "Wait ten seconds and try again." "请等待约十秒后重试。"
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_FAULTY = Sim "F-026" "sim_fail" {
        "The card has a bad contact or is faulty." "SIM 卡接触不良或已损坏。"
        => "Clean and reseat the card, then compare with another one." "请清洁并重新插卡，再换一张卡对比。"
        remedy: Some(Remedy::AskAgain),
    }
    SIM_ARREARS = Sim "F-027" "sim_arrears" {
        "The card may be out of credit, over its data volume, or expired." "SIM 卡可能欠费、超流量或已到期。"
        => "Ask the SIM provider for the card's state by its ICCID, top it up, then restart the module."
        "请凭 ICCID 向卡商查询状态，充值后重启模块。"
        remedy: Some(Remedy::ReadDetails),
    }
    SIM_BOUND = Sim "F-028" "sim_bind" {
        "The card may be bound to another device." "SIM 卡可能绑定了其他设备。"
        => "Ask the SIM provider to bind it to this module's IMEI." "请联系卡商将该卡重新绑定到本模块的 IMEI。"
        remedy: Some(Remedy::ReadDetails),
    }
    SIM_INACTIVE = Sim "F-029" "sim_inactive" {
        "The card may not be activated, or its trial has ended." "SIM 卡可能未激活或测试期已结束。"
        => "Have the SIM provider activate it." "请联系卡商激活该卡。"
        remedy: Some(Remedy::ReadDetails),
    }
    TETHERED = Sim "F-030" "rndis_eats" {
        "The module serves this computer as a network card, which uses up the card's volume."
        "模块正作为电脑的网卡上网，会消耗 SIM 卡流量。"
        => "Switch it off with AT+RNDISCALL=0,1 and ask the provider how much volume is left."
        "请执行 AT+RNDISCALL=0,1 关闭，并向卡商查询剩余流量。"
    }
    SIGNAL_NONE = Signal "F-031" "sig_none" {
        "The module hears no cell." "模块收不到任何基站信号。"
        => "Fit the antenna to the LTE connector, go near a window, and compare with a phone."
        "请把天线接到 LTE 接口，移到窗边，并与手机对比信号。"
        remedy: Some(Remedy::AskAgain),
        is_plain: true,
        ruled_out_by: Some((Rung::Signal, Innocent::Signal)),
    }
    SIGNAL_WEAK = Signal "F-032" "sig_weak" {
        "The signal is too weak for a steady connection." "信号过弱，连接不稳定。"
        => "Improve or move the antenna; the value of AT+CSQ should be above 15." "请改善或移动天线；AT+CSQ 应大于 15。"
        remedy: Some(Remedy::AskAgain),
    }
    SIGNAL_DIRTY = Signal "F-033" "sig_quality" {
        "The signal is strong but disturbed." "信号强但质量差（干扰或小区拥塞）。"
        => "Move away from metal and power supplies; try another place or operator."
        "请远离金属与电源干扰，换位置或运营商对比。"
        remedy: Some(Remedy::AskAgain),
    }
    ANTENNA_PLACE = Signal "F-034" "sig_env" {
        "The place weakens the antenna: a metal wall, a cellar, a lift, a closed box."
        "安装环境削弱了天线：金属墙、地下室、电梯或封闭机箱。"
        => "Lead the antenna outside, or use one with more gain and a longer cable."
        "请把天线引到外部，或换用更高增益、更长馈线的天线。"
        shown: nothing(
            "One session sees one place; only the same module measured at two places tells them apart.",
            "一次会话只在一个地点；需用同一模块在两处测量对比才能判断。",
        ),
    }
    ANTENNA_DESIGN = Signal "F-035" "sig_ant" {
        "The antenna of this product is badly tuned." "该产品的天线没有调好。"
        => "Have the antenna measured and tuned; compare with a reference board at the same spot."
        "请测试并调整天线，并在同一位置与参考板对比。"
        shown: nothing(
            "One session sees one device; only another board with the same card at the same spot tells.",
            "一次会话只有一台设备；需在同一位置用同一张卡与另一块板对比才能判断。",
        ),
    }
    BAND_LOCKED = Signal "F-036" "band_lock" {
        "The module may be locked to bands that are not used here." "模块可能锁定在本地不使用的频段。"
        => "Compare AT+ECBAND? with the bands of the model and unlock all of them in flight mode."
        "请将 AT+ECBAND? 与型号频段对比，并在飞行模式下解除锁频。"
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    NOT_REGISTERED = Registration "F-037" "reg_search" {
        "The module searches and no network takes it." "模块持续搜网，未能注册到网络。"
        => "Wait a minute, switch the radio off and on (AT+CFUN=0, AT+CFUN=1), then check card, antenna and bands in this order."
        "请等待一分钟，执行 AT+CFUN=0 和 AT+CFUN=1，再依次检查卡、天线和频段。"
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    REGISTRATION_DENIED = Registration "F-038" "reg_denied" {
        "The network refused the card." "网络拒绝了该卡的注册。"
        => "Ask the SIM provider whether the card is active and allowed here; give them ICCID and IMEI."
        "请向卡商核实该卡是否有效、是否允许在当地使用，并提供 ICCID 和 IMEI。"
        remedy: Some(Remedy::ReadDetails),
        is_plain: true,
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    RADIO_OFF = Registration "F-039" "cfun" {
        "The radio is switched off." "射频已关闭。"
        => "Switch it on with AT+CFUN=1." "请执行 AT+CFUN=1 打开射频。"
        remedy: Some(Remedy::RadioOn),
        is_plain: true,
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    OPERATOR_FIXED = Registration "F-040" "cops" {
        "A fixed operator may be set that is not present here." "可能手动固定了当地不存在的运营商。"
        => "Let the module choose with AT+COPS=0." "请执行 AT+COPS=0 恢复自动选择。"
        remedy: Some(Remedy::AnyOperator),
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    LIMITED_SERVICE = Registration "F-041" "reg_limited" {
        "The network gives this card no data: emergency calls or messages only."
        "网络仅提供紧急或短信服务，没有数据业务。"
        => "Ask the SIM provider for the card's data and roaming rights." "请向卡商确认该卡的数据与漫游权限。"
    }
    CELL_BAD = Registration "F-042" "cell_bad" {
        "A single cell may be crowded, faulty or false." "某个小区可能拥塞、故障或为伪基站。"
        => "Try a kilometre away or on another band; firmware V1162 or later avoids false cells."
        "请到约一公里外或换频段对比；V1162 及以上固件可防伪基站。"
        shown: nothing(
            "One session seldom leaves its cell; only the outcome at several cells tells one of them to be bad.",
            "一次会话很少离开所在小区；需对比多个小区的结果才能判断。",
        ),
    }
}
