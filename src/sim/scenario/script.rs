//! What somebody at a terminal does to see a scenario, in words.

use super::{ConnectPlan, PcStep, Scenario, SecurityPlan};

impl Scenario {
    /// What to type and what must come of it, a line each. `air780e sim` prints it.
    pub fn instructions(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.pc.iter().flat_map(step).collect();
        let seen: Vec<_> = self.wire.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        if !seen.is_empty() {
            lines.push(format!("you must see, in this order: {}", seen.join(" ... ")));
        }
        if let Some(rung) = &self.rung {
            lines.push(format!("the step that fails: {rung}"));
        }
        if let Some(finding) = &self.finding {
            lines.push(format!("failure catalogue: {finding}"));
        }
        lines
    }
}

fn step(step: &PcStep) -> Vec<String> {
    match step {
        PcStep::Connect(plan) => connect(plan),
        PcStep::Publish(plan) => {
            vec![format!("type: AT+MPUB=\"{}\",{},0,\"{}\"", plan.topic, plan.qos, plan.payload)]
        }
        PcStep::Ask(line, end) => vec![format!("type: {line}"), format!("  wait for: {end}")],
        PcStep::Raw(line) => vec![format!("type: {line}")],
        PcStep::Send(bytes) => vec![format!("send exactly: {}", bytes.escape_default())],
        PcStep::Await(text) => vec![format!("  wait for: {text}")],
        PcStep::WaitMs(millis) => vec![format!("  let {} s pass", millis.div_ceil(1_000))],
    }
}

/// The lines that open this connection, in the order of the tutorial.
fn connect(plan: &ConnectPlan) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((name, user, password, auth)) = &plan.access_point {
        lines.push(format!("type: AT+CPNETAPN=2,{name},{user},{password},{auth}"));
    }
    if plan.cached {
        lines.push("type: AT+MQTTMSGSET=1".to_owned());
    }
    lines.extend(settings(plan).into_iter().map(|(key, value)| format!("type: AT+SSLCFG=\"{key}\",88,{value}")));
    lines.push(format!("type: AT+MCONFIG={}", login(plan)));
    let start = if plan.security == SecurityPlan::Plain { "MIPSTART" } else { "SSLMIPSTART" };
    lines.push(format!("type: AT+{start}={},{}", plan.host, plan.port));
    lines.push("  wait for: CONNECT OK (or what must be seen instead)".to_owned());
    lines.push(format!("type: AT+MCONNECT=1,{}", plan.keep_alive));
    lines.extend(plan.subscribe.iter().map(|filter| format!("type: AT+MSUB=\"{filter}\",1")));
    lines
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
    use crate::sim::scenario::{all, find};

    #[test]
    fn mutual_authentication_is_told_line_by_line() {
        let told = find("client-expired").unwrap().instructions();
        let wanted = [
            "type: AT+SSLCFG=\"cacert\",88,ca.crt",
            "type: AT+SSLCFG=\"clientkey\",88,client.key",
            "type: AT+SSLCFG=\"seclevel\",88,2",
            "type: AT+MCONFIG=companion",
            "type: AT+SSLMIPSTART=broker.test,8883",
            "you must see, in this order: STATE: IP STATUS ... CONNECT FAIL",
            "the step that fails: tls",
            "failure catalogue: F-131",
        ];
        let mut rest = told.iter();
        for line in wanted {
            assert!(rest.any(|told| told == line), "{line} is missing or late in {told:#?}");
        }
    }

    #[test]
    fn every_scenario_tells_something_to_do() {
        for scenario in all() {
            let told = scenario.instructions();
            assert!(
                told.iter().any(|line| line.starts_with("type: ") || line.starts_with("send ")),
                "{}",
                scenario.name
            );
        }
    }
}
