//! What is waited for now: which command, for what, since when and how long still.

use std::time::Duration;

use crate::{
    air780e::limits,
    lang::Text,
    model::{
        Model,
        connection::{LinkState, Phase},
        event::ExchangeRecord,
        plan::Step,
        request::TlsOptions,
    },
    time::Moment,
};

use super::{Rung, RungState};

/// What is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The command, secrets masked; empty while the port is being opened.
    pub command: String,
    /// For what, since when and how long at most.
    pub text: Text,
}

/// What is waited for at `now`; `None` when nothing is under way.
pub fn view(model: &Model, now: Moment) -> Option<Waiting> {
    let connection = model.connection();
    match connection.phase() {
        Phase::Opening => {
            let text = Text::new("outcome-opening").with("port", connection.link());
            return Some(Waiting { command: String::new(), text });
        }
        Phase::Connecting => {}
        // Lines beside a session come and go; those of a port without one may take long.
        Phase::Open | Phase::Closing if connection.in_flight().is_some() => {}
        _ => return None,
    }
    let (command, step, asked_at) = asked(connection)?;
    let begun = first_of(connection, step).map_or(asked_at, |first| first.min(asked_at));
    let limit = limit(connection, step, &command);
    let text = Text::new("waiting")
        .with("what", Text::new(what(connection, step)))
        .with("now", now.since(begun).as_secs())
        .with("limit", limit.as_secs());
    Some(Waiting { command, text })
}

/// The command on the wire, or between two questions the one that is asked again.
fn asked(connection: &LinkState) -> Option<(String, Option<Step>, Moment)> {
    let last = connection.exchanges().last();
    if let Some(flying) = connection.in_flight() {
        let planned = connection.run().and_then(|run| run.lines.iter().find(|line| line.text == flying.command));
        let again = last.and_then(|last| last.step).filter(|step| is_asked_again(connection, *step));
        return Some((flying.command.clone(), planned.map(|line| line.step).or(again), flying.at));
    }
    let last = last?;
    let step = last.step.filter(|step| is_asked_again(connection, *step))?;
    Some((last.command.as_str().to_owned(), Some(step), last.sent_at))
}

/// Whether a question is put again and again until the network says what is wanted.
pub(super) fn is_asked_again(connection: &LinkState, step: Step) -> bool {
    rung(step).is_some_and(|rung| connection.status().ladder.entry(rung).state == RungState::Trying)
}

const fn rung(step: Step) -> Option<Rung> {
    match step {
        Step::Attention => Some(Rung::At),
        Step::SimState => Some(Rung::Sim),
        Step::Registration => Some(Rung::Network),
        Step::Attach | Step::Address => Some(Rung::Data),
        _ => None,
    }
}

/// When the question was put first, of those that follow each other up to now.
fn first_of(connection: &LinkState, step: Option<Step>) -> Option<Moment> {
    let step = step.filter(|step| is_asked_again(connection, *step))?;
    let is_same = |record: &&ExchangeRecord| record.step == Some(step);
    connection.exchanges().iter().rev().take_while(is_same).last().map(|record| record.sent_at)
}

/// How long it may take in all.
fn limit(connection: &LinkState, step: Option<Step>, command: &str) -> Duration {
    match step {
        Some(Step::Attention) => limits::ATTENTION * limits::ATTENTION_TRIES,
        Some(Step::SimState) => limits::SIM_POLL * limits::SIM_TRIES,
        Some(Step::Registration) => limits::REGISTRATION,
        Some(Step::Attach | Step::Address) => limits::ATTACH,
        Some(Step::OpenLink) => limits::CONNECT,
        Some(Step::OpenEncryptedLink) => encrypted(connection.run().map(|run| &run.asked.tls)),
        Some(Step::Login) => limits::CONNACK,
        Some(Step::Subscribe) => limits::SUBACK,
        Some(Step::Restart) => limits::RESTART,
        _ => limits::final_result(command),
    }
}

fn encrypted(tls: Option<&TlsOptions>) -> Duration {
    match tls.and_then(|tls| tls.negotiate_timeout) {
        Some(long) if long > limits::NEGOTIATION_PLAIN => limits::CONNECT_TLS_LONG,
        _ => limits::CONNECT_TLS,
    }
}

