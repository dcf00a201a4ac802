//! The form of a watch: what was typed, what it means, and what is wrong with it.

use std::time::Duration;

use crate::{
    lang::Text,
    mqtt::{Qos, Topic},
    watch::{Plan, Wall},
};

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchForm {
    /// Hours to watch.
    pub hours: String,
    /// Seconds from one message to the next; empty for none.
    pub publish_every: String,
    /// Their quality of service.
    pub qos: Qos,
    /// Where they go.
    pub topic: String,
    /// Seconds from one question for the signal to the next; 0 asks nothing.
    pub signal_every: String,
    /// So many drops are allowed; empty for no limit.
    pub max_drops: String,
}

impl Default for WatchForm {
    fn default() -> Self {
        Self {
            hours: "40".to_owned(),
            publish_every: "60".to_owned(),
            qos: Qos::AtLeastOnce,
            topic: "air780e/watch".to_owned(),
            signal_every: "60".to_owned(),
            max_drops: String::new(),
        }
    }
}

/// What a form means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchOrder {
    /// How long is watched.
    pub lasts: Duration,
    /// Seconds from one message to the next.
    pub publish_every: Option<u32>,
    /// Their quality of service.
    pub qos: Qos,
    /// Where they go.
    pub topic: Topic,
    /// Seconds from one question for the signal to the next.
    pub signal_every: Option<u32>,
    /// So many drops are allowed.
    pub max_drops: Option<u32>,
}

/// The fields that can be wrong, in their order on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchField {
    /// Hours.
    Hours,
    /// Seconds between messages.
    PublishEvery,
    /// The topic.
    Topic,
    /// Seconds between questions for the signal.
    SignalEvery,
    /// Drops that are allowed.
    MaxDrops,
}

impl WatchForm {
    /// What it means, or the first field that is wrong and why.
    pub fn order(&self) -> Result<WatchOrder, (WatchField, Text)> {
        let hours: f64 = self.hours.trim().replace(',', ".").parse().unwrap_or(f64::NAN);
        let seconds = hours * 3_600.0;
        if !(1.0..=LONGEST_S).contains(&seconds) {
            return Err((WatchField::Hours, Text::new("watch-wrong-hours")));
        }
        let publish_every = optional(&self.publish_every, WatchField::PublishEvery, "watch-wrong-seconds")?;
        if publish_every == Some(0) {
            return Err((WatchField::PublishEvery, Text::new("watch-wrong-seconds")));
        }
        let topic = self.topic.trim().parse::<Topic>();
        let topic = topic.map_err(|error| (WatchField::Topic, crate::view::fault::topic_text(&error)))?;
        let signal_every = optional(&self.signal_every, WatchField::SignalEvery, "watch-wrong-seconds")?;
        let signal_every = signal_every.filter(|every| *every > 0);
        let max_drops = optional(&self.max_drops, WatchField::MaxDrops, "watch-wrong-drops")?;
        let lasts = Duration::from_secs_f64(seconds.round());
        Ok(WatchOrder { lasts, publish_every, qos: self.qos, topic, signal_every, max_drops })
    }

    /// The form with which the watch of `plan` was begun.
    pub fn of(plan: &Plan) -> Self {
        let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
        #[expect(clippy::cast_precision_loss, reason = "at most 200 hours")]
        let hours = plan.for_s as f64 / 3_600.0;
        Self {
            hours: format!("{hours:.4}").trim_end_matches('0').trim_end_matches('.').to_owned(),
            publish_every: number(plan.publish_every_s),
            qos: Qos::try_from(plan.qos).unwrap_or_default(),
            signal_every: number(plan.signal_every_s.or(Some(0))),
            max_drops: number(plan.max_drops),
            ..Self::default()
        }
    }
}

impl WatchOrder {
    /// The plan of a watch of the session with `broker`, host and port, that begins at `t`.
    pub fn plan(&self, t: Wall, broker: String, keep_alive_s: u16) -> Plan {
        Plan {
            t,
            version: Plan::VERSION,
            for_s: self.lasts.as_secs(),
            publish_every_s: self.publish_every,
            qos: self.qos.number(),
            signal_every_s: self.signal_every,
            keep_alive_s,
            broker,
            max_drops: self.max_drops,
        }
    }
}

/// A number up to a day of seconds, or nothing; `wrong` when it is something else.
fn optional(text: &str, field: WatchField, wrong: &'static str) -> Result<Option<u32>, (WatchField, Text)> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| *number <= MOST);
    number.map(Some).ok_or_else(|| (field, Text::new(wrong)))
}

const MOST: u32 = 86_400;
/// 200 hours.
const LONGEST_S: f64 = 200.0 * 3_600.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_an_order_and_back() {
        let form = WatchForm { hours: "0,5".to_owned(), max_drops: "3".to_owned(), ..WatchForm::default() };
        let order = form.order().expect("an order");
        assert_eq!((order.lasts, order.publish_every, order.max_drops), (Duration::from_mins(30), Some(60), Some(3)));
        let plan = order.plan(Wall::from_millis(0), "h:1883".to_owned(), 120);
        assert_eq!(WatchForm::of(&plan), WatchForm { hours: "0.5".to_owned(), ..form });
        let off = WatchForm { signal_every: "0".to_owned(), publish_every: String::new(), ..WatchForm::default() };
        let order = off.order().expect("an order");
        assert_eq!((order.signal_every, order.publish_every), (None, None));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field() {
        let with = |change: fn(&mut WatchForm)| {
            let mut form = WatchForm::default();
            change(&mut form);
            form.order().expect_err("wrong").0
        };
        assert_eq!(with(|form| form.hours = "201".to_owned()), WatchField::Hours);
        assert_eq!(with(|form| form.hours = "x".to_owned()), WatchField::Hours);
        assert_eq!(with(|form| form.publish_every = "0".to_owned()), WatchField::PublishEvery);
        assert_eq!(with(|form| form.topic = "a/#".to_owned()), WatchField::Topic);
        assert_eq!(with(|form| form.signal_every = "-1".to_owned()), WatchField::SignalEvery);
        assert_eq!(with(|form| form.max_drops = "many".to_owned()), WatchField::MaxDrops);
    }
}
