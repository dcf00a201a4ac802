//! Card, registration and bearer, and the reports they make on their way (reference, section 3).

use std::time::Duration;

use crate::time::Moment;

use super::{Device, VirtualModem, shell::Failure, virtual_modem::Task};

/// The step between two states of the radio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RadioStep {
    /// The card can be asked from here on.
    CardReady,
    /// The network accepts the module.
    Registered,
    /// The first bearer gets its address.
    BearerUp,
    /// The network tells the time.
    NetworkTime,
}

/// Registration states that carry data.
const HOME: u8 = 1;
const ROAMING: u8 = 5;
const SEARCHING: u8 = 2;
/// Wrong PINs until the card blocks itself.
pub(super) const PIN_TRIES: u8 = 3;
/// From this firmware on the line of a plugged card ends as every other.
const ENDS_PLUG_LINE_SINCE: u16 = 1_161;
/// `AT+CSQ` without a cell.
const NO_SIGNAL: u8 = 99;

/// What the slot holds.
#[derive(Clone, Debug)]
pub(super) struct CardState {
    pub(super) is_present: bool,
    pub(super) is_locked: bool,
    /// Wrong PINs that may still be given; none blocks the card.
    pub(super) pin_tries: u8,
    /// Whether it can be asked already.
    pub(super) is_ready: bool,
}

/// What the radio is doing.
#[derive(Clone, Debug)]
pub(super) struct RadioState {
    pub(super) card: CardState,
    /// `AT+CFUN`: 0 minimum, 1 full, 4 flight.
    pub(super) function: u8,
    pub(super) stat: u8,
    /// Where registration will end.
    wanted: u8,
    pub(super) rssi: u8,
    pub(super) is_attached: bool,
    pub(super) has_bearer: bool,
    /// Steps of an older generation do not count any more.
    generation: u64,
}

impl RadioState {
    pub(super) fn new(device: &Device) -> Self {
        Self {
            card: CardState {
                is_present: device.card.is_present,
                is_locked: device.card.pin.is_some(),
                pin_tries: if device.card.is_blocked { 0 } else { PIN_TRIES },
                is_ready: false,
            },
            function: 1,
            stat: 0,
            wanted: device.radio.registration,
            rssi: device.radio.rssi,
            is_attached: false,
            has_bearer: false,
            generation: 0,
        }
    }

    pub(super) fn power_off(&mut self) {
        self.generation += 1;
        self.card.is_ready = false;
        self.stat = 0;
        self.is_attached = false;
        self.has_bearer = false;
        self.function = 1;
    }

    /// Fails unless the card is in, awake and unlocked.
    pub(super) const fn usable_card(&self) -> Result<(), Failure> {
        match (self.card.is_present, self.card.is_ready, self.card.is_locked) {
            (true, true, _) if self.card.pin_tries == 0 => Err(Failure::PUK_REQUIRED),
            (false, _, _) => Err(Failure::NO_SIM),
            (true, false, _) => Err(Failure::SIM_BUSY),
            (true, true, true) => Err(Failure::PIN_REQUIRED),
            (true, true, false) => Ok(()),
        }
    }

    /// Fails unless the card is in and awake; the PIN does not matter.
    pub(super) const fn readable_card(&self) -> Result<(), Failure> {
        match (self.card.is_present, self.card.is_ready) {
            (false, _) => Err(Failure::NO_SIM),
            (true, false) => Err(Failure::SIM_BUSY),
            (true, true) => Ok(()),
        }
    }

    /// What `AT+CSQ` shows: without a radio there is no cell.
    pub(super) const fn shown_rssi(&self) -> u8 {
        if self.function == 1 { self.rssi } else { NO_SIGNAL }
    }

    pub(super) const fn is_registered(&self) -> bool {
        matches!(self.stat, HOME | ROAMING)
    }

    const fn can_register(&self) -> bool {
        self.usable_card().is_ok()
            && self.function == 1
            && self.rssi != NO_SIGNAL
            && matches!(self.wanted, HOME | ROAMING)
    }
}

impl VirtualModem {
    /// Takes over the state of a module that has been running for a while, without a report.
    pub(super) fn settle_radio(&mut self) {
        self.radio.card.is_ready = true;
        if self.radio.can_register() {
            self.radio.stat = self.radio.wanted;
            self.radio.is_attached = true;
            self.radio.has_bearer = self.is_access_granted();
            if self.device.has_network_time {
                self.clock.follow_network();
            }
        } else {
            self.radio.stat = self.failed_stat();
        }
    }

