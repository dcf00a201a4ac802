//! The loop: bytes from the link to the modem, bytes from the modem to the link, time and wishes to the modem, events
//! to the outbox. It decides nothing about the modem and waits for nothing but its link.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender};

use super::{
    clock::{Clock, LinkStart},
    outbox::{LIMITS, Outbox},
    recording::{RecordInto, Recording},
};
use crate::{
    link::{Link, LinkError},
    modem::{
        Modem, Transmit,
        event::{Event, PortFault},
        request::{Request, RequestId},
    },
    time::{Moment, WallAnchor},
    trace::Header,
};

/// What the thread is given when it starts.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) port: String,
    pub(super) is_simulated: bool,
    pub(super) requests: Receiver<(RequestId, Request)>,
    pub(super) events: Sender<Event>,
    pub(super) stop: Arc<AtomicBool>,
    /// When this link was first opened, if it was lost since and came back.
    pub(super) earlier: Option<LinkStart>,
}

impl Task {
    /// Opens the link, serves it to its end and tells everything to the last event. A panic becomes
    /// [`PortFault::WorkerDied`].
    pub(super) fn run<C: Clock>(
        self,
        open: impl FnOnce() -> Result<Box<dyn Link>, LinkError>,
        start_clock: impl FnOnce() -> (C, WallAnchor),
        record: Option<RecordInto>,
        wake: &dyn Fn(),
    ) {
        let mut outbox = Outbox::new(self.events.clone(), LIMITS);
        if let Err(end) = self.open_and_serve(open, start_clock, record, &mut outbox, wake) {
            self.refuse_requests();
            outbox.push(end);
        }
        drop(self);
        outbox.finish(wake);
    }

    /// An error is the event that ends it, when the modem could not tell it itself.
    fn open_and_serve<C: Clock>(
        &self,
        open: impl FnOnce() -> Result<Box<dyn Link>, LinkError>,
        start_clock: impl FnOnce() -> (C, WallAnchor),
        record: Option<RecordInto>,
        outbox: &mut Outbox,
        wake: &dyn Fn(),
    ) -> Result<(), Event> {
        let link = match catch_unwind(AssertUnwindSafe(open)) {
            Ok(Ok(link)) => link,
            Ok(Err(error)) => return Err(closed(self.unopened(), port_fault(&self.port, error))),
            Err(panic) => return Err(closed(self.unopened(), self.died(&*panic))),
        };
        let (mut clock, anchor) = start_clock();
        let opened = Event::Opened { port: self.port.clone(), anchor, is_simulated: self.is_simulated };
        outbox.push(opened);
        let recording = Recording::start(record, &self.header(anchor));
        let stirred = if self.earlier.is_some() { clock.now() } else { Moment::ZERO };
        let modem = Modem::new(stirred);
        let driver = Driver { task: self, link, clock: &mut clock, modem, recording, outbox, wake, stirred };
        catch_unwind(AssertUnwindSafe(|| driver.serve())).map_err(|panic| closed(clock.now(), self.died(&*panic)))
    }

    /// The moment of a link that does not open.
    fn unopened(&self) -> Moment {
        self.earlier.map_or(Moment::ZERO, LinkStart::now)
    }

    /// From now on whoever asks is told that it is too late.
    fn refuse_requests(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn header(&self, anchor: WallAnchor) -> Header {
        let opened = anchor.at(Moment::ZERO).to_rfc3339();
        Header { port: self.port.clone(), opened, is_simulated: self.is_simulated }
    }

    fn died(&self, panic: &(dyn Any + Send)) -> PortFault {
        let detail = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned());
        PortFault::WorkerDied { port: self.port.clone(), detail }
    }
}

/// Why the loop ends.
#[derive(Debug)]
enum End {
    /// It was asked for.
    Stopped,
    /// The port is of no more use.
    Fault(PortFault),
}

struct Driver<'a, C> {
    task: &'a Task,
    link: Box<dyn Link>,
    clock: &'a mut C,
    modem: Modem,
    recording: Recording,
    outbox: &'a mut Outbox,
    wake: &'a dyn Fn(),
    /// When bytes, a wish or an event last passed.
    stirred: Moment,
}

