//! A list of very many rows of one height: only the visible ones are drawn, and positions are whole row numbers.
//!
//! egui's own `ScrollArea::show_rows` keeps one `f32` for the whole height and loses single points beyond some
//! hundred thousand rows. Here the place is a row number and a few points within that row, and rows keep their number
//! when older ones are forgotten, so that what is read stays where it is.

use eframe::egui::{
    EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use crate::ui::theme::{Tokens, size, space};

use super::primary_button;

/// Which rows there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Number of the first row: how many were forgotten before it.
    pub first: u64,
    /// How many there are.
    pub count: usize,
}

/// A list of rows of one height.
#[derive(Debug)]
pub struct RowList {
    id: Id,
    rows: Rows,
    row_height: f32,
    follows_newest: bool,
    jump: Option<(u64, Option<usize>)>,
    revealed: Option<usize>,
    newest: Option<String>,
}

/// Where a list stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    /// Number of the row at the top.
    top: u64,
    /// Points of that row that are above the top, less than a row.
    above: f32,
    /// Whether new rows at the end pull the list along.
    is_following: bool,
    /// The last jump that was made.
    jumped: u64,
}

impl RowList {
    /// A list named `name` (unique on the page) of `rows`, each `row_height` points high.
    pub fn new(name: &str, rows: Rows, row_height: f32) -> Self {
        let (follows_newest, jump, revealed, newest) = (false, None, None, None);
        Self { id: Id::unique(("row list", name)), rows, row_height, follows_newest, jump, revealed, newest }
    }

    /// Stands at the newest row until the user scrolls back, and again when he returns to it.
    #[must_use]
    pub const fn following_newest(mut self) -> Self {
        self.follows_newest = true;
        self
    }

    /// Offers a button of this name that leads back to the newest row, while the list does not stand there.
    #[must_use]
    pub fn leading_back(mut self, name: &str) -> Self {
        self.newest = Some(name.to_owned());
        self
    }

    /// Brings the row at this place (the newest when `None`) into sight, once for each new `serial`.
    #[must_use]
    pub const fn jumping(mut self, (serial, place): (u64, Option<usize>)) -> Self {
        self.jump = Some((serial, place));
        self
    }

    /// Brings the row at this place among the rows into sight, if it is not.
    #[must_use]
    pub const fn revealing(mut self, row: Option<usize>) -> Self {
        self.revealed = row;
        self
    }

    /// Draws the list over all that is left. `add_row` gets the row's place among the rows, from 0, and its area.
    pub fn show(self, ui: &mut Ui, mut add_row: impl FnMut(&mut Ui, usize)) {
        let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let id = self.id;
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::new(Role::List));
        let kept = ui.data(|data| data.get_temp::<Place>(id));
        let start = Place { top: self.rows.first, above: 0.0, is_following: self.follows_newest, jumped: 0 };
        let mut place = self.jumped(kept.unwrap_or(start), rect.height());
        if response.contains_pointer() {
            let wheel = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
            place = self.moved(place, -wheel, rect.height());
        }
        place = self.keyed(ui, &response, place, rect.height());
        place = self.drag_bar(ui, rect, place);
        place = self.settled(self.shown(place, rect.height()), rect.height());
        ui.data_mut(|data| data.insert_temp(id, place));

