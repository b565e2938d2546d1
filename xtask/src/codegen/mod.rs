//! `codegen`: the contract crate's types as a JSON Schema snapshot, and as TypeScript.
//!
//! Both files are committed, so that a change of the contract is seen in review and building needs no generator.

mod typescript;

use rounds_shared::contract::contract;

use crate::shell::{self, Outcome};

const SNAPSHOT: &str = "shared/schema/contract.json";
const TYPES: &str = "pwa/src/generated/contract.ts";

/// Writes both files, or with `check` fails when one of them is stale.
pub fn run(check: bool) -> Outcome {
    let mut contract = contract();
    // Another crate of the workspace may switch serde_json to insertion order; the files must not depend on it.
    contract.sort_all_objects();
    let snapshot = serde_json::to_string_pretty(&contract).map_err(|error| error.to_string())? + "\n";
    let types = typescript::generate(&contract)?;
    let mut stale = Vec::new();
    for (name, text) in [(SNAPSHOT, snapshot), (TYPES, types)] {
        let path = shell::root().join(name);
        if path.exists() && shell::read(&path)? == text {
            continue;
        }
        if check {
            stale.push(name);
        } else {
            shell::write(&path, &text)?;
            println!("wrote {name}");
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("stale: {}; run `cargo xtask codegen`", stale.join(", ")))
    }
}
