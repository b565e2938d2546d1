//! Normalisation of client codes, version 1, the same on phone and server.
//!
//! NFKC, case fold (lower, upper and lower case, character by character, so that both languages agree without a
//! folding table; the first because a capital ẞ has no other upper case, but its small letter has), canonical
//! decomposition, combining marks dropped, letters of every script kept, decimal digits of every script replaced by
//! their value, everything else dropped.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Version of the normalisation; part of what is hashed, so that a later version can't collide.
pub const NORMALISATION_VERSION: u8 = 1;
/// Characters that must be left for a code to count.
pub const MIN_CHARACTERS: usize = 4;

/// Code point of the digit zero of each decimal script; the nine digits follow it.
pub const DIGIT_ZEROS: &[u32] = &[
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090,
    0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0x104A0, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11C50, 0x1E950,
];

fn digit(character: char) -> Option<char> {
    let point = u32::from(character);
    let zero = DIGIT_ZEROS.iter().copied().find(|zero| (*zero..*zero + 10).contains(&point))?;
    char::from_digit(point - zero, 10)
}

/// The normal form of a code, or `None` when fewer than [`MIN_CHARACTERS`] characters are left.
#[must_use]
pub fn normalise(code: &str) -> Option<String> {
    let small = code.nfkc().flat_map(char::to_lowercase);
    let folded: String = small.flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    let normal: String = folded
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .filter_map(|c| digit(c).or_else(|| c.is_alphabetic().then_some(c)))
        .collect();
    (normal.chars().count() >= MIN_CHARACTERS).then_some(normal)
}
