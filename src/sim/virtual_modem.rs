//! The virtual Air780E: owns all its parts, the agenda and the two ways out (the line and the network).
//!
//! No I/O and no clock: its user carries bytes, network events and time.

use std::{collections::VecDeque, time::Duration};

use crate::time::Moment;

use super::{
    Steer, VirtualSpec,
    agenda::Agenda,
    client::Timer,
    clock::Clock,
    commands::Settings,
    context::{AccessPoint, Context},
    device::{Device, Power},
    files::Files,
    line::Line,
    net::{LinkId, NetEvent, NetRequest},
    radio::{RadioState, RadioStep},
    rng::Rng,
    session::Session,
    shell::{Answer, Data, DataEnd, Mode, Shell},
    tls_settings::TlsSettings,
    truth::{Fact, Truth, Way},
    wire_faults::WireFaults,
};

/// What is on the agenda.
#[derive(Debug)]
pub(super) enum Task {
    /// Bytes from the PC have arrived completely.
    Input(Vec<u8>),
    /// Run the next call of the command line.
    Execute,
    /// End the running call.
    Finish(Answer),
    /// The data of a prompt goes to its target.
    Store(Box<Data>, DataEnd),
    /// The PC has been silent since the silence of this number began.
    DataSilence(u64),
    /// A step of boot.
    Boot(BootStep),
    /// A step of registration, valid for one generation.
    Radio(RadioStep, u64),
    /// A request has passed the mobile network.
    Uplink(NetRequest),
    /// An event has passed the mobile network.
    Downlink(NetEvent),
    /// A connection attempt has lasted too long.
    ConnectLimit(LinkId),
    /// `AT+CIPPING` has waited long enough.
    PingLimit,
    /// `AT+CDNSGIP` has waited long enough.
    LookupLimit,
    /// A timer of the MQTT client.
    Mqtt(Timer, u64),
    /// A word that follows `OK` at once.
    Word(&'static str),
    /// A line that follows `OK` at once.
    Report(String),
    /// Start again.
    Restart,
}

/// A step of boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BootStep {
    Banner,
    Ready,
}

/// Where the time went, as the module itself counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// From the end of each command line to the last byte of the last line the PC must wait for: the final result, or
    /// the network's word (`CONNECT OK`, `CONNACK OK`, `SUBACK`, …).
    pub answering: Duration,
    /// What the bytes of the PC took on the line.
    pub receiving: Duration,
}

/// A simulated module, pure.
///
/// After any of the `handle_` methods and [`steer`](Self::steer), poll [`poll_transmit`](Self::poll_transmit) and
/// [`poll_net`](Self::poll_net) until each is empty, then wait for bytes, a network event or
/// [`poll_timeout`](Self::poll_timeout). Moments never go back.
#[derive(Debug)]
pub struct VirtualModem {
    pub(super) device: Device,
    pub(super) rng: Rng,
    pub(super) agenda: Agenda<Task>,
    pub(super) line: Line,
    pub(super) shell: Shell,
    pub(super) settings: Settings,
    /// What `AT&W` stored.
    pub(super) saved: Settings,
    pub(super) clock: Clock,
    pub(super) radio: RadioState,
    pub(super) session: Session,
    pub(super) files: Files,
    pub(super) context: Context,
    /// `AT+FSREADHEAD`: whether file contents come with a head.
    pub(super) is_reading_with_head: bool,
    /// What `AT+SSLCFG` set; lost at restart.
    pub(super) tls_settings: TlsSettings,
    /// What `AT+CPNETAPN` stored.
    pub(super) access_point: Option<AccessPoint>,
    /// Whether it is in use: before V1161 not after a restart (reference, section 6.2).
    pub(super) is_access_point_active: bool,
    /// Whether `AT+CPNETAPN` ever stored something.
    pub(super) was_access_point_set: bool,
    pub(super) spent: Spent,
    /// Reports held back until the port knows the rate.
    held: Vec<String>,
    baud: u32,
    net_out: VecDeque<NetRequest>,
    uplink_until: Moment,
    downlink_until: Moment,
    /// What is wrong on the line and in the network.
    pub(super) faults: WireFaults,
    /// What was asked for beforehand; no restart forgets it.
    timeline: Agenda<Steer>,
    pub(super) truth: Option<Truth>,
    /// What `AT*EXINFO?` tells about the last start.
    pub(super) start_reason: u8,
}

/// 2024-10-11 07:38:35 UTC, the day of the tutorial's log.
const DEFAULT_UTC: i64 = 1_728_632_315;
/// `AT*EXINFO`: power key or power.
const STARTED_BY_POWER: u8 = 0;
/// `AT*EXINFO`: software reset.
const STARTED_BY_SOFTWARE: u8 = 3;
/// `AT*EXINFO`: exception.
const STARTED_BY_FAULT: u8 = 6;
/// From this firmware on a stored rate ends the automatic one.
const KEEPS_RATE_SINCE: u16 = 1_162;
/// From this firmware on the stored access point holds after a restart.
const KEEPS_ACCESS_POINT_SINCE: u16 = 1_161;