impl<C: Clock> Driver<'_, C> {
    fn serve(mut self) {
        let end = loop {
            if let Err(end) = self.turn() {
                break end;
            }
        };
        let fault = match end {
            End::Stopped => None,
            End::Fault(fault) => Some(fault),
        };
        let now = self.clock.now();
        self.task.refuse_requests();
        // Wishes that wait in the channel end like those that run.
        while let Ok((id, request)) = self.task.requests.try_recv() {
            self.modem.request(now, id, request);
        }
        self.modem.handle_closed(now, fault);
        // Whoever learns of the end may read the recording, or go on with it.
        std::mem::take(&mut self.recording).finish();
        self.tell();
    }

    fn turn(&mut self) -> Result<(), End> {
        self.settle()?;
        while let Ok((id, request)) = self.task.requests.try_recv() {
            let now = self.clock.now();
            self.stirred = now;
            self.modem.request(now, id, request);
            self.settle()?;
        }
        let wait = self.quiet_time();
        self.read(wait)?;
        self.tick();
        Ok(())
    }

    /// Writes and tells until the modem has nothing more to write or to tell.
    fn settle(&mut self) -> Result<(), End> {
        self.tell();
        while let Some(transmit) = self.modem.poll_transmit() {
            self.write(&transmit)?;
            self.tell();
        }
        self.check_stop()
    }

    fn write(&mut self, transmit: &Transmit) -> Result<(), End> {
        let mut rest = transmit.bytes.as_slice();
        let mut last_progress = self.clock.now();
        while !rest.is_empty() {
            let slice = rest.split_at_checked(WRITE_SLICE).map_or(rest, |(slice, _)| slice);
            let count = self.link.write(slice).map_err(|error| self.lost(error))?;
            rest = rest.get(count..).unwrap_or_default();
            if count > 0 {
                last_progress = self.clock.now();
            } else if self.clock.now().since(last_progress) >= WRITE_LIMIT {
                return Err(self.fault("it takes no more bytes; unplug the device and plug it in again"));
            }
            if !rest.is_empty() {
                self.read(Duration::ZERO)?;
                self.tick();
                self.check_stop()?;
                if self.modem.is_transmit_void() {
                    break;
                }
            }
        }
        let now = self.clock.now();
        let written = transmit.bytes.len() - rest.len();
        let secret = transmit.secret.iter().map(|range| range.start.min(written)..range.end.min(written));
        self.recording.sent(now, &transmit.bytes[..written], &secret.collect::<Vec<_>>());
        self.modem.handle_sent(now);
        Ok(())
    }

    /// Reads once and stamps what came with the time of its arrival.
    fn read(&mut self, wait: Duration) -> Result<(), End> {
        let mut buffer = [0; READ_BYTES];
        let count = self.link.read(&mut buffer, wait).map_err(|error| self.lost(error))?;
        if count > 0 {
            let now = self.clock.now();
            self.stirred = now;
            let bytes = buffer.get(..count).unwrap_or_default();
            self.recording.received(now, bytes);
            self.modem.handle_bytes(now, bytes);
        }
        self.tell();
        Ok(())
    }

    fn tick(&mut self) {
        let now = self.clock.now();
        self.recording.pass(now);
        if self.modem.poll_timeout().is_some_and(|due| due <= now) {
            self.modem.handle_timeout(now);
            self.tell();
        }
    }

    /// How long nothing needs to be done unless bytes come.
    fn quiet_time(&mut self) -> Duration {
        let now = self.clock.now();
        let slice = if now.since(self.stirred) < REST_AFTER { READ_SLICE } else { REST_SLICE };
        self.modem.poll_timeout().map_or(slice, |due| due.since(now).min(slice))
    }

    fn tell(&mut self) {
        while let Some(event) = self.modem.poll_event() {
            self.outbox.push(event);
        }
        if self.outbox.pump() {
            self.stirred = self.clock.now();
            (self.wake)();
        }
    }

    fn check_stop(&self) -> Result<(), End> {
        if self.task.stop.load(Ordering::Relaxed) { Err(End::Stopped) } else { Ok(()) }
    }

    fn lost(&self, error: LinkError) -> End {
        End::Fault(port_fault(&self.task.port, error))
    }

    fn fault(&self, detail: &str) -> End {
        End::Fault(PortFault::Other { port: self.task.port.clone(), detail: detail.to_owned() })
    }
}

fn closed(at: Moment, fault: PortFault) -> Event {
    Event::Closed { at, fault: Some(fault) }
}

/// What the outside learns of a link's error.
pub fn port_fault(port: &str, error: LinkError) -> PortFault {
    let port = port.to_owned();
    match error {
        LinkError::Missing => PortFault::Missing { port },
        LinkError::Busy => PortFault::Busy { port },
        LinkError::NoPermission { group } => PortFault::NoPermission { port, group },
        LinkError::Gone => PortFault::Unplugged { port },
        LinkError::NotSerial => PortFault::NotSerial { port },
        LinkError::Other(detail) => PortFault::Other { port, detail },
    }
}

/// Longest read, so that a wish never waits longer than this.
const READ_SLICE: Duration = Duration::from_millis(10);
/// Longest read while nothing happens: a connection at rest costs next to nothing, and no hand notices the wait.
const REST_SLICE: Duration = Duration::from_millis(50);
/// So long after the last byte, wish or event a connection is at rest.
const REST_AFTER: Duration = Duration::from_secs(2);
const READ_BYTES: usize = 4_096;
/// Bytes written before the next look at what came in.
const WRITE_SLICE: usize = 256;
/// A port that takes no byte for so long is stuck.
const WRITE_LIMIT: Duration = Duration::from_secs(5);
