//! Numbers of JSON payloads over time: which ones are drawn, and their points, thinned to what the plot can show.
//!
//! Points are taken from messages as they come, a bounded part of them each frame; they outlive the messages that are
//! trimmed.

use std::collections::VecDeque;

use crate::{
    model::{
        latency::thin,
        messages::{Entry, MessageLog},
    },
    mqtt::Topic,
};

use crate::payload::{Charset, JsonNode, JsonPath, JsonTree};

/// One line of the chart.
#[derive(Clone, Debug)]
pub struct Series {
    /// The topic whose messages carry the number.
    pub topic: Topic,
    /// Where the number stands in them.
    pub path: JsonPath,
    /// Number of its colour.
    pub colour: usize,
    /// Newest, lowest and highest value; `None` while there is none.
    pub summary: Option<Summary>,
    /// Messages of the topic without such a number.
    pub without: u64,
    points: VecDeque<(f64, f64)>,
    next: u64,
    drawn: Vec<[f64; 2]>,
}

/// What a line tells at a glance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Newest value.
    pub last: f64,
    /// Lowest value of all.
    pub low: f64,
    /// Highest value of all.
    pub high: f64,
    /// How many values there were.
    pub count: u64,
}

/// The lines of the chart.
#[derive(Clone, Debug, Default)]
pub struct Charts {
    series: Vec<Series>,
    columns: usize,
    /// The span that is drawn and how many points there were, when `drawn` was made.
    made_for: Option<(usize, u64)>,
    is_behind: bool,
}

impl Series {
    /// The points to draw: seconds since 1970 and value.
    pub fn drawn(&self) -> &[[f64; 2]] {
        &self.drawn
    }

    /// How many points are kept.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    fn take(&mut self, entry: &Entry) {
        let payload = &entry.message.payload;
        let tree = JsonTree::read(payload, Charset::of(payload)).ok();
        let Some(value) = tree.as_ref().and_then(|tree| tree.find(&self.path)).and_then(JsonNode::number) else {
            self.without += 1;
            return;
        };
        #[expect(clippy::cast_precision_loss, reason = "microseconds of a date fit into the 52 bits of a double")]
        let seconds = entry.time.timestamp_micros() as f64 / 1e6;
        self.points.push_back((seconds, value));
        if self.points.len() > MOST_POINTS {
            self.points.pop_front();
        }
        let old = self.summary.unwrap_or(Summary { last: value, low: value, high: value, count: 0 });
        let (low, high) = (old.low.min(value), old.high.max(value));
        self.summary = Some(Summary { last: value, low, high, count: old.count + 1 });
    }
}

impl Charts {
    /// The lines in the order in which they were asked for.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// Whether messages are still to be looked at: another frame is needed for them.
    pub const fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// Whether the number at `path` of `topic` is drawn.
    pub fn shows(&self, topic: &Topic, path: &JsonPath) -> bool {
        self.place(topic, path).is_some()
    }

    /// Whether there is room for one more line.
    pub fn has_room(&self) -> bool {
        self.series.len() < MOST_SERIES
    }

    /// Pixel columns that the plot had when it was last drawn.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Draws the number at `path` of `topic`, or no longer.
    pub(super) fn toggle(&mut self, topic: &Topic, path: &JsonPath) {
        self.made_for = None;
        if let Some(place) = self.place(topic, path) {
            self.series.remove(place);
        } else if self.has_room() {
            let is_free = |colour: &usize| self.series.iter().all(|series| series.colour != *colour);
            let colour = (0..MOST_SERIES).find(is_free).unwrap_or_default();
            self.series.push(Series {
                topic: topic.clone(),
                path: path.clone(),
                colour,
                summary: None,
                without: 0,
                points: VecDeque::new(),
                next: 0,
                drawn: Vec::new(),
            });
        }
    }

    /// Draws nothing any more.
    pub(super) fn clear(&mut self) {
        *self = Self { columns: self.columns, ..Self::default() };
    }

    /// The plot has so many pixel columns.
    pub(super) fn set_columns(&mut self, columns: usize) {
        self.columns = columns.min(MOST_COLUMNS);
    }

    /// Takes in what came since the last call, at most a quarter of a megabyte of payloads.
    pub(super) fn refresh(&mut self, log: &MessageLog) {
        let range = log.range();
        let mut budget = FRAME_BYTES;
        self.is_behind = false;
        for series in &mut self.series {
            let mut seq = series.next.max(range.start);
            while seq < range.end && budget > 0 {
                if let Some(entry) = log.entry(seq).filter(|entry| entry.message.topic == series.topic) {
                    budget = budget.saturating_sub(entry.message.payload.len() + EACH_BYTES);
                    series.take(entry);
                }
                seq += 1;
            }
            series.next = seq;
            self.is_behind |= seq < range.end;
        }
        self.draw();
    }

