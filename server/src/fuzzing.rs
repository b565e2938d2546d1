//! What a stranger's bytes must never do, as functions of those bytes.
//!
//! The fuzzing targets of `fuzz/` are a crate of their own and see public items only; this module, which no released build has, is what
//! they see of the pure functions that read pushes, seals, records and sheets. Each function panics when a promise is broken. The tests
//! below feed the committed seeds to the same functions with the ordinary compiler, so that neither seeds nor promises rot.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::client_code::{MIN_CHARACTERS, normalise};
use serde_json::Value;

pub use crate::imports::fuzz::sheet;
pub use crate::sync::fuzz::{push, unseal, upcast};

use crate::secrets::ProgrammeSecrets;

/// Client codes: a normal form is its own normal form, is long enough and holds letters and digits only.
///
/// # Panics
/// When one is not.
pub fn client_code(data: &[u8]) {
    let Ok(code) = std::str::from_utf8(data) else { return };
    let Some(normal) = normalise(code) else {
        assert!(normalise(&format!("{code}-")).is_none(), "a hyphen made {code:?} longer");
        return;
    };
    assert!(normal.chars().count() >= MIN_CHARACTERS, "{normal:?} is too short");
    assert!(
        normal.chars().all(|c| c.is_alphabetic() || c.is_ascii_digit()),
        "{normal:?} holds something else"
    );
    assert_eq!(
        normalise(&normal).as_deref(),
        Some(normal.as_str()),
        "{code:?} has two normal forms"
    );
    for typed in [
        format!(" {code}"),
        format!("{code} - "),
        code.to_ascii_uppercase(),
        code.to_ascii_lowercase(),
    ] {
        assert_eq!(normalise(&typed).as_deref(), Some(normal.as_str()), "{typed:?} and {code:?} differ");
    }
}

/// What the targets read against: the key and the catalogue of the golden cases.
pub(crate) struct World {
    pub secrets: ProgrammeSecrets,
    pub catalogue: Catalogue,
    pub today: NaiveDate,
}

/// The one world of all targets.
pub(crate) static WORLD: LazyLock<World> = LazyLock::new(world);

#[expect(
    clippy::expect_used,
    reason = "made of the project's own golden files; without them there is nothing to test"
)]
fn world() -> World {
    let golden = |text: &str| serde_json::from_str::<Value>(text).expect("a golden file is JSON");
    let sealing = golden(include_str!("../../shared/corpus/sealing.json"));
    let records = golden(include_str!("../../shared/corpus/records.json"));
    let key = |name: &str| {
        let text = sealing.get(name).and_then(Value::as_str).unwrap_or_default();
        BASE64_URL_SAFE_NO_PAD.decode(text).expect("a golden key is base64url")
    };
    let part = |name: &str| records.get(name).cloned().unwrap_or_default();
    World {
        secrets: ProgrammeSecrets::fixed("k1", key("public_key"), key("private_key")).expect("a golden key is a key"),
        catalogue: serde_json::from_value(part("catalogue")).expect("the golden catalogue is one"),
        today: serde_json::from_value(part("today")).expect("the golden day is one"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Feeds the committed seeds of a target to its function.
    fn feed(target: &str, run: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
        let mut fed = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            if std::panic::catch_unwind(|| run(&bytes)).is_err() {
                panic!("{} breaks a promise", path.display());
            }
            fed += 1;
        }
        assert!(fed >= 10, "{} holds {fed} seeds", folder.display());
    }

    #[test]
    fn seeds_of_pushes() {
        feed("push", push);
    }

    #[test]
    fn seeds_of_seals() {
        feed("unseal", unseal);
    }

    #[test]
    fn seeds_of_records() {
        feed("upcast", upcast);
    }

    #[test]
    fn seeds_of_sheets() {
        feed("sheet", sheet);
    }

    #[test]
    fn seeds_of_client_codes() {
        feed("client_code", client_code);
    }
}
