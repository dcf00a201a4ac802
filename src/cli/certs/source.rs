//! Where certificates and keys come from: a file, standard input, or the text itself where a file's name should be.

use std::{
    io::{self, IsTerminal, Read},
    path::Path,
};

use zeroize::Zeroizing;

use crate::{
    certs::{FileFacts, PassPhrase},
    lang::{Lang, Text},
    user_file,
};

/// Bytes and what to call them.
pub(in crate::cli) struct Source {
    pub(in crate::cli) name: String,
    pub(in crate::cli) bytes: Zeroizing<Vec<u8>>,
}

/// Reads what `path` names; `-` is standard input.
///
/// # Errors
///
/// One sentence. Where a key was given in place of a name, it is not repeated.
pub(in crate::cli) fn read(path: &Path) -> Result<Source, Text> {
    if let Some(text) = pasted(path) {
        return text;
    }
    let name = path.display().to_string();
    let read = if name == "-" { piped() } else { user_file::read(path, user_file::CERTIFICATES) };
    let unreadable = |fault: user_file::FileFault| {
        Text::new("command-file").put("path", user_file::named(path)).with("why", fault.text())
    };
    let bytes = read.map(Zeroizing::new).map_err(unreadable)?;
    Ok(Source { name, bytes })
}

/// The text of a certificate where a name should be. One of a key is refused: other users can read a command line.
fn pasted(path: &Path) -> Option<Result<Source, Text>> {
    let text = path.to_str().filter(|text| text.len() > SHORTEST_TEXT && !path.exists())?;
    let facts = FileFacts::read(text.as_bytes());
    facts.items().next()?;
    let is_public = facts.certificates().next().is_some() && facts.key().is_none();
    Some(if is_public {
        Ok(Source { name: "(pasted text)".to_owned(), bytes: Zeroizing::new(text.as_bytes().to_vec()) })
    } else {
        Err(Text::new("certs-key-for-a-name"))
    })
}

fn piped() -> Result<Vec<u8>, user_file::FileFault> {
    let most = user_file::CERTIFICATES;
    // Grown at once, so that no copy of a key is left behind by growing.
    let mut bytes = Vec::with_capacity(1 << 16);
    io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?;
    let count = bytes.len() as u64;
    if count > most { Err(user_file::FileFault::TooLarge { bytes: count, most }) } else { Ok(bytes) }
}

/// Asks for a pass phrase where somebody sits at a terminal; it is not shown.
pub(super) fn ask_phrase(lang: Lang) -> Option<PassPhrase> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    hidden_line(lang).map(PassPhrase::from_file)
}

#[cfg(unix)]
fn hidden_line(lang: Lang) -> Option<Vec<u8>> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    use std::io::Write;

    let terminal = io::stdin();
    let before = tcgetattr(&terminal).ok()?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &hidden).ok()?;
    let mut out = io::stderr();
    let _ = write!(out, "{}: ", lang.tr("certs-pass-phrase")).and_then(|()| out.flush());
    let mut line = Zeroizing::new(String::with_capacity(256));
    let read = terminal.read_line(&mut line);
    let _ = tcsetattr(&terminal, OptionalActions::Flush, &before);
    let _ = writeln!(out);
    read.ok().map(|_| line.as_bytes().to_vec())
}

#[cfg(not(unix))]
fn hidden_line(_lang: Lang) -> Option<Vec<u8>> {
    None
}

/// No name of a file is so long and holds a certificate.
const SHORTEST_TEXT: usize = 200;