    /// Thins the points again when there are more, or the plot has another width.
    fn draw(&mut self) {
        let count = self.series.iter().filter_map(|series| series.summary).map(|summary| summary.count).sum();
        let key = (self.columns, count);
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        let ends = self.series.iter().flat_map(|series| [series.points.front(), series.points.back()]);
        let times = ends.flatten().map(|point| point.0);
        let span =
            times.fold((f64::INFINITY, f64::NEG_INFINITY), |(start, end), time| (start.min(time), end.max(time)));
        for series in &mut self.series {
            let columns = thin(series.points.iter().copied(), span, self.columns);
            let both = columns.iter().flat_map(|column| {
                let (first, second) =
                    if column.low.0 <= column.high.0 { (column.low, column.high) } else { (column.high, column.low) };
                [Some(first), Some(second).filter(|second| *second != first)]
            });
            series.drawn = both.flatten().map(|(x, y)| [x, y]).collect();
        }
    }

    fn place(&self, topic: &Topic, path: &JsonPath) -> Option<usize> {
        self.series.iter().position(|series| series.topic == *topic && series.path == *path)
    }
}

/// Most lines: as many as the theme has colours.
const MOST_SERIES: usize = 7;
const MOST_POINTS: usize = 20_000;
const MOST_COLUMNS: usize = 4_096;
/// Bytes of payloads that are looked at in one frame.
const FRAME_BYTES: usize = 256 * 1024;
/// What one message counts beside its bytes.
const EACH_BYTES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::messages::{HistoryLimit, Messages},
        modem::event::{Arrival, Event},
        mqtt::{Message, Qos},
        time::Moment,
    };

    fn arrive(messages: &mut Messages, millis: u64, topic: &str, payload: &str) {
        let (topic, payload) = (topic.parse().expect("a topic"), payload.as_bytes().to_vec());
        let message = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
        let at = Moment::from_millis(millis);
        messages.apply(&Event::Message(Arrival { at, announced: message.payload.len(), message }));
    }

    fn path(json: &str, index: usize) -> JsonPath {
        JsonTree::read(json.as_bytes(), Charset::Utf8).expect("JSON").path(index)
    }

    fn charts(columns: usize) -> Charts {
        let mut charts = Charts::default();
        charts.set_columns(columns);
        charts
    }

    #[test]
    fn a_number_is_followed_through_the_messages_of_its_topic() {
        let mut messages = Messages::default();
        let mut charts = charts(400);
        let topic: Topic = "meter".parse().expect("a topic");
        let wanted = path(r#"{"t":{"in":1}}"#, 2);
        charts.toggle(&topic, &wanted);
        for (place, payload) in
            [r#"{"t":{"in":20}}"#, "no json", r#"{"t":{"in":35.5}}"#, r#"{"t":{"in":-4}}"#].iter().enumerate()
        {
            arrive(&mut messages, place as u64 * 1_000, "meter", payload);
            arrive(&mut messages, place as u64 * 1_000, "other", r#"{"t":{"in":999}}"#);
        }
        charts.refresh(messages.log());
        let series = &charts.series()[0];
        assert_eq!(series.summary, Some(Summary { last: -4.0, low: -4.0, high: 35.5, count: 3 }));
        assert_eq!(series.without, 1);
        let drawn: Vec<_> = series.drawn().iter().map(|point| point[1]).collect();
        assert_eq!(drawn, [20.0, 35.5, -4.0]);
        charts.toggle(&topic, &wanted);
        assert!(charts.series().is_empty());
    }

    #[test]
    fn many_points_are_drawn_as_few_and_no_outlier_is_lost() {
        let mut messages = Messages::new(HistoryLimit { entries: 30_000, bytes: usize::MAX });
        for number in 0..20_000_u64 {
            let value = if number == 12_345 { 777 } else { number % 10 };
            arrive(&mut messages, number, "n", &value.to_string());
        }
        let mut charts = charts(200);
        charts.toggle(&"n".parse().expect("a topic"), &JsonPath::default());
        let mut frames = 0;
        while frames == 0 || charts.is_behind() {
            charts.refresh(messages.log());
            frames += 1;
            assert!(frames < 100, "it comes to an end");
        }
        assert!(frames > 1, "one frame does not look at everything");
        let series = &charts.series()[0];
        assert_eq!(series.summary.map(|summary| (summary.count, summary.high)), Some((20_000, 777.0)));
        assert!(series.drawn().len() <= 400 && series.drawn().iter().any(|point| point[1] > 776.0));
    }

    #[test]
    fn points_outlive_their_messages_and_lines_have_colours_of_their_own() {
        let mut messages = Messages::new(HistoryLimit { entries: 2, bytes: usize::MAX });
        let mut charts = charts(100);
        let topic: Topic = "n".parse().expect("a topic");
        for index in 0..9 {
            charts.toggle(&topic, &path("[1,2,3,4,5,6,7,8,9,10]", index + 1));
        }
        assert_eq!(charts.series().len(), MOST_SERIES);
        assert_eq!(charts.series().iter().map(|series| series.colour).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
        for millis in 0..5 {
            arrive(&mut messages, millis, "n", "[1,2,3,4,5,6,7]");
            charts.refresh(messages.log());
        }
        assert_eq!(charts.series()[0].len(), 5);
        charts.clear();
        assert!(charts.series().is_empty());
    }
}
