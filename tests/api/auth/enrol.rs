//! `POST /api/v1/auth/enrol`: a phone becomes a device, once, by a code and six spoken digits.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::Duration;
use rounds::demo::DeviceKey;
use rounds_shared::auth::{EnrolResponse, InviteView, Role};
use rounds_shared::sync::{DEVICE_HEADER, OpCode, SIGNATURE_HEADER};
use rounds_tests::{Answer, Peer, TestApp, both_databases, contact};
use serde_json::{Value, json};

fn body(code: &str, digits: &str, key: &DeviceKey) -> Value {
    json!({ "code": code, "digits": digits, "device_key": key.public_base64url(), "app": "test" })
}

async fn enrol(app: &TestApp, body: &Value) -> Answer {
    Answer::of(app.client.post("/api/v1/auth/enrol").json(body)).await
}

async fn invited(app: &TestApp, handle: &str) -> InviteView {
    let worker = app.adds(handle, Role::Peer, None).await;
    app.invites(worker.id.0).await
}

fn other_digits(digits: &str) -> String {
    digits.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

fn key() -> DeviceKey {
    DeviceKey::generate().unwrap()
}

both_databases! {
    async fn an_invite_says_what_a_phone_needs(app: &TestApp) {
        let invite = invited(app, "amina").await;
        assert_eq!((invite.handle.as_str(), invite.role), ("amina", Role::Peer));
        assert!(invite.qr_svg.contains("<svg"));
        let (address, fragment) = invite.link.split_once('#').unwrap();
        assert!(address.starts_with("http"));
        let (code, pin) = fragment.split_once('.').unwrap();
        assert_eq!(code, invite.code.replace('-', ""));
        let enrolled: EnrolResponse = enrol(app, &body(code, &invite.digits, &key())).await.json();
        let root = BASE64_URL_SAFE_NO_PAD.decode(&enrolled.root_key).unwrap();
        assert_eq!(pin, BASE64_URL_SAFE_NO_PAD.encode(&digest(&SHA256, &root).as_ref()[..16]), "the link pins the root key");
        assert_eq!((enrolled.handle.as_str(), enrolled.tz.as_str()), ("amina", "Africa/Nairobi"));
        assert_eq!(enrolled.programme.0, app.id);
    }

    async fn a_code_is_read_as_people_type_it(app: &TestApp) {
        let invite = invited(app, "amina").await;
        let typed = invite.code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
        assert_eq!(enrol(app, &body(&typed, &invite.digits, &key())).await.status, 200);
    }

    /// The reply was lost: the same phone asks again and is told the same; another phone is not.
    async fn the_same_phone_gets_the_same_answer_again(app: &TestApp) {
        let invite = invited(app, "amina").await;
        let own = key();
        let first = enrol(app, &body(&invite.code, &invite.digits, &own)).await;
        app.clock.advance(Duration::hours(71));
        let again = enrol(app, &body(&invite.code, &invite.digits, &own)).await;
        assert_eq!(first.json::<Value>(), again.json::<Value>());
        let other = enrol(app, &body(&invite.code, &invite.digits, &key())).await;
        assert_eq!(other.refusal(), (409, "invite_used".to_owned()));
        app.clock.advance(Duration::hours(1));
        assert_eq!(enrol(app, &body(&invite.code, &invite.digits, &own)).await.refusal(), (404, "invite_unknown".to_owned()));
    }

    async fn an_invite_ends_after_three_days(app: &TestApp) {
        let invite = invited(app, "amina").await;
        app.clock.advance(Duration::hours(72));
        assert_eq!(enrol(app, &body(&invite.code, &invite.digits, &key())).await.refusal(), (404, "invite_unknown".to_owned()));
    }

    /// Unknown codes and wrong digits are one answer, and the tenth wrong try closes the invite for the right digits too.
    async fn ten_wrong_tries_close_an_invite(app: &TestApp) {
        let invite = invited(app, "amina").await;
        let other = invited(app, "brian").await;
        let wrong = other_digits(&invite.digits);
        let unknown = enrol(app, &body("0000-0000-0000", &invite.digits, &key())).await;
        for _ in 0..10 {
            let answer = enrol(app, &body(&invite.code, &wrong, &key())).await;
            assert_eq!((answer.status, answer.text()), (404, unknown.text()));
        }
        assert_eq!(enrol(app, &body(&invite.code, &invite.digits, &key())).await.refusal(), (404, "invite_unknown".to_owned()));
        assert_eq!(enrol(app, &body(&other.code, &other.digits, &key())).await.status, 200, "others are not harmed");
    }

    async fn nine_wrong_tries_leave_it_open(app: &TestApp) {
        let invite = invited(app, "amina").await;
        let wrong = other_digits(&invite.digits);
        for _ in 0..9 {
            assert_eq!(enrol(app, &body(&invite.code, &wrong, &key())).await.status, 404);
        }
        assert_eq!(enrol(app, &body(&invite.code, &invite.digits, &key())).await.status, 200);
    }

    /// Whoever tries many codes from one address waits.
    async fn an_address_that_guesses_is_slowed(app: &TestApp) {
        let invite = invited(app, "amina").await;
        let mut tries = tokio::task::JoinSet::new();
        for n in 0..60 {
            let request = app.client.post("/api/v1/auth/enrol").json(&body(&format!("0000-0000-00{n:02}"), "000000", &key()));
            tries.spawn(Answer::of(request));
        }
        assert!(tries.join_all().await.iter().all(|answer| answer.status == 404));
        let answer = enrol(app, &body(&invite.code, &invite.digits, &key())).await;
        assert_eq!(answer.refusal(), (429, "throttled".to_owned()));
        assert!(answer.header("retry-after").parse::<u64>().unwrap() <= 601);
        app.clock.advance(Duration::minutes(10));
        assert_eq!(enrol(app, &body(&invite.code, &invite.digits, &key())).await.status, 200);
    }

    async fn keys_and_fields_are_checked(app: &TestApp) {
        let invite = invited(app, "amina").await;
        let good = body(&invite.code, &invite.digits, &key());
        let changed = |field: &str, value: Value| {
            let mut body = good.clone();
            body[field] = value;
            body
        };
        for (body, status) in [
            (changed("device_key", "A".repeat(87).into()), 422),
            (changed("device_key", format!("BA{}", "A".repeat(85)).into()), 422),
            (changed("device_key", "zqx".into()), 422),
            (changed("digits", "12345".into()), 422),
            (changed("code", "zqx".into()), 422),
            (changed("zqx", 1.into()), 422),
            (changed("app", "z".repeat(65).into()), 422),
        ] {
            let answer = enrol(app, &body).await;
            assert_eq!(answer.status, status, "{body}: {}", answer.text());
            assert!(!answer.text().contains("zqx"));
        }
        assert_eq!(enrol(app, &good).await.status, 200, "none of that was a try");
    }

    async fn staff_invites_are_for_the_console(app: &TestApp) {
        let worker = app.adds("dora", Role::Supervisor, None).await;
        let invite = app.invites(worker.id.0).await;
        assert_eq!(enrol(app, &body(&invite.code, &invite.digits, &key())).await.refusal(), (409, "invite_for_console".to_owned()));
        let invite = invited(app, "amina").await;
        let join = json!({ "code": invite.code, "digits": invite.digits, "login": "amina", "password": "a long enough phrase" });
        let request = app.client.post("/api/v1/auth/join").header("sec-fetch-site", "same-origin").json(&join);
        assert_eq!(Answer::of(request).await.refusal(), (409, "invite_for_phone".to_owned()));
    }

    /// A shared phone: enrolling again, signed by its key, adds an author to the same device and its numbers.
    async fn a_second_person_on_the_same_phone(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(1));
        let invite = invited(app, "brian").await;
        let bytes = serde_json::to_vec(&body(&invite.code, &invite.digits, &amina.phone.key)).unwrap();
        let signed = |signature: String| {
            app.client
                .post("/api/v1/auth/enrol")
                .header("content-type", "application/json")
                .header(DEVICE_HEADER, amina.phone.device_header())
                .header(SIGNATURE_HEADER, signature)
                .body(bytes.clone())
        };
        let stranger = Answer::of(signed(key().sign(&bytes).unwrap())).await;
        assert_eq!(stranger.refusal(), (401, "device_unknown".to_owned()));
        let enrolled: EnrolResponse = Answer::of(signed(amina.phone.key.sign(&bytes).unwrap())).await.json();
        assert_eq!(enrolled.device.0, amina.phone.device);
        let own = amina.phone.author;
        amina.phone.author = enrolled.author.0;
        amina.records(contact().syringes(2));
        amina.phone.author = own;
        let answer = amina.syncs().await;
        assert!(answer.results.iter().all(|result| result.code == OpCode::Accepted));
        assert!(answer.missing.is_empty());
        let handles: Vec<String> = app.ada.records().await.into_iter().map(|record| record.handle).collect();
        assert!(handles.contains(&"amina".to_owned()) && handles.contains(&"brian".to_owned()));
    }

    /// A phone that was wiped enrols anew as another device; what it held before stays named as a gap.
    async fn a_new_enrolment_is_a_new_device(app: &TestApp) {
        let amina = app.peer("amina").await;
        let again: Peer = app.enrols(amina.worker()).await;
        assert_ne!(again.phone.device, amina.phone.device);
        assert_eq!(again.worker(), amina.worker());
        let devices: Value = app.ada.get("/api/v1/devices").await.json();
        assert_eq!(devices.as_array().unwrap().len(), 2);
    }
}
