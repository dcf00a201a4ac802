//! Where a log comes from: a file or standard input, read in steps. What is no file is refused with a sentence.

use std::{
    io::{self, Read},
    path::Path,
};

use crate::{
    cli::tongue::Sentence,
    user_file::{self, Fault},
};

/// An open log.
pub(super) struct Input {
    from: Box<dyn Read>,
    /// How long the file was when it was opened; `None` for standard input.
    length: Option<u64>,
    read: u64,
    buffer: Vec<u8>,
}

impl Input {
    /// Opens `path`; `-` is standard input.
    pub(super) fn open(path: &str) -> Result<Self, Sentence> {
        if path == "-" {
            return Ok(Self::new(Box::new(io::stdin().lock()), None));
        }
        let file = user_file::open(Path::new(path)).map_err(|fault| refused(&fault))?;
        let length = file.metadata().map_err(|error| unreadable(&error))?.len();
        Ok(Self::new(Box::new(file), Some(length)))
    }

    fn new(from: Box<dyn Read>, length: Option<u64>) -> Self {
        Self { from, length, read: 0, buffer: vec![0; STEP] }
    }

    /// The next bytes; none at the end.
    pub(super) fn next(&mut self) -> Result<&[u8], Sentence> {
        loop {
            match self.from.read(&mut self.buffer) {
                Ok(count) => {
                    self.read += count as u64;
                    return Ok(&self.buffer[..count]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(&error)),
            }
        }
    }

    /// Bytes read so far.
    pub(super) const fn read(&self) -> u64 {
        self.read
    }

    /// What happened to the file while it was read.
    pub(super) fn change(&self) -> Option<Sentence> {
        let length = self.length?;
        match self.read.cmp(&length) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Less => Some(Sentence::new(
                format!("the file shrank while it was read: {} of {length} bytes were there", self.read),
                format!("读取过程中文件变短：{length} 字节中只读到 {}", self.read),
            )),
            std::cmp::Ordering::Greater => Some(Sentence::new(
                format!(
                    "the file grew while it was read, from {length} to {} bytes; what came later is read too",
                    self.read
                ),
                format!("读取过程中文件变长（{length} → {} 字节），新增部分也已读取", self.read),
            )),
        }
    }
}

/// Why it is not opened, and what to do.
fn refused(fault: &Fault) -> Sentence {
    let zh = match fault {
        Fault::Missing => "没有此文件，请检查路径",
        Fault::NoPermission => "当前用户无权读取，请修改权限或复制一份",
        Fault::Folder => "这是文件夹，请指定日志文件",
        Fault::NotRegular => "这是管道或设备而不是文件；请先保存日志，或通过管道传给 \"air780e doctor -\"",
        Fault::TooLarge { .. } | Fault::NotText { .. } | Fault::NoPath(_) | Fault::Other(_) => {
            "无法读取，请指定可读取的文件"
        }
    };
    let en = match fault {
        // A pipe without a writer, or a device, would never end.
        Fault::NotRegular => {
            "this is a pipe or a device and no file; save the log first, or pipe it into \"air780e doctor -\""
                .to_owned()
        }
        other => other.to_string(),
    };
    Sentence::new(en, zh)
}

fn unreadable(error: &io::Error) -> Sentence {
    Sentence::new(format!("{error}; give the path of a file that can be read"), format!("{error}；请指定可读取的文件"))
}

/// So many bytes are read at once.
const STEP: usize = 64 * 1_024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Input::open(&folder.path().display().to_string()).is_err());
        assert!(Input::open(&folder.path().join("none").display().to_string()).is_err());
        #[cfg(unix)]
        assert!(Input::open("/dev/zero").is_err());
    }
}
