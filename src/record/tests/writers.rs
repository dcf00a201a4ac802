//! Writers of every family, from what log-keeping programs do: written apart from the readers.

use std::fmt::Write;

use encoding_rs::GB18030;

/// Some bytes that passed at once.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Milliseconds since the beginning.
    pub(super) at: u64,
    pub(super) is_sent: bool,
    pub(super) bytes: Vec<u8>,
}

/// One family.
pub(super) struct Family {
    pub(super) key: &'static str,
    pub(super) write: fn(&[Step]) -> Vec<u8>,
    /// Each read has an entry of its own.
    pub(super) keeps_reads: bool,
    /// Its marks tell it from all others.
    pub(super) is_recognised: bool,
    /// Data stand as text.
    pub(super) shows_text: bool,
}

const fn family(key: &'static str, write: fn(&[Step]) -> Vec<u8>, kind: &str) -> Family {
    let kind = kind.as_bytes();
    Family { key, write, keeps_reads: kind[0] == b'r', is_recognised: kind[1] == b'k', shows_text: kind[2] == b't' }
}

/// `r`: keeps reads, `k`: is recognised, `t`: shows text.
pub(super) const FAMILIES: &[Family] = &[
    family("trace", trace, "-kt"),
    family("sscom", sscom, "rkt"),
    family("sscom", sscom_wide, "rkt"),
    family("sscom", sscom_hex, "rk-"),
    family("llcom", llcom, "rkt"),
    family("llcom-window", llcom_window, "rkt"),
    family("uartassist", uart_assist, "rkt"),
    family("uartassist", uart_assist_hex, "rk-"),
    family("comtool", comtool, "rkt"),
    family("comtool", comtool_hex, "rk-"),
    family("putty", putty, "-kt"),
    family("modemmanager", modem_manager, "rkt"),
    family("strace", strace, "rkt"),
    family("rt-thread", rt_thread, "rk-"),
    family("zephyr", zephyr, "-kt"),
    family("esp-idf", esp_idf, "-kt"),
    family("python", python, "rkt"),
    family("hexdump", hexdump, "r--"),
    family("device", device, "-kt"),
    family("arduino", arduino, "-kt"),
    family("marked", sketch, "-kt"),
    family("marked", words, "-kt"),
    family("luatools", luatools, "-kt"),
    family("minicom", minicom, "-kt"),
    family("minicom-simple", minicom_simple, "-kt"),
    family("minicom-per-second", minicom_per_second, "-kt"),
    family("tio", tio, "-kt"),
    family("xcom", xcom, "-kt"),
    family("raw", raw, "-kt"),
];

fn clock(at: u64) -> String {
    let at = at + 36_131_318;
    format!("{:02}:{:02}:{:02}.{:03}", at / 3_600_000 % 24, at / 60_000 % 60, at / 1_000 % 60, at % 1_000)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02X} ");
        out
    })
}

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn entries(steps: &[Step], one: impl Fn(&Step) -> String) -> String {
    steps.iter().map(one).collect()
}

/// What came, line by line, with the moment of each line's first character.
fn received_lines(steps: &[Step]) -> Vec<(u64, String)> {
    let (mut lines, mut open, mut began) = (Vec::new(), Vec::new(), 0);
    for step in steps.iter().filter(|step| !step.is_sent) {
        for byte in &step.bytes {
            if open.is_empty() {
                began = step.at;
            }
            match byte {
                b'\r' => {}
                b'\n' => lines.push((began, text(&std::mem::take(&mut open)))),
                byte => open.push(*byte),
            }
        }
    }
    lines
}

fn lined(steps: &[Step], end: &str, head: impl Fn(u64) -> String) -> String {
    received_lines(steps).into_iter().fold(String::new(), |out, (at, line)| format!("{out}{}{line}{end}", head(at)))
}

fn trace(steps: &[Step]) -> Vec<u8> {
    let escape = |bytes: &[u8]| text(bytes).replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n");
    let body = entries(steps, |step| {
        let lines = step.bytes.split_inclusive(|byte| *byte == b'\n');
        let mark = if step.is_sent { '>' } else { '<' };
        let lines = lines.fold(String::new(), |out, line| format!("{out}{mark} {}\n", escape(line)));
        format!("@ {}.{:03}000\n{lines}", step.at / 1_000, step.at % 1_000)
    });
    format!("# air780e trace 1\n# port COM5\n{body}").into_bytes()
}

