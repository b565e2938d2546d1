//! Rules of the field that a schema can't state, run on both sides and held together by the corpus.
//!
//! Hard rules give [`FieldError`]s: the form refuses, the server quarantines. Soft rules give warnings, which never
//! refuse anything. Deliberately absent: any comparison of returns with distribution.

use chrono::{Days, NaiveDate};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::catalogue::Catalogue;
use crate::client_code;
use crate::ids::Code;
use crate::record::{ClientCode, Contact, Direction, Line, ReturnMethod};
use crate::slip;
use crate::sync::FieldError;

mod record;

pub use record::{check_record, record_warnings};

/// Syringes out on a contact above which the worker is asked to confirm.
pub const WARN_SYRINGES_OUT: i64 = 200;
/// Syringes in on a contact above which the worker is asked to confirm.
pub const WARN_SYRINGES_IN: i64 = 1000;
/// Naloxone kits on a contact above which the worker is asked to confirm.
pub const WARN_NALOXONE: i64 = 10;
/// Age of a service date in days above which the worker is asked to confirm.
pub const WARN_DAYS_OLD: u64 = 7;
/// Difference of the phone's clock in minutes above which records are flagged.
pub const WARN_CLOCK_MINUTES: i64 = 10;

/// Turns a derive's errors into sorted paths and codes, without the rejected values.
#[must_use]
pub fn field_errors(errors: &ValidationErrors) -> Vec<FieldError> {
    let mut list = Vec::new();
    collect("", errors, &mut list);
    list.sort();
    list
}

fn collect(prefix: &str, errors: &ValidationErrors, list: &mut Vec<FieldError>) {
    for (field, kind) in errors.errors() {
        let path = if prefix.is_empty() {
            field.to_string()
        } else {
            format!("{prefix}.{field}")
        };
        match kind {
            ValidationErrorsKind::Field(found) => {
                list.extend(found.iter().map(|error| FieldError::new(path.clone(), error.code.as_ref())));
            }
            ValidationErrorsKind::Struct(inner) => collect(&path, inner, list),
            ValidationErrorsKind::List(inner) => {
                for (index, errors) in inner {
                    collect(&format!("{path}[{index}]"), errors, list);
                }
            }
        }
    }
}

/// Every hard rule of a contact: field limits, catalogue codes, quantities, slips, code length and date.
///
/// `latest` is the last service date that is taken: today in the form, a day ahead on the server.
#[must_use]
pub fn check_contact(contact: &Contact, catalogue: &Catalogue, latest: NaiveDate) -> Vec<FieldError> {
    let mut errors = contact.validate().err().map(|found| field_errors(&found)).unwrap_or_default();
    let known = |found: bool, path: String, errors: &mut Vec<FieldError>| {
        if !found {
            errors.push(FieldError::new(path, "unknown_code"));
        }
    };
    known(catalogue.site(&contact.site).is_some(), "site".into(), &mut errors);
    known(
        catalogue.genders.iter().any(|g| g.code == contact.gender),
        "gender".into(),
        &mut errors,
    );
    known(
        catalogue.age_bands.iter().any(|b| b.code == contact.age_band),
        "age_band".into(),
        &mut errors,
    );
    for (n, topic) in contact.topics.iter().enumerate() {
        known(
            catalogue.topics.iter().any(|t| &t.code == topic),
            format!("topics[{n}]"),
            &mut errors,
        );
    }
    for (n, item) in contact.unmet.iter().enumerate() {
        known(catalogue.item(item).is_some(), format!("unmet[{n}]"), &mut errors);
    }
    for (n, line) in contact.lines.iter().enumerate() {
        check_line(n, line, catalogue, &mut errors);
    }
    let service = |code: &Code| catalogue.services.iter().any(|s| &s.code == code);
    for (n, referral) in contact.referrals.iter().enumerate() {
        known(service(&referral.service), format!("referrals[{n}].service"), &mut errors);
        let provider = referral
            .provider
            .as_ref()
            .is_none_or(|code| catalogue.providers.iter().any(|p| &p.code == code));
        known(provider, format!("referrals[{n}].provider"), &mut errors);
        if referral.slip.as_deref().is_some_and(|number| !slip::is_valid(number)) {
            errors.push(FieldError::new(format!("referrals[{n}].slip"), "check"));
        }
    }
    for (n, test) in contact.tests.iter().enumerate() {
        known(service(&test.kind), format!("tests[{n}].kind"), &mut errors);
    }
    if let ClientCode::Set(code) = &contact.code {
        if code.chars().count() > 64 {
            errors.push(FieldError::new("code", "length"));
        } else if client_code::normalise(code).is_none() {
            errors.push(FieldError::new("code", "too_short"));
        }
    }
    if contact.service_date > latest {
        errors.push(FieldError::new("service_date", "future"));
    }
    errors.sort();
    errors
}

