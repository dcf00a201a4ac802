//! What each command means: one table, one file a topic.

#![expect(clippy::unnecessary_wraps, reason = "the table holds functions of one shape, those that never fail included")]

mod bearer;
mod context;
mod files;
mod general;
mod identity;
mod mqtt;
mod publish;
mod radio;
mod settings;
mod tls;

pub(super) use self::settings::Settings;

use super::shell::{Command, Pace};

/// The command of that name, in upper case and without `AT`.
pub(super) fn find(name: &str) -> Option<&'static Command> {
    TABLE.iter().find(|command| command.name == name)
}

macro_rules! command {
    ($name:literal, $pace:ident, $run:path) => {
        Command { name: $name, pace: Pace::$pace, prompts: false, run: $run }
    };
    ($name:literal, $pace:ident, $run:path, prompts) => {
        Command { name: $name, pace: Pace::$pace, prompts: true, run: $run }
    };
}

static TABLE: &[Command] = &[
    command!("E", Quick, settings::echo),
    command!("V", Quick, general::accept),
    command!("Q", Quick, general::accept),
    command!("S3", Quick, settings::line_end),
    command!("S4", Quick, settings::line_feed),
    command!("S5", Quick, settings::backspace),
    command!("&W", Flash, settings::store),
    command!("&F", Flash, settings::factory),
    command!("+CMEE", Quick, settings::cmee),
    command!("+IPR", Quick, settings::ipr),
    command!("+CSCS", Quick, settings::cscs),
    command!("+RSTSET", Flash, settings::factory_restart),
    command!("I", Quick, identity::firmware),
    command!("+VER", Quick, identity::firmware),
    command!("+CGMI", Quick, identity::maker),
    command!("+CGMM", Quick, identity::model),
    command!("+CGMR", Quick, identity::revision),
    command!("+CGSN", Quick, identity::imei),
    command!("*I", Quick, identity::everything),
    command!("^HVER", Quick, identity::platform),
    command!("+CIMI", Query, identity::imsi),
    command!("+CCID", Query, identity::ccid),
    command!("+ICCID", Query, identity::iccid),
    command!("+CPIN", Query, radio::pin),
    command!("+CSQ", Query, radio::signal),
    command!("+CESQ", Query, radio::extended_signal),
    command!("^SYSINFO", Query, radio::system),
    command!("+CREG", Query, radio::creg),
    command!("+CGREG", Query, radio::cgreg),
    command!("+CEREG", Query, radio::cereg),
    command!("+CGEREP", Query, radio::reporting),
    command!("+CGATT", Query, radio::attach),
    command!("+COPS", Query, radio::operator),
    command!("+CGDCONT", Query, radio::contexts),
    command!("+CGPADDR", Query, radio::address),
    command!("+CGACT", Query, radio::bearer),
    command!("+CFUN", Query, radio::function),
    command!("+RESET", Quick, general::reset),
    command!("+CPOWD", Quick, general::power_down),
    command!("+CCLK", Quick, general::clock),
    command!("+CNTP", Network, general::network_time),
    command!("+CFGRI", Quick, settings::ring),
    command!("+CFGRISAVE", Flash, settings::keep_ring),
    command!("+CBC", Quick, general::battery),
    command!("*EXINFO", Quick, general::start_reason),
    command!("+CIPMUX", Quick, mqtt::multiplex),
    command!("+CSTT", Quick, context::start),
    command!("+CIICR", Quick, context::activate),
    command!("+CIFSR", Quick, context::address),
    command!("+CIPSTATUS", Quick, context::status),
    command!("+CIPSHUT", Network, context::shut),
    command!("+CDNSGIP", Network, context::resolve),
    command!("+CDNSCFG", Quick, context::name_servers),
    command!("+SAPBR", Network, bearer::application),
    command!("+CGAUTH", Quick, bearer::login),
    command!("+CIPPING", Network, bearer::ping),
    command!("+CPNETAPN", Flash, context::access_point),
    command!("+FSCREATE", Flash, files::create),
    command!("+FSWRITE", Flash, files::write, prompts),
    command!("+FSREAD", Flash, files::read),
    command!("+FSFLSIZE", Flash, files::size),
    command!("+FSLS", Flash, files::list),
    command!("+FSMEM", Flash, files::memory),
    command!("+FSDEL", Flash, files::delete),
    command!("+FSDRIVE", Flash, files::drive),
    command!("+FSREADHEAD", Quick, files::read_head),
    command!("+FSMKDIR", Flash, files::make_directory),
    command!("+FSRMDIR", Flash, files::remove_directory),
    command!("+SSLCFG", Quick, tls::configure),
    command!("+MCONFIG", Network, mqtt::configure),
    command!("+MIPSTART", Network, mqtt::open),
    command!("+SSLMIPSTART", Network, mqtt::open_encrypted),
    command!("+MCONNECT", Network, mqtt::log_in),
    command!("+MSUB", Network, mqtt::subscribe),
    command!("+MUNSUB", Network, mqtt::unsubscribe),
    command!("+MDISCONNECT", Network, mqtt::log_out),
    command!("+MIPCLOSE", Network, mqtt::close),
    command!("+MQTTSTATU", Quick, mqtt::status),
    command!("+MPUB", Network, publish::quoted),
    command!("+MPUBEX", Network, publish::counted, prompts),
    command!("+MQTTMODE", Quick, publish::mode),
    command!("+MQTTMSGSET", Quick, mqtt::message_mode),
    command!("+MQTTMSGGET", Quick, mqtt::messages),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_stands_twice_in_the_table() {
        for (index, command) in TABLE.iter().enumerate() {
            assert!(TABLE[..index].iter().all(|earlier| earlier.name != command.name), "{}", command.name);
        }
    }
}
