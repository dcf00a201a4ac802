//! Files that use each other in a circle.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::arrows::Arrow;

/// Circles, the shortest first; none takes an arrow that one before it has, so that each names a knot of its own.
pub(super) fn circles(arrows: &[Arrow]) -> Vec<Vec<&Arrow>> {
    let mut leaving: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
    for arrow in arrows {
        leaving.entry(&arrow.from).or_default().push(arrow);
    }
    let mut found: Vec<_> = leaving.keys().filter_map(|start| shortest(&leaving, start)).collect();
    found.sort_by_key(Vec::len);
    let mut told = BTreeSet::new();
    let ends = |arrow: &Arrow| (arrow.from.clone(), arrow.to.clone());
    found.retain(|circle| {
        let is_new = circle.iter().all(|arrow| !told.contains(&ends(arrow)));
        told.extend(circle.iter().filter(|_| is_new).map(|arrow| ends(arrow)));
        is_new
    });
    found
}

/// The shortest way from `start` back to it.
fn shortest<'a>(leaving: &BTreeMap<&str, Vec<&'a Arrow>>, start: &str) -> Option<Vec<&'a Arrow>> {
    let mut came_by: BTreeMap<&str, &Arrow> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(place) = waiting.pop_front() {
        for arrow in leaving.get(place).into_iter().flatten() {
            if arrow.to == start {
                let mut circle = vec![*arrow];
                while circle[0].from != start {
                    circle.insert(0, came_by[circle[0].from.as_str()]);
                }
                return Some(circle);
            }
            if !came_by.contains_key(arrow.to.as_str()) {
                came_by.insert(&arrow.to, arrow);
                waiting.push_back(&arrow.to);
            }
        }
    }
    None
}

/// A circle, a line for each arrow.
pub(super) fn told(circle: &[&Arrow]) -> String {
    let line = |arrow: &&Arrow| format!("  {}:{} takes {} from {}", arrow.from, arrow.line, arrow.name, arrow.to);
    format!("a circle of {} files:\n{}", circle.len(), circle.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_shortest_circles_are_found() {
    let arrow =
        |(from, to): (&str, &str)| Arrow { from: from.to_owned(), to: to.to_owned(), name: "N".to_owned(), line: 3 };
    let arrows: Vec<_> = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "c"), ("e", "a")].map(arrow).to_vec();
    let found: Vec<_> = circles(&arrows).iter().map(|circle| told(circle)).collect();
    let expected = [
        "a circle of 2 files:\n  c:3 takes N from d\n  d:3 takes N from c",
        "a circle of 3 files:\n  a:3 takes N from b\n  b:3 takes N from c\n  c:3 takes N from a",
    ];
    assert_eq!(found, expected);
}
