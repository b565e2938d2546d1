//! Name and icon of a deployment: the app's own files, and what of them each neutral skin replaces.
//!
//! The drawings of a skin lie in `skins/` of the built app; they are handed out in place of the app's own, under the same addresses, so that
//! nothing in the app tells that there are others. Its name and colour are written into the page, the manifest and the service worker. The
//! worker's first line names the skin, so that phones take another skin as what it is to them: a new version of the app.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// Name and icon under which the app stands on phones and desks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Skin {
    /// The app's own name, with its own drawing.
    #[default]
    Rounds,
    /// A note pad.
    Notes,
    /// A timer.
    Timer,
    /// A leaf.
    Garden,
}

/// Files that a skin draws anew.
const DRAWN: [&str; 5] = [
    "icon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
    "apple-touch-icon.png",
];
const PAGE: &str = "index.html";
const MANIFEST: &str = "manifest.webmanifest";
const WORKER: &str = "sw.js";
/// Where the drawings lie; no address leads there.
const FOLDER: &str = "skins/";
/// Name and colour that the app's own files carry.
const OWN: (&str, &str) = ("Rounds", "#0f1416");

impl Skin {
    /// Folder, name and colour; none for the app's own.
    fn look(self) -> Option<(&'static str, &'static str, &'static str)> {
        match self {
            Self::Rounds => None,
            Self::Notes => Some(("notes", "Notes", "#2b2410")),
            Self::Timer => Some(("timer", "Timer", "#10203a")),
            Self::Garden => Some(("garden", "Garden", "#12301f")),
        }
    }

    /// File of the built app that answers for a name; none for those that have no address.
    pub fn file(self, name: &str) -> Option<Cow<'_, str>> {
        if name.starts_with(FOLDER) {
            return None;
        }
        match self.look() {
            Some((folder, ..)) if DRAWN.contains(&name) => Some(Cow::Owned(format!("{FOLDER}{folder}/{name}"))),
            _ => Some(Cow::Owned(name.to_owned())),
        }
    }

    /// The text of a file with this skin's name and colour, for those files that carry them.
    pub fn dress(self, name: &str, text: &[u8]) -> Option<Vec<u8>> {
        let (folder, title, colour) = self.look()?;
        match name {
            PAGE => {
                let page = std::str::from_utf8(text).ok()?;
                let page = page
                    .replace(&format!("<title>{}</title>", OWN.0), &format!("<title>{title}</title>"))
                    .replace(&format!("content=\"{}\"", OWN.0), &format!("content=\"{title}\""))
                    .replace(OWN.1, colour);
                Some(page.into_bytes())
            }
            MANIFEST => {
                let mut manifest: Map<String, Value> = serde_json::from_slice(text).ok()?;
                for (field, value) in [
                    ("name", title),
                    ("short_name", title),
                    ("theme_color", colour),
                    ("background_color", colour),
                ] {
                    manifest.insert(field.to_owned(), Value::from(value));
                }
                serde_json::to_vec(&manifest).ok()
            }
            WORKER => Some([format!("self.skin=\"{folder}\";\n").as_bytes(), text].concat()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = include_str!("../../pwa/index.html");
    const APP_MANIFEST: &str = include_str!("../../pwa/public/manifest.webmanifest");

    fn dressed(skin: Skin, name: &str, text: &str) -> String {
        String::from_utf8(skin.dress(name, text.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn no_word_of_the_own_name_is_left() {
        for skin in [Skin::Notes, Skin::Timer, Skin::Garden] {
            let (_, title, colour) = skin.look().unwrap();
            for (name, text) in [(PAGE, INDEX), (MANIFEST, APP_MANIFEST)] {
                assert!(text.contains(OWN.0) && text.contains(OWN.1), "{name} is what the skin expects");
                let text = dressed(skin, name, text);
                assert!(!text.contains(OWN.0) && !text.contains(OWN.1), "{text}");
                assert!(text.contains(title) && text.contains(colour), "{text}");
            }
        }
    }

    #[test]
    fn the_worker_says_whose_it_is_and_stays_what_it_was() {
        assert_eq!(dressed(Skin::Notes, WORKER, "run();"), "self.skin=\"notes\";\nrun();");
        assert_eq!(Skin::Rounds.dress(WORKER, b"run();"), None);
    }

    #[test]
    fn drawings_are_replaced_and_have_no_address_of_their_own() {
        assert_eq!(Skin::Notes.file("icon.svg").as_deref(), Some("skins/notes/icon.svg"));
        assert_eq!(Skin::Notes.file("assets/a.js").as_deref(), Some("assets/a.js"));
        assert_eq!(Skin::Rounds.file("icon.svg").as_deref(), Some("icon.svg"));
        assert_eq!(Skin::Notes.file("skins/garden/icon.svg"), None);
        assert_eq!(Skin::Rounds.file("skins/notes/icon.svg"), None);
    }

    #[test]
    fn every_skin_has_every_drawing() {
        let drawings = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pwa/public");
        for skin in [Skin::Rounds, Skin::Notes, Skin::Timer, Skin::Garden] {
            for name in DRAWN {
                let file = skin.file(name).unwrap();
                assert!(drawings.join(file.as_ref()).is_file(), "{file}");
            }
        }
    }
}
