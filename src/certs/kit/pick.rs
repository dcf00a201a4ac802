//! Decides what of all that was found becomes which file.

use openssl::x509::X509;
use zeroize::Zeroizing;

use super::{Change, Detail, Found, FoundCertificate, FoundKey, Problem, Ready, Taken};
use crate::certs::{
    armour::write,
    certificate::PublicKey,
    damage::Damage,
    file::FileFacts,
    file_role::FileRole,
    label::Label,
    role::{Concern, concerns, leaf_of},
};

/// The files for the module, their roles noted in `files`, dates judged at `now`.
pub(super) fn ready(found: &Found, files: &mut [Taken], now: i64) -> Vec<Ready> {
    let mut picking = Picking { found, files, now };
    let key = picking.own_key();
    let own = picking.own_certificate(key);
    picking.check_signatures();
    let chain = own.map(|own| picking.chain(own)).unwrap_or_default();
    let authorities = picking.authorities(&chain);
    let mut ready = Vec::new();
    ready.extend(picking.file_of(FileRole::Authority, &authorities));
    ready.extend(picking.file_of(FileRole::ClientCertificate, &chain));
    ready.extend(key.and_then(|key| picking.key_file(key)));
    ready
}

/// The one file for `role`, made of the only file there is.
pub(super) fn for_role(found: &Found, files: &mut [Taken], role: FileRole, now: i64) -> Vec<Ready> {
    let mut picking = Picking { found, files, now };
    picking.check_signatures();
    let all: Vec<usize> = (0..found.certificates.len()).collect();
    let made = match role {
        FileRole::Authority => {
            let authorities = picking.authorities(&[]);
            let chosen = if authorities.is_empty() { &all } else { &authorities };
            picking.file_of(role, chosen)
        }
        FileRole::ClientCertificate => {
            let chain = picking.leaf(&all).map(|leaf| picking.chain(leaf)).unwrap_or_default();
            picking.file_of(role, &chain)
        }
        FileRole::ClientKey => (!found.keys.is_empty()).then(|| picking.key_file(0)).flatten(),
    };
    if made.is_none() && picking.files[0].problems.is_empty() {
        picking.problem(0, role, Concern::WrongContent, None);
    }
    made.into_iter().collect()
}

/// Whose a key is, the likelier for a device the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Authority,
    Server,
    Device,
}

struct Picking<'a> {
    found: &'a Found,
    files: &'a mut [Taken],
    now: i64,
}

