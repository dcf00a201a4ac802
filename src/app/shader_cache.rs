//! Keeps the graphics library's cache off a full disk: it maps its files into memory, and a page that finds no room on the
//! disk ends the program before it has a window to say so in.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The environment in which the window can open, where the present one may not do: what to set, and to what.
///
/// `variable` reads the environment and `room` says how many bytes are free on the disk of a folder. `None` when all is well,
/// or has been set already.
pub fn remedy(
    variable: impl Fn(&str) -> Option<OsString>,
    room: impl Fn(&Path) -> Option<u64>,
) -> Option<[(&'static str, &'static str); 3]> {
    if OFF.iter().any(|(name, _)| variable(name).is_some()) {
        return None;
    }
    let folder = cache_folder(&variable)?;
    // The folder may still have to be made: its disk is that of the nearest one that is there.
    let left = folder.ancestors().find_map(room)?;
    (left < LEAST_ROOM).then_some(OFF)
}

/// Where Mesa keeps its cache.
fn cache_folder(variable: &impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let of = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    of("MESA_SHADER_CACHE_DIR")
        .or_else(|| of("MESA_GLSL_CACHE_DIR"))
        .or_else(|| of("XDG_CACHE_HOME"))
        .or_else(|| Some(of("HOME")?.join(".cache")))
}

/// Bytes free for this user on the disk of `folder`; `None` when there is no such folder.
#[cfg(unix)]
pub fn room(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// What switches the caches off: of Mesa, by its newer and its older name, and of NVIDIA's driver.
const OFF: [(&str, &str); 3] =
    [("MESA_SHADER_CACHE_DISABLE", "true"), ("MESA_GLSL_CACHE_DISABLE", "true"), ("__GL_SHADER_DISK_CACHE", "0")];
/// The index alone takes over a megabyte, and grows as the window is used.
const LEAST_ROOM: u64 = 32 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
    }

    #[test]
    fn a_full_disk_switches_the_cache_off_once() {
        let home = &[("HOME", "/home/u")];
        let full = |path: &Path| (path == Path::new("/home")).then_some(0);
        assert_eq!(remedy(set(home), full), Some(OFF));
        assert_eq!(remedy(set(home), |_| Some(1 << 30)), None);
        assert_eq!(remedy(set(&[("HOME", "/home/u"), ("MESA_SHADER_CACHE_DISABLE", "true")]), full), None);
        assert_eq!(remedy(set(&[]), full), None);
        let apart = &[("HOME", "/home/u"), ("XDG_CACHE_HOME", "/tmp/c")];
        assert_eq!(remedy(set(apart), full), None, "the disk of the cache decides");
    }

    #[cfg(unix)]
    #[test]
    fn the_room_of_a_real_disk_is_known() {
        assert!(room(Path::new("/")).is_some());
        assert_eq!(room(Path::new("/no/such/folder")), None);
    }
}
