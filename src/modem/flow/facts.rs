//! What the answer to a line shows, whoever sent it: a person in the terminal, or somebody who is watched.

use std::time::Duration;

use crate::{
    air780e::{
        Command,
        address::ReadAddress,
        apn::{ReadApn, ReadContexts},
        attach::ReadAttach,
        codes,
        dns::{ReadServers, Resolve, Resolved},
        files::{ListFiles, ReadFileSize},
        identity::ReadIdentity,
        limits,
        mqtt::{LinkState, ReadState},
        tls::{KEYS, ReadSetting},
    },
    at::reply::{End, Ended},
    modem::{
        board::{Board, evidence_by},
        event::{Event, Fault, FileProgress, FileUpdate, Line, Note, Verb},
        outcome,
        status::{Evidence, Rung, RungState, Session},
    },
    time::{Moment, Observed},
};

use super::details;

/// Learns what the answer to `line` shows beside the ladder.
pub(super) fn learn(line: &str, ended: &Ended, board: &mut Board) {
    if ended.accepted_at.is_none() {
        return;
    }
    let asked = Line::from(line);
    details::learn(line, ended, board);
    let now = ended.ended_at;
    match (asked.verb(), asked.is_question()) {
        (Verb::AccessPoint, true) => {
            if let Some(saved) = ReadApn.answer(&ended.answer) {
                board.status_mut().access_point = Some(Observed::new(saved, now, "AT+CPNETAPN?"));
            }
        }
        (Verb::AccessPoint, false) if ended.end == End::Done && asked.name() == "AT+CPNETAPN" => {
            note_access_point(&asked, ended, board);
        }
        (Verb::Radio, true) => learn_radio(board, evidence_by(ended, "+CFUN")),
        (Verb::Resolve, false) => learn_resolved(&asked, ended, board),
        (Verb::NameServers, true) => {
            if let Some(servers) = ReadServers.answer(&ended.answer) {
                board.status_mut().name_servers = Some(Observed::new(servers, now, "AT+CDNSCFG?"));
            }
        }
        (Verb::TlsSetting, false) => learn_setting(&asked, ended, board),
        (Verb::FileSize, false) => {
            if let Some((name, bytes)) = asked.argument(0).zip(ReadFileSize("").answer(&ended.answer)) {
                let progress = FileProgress::Found { bytes };
                board.tell(Event::File(FileUpdate { at: now, name: name.to_owned(), progress }));
            }
        }
        (Verb::ListFiles, false) if ended.end == End::Done && is_root(&asked) => {
            let names = ListFiles.answer(&ended.answer[..ended.answer.len() - 1]).unwrap_or_default();
            board.tell(Event::Files { at: now, names, free: None });
        }
        _ => {}
    }
}

/// The places in which this family keeps its files.
fn is_root(asked: &Line) -> bool {
    matches!(asked.argument(0), Some("/" | "C:/" | "C:"))
}

