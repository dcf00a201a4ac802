//! How often the window is drawn while only traffic changes it.
//!
//! What a hand does is drawn at once. What a modem tells waits for the next frame, so that many messages a second cost no more
//! frames than a screen shows; where no graphics card draws, each frame costs the processor, and fewer are enough.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// From one frame to the next: at most 30 a second.
const FRAME: Duration = Duration::from_millis(34);
/// The same where the processor draws, for which a frame is a fiftieth of a second's work: at most 5 a second.
const SOFTWARE_FRAME: Duration = Duration::from_millis(201);

/// The pause between frames for traffic on this machine. Ask when the window is open: the driver is loaded then.
pub fn frame_pause() -> Duration {
    let is_told =
        env::var_os("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")));
    let opened = fs::read_dir("/proc/self/fd").map(|links| {
        let target = |link: fs::DirEntry| fs::read_link(link.path()).ok();
        links.filter_map(Result::ok).filter_map(target).collect::<Vec<_>>()
    });
    pause(is_told, opened.ok().as_deref())
}

/// `opened` is what this program holds open, where the system tells it: a driver for a graphics card holds its device.
fn pause(is_told: bool, opened: Option<&[PathBuf]>) -> Duration {
    let holds_card = |path: &PathBuf| CARDS.iter().any(|card| path.starts_with(card) || starts(path, card));
    let draws_in_software = is_told || opened.is_some_and(|opened| !opened.iter().any(holds_card));
    if draws_in_software { SOFTWARE_FRAME } else { FRAME }
}

fn starts(path: &Path, card: &str) -> bool {
    path.to_str().is_some_and(|path| path.starts_with(card))
}

/// Devices that draw: of the kernel's own drivers, of one maker's, and of Windows below Linux.
const CARDS: [&str; 3] = ["/dev/dri", "/dev/nvidia", "/dev/dxg"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_is_held_open_draws_and_nothing_else_does() {
        let opened = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
        for (paths, expected) in [
            (&["/dev/dri/renderD128", "socket:[1]"][..], FRAME),
            (&["/dev/nvidia0"][..], FRAME),
            (&["socket:[1]", "/dev/null"][..], SOFTWARE_FRAME),
        ] {
            assert_eq!(pause(false, Some(&opened(paths))), expected, "{paths:?}");
        }
        assert_eq!(pause(true, Some(&opened(&["/dev/dri/card0"]))), SOFTWARE_FRAME, "as the user said");
        assert_eq!(pause(false, None), FRAME, "a system that does not tell has a card");
    }
}
