//! The form of a measuring run: what is typed, what it means, and whether it can be run.

use std::time::Duration;

use crate::{
    air780e::limits,
    lang::Text,
    model::{
        Model,
        latency::{Latency, Measuring},
        plan,
        request::MeasurePlan,
        status::Session,
    },
    mqtt::Qos,
};

/// What is typed in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanForm {
    /// Name of the run.
    pub name: String,
    /// Topic to publish to.
    pub topic: String,
    /// Quality of service.
    pub qos: Qos,
    /// Bytes of each payload, as typed.
    pub bytes: String,
    /// Publishes a second, as typed; may have a fraction.
    pub rate: String,
    /// How many publishes, as typed.
    pub count: String,
}

impl Default for PlanForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            topic: "mqtt/sub".to_owned(),
            qos: Qos::AtLeastOnce,
            bytes: "64".to_owned(),
            rate: "1".to_owned(),
            count: "100".to_owned(),
        }
    }
}

/// The form with what follows from it.
#[derive(Clone, Debug)]
pub struct PlanView<'a> {
    /// What is typed.
    pub form: &'a PlanForm,
    /// What is wrong with each field, if anything: topic, bytes, rate, count.
    pub wrong: [Option<Text>; 4],
    /// What the run will be, or what stands against it.
    pub plan: Result<MeasurePlan, Text>,
    /// How long the plan takes.
    pub lasts: Option<Duration>,
    /// Most publishes a second that the line alone allows, at its rate and this size.
    pub line_rate: Option<f64>,
    /// Whether the plan asks for more than that.
    pub is_beyond_line: bool,
    /// The run under way.
    pub measuring: Option<&'a Measuring>,
}

/// The form. `baud` is the rate of the line, where it means something.
pub fn view<'a>(model: &'a Model, form: &'a PlanForm, baud: Option<u32>) -> PlanView<'a> {
    of(model.latency(), form, model.connection().status().session == Session::Connected, baud)
}

/// The form, while there is a session or none.
pub fn of<'a>(latency: &'a Latency, form: &'a PlanForm, is_connected: bool, baud: Option<u32>) -> PlanView<'a> {
    let topic = form.topic.trim().parse().map_err(|error| crate::view::fault::topic_text(&error));
    let bytes = number(&form.bytes, 1, limits::MPUBEX_BYTES as u64);
    let count = number(&form.count, 1, MOST_COUNT);
    let period = period(&form.rate);
    let wrong = [topic.clone().err(), bytes.clone().err(), period.clone().err(), count.clone().err()];
    let typed = topic.and_then(|topic| {
        Ok(MeasurePlan {
            topic,
            qos: form.qos,
            bytes: usize::try_from(bytes?).unwrap_or(usize::MAX),
            period: period?,
            count: u32::try_from(count?).unwrap_or(u32::MAX),
            reads_signal: true,
        })
    });
    let line_rate =
        typed.as_ref().ok().zip(baud.filter(|baud| *baud > 0)).and_then(|(plan, baud)| line_rate(plan, baud));
    let lasts = typed.as_ref().ok().map(|plan| plan.period.saturating_mul(plan.count - 1));
    let is_beyond_line =
        typed.as_ref().is_ok_and(|plan| line_rate.is_some_and(|rate| plan.period.as_secs_f64() * rate < 1.0));
    let plan = if latency.measuring().is_some() {
        Err(Text::new("measure-why-running"))
    } else if !is_connected {
        Err(Text::new("measure-why-not-connected"))
    } else {
        typed
    };
    PlanView { form, wrong, plan, lasts, line_rate, is_beyond_line, measuring: latency.measuring() }
}

fn number(text: &str, least: u64, most: u64) -> Result<u64, Text> {
    let number = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| Text::new("measure-wrong-number").with("least", least).with("most", most))
}

/// From one publish to the next, at so many a second.
fn period(rate: &str) -> Result<Duration, Text> {
    let rate: Option<f64> = rate.trim().replace(',', ".").parse().ok();
    let rate = rate.filter(|rate| (SLOWEST..=FASTEST).contains(rate));
    rate.map(|rate| Duration::from_secs_f64(1.0 / rate)).ok_or_else(|| Text::new("measure-wrong-rate"))
}

/// The bytes of one publish both ways: the command, its echo, `OK` and the acknowledgement, one after the other.
#[expect(clippy::cast_precision_loss, reason = "a few thousand bytes")]
fn line_rate(measure: &MeasurePlan, baud: u32) -> Option<f64> {
    let planned = plan::publish(&measure.message(measure.count)).ok()?;
    let data = if planned.has_data { measure.bytes + PROMPT_BYTES } else { 0 };
    let acknowledged = if measure.qos == Qos::AtMostOnce { 0 } else { ACK_BYTES };
    let bytes = (planned.line.len() + 1) * 2 + data + OK_BYTES + acknowledged;
    Some(f64::from(baud) / (bytes * BITS_PER_BYTE) as f64)
}

/// Start bit, eight data bits, stop bit.
const BITS_PER_BYTE: usize = 10;
/// `\r\n>`.
const PROMPT_BYTES: usize = 3;
/// `\r\nOK\r\n`.
const OK_BYTES: usize = 6;
/// `\r\nPUBACK\r\n`.
const ACK_BYTES: usize = 10;
const MOST_COUNT: u64 = 1_000_000;
/// One in a quarter of an hour.
const SLOWEST: f64 = 1.0 / 900.0;
const FASTEST: f64 = 100.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(form: &PlanForm) -> [Option<&'static str>; 4] {
        let latency = Latency::default();
        of(&latency, form, true, None).wrong.map(|wrong| wrong.map(|text| text.key()))
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        assert_eq!(keys(&PlanForm::default()), [None; 4]);
        let form = PlanForm {
            topic: "a/#".to_owned(),
            bytes: "5000".to_owned(),
            rate: "0".to_owned(),
            count: "x".to_owned(),
            ..PlanForm::default()
        };
        let expected =
            ["fault-topic-wildcard", "measure-wrong-number", "measure-wrong-rate", "measure-wrong-number"].map(Some);
        assert_eq!(keys(&form), expected);
    }

    #[test]
    fn a_rate_beyond_the_line_is_said_before_it_is_tried() {
        let latency = Latency::default();
        let form = PlanForm { rate: "100".to_owned(), bytes: "1000".to_owned(), ..PlanForm::default() };
        let view = of(&latency, &form, true, Some(115_200));
        let rate = view.line_rate.expect("a rate");
        assert!(view.is_beyond_line && (5.0..6.0).contains(&rate), "{rate}");
        assert!(!of(&latency, &PlanForm::default(), true, Some(115_200)).is_beyond_line);
        assert_eq!(of(&latency, &form, true, None).line_rate, None, "on USB the rate means nothing");
    }

    #[test]
    fn a_plan_counts_from_its_first_publish() {
        let latency = Latency::default();
        let form = PlanForm { rate: "2".to_owned(), count: "5".to_owned(), ..PlanForm::default() };
        let view = of(&latency, &form, true, None);
        assert_eq!(view.lasts, Some(Duration::from_secs(2)));
        assert_eq!(view.plan.map(|plan| plan.period), Ok(Duration::from_millis(500)));
        let text = of(&latency, &form, false, None).plan.expect_err("no session");
        assert_eq!(text.key(), "measure-why-not-connected");
    }
}
