//! A first look at the beginning of a log: which families it holds, what arrows mean, what has to be taken away before lines
//! can be understood.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    clean, encoding,
    entry::{End, Row, Way},
    format::{ALL, Form, Format, Head, RAW, STAMPED, text_of_hex},
    literal, marks, ports,
    sample::{Sample, shaped},
    words,
};

/// What the beginning of a log says of the whole.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub(super) struct Survey {
    /// The families to try, in this order.
    pub(super) formats: Vec<&'static Format>,
    /// Text that may be UTF-8 or GB18030 is UTF-8.
    pub(super) prefers_utf8: bool,
    /// Entities and tags of a web page are replaced.
    pub(super) has_entities: bool,
    /// Typographic signs were put there by a page or an editor.
    pub(super) is_typeset: bool,
    /// Comments behind lines are somebody's notes.
    pub(super) has_notes: bool,
    /// Lines are broken after so many signs.
    pub(super) wrap: Option<usize>,
    /// Data that went out are marked as such.
    pub(super) marks_sent: bool,
    /// Times are known throughout.
    pub(super) is_timed: bool,
    /// Data stand as hex digits.
    pub(super) is_hex: bool,
    /// Line ends stand as signs, in literals or without.
    pub(super) has_signs: bool,
    /// Commands stand twice: as they were typed, and as the module repeated them.
    pub(super) doubles: bool,
    /// What was sent stands nowhere, not even repeated by the module.
    pub(super) is_one_sided: bool,
    /// Lines that are commands or replies, so many as were looked at.
    pub(super) known: u32,
    /// Each family in which an arrow to the left means that data went out.
    left_is_sent: BTreeMap<&'static str, bool>,
}

/// One line made ready to be looked at.
pub(super) struct Plain<'a> {
    /// Its bytes, without colours and deleted signs.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Its text.
    pub(super) text: Cow<'a, str>,
    /// The text is no longer that of the bytes.
    pub(super) is_changed: bool,
}

impl Survey {
    /// Looks at the beginning `bytes`. With `forced` only that family is tried.
    pub(super) fn of(bytes: &[u8], forced: Option<&'static Format>) -> Self {
        let sample = Sample::of(bytes);
        let has_returns = memchr::memchr(b'\r', bytes).is_some();
        let formats = forced.map_or_else(|| candidates(&sample, has_returns), |format| vec![format]);
        let mut survey = Self {
            formats,
            prefers_utf8: sample.prefers_utf8,
            has_entities: sample.has_entities,
            is_typeset: false,
            has_notes: false,
            wrap: None,
            marks_sent: false,
            is_timed: false,
            is_hex: false,
            has_signs: false,
            doubles: false,
            is_one_sided: false,
            left_is_sent: BTreeMap::new(),
            known: 0,
        };
        survey.look(&sample);
        survey
    }