    /// Begins with the card after boot or after the radio was switched on.
    pub(super) fn start_radio(&mut self, now: Moment) {
        self.radio.generation += 1;
        self.later(now, RadioStep::CardReady);
    }

    pub(super) fn radio_step(&mut self, now: Moment, step: RadioStep, generation: u64) {
        if generation != self.radio.generation {
            return;
        }
        match step {
            RadioStep::CardReady => self.card_ready(now),
            RadioStep::Registered => self.registered(now),
            RadioStep::BearerUp => self.bearer_up(now),
            RadioStep::NetworkTime => {
                self.clock.follow_network();
                let text = self.clock.nitz_text(now, self.device.identity.chip);
                self.report(now, &text);
            }
        }
    }

    fn later(&mut self, now: Moment, step: RadioStep) {
        let times = self.device.timing.boot;
        let span = match step {
            RadioStep::CardReady => times.card,
            RadioStep::Registered => times.registration,
            RadioStep::BearerUp => times.bearer,
            RadioStep::NetworkTime => times.network_time,
        };
        let at = now + span.draw(&mut self.rng);
        self.agenda.add(at, Task::Radio(step, self.radio.generation));
    }

    fn card_ready(&mut self, now: Moment) {
        self.radio.card.is_ready = true;
        let state = match self.radio.usable_card() {
            Ok(()) => "+CPIN: READY",
            Err(Failure::NO_SIM) => "+CPIN: SIM REMOVED",
            Err(Failure::PUK_REQUIRED) => "+CPIN: SIM PUK",
            Err(_) => "+CPIN: SIM PIN",
        };
        self.report(now, state);
        self.search(now);
    }

    /// Looks for a network; without card or signal it reports that there is no service.
    pub(super) fn search(&mut self, now: Moment) {
        if self.radio.can_register() {
            self.set_stat(now, SEARCHING);
            self.later(now, RadioStep::Registered);
        } else {
            let stat = self.failed_stat();
            self.set_stat(now, stat);
            self.report(now, "^MODE: 0,0");
            self.report(now, "+NO Service");
        }
    }

    /// The state that stands for this failure: searching without a cell, the network's own word otherwise.
    const fn failed_stat(&self) -> u8 {
        if self.radio.usable_card().is_err() || self.radio.function != 1 {
            0
        } else if self.radio.rssi == NO_SIGNAL {
            SEARCHING
        } else {
            self.radio.wanted
        }
    }

    fn registered(&mut self, now: Moment) {
        let stat = self.radio.wanted;
        self.set_stat(now, stat);
        self.report(now, "^MODE: 17,17");
        self.report(now, "+E_UTRAN Service");
        self.radio.is_attached = true;
        self.later(now, RadioStep::BearerUp);
    }

    fn bearer_up(&mut self, now: Moment) {
        if !self.radio.is_attached || !self.is_access_granted() {
            return;
        }
        let is_first = !self.radio.has_bearer;
        self.radio.has_bearer = true;
        if is_first {
            self.report(now, "+CGEV: ME PDN ACT 1,0");
        }
        if self.device.has_network_time {
            self.later(now, RadioStep::NetworkTime);
        }
    }

    /// Changes the registration state and tells it where `AT+CREG` and its kin asked for reports.
    fn set_stat(&mut self, now: Moment, stat: u8) {
        if self.radio.stat == stat {
            return;
        }
        self.radio.stat = stat;
        for (prefix, mode) in self.settings.registration_reports() {
            if mode > 0 {
                let text = format!("{prefix}: {}", self.registration_text(mode));
                self.report(now, &text);
            }
        }
    }

    /// `1` or `1,"1A2B","0C3D4E5F",7`: the state, and with mode 2 where and how.
    pub(super) fn registration_text(&self, mode: u8) -> String {
        let radio = &self.device.radio;
        if mode >= 2 && self.radio.is_registered() {
            format!("{},\"{}\",\"{}\",7", self.radio.stat, radio.tac, radio.cell)
        } else {
            self.radio.stat.to_string()
        }
    }

