//! Opaque cursors of lists: base64url of what the list needs to go on.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::problem::ApiError;

/// A cursor for a place in a list.
#[must_use]
pub fn cursor(place: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(place)
}

/// The place of a cursor.
///
/// # Errors
/// 400 when it is none of ours.
pub fn place<T: std::str::FromStr>(cursor: &str) -> Result<T, ApiError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| ApiError::bad_request("cursor", "The cursor is not from this list; start without one."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        assert_eq!(place::<i64>(&cursor("41")).unwrap(), 41);
        assert_eq!(place::<i64>(&cursor("x")).unwrap_err().code(), "cursor");
        assert_eq!(place::<i64>("%").unwrap_err().code(), "cursor");
    }
}
