//! Dates and periods as they stand on the wire. Nothing here knows what time it is.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is wrong with a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period is a month 2026-06, a quarter 2026-Q2 or a year 2026")]
pub struct PeriodError;

/// A calendar period in the programme's time zone: month `2026-06`, quarter `2026-Q2`, year `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Year and month 1–12.
    Month(i32, u32),
    /// Year and quarter 1–4.
    Quarter(i32, u32),
    /// Calendar year.
    Year(i32),
}

impl Period {
    /// Reads the short form.
    ///
    /// # Errors
    /// [`PeriodError`] for any other text and for years outside 2000–2199.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let digits = |t: &str, n: usize| -> Result<u32, PeriodError> {
            if t.len() == n && t.bytes().all(|b| b.is_ascii_digit()) {
                t.parse().map_err(|_| PeriodError)
            } else {
                Err(PeriodError)
            }
        };
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year = i32::try_from(digits(year, 4)?).map_err(|_| PeriodError)?;
        if !(2000..2200).contains(&year) {
            return Err(PeriodError);
        }
        match rest {
            None => Ok(Self::Year(year)),
            Some(rest) => match rest.strip_prefix('Q') {
                Some(q) => match digits(q, 1)? {
                    q @ 1..=4 => Ok(Self::Quarter(year, q)),
                    _ => Err(PeriodError),
                },
                None => match digits(rest, 2)? {
                    m @ 1..=12 => Ok(Self::Month(year, m)),
                    _ => Err(PeriodError),
                },
            },
        }
    }

    /// The month that holds a date.
    #[must_use]
    pub fn month_of(day: NaiveDate) -> Self {
        Self::Month(day.year(), day.month())
    }

    /// First day, inclusive.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Month(y, m) => (y, m),
            Self::Quarter(y, q) => (y, q * 3 - 2),
            Self::Year(y) => (y, 1),
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
    }

    /// Last day, inclusive.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let length = match self {
            Self::Month(..) => 1,
            Self::Quarter(..) => 3,
            Self::Year(_) => 12,
        };
        (self.first_day() + Months::new(length)) - Days::new(1)
    }

    /// The months of this period, in order.
    #[must_use]
    pub fn months(self) -> Vec<Self> {
        let first = self.first_day();
        (0..12)
            .map(|n| first + Months::new(n))
            .take_while(|day| *day <= self.last_day())
            .map(Self::month_of)
            .collect()
    }

    /// The quarter that holds this period's first day.
    #[must_use]
    pub fn quarter(self) -> Self {
        let day = self.first_day();
        Self::Quarter(day.year(), (day.month() - 1) / 3 + 1)
    }

    /// The calendar year that holds this period's first day.
    #[must_use]
    pub fn year(self) -> Self {
        Self::Year(self.first_day().year())
    }

    /// The period of the same length just before.
    #[must_use]
    pub fn previous(self) -> Self {
        let day = self.first_day() - Days::new(1);
        match self {
            Self::Month(..) => Self::month_of(day),
            Self::Quarter(..) => Self::month_of(day).quarter(),
            Self::Year(_) => Self::Year(day.year()),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            Self::Year(y) => write!(f, "{y:04}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Month 2026-06, quarter 2026-Q2 or year 2026.",
            "pattern": "^2[01][0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]))?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_and_write_the_short_forms() {
        for text in ["2026-06", "2026-Q2", "2026", "2000-12", "2199-Q4"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "2026-6", "2026-13", "2026-Q5", "26", "2026-Q", "1999", "2026-06-01", "２０２６"] {
            assert_eq!(Period::parse(text), Err(PeriodError), "{text}");
        }
    }

    #[test]
    fn a_quarter_has_its_three_months_and_days() {
        let q = Period::parse("2026-Q2").unwrap();
        assert_eq!(q.first_day().to_string(), "2026-04-01");
        assert_eq!(q.last_day().to_string(), "2026-06-30");
        assert_eq!(
            q.months().iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2026-04", "2026-05", "2026-06"]
        );
        assert_eq!(q.previous().to_string(), "2026-Q1");
        assert_eq!(Period::parse("2026-01").unwrap().previous().to_string(), "2025-12");
        assert_eq!(Period::parse("2026-02").unwrap().last_day().to_string(), "2026-02-28");
    }
}