    pub(super) fn remove_card(&mut self, now: Moment) {
        if !self.radio.card.is_present {
            return;
        }
        self.radio.card.is_present = false;
        self.report_plug(now, "+CPIN: SIM REMOVED 0");
        self.lose_service(now);
    }

    /// Before V1161 the line of a plugged card lacked its final line end (reference, section 3).
    fn report_plug(&mut self, now: Moment, text: &str) {
        if self.device.identity.firmware.version >= ENDS_PLUG_LINE_SINCE || !self.shell.is_trained {
            self.report(now, text);
        } else {
            self.say_unfinished(now, text);
        }
    }

    pub(super) fn insert_card(&mut self, now: Moment) {
        if self.radio.card.is_present {
            return;
        }
        self.radio.card.is_present = true;
        self.radio.card.is_locked = self.device.card.pin.is_some();
        self.report_plug(now, if self.radio.card.is_locked { "+CPIN: SIM PIN" } else { "+CPIN: READY 0" });
        self.search(now);
    }

    pub(super) fn change_signal(&mut self, now: Moment, rssi: u8) {
        let before = self.radio.can_register();
        self.radio.rssi = if rssi > 31 { NO_SIGNAL } else { rssi };
        self.follow_change(now, before);
    }

    pub(super) fn change_registration(&mut self, now: Moment, stat: u8) {
        let before = self.radio.can_register();
        self.radio.wanted = stat;
        self.follow_change(now, before);
    }

    fn follow_change(&mut self, now: Moment, could_register: bool) {
        match (could_register, self.radio.can_register()) {
            (true, false) => self.lose_service(now),
            (false, true) => self.search(now),
            (true, true) if self.radio.is_registered() => self.set_stat(now, self.radio.wanted),
            _ => {
                let stat = self.failed_stat();
                self.set_stat(now, stat);
            }
        }
    }

    /// The network, or the module itself, ends everything that needs a cell.
    pub(super) fn lose_service(&mut self, now: Moment) {
        self.radio.generation += 1;
        self.radio.is_attached = false;
        if self.radio.has_bearer {
            self.radio.has_bearer = false;
            self.report(now, "+CGEV: ME DETACH");
            self.lose_links(now);
        }
        if self.radio.can_register() {
            return;
        }
        let stat = self.failed_stat();
        self.set_stat(now, stat);
        self.report(now, "^MODE: 0,0");
        self.report(now, "+NO Service");
    }

    pub(super) fn drop_bearer(&mut self, now: Moment, back_after: Option<Duration>) {
        if !self.radio.has_bearer {
            return;
        }
        self.radio.has_bearer = false;
        self.report(now, "+CGEV: NW PDN DEACT 1");
        self.lose_links(now);
        if let Some(span) = back_after {
            self.agenda.add(now + span, Task::Radio(RadioStep::BearerUp, self.radio.generation));
        }
    }

    /// Switches the radio: 0 minimum, 1 full, 4 flight.
    pub(super) fn set_function(&mut self, now: Moment, function: u8) {
        if self.radio.function == function {
            return;
        }
        self.radio.function = function;
        if function == 1 {
            self.start_radio(now);
        } else {
            self.lose_service(now);
        }
    }

    /// Attaches to or leaves the packet network.
    pub(super) fn set_attached(&mut self, now: Moment, is_wanted: bool) {
        if is_wanted && self.radio.is_registered() && !self.radio.is_attached {
            self.radio.is_attached = true;
            self.later(now, RadioStep::BearerUp);
        } else if !is_wanted && self.radio.is_attached {
            self.radio.is_attached = false;
            self.drop_own_bearer(now);
        }
    }

    /// Activates or releases the first bearer.
    pub(super) fn set_bearer(&mut self, now: Moment, is_wanted: bool) {
        if is_wanted && !self.radio.has_bearer {
            self.later(now, RadioStep::BearerUp);
        } else if !is_wanted {
            self.drop_own_bearer(now);
        }
    }

    /// Leaves the network and looks for it again, for new access point settings to hold.
    pub(super) fn reattach(&mut self, now: Moment) {
        if self.radio.is_attached {
            self.lose_service(now);
            self.search(now);
        }
    }

    fn drop_own_bearer(&mut self, now: Moment) {
        if self.radio.has_bearer {
            self.radio.has_bearer = false;
            self.report(now, "+CGEV: ME PDN DEACT 1");
            self.lose_links(now);
        }
    }
}
