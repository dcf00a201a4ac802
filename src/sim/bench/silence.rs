//! A port on this computer that answers nobody, as behind a firewall that drops everything.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

/// A listener that takes nobody, its queue full: the system drops whoever comes after. Dropping it opens the queue.
#[derive(Debug)]
pub(super) struct Silence {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Silence {
    /// Opens the port and fills its queue, which takes some milliseconds.
    pub(super) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let guests = (0..MOST).map(|_| TcpStream::connect_timeout(&address, SOON));
        let queue = guests.take_while(Result::is_ok).flatten().collect();
        Ok(Self { address, _listener: listener, _queue: queue })
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Longer than any queue that the standard library asks for.
const MOST: usize = 300;
/// On the same computer a place in the queue is given at once.
const SOON: Duration = Duration::from_millis(150);

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_an_answer() {
        let silence = Silence::start().unwrap();
        let error = TcpStream::connect_timeout(&silence.address(), SOON).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
