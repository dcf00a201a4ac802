//! Sizes the module accepts (reference, section 16) and how long it may take (sections 1 and 15).

use std::time::Duration;

use crate::mqtt::DraftError;

/// Most bytes of a client id, user name, password, topic or will topic.
pub const FIELD_BYTES: usize = 256;
/// Most bytes of a will message.
pub const WILL_BYTES: usize = 1_360;
/// Most bytes of the quoted message of `AT+MPUB`, after escaping (the vendor's tutorial).
pub const MPUB_BYTES: usize = 2_384;
/// Most bytes of the data of `AT+MPUBEX` (the vendor's tutorial).
pub const MPUBEX_BYTES: usize = 4_100;
/// Most bytes of a payload that arrives in direct mode (the vendor's tutorial).
pub const DIRECT_BYTES: usize = 1_360;
/// Most bytes of a host name. Stated for `AT+CDNSGIP`; nothing is stated for `AT+MIPSTART`.
pub const HOST_BYTES: usize = 128;
/// Most bytes of user and password of an access point.
pub const ACCESS_POINT_BYTES: usize = 32;
/// Most bytes of the name of a file (reference, section 8).
pub const FILE_NAME_BYTES: usize = 64;
/// How long a handshake may be allowed to take (`negotiatetimeout`).
pub const NEGOTIATION: std::ops::RangeInclusive<Duration> = Duration::from_secs(10)..=Duration::from_mins(5);
/// Most seconds of keep alive that two arguments of `AT+MCONNECT` can ask for (section 11.3).
pub const KEEP_ALIVE_PLAIN: u16 = 300;

/// The vendor's limit for a final result, where no other is given.
pub const DEFAULT: Duration = Duration::from_secs(9);
/// How long one `AT` of the first contact may take: a module that hears it answers within milliseconds.
pub const ATTENTION: Duration = Duration::from_millis(500);
/// How often `AT` is tried before the modem counts as silent: training the baud rate takes several.
pub const ATTENTION_TRIES: u32 = 6;
/// `CONNECT OK`: the vendor's chart for TCP.
pub const CONNECT: Duration = Duration::from_secs(75);
/// `CONNECT OK` with encryption: TCP and then the handshake.
pub const CONNECT_TLS: Duration = Duration::from_secs(135);
/// The same when the handshake may take as long as the module allows (`negotiatetimeout`, at most 300 s).
pub const CONNECT_TLS_LONG: Duration = Duration::from_secs(375);
/// How long a handshake may take that [`CONNECT_TLS`] covers.
pub const NEGOTIATION_PLAIN: Duration = Duration::from_mins(1);
/// How long an access point that was just saved may take until it is in use, a restart of the radio included.
pub const ACCESS_POINT: Duration = Duration::from_secs(30);
/// How long the module may take to use it by itself, before its radio is restarted.
pub const ACCESS_POINT_ALONE: Duration = Duration::from_secs(12);
/// So long after its start the module may refuse a command only because it comes too early (section 3).
pub const START: Duration = Duration::from_secs(30);
/// Pause before such a command is asked again.
pub const START_POLL: Duration = Duration::from_secs(1);
/// How often such a command is asked again after boot lines.
pub const START_TRIES: u32 = 20;
/// How often such a command is asked again when nothing but the first answer shows a start.
pub const START_TRIES_BLIND: u32 = 5;
/// Boot lines this close together are those of one start.
pub const BOOT_LINES: Duration = Duration::from_secs(3);
/// A banner so long after other boot lines is that of another start.
pub const BOOT_BANNER: Duration = Duration::from_millis(500);
/// Most bytes that one command can ask for after a prompt (section 8).
pub const DATA_BYTES: usize = 10_240;
/// Between `AT+CFUN=0` and `AT+CFUN=1`: the vendor's flow; less when the module says that it has detached.
pub const RADIO_PAUSE: Duration = Duration::from_secs(5);
/// How long a restart may take until the module speaks again.
pub const RESTART: Duration = Duration::from_secs(20);
/// `CONNACK OK`.
pub const CONNACK: Duration = Duration::from_secs(15);
/// `SUBACK` and `UNSUBACK`.
pub const SUBACK: Duration = Duration::from_secs(12);
/// How long the module may wait for the data of `AT+MPUBEX`: 5 s by the manual, which leaves open whether that holds
/// with a length, and a margin.
pub const MPUBEX_HOLD: Duration = Duration::from_secs(6);
/// `PUBACK`, `PUBREC` and `PUBCOMP`, each. Nothing is stated; a broker that lives answers within seconds.
pub const PUBACK: Duration = Duration::from_secs(15);
/// `AT+CIPPING`. Nothing is stated; several answers may each take seconds.
pub const PING: Duration = Duration::from_secs(30);
/// So many lines in a row without any answer, and a module that has answered before counts as silent.
pub const SILENT_LINES: u32 = 3;
/// Pause between two questions for the card.
pub const SIM_POLL: Duration = Duration::from_millis(500);
/// How often the card is asked for while it is busy.
pub const SIM_TRIES: u32 = 20;
/// Pause between two questions for registration, attach or address.
pub const NETWORK_POLL: Duration = Duration::from_secs(1);
/// How long registration may take.
pub const REGISTRATION: Duration = Duration::from_mins(1);
/// How long a network may go on saying "denied" before it is believed.
pub const DENIED: Duration = Duration::from_secs(15);
/// How long attach and address may take.
pub const ATTACH: Duration = Duration::from_mins(1);

