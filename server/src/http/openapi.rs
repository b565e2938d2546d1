//! OpenAPI 3.1, assembled from the route list and the contract's schemas, so that neither can say anything else than the code.

use std::sync::OnceLock;

use actix_web::HttpResponse;
use rounds_shared::contract::contract;
use serde_json::{Map, Value, json};

use super::routes::ROUTES;
use super::spec::{Access, Gives, Spec, Takes};

/// The document, made on the first request.
static DOCUMENT: OnceLock<String> = OnceLock::new();

/// Handler of `GET /api/openapi.json`.
pub async fn answer() -> HttpResponse {
    let text = DOCUMENT.get_or_init(|| document().to_string());
    HttpResponse::Ok().content_type("application/json").body(text.as_str())
}

/// Builds the document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = contract().get_mut("$defs").map(Value::take).unwrap_or_default();
    point_to_components(&mut schemas);
    let mut paths: Map<String, Value> = Map::new();
    for spec in ROUTES {
        let operations = paths.entry(spec.path).or_insert_with(|| json!({}));
        if let Value::Object(operations) = operations {
            operations.insert(spec.verb.as_str().to_lowercase(), operation(spec, &schemas));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rounds",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Outreach contacts from the phone to the report. Errors are RFC 9457 problems with a stable `code`.",
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
                "session": { "type": "apiKey", "in": "cookie", "name": super::SESSION_COOKIE },
            },
        },
    })
}

fn point_to_components(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if let (true, Value::String(text)) = (name == "$ref", &mut *field) {
                    *text = text.replacen("#/$defs/", "#/components/schemas/", 1);
                } else {
                    point_to_components(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point_to_components),
        _ => {}
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn operation(spec: &Spec, schemas: &Value) -> Value {
    let mut parameters = path_parameters(spec.path);
    parameters.extend(query_parameters(spec, schemas));
    if spec.access == Access::Signature {
        for (name, description) in [
            ("X-Rounds-Device", "`<programme>.<device>`"),
            ("X-Rounds-Signature", "ECDSA P-256 signature over the raw body, base64url r‖s"),
        ] {
            parameters.push(
                json!({ "name": name, "in": "header", "required": true, "description": description, "schema": { "type": "string" } }),
            );
        }
    }
    let mut operation = json!({
        "operationId": operation_id(spec),
        "summary": spec.summary,
        "description": format!("For {}.", spec.access.words()),
        "parameters": parameters,
        "responses": responses(spec),
        "security": security(spec.access),
    });
    let body = match spec.takes {
        Takes::Nothing => None,
        Takes::Json(schema) => Some(json!({ "application/json": { "schema": reference(schema) } })),
        Takes::Csv => Some(json!({ "text/csv": { "schema": { "type": "string" } } })),
    };
    if let (Some(content), Value::Object(fields)) = (body, &mut operation) {
        fields.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
    }
    operation
}

fn operation_id(spec: &Spec) -> String {
    let words = spec.path.trim_start_matches("/api/").trim_start_matches("v1/");
    let words: Vec<&str> = words.split(['/', '{', '}', '.', '-']).filter(|word| !word.is_empty()).collect();
    format!("{}_{}", spec.verb.as_str().to_lowercase(), words.join("_"))
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')));
    let schema = |name| match name {
        "digest" => json!({ "type": "string", "minLength": 43, "maxLength": 43 }),
        _ => json!({ "type": "string", "format": "uuid" }),
    };
    names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": schema(name) }))
        .collect()
}

fn query_parameters(spec: &Spec, schemas: &Value) -> Vec<Value> {
    let Some(schema) = spec.query.and_then(|name| schemas.get(name)) else {
        return Vec::new();
    };
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    fields
        .map(|(name, field)| {
            json!({ "name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": without_null(field) })
        })
        .collect()
}

/// An absent parameter is left out, so the schema of a present one has no null.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            if let Value::Object(fields) = &mut schema {
                fields.insert("type".to_owned(), only);
            }
        }
    }
    if let Some(Value::Array(options)) = schema.get_mut("anyOf") {
        options.retain(|option| option.get("type").is_none_or(|kind| kind != "null"));
    }
    schema
}

fn responses(spec: &Spec) -> Value {
    let (status, description, content) = match spec.gives {
        Gives::Nothing => ("204", "Done.", None),
        Gives::Json(schema) => ("200", "The answer.", Some(("application/json", reference(schema)))),
        Gives::Created(schema) => ("201", "Made.", Some(("application/json", reference(schema)))),
        Gives::List(schema) => (
            "200",
            "The list.",
            Some(("application/json", json!({ "type": "array", "items": reference(schema) }))),
        ),
        Gives::AnyJson => ("200", "A document.", Some(("application/json", json!({ "type": "object" })))),
        Gives::Csv => ("200", "A file.", Some(("text/csv", json!({ "type": "string" })))),
        Gives::Html => ("200", "A page.", Some(("text/html", json!({ "type": "string" })))),
    };
    let mut good = json!({ "description": description });
    if let (Some((kind, schema)), Value::Object(fields)) = (content, &mut good) {
        fields.insert("content".to_owned(), json!({ kind: { "schema": schema } }));
    }
    let problem = json!({
        "description": "A problem.",
        "content": { "application/problem+json": { "schema": reference("Problem") } },
    });
    json!({ status: good, "default": problem })
}

fn security(access: Access) -> Value {
    match access {
        Access::Anybody | Access::OwnPage | Access::Signature => json!([]),
        Access::Phone => json!([{ "bearer": [] }]),
        Access::Session => json!([{ "session": [] }]),
        Access::Staff | Access::Newcomer | Access::Team | Access::Evaluator | Access::Admin => json!([{ "bearer": [] }, { "session": [] }]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_named_schema_is_in_the_contract() {
        let document = document();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for spec in ROUTES {
            let takes = match spec.takes {
                Takes::Json(schema) => Some(schema),
                Takes::Nothing | Takes::Csv => None,
            };
            let gives = match spec.gives {
                Gives::Json(schema) | Gives::Created(schema) | Gives::List(schema) => Some(schema),
                _ => None,
            };
            for schema in [spec.query, takes, gives].into_iter().flatten() {
                assert!(schemas.contains_key(schema), "{} names {schema}", spec.path);
            }
        }
        assert!(!document.to_string().contains("#/$defs/"));
    }

    #[test]
    fn operations_have_distinct_names() {
        let names: BTreeSet<String> = ROUTES.iter().map(operation_id).collect();
        assert_eq!(names.len(), ROUTES.len());
    }
}
