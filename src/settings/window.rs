//! What the window looked like when it was closed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the window looked like.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    /// Width and height of the inside in points; `None` before the first run ended.
    pub size: Option<[f32; 2]>,
    /// Whether it filled the screen.
    pub is_maximized: bool,
    /// Name of the page in front.
    pub page: String,
    /// How far each movable border was from its own side, in points, by its name.
    pub borders: BTreeMap<String, f32>,
    /// Names of the kinds of terminal lines that were hidden.
    pub hidden_lines: Vec<String>,
}

impl WindowState {
    /// The size to open with: what was kept, when it can be a window at all.
    pub fn usable_size(&self) -> Option<[f32; 2]> {
        self.size.filter(|size| size.iter().all(|side| (LEAST..=MOST).contains(side)))
    }
}

/// Less is no window, more no screen.
const LEAST: f32 = 320.0;
const MOST: f32 = 16_384.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_no_screen_has_is_not_used() {
        for (size, is_usable) in
            [([1_000.0, 640.0], true), ([0.0, 640.0], false), ([f32::NAN, 640.0], false), ([1e9, 640.0], false)]
        {
            let state = WindowState { size: Some(size), ..WindowState::default() };
            assert_eq!(state.usable_size().is_some(), is_usable, "{size:?}");
        }
    }
}
