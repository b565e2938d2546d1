//! The golden corpus, run against the Rust side of the contract. The phone's tests run the same files.

#[cfg(test)]
mod corpus {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;
    use rounds_shared::auth::Level;
    use rounds_shared::catalogue::Catalogue;
    use rounds_shared::record::{BodyError, Contact, RecordBody};
    use rounds_shared::sync::{FieldError, digest_input, pad};
    use rounds_shared::{client_code, slip, validation};
    use serde_json::Value;

    fn corpus(name: &str) -> Value {
        let path = format!("{}/corpus/{name}.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    fn cases(document: &Value) -> &Vec<Value> {
        let list = document["cases"].as_array().unwrap();
        assert!(!list.is_empty());
        list
    }

    #[test]
    fn client_codes_have_one_normal_form() {
        for case in cases(&corpus("client-codes")) {
            let code = case["code"].as_str().unwrap();
            assert_eq!(client_code::normalise(code).as_deref(), case["normal"].as_str(), "{code}");
        }
    }

    #[test]
    fn the_normal_form_of_every_letter_is_its_own() {
        // The planes of letters with cases and marks; above them are ideographs only.
        for letter in (0..0x2_0000).filter_map(char::from_u32).filter(|c| c.is_alphabetic()) {
            let normal = client_code::normalise(&format!("abc{letter}d")).unwrap();
            assert_eq!(client_code::normalise(&normal), Some(normal), "{letter}");
        }
    }

    #[test]
    fn fractions_read_back_as_they_were_written() {
        for value in [
            0.1 + 0.2,
            1.000_000_000_000_000_1e89,
            2.225_073_858_507_201e-308,
            123_456_789.012_345_67,
        ] {
            let text = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<f64>(&text).unwrap().to_bits(), f64::to_bits(value), "{text}");
        }
    }

    #[test]
    fn slips_are_valid_or_not() {
        for case in cases(&corpus("slips")) {
            let number = case["slip"].as_str().unwrap();
            assert_eq!(slip::is_valid(number), case["valid"].as_bool().unwrap(), "{number}");
        }
    }

    #[test]
    fn plaintexts_are_padded_to_256() {
        for case in cases(&corpus("padding")) {
            let text = case["text"].as_str().unwrap();
            let padded = pad(text.as_bytes().to_vec());
            assert_eq!(padded.len() as u64, case["length"].as_u64().unwrap());
            assert!(padded.starts_with(text.as_bytes()) && padded[text.len()..].iter().all(|byte| *byte == b' '));
        }
    }

    #[test]
    fn every_released_schema_version_is_read() {
        let document = corpus("released");
        let versions = |case: &Value| (case["kind"].as_str().unwrap().to_owned(), case["schema"].as_u64().unwrap());
        let known: BTreeSet<_> = cases(&document).iter().map(versions).collect();
        let newest = RecordBody::KINDS.iter();
        let wanted = newest.flat_map(|(kind, newest)| (1..=u64::from(*newest)).map(|schema| ((*kind).to_owned(), schema)));
        assert_eq!(
            known,
            wanted.collect(),
            "one case at least for each kind and version, and none that nobody knows"
        );
        for case in cases(&document) {
            let (kind, schema) = versions(case);
            let record = RecordBody::read(&kind, u32::try_from(schema).unwrap(), case["body"].clone()).unwrap();
            assert_eq!(record.kind(), kind);
            assert_eq!(record.to_value().unwrap(), case["reads"], "{kind} {schema}");
        }
    }

    #[test]
    fn a_version_outside_the_released_ones_is_not_read() {
        for case in cases(&corpus("released")) {
            let (kind, body) = (case["kind"].as_str().unwrap(), &case["body"]);
            let (_, newest) = RecordBody::KINDS.iter().find(|(known, _)| *known == kind).unwrap();
            assert_eq!(RecordBody::read(kind, 0, body.clone()), Err(BodyError::Malformed));
            assert_eq!(RecordBody::read(kind, newest + 1, body.clone()), Err(BodyError::NewerSchema));
        }
    }

    #[test]
    fn contacts_have_their_errors_and_warnings() {
        let document = corpus("contacts");
        let catalogue: Catalogue = serde_json::from_value(document["catalogue"].clone()).unwrap();
        let date = |name: &str| -> NaiveDate { serde_json::from_value(document[name].clone()).unwrap() };
        for case in cases(&document) {
            let mut body = document["base"].clone();
            for (field, value) in case["change"].as_object().unwrap() {
                body[field] = value.clone();
            }
            let contact: Contact = serde_json::from_value(body).unwrap();
            let expected: Vec<FieldError> = serde_json::from_value(case["errors"].clone()).unwrap();
            let name = &case["name"];
            assert_eq!(validation::check_contact(&contact, &catalogue, date("latest")), expected, "{name}");
            assert_eq!(
                Value::from(validation::contact_warnings(&contact, &catalogue, date("today"))),
                case["warnings"],
                "{name}"
            );
        }
    }

    #[test]
    fn records_of_every_kind_have_their_errors_and_warnings() {
        let document = corpus("records");
        let catalogue: Catalogue = serde_json::from_value(document["catalogue"].clone()).unwrap();
        let date = |name: &str| -> NaiveDate { serde_json::from_value(document[name].clone()).unwrap() };
        for case in cases(&document) {
            let kind = case["kind"].as_str().unwrap();
            let mut body = document["bases"][kind].clone();
            for (field, value) in case["change"].as_object().unwrap() {
                body[field] = value.clone();
            }
            let name = &case["name"];
            let record = RecordBody::read(kind, 1, body).unwrap_or_else(|error| panic!("{name}: {error}"));
            let level = case.get("level").map(|level| Level::parse(level.as_str().unwrap()).unwrap());
            let expected: Vec<FieldError> = serde_json::from_value(case["errors"].clone()).unwrap();
            assert_eq!(
                validation::check_record(&record, &catalogue, date("latest"), level),
                expected,
                "{name}"
            );
            let warnings = Value::from(validation::record_warnings(&record, &catalogue, date("today")));
            assert_eq!(warnings, case["warnings"], "{name}");
        }
    }

    #[test]
    fn headers_of_sealed_ops_are_read_and_digests_cover_every_part() {
        use rounds_shared::sync::OpHeader;
        for case in cases(&corpus("sealing")) {
            let header: OpHeader = serde_json::from_str(case["header"].as_str().unwrap()).unwrap();
            assert_eq!((header.v, header.suite), (1, 1));
            // The digest itself is compared where a hash function is: on the phone and in the server's tests.
            let part = |name: &str| case[name].as_str().unwrap().as_bytes().to_vec();
            let input = digest_input(&part("hdr"), &part("ek"), &part("ct"));
            assert_eq!(input.len(), part("hdr").len() + part("ek").len() + part("ct").len() + 12);
        }
    }
}
