//! Sequences of packets that a client might send: mostly sound ones, some with a mistake, all from a seed.

/// A small generator of numbers; the same seed gives the same sequence.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    /// True in so many of a hundred cases.
    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn one_of<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.place(from.len())]
    }

    fn number(&mut self, from: &[u8]) -> u8 {
        from[self.place(from.len())]
    }

    fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }
}

/// What a client sends in one connection, packet by packet, and the prefix of all its topics.
pub(super) fn sequence(is_v5: bool, seed: u64) -> Vec<Vec<u8>> {
    let mut dice = Dice::new(seed);
    let prefix = format!("s{seed}");
    let mut packets = vec![connect(&mut dice, is_v5, &prefix)];
    for _ in 0..=dice.below(6) {
        let packet = packet(&mut dice, is_v5, &prefix);
        let release = release(&mut dice, &packet);
        packets.push(packet);
        packets.extend(release);
    }
    if dice.percent(3) {
        packets.remove(0);
    }
    if dice.percent(30) {
        let place = dice.place(packets.len());
        spoil(&mut dice, &mut packets[place]);
    }
    packets
}

fn packet(dice: &mut Dice, is_v5: bool, prefix: &str) -> Vec<u8> {
    let packet_id = dice.number(&[1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 0]);
    match dice.below(100) {
        34..60 => subscribe(dice, is_v5, prefix, packet_id),
        60..68 => unsubscribe(dice, is_v5, prefix, packet_id),
        68..78 => confirm(dice, is_v5, 0x62, packet_id),
        78..86 => {
            let first = dice.number(&[0x40, 0x50, 0x70]);
            confirm(dice, is_v5, first, packet_id)
        }
        86..92 => vec![0xc0, 0],
        92..96 => disconnect(dice, is_v5),
        96 => connect(dice, is_v5, prefix),
        97 => vec![0xf0, 0],
        98 => vec![dice.number(&[0x20, 0x90, 0xb0, 0xd0, 0x00]), 2, 0, 1],
        _ => publish(dice, is_v5, prefix, packet_id),
    }
}

/// The PUBREL that belongs to a PUBLISH of QoS 2, mostly.
fn release(dice: &mut Dice, packet: &[u8]) -> Option<Vec<u8>> {
    let topic = usize::from(*packet.get(3)?);
    let packet_id = *packet.get(4 + topic + 1)?;
    (packet[0] & 0xf6 == 0x34 && dice.percent(90)).then(|| vec![0x62, 2, 0, packet_id])
}

/// One mistake: a flipped bit, a missing tail, a foreign tail, other flags.
fn spoil(dice: &mut Dice, packet: &mut Vec<u8>) {
    let header = 1 + packet.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count() + 1;
    let mut body = packet.split_off(header.min(packet.len()));
    let mut first = packet[0];
    match dice.below(4) {
        0 if !body.is_empty() => {
            let place = dice.place(body.len());
            body[place] ^= 1 << dice.below(8);
        }
        1 if !body.is_empty() => body.truncate(dice.place(body.len())),
        2 => body.extend_from_slice(&[dice.number(&[0, 1, 0xff])]),
        _ => first ^= 1 << dice.below(4),
    }
    *packet = framed(first, &body);
}

fn framed(first: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![first];
    packet.extend_from_slice(&length(body.len()));
    packet.extend_from_slice(body);
    packet
}

fn length(mut rest: usize) -> Vec<u8> {
    let mut digits = Vec::new();
    loop {
        let digit = u8::try_from(rest % 128).unwrap();
        rest /= 128;
        digits.push(if rest > 0 { digit | 0x80 } else { digit });
        if rest == 0 {
            return digits;
        }
    }
}

fn text(body: &mut Vec<u8>, text: &str) {
    body.extend_from_slice(&u16::try_from(text.len()).unwrap().to_be_bytes());
    body.extend_from_slice(text.as_bytes());
}

fn property_text(id: u8, value: &str) -> Vec<u8> {
    let mut bytes = vec![id];
    text(&mut bytes, value);
    bytes
}