impl Picking<'_> {
    /// The key of the device: the one that a device's certificate belongs to before that of a server or of an authority, or else
    /// the first. An authority's key is no device's while a device's certificate is there.
    fn own_key(&mut self) -> Option<usize> {
        let keys = &self.found.keys;
        let owners: Vec<_> = keys.iter().map(|key| self.owner(key)).collect();
        let best = (0..keys.len()).max_by_key(|place| (owners[*place], std::cmp::Reverse(*place)))?;
        let has_device = (0..self.found.certificates.len()).any(|place| self.is_devices(place));
        let chosen = Some(best).filter(|place| owners[*place] != Some(Owner::Authority) || !has_device);
        for other in (0..keys.len()).filter(|place| Some(*place) != chosen) {
            let detail = if owners[other] == Some(Owner::Authority) { Detail::AuthorityKey } else { Detail::MoreKeys };
            self.problem(keys[other].file, FileRole::ClientKey, Concern::WrongContent, Some(detail));
        }
        if let Some(chosen) = chosen.filter(|place| owners[*place] == Some(Owner::Authority)) {
            let detail = Some(Detail::AuthorityAsDevice);
            self.problem(keys[chosen].file, FileRole::ClientKey, Concern::WrongContent, detail);
        }
        chosen
    }

    /// Whose key it is, by the certificates that belong to it; `None` when there are none.
    fn owner(&self, key: &FoundKey) -> Option<Owner> {
        let all = &self.found.certificates;
        let kind = |place: usize| {
            if all[place].facts.is_authority == Some(true) {
                Owner::Authority
            } else if is_servers(&all[place]) {
                Owner::Server
            } else {
                Owner::Device
            }
        };
        (0..all.len()).filter(|place| fits(&all[*place], key)).map(kind).max()
    }

    /// A certificate that can be the device's alone.
    fn is_devices(&self, place: usize) -> bool {
        self.is_leaf(place) && !is_servers(&self.found.certificates[place])
    }

    /// The certificate of the device: the key's, or without a key the one that can be no other's.
    fn own_certificate(&mut self, key: Option<usize>) -> Option<usize> {
        let leaves: Vec<usize> = (0..self.found.certificates.len()).filter(|place| self.is_leaf(*place)).collect();
        let Some(key) = key else { return leaves.into_iter().find(|place| self.is_devices(*place)) };
        let own = &self.found.keys[key];
        let paired = self.found.certificates.iter().position(|one| fits(one, own));
        let candidate = leaves.into_iter().find(|place| self.is_devices(*place));
        if paired.is_none()
            && let Some(stranger) = candidate
        {
            let file = self.found.certificates[stranger].file;
            self.problem(file, FileRole::ClientCertificate, Concern::WrongContent, Some(Detail::NoPair));
        }
        paired.or(candidate)
    }

    fn leaf(&self, places: &[usize]) -> Option<usize> {
        let facts: Vec<_> = places.iter().map(|place| &self.found.certificates[*place].facts).collect();
        leaf_of(&facts).map(|leaf| places[leaf])
    }

    /// No authority's, and nobody below it.
    fn is_leaf(&self, place: usize) -> bool {
        let facts = &self.found.certificates[place].facts;
        let is_authority = facts.is_authority.unwrap_or(facts.is_self_issued);
        !is_authority && !facts.is_self_issued
    }

    /// A certificate and those above it, without the root: a peer that believes it has it.
    fn chain(&mut self, leaf: usize) -> Vec<usize> {
        let all = &self.found.certificates;
        let mut chain = vec![leaf];
        while let Some(last) = chain.last().copied() {
            let issuers = || (0..all.len()).filter(|place| all[last].facts.is_below(&all[*place].facts));
            // A root that is there ends the chain, also where a second certificate of it leads on to another.
            if issuers().any(|place| all[place].facts.is_self_issued) {
                break;
            }
            // Of two certificates of one authority the one that leads to a root that is there.
            let new = || issuers().filter(|place| !chain.contains(place));
            let above = new().find(|place| self.leads_to_root(*place, LONGEST)).or_else(|| new().next());
            match above {
                Some(above) if chain.len() < LONGEST => chain.push(above),
                _ => break,
            }
        }
        let file = all[leaf].file;
        let is_behind = |place: &usize| all[*place].file == file && all[*place].piece < all[leaf].piece;
        if chain.iter().skip(1).any(is_behind) {
            let file = &mut self.files[file];
            file.changes.push(Change::Reordered);
        }
        chain
    }

    /// Whether a root among the files stands above the certificate at `place`.
    fn leads_to_root(&self, place: usize, steps: usize) -> bool {
        let all = &self.found.certificates;
        steps > 0
            && (0..all.len())
                .filter(|above| all[place].facts.is_below(&all[*above].facts))
                .any(|above| all[above].facts.is_self_issued || self.leads_to_root(above, steps - 1))
    }

    /// The authorities to believe: those of files of their own, and the roots that came with the device's certificate.
    fn authorities(&mut self, chain: &[usize]) -> Vec<usize> {
        let all = &self.found.certificates;
        let own_file = chain.first().map(|leaf| all[*leaf].file);
        let mut chosen = Vec::new();
        let mut leaves = Vec::new();
        for (place, one) in all.iter().enumerate() {
            let comes_along = Some(one.file) == own_file && !one.facts.is_self_issued;
            if chain.first() == Some(&place) || comes_along {
                continue;
            }
            if self.is_leaf(place) { leaves.push(place) } else { chosen.push(place) }
        }
        // Who gives authorities of their own does not mean the root that came along with the device's certificate.
        let comes_apart = |place: &usize| Some(all[*place].file) != own_file;
        if chosen.iter().any(comes_apart) {
            chosen.retain(comes_apart);
        }
        let is_rsa = |place: &usize| matches!(all[*place].facts.key, PublicKey::Rsa { .. });
        if chosen.iter().any(is_rsa) {
            let (kept, left): (Vec<_>, Vec<_>) = chosen.into_iter().partition(is_rsa);
            for place in left {
                let detail = Detail::EllipticLeftOut(all[place].facts.subject.clone());
                self.problem(all[place].file, FileRole::Authority, Concern::UncommonSignature, Some(detail));
            }
            chosen = kept;
        }
        if chosen.is_empty() {
            return leaves;
        }
        for place in leaves {
            let detail = Detail::LeafLeftOut(all[place].facts.subject.clone());
            self.problem(all[place].file, FileRole::Authority, Concern::IsAnAuthority, Some(detail));
        }
        chosen
    }

    fn file_of(&mut self, role: FileRole, places: &[usize]) -> Option<Ready> {
        let first = *places.first()?;
        let all = &self.found.certificates;
        let bytes = places.iter().flat_map(|place| write(&Label::Certificate, &all[*place].der)).collect::<Vec<u8>>();
        for place in places {
            self.assign(all[*place].file, all[*place].piece, role);
        }
        let from = all[first].file;
        // A server's certificate that signed itself is the right one to believe for that server, whatever it says of itself.
        let is_own_root = all[first].facts.is_self_issued;
        let is_excused = |concern: &Concern| *concern == Concern::NotAnAuthority && is_own_root;
        let concerns = self.judged(&bytes, role).into_iter().filter(|one| !is_excused(one)).collect();
        Some(Ready { role, bytes: Zeroizing::new(bytes), concerns, from })
    }

    fn key_file(&mut self, place: usize) -> Option<Ready> {
        let FoundKey { key, file, piece } = &self.found.keys[place];
        self.assign(*file, *piece, FileRole::ClientKey);
        let der = Zeroizing::new(match key.rsa() {
            Ok(rsa) => rsa.private_key_to_der().ok()?,
            Err(_) => key.private_key_to_pkcs8().ok()?,
        });
        let label = if key.rsa().is_ok() { Label::RsaKey } else { Label::Pkcs8Key };
        let bytes = Zeroizing::new(write(&label, &der));
        let mut concerns = self.judged(&bytes, FileRole::ClientKey);
        // How it is written is ours; what it is, is not.
        concerns.retain(|concern| *concern != Concern::Pkcs8);
        Some(Ready { role: FileRole::ClientKey, bytes, concerns, from: *file })
    }

    fn judged(&self, bytes: &[u8], role: FileRole) -> Vec<Concern> {
        concerns(&FileFacts::read(bytes), role, self.now)
    }

    /// A signature that does not fit although the issuer is the right one: one of the two was changed.
    fn check_signatures(&mut self) {
        let all = &self.found.certificates;
        for one in all {
            let issuers = all.iter().filter(|other| {
                one.facts.is_below(&other.facts)
                    && one.facts.authority_key_id.is_some()
                    && other.facts.subject_key_id.is_some()
            });
            for issuer in issuers {
                if is_signed(&one.der, &issuer.der) == Some(false) {
                    let detail = Some(Detail::WrongSignature(one.facts.subject.clone()));
                    self.problem(one.file, FileRole::ClientCertificate, Concern::Damaged(Damage::Signature), detail);
                }
            }
        }
    }

    fn assign(&mut self, file: usize, piece: usize, role: FileRole) {
        if let Some(piece) = self.files.get_mut(file).and_then(|file| file.pieces.get_mut(piece)) {
            piece.role = Some(role);
        }
    }

    fn problem(&mut self, file: usize, role: FileRole, concern: Concern, detail: Option<Detail>) {
        if let Some(file) = self.files.get_mut(file) {
            file.problems.push(Problem { role, concern, detail });
        }
    }
}

fn fits(certificate: &FoundCertificate, key: &FoundKey) -> bool {
    let public = X509::from_der(&certificate.der).and_then(|one| one.public_key());
    public.is_ok_and(|public| public.public_eq(&key.key))
}

/// Whether a certificate is a server's by what it says of itself.
fn is_servers(certificate: &FoundCertificate) -> bool {
    let facts = &certificate.facts;
    match facts.server_auth {
        Some(is_server) => is_server && facts.client_auth != Some(true),
        None => !facts.names.is_empty(),
    }
}

fn is_signed(certificate: &[u8], issuer: &[u8]) -> Option<bool> {
    let key = X509::from_der(issuer).and_then(|issuer| issuer.public_key()).ok()?;
    X509::from_der(certificate).and_then(|one| one.verify(&key)).ok()
}

/// Longer chains do not occur.
const LONGEST: usize = 8;