fn check_line(n: usize, line: &Line, catalogue: &Catalogue, errors: &mut Vec<FieldError>) {
    let item = catalogue.item(&line.item);
    if item.is_none() {
        errors.push(FieldError::new(format!("lines[{n}].item"), "unknown_code"));
    }
    if line.method.is_some() != (line.direction == Direction::In) {
        let code = if line.method.is_some() { "not_allowed" } else { "required" };
        errors.push(FieldError::new(format!("lines[{n}].method"), code));
    }
    if line.reason.is_some() && item.is_some_and(|item| item.doses_per_unit == 0) {
        errors.push(FieldError::new(format!("lines[{n}].reason"), "not_allowed"));
    }
    if let Some(measured) = &line.measured {
        if !matches!(line.method, Some(ReturnMethod::Container | ReturnMethod::Weighed)) {
            errors.push(FieldError::new(format!("lines[{n}].measured"), "not_allowed"));
        } else if round_half_up(measured.value * measured.factor) != Some(line.quantity) {
            errors.push(FieldError::new(format!("lines[{n}].quantity"), "not_as_measured"));
        }
    }
}

/// Rounds half up to a whole quantity; `None` for what no quantity can be.
#[must_use]
pub fn round_half_up(value: f64) -> Option<i64> {
    let rounded = (value + 0.5).floor();
    // Within the bound every integer is exact, so the text round trip loses nothing.
    (rounded.is_finite() && (0.0..=9_007_199_254_740_991.0).contains(&rounded))
        .then(|| format!("{rounded:.0}").parse().ok())
        .flatten()
}

/// Soft warnings of a contact that need no other record, by stable name: `many_syringes_out`, `many_syringes_in`,
/// `many_naloxone`, `old_date`.
#[must_use]
pub fn contact_warnings(contact: &Contact, catalogue: &Catalogue, today: NaiveDate) -> Vec<&'static str> {
    let (mut out, mut back, mut naloxone) = (0_i64, 0_i64, 0_i64);
    for line in &contact.lines {
        let Some(item) = catalogue.item(&line.item) else { continue };
        let syringes = line.quantity.saturating_mul(item.syringes_per_unit);
        match line.direction {
            Direction::Out => {
                out = out.saturating_add(syringes);
                if item.doses_per_unit > 0 {
                    naloxone = naloxone.saturating_add(line.quantity);
                }
            }
            Direction::In => back = back.saturating_add(syringes),
        }
    }
    let mut warnings = Vec::new();
    if out > WARN_SYRINGES_OUT {
        warnings.push("many_syringes_out");
    }
    if back > WARN_SYRINGES_IN {
        warnings.push("many_syringes_in");
    }
    if naloxone > WARN_NALOXONE {
        warnings.push("many_naloxone");
    }
    if today
        .checked_sub_days(Days::new(WARN_DAYS_OLD))
        .is_some_and(|limit| contact.service_date < limit)
    {
        warnings.push("old_date");
    }
    warnings
}
