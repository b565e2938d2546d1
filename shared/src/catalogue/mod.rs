//! What a programme hands out, where, and to whom it points people: one versioned document.
//!
//! Codes are stable; entries are retired and never deleted, so that history keeps its meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::ids::Code;
use crate::record::ReturnMethod;

/// Text per language tag, such as `{"en": "Old port"}`.
pub type Labels = BTreeMap<String, String>;

/// A gender of the programme, with its map to the standard set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gender {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Standard set: `man`, `woman`, `trans_man`, `trans_woman`, `other` or `unknown`.
    pub standard: Code,
    /// Row of the pad that it shares with others; genders of one row open on a tap. Absent: a row of its own. `unknown` has no row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Code>,
}

/// An age band of the programme, with its map to the standard set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeBand {
    /// Stable code such as `25-34`.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// WHO set: `under_25`, `25_plus` or `unknown`.
    pub standard: Code,
    /// The band is of children; the pad shows the child-protection instruction.
    #[serde(default)]
    pub minor: bool,
}

/// Something handed out or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Name of the icon.
    pub icon: String,
    /// Syringes in one unit; fixed for ever per code.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000))]
    pub syringes_per_unit: i64,
    /// Naloxone doses in one unit; fixed for ever per code.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100))]
    pub doses_per_unit: i64,
    /// Quantities offered as chips.
    #[serde(default)]
    pub quick: Vec<i64>,
    /// Base to which a published quantity is rounded: 20 for syringes, 5 for naloxone kits, 10 for others by default.
    #[schemars(range(min = 1, max = 1000))]
    pub base: i64,
    /// Counted in bags and in the store.
    #[serde(default)]
    pub stock: bool,
    /// No longer offered on the pad.
    #[serde(default)]
    pub retired: bool,
}

/// One line of a kit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KitLine {
    /// Item.
    pub item: Code,
    /// Quantity out.
    #[schemars(range(min = 1, max = 1000))]
    pub quantity: i64,
}

/// A bundle of items given with one tap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kit {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Name of the icon; a box if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it holds.
    pub lines: Vec<KitLine>,
    /// No longer offered.
    #[serde(default)]
    pub retired: bool,
}

/// A service that people are referred to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Name of the icon.
    pub icon: String,
    /// No longer offered.
    #[serde(default)]
    pub retired: bool,
}

/// Somebody who provides services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Services provided.
    pub services: Vec<Code>,
    /// Opening hours in words.
    #[serde(default)]
    pub hours: Labels,
    /// Address in words.
    #[serde(default)]
    pub address: Labels,
    /// What to know before going there, in words.
    #[serde(default)]
    pub notes: Labels,
    /// Number to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// No longer offered.
    #[serde(default)]
    pub retired: bool,
}

/// An agreed place, never coordinates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Area that it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Code>,
    /// No longer offered.
    #[serde(default)]
    pub retired: bool,
}

/// An entry of a plain list: a topic, an area, a kind of incident, a perpetrator, a support, a kind of expense, a training module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable code.
    pub code: Code,
    /// Labels.
    pub label: Labels,
    /// Name of the icon, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// No longer offered.
    #[serde(default)]
    pub retired: bool,
}

/// A page of the guide, readable offline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Stable code.
    pub code: Code,
    /// Titles.
    pub title: Labels,
    /// Texts in short Markdown: headings, paragraphs, lists, bold and links to `tel:`; nothing else is drawn.
    pub body: Labels,
    /// Name of the icon.
    pub icon: String,
    /// No longer shown.
    #[serde(default)]
    pub retired: bool,
}

/// How a measured return becomes a number of pieces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnMeasure {
    /// By container or weighed.
    pub method: ReturnMethod,
    /// Unit, such as `kg` or `l`.
    #[schemars(length(min = 1, max = 16))]
    pub unit: String,
    /// Pieces per unit.
    #[schemars(range(min = 0.01, max = 100_000.0))]
    pub factor: f64,
}

/// What the pad shows without opening a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pad {
    /// Item of the row of quantity chips.
    pub syringe_item: Code,
    /// Item of the return stepper.
    pub return_item: Code,
    /// Item of the naloxone stepper.
    pub naloxone_item: Code,
    /// Kits and items of the tile row, in order.
    pub tiles: Vec<Code>,
    /// Services of the referral row, in order.
    pub services: Vec<Code>,
    /// Tests asked about in the sheet for more.
    #[serde(default)]
    pub tests: Vec<Code>,
    /// Syringes out and nothing tapped means `injects: assumed`.
    #[serde(default)]
    pub assume_injects: bool,
    /// What to do when somebody is under 18.
    #[serde(default)]
    pub minor_notice: Labels,
    /// How measured returns are counted; where a method has none, the worker types the pieces.
    #[serde(default)]
    pub measures: Vec<ReturnMeasure>,
}

/// The catalogue of a programme at one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Version, from 1.
    #[validate(range(min = 1, max = 1_000_000))]
    pub version: i64,
    /// Neutral name shown on phones.
    pub name: String,
    /// Genders, fixed at set-up.
    pub genders: Vec<Gender>,
    /// Age bands, fixed at set-up.
    pub age_bands: Vec<AgeBand>,
    /// Items.
    pub items: Vec<Item>,
    /// Kits.
    pub kits: Vec<Kit>,
    /// Services.
    pub services: Vec<Service>,
    /// Providers.
    pub providers: Vec<Provider>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Topics.
    pub topics: Vec<Choice>,
    /// Areas that sites lie in.
    #[serde(default)]
    pub areas: Vec<Choice>,
    /// Kinds of incident.
    #[serde(default)]
    pub incident_kinds: Vec<Choice>,
    /// Perpetrators of incidents.
    #[serde(default)]
    pub perpetrators: Vec<Choice>,
    /// Support given after an incident.
    #[serde(default)]
    pub supports: Vec<Choice>,
    /// Kinds of expense.
    #[serde(default)]
    pub expense_kinds: Vec<Choice>,
    /// Training modules.
    #[serde(default)]
    pub modules: Vec<Choice>,
    /// Pages of the guide, in order.
    #[serde(default)]
    pub cards: Vec<Card>,
    /// Languages in which the programme works, the first being that of last resort; English if empty.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub languages: Vec<String>,
    /// Currency of expenses, three capitals of ISO 4217.
    #[serde(default = "euro")]
    #[validate(length(equal = 3))]
    pub currency: String,
    /// Hour of the programme's clock at which a shift that nobody stopped ends, 0 to 23.
    #[serde(default = "six")]
    #[validate(range(min = 0, max = 23))]
    pub shift_close_hour: i64,
    /// Layout of the pad.
    pub pad: Pad,
}

fn euro() -> String {
    "EUR".to_owned()
}

fn six() -> i64 {
    6
}

impl Catalogue {
    /// The item of a code.
    #[must_use]
    pub fn item(&self, code: &Code) -> Option<&Item> {
        self.items.iter().find(|item| &item.code == code)
    }

    /// The site of a code.
    #[must_use]
    pub fn site(&self, code: &Code) -> Option<&Site> {
        self.sites.iter().find(|site| &site.code == code)
    }
}

/// Whether a list has an entry of a code.
#[must_use]
pub fn has_choice(list: &[Choice], code: &Code) -> bool {
    list.iter().any(|choice| &choice.code == code)
}

mod change;
mod defaults;
mod tables;
pub use change::check_change;
pub use defaults::{DefaultsError, default_catalogue};