fn properties(body: &mut Vec<u8>, parts: &[Vec<u8>]) {
    let bytes = parts.concat();
    body.extend_from_slice(&length(bytes.len()));
    body.extend_from_slice(&bytes);
}

fn user_property() -> Vec<u8> {
    let mut bytes = vec![38];
    text(&mut bytes, "name");
    text(&mut bytes, "value");
    bytes
}

/// Some of the parts, each with this chance; now and then one of them twice.
fn some(dice: &mut Dice, share: u64, parts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut chosen: Vec<_> = parts.into_iter().filter(|_| dice.percent(share)).collect();
    if dice.percent(2)
        && let Some(first) = chosen.first().cloned()
    {
        chosen.push(first);
    }
    chosen
}

fn connect(dice: &mut Dice, is_v5: bool, prefix: &str) -> Vec<u8> {
    let level = if dice.percent(2) { dice.number(&[0, 2, 6, 9]) } else { 4 + u8::from(is_v5) };
    let (has_will, has_user, has_password) = (dice.percent(20), dice.percent(15), dice.percent(10));
    let mut flags = if dice.percent(90) { 0b10 } else { 0 };
    if has_will {
        flags |= 0b100 | dice.number(&[0, 1, 2]) << 3 | u8::from(dice.percent(20)) << 5;
    }
    flags |= u8::from(has_user) << 7 | u8::from(has_password) << 6;
    let mut body = Vec::new();
    text(&mut body, if dice.percent(1) { "MQXX" } else { "MQTT" });
    body.extend_from_slice(&[level, flags, 0, dice.number(&[0, 60])]);
    if is_v5 {
        let receive = vec![33, 0, dice.number(&[0, 1, 5, 5, 5, 5])];
        let largest = vec![39, 0, 0, dice.number(&[0, 1, 1, 1]), dice.number(&[0, 100])];
        let reasons = vec![23, dice.number(&[0, 1, 1, 1, 2])];
        let mut parts =
            vec![vec![17, 0, 0, 0, dice.number(&[0, 9])], vec![34, 0, dice.number(&[0, 5])], user_property()];
        parts.extend([receive, largest, reasons]);
        let mut chosen = some(dice, 15, parts);
        if dice.percent(1) {
            chosen.push(property_text(21, "method"));
        }
        if dice.percent(1) {
            chosen.push(vec![35, 0, 1]);
        }
        properties(&mut body, &chosen);
    }
    text(&mut body, if dice.percent(5) { "" } else { prefix });
    if has_will {
        if is_v5 {
            let parts = vec![vec![24, 0, 0, 0, 9], vec![2, 0, 0, 0, 9], vec![1, dice.number(&[0, 1])], user_property()];
            let chosen = some(dice, 20, parts);
            properties(&mut body, &chosen);
        }
        text(&mut body, &format!("{prefix}/{}", dice.one_of(&["will", "will", "will", "+"])));
        text(&mut body, "gone");
    }
    if has_user {
        text(&mut body, "anna");
    }
    if has_password {
        text(&mut body, "secret");
    }
    framed(0x10, &body)
}

fn publish(dice: &mut Dice, is_v5: bool, prefix: &str, packet_id: u8) -> Vec<u8> {
    let qos = dice.number(&[0, 0, 1, 1, 2, 2, 2]);
    let qos = if dice.percent(1) { 3 } else { qos };
    let flags = qos << 1 | u8::from(dice.percent(20)) | u8::from(dice.percent(5)) << 3;
    let mut topic = format!("{prefix}/{}", dice.one_of(&["a", "a", "a", "b", "a/b", "", "will"]));
    if dice.percent(3) {
        dice.one_of(&["", "+", "#", "a/+", "$SYS/x", "\u{0}", "/"]).clone_into(&mut topic);
    }
    let mut alias = Vec::new();
    if is_v5 && dice.percent(10) {
        alias.push(vec![35, 0, dice.number(&[0, 1, 1, 1, 2, 200])]);
        if dice.percent(40) {
            topic = String::new();
        }
    }
    let mut body = Vec::new();
    text(&mut body, &topic);
    if qos > 0 {
        body.extend_from_slice(&[0, packet_id]);
    }
    if is_v5 {
        let response = property_text(8, dice.one_of(&["answer", "answer", "answer", "answer/#"]));
        let parts = vec![
            vec![1, dice.number(&[0, 1, 1, 1, 1, 2])],
            vec![2, 0, 0, 0, 100],
            property_text(3, "text/plain"),
            property_text(9, "data"),
            response,
            user_property(),
        ];
        let mut chosen = some(dice, 8, parts);
        if dice.percent(1) {
            chosen.push(vec![11, 5]);
        }
        if dice.percent(1) {
            chosen.push(vec![17, 0, 0, 0, 5]);
        }
        chosen.extend(alias);
        properties(&mut body, &chosen);
    }
    body.extend_from_slice(dice.one_of(&["", "1", "22", "payload"]).as_bytes());
    framed(0x30 | flags, &body)
}

