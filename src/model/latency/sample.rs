//! One publish that came to an end, in few bytes: there may be millions of them.

use std::time::Duration;

use crate::mqtt::Qos;

/// Which part of the way a time belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// From the planned instant to the command's last byte; only in a measuring run.
    Wait,
    /// From the command's last byte to `OK`.
    Modem,
    /// From `OK` to `PUBACK` or `PUBCOMP`.
    Network,
    /// All together.
    Total,
}

impl Part {
    /// All of them, in the order of the way.
    pub const ALL: [Self; 4] = [Self::Wait, Self::Modem, Self::Network, Self::Total];
}

/// How a publish went astray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossKind {
    /// Certainly not sent.
    Failed,
    /// Sent; the confirmation did not come in time.
    TimedOut,
    /// Sent; the session or the link ended before the confirmation.
    Unknown,
}

/// Times of a publish that reached its end, in whole microseconds up to an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    wait: u32,
    accept: u32,
    /// [`NONE`] where there is none.
    ack: u32,
}

impl Times {
    /// `wait` is `None` for a publish that was not planned; `ack` is `None` at QoS 0, which nobody confirms.
    pub fn new(wait: Option<Duration>, accept: Duration, ack: Option<Duration>) -> Self {
        Self { wait: wait.map_or(NONE, micros), accept: micros(accept), ack: ack.map_or(NONE, micros) }
    }

    /// The time of one part, where there is such a part.
    pub fn part(&self, part: Part) -> Option<Duration> {
        self.micros(part).map(|micros| Duration::from_micros(micros.into()))
    }

    /// From the planned instant to the command's last byte; `None` for a publish that was not planned.
    pub fn wait(&self) -> Option<Duration> {
        self.part(Part::Wait)
    }

    /// From the command's last byte to `OK`.
    pub fn accept(&self) -> Duration {
        Duration::from_micros(self.accept.into())
    }

    /// From `OK` to `PUBACK` or `PUBCOMP`; `None` at QoS 0.
    pub fn ack(&self) -> Option<Duration> {
        self.part(Part::Network)
    }

    /// As [`part`](Self::part), in microseconds.
    pub(super) fn micros(&self, part: Part) -> Option<u32> {
        let known = |micros: u32| (micros != NONE).then_some(micros);
        match part {
            Part::Wait => known(self.wait),
            Part::Modem => Some(self.accept),
            Part::Network => known(self.ack),
            Part::Total => {
                let (wait, ack) = (known(self.wait), known(self.ack));
                // Without another part it would be the modem's time over again.
                (wait.is_some() || ack.is_some())
                    .then(|| self.accept.saturating_add(wait.unwrap_or(0)).saturating_add(ack.unwrap_or(0)))
            }
        }
    }
}

/// One publish that came to an end, good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Local time of day, in microseconds since 1970, at which the end was seen.
    pub at_micros: i64,
    /// Quality of service.
    pub qos: Qos,
    /// How it ended.
    pub outcome: Result<Times, LossKind>,
}

/// One kind of points that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeriesKind {
    /// Command to `OK`.
    Modem(Qos),
    /// `OK` to `PUBACK` (QoS 1) or `PUBCOMP` (QoS 2).
    Network(Qos),
    /// From the planned instant (or the command) to the end.
    Total(Qos),
    /// Publishes that went astray, at the height of zero.
    Lost,
}

impl SeriesKind {
    /// All kinds in the order of the legend.
    pub const ALL: [Self; 9] = [
        Self::Network(Qos::AtLeastOnce),
        Self::Network(Qos::ExactlyOnce),
        Self::Modem(Qos::AtMostOnce),
        Self::Modem(Qos::AtLeastOnce),
        Self::Modem(Qos::ExactlyOnce),
        Self::Total(Qos::AtMostOnce),
        Self::Total(Qos::AtLeastOnce),
        Self::Total(Qos::ExactlyOnce),
        Self::Lost,
    ];

    /// The height of `sample` in microseconds, if it belongs to this kind.
    pub fn height(self, sample: &Sample) -> Option<u32> {
        let of = |qos: Qos, part: Part| {
            let times = sample.outcome.ok().filter(|_| qos == sample.qos)?;
            times.micros(part)
        };
        match self {
            Self::Modem(qos) => of(qos, Part::Modem),
            Self::Network(qos) => of(qos, Part::Network),
            Self::Total(qos) => of(qos, Part::Total),
            Self::Lost => sample.outcome.is_err().then_some(0),
        }
    }
}

fn micros(span: Duration) -> u32 {
    u32::try_from(span.as_micros()).unwrap_or(u32::MAX).min(NONE - 1)
}

/// No time of that part.
const NONE: u32 = u32::MAX;
