//! How long publishes took, as a picture.

use std::time::Duration;

use super::super::heard::{Heard, Took};
use crate::{
    lang::Text,
    report::{Block, Picture, Section, Series},
};

/// The chapter about what `heard` tells of publishes; `None` when it tells of none.
pub(super) fn latency(heard: &Heard) -> Option<Section> {
    let took = &heard.took;
    let (first, last) = (took.first()?, took.last()?);
    let point = |one: &Took, time: Duration| (one.at.since(first.at).as_secs_f64(), time.as_secs_f64() * 1_000.0);
    let accepted = took.iter().map(|one| point(one, one.accept)).collect();
    let confirmed: Vec<_> = took.iter().filter_map(|one| Some(point(one, one.accept + one.ack?))).collect();
    let mut blocks = vec![Block::Picture(Picture {
        span_seconds: last.at.since(first.at).as_secs_f64(),
        series: vec![
            Series { name: Text::new("report-latency-accepted"), points: accepted },
            Series { name: Text::new("report-latency-confirmed"), points: confirmed },
        ],
    })];
    let rows: Vec<_> = [
        ("report-latency-accepted", took.iter().map(|one| one.accept).collect::<Vec<_>>()),
        ("report-latency-confirmed", took.iter().filter_map(|one| Some(one.accept + one.ack?)).collect()),
    ]
    .into_iter()
    .filter_map(|(key, times)| row(key, times))
    .collect();
    let columns = ["report-latency-of", "report-latency-count", "report-latency-middle", "report-latency-longest"];
    blocks.push(Block::Table { head: columns.map(Text::new).to_vec(), rows });
    Some(Section { title: Text::new("report-latency"), blocks })
}

fn row(key: &'static str, mut times: Vec<Duration>) -> Option<Vec<Text>> {
    times.sort_unstable();
    let millis = |time: Duration| Text::plain(format!("{} ms", time.as_millis()));
    let middle = *times.get(times.len() / 2)?;
    Some(vec![Text::new(key), Text::plain(times.len().to_string()), millis(middle), millis(*times.last()?)])
}