fn sscom_text(steps: &[Step]) -> String {
    entries(steps, |step| {
        if step.is_sent {
            format!("[{}]发→◇{}\r\n□\r\n", clock(step.at), text(&step.bytes).trim_end())
        } else {
            format!("[{}]收←◆{}\r\n", clock(step.at), text(&step.bytes))
        }
    })
}

fn sscom(steps: &[Step]) -> Vec<u8> {
    gbk(&sscom_text(steps))
}

fn sscom_wide(steps: &[Step]) -> Vec<u8> {
    sscom_text(steps).encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn sscom_hex(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let mark = if step.is_sent { "发→◇" } else { "收←◆" };
        format!("[{}]{mark}{}\r\n", clock(step.at), digits(&step.bytes))
    };
    gbk(&entries(steps, one))
}

fn pictured(bytes: &[u8]) -> String {
    text(bytes).replace("\r\n", "\u{1}").replace('\r', "␍\r").replace('\u{1}', "␍␊\r\n")
}

fn llcom(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let stamp = format!("2024-11-02 {} +08:00", clock(step.at));
        let arrow = if step.is_sent { "<-" } else { "->" };
        format!("{stamp} [INF] {arrow}{}\r\n{stamp} [DBG] [HEX]{}\r\n", pictured(&step.bytes), digits(&step.bytes))
    };
    format!("2024-11-02 08:00:00.000 +08:00 [INF] [SRART]Logs by LLCOM.\r\n{}", entries(steps, one)).into_bytes()
}

fn llcom_window(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let arrow = if step.is_sent { '←' } else { '→' };
        let hex = digits(&step.bytes);
        format!("[2024/11/02 {}] {arrow} {}\r\nHex: {}\r\n", clock(step.at), pictured(&step.bytes), hex.trim_end())
    };
    entries(steps, one).into_bytes()
}

fn uart_assist(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let way = if step.is_sent { "SEND" } else { "RECV" };
        format!("[2024-11-02 {}]# {way} ASCII>\r\n{}\r\n", clock(step.at), text(&step.bytes))
    };
    entries(steps, one).into_bytes()
}

fn uart_assist_hex(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let way = if step.is_sent { "SEND" } else { "RECV" };
        format!("[2024-11-02 {}]# {way} HEX>\r\n{}\r\n", clock(step.at), digits(&step.bytes))
    };
    entries(steps, one).into_bytes()
}

fn comtool(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let way = if step.is_sent { "=>" } else { "<=" };
        format!("{way} [2024-11-02 {}]: {}\n", clock(step.at), text(&step.bytes))
    };
    entries(steps, one).into_bytes()
}

fn comtool_hex(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let way = if step.is_sent { "=>" } else { "<=" };
        format!("{way} [2024-11-02 {}] [HEX]: {}\n", clock(step.at), digits(&step.bytes))
    };
    entries(steps, one).into_bytes()
}

fn raw(steps: &[Step]) -> Vec<u8> {
    steps.iter().filter(|step| !step.is_sent).flat_map(|step| step.bytes.clone()).collect()
}

fn putty(steps: &[Step]) -> Vec<u8> {
    let header = "=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2024.11.02 08:31:06 =~=~=~=~=~=~=~=~=~=~=~=\r\n";
    [header.as_bytes(), &raw(steps)].concat()
}

fn modem_manager(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let arrow = if step.is_sent { "-->" } else { "<--" };
        let shown = text(&step.bytes).replace('\r', "<CR>").replace('\n', "<LF>");
        format!(
            "<debug> [{}.{:03}000] [ttyUSB2/at] {arrow} '{shown}'\n",
            1_730_505_330 + step.at / 1_000,
            step.at % 1_000
        )
    };
    entries(steps, one).into_bytes()
}

fn strace(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let shown =
            text(&step.bytes).replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r").replace('\n', "\\n");
        let (length, stamp) = (step.bytes.len(), clock(step.at));
        if step.is_sent {
            format!("{stamp}000 write(3, \"{shown}\", {length}) = {length}\n")
        } else {
            format!("{stamp}000 read(3, \"{shown}\", 4096) = {length}\n")
        }
    };
    entries(steps, one).into_bytes()
}

fn column(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if (b' '..=b'~').contains(byte) { char::from(*byte) } else { '.' }).collect()
}

fn rt_thread(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let name = if step.is_sent { "sendline" } else { "recvline" };
        let row = |(place, bytes): (usize, &[u8])| {
            let from = place * 32;
            let mut cells = String::new();
            for at in 0..32 {
                let _ = match bytes.get(at) {
                    Some(byte) => write!(cells, "{byte:02X} "),
                    None => write!(cells, "   "),
                };
                if at % 8 == 7 {
                    cells.push(' ');
                }
            }
            format!("[D/AT] {name}: {from:04X}-{:04X}: {cells}  {}\n", from + 32, column(bytes))
        };
        step.bytes.chunks(32).enumerate().map(row).collect()
    };
    entries(steps, one).into_bytes()
}

