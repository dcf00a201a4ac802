//! Going to a page.

use crate::view::Page;

use super::{App, files};

/// Brings a page to the front.
pub(super) fn go(app: &mut App, page: Page) {
    app.screen.page = page;
    app.screen.demo.make_way();
    app.save();
    if page == Page::Certificates {
        files::read_again(app);
    }
}
