//! The icon of the program in every size a platform asks for.

use std::{fs, path::PathBuf};

fn bytes(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("icons").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// Width and height of a PNG.
fn png_size(png: &[u8]) -> (usize, usize) {
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    (number(&png[16..20]), number(&png[20..24]))
}

#[test]
fn linux_has_every_size_as_a_picture_and_the_source() {
    for size in [16, 24, 32, 48, 64, 128, 256, 512, 1_024] {
        assert_eq!(png_size(&bytes(&format!("air780e-companion-{size}.png"))), (size, size));
    }
    assert!(bytes("air780e-companion.svg").starts_with(b"<svg"));
}

#[test]
fn windows_has_one_file_with_the_sizes_of_lists_bars_and_tiles() {
    let ico = bytes("air780e-companion.ico");
    let count = usize::from(ico[4]);
    // A width of 0 stands for 256.
    let mut sizes: Vec<_> = (0..count).map(|entry| usize::from(ico[6 + 16 * entry])).collect();
    sizes.iter_mut().filter(|size| **size == 0).for_each(|size| *size = 256);
    assert_eq!(sizes, [16, 24, 32, 48, 64, 128, 256]);
}

#[test]
fn macos_has_one_file_up_to_the_largest_size() {
    let icns = bytes("air780e-companion.icns");
    assert_eq!((&icns[..4], number(&icns[4..8])), (b"icns".as_slice(), icns.len()));
    let (mut at, mut sizes) = (8, Vec::new());
    while at < icns.len() {
        sizes.push(png_size(&icns[at + 8..]).0);
        at += number(&icns[at + 4..at + 8]);
    }
    assert_eq!(sizes, [16, 32, 64, 128, 256, 512, 1_024]);
}
