//! What the port answers to the module's offer: all suites at once, then those that decide more, each alone.

use crate::{
    diagnosis::here::HereStage,
    tls::{
        ClientHello, FailureCause, HelloAnswer, Suite, SuiteAnswer, SuiteProbe, Target, TlsVersion, probe_behind,
        probe_once,
    },
};

use super::{Depth, End, Peer, Try};

/// An offer as data, for a thread of its own.
pub(super) struct Offer {
    pub(super) version: TlsVersion,
    pub(super) suites: Vec<Suite>,
    pub(super) algorithms: bool,
}

impl Offer {
    pub(super) fn of(suites: &[Suite]) -> Self {
        Self { version: TlsVersion::Tls12, suites: suites.to_vec(), algorithms: true }
    }
}

pub(super) type Answer = Result<HelloAnswer, FailureCause>;

/// What a port speaks, by its answer to the module's offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// TLS, be it a refusal.
    Tls,
    /// It closes without a word.
    Nothing,
    /// Something else, or nothing in time.
    Other,
}

impl Try<'_> {
    /// The module's suites, and who else speaks there when it is not TLS.
    pub(super) fn offer(&mut self, peer: &Peer) -> Result<(), End> {
        match self.offer_together(peer)? {
            Spoken::Tls if self.order.is_tls() => {}
            // Some servers of TLS, and more of the boxes in front of them, close without a word on what they refuse.
            Spoken::Nothing | Spoken::Tls => return Ok(()),
            Spoken::Other => return if self.order.is_tls() { Err(End::Enough) } else { Ok(()) },
        }
        self.offer_pinned_version(peer)?;
        for (place, suite) in self.asked_alone().into_iter().enumerate() {
            self.go_on()?;
            let answer = SuiteAnswer { suite, answer: self.ask(peer, Offer::of(&[suite]))? };
            // One suite of today is enough to know that not only old ones are taken.
            let is_enough = self.order.depth == Depth::Quick && self.order.suite().is_none() && answer.is_accepted();
            if let Some(probe) = &mut self.here.suites {
                probe.each.push(answer);
            }
            self.enter(HereStage::Suites(place + 1));
            if is_enough {
                break;
            }
        }
        if self.order.depth == Depth::Full {
            self.go_on()?;
            let offer = Offer { algorithms: false, ..Offer::of(&Suite::ALL) };
            self.here.without_algorithms = Some(self.ask(peer, offer)?);
        }
        Ok(())
    }

    /// All suites at once, and a question for a web page where that is not answered in TLS.
    pub(super) fn offer_together(&mut self, peer: &Peer) -> Result<Spoken, End> {
        let together = self.ask(peer, Offer::of(&Suite::ALL))?;
        let (spoken, is_known) = match &together {
            Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)) => (Spoken::Tls, true),
            Ok(HelloAnswer::NotTls(bytes)) => (Spoken::Other, bytes.starts_with(b"HTTP/")),
            Ok(HelloAnswer::Unexpected(_)) => (Spoken::Other, true),
            Err(FailureCause::Closed | FailureCause::Broken(_)) => (Spoken::Nothing, false),
            // Who never answers will not answer a question for a page either.
            Err(cause) => (Spoken::Other, *cause == FailureCause::TimedOut),
        };
        self.here.suites = Some(SuiteProbe { together, each: Vec::new() });
        if !is_known {
            self.go_on()?;
            self.ask_for_web(peer)?;
        }
        Ok(if self.here.web.is_some() { Spoken::Other } else { spoken })
    }

    /// Who stands behind a port that drops the offer: a broker without TLS, or one that waits for a proxy. Then nothing more is of
    /// use.
    pub(super) fn ask_who_drops(&mut self, peer: &Peer) -> Result<(), End> {
        self.ask_in_clear(peer)?;
        if self.here.is_mqtt_in_clear == Some(false) {
            self.ask_behind_proxy(peer)?;
        }
        Err(End::Enough)
    }

    /// Whether a port that drops everybody waits for a proxy's header: then only a proxy may come to it.
    fn ask_behind_proxy(&mut self, peer: &Peer) -> Result<(), End> {
        self.go_on()?;
        self.count()?;
        let (peer, limit) = (peer.clone(), self.limit());
        self.here.behind_proxy = self.apart(limit, move || {
            let target = Target { address: peer.address, server_name: peer.name.as_deref(), limit };
            probe_behind(&target, PROXY_HEADER, &ClientHello::as_module(&Suite::ALL, target.server_name))
        })?;
        Ok(())
    }

    /// The suites whose answers matter alone.
    fn asked_alone(&self) -> Vec<Suite> {
        if self.order.depth == Depth::Full {
            return Suite::ALL.to_vec();
        }
        if let Some(pinned) = self.order.suite() {
            return vec![pinned];
        }
        match self.here.together() {
            Some(Ok(HelloAnswer::Accepted(hello)))
                if Suite::from_id(hello.suite).is_some_and(|suite| !suite.is_built_in()) =>
            {
                Suite::ALL.into_iter().filter(|suite| suite.is_built_in()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// An older version, when the module may speak no other.
    fn offer_pinned_version(&mut self, peer: &Peer) -> Result<(), End> {
        if let Some(version) = self.order.pinned_version().filter(|version| *version < TlsVersion::Tls12) {
            self.go_on()?;
            self.here.pinned_version = Some(self.ask(peer, Offer { version, ..Offer::of(&Suite::ALL) })?);
        }
        Ok(())
    }

    pub(super) fn ask(&mut self, peer: &Peer, offer: Offer) -> Result<Answer, End> {
        self.count()?;
        let (peer, limit) = (peer.clone(), self.limit());
        let answer = self.apart(limit, move || {
            let Offer { version, suites, algorithms } = offer;
            let target = Target { address: peer.address, server_name: peer.name.as_deref(), limit };
            let hello = ClientHello {
                version,
                suites: &suites,
                server_name: target.server_name,
                signature_algorithms: algorithms,
            };
            probe_once(&target, &hello)
        })?;
        Ok(answer.unwrap_or(Err(FailureCause::TimedOut)))
    }
}

/// The header of a proxy that does not say for whom it speaks (PROXY protocol, version 1).
const PROXY_HEADER: &[u8] = b"PROXY UNKNOWN\r\n";
