//! What is not stored at all: ops of elsewhere or without a readable header, and requests that no phone of ours made.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::sync::{DEVICE_HEADER, OpCode, SIGNATURE_HEADER, SYNC_HEADER, SealedOp};
use rounds_tests::{Answer, Figures, Signed, both_databases, contact};
use serde_json::Value;

/// An op's header with a change.
fn with_header(op: &SealedOp, change: impl FnOnce(String) -> String) -> SealedOp {
    let header = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(&op.hdr).unwrap()).unwrap();
    SealedOp {
        hdr: BASE64_URL_SAFE_NO_PAD.encode(change(header)),
        ..op.clone()
    }
}

fn changed_body(push: &Signed, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut body: Value = serde_json::from_slice(&push.body).unwrap();
    change(&mut body);
    serde_json::to_vec(&body).unwrap()
}

both_databases! {
    async fn ops_of_another_programme_are_rejected_and_audited(app: &TestApp) {
        let inland = app.another_programme("Inland").await;
        let mut stranger = inland.peer("amina").await;
        let theirs = stranger.records(contact().syringes(50)).sealed;
        let mut amina = app.peer("amina").await;
        let own = amina.records(contact().syringes(1)).sealed;
        let answer = amina.pushes(vec![theirs, own]).await;
        assert_eq!(answer.results[0].code, OpCode::Rejected);
        assert_eq!(answer.results[0].reason.as_deref(), Some("foreign_programme"));
        assert_eq!(answer.results[1].code, OpCode::Accepted);
        assert!(app.ada.audit().await.iter().any(|entry| entry.action == "sync.foreign"));
        app.ada.sees(Figures { contacts: 1, syringes_out: 1, ..Figures::default() }).await;
        inland.ada.sees(Figures::default()).await;
        assert!(inland.ada.quarantine().await.is_empty());
        app.verified().await;
    }

    /// The header is what the seal is bound to: any other makes the op unreadable.
    async fn a_tampered_header_is_never_counted(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let brian = app.peer("brian").await;
        let op = amina.records(contact().syringes(10)).sealed;
        let author = amina.worker().to_string();
        let changes: [&dyn Fn(String) -> String; 4] = [
            &|header| header.replace(r#""rev":1"#, r#""rev":2"#),
            &|header| header.replace(&author, &brian.worker().to_string()),
            &|header| header.replace(r#""type":"put""#, r#""type":"void""#),
            &|header| header.replace(r#"{"v""#, r#"{ "v""#),
        ];
        for change in changes {
            let result = amina.pushes_one(with_header(&op, change)).await;
            assert_eq!(result.code, OpCode::Quarantined);
            assert!(matches!(result.reason.as_deref(), Some("cannot_open" | "unknown_author")), "{:?}", result.reason);
        }
        app.ada.sees(Figures::default()).await;
        assert_eq!(amina.pushes_one(op).await.code, OpCode::Accepted, "the genuine one is not harmed");
        app.ada.sees(Figures { contacts: 1, syringes_out: 10, ..Figures::default() }).await;
        app.verified().await;
    }

    async fn malformed_headers_are_rejected_one_by_one(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let op = amina.records(contact()).sealed;
        let changes: [&dyn Fn(String) -> String; 7] = [
            &|header| header.replace(r#""v":1"#, r#""v":1,"extra":1"#),
            &|header| header.replace(r#""v":1"#, r#""v":1,"v":1"#),
            &|header| header.replace(r#""v":1"#, r#""v":2"#),
            &|header| header.replace(r#""rev":1"#, r#""rev":0"#),
            &|header| header.replace(r#""rev":1"#, r#""rev":1.5"#),
            &|header| header.replace(r#""dseq":1"#, r#""dseq":0"#),
            &|_| "[]".to_owned(),
        ];
        let mut ops: Vec<SealedOp> = changes.iter().map(|change| with_header(&op, change)).collect();
        ops.push(SealedOp { hdr: "not base64 !".to_owned(), ..op.clone() });
        ops.push(SealedOp { ct: "=".to_owned(), ..op.clone() });
        ops.push(op);
        let answer = amina.pushes(ops).await;
        let (last, others) = answer.results.split_last().unwrap();
        for result in others {
            assert_eq!(result.code, OpCode::Rejected, "{result:?}");
        }
        assert_eq!(last.code, OpCode::Accepted);
        app.verified().await;
    }

    async fn only_the_phones_own_signature_opens_the_door(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        amina.records(contact());
        brian.records(contact());
        let push = amina.signs(amina.outbox.clone());
        let theirs = brian.signs(brian.outbox.clone());
        let nobody = format!("{}.{}", app.id, app.id);
        let mut body = push.body.clone();
        body.push(b' ');
        let attempts = [
            Signed { signature: theirs.signature.clone(), ..push.clone() },
            Signed { device: theirs.device, ..push.clone() },
            Signed { device: nobody, ..push.clone() },
            Signed { device: "nonsense".to_owned(), ..push.clone() },
            Signed { signature: "AAAA".to_owned(), ..push.clone() },
            Signed { body, ..push.clone() },
        ];
        for attempt in attempts {
            let answer = amina.sends(&attempt).await;
            assert_eq!(answer.refusal(), (401, "device_unknown".to_owned()));
            assert_eq!(answer.header(SYNC_HEADER), "", "a refusal is not a genuine answer");
        }
        let bare = app.client.post("/api/v1/sync/push").header("content-type", "application/json").body(push.body.clone());
        assert_eq!(Answer::of(bare).await.status, 401);
        let token = amina.token().await;
        let bearer = app.client.post("/api/v1/sync/push").header("content-type", "application/json").bearer_auth(token).body(push.body);
        assert_eq!(Answer::of(bearer).await.status, 401, "a token is not a signature");
        app.ada.sees(Figures::default()).await;
    }

    async fn a_signed_body_that_is_no_push_is_refused_whole(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let other = app.peer("brian").await;
        amina.records(contact());
        let push = amina.signs(amina.outbox.clone());
        let other = other.phone.device.to_string();
        let cases: [(Vec<u8>, u16); 9] = [
            (b"{".to_vec(), 400),
            (b"[]".to_vec(), 400),
            (Vec::new(), 400),
            (changed_body(&push, |body| body["zqx-extra"] = 1.into()), 400),
            (changed_body(&push, |body| body["ops"] = "zqx".into()), 400),
            (changed_body(&push, |body| body["proto"] = 2.into()), 422),
            (changed_body(&push, |body| body["device"] = other.into()), 422),
            (changed_body(&push, |body| body["programme"] = body["device"].clone()), 422),
            (changed_body(&push, |body| body["dseq_high"] = (-1).into()), 422),
        ];
        for (body, status) in cases {
            let answer = amina.sends(&amina.signs_bytes(body)).await;
            assert_eq!(answer.status, status, "{}", answer.text());
            assert!(!answer.text().contains("zqx"), "{}", answer.text());
            let _ = answer.problem();
            assert_eq!(answer.header(SYNC_HEADER), "");
        }
        app.ada.sees(Figures::default()).await;
        assert_eq!(amina.syncs().await.results[0].code, OpCode::Accepted);
    }

    async fn an_encoded_body_is_refused_before_it_is_inflated(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact());
        let push = amina.signs(amina.outbox.clone());
        for encoding in ["gzip", "br", "deflate", "zstd", "identity, gzip"] {
            let answer = Answer::of(push.to(&app.client).header("content-encoding", encoding)).await;
            assert_eq!(answer.refusal(), (415, "media_type".to_owned()), "{encoding}");
        }
        let plain = Answer::of(push.to(&app.client).header("content-encoding", "identity")).await;
        assert_eq!(plain.status, 200);
        let text = app.client.post("/api/v1/sync/push").header("content-type", "text/plain").header(DEVICE_HEADER, &push.device);
        let text = text.header(SIGNATURE_HEADER, &push.signature).body(push.body);
        assert_eq!(Answer::of(text).await.status, 415);
    }
}
