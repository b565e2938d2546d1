//! Published indicators: the only figures that evaluators see. No type here carries an exact count.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::time::Period;

/// Query of `GET /api/v1/indicators` and `GET /api/v1/exports/csv`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorQuery {
    /// A published month, quarter or year.
    pub period: Period,
    /// Site code; absent for the whole programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<crate::ids::Code>,
    /// One of `site`, `gender`, `age_band`, `setting`; absent for totals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Breakdown>,
}

/// What a published table is cut by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Breakdown {
    /// Sites of the programme.
    Site,
    /// Genders.
    Gender,
    /// Age bands.
    AgeBand,
    /// Kinds of place.
    Setting,
}

impl Breakdown {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Gender => "gender",
            Self::AgeBand => "age_band",
            Self::Setting => "setting",
        }
    }
}

/// Why a cell has no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellFlag {
    /// Above zero and below the programme's threshold; shown as `<10`.
    BelowThreshold,
    /// A quantity whose recipients are too few.
    Withheld,
    /// A ratio whose denominator is zero or hidden.
    NotComputable,
}

/// How a figure is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A count, rounded.
    Count,
    /// A quantity, rounded when broken down.
    Quantity,
    /// A ratio; 1 means equal.
    Ratio,
    /// A share from 0 to 1.
    Share,
}

/// Definition of an indicator, shown beside its figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorDefinition {
    /// Stable id, such as `contacts`, `naloxone_doses.naloxone_im`, `referrals_issued.hiv_test`.
    pub id: String,
    /// Number in the project's list, such as `I6`.
    pub number: String,
    /// Name.
    pub name: String,
    /// Numerator or formula in words.
    pub formula: String,
    /// Denominator in words, for ratios and shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// Standards that use it.
    pub standard: String,
    /// How the figure is protected.
    pub protection: String,
    /// Unit.
    pub unit: Unit,
}

/// One published figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorCell {
    /// Indicator id.
    pub indicator: String,
    /// Site code, or absent for the programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Code of the group, or absent for the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The figure, as stored; absent when flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What to show: the figure, `<10`, or nothing.
    pub display: String,
    /// Why there is no figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<CellFlag>,
}

/// How complete the data of a period was when it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Release {
    /// Period.
    pub period: Period,
    /// Number of the release, from 1.
    pub number: i64,
    /// Date of publication, programme-local.
    pub published: chrono::NaiveDate,
    /// Phones that were enrolled in the period and have reported since it closed.
    pub devices_reported: i64,
    /// Phones that were enrolled in the period.
    pub devices_total: i64,
}

/// Answer of `GET /api/v1/indicators`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorTable {
    /// Its release.
    pub release: Release,
    /// Site asked for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Breakdown asked for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Breakdown>,
    /// Definitions of the indicators in the table, in order.
    pub indicators: Vec<IndicatorDefinition>,
    /// Figures.
    pub cells: Vec<IndicatorCell>,
    /// Threshold of the programme, such as 10.
    pub threshold: i64,
}

/// A named code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedCode {
    /// Code.
    pub code: String,
    /// Label in English or the first language there is.
    pub label: String,
}

/// Answer of `GET /api/v1/indicators/choices`: what can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorChoices {
    /// Published periods, newest first.
    pub releases: Vec<Release>,
    /// Sites.
    pub sites: Vec<NamedCode>,
    /// Genders.
    pub genders: Vec<NamedCode>,
    /// Age bands.
    pub age_bands: Vec<NamedCode>,
    /// Settings.
    pub settings: Vec<NamedCode>,
}

/// One point of a trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrendPoint {
    /// Period.
    pub period: Period,
    /// The programme's cell of it.
    pub cell: IndicatorCell,
}

/// Answer of `GET /api/v1/indicators/trend`: one indicator over the published months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trend {
    /// Indicator id.
    pub indicator: String,
    /// Points, oldest first, 24 at most.
    pub points: Vec<TrendPoint>,
}

/// Query of `GET /api/v1/indicators/trend`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendQuery {
    /// Indicator id.
    #[schemars(length(min = 1, max = 64))]
    pub indicator: String,
    /// Site code; absent for the whole programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<crate::ids::Code>,
}
