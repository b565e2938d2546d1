//! Ops that were caught on the way, changed, mixed up or made up. What is counted stays what was said.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::sync::{DEVICE_HEADER, OpCode, OpHeader, PushResponse, SIGNATURE_HEADER, SealedOp};
use rounds_tests::{Answer, Figures, TestApp, both_databases, contact};
use serde_json::json;
use uuid::Uuid;

/// Which byte of so many, in words.
type Place = (&'static str, fn(usize) -> usize);

/// A text of base64url with one bit of one byte turned.
fn turned(text: &str, at: impl Fn(usize) -> usize) -> String {
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
    let at = at(bytes.len());
    bytes[at] ^= 1;
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn codes(answer: &Answer) -> Vec<OpCode> {
    answer.json::<PushResponse>().results.iter().map(|result| result.code).collect()
}

fn header_of(op: &SealedOp) -> OpHeader {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(&op.hdr).unwrap()).unwrap()
}

async fn one_contact(app: &TestApp, syringes_out: i64) {
    app.ada
        .sees(Figures {
            contacts: 1,
            syringes_out,
            ..Figures::default()
        })
        .await;
    app.verified().await;
}

both_databases! {
    /// Whoever caught the bytes of a push can send them again: nothing is counted twice and nothing is told that the phone was not told.
    async fn a_push_that_was_caught_is_harmless(app: &TestApp) {
        let (mut amina, mut brian) = (app.peer("amina").await, app.peer("brian").await);
        amina.records(contact().syringes(10));
        let caught = amina.signs(amina.outbox.clone());
        assert_eq!(codes(&amina.sends(&caught).await), [OpCode::Accepted]);
        assert_eq!(codes(&Answer::of(caught.to(&app.client)).await), [OpCode::Duplicate]);
        let renamed = rounds_tests::Signed { device: brian.phone.device_header(), ..caught.clone() };
        assert_eq!(brian.sends(&renamed).await.status, 401, "under another phone's name");
        assert_eq!(brian.sends(&brian.signs_bytes(caught.body.clone())).await.status, 422, "signed by another phone");
        // Delivered by another phone of the programme, it is known already.
        assert_eq!(brian.pushes_one(amina.outbox[0].clone()).await.code, OpCode::Duplicate);
        app.ada.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        let again = Answer::of(caught.to(&app.client)).await;
        assert_eq!(again.json::<PushResponse>().commands, ["wipe"]);
        assert_eq!(app.number("SELECT COUNT(*) FROM op").await, 1);
        one_contact(app, 10).await;
    }

    /// A bit turned in the header, the encapsulated key, the ciphertext or its tag: never counted, and the genuine op is not harmed.
    async fn a_turned_bit_is_never_counted(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let op = amina.records(contact().syringes(10)).sealed;
        let places: [Place; 5] =
            [("first", |_| 0), ("second", |_| 1), ("middle", |n| n / 2), ("before the tag", |n| n - 17), ("last", |n| n - 1)];
        for (place, at) in places {
            for (part, changed) in [
                ("hdr", SealedOp { hdr: turned(&op.hdr, at), ..op.clone() }),
                ("ek", SealedOp { ek: turned(&op.ek, at), ..op.clone() }),
                ("ct", SealedOp { ct: turned(&op.ct, at), ..op.clone() }),
            ] {
                let answer = amina.pushes(vec![changed]).await;
                let result = &answer.results[0];
                assert!(matches!(result.code, OpCode::Quarantined | OpCode::Rejected), "{part} {place}: {result:?}");
            }
        }
        for changed in [
            SealedOp { ct: op.ek.clone(), ..op.clone() },
            SealedOp { ek: op.ct[..op.ek.len()].to_owned(), ..op.clone() },
            SealedOp { ct: op.ct[..op.ct.len() - 4].to_owned(), ..op.clone() },
            SealedOp { ct: format!("{}AAAA", op.ct), ..op.clone() },
            SealedOp { ct: String::new(), ..op.clone() },
        ] {
            let result = amina.pushes_one(changed).await;
            assert!(matches!(result.code, OpCode::Quarantined | OpCode::Rejected), "{result:?}");
        }
        app.ada.sees(Figures::default()).await;
        assert_eq!(amina.pushes_one(op).await.code, OpCode::Accepted);
        one_contact(app, 10).await;
    }

    /// Two good ops with their contents exchanged, whole or in part.
    async fn swapped_contents_open_nowhere(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let (one, two) = (amina.records(contact().syringes(1)).sealed, amina.records(contact().syringes(50)).sealed);
        for changed in [
            SealedOp { ct: two.ct.clone(), ..one.clone() },
            SealedOp { ek: two.ek.clone(), ..one.clone() },
            SealedOp { ek: two.ek.clone(), ct: two.ct.clone(), ..one.clone() },
            SealedOp { hdr: two.hdr.clone(), ..one.clone() },
        ] {
            let result = amina.pushes_one(changed).await;
            assert_eq!((result.code, result.reason.as_deref()), (OpCode::Quarantined, Some("cannot_open")));
        }
        app.ada.sees(Figures::default()).await;
        assert_eq!(amina.pushes_one(one).await.code, OpCode::Accepted);
        one_contact(app, 1).await;
    }

    /// The sealing key is public, so anybody can seal: who says it is settled by who is enrolled where.
    async fn a_forged_author_or_device_waits_for_a_person(app: &TestApp) {
        let (mut amina, mut brian) = (app.peer("amina").await, app.peer("brian").await);
        let inland = app.another_programme("Inland").await;
        let stranger = inland.peer("amina").await;
        // Sealed by amina's phone in brian's name, as theirs and as hers.
        let (own, theirs) = (amina.worker(), brian.worker());
        amina.phone.author = theirs;
        let in_their_name = amina.records(contact().syringes(5)).sealed;
        amina.phone.author = own;
        let op = amina.phone.random.uuid().unwrap();
        let body = contact().syringes(5).of(theirs, "2026-06-30".parse().unwrap());
        let about_them = amina.phone.put(op, op, 1, body).unwrap();
        // An op of brian's phone, made up by amina's: the seal is good, the numbers are stolen.
        let plain = br#"{"kind":"contact","schema":1,"body":{}}"#.to_vec();
        let stolen = OpHeader { device: brian.phone.device.into(), author: own.into(), op: amina.phone.random.uuid().unwrap().into(), ..header_of(&about_them) };
        let stolen = amina.phone.seal_with_header(&serde_json::to_vec(&stolen).unwrap(), plain.clone()).unwrap();
        for (forged, reasons) in [
            (in_their_name, ["unknown_author", "unknown_author"]),
            (about_them, ["invalid", "not_author"]),
            (stolen, ["unknown_author", "unknown_author"]),
        ] {
            let result = amina.pushes_one(forged).await;
            assert_eq!(result.code, OpCode::Quarantined, "{result:?}");
            assert!(reasons.contains(&result.reason.as_deref().unwrap()), "{result:?}");
        }
        // The identity of another programme, in every place where it can stand.
        amina.phone.programme = inland.id;
        let foreign = amina.signs(Vec::new());
        assert_eq!(amina.sends(&foreign).await.refusal(), (401, "device_unknown".to_owned()));
        amina.phone.programme = app.id;
        let push = amina.signs(Vec::new());
        for (device, signature) in [
            (stranger.phone.device_header(), push.signature.clone()),
            (format!("{}.{}", inland.id, amina.phone.device), push.signature.clone()),
            (format!("{}.{}", app.id, stranger.phone.device), stranger.phone.key.sign(&push.body).unwrap()),
        ] {
            let request = app.client.post("/api/v1/sync/push").header("content-type", "application/json");
            let request = request.header(DEVICE_HEADER, device).header(SIGNATURE_HEADER, signature).body(push.body.clone());
            assert_eq!(Answer::of(request).await.status, 401);
        }
        app.ada.sees(Figures::default()).await;
        inland.ada.sees(Figures::default()).await;
        for n in 1..=4 {
            brian.records(contact().syringes(n));
        }
        assert!(brian.syncs().await.results.iter().all(|result| result.code == OpCode::Accepted), "nor is whose number was stolen harmed");
        app.ada.sees(Figures { contacts: 4, syringes_out: 10, ..Figures::default() }).await;
        app.verified().await;
    }

    /// Whoever holds a phone that was taken out knows its colleagues' ids. Under another phone's header its ops count as little as under its own.
    async fn a_revoked_phone_counts_nothing_in_another_phones_name(app: &TestApp) {
        let (mut amina, brian) = (app.peer("amina").await, app.peer("brian").await);
        app.ada.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        let own = (amina.phone.device, amina.phone.author);
        (amina.phone.device, amina.phone.author) = (brian.phone.device, brian.phone.author);
        let forged = amina.records(contact().syringes(50)).sealed;
        (amina.phone.device, amina.phone.author) = own;
        let result = amina.pushes_one(forged).await;
        assert_eq!((result.code, result.reason.as_deref()), (OpCode::Quarantined, Some("device_revoked")));
        app.ada.sees(Figures::default()).await;
        app.verified().await;
    }

    /// Numbers and room of a phone are its own: what another brings under its name, without knowing who writes there, takes neither.
    async fn a_phone_takes_neither_numbers_nor_room_of_another(app: &TestApp) {
        let (mut amina, mut brian) = (app.peer("amina").await, app.peer("brian").await);
        let own = amina.phone.device;
        amina.phone.device = brian.phone.device;
        amina.phone.dseq = 6;
        let forged = amina.records(contact()).sealed;
        amina.phone.device = own;
        let result = amina.pushes_one(forged.clone()).await;
        assert_eq!((result.code, result.reason.as_deref()), (OpCode::Quarantined, Some("unknown_author")));
        app.verified().await;
        app.sql("UPDATE quarantine SET size = 20971520").await;
        brian.records(contact().at("nowhere"));
        let answer = brian.syncs().await;
        assert_eq!(answer.results[0].code, OpCode::Quarantined, "the room of the one who brought it is full, not theirs");
        assert!(answer.missing.is_empty(), "nothing was numbered in their name");
        amina.records(contact().at("nowhere"));
        assert_eq!(amina.syncs().await.results.last().unwrap().reason.as_deref(), Some("quarantine_full"));
        // Its own phone may send the same bytes: then the number is its own.
        assert_eq!(brian.pushes_one(forged.clone()).await.code, OpCode::Quarantined);
        assert_eq!(amina.pushes_one(forged).await.code, OpCode::Quarantined);
        assert_eq!(brian.pushes(Vec::new()).await.missing, [[2, 6]]);
        app.verified().await;
    }

    /// The first and the last of all ids stand outside the pages in which the log is read.
    async fn an_id_at_either_end_is_refused(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let good = amina.phone.random.uuid().unwrap();
        for end in [Uuid::nil(), Uuid::max()] {
            for (op, record) in [(end, end), (good, end), (end, good)] {
                let body = contact().of(amina.worker(), "2026-06-30".parse().unwrap());
                let sealed = amina.phone.put(op, record, 1, body).unwrap();
                let result = amina.pushes_one(sealed).await;
                assert_eq!((result.code, result.reason.as_deref()), (OpCode::Rejected, Some("malformed_header")), "{op} {record}");
            }
        }
        app.verified().await;
    }
}
