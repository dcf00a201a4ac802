//! Where the facts do not decide: what it may be, and the one step that would decide.

use crate::modem::{
    event::{Fault, LossCause},
    status::Rung,
};

use super::{Cause, Finding, Here, Remedy, Text, Trouble, catalogue};

/// Causes that the facts do not tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// What it may be.
    pub causes: Vec<&'static Cause>,
    /// What would decide.
    pub step: Step,
}

/// Something to do that would decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do and how to read it.
    pub what: Text,
    /// The button that does it, where a button can.
    pub remedy: Option<Remedy>,
}

/// What `findings` leave open about `root`; `None` when one of them is named, or when nothing is suspected.
///
/// What this computer tried already is not advised again.
pub(super) fn between(root: &Trouble, findings: &[Finding], here: Option<&Here>) -> Option<Undecided> {
    left_open(findings, step(root, here))
}

/// What `findings` leave open about a message that was awaited in vain.
pub(super) fn missing(findings: &[Finding]) -> Option<Undecided> {
    left_open(findings, SECOND_CLIENT)
}

/// What a scan leaves open; nothing where the module's own handshake works.
pub(super) fn after_scan(here: &Here, findings: &[Finding]) -> Option<Undecided> {
    let works = matches!(here.as_module, Some(Ok(_)));
    if works { None } else { left_open(findings, WITH_MODULE) }
}

fn left_open(findings: &[Finding], step: Step) -> Option<Undecided> {
    if findings.is_empty() || findings.iter().any(Finding::is_named) {
        return None;
    }
    let causes = findings.iter().filter_map(|finding| catalogue::by_id(finding.id)).collect();
    Some(Undecided { causes, step })
}

fn step(root: &Trouble, here: Option<&Here>) -> Step {
    if let Fault::SessionLost(loss) = &root.fault {
        return by_loss(*loss);
    }
    match root.stopped_at() {
        Some(Rung::Port | Rung::At) => FIND_PORT,
        Some(Rung::Sim | Rung::Signal | Rung::Network | Rung::Data) => OTHER_CARD,
        Some(Rung::Dns | Rung::Tcp | Rung::Tls) => here.map_or(FROM_HERE, after_a_look),
        Some(Rung::Mqtt) => BROKER_LOG,
        None if matches!(root.fault, Fault::Refused { .. }) => NUMBERS,
        Some(Rung::Subscribed) | None => SECOND_CLIENT,
    }
}

/// What is left to do once this computer has tried the same.
const fn after_a_look(here: &Here) -> Step {
    match &here.as_module {
        Some(Ok(_)) => WORKS_FROM_HERE,
        None if here.wanted.checks_server && !here.chain.is_empty() => FILES_NEEDED,
        _ => FROM_HERE,
    }
}

const fn by_loss(loss: LossCause) -> Step {
    match loss {
        LossCause::Closed => CLOSED,
        LossCause::ModuleRestarted => START_REASON,
        LossCause::Silent => FIND_PORT,
        LossCause::BearerLost | LossCause::SimRemoved => OTHER_CARD,
    }
}

const FIND_PORT: Step = Step {
    what: Text {
        en: "Send AT to every port of the module and at the usual rates: one that answers OK decides.",
        zh: "向模块的每个端口、以常用波特率发送 AT，有 OK 应答者即为答案。",
    },
    remedy: Some(Remedy::FindPort),
};
const OTHER_CARD: Step = Step {
    what: Text {
        en: "Try another card in this module and this card in another module at the same place, and ask the provider for the card's state by its ICCID.",
        zh: "在同一地点用另一张卡测试本模块，再把本卡放到另一模块测试，并凭 ICCID 向卡商查询卡状态。",
    },
    remedy: Some(Remedy::ReadDetails),
};
const FROM_HERE: Step = Step {
    what: Text {
        en: "Try the same from this computer: name, port, suites, chain and the handshake as the module would do it.",
        zh: "从本电脑执行同样的步骤：域名、端口、套件、证书链以及与模块相同的握手。",
    },
    remedy: Some(Remedy::Compare),
};
const WORKS_FROM_HERE: Step = Step {
    what: Text {
        en: "The same handshake works from this computer. Upload the files again and let the module read them back; then try once without the server check: if that opens, the module's files or its clock are to blame, else the way of this card.",
        zh: "本电脑用同样的握手可以成功。请重新上传文件并从模块读回比较，再不校验服务器试一次：若能连接，问题在模块的文件或时间，否则在该卡的网络。",
    },
    remedy: Some(Remedy::Certificates),
};
const FILES_NEEDED: Step = Step {
    what: Text {
        en: "Choose the files on the Certificates page that the module has: then this computer can check the broker's chain with them.",
        zh: "请在证书管理页选择模块中所用的文件，本电脑即可用它们校验服务器证书链。",
    },
    remedy: Some(Remedy::Certificates),
};
const BROKER_LOG: Step = Step {
    what: Text {
        en: "Log in with the same client id, user and password from another program, or read the broker's log at that second: its code decides.",
        zh: "用其他程序以相同的 clientid、用户名和密码登录，或查看服务器该秒的日志：返回码即为答案。",
    },
    remedy: Some(Remedy::EditConnection),
};
const SECOND_CLIENT: Step = Step {
    what: Text {
        en: "Watch the topic with a second client that may read everything: whether the message reaches the broker decides.",
        zh: "用有完整读权限的第二个客户端订阅该主题：消息是否到达服务器即为答案。",
    },
    remedy: Some(Remedy::Messages),
};
const CLOSED: Step = Step {
    what: Text {
        en: "Connect again and let it run: the time until the next loss, and the broker's log at that second, decide.",
        zh: "重新连接并继续运行：下次断开前的时长和服务器该秒的日志即为答案。",
    },
    remedy: Some(Remedy::Recover),
};
const WITH_MODULE: Step = Step {
    what: Text {
        en: "Try it with the module and the same files: its own answer, beside what this computer gets, decides.",
        zh: "请用模块和同样的文件实际连接：模块的应答与本电脑结果对照即为答案。",
    },
    remedy: Some(Remedy::Connect),
};
const START_REASON: Step = Step {
    what: Text {
        en: "Ask the module why it started (AT*EXINFO?) and measure the supply while it transmits.",
        zh: "用 AT*EXINFO? 查询开机原因，并在发射时测量供电。",
    },
    remedy: Some(Remedy::ReadDetails),
};
const NUMBERS: Step = Step {
    what: Text {
        en: "Switch error numbers on with AT+CMEE=1 and send the same line again: the number decides.",
        zh: "执行 AT+CMEE=1 打开错误码后重发同一命令：错误码即为答案。",
    },
    remedy: Some(Remedy::ErrorNumbers),
};
