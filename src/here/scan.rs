//! Everything about a server without any module, in so few connections that nobody minds.
//!
//! The order is the order of weight: what decides the verdict comes first, and what is left untried when the connections or the
//! time are spent is only a row of a table.

use std::time::Duration;

use super::{
    End, Peer, Try,
    port::{WEB, web_answer},
    suites::{Answer, Offer, Spoken},
};
use crate::{
    diagnosis::here::HereStage,
    tls::{
        ClientContext, Established, FreeProbe, HelloAnswer, SecurityLevel, Suite, SuiteAnswer, Target, TlsFailure,
        TlsVersion, dial, probe_tls13, probe_up_to_tls12,
    },
};

impl Try<'_> {
    pub(super) fn scan(&mut self, peer: &Peer) -> Result<(), End> {
        self.enter(HereStage::Suites(0));
        let spoken = self.offer_together(peer)?;
        if spoken == Spoken::Other {
            return Err(End::Enough);
        }
        self.enter(HereStage::Chain);
        self.try_level(peer, SecurityLevel::Unchecked)?;
        self.see_freely(peer)?;
        if !self.here.speaks_tls() {
            return self.ask_who_drops(peer);
        }
        self.enter(HereStage::AsModule);
        self.try_levels(peer)?;
        self.ask_old_versions(peer)?;
        self.peel(peer)?;
        self.go_unnamed(peer)?;
        self.go_misnamed(peer)
    }

    /// The handshake of the highest level that there are files for, and the one below it where that fails.
    fn try_levels(&mut self, peer: &Peer) -> Result<(), End> {
        let asked = self.order.level();
        let is_open = matches!(self.here.by_level[0], Some(Ok(_))) || asked == SecurityLevel::Mutual;
        if asked > SecurityLevel::Unchecked && is_open {
            self.try_level(peer, asked)?;
            let has_failed = !matches!(self.here.by_level[asked as usize], Some(Ok(_)));
            if asked == SecurityLevel::Mutual && has_failed && matches!(self.here.by_level[0], Some(Ok(_))) {
                self.try_level(peer, SecurityLevel::Server)?;
            }
        } else if asked > SecurityLevel::Unchecked {
            // What fails unchecked fails checked: the files are only held against each other.
            let result = self.here.by_level[0].clone();
            self.here.by_level[asked as usize] = result;
        }
        self.here.as_module.clone_from(&self.here.by_level[asked as usize]);
        Ok(())
    }

    fn try_level(&mut self, peer: &Peer, level: SecurityLevel) -> Result<(), End> {
        let Some(config) = self.order.client_at(level) else { return Ok(()) };
        let done = match ClientContext::new(&config) {
            Ok(context) => {
                self.go_on()?;
                if level == SecurityLevel::Unchecked {
                    self.dialled_for_web(peer, context)?
                } else {
                    self.dialled(peer, move |target| dial(&context, target).map(|(_, established)| established))?
                }
            }
            Err(refusal) => Some(Err(TlsFailure::refused(refusal))),
        };
        self.here.by_level[level as usize] = done;
        if level == self.order.level() {
            self.here.as_module.clone_from(&self.here.by_level[level as usize]);
        }
        Ok(())
    }

    /// One connection that ends in a handshake or in why not; `None` when it did neither in time.
    fn dialled<T: Send + 'static>(
        &mut self,
        peer: &Peer,
        work: impl FnOnce(&Target<'_>) -> T + Send + 'static,
    ) -> Result<Option<T>, End> {
        self.count()?;
        let (peer, limit) = (peer.clone(), self.limit());
        self.apart(limit, move || work(&Target { address: peer.address, server_name: peer.name.as_deref(), limit }))
    }

    /// As [`Self::dialled`], and asks behind the handshake for a web page: a port of WebSockets takes TLS like one of MQTT.
    fn dialled_for_web(&mut self, peer: &Peer, context: ClientContext) -> Result<Option<Dialled>, End> {
        self.count()?;
        let (peer, limit, host) = (peer.clone(), self.limit(), self.order.host.clone());
        // A web server answers at once: some times the way there and back, as the opening of the port took it.
        let way = self.here.port_here.as_ref().map_or(WEB, |port| port.took);
        let wait = way.saturating_mul(6).clamp(SHORTEST_WEB, WEB);
        let done = self.apart(limit.saturating_add(wait).min(self.left()), move || {
            let target = Target { address: peer.address, server_name: peer.name.as_deref(), limit };
            let (mut connection, established) = dial(&context, &target)?;
            connection.get_mut().extend(wait);
            Ok((established, web_answer(&mut connection, &host)))
        })?;
        Ok(match done {
            Some(Ok((established, web))) => {
                self.here.web = web;
                Some(Ok(established))
            }
            Some(Err(failure)) => Some(Err(failure)),
            None => None,
        })
    }

    /// What the server is without the module's limits: TLS 1.3, and older with every suite where the module's own handshake does
    /// not show it.
    fn see_freely(&mut self, peer: &Peer) -> Result<(), End> {
        self.go_on()?;
        let shown = self.here.by_level[0].clone().filter(shows_chain);
        let listens = shown.is_none();
        let modern = self.dialled(peer, move |target| probe_tls13(target, listens))?;
        let Some(modern) = modern else { return Ok(()) };
        let known = shown.filter(|_| modern.0.is_ok());
        let older = if known.is_some() {
            known
        } else {
            self.go_on()?;
            self.dialled(peer, probe_up_to_tls12)?
        };
        if let Some(older) = older {
            self.keep_chain(FreeProbe::of(older, modern));
        }
        Ok(())
    }

    /// TLS 1.1 and older. Whoever refuses an offer of up to TLS 1.1 refuses TLS 1.0 with it.
    fn ask_old_versions(&mut self, peer: &Peer) -> Result<(), End> {
        let newest = match self.here.together() {
            Some(Ok(HelloAnswer::Accepted(hello))) => TlsVersion::from_id(hello.version),
            _ => None,
        };
        for version in [TlsVersion::Tls11, TlsVersion::Tls10] {
            if let Some(answers) = newest.filter(|newest| *newest < TlsVersion::Tls12) {
                // It took the newest of all that it knows.
                if version >= answers {
                    let together = self.here.together().cloned();
                    self.here.old_versions.extend(together.map(|answer| (version, answer)));
                    continue;
                }
            }
            self.go_on()?;
            let answer = self.ask(peer, Offer { version, ..Offer::of(&Suite::ALL) })?;
            let is_for_both = !matches!(&answer, Ok(HelloAnswer::Accepted(hello)) if hello.version == version.id());
            self.here.old_versions.push((version, answer.clone()));
            if is_for_both && version == TlsVersion::Tls11 {
                self.here.old_versions.push((TlsVersion::Tls10, answer));
                break;
            }
        }
        Ok(())
    }

    /// Which suites are taken: each answer names one of those offered, the next offer leaves it out, and the first refusal is for
    /// all that are left.
    fn peel(&mut self, peer: &Peer) -> Result<(), End> {
        let mut left = Suite::ALL.to_vec();
        let mut answer = self.here.together().cloned();
        while let Some(said) = answer.take() {
            let taken = taken_of(&said, &left);
            let told: Vec<_> = match taken {
                Some(suite) => vec![suite],
                // No word is no refusal of each.
                None if said.is_err() && left.len() < Suite::ALL.len() => return Ok(()),
                None => left.clone(),
            };
            left.retain(|suite| !told.contains(suite));
            let answers = told.into_iter().map(|suite| SuiteAnswer { suite, answer: said.clone() });
            if let Some(probe) = &mut self.here.suites {
                probe.each.extend(answers);
            }
            self.enter(HereStage::Suites(Suite::ALL.len() - left.len()));
            if taken.is_some() && !left.is_empty() {
                self.go_on()?;
                answer = Some(self.ask(peer, Offer::of(&left))?);
            }
        }
        Ok(())
    }

    /// What a client gets that names another server.
    fn go_misnamed(&mut self, peer: &Peer) -> Result<(), End> {
        if self.is_agreed_with() {
            self.go_on()?;
            self.here.misnamed = Some(self.meet(peer, Some(OTHER_NAME))?);
        }
        Ok(())
    }
}

/// Time for a web server that is near.
const SHORTEST_WEB: Duration = Duration::from_millis(300);

/// What a handshake came to.
type Dialled = Result<Established, TlsFailure>;

/// The suite of `offered` that the server takes.
fn taken_of(answer: &Answer, offered: &[Suite]) -> Option<Suite> {
    let Ok(HelloAnswer::Accepted(hello)) = answer else { return None };
    Suite::from_id(hello.suite).filter(|suite| offered.contains(suite))
}

/// Whether a handshake came as far as the server's certificate.
fn shows_chain(result: &Result<Established, TlsFailure>) -> bool {
    match result {
        Ok(_) => true,
        Err(failure) => !failure.seen.chain.is_empty(),
    }
}

/// A name that nobody serves (RFC 2606).
const OTHER_NAME: &str = "another-name.invalid";
