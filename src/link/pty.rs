//! A virtual modem that other programs can open: the modem holds the master of a PTY, its slave is the port.
//!
//! Unix only. The slave is kept open here and in raw mode, so that nothing is echoed back or lost before, between and
//! after the programs that open it.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    os::{
        fd::{AsRawFd, OwnedFd},
        unix::{
            ffi::OsStrExt,
            fs::{OpenOptionsExt, symlink},
        },
    },
    path::{Path, PathBuf},
};

use mio::{Interest, Registry, Token, event::Source, unix::SourceFd};
use rustix::{
    fs::OFlags,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};

use crate::sim::host::{self, Host, VirtualSpec};

/// Both sides of a fresh PTY, raw.
#[derive(Debug)]
pub struct PtyPair {
    /// The side a modem speaks on; reads and writes never block.
    pub master: File,
    /// The side that looks like a serial port.
    pub slave: OwnedFd,
    /// Path of the slave: what to give to a program that wants a port.
    pub path: PathBuf,
}

impl PtyPair {
    /// Opens a PTY.
    pub fn open() -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let path = PathBuf::from(OsStr::from_bytes(name.as_bytes()));
        let slave =
            OpenOptions::new().read(true).write(true).custom_flags(OFlags::NOCTTY.bits().cast_signed()).open(&path)?;
        let mut modes = tcgetattr(&slave)?;
        modes.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &modes)?;
        rustix::io::ioctl_fionbio(&master, true)?;
        Ok(Self { master: master.into(), slave: slave.into(), path })
    }
}

/// A virtual modem on a PTY. Dropping it ends the modem and removes the link.
#[derive(Debug)]
pub struct PtyModem {
    path: PathBuf,
    link: Option<PathBuf>,
    host: Host,
}

impl PtyModem {
    /// Starts a virtual modem on a fresh PTY and, if wanted, lets the symbolic link `link` point to it.
    ///
    /// A symbolic link that stands there already is replaced; anything else is left alone and is an error.
    pub fn start(spec: &VirtualSpec, link: Option<&Path>) -> io::Result<Self> {
        let PtyPair { master, slave, path } = PtyPair::open()?;
        if let Some(link) = link {
            place_link(&path, link)?;
        }
        let host = host::spawn_on(Box::new(MasterWire { master, _slave: slave }), spec)?;
        Ok(Self { path, link: link.map(Path::to_owned), host })
    }

    /// The modem itself, to do something to it while it runs.
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// What another program must open to reach the modem.
    pub fn port(&self) -> &Path {
        self.link.as_deref().unwrap_or(&self.path)
    }
}

impl Drop for PtyModem {
    fn drop(&mut self) {
        let Some(link) = &self.link else { return };
        // Another program may have put its own link there in the meantime.
        let is_ours = fs::read_link(link).is_ok_and(|target| target == self.path);
        if is_ours && let Err(error) = fs::remove_file(link) {
            tracing::warn!(link = %link.display(), %error, "the link to the virtual modem stays");
        }
    }
}

fn place_link(target: &Path, link: &Path) -> io::Result<()> {
    if fs::symlink_metadata(link).is_ok_and(|there| there.is_symlink()) {
        fs::remove_file(link)?;
    }
    symlink(target, link)
}

/// The master side as the virtual modem's wire.
#[derive(Debug)]
struct MasterWire {
    master: File,
    /// Without an open slave the master reports a hang-up whenever no program has the port open.
    _slave: OwnedFd,
}

impl Read for MasterWire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.master.read(buffer)
    }
}

impl Write for MasterWire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.master.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Source for MasterWire {
    fn register(&mut self, registry: &Registry, token: Token, interests: Interest) -> io::Result<()> {
        SourceFd(&self.master.as_raw_fd()).register(registry, token, interests)
    }

    fn reregister(&mut self, registry: &Registry, token: Token, interests: Interest) -> io::Result<()> {
        SourceFd(&self.master.as_raw_fd()).reregister(registry, token, interests)
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        SourceFd(&self.master.as_raw_fd()).deregister(registry)
    }
}
