//! A connection for MQTTX, which reads certificates from files: their paths in full, and what is repaired in memory only written
//! beside its file first.

use std::{
    path::{self, Path, PathBuf},
    sync::Arc,
};

use crate::{
    certs::FileRole,
    lang::Text,
    settings::{
        Profile, Secrets, SecurityCase,
        mqttx::{self, Peer, PeerTls},
    },
    view::files::{self, LocalFile, ROLES, needed},
};

use super::{App, connecting, files::save_repaired};

/// What such a file is made of.
pub(super) struct Order {
    profile: Profile,
    host: String,
    port: u16,
    secrets: Option<Secrets>,
    /// The files that are used repaired and lie on the disk as they were.
    repaired: Vec<(FileRole, Arc<LocalFile>)>,
}

/// A repaired file that was saved: for which place, where it was read, where it lies.
pub(super) type Saved = (FileRole, String, PathBuf);

/// What shall be written now, or why nothing can be.
pub(super) fn order(app: &App) -> Result<Order, Text> {
    let no_address = || Text::new("mqttx-why-no-address");
    let address = connecting::address_for_others(app).ok_or_else(no_address)?;
    let security = &app.profile.security;
    let is_mutual = security.case == SecurityCase::Both;
    let roles = || needed(security.case).iter().copied().filter(|role| is_mutual || *role == FileRole::Authority);
    if roles().any(|role| app.files.is_pasted(security, role)) {
        return Err(Text::new("mqttx-pasted"));
    }
    let repaired =
        roles().filter_map(|role| Some((role, app.files.known().file(role).filter(|file| file.is_repaired)?)));
    Ok(Order {
        profile: app.profile.clone(),
        host: address.host,
        port: address.port.parse().map_err(|_| no_address())?,
        secrets: app.screen.connect.files.has_secrets.then(|| app.secrets.clone()),
        repaired: repaired.map(|(role, file)| (role, file.clone())).collect(),
    })
}

impl Order {
    /// Saves what is repaired in memory only and gives the text of the file. It touches the disk: not for the UI thread.
    pub(super) fn text(mut self) -> Result<(String, Vec<Saved>), (PathBuf, String)> {
        let mut saved = Vec::new();
        for (role, file) in &self.repaired {
            let path = save_repaired(file)?;
            files::entry_mut(&mut self.profile.security, *role).path = path.display().to_string();
            saved.push((*role, file.path.clone(), path));
        }
        let [ca, certificate, key] = ROLES.map(|role| self.path_of(role));
        let tls = match self.profile.security.case {
            SecurityCase::Plain => PeerTls::None,
            SecurityCase::Encrypted => PeerTls::Unchecked,
            SecurityCase::Server => PeerTls::Server { ca: &ca },
            SecurityCase::Both => PeerTls::Mutual { ca: &ca, certificate: &certificate, key: &key },
        };
        let peer = Peer { host: &self.host, port: self.port, secrets: self.secrets.as_ref(), tls };
        Ok((mqttx::export(&self.profile, &peer), saved))
    }

    /// The whole path of the file on this computer; empty when it is only on the module. MQTTX starts in a folder of its own.
    fn path_of(&self, role: FileRole) -> String {
        let entry = files::entry(&self.profile.security, role);
        let path = if entry.is_on_module { "" } else { entry.path.trim() };
        if path.is_empty() { String::new() } else { whole(Path::new(path)).display().to_string() }
    }
}

fn whole(path: &Path) -> PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
