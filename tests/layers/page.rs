//! The table on the library's first page, held against the one here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What each room may use, by the page. Rows that only add to their room's (`also …`) are left to the reader.
pub(super) fn rows() -> BTreeMap<String, BTreeSet<String>> {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    read(&fs::read_to_string(library).expect("the library's root is readable"))
}

fn read(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let Some((rooms, open)) = row.split_once(" | ") else { continue };
        if open.starts_with("also ") {
            continue;
        }
        // What follows a semicolon says what is forbidden all the same.
        let open = open.split(';').next().unwrap_or(open);
        let open = if open.starts_with("everything") { BTreeSet::from(["*".to_owned()]) } else { names(open) };
        for room in names(rooms) {
            assert!(found.insert(room.clone(), open.clone()).is_none(), "{room} has two rows");
        }
    }
    found
}

/// The names between back ticks, those in braces one by one.
fn names(cell: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in cell.split('`').skip(1).step_by(2) {
        match name.strip_suffix('}').and_then(|name| name.split_once('{')) {
            Some((start, inner)) => found.extend(inner.split(", ").map(|one| format!("{start}{one}"))),
            None => drop(found.insert(name.to_owned())),
        }
    }
    found
}

#[test]
fn rows_of_the_page_are_read() {
    let page = "//! | Room | May use |\n//! |---|---|\n//! | [`a`], `b` | nothing of ours |\n\
                //! | `c::d` | `e::{f, g}`, `h` (the types); never `i` |\n//! | `j` | also `k` |\n//! | `l` | everything; not `m` |\n";
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let expected = [("a", set(&[])), ("b", set(&[])), ("c::d", set(&["e::f", "e::g", "h"])), ("l", set(&["*"]))];
    assert_eq!(read(page), expected.map(|(room, open)| (room.to_owned(), open)).into_iter().collect());
}