/// The name of the words for what is awaited.
fn what(connection: &LinkState, step: Option<Step>) -> &'static str {
    match step {
        Some(Step::SimState) => "waiting-card",
        Some(Step::Registration) => match connection.status().registration.as_ref().map(|seen| seen.value.stat) {
            Some(2) => "waiting-searching",
            Some(3) => "waiting-denied",
            _ => "waiting-network",
        },
        Some(Step::Attach) => "waiting-attach",
        Some(Step::Address) => "waiting-address",
        Some(Step::OpenLink) => "waiting-link",
        Some(Step::OpenEncryptedLink) => "waiting-tls",
        Some(Step::Login) => "waiting-login",
        Some(Step::Subscribe) => "waiting-suback",
        Some(Step::WriteFile) => "waiting-file",
        _ => "waiting-answer",
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        lang::{Lang, Translator},
        model::{
            Generation, Input,
            event::{Event, WireKind, WireLine},
            request::{self, Request, RequestId},
            status::Status,
        },
        time::{Observed, WallAnchor},
    };

    fn told(model: &mut Model, event: Event) {
        model.apply(&Input::Told { generation: Generation::default(), event });
    }

    fn connecting() -> Model {
        let mut model = Model::default();
        let link = "COM5".to_owned();
        model.apply(&Input::Began { generation: Generation::default(), link, is_simulated: false, own_broker: None });
        let request = Request::Connect(Box::new(request::Connection::new("h", 1883, "c")));
        model.apply(&Input::Asked { id: RequestId(1), request: Box::new(request) });
        model
    }

    fn words(model: &Model, seconds: u64) -> Option<(String, String)> {
        let waiting = view(model, Moment::from_millis(seconds * 1_000))?;
        Some((waiting.command, Translator::new(Lang::En).text(&waiting.text)))
    }

    fn sent(model: &mut Model, seconds: u64, line: &str) {
        let at = Moment::from_millis(seconds * 1_000);
        told(model, Event::Wire(WireLine::plain(at, WireKind::Sent, line.to_owned())));
    }

    fn answered(model: &mut Model, seconds: u64, line: &str, step: Step) {
        let at = Moment::from_millis(seconds * 1_000);
        told(model, Event::Exchange(Box::new(record(at, line, step))));
    }

    fn record(at: Moment, line: &str, step: Step) -> ExchangeRecord {
        ExchangeRecord {
            request: Some(RequestId(1)),
            step: Some(step),
            command: line.into(),
            answer: vec!["OK".to_owned()],
            sent_at: at,
            accepted_at: Some(at),
            ended_at: at,
            result: Ok(()),
            is_forgiven: false,
            data: None,
            unreadable: None,
        }
    }

    #[test]
    fn a_question_that_is_put_again_counts_from_its_first_time() {
        let mut model = connecting();
        assert_eq!(words(&model, 0), Some((String::new(), "Opening COM5 …".to_owned())));
        let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
        told(&mut model, Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false });
        let mut status = Status::default();
        status.ladder.entry_mut(Rung::Network).state = RungState::Trying;
        let searching = crate::air780e::network::Registration::of(2);
        status.registration = Some(Observed::new(searching, Moment::ZERO, "AT+CEREG?"));
        told(&mut model, Event::Status(Box::new(status)));
        sent(&mut model, 10, "AT+CEREG?");
        answered(&mut model, 10, "AT+CEREG?", Step::Registration);
        let expected = |seconds: u32| Some(("AT+CEREG?".to_owned(), format!("searching, {seconds} of 60 s")));
        assert_eq!(words(&model, 12), expected(2), "between two questions too");
        sent(&mut model, 16, "AT+CEREG?");
        assert_eq!(words(&model, 16), expected(6));
    }

    #[test]
    fn a_command_waits_for_its_own_word_within_its_own_limit() {
        let mut model = connecting();
        let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
        told(&mut model, Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false });
        sent(&mut model, 3, "AT+MIPSTART=\"h\",1883");
        let (command, text) = words(&model, 7).expect("waits");
        assert_eq!((command.as_str(), text.as_str()), ("AT+MIPSTART=\"h\",1883", "connecting, 4 of 75 s"));
        answered(&mut model, 8, "AT+MIPSTART=\"h\",1883", Step::OpenLink);
        assert_eq!(words(&model, 8), None, "nothing is on the wire");
        told(&mut model, Event::Done { at: Moment::ZERO, id: RequestId(1), result: Ok(()) });
        sent(&mut model, 9, "AT+CSQ");
        assert_eq!(words(&model, 9), None, "questions beside a session come and go");
    }
}
