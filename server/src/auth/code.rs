//! Codes and digits of invites.

use rounds_shared::slip::ALPHABET;

use crate::secrets::sha256;
use crate::wiring::{Random, RandomError};

/// Characters of a code: 60 bits.
const LENGTH: usize = 12;

/// A new code in capitals without gaps, and its six digits.
pub(super) fn make(random: &Random) -> Result<(String, String), RandomError> {
    let code = random.bytes::<LENGTH>()?.map(letter).iter().collect();
    // Four bytes reduced to a million: the unevenness is below one in four thousand.
    let number = u32::from_be_bytes(random.bytes()?) % 1_000_000;
    Ok((code, format!("{number:06}")))
}

fn letter(byte: u8) -> char {
    ALPHABET.get(usize::from(byte % 32)).map_or('0', |letter| char::from(*letter))
}

/// A code as typed, without gaps, in capitals, look-alikes read as the alphabet has them. `None` when it can't be one.
pub(super) fn normalise(typed: &str) -> Option<String> {
    let read = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let code: String = typed.chars().filter(|c| !matches!(c, ' ' | '-')).map(read).collect();
    let known = |c: char| u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte));
    (code.len() == LENGTH && code.chars().all(known)).then_some(code)
}

/// A code in groups of four.
pub(super) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// What is stored of a code.
pub(super) fn code_hash(code: &str) -> Vec<u8> {
    sha256(format!("rounds/invite/1\n{code}").as_bytes()).to_vec()
}

/// What is stored of its digits; the code salts them.
pub(super) fn digits_hash(code: &str, digits: &str) -> Vec<u8> {
    sha256(format!("rounds/digits/1\n{code}\n{digits}").as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        assert_eq!(normalise("oil4-abcd 7xyz").as_deref(), Some("0114ABCD7XYZ"));
        for wrong in ["", "ABCD-EFGH-JKM", "ABCD-EFGH-JKMNP", "ABCD-EFGH-JKMU", "ABCD-EFGH-JKMé"] {
            assert_eq!(normalise(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_new_code_survives_grouping() {
        let (code, digits) = make(&Random::default()).unwrap();
        assert_eq!(normalise(&grouped(&code)).as_deref(), Some(code.as_str()));
        assert!(digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()));
        assert_ne!(make(&Random::default()).unwrap().0, code);
    }
}
