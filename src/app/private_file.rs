//! Files for their owner alone: keys on disk.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

/// Writes `bytes` to `path`, opened as `options` say; for its owner alone from the first byte on.
pub(super) fn write_private(options: &OpenOptions, path: &Path, bytes: &[u8]) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there are no modes elsewhere"))]
    let mut options = options.clone();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(bytes)
}
