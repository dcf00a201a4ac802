//! Files that this program writes: for their owner alone, made new and put in place when they are there, never through a
//! symbolic link.
//!
//! It owns how a file comes onto the disk; what is in it, its writers know.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use thiserror::Error;

/// Makes the folder at `path` with those above it; new ones are for their owner alone (0700 on Unix).
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// As [`create_folder`], of a folder that is this program's own: one that is there becomes its owner's alone too.
pub fn create_own_folder(path: &Path) -> io::Result<()> {
    create_folder(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Writes a new file; one that is there stays, and is an error of the kind [`ErrorKind::AlreadyExists`].
pub fn create(path: &Path) -> io::Result<File> {
    private().create_new(true).open(path)
}

/// Begins the file at `path` anew, in place of one that is there. Who holds the old one open keeps it as it was.
///
/// What stands there is replaced only when it is a file: a device, a folder or a symbolic link is an error.
pub fn begin(path: &Path) -> io::Result<File> {
    replaceable(path)?;
    let (fresh, file) = beside(path)?;
    put(&fresh, path).map(|()| file)
}

/// Writes `bytes` as the file at `path`, in place of one that is there: that one stays whole until the new one is.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replaceable(path)?;
    write_over(path, bytes)
}

/// As [`replace`], of a file of this program's own: a symbolic link in its place is replaced, and what it leads to is left alone.
pub fn replace_own(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_over(path, bytes)
}

/// Opens a file that this program wrote, to go on behind what is in it.
pub fn go_on(path: &Path) -> io::Result<File> {
    replaceable(path)?;
    OpenOptions::new().read(true).append(true).open(path)
}

fn write_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (fresh, mut file) = beside(path)?;
    // A name that stands for the new file must not reach the disk before what is in it.
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    match written {
        Ok(()) => put(&fresh, path),
        Err(error) => {
            // Nobody misses what never was whole.
            let _ = fs::remove_file(&fresh);
            Err(error)
        }
    }
}

fn put(fresh: &Path, path: &Path) -> io::Result<()> {
    fs::rename(fresh, path).inspect_err(|_| {
        let _ = fs::remove_file(fresh);
    })
}

/// What stands at a path where a file of this program shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InTheWay {
    /// A symbolic link: what it leads to is somebody else's.
    #[error("this is a symbolic link; give the path of the file itself")]
    Link,
    /// A folder.
    #[error("this is a folder; give the path of a file in it")]
    Folder,
    /// A pipe, a device or a socket.
    #[error("this is no regular file, but a pipe or a device; give the path of a file")]
    Device,
    /// Nothing: the path ends without a name.
    #[error("this names no file")]
    Nameless,
}

fn replaceable(path: &Path) -> io::Result<()> {
    let why = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(there) if there.is_file() => return Ok(()),
        Ok(there) if there.is_symlink() => InTheWay::Link,
        Ok(there) if there.is_dir() => InTheWay::Folder,
        Ok(_) => InTheWay::Device,
    };
    Err(io::Error::new(ErrorKind::InvalidInput, why))
}

/// A new file beside `path`, under a name that nobody else has.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, InTheWay::Nameless))?;
    for number in 0..MOST_TRIES {
        let mut fresh = std::ffi::OsString::from(".");
        fresh.push(name);
        fresh.push(format!(".{}-{number}.new", std::process::id()));
        let fresh = path.with_file_name(fresh);
        match create(&fresh) {
            Ok(file) => return Ok((fresh, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("no free name beside it"))
}

/// A file that is opened so is for its owner alone (0600 on Unix).
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Two programs that save at once, and what a crash may have left, find a name all the same.
const MOST_TRIES: u32 = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_is_for_its_owner_alone_also_over_an_older_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("a/b");
        create_own_folder(&inner).expect("made");
        assert_eq!((mode(&folder.path().join("a")), mode(&inner)), (0o700, 0o700));
        let path = inner.join("file");
        for write in [replace, replace_own, |path: &Path, bytes: &[u8]| begin(path)?.write_all(bytes)] {
            fs::write(&path, "old").expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("opened");
            write(&path, b"new").expect("written");
            assert_eq!((fs::read(&path).expect("there"), mode(&path)), (b"new".to_vec(), 0o600));
        }
        assert_eq!(fs::read_dir(&inner).expect("readable").count(), 1, "nothing is left beside it");
        assert_eq!(create(&path).expect_err("it is there").kind(), ErrorKind::AlreadyExists);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_symbolic_link_or_over_a_device() {
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "theirs").expect("written");
        std::os::unix::fs::symlink(&target, &link).expect("a link");
        for path in [link.as_path(), Path::new("/dev/null"), folder.path()] {
            for error in [replace(path, b"x").err(), begin(path).err(), go_on(path).err()] {
                assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::InvalidInput), "{}", path.display());
            }
        }
        replace_own(&link, b"ours").expect("the link goes");
        assert!(fs::symlink_metadata(&link).expect("there").is_file());
        assert_eq!(fs::read_to_string(&target).expect("there"), "theirs");
    }
}