    /// `bytes` made ready.
    pub(super) fn plain<'a>(&self, bytes: &'a [u8]) -> Plain<'a> {
        let bytes = clean::controls(bytes);
        let (text, is_changed) = match &bytes {
            Cow::Borrowed(bytes) => self.shown(bytes),
            Cow::Owned(bytes) => {
                let (text, is_changed) = self.shown(bytes);
                (Cow::Owned(text.into_owned()), is_changed)
            }
        };
        Plain { bytes, text, is_changed }
    }

    /// The text of `bytes`, and whether more than their encoding was changed.
    fn shown<'a>(&self, bytes: &'a [u8]) -> (Cow<'a, str>, bool) {
        let text = encoding::text(bytes, self.prefers_utf8);
        let length = text.len();
        let mut shown = shaped(text, self.has_entities);
        // What is taken away or replaced by a shorter sign makes it shorter.
        let mut is_changed = shown.len() != length;
        if self.is_typeset && clean::has_typography(&shown) {
            (shown, is_changed) = (Cow::Owned(clean::without_typography(&shown)), true);
        }
        (shown, is_changed)
    }

    /// The entry that `text` begins, and its family.
    pub(super) fn head<'a>(&self, text: &'a str) -> Option<(&'static Format, Head<'a>)> {
        self.formats.iter().find_map(|format| {
            let mut head = head_in(format, text)?;
            head.way = self.way(format, head.way);
            Some((*format, head))
        })
    }

    fn way(&self, format: &Format, way: Way) -> Way {
        let left_is_sent = self.left_is_sent.get(format.key).copied().unwrap_or(false);
        match way {
            Way::Left if left_is_sent => Way::Sent,
            Way::Right if !left_is_sent => Way::Sent,
            Way::Left | Way::Right => Way::Received,
            other => other,
        }
    }

    /// What the lines say together.
    fn look(&mut self, sample: &Sample<'_>) {
        let mut votes: BTreeMap<&'static str, Votes> = BTreeMap::new();
        let mut notes = Notes::default();
        let mut typed = Typed::default();
        let mut twice = Twice::default();
        let mut timed = (0_u32, 0_u32);
        let mut digits = (0_u32, 0_u32);
        let mut signs = 0_u32;
        let mut current: Option<(&'static Format, Way, bool)> = None;
        sample.each(|text| {
            let head = self.formats.iter().find_map(|format| Some((*format, head_in(format, text)?)));
            let body = head.as_ref().map_or(text, |(_, head)| text.get(head.body..).unwrap_or(""));
            if let Some((format, head)) = &head {
                let was_stamped = current.is_some_and(|last| last.2);
                let is_stamped = head.stamp.is_some() || (was_stamped && head.form != Form::Remark);
                current = Some((format, head.way, is_stamped));
                if matches!(head.form, Form::Remark | Form::Time) {
                    return;
                }
            }
            let shown = body;
            signs += u32::from(literal::ends_in_sign(shown));
            let body = match &head {
                Some((_, head)) if head.form == Form::Hex => Cow::Owned(text_of_hex(body)),
                Some((format, head)) if head.form == Form::Literal => settled(format, head, body),
                _ => decoded(body),
            };
            if words::is_command(&body) || words::is_reply(&body) {
                let is_again = head.as_ref().is_some_and(|(_, head)| head.form == Form::HexAgain);
                let is_hex = literal::hex(shown.trim(), false).is_some() && !is_again;
                digits = (digits.0 + u32::from(is_hex), digits.1 + u32::from(!is_hex));
                timed.0 += u32::from(current.is_some_and(|last| last.2));
                timed.1 += 1;
            }
            if let Some((format, way, _)) = current {
                votes.entry(format.key).or_default().take(way, &body);
            }
            notes.take(&body);
            typed.take(&body, current.is_some_and(|last| last.1 == Way::Received));
            twice.take(&body);
        });
        self.known = timed.1;
        self.marks_sent = votes.iter().any(|(key, votes)| votes.marks_sent(key));
        self.left_is_sent = votes.into_iter().map(|(key, votes)| (key, votes.left_is_sent(key))).collect();
        self.has_notes = notes.are_notes();
        self.is_typeset = typed.is_typeset;
        self.is_timed = timed.1 > 0 && timed.0 * 5 >= timed.1 * 4;
        self.is_one_sided = timed.1 > 0 && twice.commands == 0;
        self.doubles = !self.marks_sent && twice.are_usual();
        self.is_hex = digits.0 >= 2 && digits.0 > digits.1;
        self.has_signs = signs >= 2;
        self.wrap = wrap(sample);
    }

    /// Where somebody's note begins behind the data `body`.
    pub(super) fn note_at(&self, body: &str) -> Option<usize> {
        let at = if self.has_notes { words::comment(body)? } else { return None };
        let before = body[..at].trim_end();
        let is_known = words::is_command(before) || words::is_complete(before) || words::is_report(before);
        (is_known && !before.starts_with("+MSUB")).then_some(before.len())
    }
}

/// The data of an entry that its family writes in a way of its own: the first line of them that is not blank.
fn settled(format: &Format, head: &Head<'_>, body: &str) -> Cow<'static, str> {
    let mut rows = vec![Row { line: 1, bytes: body.as_bytes().to_vec(), end: End::Soft }];
    (format.settle)(head, &mut rows);
    let first = rows.iter().find(|row| !row.is_blank());
    Cow::Owned(first.map(|row| row.text().trim().to_owned()).unwrap_or_default())
}

/// A body as the text it stands for, where it is hex digits or a literal.
fn decoded(body: &str) -> Cow<'_, str> {
    let trimmed = body.trim();
    if let Some(bytes) = literal::hex(trimmed, false).filter(|bytes| literal::is_text(bytes)) {
        return Cow::Owned(String::from_utf8_lossy(&bytes).trim().to_owned());
    }
    match literal::quoted(trimmed) {
        Some((bytes, _)) => Cow::Owned(String::from_utf8_lossy(&bytes).trim().to_owned()),
        None => Cow::Borrowed(body),
    }
}