impl VirtualModem {
    /// The module that `spec` describes, whose link opens at `now`.
    pub fn new(spec: &VirtualSpec, now: Moment) -> Self {
        let device = spec.device.clone();
        let is_running = device.power == Power::Running;
        let mut modem = Self {
            rng: Rng::new(spec.seed),
            agenda: Agenda::new(),
            line: Line::new(spec.baud),
            shell: Shell::new(if is_running { Mode::Line } else { Mode::Off }, is_running || !device.is_auto_baud),
            settings: Settings::default(),
            saved: Settings::default(),
            clock: Clock::new(device.utc_at_open.unwrap_or(DEFAULT_UTC)),
            radio: RadioState::new(&device),
            session: Session::default(),
            files: Files::new(device.identity.chip, &device.identity.firmware.suffix),
            context: Context::default(),
            is_reading_with_head: false,
            tls_settings: TlsSettings::default(),
            access_point: None,
            is_access_point_active: false,
            was_access_point_set: false,
            spent: Spent::default(),
            held: Vec::new(),
            baud: spec.baud,
            net_out: VecDeque::new(),
            uplink_until: now,
            downlink_until: now,
            faults: WireFaults::default(),
            timeline: Agenda::new(),
            truth: spec.truth.as_ref().map(|_| Truth::default()),
            start_reason: STARTED_BY_POWER,
            device,
        };
        for file in &spec.files {
            modem.files.preset(&file.name, &file.bytes);
        }
        for (after, steer) in &spec.timeline {
            modem.timeline.add(now + *after, *steer);
        }
        if is_running {
            modem.settle_radio();
        } else {
            modem.boot(now);
        }
        modem
    }

    /// Takes bytes that the PC starts to send at `now`; they arrive at the pace of the line.
    pub fn handle_bytes(&mut self, now: Moment, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let arrival = self.line.arrival(now, bytes.len());
        self.spent.receiving += self.line.span(bytes.len() as u64);
        let bytes = self.pass_line(now, Way::In, bytes);
        self.agenda.add(arrival, Task::Input(bytes));
        self.handle_timeout(now);
    }

    /// Takes what the network says; it reaches the module after the way through the air.
    pub fn handle_net(&mut self, now: Moment, event: NetEvent) {
        let held_up = self.hold_up(now, &event);
        let arrival = (now + self.device.timing.air.draw(&mut self.rng) + held_up).max(self.downlink_until);
        self.downlink_until = arrival;
        self.agenda.add(arrival, Task::Downlink(event));
        self.handle_timeout(now);
    }

    /// Learns that `now` has come.
    pub fn handle_timeout(&mut self, now: Moment) {
        loop {
            if let Some((_, steer)) = self.timeline.take_due(now) {
                self.take_hand(now, steer);
            } else if let Some((_, task)) = self.agenda.take_due(now) {
                self.perform(now, task);
            } else {
                return;
            }
        }
    }

    /// The bytes that have reached the PC by `now`.
    pub fn poll_transmit(&mut self, now: Moment) -> Option<Vec<u8>> {
        let bytes = self.line.take(now)?;
        Some(self.pass_line(now, Way::Out, &bytes))
    }

    /// The next request to the network.
    pub fn poll_net(&mut self) -> Option<NetRequest> {
        self.net_out.pop_front()
    }

    /// When [`handle_timeout`](Self::handle_timeout) and [`poll_transmit`](Self::poll_transmit) must be called at the
    /// latest.
    pub fn poll_timeout(&self) -> Option<Moment> {
        [self.agenda.next(), self.timeline.next(), self.line.next()].into_iter().flatten().min()
    }

    /// Does something to the module from outside.
    pub fn steer(&mut self, now: Moment, steer: Steer) {
        self.take_hand(now, steer);
        self.handle_timeout(now);
    }

    fn take_hand(&mut self, now: Moment, steer: Steer) {
        self.note(now, || Fact::Steered { line: steer.to_string() });
        match steer {
            Steer::RemoveSim => self.remove_card(now),
            Steer::InsertSim => self.insert_card(now),
            Steer::Signal(rssi) => self.change_signal(now, rssi),
            Steer::Registration(stat) => self.change_registration(now, stat),
            Steer::DropBearer { back_after } => self.drop_bearer(now, back_after),
            Steer::RestoreBearer => self.set_bearer(now, true),
            Steer::Restart => self.restart(now, STARTED_BY_POWER),
            Steer::Crash => self.crash(now),
            Steer::PowerOff => {
                self.switch_off(now);
                self.line.clear();
            }
            Steer::Swallow(is_swallowing) => self.faults.is_swallowing = is_swallowing,
            Steer::Kick => self.kick(now),
            Steer::Delay(delay) => self.faults.delay = delay,
            Steer::Lose(share) => self.faults.lost = share,
            Steer::Garble(share) => self.faults.garbled = share,
            // Time is the host's.
            Steer::Speed(_) => {}
        }
    }