fn hexdump(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let name = if step.is_sent { "TX" } else { "RX" };
        let rows = (0..).zip(step.bytes.chunks(16)).fold(String::new(), |out, (place, bytes)| {
            format!("{out}{:08x}  {:<48} |{}|\n", place * 16, digits(bytes), column(bytes))
        });
        format!("[{}] {name} ({} bytes):\n{rows}", clock(step.at), step.bytes.len())
    };
    entries(steps, one).into_bytes()
}

/// Each line with its way, blank ones left out.
fn marked(steps: &[Step], one: impl Fn(u64, bool, &str) -> String) -> Vec<u8> {
    let lines = |step: &Step| {
        let shown = text(&step.bytes).replace('\r', "");
        let lines = shown.split('\n').filter(|line| !line.is_empty());
        lines.map(|line| one(step.at, step.is_sent, line)).collect()
    };
    entries(steps, lines).into_bytes()
}

fn zephyr(steps: &[Step]) -> Vec<u8> {
    marked(steps, |at, is_sent, line| {
        let way = if is_sent { "TX" } else { "RX" };
        let (seconds, millis) = (at / 1_000, at % 1_000);
        format!("[00:{:02}:{:02}.{millis:03},000] <dbg> modem: {way}: {line}\n", seconds / 60, seconds % 60)
    })
}

fn esp_idf(steps: &[Step]) -> Vec<u8> {
    marked(steps, |at, is_sent, line| {
        let way = if is_sent { "TX" } else { "RX" };
        format!("\x1b[0;32mI ({}) at_engine: {way}:│{line}\x1b[0m\n", at + 10_311)
    })
}

fn device(steps: &[Step]) -> Vec<u8> {
    marked(steps, |at, is_sent, line| {
        let way = if is_sent { "send" } else { "recv" };
        format!("2024-11-02 {} [DEBUG] modem.c:71 {way}: {line}\n", clock(at))
    })
}

fn words(steps: &[Step]) -> Vec<u8> {
    marked(steps, |at, is_sent, line| {
        let way = if is_sent { "发送" } else { "接收" };
        format!("[{}] {way}：{line}\n", clock(at))
    })
}

fn sketch(steps: &[Step]) -> Vec<u8> {
    marked(steps, |_, is_sent, line| format!("{} {line}\n", if is_sent { ">>" } else { "<<" }))
}

fn python(steps: &[Step]) -> Vec<u8> {
    let one = |step: &Step| {
        let way = if step.is_sent { "sent" } else { "received" };
        let shown = text(&step.bytes).replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n");
        format!("2024-11-02 {} DEBUG serial {way}: b'{shown}'\n", clock(step.at).replace('.', ","))
    };
    entries(steps, one).into_bytes()
}

fn arduino(steps: &[Step]) -> Vec<u8> {
    lined(steps, "\r\n", |at| format!("{} -> ", clock(at))).into_bytes()
}

fn luatools(steps: &[Step]) -> Vec<u8> {
    let opened = "[2024-11-02 10:02:10.004] 工具提示: soc log port COM60打开成功\r\n";
    format!("{opened}{}", lined(steps, "\r\n", |at| format!("[2024-11-02 {}] ", clock(at)))).into_bytes()
}

fn minicom(steps: &[Step]) -> Vec<u8> {
    lined(steps, "\n", |at| format!("[2024-11-02 {}] ", clock(at))).into_bytes()
}

fn minicom_simple(steps: &[Step]) -> Vec<u8> {
    lined(steps, "\n", |at| format!("[2024-11-02 {}] ", &clock(at)[..8])).into_bytes()
}

fn minicom_per_second(steps: &[Step]) -> Vec<u8> {
    let mut last = None;
    let mut out = String::new();
    for (at, line) in received_lines(steps) {
        if last.replace(at / 1_000) != Some(at / 1_000) {
            let _ = writeln!(out, "[2024-11-02 {}", &clock(at)[..8]);
        }
        let _ = writeln!(out, "{line}");
    }
    out.into_bytes()
}

fn tio(steps: &[Step]) -> Vec<u8> {
    lined(steps, "\r\n", |at| format!("[{}] ", clock(at))).into_bytes()
}

fn xcom(steps: &[Step]) -> Vec<u8> {
    gbk(&lined(steps, "\r\n", |at| format!("[{}]", clock(at))))
}
