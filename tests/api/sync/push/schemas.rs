//! Clients of every release may push for ever: what the first one wrote is spelled out here and never changes.

use rounds_shared::sync::{OpCode, OpType};
use rounds_tests::{Figures, both_databases};
use serde_json::json;

both_databases! {
    async fn five_hundred_ops_of_the_first_schema_are_accepted(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let plaintext = json!({ "kind": "contact", "schema": 1, "body": {
            "worker": amina.worker(), "catalogue": 1, "site": "market", "service_date": "2026-06-29", "captured": null, "shift": null,
            "mode": "pair", "setting": "street", "returning": "returning", "gender": "man", "age_band": "25-34", "injects": "assumed",
            "for_others": 1, "code": { "set": "MOM0865" }, "code_refused": false, "topics": [], "unmet": [],
            "lines": [{ "item": "ns_1ml", "direction": "out", "quantity": 2, "method": null, "measured": null, "reason": null }],
            "referrals": [], "tests": []
        }});
        let plaintext = serde_json::to_vec(&plaintext).unwrap();
        let mut ops = Vec::new();
        for _ in 0..500 {
            let op = amina.phone.random.uuid().unwrap();
            ops.push(amina.phone.seal(op, op, 1, OpType::Put, plaintext.clone()).unwrap());
        }
        for batch in ops.chunks(200) {
            let answer = amina.pushes(batch.to_vec()).await;
            assert!(answer.results.iter().all(|result| result.code == OpCode::Accepted), "{:?}", answer.results[0]);
        }
        app.ada.sees(Figures { contacts: 500, people: 1, syringes_out: 1000, ..Figures::default() }).await;
        app.verified().await;
    }
}
