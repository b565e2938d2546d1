//! Client codes exist in clear only in memory. Codes are planted through every way in, on the real program at its most talkative, and
//! looked for in the database's bytes, its backup, the log, what commands print, and every answer.

use std::fs::File;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rounds::wiring::Clock;
use rounds_shared::auth::InviteView;
use rounds_shared::console::WorkerView;
use rounds_shared::sync::{OpCode, OpType};
use rounds_tests::{Answer, Draft, Engine, Fresh, Peer, Rounds, Staff, TestClock, contact, free_port};
use serde_json::{Value, json};

/// Codes as people say them; each comes in by another way. All begin alike.
const PUSHED: &str = "ZQXJ-7731 Amé";
const CORRECTED: &str = "zqxj7732";
const UPLOADED: &str = "ZQXJ7733";
const IMPORTED: &str = "ZQXJ7734";
const REFUSED: &str = "ZQXJ7735";
const BEGINNING: &str = "zqxj773";

/// Bytes in the forms in which they could be stored or printed.
fn forms_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    let hex = |upper: bool| -> String {
        let one = |byte: &u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        bytes.iter().map(one).collect()
    };
    let mut forms = vec![bytes.to_vec(), hex(false).into_bytes(), hex(true).into_bytes()];
    // Base64 at each of the three places where it can begin, without the characters that depend on the neighbours.
    for shift in 0..3 {
        let encoded = BASE64_STANDARD.encode([vec![0; shift], bytes.to_vec()].concat());
        let from = if shift == 0 { 0 } else { 4 };
        let inner = &encoded[from..encoded.len() / 4 * 4 - 4];
        forms.push(inner.as_bytes().to_vec());
        forms.push(inner.replace('+', "-").replace('/', "_").into_bytes());
    }
    forms
}

/// A text in the forms in which it could be stored or printed.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for text in [text.to_lowercase(), text.to_uppercase()] {
        forms.extend(forms_of(text.as_bytes()));
        forms.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    forms
}

fn holds_any(place: &[u8], forms: &[Vec<u8>]) -> bool {
    // By the first byte, because whole places are looked through for many forms.
    place.iter().enumerate().any(|(at, first)| {
        forms
            .iter()
            .any(|form| form.first() == Some(first) && place[at..].starts_with(form))
    })
}

fn holds(place: &[u8], text: &str) -> bool {
    holds_any(place, &forms(text))
}

fn sheet(code: &str, record: &str) -> String {
    format!(
        "record_id,worker,service_date,site,mode,setting,returning,client_code,gender,age_band,injects,for_others,referrals,out:ns_1ml\n\
         {record},amina,2026-01-02,market,pair,street,new,{code},man,25-34,yes,0,hiv_test,10\n\
         {record}-bad,amina,2026-01-02,market,pair,street,new,{code},man,zqx,yes,0,,10\n"
    )
}

/// The word after a label of a command's print.
fn printed(text: &str, label: &str) -> String {
    let line = text.lines().find(|line| line.trim_start().starts_with(label)).unwrap();
    line.split_whitespace().nth(1).unwrap().to_owned()
}

/// Everything that came back over HTTP.
#[derive(Default)]
struct Heard(Vec<u8>);

impl Heard {
    fn hear(&mut self, answer: Answer) -> Answer {
        self.0.extend_from_slice(&answer.body);
        self.0.extend(format!("{:?}", answer.headers).into_bytes());
        answer
    }
}

async fn pushes_codes(admin: &Staff, amina: &mut Peer, heard: &mut Heard) {
    let own = amina.records(contact().coded(PUSHED).syringes(10));
    amina.records(contact().coded(REFUSED).at("nowhere"));
    let op = amina.phone.random.uuid().unwrap();
    let plain = json!({ "kind": "contact", "schema": 1, "body": { "code": { "set": REFUSED } } }).to_string();
    amina
        .outbox
        .push(amina.phone.seal(op, op, 1, OpType::Put, plain.clone().into_bytes()).unwrap());
    let waiting = std::mem::take(&mut amina.outbox);
    let push = amina.signs(waiting);
    let answer = heard.hear(amina.sends(&push).await);
    let codes: Vec<OpCode> = answer
        .json::<rounds_shared::sync::PushResponse>()
        .results
        .iter()
        .map(|result| result.code)
        .collect();
    assert_eq!(codes, [OpCode::Accepted, OpCode::Quarantined, OpCode::Quarantined]);
    // A broken phone that does not seal at all.
    assert_eq!(heard.hear(amina.sends(&amina.signs_bytes(plain.into_bytes())).await).status, 400);
    let seen = admin.record(own.record).await;
    let corrected = |draft: Draft| draft.of(amina.worker(), own.contact.service_date);
    heard
        .hear(admin.corrects(&seen, corrected(contact().coded(CORRECTED)).clone()).await)
        .succeeds();
    let wrong = json!({ "rev": 2, "reason": "said so", "contact": corrected(contact().coded(REFUSED).at("nowhere")), "more": REFUSED });
    assert_eq!(
        heard
            .hear(admin.put(&format!("/api/v1/records/{}", own.record), &wrong).await)
            .status,
        422
    );
    assert_eq!(heard.hear(admin.get(&format!("/api/v1/reports?from={REFUSED}")).await).status, 400);
    assert_eq!(heard.hear(admin.get(&format!("/api/v1/records/{REFUSED}")).await).status, 405);
}

