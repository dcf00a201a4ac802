//! Rates of a serial line, and how much what comes at one of them looks like a modem's answer.

/// The rates worth trying, the likeliest first (reference, section 2: 600 to 921600, fixed by `AT+IPR`).
pub const RATES: [u32; 9] = [115_200, 9_600, 460_800, 921_600, 57_600, 38_400, 230_400, 19_200, 4_800];

/// What bytes that came after an `AT` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reply {
    /// Nothing came.
    Silence,
    /// Bytes that are mostly no text: the log port, or another rate.
    Noise {
        /// How many.
        bytes: usize,
    },
    /// Text, but no answer.
    Text {
        /// How many bytes.
        bytes: usize,
    },
    /// A line `OK`.
    Answer,
}

/// Judges what came after an `AT`.
pub fn judge(bytes: &[u8]) -> Reply {
    let is_answer = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).any(|line| line == b"OK");
    let count = bytes.len();
    let text = bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n' | b'\t' | b' '..=b'~')).count();
    if is_answer {
        Reply::Answer
    } else if count == 0 {
        Reply::Silence
    } else if text * 100 < count * TEXT_PERCENT {
        Reply::Noise { bytes: count }
    } else {
        Reply::Text { bytes: count }
    }
}

/// The rate whose reply looks most like a modem's, if any looks like text at all.
pub fn best(replies: &[(u32, Reply)]) -> Option<u32> {
    let by_answer = replies.iter().find(|(_, reply)| *reply == Reply::Answer);
    // Some bytes look like text by chance at a wrong rate.
    let is_text = |reply: &Reply| matches!(reply, Reply::Text { bytes } if *bytes >= TEXT_BYTES);
    let by_text = replies.iter().filter(|(_, reply)| is_text(reply)).max_by_key(|(_, reply)| *reply);
    by_answer.or(by_text).map(|(rate, _)| *rate)
}

/// So much of a text is printable.
const TEXT_PERCENT: usize = 90;
/// Fewer bytes than a short report say nothing.
const TEXT_BYTES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_told_apart() {
        let table: [(&[u8], Reply); 7] = [
            (b"", Reply::Silence),
            (b"AT\r\r\nOK\r\n", Reply::Answer),
            (b"\x00\xfe\xff\r\nOK\r\n", Reply::Answer),
            (b"\x80\xf8\x00\x06\xe6\x9e", Reply::Noise { bytes: 6 }),
            (b"\r\n+CGEV: ME PDN ACT 1\r\n", Reply::Text { bytes: 23 }),
            (b"CONNECT OK\r\n", Reply::Text { bytes: 12 }),
            (b"\r\nERROR\r\n", Reply::Text { bytes: 9 }),
        ];
        for (bytes, reply) in table {
            assert_eq!(judge(bytes), reply, "{bytes:?}");
        }
    }

    #[test]
    fn an_answer_beats_text_and_noise_beats_nothing() {
        let noise = Reply::Noise { bytes: 90 };
        let text = Reply::Text { bytes: 40 };
        assert_eq!(best(&[(115_200, noise), (9_600, text), (57_600, Reply::Answer)]), Some(57_600));
        assert_eq!(best(&[(115_200, noise), (9_600, text)]), Some(9_600));
        assert_eq!(best(&[(115_200, noise), (9_600, Reply::Text { bytes: 3 })]), None);
        assert_eq!(best(&[(115_200, Reply::Silence)]), None);
    }
}
