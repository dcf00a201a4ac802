//! The commands a person may type, each with the section of the reference that describes it, and what some of them
//! destroy.

/// One command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in upper case, without arguments: `AT+CSQ`.
    pub name: &'static str,
    /// An example that can be sent or completed.
    pub example: &'static str,
    /// Section of the reference.
    pub section: &'static str,
}

/// What a command destroys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Harm {
    /// The module restarts: session and MQTT settings are gone.
    Restart,
    /// Stored settings go back to those of the factory.
    FactorySettings,
    /// The radio goes off: session and address are gone.
    RadioOff,
    /// The module switches itself off.
    PowerOff,
    /// A file or a folder on the module is gone.
    DeletesFile,
    /// The stored access point changes and the module attaches anew.
    AccessPoint,
    /// The session with the broker ends.
    EndsSession,
    /// The baud rate changes: this program may no longer be understood.
    BaudRate,
}

/// The entry of the command that `line` begins with.
pub fn entry(line: &str) -> Option<&'static Entry> {
    let name = name(line);
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// Commands whose name begins as `line` does, in the order of the table.
pub fn beginning(line: &str) -> impl Iterator<Item = &'static Entry> {
    let start = line.trim().to_ascii_uppercase();
    ENTRIES.iter().filter(move |entry| !start.is_empty() && entry.name.starts_with(&start))
}

/// What `line` destroys; of several commands in it (`AT+CFUN=1;&F`) the first that does.
pub fn harm(line: &str) -> Option<Harm> {
    let mut rest = line.trim();
    if !rest.get(..2)?.eq_ignore_ascii_case("AT") {
        return None;
    }
    rest = &rest[2..];
    split_commands(rest).into_iter().find_map(harm_of_one)
}

fn harm_of_one(command: &str) -> Option<Harm> {
    let command = command.trim().to_ascii_uppercase();
    let (name, arguments) = command.split_once('=').unwrap_or((&command, ""));
    if arguments.starts_with('?') || name.ends_with('?') {
        return None;
    }
    let first = arguments.split(',').next().unwrap_or_default().trim();
    match (name.trim(), first) {
        ("+RESET", _) => Some(Harm::Restart),
        ("+CFUN", _) if arguments.split(',').nth(1).is_some_and(|reset| reset.trim() == "1") => Some(Harm::Restart),
        ("+CFUN", "0" | "4") => Some(Harm::RadioOff),
        ("&F" | "&F0" | "+RSTSET" | "Z", _) => Some(Harm::FactorySettings),
        ("+CPOWD", _) => Some(Harm::PowerOff),
        ("+FSDEL" | "+FSRMDIR", _) => Some(Harm::DeletesFile),
        ("+CPNETAPN", "2" | "3") => Some(Harm::AccessPoint),
        ("+MDISCONNECT" | "+MIPCLOSE" | "+CIPSHUT", _) | ("+CGATT" | "+CGACT", "0") => Some(Harm::EndsSession),
        ("+IPR", rate) if !rate.is_empty() => Some(Harm::BaudRate),
        _ => None,
    }
}

/// The commands of one line, which stand between semicolons outside quotes (reference, section 1).
fn split_commands(line: &str) -> Vec<&str> {
    let mut is_quoted = false;
    line.split(move |character| {
        is_quoted ^= character == '"';
        character == ';' && !is_quoted
    })
    .collect()
}

/// The name of the first command of `line`, in upper case.
fn name(line: &str) -> String {
    line.trim().split(['=', '?', ';']).next().unwrap_or_default().trim().to_ascii_uppercase()
}

const fn of(name: &'static str, example: &'static str, section: &'static str) -> Entry {
    Entry { name, example, section }
}

