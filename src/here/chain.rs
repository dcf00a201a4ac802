//! Handshakes: free for the chain, as the module for the verdict, and without a name for old firmware.

use crate::{
    certs::{CertificateFacts, judge_chain},
    diagnosis::here::Unnamed,
    tls::{
        ClientConfig, ClientContext, FailureCause, FreeProbe, HelloAnswer, SecurityLevel, Suite, Target, TlsFailure,
        dial, probe_freely,
    },
};

use super::{End, Peer, Try, port::web_answer};

impl Try<'_> {
    /// What the server is to a client without the module's limits, and what its chain comes to.
    pub(super) fn read_chain(&mut self, peer: &Peer) -> Result<(), End> {
        let (peer, limit) = (peer.clone(), self.limit());
        let free = self.apart(limit.saturating_mul(2), move || {
            probe_freely(&Target { address: peer.address, server_name: peer.name.as_deref(), limit })
        })?;
        if let Some(free) = free {
            self.keep_chain(free);
        }
        Ok(())
    }

    /// Judges the chain of `free`.
    pub(super) fn keep_chain(&mut self, free: FreeProbe) {
        let chain = free.chain();
        self.here.chain = chain.iter().filter_map(|der| CertificateFacts::from_der(der)).collect();
        let (ca, today) = (self.order.files().ca, self.order.today);
        let name = self.order.tls.server_name.as_deref().unwrap_or(&self.order.host);
        let judge = |clock| ca.and_then(|ca| judge_chain(chain, ca, Some(name), clock));
        self.here.judged = judge(today);
        // The module's clock went on as long as this computer's did since both were read.
        self.here.judged_by_module = self.order.clocks.and_then(|(module, pc)| judge(module + (today - pc)));
        self.here.free = Some(free);
    }

    /// As the module would, when its files are at hand.
    pub(super) fn shake_hands(&mut self, peer: &Peer) -> Result<(), End> {
        let Some(config) = self.order.client() else { return Ok(()) };
        let (peer, limit, host) = (peer.clone(), self.limit(), self.order.host.clone());
        let asks_web = self.order.was_open;
        let done = self.apart(limit, move || {
            let target = Target { address: peer.address, server_name: peer.name.as_deref(), limit };
            let (mut connection, established) =
                ClientContext::new(&config).map_err(TlsFailure::refused).and_then(|context| dial(&context, &target))?;
            let web = if asks_web { web_answer(&mut connection, &host) } else { None };
            Ok((established, web))
        })?;
        match done {
            Some(Ok((established, web))) => (self.here.as_module, self.here.web) = (Some(Ok(established)), web),
            Some(Err(failure)) => self.here.as_module = Some(Err(failure)),
            None => {}
        }
        Ok(())
    }

    /// What a firmware that names no server gets, where a named one gets an agreement.
    pub(super) fn go_unnamed(&mut self, peer: &Peer) -> Result<(), End> {
        if peer.name.is_none() || !self.is_agreed_with() {
            return Ok(());
        }
        self.go_on()?;
        self.here.unnamed = Some(self.meet(peer, None)?);
        Ok(())
    }

    /// Whether the server takes a suite of the module with which this computer can shake hands.
    pub(super) fn is_agreed_with(&self) -> bool {
        matches!(self.here.together(), Some(Ok(HelloAnswer::Accepted(hello)))
            if Suite::from_id(hello.suite).is_some_and(Suite::is_built_in))
    }

    /// What a client gets that names `name`, or no server at all, held against what one gets that names the right one.
    pub(super) fn meet(&mut self, peer: &Peer, name: Option<&str>) -> Result<Unnamed, End> {
        self.count()?;
        let named = self.here.free.as_ref().and_then(|free| free.chain().first().cloned());
        let sni = name.map(str::to_owned);
        let config = ClientConfig { level: SecurityLevel::Unchecked, sni, ..ClientConfig::default() };
        let (address, limit) = (peer.address, self.limit());
        let met = self.apart(limit, move || {
            let target = Target { address, server_name: None, limit };
            match ClientContext::new(&config).map_err(TlsFailure::refused).and_then(|context| dial(&context, &target)) {
                Ok((_, established)) => met(established.peer_chain.first(), named.as_ref()),
                // A demand for a client certificate comes after the name.
                Err(failure) => match failure.seen.chain.first() {
                    Some(shown) => met(Some(shown), named.as_ref()),
                    None => Unnamed::Refused(failure.cause),
                },
            }
        })?;
        Ok(met.unwrap_or(Unnamed::Refused(FailureCause::TimedOut)))
    }
}

fn met(shown: Option<&Vec<u8>>, named: Option<&Vec<u8>>) -> Unnamed {
    match (shown, named) {
        (Some(shown), Some(named)) if shown != named => {
            let facts = CertificateFacts::from_der(shown);
            Unnamed::OtherCertificate(facts.map(|facts| facts.subject).unwrap_or_default())
        }
        _ => Unnamed::Same,
    }
}
