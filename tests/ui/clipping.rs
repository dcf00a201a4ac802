//! Nothing is cut off: every page in both languages in the smallest window, at the plain size and at the stage size.

use air780e_companion::{
    app::Options,
    lang::Lang,
    settings::{Profile, SecurityCase, Settings},
    view::Page,
};
use eframe::egui::{Key, Modifiers, Rect, Vec2};

use crate::kit::Window;

/// The smallest window, in points.
const PLAIN: Vec2 = Vec2::new(1_000.0, 640.0);
/// The same window at the stage size: points are half as large again.
const STAGE: Vec2 = Vec2::new(1_000.0 / 1.5, 640.0 / 1.5);
/// Hairlines and rounding.
const SLACK: f32 = 1.0;

fn open(page: Page, lang: Lang, size: Vec2) -> Window<'static> {
    let mut profile = Profile { uses_own_broker: false, ..Profile::default() };
    "一个名字很长的配置 with a long name".clone_into(&mut profile.name);
    profile.security.case = SecurityCase::Both;
    profile.sim.is_private = true;
    profile.will.is_on = true;
    let chosen = profile.name.clone();
    let settings = Settings { profiles: vec![profile], chosen, is_strip_open: false, ..Settings::default() };
    let mut window = Window::open_sized(Options { page, lang: Some(lang), settings, ..Options::default() }, size);
    window.step();
    window
}

