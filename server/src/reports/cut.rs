//! What a report may be cut by.

use std::fmt;

/// A dimension of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Month of the service date.
    Month,
    /// Service date.
    Day,
    /// Site.
    Site,
    /// Worker whose contact it is.
    Worker,
    /// Gender.
    Gender,
    /// Age band.
    AgeBand,
    /// Kind of place.
    Setting,
    /// Service of a referral.
    Service,
    /// Item handed out or taken back.
    Item,
}

impl Dimension {
    /// Every dimension, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Month,
        Self::Day,
        Self::Site,
        Self::Worker,
        Self::Gender,
        Self::AgeBand,
        Self::Setting,
        Self::Service,
        Self::Item,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Site => "site",
            Self::Worker => "worker",
            Self::Gender => "gender",
            Self::AgeBand => "age_band",
            Self::Setting => "setting",
            Self::Service => "service",
            Self::Item => "item",
        }
    }

    /// Whether it belongs to parts of a contact, so that contacts can't be counted by it.
    #[must_use]
    pub fn is_part(self) -> bool {
        matches!(self, Self::Service | Self::Item)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong with `by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// A word that is no dimension.
    #[error("by takes month, day, site, worker, gender, age_band, setting, service and item")]
    Unknown,
    /// More than two.
    #[error("a report is cut by two dimensions at most")]
    TooMany,
    /// The same twice.
    #[error("a dimension is named twice")]
    Repeated,
    /// Services and items are parts that have nothing in common.
    #[error("service and item can't be crossed")]
    Crossed,
}

impl CutError {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown_code",
            Self::TooMany => "too_many",
            Self::Repeated => "repeated",
            Self::Crossed => "not_allowed",
        }
    }
}

/// Reads `by`: names joined by a comma; nothing means the total only.
///
/// # Errors
/// [`CutError`] with what is wrong.
pub fn parse_by(text: &str) -> Result<Vec<Dimension>, CutError> {
    let mut list = Vec::new();
    for word in text.split(',').filter(|_| !text.is_empty()) {
        let found = Dimension::ALL.into_iter().find(|d| d.as_str() == word).ok_or(CutError::Unknown)?;
        if list.contains(&found) {
            return Err(CutError::Repeated);
        }
        list.push(found);
    }
    if list.len() > 2 {
        return Err(CutError::TooMany);
    }
    if list.iter().filter(|d| d.is_part()).count() > 1 {
        return Err(CutError::Crossed);
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_takes_up_to_two_known_dimensions_once_each() {
        assert_eq!(parse_by(""), Ok(vec![]));
        assert_eq!(parse_by("month,site"), Ok(vec![Dimension::Month, Dimension::Site]));
        assert_eq!(parse_by("site,service"), Ok(vec![Dimension::Site, Dimension::Service]));
        assert_eq!(parse_by("code"), Err(CutError::Unknown));
        assert_eq!(parse_by("site,"), Err(CutError::Unknown));
        assert_eq!(parse_by("site,site"), Err(CutError::Repeated));
        assert_eq!(parse_by("month,site,gender"), Err(CutError::TooMany));
        assert_eq!(parse_by("service,item"), Err(CutError::Crossed));
    }
}
