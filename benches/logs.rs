//! Verdicts on logs of known truth: `air780e doctor` against the plain read of the same file and, where it is installed, against
//! `lnav -n` (Debian package lnav), and how much memory it takes beyond what it takes for a file of nothing.
//!
//! `cargo bench --no-default-features --bench logs [-- --sizes 1,64,1024] [--program PATH]`: sizes in MiB, and another build of the
//! program to measure. Ratios are printed and nothing is asserted but that each verdict is the generator's truth.

#[cfg(target_os = "linux")]
#[path = "logs/generator.rs"]
mod generator;
#[cfg(target_os = "linux")]
#[path = "logs/measured.rs"]
mod measured;

#[cfg(target_os = "linux")]
fn main() {
    let asked = Asked::read();
    let folder = tempfile::tempdir().expect("a folder for logs");
    let nothing = folder.path().join("nothing.txt");
    std::fs::write(&nothing, "").expect("written");
    // It ends so soon that its memory is rarely seen at its largest.
    let base = (0..TRIES).map(|_| measured::doctor(&asked.program, &nothing).peak).max().unwrap_or_default();
    let has_lnav = measured::has_lnav();
    if !has_lnav {
        println!("lnav is not installed (Debian package lnav): nothing is compared with it");
    }
    for (kind, name) in [(generator::Kind::Traffic, "traffic only"), (generator::Kind::Mix, "mix")] {
        for mebibytes in &asked.sizes {
            let path = folder.path().join("log.txt");
            let truth = generator::write(&path, kind, mebibytes << 20).expect("written");
            println!("{name}, {mebibytes} MiB, {} lines", truth.lines);
            tell(&asked.program, &path, &truth, base, has_lnav);
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("needs proc(5): Linux only");
}

/// Measures one log and compares its verdict.
#[cfg(target_os = "linux")]
fn tell(program: &str, path: &std::path::Path, truth: &generator::Truth, base: u64, has_lnav: bool) {
    let plain = measured::plain_read(path);
    let ours = measured::doctor(program, path);
    assert_eq!(generator::Truth::told(&ours.output), truth.expected(), "the verdict is the truth");
    let size = path.metadata().expect("the log").len();
    println!("  plain read {:9.3} s, verdict {:9.3} s", plain.wall.as_secs_f64(), ours.wall.as_secs_f64());
    println!(
        "  ratio to the plain read {:8.1} (goal: 3 for traffic, 8 for the mix)",
        ours.wall.div_duration_f64(plain.wall)
    );
    let extra = ours.peak.saturating_sub(base);
    println!("  extra memory {:6} KiB, {:.2} % of the file (goal: 1)", extra >> 10, percent(extra, size));
    if has_lnav {
        let theirs = measured::lnav(path);
        println!(
            "  processor time against lnav {:.3} (goal: 0.125)",
            ours.processor.div_duration_f64(theirs.processor)
        );
    }
}

#[cfg(target_os = "linux")]
#[expect(clippy::cast_precision_loss, reason = "a share of a file")]
fn percent(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole as f64
}

/// What is to be measured.
#[cfg(target_os = "linux")]
struct Asked {
    sizes: Vec<u64>,
    program: String,
}

#[cfg(target_os = "linux")]
impl Asked {
    fn read() -> Self {
        let mut asked = Self { sizes: vec![1, 64], program: env!("CARGO_BIN_EXE_air780e").to_owned() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--sizes" => {
                    let list = words.next().unwrap_or_default();
                    asked.sizes = list.split(',').map(|size| size.parse().expect("a size in MiB")).collect();
                }
                "--program" => asked.program = words.next().expect("the path of a program"),
                // What cargo adds.
                _ => {}
            }
        }
        asked
    }
}

#[cfg(target_os = "linux")]
const TRIES: usize = 50;
