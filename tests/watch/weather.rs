//! The storm on the virtual clock: every drop is found when it happened and by its true cause, and a second run says the same.

use std::time::Duration;

use serde_json::Value;

use crate::{causes, kit::process::Process, millis, object};

/// What a watch in the weather of this seed prints.
fn watched(seed: u64, hours: u32) -> Vec<String> {
    let (seed, span) = (seed.to_string(), format!("{hours}h"));
    let (status, lines, errors) = Process::air780e(["sim", "--weather", &span, "--seed", &seed]).output();
    assert!(status.success(), "{errors:?}");
    lines
}

/// Holds the verdict against what really happened; gives the causes that were met.
#[track_caller]
fn held_against_the_truth(seed: u64, hours: u32) -> std::collections::BTreeMap<String, usize> {
    let lines: Vec<Value> = watched(seed, hours).iter().map(|line| object(line)).collect();
    let truth: Vec<_> = lines.iter().filter(|line| line["kind"] == "truth").collect();
    let verdict = lines.last().expect("a verdict");
    let drops = verdict["drops"].as_array().expect("a list");
    assert_eq!(drops.len(), truth.len(), "seed {seed}: {drops:#?}\nbut {truth:#?}");
    for (number, (drop, truth)) in (1..).zip(drops.iter().zip(&truth)) {
        let why = || lines.iter().rfind(|line| line["kind"] == "why" && line["n"] == number);
        assert_eq!(drop["finding"], truth["finding"], "seed {seed}, drop {number}: {drop} but {truth}: {:#?}", why());
        let is_near = |key: &str| (millis(&drop[key]) - millis(&truth[key])).abs() <= 1_000;
        assert!(is_near("begin") && is_near("end"), "seed {seed}, drop {number}: {drop} but {truth}");
    }
    assert_eq!(verdict["watched_s"].as_f64().map(f64::round), Some(f64::from(hours) * 3_600.0), "seed {seed}");
    let down: i64 = drops.iter().map(|drop| millis(&drop["end"]) - millis(&drop["begin"])).sum();
    let down = Duration::from_millis(down.unsigned_abs()).as_secs_f64() * 1_000.0;
    let up = verdict["up_s"].as_f64().expect("a number") * 1_000.0;
    let rest = f64::from(hours) * 3_600_000.0 - up - down;
    assert!((0.0..3_000.0).contains(&rest), "seed {seed}: what is neither up nor lost is the begin: {rest} ms");
    let counts = causes(drops);
    let named: usize = counts.iter().filter(|(id, _)| *id != "none").map(|(_, count)| count).sum();
    let told: u64 = verdict["by_cause"].as_object().expect("counts").values().filter_map(Value::as_u64).sum();
    assert_eq!(told, named as u64, "seed {seed}: {verdict}");
    counts
}

#[test]
fn ten_seeds_are_explained_as_they_were() {
    let mut all = std::collections::BTreeMap::<String, usize>::new();
    for seed in 1..=10 {
        for (id, count) in held_against_the_truth(seed, 8) {
            *all.entry(id).or_default() += count;
        }
    }
    let wanted = ["F-020", "F-021", "F-049", "F-149", "F-182", "F-185", "F-187", "F-188", "F-189", "none"];
    assert!(wanted.iter().all(|id| all.contains_key(*id)), "every kind of weather was met: {all:?}");
}

#[test]
fn forty_hours_are_explained_as_they_were() {
    let counts = held_against_the_truth(40, 40);
    assert!(counts.values().sum::<usize>() >= 90, "{counts:?}");
}

#[test]
fn the_same_seed_says_the_same_byte_by_byte() {
    let first = watched(7, 6);
    assert!(first.len() > 100, "{}", first.len());
    assert_eq!(first, watched(7, 6));
    assert_ne!(first, watched(8, 6));
}