fn each(check: impl Fn(&Window<'_>, Vec2, &str) -> Vec<String>) {
    let mut broken = Vec::new();
    for size in [PLAIN, STAGE] {
        for lang in Lang::ALL {
            for page in Page::ALL {
                let window = open(page, lang, size);
                let place = format!("{page:?} {} {}×{}", lang.tag(), size.x, size.y);
                broken.extend(check(&window, size, &place));
            }
        }
    }
    assert!(broken.is_empty(), "{} places:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn neither_control_nor_label_reaches_out_of_the_window() {
    each(out_of_window);
}

fn out_of_window(window: &Window<'_>, size: Vec2, place: &str) -> Vec<String> {
    let is_out = |rect: &Rect| rect.left() < -SLACK || rect.right() > size.x + SLACK;
    let all = window.controls().into_iter().chain(window.labels());
    all.filter(|(_, rect)| is_out(rect)).map(|(name, rect)| format!("{place}: {name:?} {rect:?}")).collect()
}

/// Beside the demo panel a page ends where the panel begins; in the smallest window they take turns.
#[test]
fn the_demo_panel_lies_over_no_page() {
    let mut broken = Vec::new();
    for (lang, title, close) in [(Lang::En, "Demo", "Close the demo panel"), (Lang::ZhCn, "演示", "关闭演示面板")]
    {
        for size in [PLAIN, Vec2::new(1_200.0, 800.0), STAGE] {
            for (page, key) in PAGES {
                let mut window = open(page, lang, size);
                window.press(Modifiers::NONE, Key::F2);
                let place = format!("{page:?} {} {}×{} with the panel", lang.tag(), size.x, size.y);
                broken.extend(out_of_window(&window, size, &place));
                let all: Vec<_> = window.controls().into_iter().chain(window.labels()).collect();
                let head = all.iter().rfind(|(words, rect)| words == title && rect.top() > 100.0);
                let head = head.unwrap_or_else(|| panic!("{place}: no title")).1;
                let is_beside = |rect: &Rect| rect.center().y > head.top() && rect.center().y < size.y - STRIP;
                let over = |rect: &Rect| rect.left() < head.left() - SLACK && rect.right() > head.left() + SLACK;
                let over = all.iter().filter(|(_, rect)| is_beside(rect) && over(rect));
                broken.extend(over.map(|(name, rect)| format!("{place}: {name:?} {rect:?} over {head:?}")));
                assert!(window.can_click(close), "{place}");
                // Who wants a page gets it, with the panel beside it or folded below it.
                window.press(Modifiers::COMMAND, key);
                broken.extend(out_of_window(&window, size, &format!("{place}, folded")));
                assert_eq!(
                    window.shows(if lang == Lang::En { "Unfold the demo panel" } else { "展开演示面板" }),
                    size == STAGE,
                    "{place}"
                );
            }
        }
    }
    assert!(broken.is_empty(), "{} places:\n{}", broken.len(), broken.join("\n"));
}

/// With a session, a chosen message, a chosen line and everything else that makes a page fuller.
#[test]
fn nothing_reaches_out_of_the_window_while_there_is_a_session() {
    for lang in Lang::ALL {
        for size in [PLAIN, STAGE] {
            let options = Options { lang: Some(lang), connects_virtual: true, ..Options::default() };
            let mut window = Window::open_sized(options, size);
            let disconnect = if lang == Lang::En { "Disconnect" } else { "断开" };
            window.wait("connected", |window| window.can_click(disconnect));
            let mut broken = Vec::new();
            for (page, key) in PAGES {
                window.press(Modifiers::COMMAND, key);
                if page == Page::Messages {
                    window.wait_for("Welcome");
                    window.click_part("mqtt/pub Welcome");
                }
                if page == Page::Terminal {
                    window.click_part("AT+MCONNECT");
                }
                let place = format!("{page:?} {} {}×{}", lang.tag(), size.x, size.y);
                broken.extend(out_of_window(&window, size, &place));
            }
            assert!(broken.is_empty(), "{} places:\n{}", broken.len(), broken.join("\n"));
        }
    }
}

/// What a page is for can be seen without scrolling in the smallest window at the stage size.
#[test]
fn the_essential_controls_are_in_sight_at_the_stage_size() {
    for (lang, essential) in [(Lang::En, ESSENTIAL_EN), (Lang::ZhCn, ESSENTIAL_ZH)] {
        let options = Options { lang: Some(lang), connects_virtual: true, ..Options::default() };
        let mut window = Window::open_sized(options, STAGE);
        let [_, disconnect] = essential[0].1 else { panic!("two controls") };
        window.wait("connected", |window| window.can_click(disconnect));
        for (key, names) in essential {
            window.press(Modifiers::COMMAND, key);
            let controls = window.controls();
            for name in names {
                let Some((_, rect)) = controls.iter().find(|(found, _)| found == name) else {
                    panic!("{key:?}: no {name:?}; there are {controls:?}");
                };
                let page = Rect::from_min_size(eframe::egui::Pos2::ZERO, STAGE);
                assert!(page.contains_rect(rect.shrink(SLACK)), "{key:?}: {name:?} {rect:?}");
                assert!(rect.width() > 20.0 && rect.height() > 18.0, "{key:?}: {name:?} is too small: {rect:?}");
            }
        }
    }
}

type Essential = [(Key, &'static [&'static str]); 7];

const ESSENTIAL_EN: Essential = [
    (Key::Num1, &["Go to Messages", "Disconnect"]),
    (Key::Num2, &["Publish", "Topic", "Payload", "Search messages", "Message list", "Subscriptions and topics"]),
    (Key::Num3, &["Encryption"]),
    (Key::Num4, &["Measure", "Export CSV"]),
    (Key::Num5, &["New watch", "Open a journal", "Save report"]),
    (Key::Num6, &["Copy for the customer"]),
    (Key::Num7, &["AT command", "Send", "Search lines", "Only hits", "Clear"]),
];
const ESSENTIAL_ZH: Essential = [
    (Key::Num1, &["前往消息", "断开"]),
    (Key::Num2, &["发布", "主题", "消息内容", "搜索消息", "消息列表", "订阅与主题"]),
    (Key::Num3, &["加密"]),
    (Key::Num4, &["定量测量", "导出 CSV"]),
    (Key::Num5, &["新的观察", "打开观察日志", "保存报告"]),
    (Key::Num6, &["复制给客户"]),
    (Key::Num7, &["AT 命令", "发送", "搜索行", "仅显示匹配行", "清空"]),
];
const PAGES: [(Page, Key); 8] = [
    (Page::Connect, Key::Num1),
    (Page::Messages, Key::Num2),
    (Page::Certificates, Key::Num3),
    (Page::Latency, Key::Num4),
    (Page::Watch, Key::Num5),
    (Page::Troubleshoot, Key::Num6),
    (Page::Terminal, Key::Num7),
    (Page::Settings, Key::Num8),
];

#[test]
fn no_control_lies_over_another() {
    each(|window, size, place| {
        // What is scrolled out of sight below the page has no place on the window.
        let visible: Vec<_> =
            window.controls().into_iter().filter(|(_, rect)| rect.bottom() < size.y - STRIP).collect();
        let mut broken = Vec::new();
        for (index, (name, rect)) in visible.iter().enumerate() {
            for (other, above) in &visible[index + 1..] {
                let common = rect.intersect(*above);
                let is_part = rect.contains_rect(*above) || above.contains_rect(*rect);
                if !is_part && common.width() > SLACK && common.height() > SLACK {
                    broken.push(format!("{place}: {name:?} {rect:?} and {other:?} {above:?}"));
                }
            }
        }
        broken
    });
}

/// Height of the folded terminal strip.
const STRIP: f32 = 40.0;
