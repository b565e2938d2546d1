//! Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, the one form that every app has.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;

/// Bytes of a secret: 160 bits, as RFC 4226 recommends.
pub(super) const SECRET_BYTES: usize = 20;
const STEP_MS: i64 = 30_000;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step: the HMAC of its number, truncated as RFC 4226 section 5.3 says.
fn code_of(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let offset = usize::from(tag.as_ref().last().map_or(0, |byte| byte & 15));
    let four = tag.as_ref().iter().skip(offset).take(4);
    let number = four.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The code that an app shows at an instant.
#[must_use]
pub fn totp_code(secret: &[u8], now_ms: i64) -> String {
    code_of(secret, now_ms.div_euclid(STEP_MS))
}

/// The step of a code: the present one or a neighbour, because clocks differ. `None` when it is of none of them.
pub(super) fn step_of(secret: &[u8], code: &str, now_ms: i64) -> Option<i64> {
    let now = now_ms.div_euclid(STEP_MS);
    let is_of = |step: &i64| verify_slices_are_equal(code_of(secret, *step).as_bytes(), code.as_bytes()).is_ok();
    [now, now - 1, now + 1].into_iter().find(is_of)
}

/// Base32 of RFC 4648 without padding, in capitals, as apps take it.
pub(super) fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(&mut text, held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(&mut text, held << (5 - bits));
    }
    text
}

fn push(text: &mut String, five: u32) {
    let at = usize::try_from(five & 31).unwrap_or(0);
    text.extend(ALPHABET.get(at).map(|letter| char::from(*letter)));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the examples in RFC 6238, appendix B.
    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // The last six of the eight digits that its table has for SHA-1.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000_i64, "353130"),
        ] {
            assert_eq!(totp_code(KEY, second * 1000), code, "{second}");
        }
    }

    #[test]
    fn one_step_of_drift_is_forgiven_and_no_more() {
        let now = 1_111_111_111_000;
        for (drift, found) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = totp_code(KEY, now + drift * STEP_MS);
            assert_eq!(step_of(KEY, &code, now), found.then_some(now / STEP_MS + drift), "{drift}");
        }
    }

    #[test]
    fn base32_is_that_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(base32(KEY), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
