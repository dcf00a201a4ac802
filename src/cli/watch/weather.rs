//! The same watch on a virtual clock: hours in seconds, and the same every time.

use std::time::Duration;

use serde_json::json;

use super::{
    book::{Book, Face},
    run::request,
    tell,
};
use crate::{
    cli::{args::SimArgs, check::plan::RECONNECT, print_line},
    lang::{Lang, Text},
    modem::{fault::topic_words, request::Connection},
    mqtt::{Message, Qos},
    sim::bench::{self, weather::Weather},
    time::Moment,
    watch::{Ending, Plan, Trail, Wall, Watch},
};

/// Watches a virtual module for the span that is asked for. Prints the journal, what really happened, and the verdict.
pub(super) fn run(asked: &SimArgs, lang: Lang) -> Result<(), Text> {
    let face = Face { is_json: true, lang };
    let span = asked.weather.unwrap_or_default();
    let mut book = match &asked.journal {
        Some(path) => {
            let opened = Book::open(path, true, false, Trail::default(), face);
            opened.map_err(|failure| failure.said().clone())?
        }
        None => Book::without_journal(face),
    };
    let mut weather = Weather::new(asked.seed, span, CLIENT);
    let base = weather.base_millis();
    let watch = watched(&mut weather, span, &mut book)?;
    book.sync();
    let at = |moment: Moment| {
        let millis = i64::try_from(moment.as_millis()).unwrap_or(i64::MAX);
        Wall::from_millis(base.saturating_add(millis)).to_string()
    };
    for drop in weather.truth() {
        let (begin, end) = (at(drop.begin), drop.end.map(at));
        print_line(&json!({ "kind": "truth", "begin": begin, "end": end, "finding": drop.cause }).to_string());
    }
    tell(watch.summary(), &Ending::default(), face);
    Ok(())
}

fn watched(weather: &mut Weather, span: Duration, book: &mut Book) -> Result<Watch, Text> {
    let connection = Connection { reconnect: Some(RECONNECT), client_id: CLIENT.to_owned(), ..bench::connection() };
    let topic = "weather".parse().map_err(|error| topic_words(&error))?;
    let message = Message { topic, payload: Vec::new(), qos: Qos::AtLeastOnce, retain: false };
    let base = Wall::from_millis(weather.base_millis());
    let mut watch = Watch::begin(plan(span, &connection, base), None, base, "virtual");
    loop {
        while let Some(entry) = watch.poll_entry() {
            book.take(&entry);
        }
        if watch.is_over() {
            return Ok(watch);
        }
        if let Some(wish) = watch.poll_wish() {
            let id = weather.request(request(wish, &connection, &message));
            watch.asked(wish, Some(id));
        } else if let Some((at, event)) = weather.poll_event() {
            watch.event(at, &event);
        } else {
            weather.advance(watch.poll_timeout());
            watch.tick(weather.now());
        }
    }
}

fn plan(span: Duration, connection: &Connection, t: Wall) -> Plan {
    Plan {
        t,
        version: Plan::VERSION,
        for_s: span.as_secs(),
        publish_every_s: Some(60),
        qos: 1,
        signal_every_s: Some(60),
        keep_alive_s: connection.keep_alive,
        broker: format!("{}:{}", connection.host, connection.port),
        max_drops: None,
    }
}

const CLIENT: &str = "outdoors";