fn filter(dice: &mut Dice, prefix: &str) -> String {
    if dice.percent(5) {
        return dice.one_of(&["", "a#", "+a", "#/a", "$share/g", "$share//a", "$share/+/a", "\u{0}"]).to_owned();
    }
    let shared = if dice.percent(6) { "$share/g/" } else { "" };
    format!("{shared}{prefix}/{}", dice.one_of(&["a", "a", "b", "+", "#", "a/b", "a/+", "+/b", "will"]))
}

fn subscribe(dice: &mut Dice, is_v5: bool, prefix: &str, packet_id: u8) -> Vec<u8> {
    let mut body = vec![0, packet_id];
    if is_v5 {
        let identifier = vec![11, dice.number(&[1, 7, 100, 0])];
        let mut chosen = some(dice, 10, vec![identifier, user_property()]);
        if dice.percent(1) {
            chosen.push(vec![2, 0, 0, 0, 1]);
        }
        properties(&mut body, &chosen);
    }
    for _ in 0..dice.number(&[1, 1, 1, 2, 3]) {
        let filter = filter(dice, prefix);
        text(&mut body, &filter);
        let mut options = dice.number(&[0, 1, 1, 2, 2, 2]);
        if is_v5 && dice.percent(40) {
            options |= u8::from(dice.percent(30)) << 2 | u8::from(dice.percent(40)) << 3;
            options |= dice.number(&[0, 1, 2, 2]) << 4;
        }
        if dice.percent(2) {
            options = dice.number(&[3, 4, 0x30, 0x40, 0x80]);
        }
        body.push(options);
    }
    framed(0x82, &body)
}

fn unsubscribe(dice: &mut Dice, is_v5: bool, prefix: &str, packet_id: u8) -> Vec<u8> {
    let mut body = vec![0, packet_id];
    if is_v5 {
        let chosen = some(dice, 10, vec![user_property()]);
        properties(&mut body, &chosen);
    }
    for _ in 0..dice.number(&[1, 1, 1, 2, 0]) {
        let filter = filter(dice, prefix);
        text(&mut body, &filter);
    }
    framed(0xa2, &body)
}

fn confirm(dice: &mut Dice, is_v5: bool, first: u8, packet_id: u8) -> Vec<u8> {
    let mut body = vec![0, packet_id];
    if is_v5 && dice.percent(30) {
        body.push(dice.number(&[0, 0, 0x92, 0x80, 0x10, 0x55]));
        if dice.percent(50) {
            let chosen = some(dice, 40, vec![property_text(31, "why"), user_property()]);
            properties(&mut body, &chosen);
        }
    }
    framed(first, &body)
}

fn disconnect(dice: &mut Dice, is_v5: bool) -> Vec<u8> {
    let mut body = Vec::new();
    if is_v5 && dice.percent(60) {
        body.push(dice.number(&[0, 0, 4, 0x81, 0x55, 0x01]));
        if dice.percent(50) {
            let session = vec![17, 0, 0, 0, dice.number(&[0, 5])];
            let chosen = some(dice, 40, vec![property_text(31, "why"), session, user_property()]);
            properties(&mut body, &chosen);
        }
    }
    framed(0xe0, &body)
}