    /// Where the time went so far.
    pub const fn spent(&self) -> Spent {
        self.spent
    }

    fn perform(&mut self, now: Moment, task: Task) {
        match task {
            Task::Input(bytes) => self.take_input(now, &bytes),
            Task::Execute => self.execute(now),
            Task::Finish(answer) => self.finish(now, answer),
            Task::Store(data, end) => self.store_data(now, *data, end),
            Task::DataSilence(number) => self.data_silence(now, number),
            Task::Boot(step) => self.boot_step(now, step),
            Task::Radio(step, generation) => self.radio_step(now, step, generation),
            Task::Uplink(request) => self.net_out.push_back(request),
            Task::Downlink(event) => self.take_net(now, event),
            Task::ConnectLimit(id) => self.connect_limit(now, id),
            Task::PingLimit => self.ping_limit(now),
            Task::LookupLimit => self.lookup_limit(now),
            Task::Mqtt(timer, generation) => self.mqtt_timer(now, timer, generation),
            Task::Word(text) => self.outcome(now, text),
            Task::Report(text) => self.outcome(now, &text),
            Task::Restart => self.restart(now, STARTED_BY_SOFTWARE),
        }
    }

    /// Sends a request on its way through the air.
    pub(super) fn ask_net(&mut self, now: Moment, request: NetRequest) {
        if self.faults.is_swallowing && !matches!(request, NetRequest::Close { .. }) {
            self.note(now, || Fact::Swallowed { way: Way::Out });
            return;
        }
        self.note_request(now, &request);
        let arrival = (now + self.device.timing.air.draw(&mut self.rng)).max(self.uplink_until);
        self.uplink_until = arrival;
        self.agenda.add(arrival, Task::Uplink(request));
    }

    /// Prints an unsolicited line, or keeps it until the port knows the rate.
    pub(super) fn report(&mut self, now: Moment, text: &str) {
        if self.shell.is_trained {
            self.say(now, text);
        } else {
            self.held.push(text.to_owned());
        }
    }

    pub(super) fn release_reports(&mut self, now: Moment) {
        for text in std::mem::take(&mut self.held) {
            self.say(now, &text);
        }
    }

    /// Loses everything that does not survive a restart (reference, section 17) and boots.
    pub(super) fn restart(&mut self, now: Moment, reason: u8) {
        if let Some(id) = self.session.link() {
            let close = NetRequest::Close { id };
            self.note_request(now, &close);
            self.net_out.push_back(close);
        }
        self.agenda.clear();
        self.line.clear();
        self.start_reason = reason;
        self.settings = self.saved.clone();
        self.apply_baud();
        self.session = self.session.after_restart();
        self.context = Context::default();
        self.is_reading_with_head = false;
        self.is_access_point_active &= self.device.identity.firmware.version >= KEEPS_ACCESS_POINT_SINCE;
        self.tls_settings = TlsSettings::default();
        self.radio.power_off();
        self.clock.forget();
        self.held.clear();
        self.boot(now);
    }

    /// A fault of the firmware ends the module's run.
    pub(super) fn crash(&mut self, now: Moment) {
        self.restart(now, STARTED_BY_FAULT);
    }

    /// Ends everything but what is already on the line; only [`Steer::Restart`] wakes it again.
    pub(super) fn switch_off(&mut self, now: Moment) {
        if let Some(id) = self.session.link() {
            self.ask_net(now, NetRequest::Close { id });
        }
        self.agenda.retain(|task| matches!(task, Task::Uplink(_)));
        self.shell.mode = Mode::Off;
        self.session = self.session.after_restart();
        self.radio.power_off();
    }

    /// Takes the stored or newly chosen rate into use.
    pub(super) fn apply_baud(&mut self) {
        self.line.set_baud(if self.settings.ipr == 0 { self.baud } else { self.settings.ipr });
    }

    fn boot(&mut self, now: Moment) {
        let keeps_rate = self.settings.ipr != 0 && self.device.identity.firmware.version >= KEEPS_RATE_SINCE;
        let is_trained = !self.device.is_auto_baud || keeps_rate;
        self.shell = Shell::new(Mode::Off, is_trained);
        self.shell.is_echoing = self.settings.is_echoing;
        let times = self.device.timing.boot;
        let banner = now + times.banner.draw(&mut self.rng);
        let ready = now + times.ready.draw(&mut self.rng);
        self.agenda.add(banner, Task::Boot(BootStep::Banner));
        self.agenda.add(ready.max(banner), Task::Boot(BootStep::Ready));
    }

    fn boot_step(&mut self, now: Moment, step: BootStep) {
        match step {
            // The loader speaks at its own fixed rate, before any training; `\n` is literal text (reference, section 3).
            BootStep::Banner => {
                self.note_line(now, "^boot.rom'v'!");
                self.line.push(now, self.device.identity.chip.banner());
            }
            BootStep::Ready => {
                self.shell.mode = Mode::Line;
                for _ in 0..self.device.identity.chip.ready_reports() {
                    self.report(now, "RDY");
                }
                self.start_radio(now);
            }
        }
    }
}
