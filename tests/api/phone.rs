//! `/api/v1/phone/share`: the server's share of the key of a phone's shift list, and how wrong PINs lose it.

use std::time::{Duration as Time, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::Duration;
use reqwest::Method;
use rounds_shared::phone::PinShare;
use rounds_tests::{Answer, Peer, TestApp, both_databases};
use serde_json::json;
use tokio::task::JoinSet;

const SHARE: &str = "/api/v1/phone/share";
const OPEN: &str = "/api/v1/phone/share/open";
/// What the phone derives from the PIN, from the duress PIN, and from a wrong one.
const PIN: u8 = 1;
const DURESS: u8 = 2;
const WRONG: u8 = 3;

fn proof(of: u8) -> String {
    BASE64_URL_SAFE_NO_PAD.encode([of; 32])
}

async fn sets(peer: &Peer) -> String {
    let body = json!({ "proof": proof(PIN), "duress_proof": proof(DURESS) });
    peer.asks(Method::PUT, SHARE, Some(&body)).await.json::<PinShare>().share
}

async fn opens(peer: &Peer, with: u8) -> Answer {
    peer.asks(Method::POST, OPEN, Some(&json!({ "proof": proof(with) }))).await
}

fn share(answer: &Answer) -> String {
    answer.json::<PinShare>().share
}

fn after(answer: &Answer) -> (u16, String, u64) {
    let (status, code) = answer.refusal();
    (status, code, answer.header("retry-after").parse().unwrap_or(0))
}

/// What the administrator reads of destroyed shares, newest first.
async fn destroyed(app: &TestApp) -> Vec<(String, String)> {
    let all = app.ada.audit().await.into_iter().filter(|entry| entry.action == "share.destroyed");
    all.map(|entry| (entry.subject, entry.reason.unwrap_or_default())).collect()
}

both_databases! {
    async fn a_share_opens_with_its_proof_on_its_phone_for_its_person(app: &TestApp) {
        let (amina, brian) = (app.peer("amina").await, app.peer("brian").await);
        assert_eq!(opens(&amina, PIN).await.refusal(), (410, "share_gone".to_owned()), "none is set");
        let (first, theirs) = (sets(&amina).await, sets(&brian).await);
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(&first).unwrap().len(), 32);
        assert_ne!(first, theirs, "the same PIN on another phone is another share");
        assert_eq!(share(&opens(&amina, PIN).await), first);
        assert_eq!(opens(&amina, WRONG).await.refusal(), (403, "wrong_pin".to_owned()));
        let again = app.enrols(amina.worker()).await;
        assert_eq!(opens(&again, PIN).await.status, 410, "another phone of the same person has none");
        let second = sets(&amina).await;
        assert_ne!(second, first, "a new PIN, a new share");
        assert_eq!(share(&opens(&amina, PIN).await), second);
        assert_eq!(amina.asks(Method::DELETE, SHARE, None).await.status, 204);
        assert_eq!(opens(&amina, PIN).await.status, 410);
        assert_eq!(share(&opens(&brian, PIN).await), theirs);
        assert_eq!(app.number("SELECT COUNT(*) FROM pin_share").await, 1);
    }

    async fn only_proofs_of_the_right_form_are_taken(app: &TestApp) {
        let amina = app.peer("amina").await;
        for (pin, duress, field) in [
            ("A".repeat(42), proof(DURESS), "proof"),
            ("!".repeat(43), proof(DURESS), "proof"),
            (proof(PIN), "!".repeat(43), "duress_proof"),
            (proof(PIN), proof(PIN), "duress_proof"),
        ] {
            let answer = amina.asks(Method::PUT, SHARE, Some(&json!({ "proof": pin, "duress_proof": duress }))).await;
            assert_eq!((answer.status, answer.fields()), (422, vec![field.to_owned()]));
        }
        assert_eq!(app.number("SELECT COUNT(*) FROM pin_share").await, 0);
    }

    async fn wrong_pins_wait_from_the_fifth_on_and_the_tenth_destroys(app: &TestApp) {
        let amina = app.peer("amina").await;
        let own = sets(&amina).await;
        for n in 1..=10_u32 {
            let minutes: u64 = if n < 5 { 0 } else { 1 << (n - 5) };
            let answer = after(&opens(&amina, WRONG).await);
            if n == 10 {
                assert_eq!(answer, (410, "share_gone".to_owned(), 0));
                break;
            }
            assert_eq!(answer, (403, "wrong_pin".to_owned(), minutes * 60), "{n}");
            if minutes > 0 {
                app.clock.advance(Duration::seconds(i64::try_from(minutes).unwrap() * 60 - 1));
                // Too early is no try, and the right PIN has to wait as well.
                assert_eq!(after(&opens(&amina, WRONG).await), (429, "pin_wait".to_owned(), 1), "{n}");
                assert_eq!(after(&opens(&amina, PIN).await), (429, "pin_wait".to_owned(), 1), "{n}");
                app.clock.advance(Duration::seconds(1));
            }
        }
        app.clock.advance(Duration::hours(3));
        assert_eq!(opens(&amina, PIN).await.refusal(), (410, "share_gone".to_owned()), "nothing brings it back");
        assert_eq!(app.number("SELECT COUNT(*) FROM pin_share").await, 0, "the seed is gone");
        assert_eq!(destroyed(app).await, [(amina.worker().to_string(), "tries".to_owned())]);
        assert_ne!(sets(&amina).await, own);
        app.verified().await;
    }

    async fn a_right_pin_forgives_the_wrong_ones(app: &TestApp) {
        let amina = app.peer("amina").await;
        let own = sets(&amina).await;
        for _ in 0..2 {
            for _ in 0..4 {
                assert_eq!(after(&opens(&amina, WRONG).await), (403, "wrong_pin".to_owned(), 0));
            }
            assert_eq!(share(&opens(&amina, PIN).await), own);
        }
    }

    /// Tries at the same time are counted one after the other: nobody gets ten for one.
    async fn tries_at_the_same_time_are_all_counted(app: &TestApp) {
        let amina = app.peer("amina").await;
        let own = sets(&amina).await;
        let token = amina.token().await;
        let mut tries = JoinSet::new();
        for _ in 0..32 {
            tries.spawn(Answer::of(app.client.post(OPEN).bearer_auth(&token).json(&json!({ "proof": proof(WRONG) }))));
        }
        let codes: Vec<String> = tries.join_all().await.iter().map(|answer| answer.refusal().1).collect();
        let count = |code: &str| codes.iter().filter(|one| *one == code).count();
        assert_eq!((count("wrong_pin"), count("pin_wait")), (5, 27), "{codes:?}");
        assert_eq!(app.number("SELECT tries FROM pin_share").await, 5);
        app.clock.advance(Duration::minutes(1));
        assert_eq!(share(&opens(&amina, PIN).await), own);
    }

    /// Whoever watches the phone and the wire sees a share, the same one each time, and nothing that tells it from the real one.
    async fn the_duress_pin_destroys_and_looks_right(app: &TestApp) {
        let amina = app.peer("amina").await;
        let own = sets(&amina).await;
        let started = Instant::now();
        let real = opens(&amina, PIN).await;
        let real_time = started.elapsed();
        assert_eq!(share(&real), own);
        let started = Instant::now();
        let shown = opens(&amina, DURESS).await;
        let shown_time = started.elapsed();
        assert!(real_time.min(shown_time) >= Time::from_millis(150), "both take the time of the floor");
        assert_eq!((shown.status, shown.body.len()), (real.status, real.body.len()));
        let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&shown), names(&real));
        assert_ne!(share(&shown), own);
        assert_eq!(share(&opens(&amina, DURESS).await), share(&shown), "asked again, it is the same one");
        let (right, wrong) = (opens(&amina, PIN).await.refusal(), opens(&amina, WRONG).await.refusal());
        assert_eq!((&right, right.0), (&wrong, 403), "nothing tells any more which was the right one");
        assert_eq!(share(&opens(&amina, DURESS).await), share(&shown));
        assert_eq!(app.number("SELECT COUNT(*) FROM pin_share WHERE seed IS NOT NULL").await, 0);
        assert_eq!(destroyed(app).await, [(amina.worker().to_string(), "duress".to_owned())], "once");
        let told = amina.pulls(0, 0).await;
        assert!(told.commands.is_empty(), "nothing tells the phone why: {:?}", told.commands);
        app.verified().await;
    }

    async fn the_duress_pin_destroys_also_while_tries_have_to_wait(app: &TestApp) {
        let amina = app.peer("amina").await;
        sets(&amina).await;
        for _ in 0..5 {
            opens(&amina, WRONG).await;
        }
        assert_eq!(after(&opens(&amina, DURESS).await), (429, "pin_wait".to_owned(), 60), "as any other PIN");
        assert_eq!(destroyed(app).await.len(), 1);
        app.clock.advance(Duration::minutes(1));
        assert_eq!(after(&opens(&amina, PIN).await), (403, "wrong_pin".to_owned(), 120), "counted as the sixth wrong one");
    }

    async fn a_revoked_phone_and_whoever_leaves_lose_their_shares(app: &TestApp) {
        let (amina, brian, carol) = (app.peer("amina").await, app.peer("brian").await, app.peer("carol").await);
        for peer in [&amina, &brian, &carol] {
            sets(peer).await;
        }
        let carols = sets(&carol).await;
        app.ada.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        app.ada.post(&format!("/api/v1/workers/{}/status", brian.worker()), &json!({ "status": "left" })).await.succeeds();
        assert_eq!(app.number("SELECT COUNT(*) FROM pin_share").await, 1);
        let why = |peer: &Peer, why: &str| (peer.worker().to_string(), why.to_owned());
        assert_eq!(destroyed(app).await, [why(&brian, "left"), why(&amina, "revoked")]);
        assert_eq!(share(&opens(&carol, PIN).await), carols);
        app.verified().await;
    }

    /// The database, backups and all, gives neither a share nor a way to try PINs.
    async fn the_database_alone_gives_nothing(app: &TestApp) {
        let amina = app.peer("amina").await;
        let own = BASE64_URL_SAFE_NO_PAD.decode(sets(&amina).await).unwrap();
        let stored = app.database.bytes();
        let holds = |bytes: &[u8]| {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let text = BASE64_URL_SAFE_NO_PAD.encode(bytes);
            [bytes, hex.as_bytes(), text.as_bytes()].iter().any(|form| stored.windows(form.len()).any(|window| window == *form))
        };
        let device = amina.phone.device;
        assert!(holds(device.as_bytes()) || holds(device.to_string().as_bytes()), "the look finds what is there");
        assert!(!holds(&own) && !holds(&[PIN; 32]) && !holds(&[DURESS; 32]));
        for proof in [PIN, DURESS] {
            let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &[proof; 32]);
            assert!(!holds(hash.as_ref()), "a hash without a key could be tried");
        }
    }
}