async fn reads_everything(admin: &Staff, amina: &Peer, heard: &mut Heard) {
    for path in [
        "/api/v1/records",
        "/api/v1/quarantine",
        "/api/v1/workers",
        "/api/v1/devices",
        "/api/v1/board",
        "/api/v1/audit",
        "/api/v1/reports?from=2020-01-01&to=2099-12-31&by=worker,month",
        "/api/v1/indicators/choices",
        "/api/v1/indicators?period=2026-01&by=gender",
        "/api/v1/exports/csv?period=2026-01",
    ] {
        heard.hear(admin.get(path).await).succeeds();
    }
    heard.0.extend(serde_json::to_vec(&amina.pulls(0, 0).await).unwrap());
}

/// A site and a worker with a phone, and the invite that was used for it.
async fn enrolled(admin: &Staff, server: &Rounds) -> (InviteView, Peer) {
    admin
        .post("/api/v1/sites", &json!({ "code": "market", "label": "Market" }))
        .await
        .succeeds();
    let worker: WorkerView = admin
        .post("/api/v1/workers", &json!({ "handle": "amina", "role": "peer" }))
        .await
        .json();
    let invite: InviteView = admin.post("/api/v1/invites", &json!({ "worker": worker.id })).await.json();
    let clock = TestClock::at(Clock::system().now());
    let amina = Peer::enrols(&server.client, &clock, &invite.code, &invite.digits).await;
    (invite, amina)
}

async fn a_planted_code_is_nowhere(engine: Engine) {
    let database = Fresh::make(engine).await;
    let mut out = Vec::new();
    let mut runs = |arguments: &[&str], status: i32| {
        let done = Rounds::run(&database, arguments);
        out.extend([done.stdout.clone(), done.stderr].concat());
        assert_eq!(done.status.code(), Some(status), "{arguments:?} {}", String::from_utf8_lossy(&out));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let made = runs(&["init", "--programme", "Harbour", "--tz", "Africa/Nairobi"], 0);
    let log = database.dir().join("log.txt");
    let server = Rounds::serve(&database, free_port(), Some(("trace", File::create(&log).unwrap()))).await;
    let admin = Staff::joins(&server.client, &printed(&made, "code"), &printed(&made, "digits"), "admin").await;
    let (invite, mut amina) = enrolled(&admin, &server).await;
    let mut heard = Heard::default();
    pushes_codes(&admin, &mut amina, &mut heard).await;
    let uploaded: Value = heard.hear(admin.imports(&sheet(UPLOADED, "u1")).await).json();
    assert_eq!(
        (uploaded["created"].as_i64(), uploaded["errors"].as_array().unwrap().len()),
        (Some(1), 1)
    );
    let file = database.dir().join("sheet.csv");
    std::fs::write(&file, sheet(IMPORTED, "i1")).unwrap();
    runs(&["--log", "trace", "import", file.to_str().unwrap(), "--programme", "Harbour"], 2);
    runs(&["--log", "trace", "publish", "--programme", "Harbour"], 0);
    reads_everything(&admin, &amina, &mut heard).await;
    runs(&["--log", "trace", "verify"], 0);
    let to = database.dir().join("backups");
    let made = runs(&["--log", "trace", "backup", "--to", to.to_str().unwrap()], 0);
    let backup = made.lines().next().unwrap().to_owned();
    runs(&["--log", "trace", "verify-backup", &backup], 0);
    let backed_up = Fresh::unpacked(backup.as_ref());
    let people = admin.figures().await;
    assert_eq!(people.people, 3, "every code was understood");

    let token = amina.token().await;
    let stored = database.bytes();
    server.kill();
    let logged = std::fs::read(&log).unwrap();
    for (place, bytes, found_here) in [
        ("database", stored.as_slice(), "amina"),
        ("backup", &backed_up, "amina"),
        ("log", &logged, "/api/v1/sync/push"),
        ("answers", &heard.0, "amina"),
        ("output of commands", &out, "digits"),
    ] {
        assert!(holds(bytes, found_here), "the look through the {place} finds nothing at all");
        assert!(!holds(bytes, BEGINNING), "a client code is in the {place}");
    }
    let keys: Vec<Vec<u8>> = database.keys().iter().flat_map(|key| forms_of(key)).collect();
    assert_eq!(keys.len(), 8 * 9, "four of the server, four of the programme");
    for (place, bytes) in [
        ("database", &stored),
        ("backup", &backed_up),
        ("log", &logged),
        ("output of commands", &out),
    ] {
        assert!(!holds_any(bytes, &keys), "a key is in the {place}");
    }
    let code = invite.code.replace('-', "");
    let session = admin.cookie.split('=').nth(1).unwrap();
    for (name, secret) in [
        ("invite code", code.as_str()),
        ("password", &admin.password),
        ("session", session),
        ("device token", &token),
    ] {
        assert!(!holds(&stored, secret), "the {name} is in the database");
        assert!(!holds(&backed_up, secret), "the {name} is in the backup");
        assert!(!holds(&logged, secret), "the {name} is in the log");
    }
    database.remove().await;
}

#[tokio::test]
async fn on_sqlite() {
    a_planted_code_is_nowhere(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_postgres() {
    a_planted_code_is_nowhere(Engine::Postgres).await;
}