/// How much the lines of a log speak for a family.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// A line that nothing else writes.
    is_sure: bool,
    /// All lines of its shape.
    all: u32,
    /// Without those that another family surely wrote.
    free: u32,
    /// Of those, lines whose data look like data.
    told: u32,
}

/// The families whose marks stand in `sample`: those that nothing else looks like first, then by how many lines they explain.
fn candidates(sample: &Sample<'_>, has_returns: bool) -> Vec<&'static Format> {
    let mut filled = 0;
    let mut weights = [Weight::default(); ALL.len()];
    sample.each(|text| {
        filled += u32::from(!text.trim().is_empty());
        weigh(text, &mut weights);
    });
    // What one family surely wrote speaks for no other, nor does a piece of its data that only looks like a mark.
    let has_sure = weights.iter().any(|weight| weight.is_sure);
    let mut found: Vec<(bool, u32, &'static Format)> = Vec::new();
    for (format, weight) in ALL.into_iter().zip(weights) {
        let count = match (weight.is_sure, has_sure) {
            (true, _) => weight.all,
            (false, false) if format.key == STAMPED.key => weight.told,
            (false, true) => weight.told,
            (false, false) => weight.free,
        };
        // What two families share goes to the one that drops returns.
        let count = count + u32::from(count > 0 && format.drops_returns && !has_returns);
        let is_only = filled > 0 && count == filled;
        if weight.is_sure || count >= format.least || (count > 0 && is_only && format.least < u32::MAX) {
            found.push((weight.is_sure, count, format));
        }
    }
    // A time and nothing else says least: whoever sees more in a line takes it.
    let says_more = |format: &Format| format.key != STAMPED.key;
    found.sort_by_key(|(is_sure, count, format)| std::cmp::Reverse((*is_sure, says_more(format), *count)));
    found.into_iter().map(|(.., format)| format).collect()
}

/// Adds what the line `text` says for each family.
fn weigh(text: &str, weights: &mut [Weight; ALL.len()]) {
    let heads = ALL.map(|format| head_in(format, text));
    let is_free = !heads.iter().flatten().any(|head| head.is_sure);
    for ((format, head), weight) in ALL.into_iter().zip(&heads).zip(weights) {
        let Some(head) = head else { continue };
        let count = 1 + (format.bonus)(text);
        weight.is_sure |= head.is_sure;
        weight.all += count;
        if is_free {
            let is_told = text.get(head.body..).is_none_or(|body| body.trim().is_empty() || marks::is_data(body));
            weight.free += count;
            weight.told += if is_told { count } else { 0 };
        }
    }
}

/// The entry of `format` that `text` begins, perhaps behind the name of its port, or blanks that a page or a
/// mail put there.
fn head_in<'a>(format: &Format, text: &'a str) -> Option<Head<'a>> {
    if let Some(head) = (format.head)(text) {
        return Some(head);
    }
    if let Some((port, taken)) = ports::leading(text) {
        let head = (format.head)(&text[taken..])?;
        return Some(Head { body: head.body + taken, port: head.port.or(Some(port)), ..head });
    }
    let shown = text.trim_start_matches([' ', '\t']);
    let blanks = text.len() - shown.len();
    if blanks == 0 {
        return None;
    }
    (format.head)(shown).map(|head| Head { body: head.body + blanks, ..head })
}

/// What lines behind each arrow look like.
#[derive(Debug, Default)]
struct Votes {
    left: Looks,
    right: Looks,
    sent: Looks,
}

#[derive(Debug, Default)]
struct Looks {
    commands: u32,
    replies: u32,
}

impl Looks {
    const fn is_used(&self) -> bool {
        self.commands > 0 || self.replies > 0
    }
}

impl Votes {
    fn take(&mut self, way: Way, body: &str) {
        let looks = match way {
            Way::Left => &mut self.left,
            Way::Right => &mut self.right,
            Way::Sent => &mut self.sent,
            Way::Received | Way::Unknown => return,
        };
        looks.commands += u32::from(words::is_command(body));
        looks.replies += u32::from(words::is_reply(body));
    }

    /// Whether commands stand behind the mark of what goes out.
    fn marks_sent(&self, key: &str) -> bool {
        let arrow = if self.left_is_sent(key) { &self.left } else { &self.right };
        self.sent.commands > 0 || (arrow.commands > 0 && arrow.replies < arrow.commands)
    }

