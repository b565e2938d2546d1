//! Where a body or a query stops fitting its schema, as a field and a rule. The library's own words would echo values, so they stay here.

use rounds_shared::sync::FieldError;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

/// Reads a document.
///
/// # Errors
/// The field that does not fit, and the library's error.
pub(crate) fn read<'a, T, D>(document: D) -> Result<T, (FieldError, D::Error)>
where
    T: DeserializeOwned,
    D: Deserializer<'a>,
{
    serde_path_to_error::deserialize(document).map_err(|error| (name(error.path(), &error.inner().to_string()), error.into_inner()))
}

fn name(path: &Path, message: &str) -> FieldError {
    let segments: Vec<&Segment> = path.iter().collect();
    let (code, known) = match message.split_once(" field `") {
        // Names of known fields only: they are the schema's words and nobody's value.
        Some(("missing", rest)) => ("missing", rest.split('`').next()),
        Some(("duplicate", rest)) => ("repeated", rest.split('`').next()),
        Some(("unknown", _)) => ("unknown", None),
        _ => ("form", None),
    };
    // The last step to a field that is wrong as a whole is its own name, which is repeated below or, when unknown, not at all.
    let own_name = matches!(code, "unknown" | "repeated") && matches!(segments.last(), Some(Segment::Map { .. }));
    let steps = segments.iter().take(segments.len() - usize::from(own_name));
    let mut text = String::new();
    for step in steps {
        match step {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => push_name(&mut text, key),
            Segment::Unknown => {}
        }
    }
    if let Some(field) = known {
        push_name(&mut text, field);
    }
    FieldError::new(text, code)
}

fn push_name(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}

#[cfg(test)]
mod tests {
    use rounds_shared::record::Contact;
    use rounds_shared::report::ReportQuery;

    use super::*;

    fn query(text: &str) -> FieldError {
        let pairs = form_urlencoded::parse(text.as_bytes());
        read::<ReportQuery, _>(serde_urlencoded::Deserializer::new(pairs)).unwrap_err().0
    }

    #[test]
    fn the_field_is_named_and_the_value_is_not() {
        assert_eq!(query("from=2026-13-99&to=2026-01-31"), FieldError::new("from", "form"));
        assert_eq!(query("from=2026-01-01"), FieldError::new("to", "missing"));
        assert_eq!(
            query("from=2026-01-01&from=2026-01-02&to=2026-01-31"),
            FieldError::new("from", "repeated")
        );
        assert_eq!(query("from=2026-01-01&to=2026-01-31&sesame=1"), FieldError::new("", "unknown"));
        let body = r#"{ "worker": "01900000-0000-7000-8000-000000000000", "lines": [{ "item": "syringe", "sesame": 1 }] }"#;
        let (field, _) = read::<Contact, _>(&mut serde_json::Deserializer::from_str(body)).unwrap_err();
        assert_eq!(field, FieldError::new("lines[0]", "unknown"));
    }
}
