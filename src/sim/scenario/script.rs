//! What somebody at a terminal does to see a scenario, in words.

use super::{ConnectPlan, PcStep, Scenario, SecurityPlan};

/// One thing to do, to wait for or to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// Type this line.
    Type(String),
    /// Send exactly these bytes, which are written with escapes.
    Send(String),
    /// Wait until this comes.
    Wait(String),
    /// Wait for `CONNECT OK`, or for what must be seen instead.
    WaitForLink,
    /// Let time pass.
    Pass {
        /// So many seconds.
        seconds: u64,
    },
    /// What must be seen, in this order.
    See(String),
    /// The step that fails.
    Rung(String),
    /// The entry of the failure catalogue.
    Finding(String),
}

impl Scenario {
    /// What to do and what must come of it, one after the other. `air780e sim` prints it.
    pub fn instructions(&self) -> Vec<Instruction> {
        let mut steps: Vec<_> = self.pc.iter().flat_map(step).collect();
        let seen: Vec<_> = self.wire.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        if !seen.is_empty() {
            steps.push(Instruction::See(seen.join(" ... ")));
        }
        steps.extend(self.rung.clone().map(Instruction::Rung));
        steps.extend(self.finding.clone().map(Instruction::Finding));
        steps
    }
}

fn step(step: &PcStep) -> Vec<Instruction> {
    match step {
        PcStep::Connect(plan) => connect(plan),
        PcStep::Publish(plan) => {
            vec![Instruction::Type(format!("AT+MPUB=\"{}\",{},0,\"{}\"", plan.topic, plan.qos, plan.payload))]
        }
        PcStep::Ask(line, end) => vec![Instruction::Type(line.clone()), Instruction::Wait(end.clone())],
        PcStep::Raw(line) => vec![Instruction::Type(line.clone())],
        PcStep::Send(bytes) => vec![Instruction::Send(bytes.escape_default().to_string())],
        PcStep::Await(text) => vec![Instruction::Wait(text.clone())],
        PcStep::WaitMs(millis) => vec![Instruction::Pass { seconds: millis.div_ceil(1_000) }],
    }
}

/// The lines that open this connection, in the order of the tutorial.
fn connect(plan: &ConnectPlan) -> Vec<Instruction> {
    let mut lines = Vec::new();
    if let Some((name, user, password, auth)) = &plan.access_point {
        lines.push(format!("AT+CPNETAPN=2,{name},{user},{password},{auth}"));
    }
    if plan.cached {
        lines.push("AT+MQTTMSGSET=1".to_owned());
    }
    lines.extend(settings(plan).into_iter().map(|(key, value)| format!("AT+SSLCFG=\"{key}\",88,{value}")));
    lines.push(format!("AT+MCONFIG={}", login(plan)));
    let start = if plan.security == SecurityPlan::Plain { "MIPSTART" } else { "SSLMIPSTART" };
    lines.push(format!("AT+{start}={},{}", plan.host, plan.port));
    let mut steps: Vec<_> = lines.into_iter().map(Instruction::Type).chain([Instruction::WaitForLink]).collect();
    steps.push(Instruction::Type(format!("AT+MCONNECT=1,{}", plan.keep_alive)));
    steps.extend(plan.subscribe.iter().map(|filter| Instruction::Type(format!("AT+MSUB=\"{filter}\",1"))));
    steps
}

fn settings(plan: &ConnectPlan) -> Vec<(&'static str, String)> {
    let (level, files) = match plan.security {
        SecurityPlan::Plain => return Vec::new(),
        SecurityPlan::Encrypted => (0, &FILES[..0]),
        SecurityPlan::Server => (1, &FILES[..1]),
        SecurityPlan::Mutual => (2, &FILES[..]),
    };
    let mut settings: Vec<_> = files.iter().map(|(key, name)| (*key, (*name).to_owned())).collect();
    settings.push(("seclevel", level.to_string()));
    settings.extend(plan.version.map(|version| ("sslversion", version.to_string())));
    settings.extend(plan.suite.map(|suite| ("ciphersuite", format!("0X{suite:04X}"))));
    settings.extend(plan.negotiate_s.map(|seconds| ("negotiatetimeout", seconds.to_string())));
    if plan.ignore_clock {
        settings.push(("ignorelocaltime", "1".to_owned()));
    }
    settings
}

fn login(plan: &ConnectPlan) -> String {
    let credentials = plan.login.clone().or_else(|| plan.will.is_some().then(|| ("\"\"".into(), "\"\"".into())));
    let credentials = credentials.map(|(user, password)| format!(",{user},{password}"));
    let will = plan.will.as_ref().map(|(topic, payload)| format!(",0,0,\"{topic}\",\"{payload}\""));
    [Some(plan.client_id.clone()), credentials, will].into_iter().flatten().collect()
}

/// The files that a scenario puts into its module, by the setting that names them.
const FILES: [(&str, &str); 3] = [("cacert", "ca.crt"), ("clientcert", "client.crt"), ("clientkey", "client.key")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::scenario::{all, find};

    #[test]
    fn mutual_authentication_is_told_line_by_line() {
        let told = find("client-expired").unwrap().instructions();
        let typed = |line: &str| Instruction::Type(line.to_owned());
        let wanted = [
            typed("AT+SSLCFG=\"cacert\",88,ca.crt"),
            typed("AT+SSLCFG=\"clientkey\",88,client.key"),
            typed("AT+SSLCFG=\"seclevel\",88,2"),
            typed("AT+MCONFIG=companion"),
            typed("AT+SSLMIPSTART=broker.test,8883"),
            Instruction::See("STATE: IP STATUS ... CONNECT FAIL".to_owned()),
            Instruction::Rung("tls".to_owned()),
            Instruction::Finding("F-131".to_owned()),
        ];
        let mut rest = told.iter();
        for line in wanted {
            assert!(rest.any(|told| *told == line), "{line:?} is missing or late in {told:#?}");
        }
    }

    #[test]
    fn every_scenario_tells_something_to_do() {
        for scenario in all() {
            let told = scenario.instructions();
            assert!(
                told.iter().any(|step| matches!(step, Instruction::Type(_) | Instruction::Send(_))),
                "{}",
                scenario.name
            );
        }
    }
}
