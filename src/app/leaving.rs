//! Ports that were closed and are still held by a thread that ends: whoever opens one of them next waits for that, on a thread
//! of its own, so that no wish meets a port in use by this very program.

use std::time::Duration;

use crossbeam_channel::Receiver;

/// Ports that were closed, each with what disconnects when nobody holds it any more.
#[derive(Clone, Debug)]
pub(super) struct Leaving(Vec<(String, Receiver<()>)>);

impl Leaving {
    /// No port is held.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Learns that `port` was closed and is free when `ended` disconnects.
    pub(super) fn note(&mut self, port: &str, ended: Receiver<()>) {
        self.forget_gone();
        self.0.push((port.to_owned(), ended));
    }

    /// Forgets ports that are free.
    pub(super) fn forget_gone(&mut self) {
        self.0.retain(|(_, ended)| ended.try_recv() == Err(crossbeam_channel::TryRecvError::Empty));
    }

    /// Waits until nobody holds one of `ports` any more, but not for a driver that hangs. Never call it on the UI thread.
    pub(super) fn wait_for<P: AsRef<str>>(&self, ports: &[P]) {
        for (_, ended) in self.0.iter().filter(|(held, _)| ports.iter().any(|port| port.as_ref() == held)) {
            // Nothing is ever sent: what comes is the end, or the limit.
            let _ = ended.recv_timeout(LONGEST);
        }
    }
}

/// As long as the worker itself lets a port take no byte. After that the system says that the port is in use.
const LONGEST: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use std::thread;

    use crossbeam_channel::{RecvTimeoutError, Sender, bounded};

    use super::*;
    use crate::{
        link::{Link, LinkError},
        modem::event::Event,
        worker::Worker,
    };

    /// A port whose closing takes until it is let go.
    struct Slow {
        let_go: Receiver<()>,
        order: Sender<&'static str>,
    }

    impl Link for Slow {
        fn read(&mut self, _: &mut [u8], _: Duration) -> Result<usize, LinkError> {
            Ok(0)
        }

        fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
            Ok(bytes.len())
        }
    }

    impl Drop for Slow {
        fn drop(&mut self) {
            let _ = self.let_go.recv();
            let _ = self.order.send("closed");
        }
    }

    #[test]
    fn a_port_is_opened_again_only_when_the_thread_that_closes_it_is_done() {
        let ((release, let_go), (order, happened)) = (bounded(1), bounded(2));
        let slow = Slow { let_go, order: order.clone() };
        let worker = Worker::spawn_on("a".to_owned(), false, move || Ok(Box::new(slow)), None, || ());
        worker.stop();
        while !matches!(worker.wait_event(LONGEST), Some(Event::Closed { .. })) {}
        let mut leaving = Leaving::new();
        leaving.note("a", worker.ended());
        let waits = leaving.clone();
        let opener = thread::Builder::new().spawn(move || {
            waits.wait_for(&["b"]);
            waits.wait_for(&["b", "a"]);
            order.send("opened")
        });
        assert_eq!(happened.recv_timeout(Duration::from_millis(50)), Err(RecvTimeoutError::Timeout));
        release.send(()).expect("the port waits for it");
        assert_eq!([happened.recv(), happened.recv()], [Ok("closed"), Ok("opened")]);
        opener.expect("a thread").join().expect("no panic").expect("the test listens");
        leaving.forget_gone();
        assert!(leaving.0.is_empty());
    }
}