/// All of them, by section.
pub const ENTRIES: &[Entry] = &[
    of("AT", "AT", "4"),
    of("ATI", "ATI", "4"),
    of("ATE0", "ATE0", "4"),
    of("ATE1", "ATE1", "4"),
    of("AT&W", "AT&W", "4"),
    of("AT&F", "AT&F", "4"),
    of("AT*I", "AT*I", "4"),
    of("AT*EXINFO", "AT*EXINFO?", "3"),
    of("AT^HVER", "AT^HVER", "4"),
    of("AT^SYSINFO", "AT^SYSINFO", "4"),
    of("AT+VER", "AT+VER", "4"),
    of("AT+CGMI", "AT+CGMI", "4"),
    of("AT+CGMM", "AT+CGMM", "4"),
    of("AT+CGMR", "AT+CGMR", "4"),
    of("AT+CGSN", "AT+CGSN", "4"),
    of("AT+CIMI", "AT+CIMI", "4"),
    of("AT+CCID", "AT+CCID", "4"),
    of("AT+ICCID", "AT+ICCID", "4"),
    of("AT+CPIN", "AT+CPIN?", "4"),
    of("AT+CSQ", "AT+CSQ", "4"),
    of("AT+CESQ", "AT+CESQ", "4"),
    of("AT+CREG", "AT+CREG?", "4"),
    of("AT+CGREG", "AT+CGREG?", "4"),
    of("AT+CEREG", "AT+CEREG?", "4"),
    of("AT+CGATT", "AT+CGATT?", "4"),
    of("AT+COPS", "AT+COPS?", "4"),
    of("AT+CGDCONT", "AT+CGDCONT?", "4"),
    of("AT+CGPADDR", "AT+CGPADDR=1", "4"),
    of("AT+CGACT", "AT+CGACT?", "4"),
    of("AT+CFUN", "AT+CFUN?", "4"),
    of("AT+RESET", "AT+RESET", "4"),
    of("AT+RSTSET", "AT+RSTSET", "4"),
    of("AT+CPOWD", "AT+CPOWD=1", "4"),
    of("AT+CMEE", "AT+CMEE=1", "4"),
    of("AT+CCLK", "AT+CCLK?", "4"),
    of("AT+CNTP", "AT+CNTP", "4"),
    of("AT+IPR", "AT+IPR?", "4"),
    of("AT+CSCS", "AT+CSCS?", "4"),
    of("AT+CBC", "AT+CBC", "4"),
    of("AT+CIPPING", "AT+CIPPING=\"host\"", "4"),
    of("AT+CPNETAPN", "AT+CPNETAPN?", "6.2"),
    of("AT+CSTT", "AT+CSTT", "6.3"),
    of("AT+CIICR", "AT+CIICR", "6.3"),
    of("AT+CIFSR", "AT+CIFSR", "6.3"),
    of("AT+CIPSHUT", "AT+CIPSHUT", "6.3"),
    of("AT+CIPSTATUS", "AT+CIPSTATUS", "6.3"),
    of("AT+CGAUTH", "AT+CGAUTH=1,1,\"user\",\"password\"", "6.3"),
    of("AT+SAPBR", "AT+SAPBR=2,1", "6.3"),
    of("AT+CDNSGIP", "AT+CDNSGIP=\"host\"", "7"),
    of("AT+CDNSCFG", "AT+CDNSCFG?", "7"),
    of("AT+FSLS", "AT+FSLS=\"/\"", "8"),
    of("AT+FSMEM", "AT+FSMEM", "8"),
    of("AT+FSFLSIZE", "AT+FSFLSIZE=\"ca.crt\"", "8"),
    of("AT+FSREAD", "AT+FSREAD=\"ca.crt\",0,1024,0", "8"),
    of("AT+FSDEL", "AT+FSDEL=\"ca.crt\"", "8"),
    of("AT+FSCREATE", "AT+FSCREATE=\"ca.crt\"", "8"),
    of("AT+FSWRITE", "AT+FSWRITE=\"ca.crt\",0,1024,15", "8"),
    of("AT+FSMKDIR", "AT+FSMKDIR=\"folder\"", "8"),
    of("AT+FSRMDIR", "AT+FSRMDIR=\"folder\"", "8"),
    of("AT+FSDRIVE", "AT+FSDRIVE=0", "8"),
    of("AT+FSREADHEAD", "AT+FSREADHEAD=1", "8"),
    of("AT+SSLCFG", "AT+SSLCFG=\"sslversion\",88", "9"),
    of("AT+MCONFIG", "AT+MCONFIG=\"id\",\"user\",\"password\"", "11.1"),
    of("AT+MIPSTART", "AT+MIPSTART=\"host\",1883", "11.2"),
    of("AT+SSLMIPSTART", "AT+SSLMIPSTART=\"host\",8883", "11.2"),
    of("AT+MCONNECT", "AT+MCONNECT=1,120", "11.3"),
    of("AT+MSUB", "AT+MSUB=\"mqtt/pub\",0", "11.4"),
    of("AT+MUNSUB", "AT+MUNSUB=\"mqtt/pub\"", "11.4"),
    of("AT+MPUB", "AT+MPUB=\"mqtt/sub\",0,0,\"text\"", "11.5"),
    of("AT+MPUBEX", "AT+MPUBEX=\"mqtt/sub\",0,0,4", "11.6"),
    of("AT+MQTTMSGSET", "AT+MQTTMSGSET?", "11.7"),
    of("AT+MQTTMSGGET", "AT+MQTTMSGGET", "11.7"),
    of("AT+MQTTMODE", "AT+MQTTMODE?", "11.8"),
    of("AT+MQTTSTATU", "AT+MQTTSTATU", "11.9"),
    of("AT+MDISCONNECT", "AT+MDISCONNECT", "11.9"),
    of("AT+MIPCLOSE", "AT+MIPCLOSE", "11.9"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_destroys_something_is_known_in_every_spelling() {
        let table = [
            ("AT+RESET", Some(Harm::Restart)),
            ("at+cfun=1,1", Some(Harm::Restart)),
            ("AT+CFUN = 0", Some(Harm::RadioOff)),
            ("AT+CFUN=4", Some(Harm::RadioOff)),
            ("AT+CFUN=1", None),
            ("AT+CFUN?", None),
            ("AT&F", Some(Harm::FactorySettings)),
            ("AT+IPR=115200;&W", Some(Harm::BaudRate)),
            ("AT+CFUN=1;+CIMI;&F", Some(Harm::FactorySettings)),
            ("AT+FSDEL=\"ca.crt\"", Some(Harm::DeletesFile)),
            ("AT+FSDEL=?", None),
            ("AT+CPNETAPN?", None),
            ("AT+CPNETAPN=2,apn,u,p,1", Some(Harm::AccessPoint)),
            ("AT+CPOWD=1", Some(Harm::PowerOff)),
            ("AT+MIPCLOSE", Some(Harm::EndsSession)),
            ("AT+MPUB=\"t\",0,0,\";&F\"", None),
            ("AT+CSQ", None),
            ("", None),
            ("你", None),
        ];
        for (line, expected) in table {
            assert_eq!(harm(line), expected, "{line}");
        }
    }

    #[test]
    fn every_name_is_unique_and_is_what_its_example_begins_with() {
        for (place, of) in ENTRIES.iter().enumerate() {
            assert!(ENTRIES[..place].iter().all(|other| other.name != of.name), "{} stands twice", of.name);
            assert_eq!(entry(of.example), Some(of));
        }
    }

    #[test]
    fn what_is_typed_leads_to_commands() {
        assert_eq!(beginning("at+fsf").map(|entry| entry.name).collect::<Vec<_>>(), ["AT+FSFLSIZE"]);
        assert_eq!(beginning("").count(), 0);
        assert_eq!(entry("at+csq").map(|entry| entry.section), Some("4"));
        assert_eq!(entry("AT+XYZ"), None);
    }
}
