//! `AT+CSTT` to `AT+CIPSHUT`, names, and the private access point (reference, sections 6.2, 6.3 and 7).

use crate::{
    mqtt::Password,
    sim::{
        AccessPoint, VirtualModem,
        context::IpState,
        shell::{Answer, Failure, Form, Outcome},
        virtual_modem::Task,
    },
    time::Moment,
};

/// Longest access point and host name in bytes.
const NAME_LIMIT: usize = 128;
/// Longest user and password of an access point.
const LOGIN_LIMIT: usize = 32;
/// What `AT+CIICR` fails with when there is no bearer.
const NO_BEARER: Failure = Failure::Cme(65_535);
/// From this firmware on the module attaches again by itself.
const REATTACHES_SINCE: u16 = 1_155;
/// From this firmware on a deleted access point reads as deleted.
const READS_DELETED_SINCE: u16 = 1_169;

/// From this firmware on the name servers can be asked for.
const TELLS_NAME_SERVERS_SINCE: u16 = 1_118;

pub(super) fn start(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CSTT: \"{}\",\"\",\"\"", modem.device.radio.apn);
            modem.say(now, &text);
            return Ok(Outcome::Done);
        }
        Form::Test => return Ok(Outcome::Done),
        Form::Set(_) => form.args(Failure::PARAMETERS)?.expect_count(1..=3)?,
        Form::Run(_) => {}
    }
    advance(modem, IpState::Initial, IpState::Start)
}

pub(super) fn activate(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    if modem.context.state == IpState::Start && !modem.radio.has_bearer {
        modem.report(now, "+PDP: DEACT");
        return Err(NO_BEARER);
    }
    advance(modem, IpState::Start, IpState::Active)?;
    let at = now + modem.device.timing.answer.radio.draw(&mut modem.rng);
    modem.agenda.add(at, Task::Finish(Ok(Outcome::Done)));
    Ok(Outcome::Later)
}

fn advance(modem: &mut VirtualModem, from: IpState, to: IpState) -> Answer {
    if modem.context.state != from {
        return Err(Failure::NOT_ALLOWED);
    }
    modem.context.state = to;
    Ok(Outcome::Done)
}

/// Prints the address bare; no `OK` follows.
pub(super) fn address(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    if !matches!(modem.context.state, IpState::Active | IpState::Status) {
        return Err(Failure::NOT_ALLOWED);
    }
    modem.context.state = IpState::Status;
    let address = modem.device.radio.address.clone();
    modem.say(now, &address);
    Ok(Outcome::Spoken)
}

/// `OK` comes first, the state after it.
pub(super) fn status(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    modem.say(now, "OK");
    let name = match (modem.context.state, modem.session.is_multiplexed) {
        (IpState::Active | IpState::Status, true) => "IP PROCESSING",
        (state, _) => state.name(),
    };
    let text = format!("STATE: {name}");
    modem.say(now, &text);
    Ok(Outcome::Spoken)
}

pub(super) fn shut(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    if modem.crashes_at_shut() {
        modem.crash(now);
        return Ok(Outcome::Later);
    }
    modem.context.state = IpState::Initial;
    modem.say(now, "SHUT OK");
    Ok(Outcome::Spoken)
}

pub(super) fn resolve(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    let args = form.args(Failure::PARAMETERS)?;
    args.expect_count(1..=1)?;
    modem.look_up(now, args.text(0, NAME_LIMIT)?)
}

/// `AT+CDNSCFG=<pri>[,<sec>[,<cid>]]`
pub(super) fn name_servers(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Test => modem.say(now, "+CDNSCFG: (\"Primary DNS\"),(\"Secondary DNS\")"),
        Form::Set(_) => {
            let args = form.args(Failure::PARAMETERS)?;
            args.expect_count(1..=3)?;
            let servers: Result<Vec<String>, Failure> =
                (0..args.len().min(2)).map(|index| Ok(args.text(index, 15)?.to_owned())).collect();
            let servers = servers?;
            if servers.iter().any(|server| server.parse::<std::net::Ipv4Addr>().is_err()) {
                return Err(Failure::PARAMETERS);
            }
            modem.context.name_servers = servers;
        }
        _ if modem.device.identity.firmware.version < TELLS_NAME_SERVERS_SINCE => return Err(Failure::Plain),
        _ => {
            let servers = modem.context.name_servers.clone();
            for (rank, index) in [("Primary", 0), ("Secondary", 1)] {
                let server = servers.get(index).map_or("0.0.0.0", String::as_str);
                modem.say(now, &format!("{rank}Dns: {server}"));
            }
        }
    }
    Ok(Outcome::Done)
}

/// `AT+CPNETAPN=<mode>,<apn>,<user>,<pwd>,<auth>`: kept through every restart.
pub(super) fn access_point(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            tell_access_point(modem, now);
            return Ok(Outcome::Done);
        }
        Form::Test => {
            modem.say(now, "+CPNETAPN:setmode=[2,3],\"apn\",\"Username\",\"Password\",authtype=[0,1,2]");
            return Ok(Outcome::Done);
        }
        _ => {}
    }
    let args = form.args(Failure::PARAMETERS)?;
    let mode = args.digit(0, 2..=3)?;
    if mode == 2 {
        args.expect_count(5..=5)?;
        let name = args.text(1, NAME_LIMIT)?;
        if name.is_empty() {
            return Err(Failure::PARAMETERS);
        }
        modem.access_point = Some(AccessPoint {
            name: name.to_owned(),
            user: args.text(2, LOGIN_LIMIT)?.to_owned(),
            password: Password::new(args.text(3, LOGIN_LIMIT)?),
            auth: args.digit(4, 0..=2)?,
        });
        modem.is_access_point_active = true;
        modem.was_access_point_set = true;
    } else {
        modem.access_point = None;
    }
    if modem.device.identity.firmware.version >= REATTACHES_SINCE {
        modem.reattach(now);
    }
    Ok(Outcome::Done)
}

/// The password is shown in clear, as the module does.
fn tell_access_point(modem: &mut VirtualModem, now: Moment) {
    let reads_deleted = modem.device.identity.firmware.version >= READS_DELETED_SINCE;
    let lines = if let Some(set) = &modem.access_point {
        [
            "MODE:2".to_owned(),
            format!("APN:{}", set.name),
            format!("USR:{}", set.user),
            format!("PWD:{}", set.password.reveal()),
            format!("AUTHMODE:{}", set.auth),
        ]
    } else {
        let mode = if modem.was_access_point_set && !reads_deleted { 2 } else { 3 };
        [format!("MODE:{mode}"), "APN:".into(), "USR:".into(), "PWD:".into(), "AUTHMODE:0".into()]
    };
    for line in lines {
        modem.say(now, &line);
    }
}
