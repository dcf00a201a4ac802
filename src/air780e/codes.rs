//! Numbers the module prints and what they mean, short and long, in English and Chinese (reference, section 5).

mod cme;

use self::cme::CME;

/// The meaning of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The number.
    pub number: u32,
    /// A few words.
    pub short: Text,
    /// A sentence: where it occurs, what it hints at.
    pub long: Text,
}

/// One text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub english: &'static str,
    /// Simplified Chinese.
    pub chinese: &'static str,
}

/// The meaning of `+CME ERROR: number`, if it is known.
pub fn cme(number: u32) -> Option<&'static Code> {
    let listed = CME.binary_search_by_key(&number, |code| code.number).ok().map(|index| &CME[index]);
    listed.or_else(|| SIM_DETAILS.contains(&number).then_some(&SIM_DETAIL))
}

/// The meaning of a registration state, 0 to 11 (reference, section 4).
pub fn registration(stat: u8) -> Option<Text> {
    REGISTRATION.get(usize::from(stat)).copied()
}

/// The meaning of `TCP ERROR:number`, if it is known (reference, section 5).
pub fn tcp(number: u32) -> Option<&'static Code> {
    TCP.iter().find(|code| code.number == number)
}

/// The meaning of `+CDNSGIP:0,number`, if it is known (reference, section 7).
pub fn dns(number: u32) -> Option<&'static Code> {
    DNS.iter().find(|code| code.number == number)
}

/// The error number whose English words the module printed instead of it (`AT+CMEE=2`).
pub fn cme_by_text(words: &str) -> Option<u32> {
    CME.iter().find(|code| code.short.english.eq_ignore_ascii_case(words.trim())).map(|code| code.number)
}

/// `+CME ERROR: 767`: in an MQTT session, that it is gone, or that the login was done already.
pub const OPERATION_FAILED: u32 = 767;
/// The card is still starting.
pub const SIM_BUSY: u32 = 14;
/// The radio is off: `AT+CFUN` is 0 or 4.
pub const RADIO_OFF: u32 = 797;

/// Error numbers that say the module does not know the command (section 5): not supported, option not supported, invalid
/// command line, not implemented, not recognised.
pub const fn is_unknown_command(number: u32) -> bool {
    matches!(number, 4 | 52 | 58 | 99 | 811)
}

const fn text(english: &'static str, chinese: &'static str) -> Text {
    Text { english, chinese }
}

const fn code(number: u32, short: Text, long: Text) -> Code {
    Code { number, short, long }
}

/// Numbers that all tell of some trouble with the card; which is not documented one by one.
const SIM_DETAILS: std::ops::RangeInclusive<u32> = 264..=283;
static SIM_DETAIL: Code = code(
    264,
    text("trouble with the SIM card", "SIM 卡异常"),
    text(
        "One of the errors 264 to 283 that concern the card: re-seat it, or try another one.",
        "属于 264–283 的 SIM 卡类错误：重新插卡或换卡测试。",
    ),
);

/// Registration states by number.
const REGISTRATION: [Text; 12] = [
    text("not registered, not searching", "未注册，未搜网"),
    text("registered, home network", "已注册，本地网络"),
    text("searching", "正在搜网"),
    text("registration denied", "注册被拒绝"),
    text("unknown", "未知"),
    text("registered, roaming", "已注册，漫游"),
    text("registered for SMS only, home network", "仅短信，本地网络"),
    text("registered for SMS only, roaming", "仅短信，漫游"),
    text("emergency bearer only", "仅紧急承载"),
    text("registered, CSFB not preferred, home network", "已注册，不优先 CSFB，本地网络"),
    text("registered, CSFB not preferred, roaming", "已注册，不优先 CSFB，漫游"),
    text("emergency calls only", "仅紧急呼叫"),
];

/// `TCP ERROR` by number, ascending.
const TCP: [Code; 10] = [
    code(5, text("network error", "网络错误"), text("The network failed below TCP.", "TCP 之下的网络出错。")),
    code(
        6,
        text("unreachable", "不可达"),
        text(
            "No way leads to this address: check it, and the card's white list.",
            "无法到达该地址：检查地址和卡的白名单。",
        ),
    ),
    code(
        8,
        text("bad address", "地址错误"),
        text("The address is none: check host and port.", "地址无效：检查主机和端口。"),
    ),
    code(
        11,
        text("refused", "被拒绝"),
        text("The host answers, but not on this port.", "主机有应答，但该端口无服务。"),
    ),
    code(
        12,
        text("timeout", "超时"),
        text(
            "The host does not answer: check address, firewall and white list.",
            "主机无应答：检查地址、防火墙和白名单。",
        ),
    ),
    code(13, text("aborted", "已中止"), text("The connection was given up on this side.", "连接在本端被中止。")),
    code(14, text("reset", "被重置"), text("The other side cut the connection off.", "对端强行断开了连接。")),
    code(16, text("not connected", "未连接"), text("There is no connection.", "没有连接。")),
    code(17, text("shut down", "已关闭"), text("The connection was closed in order.", "连接已正常关闭。")),
    code(18, text("undefined", "未定义"), text("The module gives no reason.", "模块未说明原因。")),
];

/// Errors of resolving by number, ascending.
const DNS: [Code; 6] = [
    code(
        10,
        text("general failure", "一般错误"),
        text("The name did not resolve: check its spelling.", "域名未能解析：检查拼写。"),
    ),
    code(
        11,
        text("no server answered", "服务器无应答"),
        text(
            "All tries were used up: check the name servers and the data connection.",
            "重试次数已用尽：检查 DNS 服务器和数据连接。",
        ),
    ),
    code(
        12,
        text("no server address", "无服务器地址"),
        text("The module knows no name server: set one with AT+CDNSCFG.", "模块没有 DNS 服务器：用 AT+CDNSCFG 设置。"),
    ),
    code(13, text("no memory", "内存不足"), text("The module has no memory left.", "模块内存不足。")),
    code(
        14,
        text("invalid name", "域名无效"),
        text("This is no host name: check its spelling.", "不是有效域名：检查拼写。"),
    ),
    code(
        15,
        text("invalid response", "应答无效"),
        text("The name server answered nonsense: try another one.", "DNS 服务器应答无效：更换服务器。"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_complete_in_both_languages() {
        for table in [CME.as_slice(), &TCP, &DNS] {
            assert!(table.windows(2).all(|pair| pair[0].number < pair[1].number));
        }
        for code in CME.iter().chain(&TCP).chain(&DNS) {
            for text in [code.short, code.long] {
                assert!(!text.english.is_empty() && text.english.is_ascii(), "{}", code.number);
                assert!(!text.chinese.is_ascii(), "{}", code.number);
            }
        }
    }

    #[test]
    fn numbers_and_words_lead_to_a_meaning() {
        assert_eq!(cme(767).map(|code| code.short.english), Some("operation failed"));
        assert_eq!(cme(9_999), None);
        assert_eq!([263, 264, 283, 284].map(|number| cme(number).is_some()), [false, true, true, false]);
        assert_eq!(tcp(11).map(|code| code.short.english), Some("refused"));
        assert_eq!(dns(12).map(|code| code.short.english), Some("no server address"));
        assert_eq!((tcp(7), dns(9)), (None, None));
        assert_eq!(cme_by_text("SIM not inserted"), Some(10));
        assert_eq!(registration(3).map(|text| text.english), Some("registration denied"));
        assert_eq!(registration(12), None);
    }
}