fn note_access_point(asked: &Line, ended: &Ended, board: &mut Board) {
    let name = match asked.argument(0) {
        Some("2") => asked.argument(1).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    board.status_mut().access_point_set = Some(Observed::new(name, ended.ended_at, "AT+CPNETAPN"));
}

fn learn_resolved(asked: &Line, ended: &Ended, board: &mut Board) {
    let Some(host) = asked.argument(0) else { return };
    let result = match Resolve(host).answer(&ended.answer) {
        Some(Resolved::Address(address)) => Ok(address),
        Some(Resolved::Failed(number)) => Err(Fault::NotResolved { host: host.to_owned(), number: Some(number) }),
        None => return,
    };
    board.tell(Event::Resolved { at: ended.ended_at, host: host.to_owned(), result });
}

/// A setting that is asked for one by one; all that are known are told together.
fn learn_setting(asked: &Line, ended: &Ended, board: &mut Board) {
    let [key, _] = asked.arguments()[..] else { return };
    let Some(key) = KEYS.into_iter().find(|known| known.eq_ignore_ascii_case(key)) else { return };
    if ended.end != End::Done {
        return;
    }
    let value = ReadSetting(key).answer(&ended.answer);
    let known = &mut board.tls_settings;
    match known.iter_mut().find(|(name, _)| *name == key) {
        Some(entry) => entry.1 = value,
        None => known.push((key, value)),
    }
    let values = known.clone();
    board.tell(Event::TlsSettings { at: ended.ended_at, values });
}

/// Which firmware.
pub(super) fn learn_identity(ended: &Ended, board: &mut Board) {
    let Some(firmware) = ReadIdentity.answer(&ended.answer) else { return };
    let is_news = board.status().firmware.as_ref().is_none_or(|seen| seen.value != firmware);
    if is_news && !firmware.is_known_dialect() {
        board.tell(Event::Note { at: ended.ended_at, note: Note::UnknownDialect { name: firmware.name.clone() } });
    }
    board.status_mut().firmware = Some(Observed::new(firmware, ended.ended_at, "ATI"));
}

/// Whether the module is attached. That it is not takes nothing away as long as all works.
pub(super) fn learn_attach(ended: &Ended, board: &mut Board) {
    let now = ended.ended_at;
    let Some(is_attached) = ReadAttach.answer(&ended.answer) else { return };
    board.status_mut().attached = Some(Observed::new(is_attached, now, "AT+CGATT?"));
    let shown = evidence_by(ended, "+CGATT");
    if !is_attached {
        doubt(Rung::Data, shown, board);
        give_up_data(now, board);
    } else if board.state(Rung::Data) != RungState::Confirmed {
        board.rung_shown(now, Rung::Data, RungState::Accepted, shown);
    }
}

/// Something is missing. What has failed by that stays so until it is there.
pub(super) fn doubt(rung: Rung, shown: Evidence, board: &mut Board) {
    if board.state(rung) != RungState::Failed {
        board.rung_shown(shown.at, rung, RungState::Trying, shown);
    }
}

/// Which address the module has; none leaves the bearer in doubt.
pub(super) fn learn_address(ended: &Ended, board: &mut Board) {
    if ended.end != End::Done {
        return;
    }
    let shown = evidence_by(ended, "+CGPADDR");
    match ReadAddress.answer(&ended.answer) {
        Some(address) => {
            board.status_mut().address = Some(Observed::new(address, ended.ended_at, "AT+CGPADDR"));
            board.rung_shown(ended.ended_at, Rung::Data, RungState::Confirmed, shown);
        }
        None => doubt_address(shown, board),
    }
}

/// Which access point is in use, and whether it gave an address.
pub(super) fn learn_context(ended: &Ended, board: &mut Board) {
    let Some(used) = ReadContexts.answer(&ended.answer) else { return };
    let shown = evidence_by(ended, "+CGDCONT: 1");
    if !used.has_address {
        doubt_address(shown, board);
    } else if board.state(Rung::Data) != RungState::Confirmed {
        board.rung_shown(ended.ended_at, Rung::Data, RungState::Confirmed, shown);
    }
}

fn doubt_address(shown: Evidence, board: &mut Board) {
    let now = shown.at;
    board.status_mut().address = None;
    doubt(Rung::Data, shown, board);
    give_up_data(now, board);
}

/// What is missing as long as it may take at most is missing for good, whoever asks.
fn give_up_data(now: Moment, board: &mut Board) {
    let set = board.status().access_point_set.as_ref().map(|set| set.at);
    let limit = if set.is_some() { limits::ACCESS_POINT } else { limits::ATTACH };
    let since = board.status().ladder.entry(Rung::Data).since;
    let waited = now.since(set.map_or(since, |set| set.min(since)));
    if board.state(Rung::Data) == RungState::Trying && waited + PATIENCE >= limit {
        accuse_ground(now, board);
    }
}

/// The same for a registration.
pub(super) fn give_up_network(now: Moment, board: &mut Board) {
    let waited = now.since(board.status().ladder.entry(Rung::Network).since);
    if board.state(Rung::Network) == RungState::Trying && waited + PATIENCE >= limits::REGISTRATION {
        accuse_ground(now, board);
    }
}

/// A radio that is off accuses the network; one that is on takes that back.
fn learn_radio(board: &mut Board, shown: Evidence) {
    let function = board.status().details.function.as_ref().map(|seen| seen.value);
    let is_told = matches!(board.status().ladder.entry(Rung::Network).fault, Some(Fault::RadioOff { .. }));
    match function {
        Some(function @ (0 | 4)) if board.state(Rung::Network) != RungState::Confirmed => {
            board.rung_failed(shown.at, Rung::Network, Fault::RadioOff { function }, Some(shown));
        }
        Some(1) if is_told => board.rung(shown.at, Rung::Network, RungState::Unknown),
        _ => {}
    }
}

/// Between two questions this much may pass: the last one before the limit counts.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was seen to be missing explains a session that fails: it is red from now on.
pub(crate) fn accuse_ground(now: Moment, board: &mut Board) {
    let seen = |board: &Board, rung: Rung| {
        let entry = board.status().ladder.entry(rung).clone();
        let is_doubtful = matches!(entry.state, RungState::Trying | RungState::Stale);
        is_doubtful.then_some(entry.evidence).flatten().map(|shown| (shown, now.since(entry.since)))
    };
    if let Some((shown, _)) = seen(board, Rung::Signal)
        && let Some(rssi) =
            board.status().signal.as_ref().map(|seen| seen.value).filter(|read| read.rssi_dbm().is_none())
    {
        board.rung_failed(now, Rung::Signal, Fault::NoSignal { rssi: rssi.rssi }, Some(shown));
    }
    if let Some((shown, after)) = seen(board, Rung::Network)
        && let Some(read) =
            board.status().registration.as_ref().map(|seen| seen.value).filter(|read| !read.is_registered())
    {
        board.rung_failed(now, Rung::Network, Fault::NotRegistered { stat: read.stat, after }, Some(shown));
    }
    let is_bare = board.state(Rung::Data) == RungState::Trying;
    if let Some((shown, after)) = seen(board, Rung::Data).filter(|_| is_bare) {
        board.rung_failed(now, Rung::Data, Fault::NotAttached { after }, Some(shown));
    }
}

/// A link that opens stands on all below it, whatever was seen before.
pub(crate) fn prove_ground(shown: &Evidence, board: &mut Board) {
    if matches!(board.state(Rung::Signal), RungState::Failed | RungState::Stale | RungState::Trying) {
        board.rung(shown.at, Rung::Signal, RungState::Unknown);
    }
    for rung in [Rung::At, Rung::Sim, Rung::Network, Rung::Data] {
        if matches!(board.state(rung), RungState::Failed | RungState::Stale | RungState::Trying) {
            board.rung_shown(shown.at, rung, RungState::Confirmed, shown.clone());
        }
    }
}

/// The radio is off, as an error number says without being asked for the radio.
pub(super) fn is_radio_off(ended: &Ended) -> bool {
    outcome::error_number(ended) == Some(codes::RADIO_OFF)
}

/// A recording may begin, or go on, in the middle of a session.
pub(super) fn learn_state(ended: &Ended, board: &mut Board) {
    let now = ended.ended_at;
    board.past.has_seen_link = true;
    let shown = evidence_by(ended, "+MQTTSTATU");
    match (ReadState.answer(&ended.answer), board.status().session) {
        (Some(LinkState::LoggedIn), Session::Offline | Session::LinkUp) => {
            board.status_mut().session = Session::Connected;
            board.rung_shown(now, Rung::Mqtt, RungState::Confirmed, shown);
        }
        (Some(LinkState::LinkUp), Session::Offline) => {
            board.status_mut().session = Session::LinkUp;
            board.rung_shown(now, Rung::Tcp, RungState::Confirmed, shown);
        }
        (Some(LinkState::Offline | LinkState::LinkUp), Session::Connected) => board.found_offline = Some(shown.line),
        _ => {}
    }
}
