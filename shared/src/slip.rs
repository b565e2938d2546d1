//! Slip numbers of referrals: five random Crockford characters and one Luhn mod 32 check character.

/// Crockford's base 32, in order of value.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn value(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|b| *b == byte).and_then(|at| u32::try_from(at).ok())
}

/// Luhn mod 32 check character of five characters of the alphabet, or `None` if there is another.
#[must_use]
pub fn check_character(body: &str) -> Option<char> {
    let mut sum = 0;
    // The rightmost character of the body is doubled, then every second one to its left.
    for (from_right, byte) in body.bytes().rev().enumerate() {
        let addend = value(byte)? * if from_right % 2 == 0 { 2 } else { 1 };
        sum += addend / 32 + addend % 32;
    }
    let check = usize::try_from((32 - sum % 32) % 32).ok()?;
    ALPHABET.get(check).map(|b| char::from(*b))
}

/// Whether a text is a slip number with the right check character, in capitals without the gap.
#[must_use]
pub fn is_valid(slip: &str) -> bool {
    slip.len() == 6 && slip.is_ascii() && slip.get(..5).and_then(check_character) == slip.chars().last()
}

/// Slip number of five random bytes (only the low five bits of each count).
#[must_use]
pub fn from_random(random: [u8; 5]) -> String {
    let body: String = random
        .iter()
        .filter_map(|b| ALPHABET.get(usize::from(b % 32)))
        .map(|b| char::from(*b))
        .collect();
    let check = check_character(&body).unwrap_or('0');
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_error_is_found() {
        let slip = from_random([20, 7, 4, 2, 31]);
        assert!(is_valid(&slip));
        for at in 0..6 {
            for byte in ALPHABET {
                let mut other = slip.clone().into_bytes();
                if other[at] == *byte {
                    continue;
                }
                other[at] = *byte;
                assert!(!is_valid(std::str::from_utf8(&other).unwrap()), "{at}");
            }
        }
    }

    #[test]
    fn other_lengths_and_alphabets_are_no_slips() {
        for text in ["", "K742", "K7420U", "k7420a", "K74\u{e9}2", "IIIIII"] {
            assert!(!is_valid(text), "{text}");
        }
    }
}