    /// What comes from the module holds replies, with or without echoes; what goes there holds none.
    fn left_is_sent(&self, key: &str) -> bool {
        // Where a word tells what was sent, the only arrow there is tells what came, echoes and all.
        let (has_left, has_right) = (self.left.is_used(), self.right.is_used());
        if self.sent.commands > 0 && has_left != has_right {
            return has_right;
        }
        match self.right.replies.cmp(&self.left.replies) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal if self.left.commands != self.right.commands => {
                self.left.commands > self.right.commands
            }
            std::cmp::Ordering::Equal => key.starts_with("llcom"),
        }
    }
}

/// Whether comments behind lines were put there afterwards: behind replies too, or behind commands that were taken.
#[derive(Debug, Default)]
struct Notes {
    is_open: bool,
    replies: u32,
    taken: u32,
}

impl Notes {
    fn take(&mut self, body: &str) {
        if let Some(at) = words::comment(body) {
            let before = body[..at].trim_end();
            self.replies +=
                u32::from(words::is_complete(before) || (words::is_report(before) && !before.starts_with("+MSUB")));
            self.is_open = words::is_command(before);
        } else if words::is_command(body) {
            // An echo without the comment shows that it was none of the command.
            self.is_open = false;
        }
        let is_taken = body.trim() == "OK" && self.is_open;
        self.taken += u32::from(is_taken);
        self.is_open &= !matches!(body.trim(), "OK" | "ERROR");
    }

    const fn are_notes(&self) -> bool {
        self.replies > 0 || self.taken > 0
    }
}

/// Whether typographic signs were put there afterwards: a module prints none itself, and opens no link by them.
#[derive(Debug, Default)]
struct Typed {
    is_open: bool,
    is_typeset: bool,
}

impl Typed {
    fn take(&mut self, body: &str, is_received: bool) {
        if !clean::has_typography(body) {
            self.is_typeset |= self.is_open && body.trim() == "CONNECT OK";
            // What opens from here on was asked for in plain signs.
            self.is_open &= !words::is_command(body);
            return;
        }
        let plain = clean::without_typography(body);
        let is_own = words::is_report(&plain)
            && !plain.starts_with("+MSUB")
            && (body.contains(['“', '”', '，', '：']) || is_received);
        let name = body.split(['=', '？', '?']).next().unwrap_or("");
        let is_wide_name = words::is_command(&plain) && clean::has_typography(name);
        self.is_typeset |= is_own || is_wide_name;
        if words::is_command(&plain) {
            self.is_open = plain.to_ascii_uppercase().contains("MIPSTART");
        }
    }
}

/// Whether commands stand twice, one below the other. `AT` itself is sent again and again.
#[derive(Debug, Default)]
struct Twice {
    commands: u32,
    counted: u32,
    pairs: u32,
    last: Option<String>,
}

impl Twice {
    fn take(&mut self, body: &str) {
        let body = body.trim();
        if body.is_empty() {
            return;
        }
        let is_command = words::is_command(body);
        self.commands += u32::from(is_command);
        let is_counted = is_command && body.len() > 2;
        self.counted += u32::from(is_counted);
        let is_pair = is_counted && self.last.as_deref() == Some(body);
        self.pairs += u32::from(is_pair);
        self.last = (is_counted && !is_pair).then(|| body.to_owned());
    }

    const fn are_usual(&self) -> bool {
        self.pairs >= 2 && self.pairs * 3 >= self.counted
    }
}

/// After how many signs lines are broken, when they are: full lines that end in the middle of what they say.
fn wrap(sample: &Sample<'_>) -> Option<usize> {
    let mut longest = 0;
    sample.each(|text| longest = longest.max(text.chars().count()));
    if !(40..=400).contains(&longest) {
        return None;
    }
    let (mut broken, mut whole) = (0_u32, 0_u32);
    let mut full: Option<String> = None;
    sample.each(|text| {
        broken += u32::from(full.take().is_some_and(|full| goes_on(&full, text)));
        full = (text.chars().count() == longest).then(|| text.to_owned());
        whole += u32::from(full.is_some());
    });
    let is_usual = [40, 64, 72, 80, 100, 120, 132].contains(&longest);
    (broken > 0 && broken == whole && (is_usual || broken >= 3)).then_some(longest)
}

/// Whether `next` can only be the rest of `text`.
pub(super) fn goes_on(text: &str, next: &str) -> bool {
    (words::is_command(text) || words::is_report(text))
        && !next.trim().is_empty()
        && !words::begins_line(next.trim_start())
}

impl Survey {
    /// The family that takes what no other does.
    pub(super) const fn rest() -> &'static Format {
        &RAW
    }
}