        let area = Rect::from_min_max(rect.min, pos2(rect.max.x - BAR_WIDTH, rect.max.y));
        let mut child = ui.new_child(UiBuilder::new().id_salt(id).max_rect(area));
        child.shrink_clip_rect(area);
        for (index, top_left) in self.visible(place, area) {
            let row = Rect::from_min_size(top_left, vec2(area.width(), self.row_height));
            let number = self.rows.first + index as u64;
            let mut row_ui = child.new_child(UiBuilder::new().id_salt(number).max_rect(row));
            add_row(&mut row_ui, index);
        }
        let last = self.last_place(rect.height());
        let is_away = !place.is_following && (place.top, place.above + 0.5) < (last.top, last.above);
        if let Some(name) = self.newest.as_ref().filter(|_| self.follows_newest && is_away) {
            let size = vec2(NEWEST_WIDTH, size::CONTROL);
            let corner = pos2(area.center().x - size.x / 2.0, area.max.y - size.y - space::S);
            let mut over = ui.new_child(UiBuilder::new().id_salt("newest").max_rect(Rect::from_min_size(corner, size)));
            if primary_button(&mut over, name, None).clicked() {
                let following = Place { is_following: true, jumped: place.jumped, ..last };
                ui.data_mut(|data| data.insert_temp(id, following));
            }
        }
        if response.has_focus() {
            let stroke = Stroke::new(1.0, Tokens::of(ui).colors.accent);
            ui.painter().rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
        }
    }

    /// `place` after the keys that scroll, for the list that has the focus: by Tab, or by a press of the mouse in it.
    fn keyed(&self, ui: &Ui, response: &Response, place: Place, height: f32) -> Place {
        if response.contains_pointer() && ui.input(|input| input.pointer.any_pressed()) {
            response.request_focus();
        }
        if !response.has_focus() {
            return place;
        }
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let page = (height - self.row_height).max(self.row_height);
        let steps = [
            (Key::ArrowDown, self.row_height),
            (Key::ArrowUp, -self.row_height),
            (Key::PageDown, page),
            (Key::PageUp, -page),
        ];
        let mut place = steps
            .into_iter()
            .filter(|(key, _)| pressed(*key))
            .fold(place, |place, (_, points)| self.moved(self.settled(place, height), points, height));
        if pressed(Key::Home) {
            place = Place { top: self.rows.first, above: 0.0, is_following: false, ..place };
        }
        if pressed(Key::End) {
            let is_following = self.follows_newest;
            place = Place { is_following, jumped: place.jumped, ..self.last_place(height) };
        }
        place
    }

    /// `place` after a jump that was not made yet.
    fn jumped(&self, place: Place, height: f32) -> Place {
        let Some((serial, target)) = self.jump.filter(|(serial, _)| *serial != place.jumped) else { return place };
        let Some(target) = target else {
            return Place { is_following: self.follows_newest, jumped: serial, ..self.last_place(height) };
        };
        let whole = whole_rows(height / self.row_height);
        let top = place.top.saturating_sub(self.rows.first);
        let is_in_sight = !place.is_following && (top..top + whole as u64).contains(&(target as u64));
        if is_in_sight {
            return Place { jumped: serial, ..place };
        }
        let above = target.saturating_sub(whole / 2) as u64;
        Place { top: self.rows.first + above, above: 0.0, is_following: false, jumped: serial }
    }

    /// The visible rows by their place among the rows, with their corners.
    fn visible(&self, place: Place, area: Rect) -> impl Iterator<Item = (usize, Pos2)> + use<> {
        let skipped = usize::try_from(place.top - self.rows.first).unwrap_or(usize::MAX);
        let (count, height) = (self.rows.count, self.row_height);
        let mut top = area.top() - place.above;
        (skipped..count).map_while(move |index| {
            let corner = pos2(area.left(), top);
            top += height;
            (corner.y < area.bottom()).then_some((index, corner))
        })
    }

    /// `place` moved down by `points`.
    fn moved(&self, place: Place, points: f32, height: f32) -> Place {
        if points == 0.0 {
            return place;
        }
        let from_top = place.above + points;
        let rows = (from_top / self.row_height).floor();
        let above = from_top - rows * self.row_height;
        #[expect(clippy::cast_possible_truncation, reason = "one turn of a wheel is a few rows")]
        let top = place.top.saturating_add_signed(rows as i64);
        let moved = Place { top, above, is_following: false, ..place };
        let last = self.last_place(height);
        let is_at_end = (moved.top, moved.above + 0.5) >= (last.top, last.above);
        Place { is_following: self.follows_newest && points > 0.0 && is_at_end, ..moved }
    }

    /// `place` moved as little as the row to reveal needs.
    fn shown(&self, place: Place, height: f32) -> Place {
        let Some(row) = self.revealed.map(|row| self.rows.first + row as u64) else { return place };
        let place = self.settled(place, height);
        let whole = whole_rows(height / self.row_height).max(1) as u64;
        if row < place.top || (row == place.top && place.above > 0.0) {
            return Place { top: row, above: 0.0, is_following: false, ..place };
        }
        let first = (row + 1).saturating_sub(whole).max(self.rows.first);
        if first > place.top || (first == place.top && place.above > 0.0) {
            return Place { top: first, above: 0.0, is_following: false, ..place };
        }
        place
    }

    /// `place` brought back among the rows there are.
    fn settled(&self, place: Place, height: f32) -> Place {
        let last = self.last_place(height);
        if place.is_following || (place.top, place.above) > (last.top, last.above) {
            return Place { is_following: place.is_following, jumped: place.jumped, ..last };
        }
        if place.top < self.rows.first {
            return Place { top: self.rows.first, above: 0.0, ..place };
        }
        place
    }

    /// The place at which the last row ends at the lower edge.
    fn last_place(&self, height: f32) -> Place {
        let whole = whole_rows(height / self.row_height);
        let start = Place { top: self.rows.first, above: 0.0, is_following: false, jumped: 0 };
        if self.rows.count <= whole {
            return start;
        }
        let rest = height - f32::from(u16::try_from(whole).unwrap_or(u16::MAX)) * self.row_height;
        let hidden = (self.rows.count - whole) as u64;
        if rest > 0.0 {
            Place { top: start.top + hidden - 1, above: self.row_height - rest, ..start }
        } else {
            Place { top: start.top + hidden, ..start }
        }
    }

    /// Draws the bar and follows the pointer that drags it.
    fn drag_bar(&self, ui: &Ui, rect: Rect, place: Place) -> Place {
        let visible = whole_rows(rect.height() / self.row_height).max(1);
        if self.rows.count <= visible {
            return place;
        }
        let bar = Rect::from_min_max(pos2(rect.max.x - BAR_WIDTH, rect.min.y), rect.max);
        let response = ui.interact(bar, self.id.with("bar"), Sense::click_and_drag());
        let mut place = self.settled(place, rect.height());
        if let Some(pointer) = response.interact_pointer_pos() {
            let part = f64::from(((pointer.y - bar.top()) / bar.height()).clamp(0.0, 1.0));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let row = (part * (self.rows.count - visible) as f64).round() as u64;
            let is_following = self.follows_newest && row + visible as u64 >= self.rows.count as u64;
            place = Place { top: self.rows.first + row, above: 0.0, is_following, ..place };
        }
        self.paint_bar(ui, bar, &response, place, visible);
        place
    }

    fn paint_bar(&self, ui: &Ui, bar: Rect, response: &Response, place: Place, visible: usize) {
        let tokens = Tokens::of(ui);
        #[expect(clippy::cast_precision_loss, reason = "a part of the bar's few hundred points")]
        let (top, count, visible) = ((place.top - self.rows.first) as f64, self.rows.count as f64, visible as f64);
        #[expect(clippy::cast_possible_truncation, reason = "a part between 0 and 1")]
        let (from, length) = ((top / (count - visible)).min(1.0) as f32, (visible / count) as f32);
        let length = (bar.height() * length).max(LEAST_HANDLE);
        let y = bar.top() + (bar.height() - length) * from;
        let handle = Rect::from_min_size(pos2(bar.left() + 3.0, y), vec2(BAR_WIDTH - 5.0, length));
        let color = if response.hovered() || response.dragged() { tokens.colors.muted } else { tokens.colors.outline };
        ui.painter().rect_filled(handle, 3.0, color);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a window holds a few hundred rows")]
const fn whole_rows(rows: f32) -> usize {
    rows.max(0.0) as usize
}

const BAR_WIDTH: f32 = 12.0;
/// Width of the button that leads back to the newest row.
const NEWEST_WIDTH: f32 = 112.0;
const LEAST_HANDLE: f32 = 24.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn list(first: u64, count: usize) -> RowList {
        RowList::new("test", Rows { first, count }, 20.0).following_newest()
    }

    #[test]
    fn the_newest_row_ends_at_the_lower_edge() {
        let last = list(0, 100).last_place(110.0);
        assert_eq!((last.top, last.above), (94, 10.0));
        assert_eq!(list(0, 100).last_place(100.0).top, 95);
        assert_eq!(list(7, 3).last_place(100.0).top, 7);
    }

    #[test]
    fn a_single_point_counts_a_million_rows_down() {
        let list = list(0, 2_000_000);
        let place = Place { top: 1_000_000, above: 3.0, is_following: false, jumped: 0 };
        assert_eq!(list.moved(place, 1.0, 100.0), Place { above: 4.0, ..place });
        assert_eq!(list.moved(place, -4.0, 100.0), Place { top: 999_999, above: 19.0, ..place });
    }

    #[test]
    fn what_is_read_stays_when_old_rows_are_forgotten() {
        let place = Place { top: 50, above: 5.0, is_following: false, jumped: 0 };
        assert_eq!(list(40, 1_000).settled(place, 100.0), place);
        assert_eq!(list(60, 1_000).settled(place, 100.0).top, 60);
    }

    /// The rows that can be seen after each of these keys.
    fn after(keys: &[Key]) -> Vec<usize> {
        use std::{cell::RefCell, rc::Rc};
        let seen = Rc::new(RefCell::new(Vec::new()));
        let into = Rc::clone(&seen);
        let mut harness = egui_kittest::Harness::builder().with_size(vec2(200.0, 116.0)).build_ui(move |ui| {
            into.borrow_mut().clear();
            let rows = Rows { first: 0, count: 1_000 };
            RowList::new("numbers", rows, 20.0).show(ui, |_, index| into.borrow_mut().push(index));
        });
        harness.key_press(Key::Tab);
        harness.run();
        for key in keys {
            harness.key_press(*key);
            harness.run();
        }
        drop(harness);
        seen.take()
    }

    #[test]
    fn keys_scroll_the_list_that_has_the_focus() {
        let top = |keys: &[Key]| after(keys).first().copied();
        assert_eq!(top(&[]), Some(0));
        assert_eq!(top(&[Key::ArrowDown, Key::ArrowDown, Key::ArrowUp]), Some(1));
        assert!(top(&[Key::PageDown, Key::PageDown]) > Some(6));
        assert_eq!(top(&[Key::PageDown, Key::PageUp]), Some(0));
        assert_eq!(after(&[Key::End]).last(), Some(&999));
        assert_eq!(top(&[Key::End, Key::Home]), Some(0));
    }

    #[test]
    fn a_jump_is_made_once_and_brings_its_row_into_sight() {
        let list = list(500, 1_000_000).jumping((1, Some(700_000)));
        let end = Place { top: 0, above: 0.0, is_following: true, jumped: 0 };
        let there = list.jumped(end, 100.0);
        assert_eq!(there, Place { top: 700_498, above: 0.0, is_following: false, jumped: 1 });
        let away = list.moved(there, -2_000.0, 100.0);
        assert_eq!(list.jumped(away, 100.0), away, "the same wish does not pull the list back");
    }

    /// A point counts however far down: floating point numbers for the whole height would be off by rows.
    #[test]
    fn ten_thousand_jumps_into_a_hundred_million_rows_land_on_their_rows() {
        let (count, height) = (100_000_000, 613.0);
        let mut place = Place { top: 0, above: 0.0, is_following: false, jumped: 0 };
        let mut target = 12_345_usize;
        for serial in 1..=10_000 {
            target = target.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) % count;
            let list = RowList::new("test", Rows { first: 0, count }, 20.0).jumping((serial, Some(target)));
            place = list.settled(list.jumped(place, height), height);
            let area = Rect::from_min_size(pos2(0.0, 0.0), vec2(400.0, height));
            let seen: Vec<_> = list.visible(place, area).collect();
            let whole = seen.iter().find(|(row, at)| *row == target && at.y >= 0.0 && at.y + 20.0 <= height);
            assert!(whole.is_some(), "{target} is not in sight: {:?} to {:?}", seen.first(), seen.last());
        }
    }

    #[test]
    fn a_row_is_brought_into_sight_by_the_least_move() {
        let place = Place { top: 50, above: 5.0, is_following: false, jumped: 0 };
        let reveal = |row| list(0, 1_000).revealing(Some(row)).shown(place, 100.0);
        assert_eq!(reveal(52), place);
        assert_eq!((reveal(50).top, reveal(50).above), (50, 0.0));
        assert_eq!(reveal(10).top, 10);
        assert_eq!(reveal(60).top, 56);
    }

    #[test]
    fn following_ends_by_scrolling_back_and_begins_again_at_the_end() {
        let list = list(0, 100);
        let end = Place { is_following: true, ..list.last_place(100.0) };
        let back = list.moved(end, -45.0, 100.0);
        assert!(!back.is_following);
        assert!(list.moved(back, 45.0, 100.0).is_following);
    }
}