/// A size on which the sources disagree: beyond the lower limit is a warning, beyond the higher a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited.
    pub what: &'static str,
    /// The lower limit, in bytes or seconds.
    pub lower: usize,
    /// Who states the lower one.
    pub lower_origin: &'static str,
    /// The higher limit.
    pub higher: usize,
    /// Who states the higher one.
    pub higher_origin: &'static str,
}

/// What a value is to a [`Limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Within both.
    Fits,
    /// Beyond the lower one only: it may not work on every firmware.
    Doubtful,
    /// Beyond both: it is not sent.
    TooMuch,
}

impl Limit {
    /// What `value` is to this limit.
    pub const fn fit(&self, value: usize) -> Fit {
        if value <= self.lower {
            Fit::Fits
        } else if value <= self.higher {
            Fit::Doubtful
        } else {
            Fit::TooMuch
        }
    }
}

/// The payload of a message that a module with direct reception shall print.
pub const PAYLOAD: Limit = Limit {
    what: "payload",
    lower: DIRECT_BYTES,
    lower_origin: "the tutorial, for receiving in direct mode",
    higher: MPUBEX_BYTES,
    higher_origin: "the tutorial, for AT+MPUBEX",
};
/// The same for a module that prints `printed` bytes at most; of several the lowest is the safe one.
pub fn payload(printed: &[usize]) -> Limit {
    Limit { lower: printed.iter().copied().min().unwrap_or(DIRECT_BYTES), ..PAYLOAD }
}

/// The quoted message of `AT+MPUB`.
pub const QUOTED: Limit = Limit {
    what: "message of AT+MPUB",
    lower: MPUB_BYTES,
    lower_origin: "the tutorial",
    higher: 4_100,
    higher_origin: "the AT manual",
};
/// Why a payload of `bytes` cannot be sent: beyond the higher limit, and who states it.
pub const fn payload_too_long(bytes: usize) -> DraftError {
    DraftError::PayloadTooLong { bytes, limit: PAYLOAD.higher, origin: PAYLOAD.higher_origin }
}

/// Keep alive in seconds.
pub const KEEP_ALIVE: Limit = Limit {
    what: "keep alive",
    lower: 240,
    lower_origin: "the tutorial",
    higher: 65_535,
    higher_origin: "the AT manual",
};

/// How long the final result of a command typed by hand may take (reference, section 1).
///
/// The long limits are those of commands that set something; a question about the same is answered at once.
pub fn final_result(command: &str) -> Duration {
    if command.ends_with('?') {
        return DEFAULT;
    }
    let name: String =
        command.chars().skip(2).take_while(|c| !matches!(c, '=' | '?' | ';')).collect::<String>().to_ascii_uppercase();
    let listed = LONG_COMMANDS.iter().find(|(listed, _)| *listed == name);
    listed.map_or(DEFAULT, |(_, seconds)| Duration::from_secs(*seconds))
}

/// The vendor's, and one of our own: [`PING`].
const LONG_COMMANDS: [(&str, u64); 12] = [
    ("+CIPPING", PING.as_secs()),
    ("+COPS", 300),
    ("+CPIN", 180),
    ("+CGACT", 108),
    ("+CGATT", 108),
    ("+CSTT", 60),
    ("+CFUN", 45),
    ("+CIICR", 90),
    ("+CIPSHUT", 90),
    ("+CMGS", 90),
    ("+CMGW", 90),
    ("+CPBW", 72),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_the_limits_is_doubtful() {
        assert_eq!(
            [1_360, 1_361, 4_100, 4_101].map(|bytes| PAYLOAD.fit(bytes)),
            [Fit::Fits, Fit::Doubtful, Fit::Doubtful, Fit::TooMuch]
        );
        assert_eq!(payload(&[4_100]).fit(4_100), Fit::Fits);
        assert_eq!(payload(&[1_360, 4_100]).fit(1_361), Fit::Doubtful);
        for limit in [PAYLOAD, QUOTED, KEEP_ALIVE] {
            assert!(limit.lower < limit.higher && !limit.lower_origin.is_empty(), "{}", limit.what);
        }
    }

    #[test]
    fn slow_commands_have_the_vendors_limits() {
        for (command, seconds) in [
            ("AT+COPS=0", 300),
            ("at+cfun=1,1", 45),
            ("AT+CPIN?", 9),
            ("AT+CPIN=\"1234\"", 180),
            ("AT+CSQ", 9),
            ("", 9),
        ] {
            assert_eq!(final_result(command), Duration::from_secs(seconds), "{command}");
        }
    }
}
