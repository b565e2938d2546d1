//! Who may do what: every route of the list × everybody who may ask. A route without a sample here fails, and so does one whose answer
//! is not what its access rule says.

use reqwest::{Method, RequestBuilder};
use rounds::demo;
use rounds::http::{Access, ROUTES, Spec, Verb};
use rounds::publication::publish_due;
use rounds_shared::auth::Role;
use rounds_shared::catalogue::{Catalogue, default_catalogue};
use rounds_shared::ids::RecordId;
use rounds_shared::record::{RecordBody, ShiftState};
use rounds_shared::team::{QuestionView, ShiftView};
use rounds_tests::{Answer, PASSWORD, Peer, Programme, Staff, TestApp, both_databases, contact, held_at};
use serde_json::{Value, json};
use uuid::Uuid;

/// How somebody comes in.
enum Key {
    Nothing,
    Bearer(String),
    Cookie(String),
}

/// Somebody who asks about the first programme.
struct Who {
    name: &'static str,
    /// Role of staff and scripts; `None` is nobody or a phone.
    role: Option<Role>,
    phone: bool,
    /// May see the people that the samples are about.
    reaches: bool,
    key: Key,
}

/// What the samples are about, all of it of dora's team in the first programme.
pub(crate) struct Subject {
    record: Uuid,
    device: Uuid,
    worker: Uuid,
    shift: RecordId,
    /// Address of an op in quarantine.
    held: String,
    question: Uuid,
    n: usize,
}

/// A well-formed request of a route.
pub(crate) struct Sample {
    pub path: String,
    pub body: Option<Value>,
    pub csv: Option<String>,
    /// Names the subject, so that whoever does not reach it finds nothing.
    about: bool,
    /// Status where it is allowed.
    ok: u16,
}

fn read(path: impl Into<String>) -> Sample {
    Sample {
        path: path.into(),
        body: None,
        csv: None,
        about: false,
        ok: 200,
    }
}

fn write(path: impl Into<String>, body: Value, ok: u16) -> Sample {
    Sample {
        body: Some(body),
        ok,
        ..read(path)
    }
}

fn about(sample: Sample) -> Sample {
    Sample { about: true, ..sample }
}

/// A sample of every route; a new route needs one.
pub(crate) fn sample(spec: &Spec, s: &Subject) -> Option<Sample> {
    let day = "2026-06-30".parse().unwrap();
    let correction =
        json!({ "rev": 1, "reason": "said so", "record": RecordBody::from(contact().syringes(1).keeps_code().of(s.worker, day)) });
    let join = json!({ "code": "0000-0000-0000", "digits": "000000", "login": "nobody", "password": "a long enough phrase" });
    let sheet = "record_id,worker,service_date,site,mode,setting,returning,client_code,gender,age_band,injects,for_others,referrals\n";
    Some(match (spec.verb, spec.path.strip_prefix("/api")?) {
        (Verb::Get, "/health" | "/openapi.json" | "/docs" | "/v1/auth/challenge" | "/v1/auth/session") => read(spec.path),
        (Verb::Get, "/v1/sync/pull" | "/v1/records" | "/v1/quarantine" | "/v1/workers" | "/v1/devices" | "/v1/board" | "/v1/audit") => {
            read(spec.path)
        }
        (Verb::Get, "/v1/catalogue" | "/v1/indicators/choices" | "/v1/exports/definitions.csv") => read(spec.path),
        (Verb::Get, "/v1/shifts") => read(spec.path),
        // Made from no version that there is: who may edit is told so, and the samples after this one find the catalogue as it was.
        (Verb::Put, "/v1/catalogue") => write(
            spec.path,
            json!(default_catalogue("Harbour").map(|c| Catalogue { version: 999, ..c }).unwrap()),
            409,
        ),
        (Verb::Get, "/v1/reports") => read("/api/v1/reports?from=2026-01-01&to=2026-12-31&by=worker"),
        (Verb::Get, "/v1/indicators") => read("/api/v1/indicators?period=2026-05"),
        (Verb::Get, "/v1/indicators/trend") => read("/api/v1/indicators/trend?indicator=contacts"),
        (Verb::Get, "/v1/exports/csv") => read("/api/v1/exports/csv?period=2026-05"),
        (Verb::Post, "/v1/sync/push") => write(spec.path, json!({}), 401),
        (Verb::Put, "/v1/records/{id}") => about(write(format!("/api/v1/records/{}", s.record), correction, 200)),
        (Verb::Post, "/v1/records/{id}/void") => about(write(
            format!("/api/v1/records/{}/void", s.record),
            json!({ "rev": 1, "reason": "said so" }),
            200,
        )),
        (Verb::Post, "/v1/devices/{id}/reoffer") => about(write(format!("/api/v1/devices/{}/reoffer", s.device), json!({}), 200)),
        (Verb::Post, "/v1/devices/{id}/revoke") => about(write(format!("/api/v1/devices/{}/revoke", s.device), json!({}), 200)),
        // The one they have: the samples after this one still need the person.
        (Verb::Post, "/v1/workers/{id}/status") => about(write(
            format!("/api/v1/workers/{}/status", s.worker),
            json!({ "status": "active" }),
            200,
        )),
        (Verb::Post, "/v1/invites") => about(write(spec.path, json!({ "worker": s.worker }), 201)),
        (Verb::Post, "/v1/workers") => write(spec.path, json!({ "handle": format!("new-{}", s.n), "role": "peer" }), 201),
        (Verb::Post, "/v1/sites") => write(spec.path, json!({ "code": format!("site-{}", s.n), "label": "Site" }), 201),
        (Verb::Post, "/v1/imports/daysheet") => Sample {
            csv: Some(sheet.to_owned()),
            ..read(spec.path)
        },
        (Verb::Post, "/v1/auth/enrol") => {
            let key = demo::DeviceKey::generate().unwrap().public_base64url();
            write(
                spec.path,
                json!({ "code": "0000-0000-0000", "digits": "000000", "device_key": key, "app": "test" }),
                404,
            )
        }
        (Verb::Post, "/v1/auth/token") => {
            let proof =
                json!({ "programme": s.worker, "device": s.device, "author": s.worker, "nonce": "A".repeat(43), "sig": "A".repeat(86) });
            write(spec.path, proof, 401)
        }
        (Verb::Post, "/v1/auth/login") => write(spec.path, json!({ "login": format!("nobody-{}", s.n), "password": "wrong" }), 401),
        (Verb::Post, "/v1/auth/join") => write(spec.path, join, 404),
        (Verb::Post, "/v1/auth/logout") => Sample {
            ok: 204,
            ..read(spec.path)
        },
        // None of these sets an app up, which would keep its person out of the samples after this one.
        (Verb::Post, "/v1/auth/totp/begin") => write(spec.path, json!({ "password": "wrong" }), 403),
        (Verb::Post, "/v1/auth/totp/confirm") => write(spec.path, json!({ "code": "000000" }), 409),
        (Verb::Post, "/v1/auth/totp/off") => write(spec.path, json!({ "password": PASSWORD, "code": "000000" }), 409),
        _ => return phone_sample(spec).or_else(|| team_sample(spec, s)),
    })
}

/// The samples of what a phone does for its PIN.
fn phone_sample(spec: &Spec) -> Option<Sample> {
    let proof = |letter: &str| letter.repeat(43);
    Some(match (spec.verb, spec.path.strip_prefix("/api")?) {
        (Verb::Put, "/v1/phone/share") => write(spec.path, json!({ "proof": proof("A"), "duress_proof": proof("E") }), 200),
        (Verb::Post, "/v1/phone/share/open") => write(spec.path, json!({ "proof": proof("A") }), 200),
        (Verb::Delete, "/v1/phone/share") => Sample {
            ok: 204,
            ..read(spec.path)
        },
        _ => return None,
    })
}

/// The samples of what supervisors do for their team.
fn team_sample(spec: &Spec, s: &Subject) -> Option<Sample> {
    Some(match (spec.verb, spec.path.strip_prefix("/api")?) {
        (Verb::Get, "/v1/workers/{id}/development") => about(read(format!("/api/v1/workers/{}/development", s.worker))),
        (Verb::Get, "/v1/tallies") => about(read(format!("/api/v1/tallies?from=2026-01-01&to=2026-12-31&worker={}", s.worker))),
        (Verb::Post, "/v1/workers/{id}/level") => about(write(
            format!("/api/v1/workers/{}/level", s.worker),
            json!({ "level": "outreach" }),
            200,
        )),
        (Verb::Post, "/v1/workers/{id}/qualifications") => about(write(
            format!("/api/v1/workers/{}/qualifications", s.worker),
            json!({ "module": "confidentiality", "on": "2026-05-01" }),
            201,
        )),
        (Verb::Post, "/v1/workers/{id}/thanks") => about(write(
            format!("/api/v1/workers/{}/thanks", s.worker),
            json!({ "words": "well done" }),
            201,
        )),
        (Verb::Post, "/v1/shifts") => about(write(
            spec.path,
            json!({ "workers": [s.worker], "day": "2026-12-31", "site": "market", "mode": "pair", "setting": "street" }),
            204,
        )),
        (Verb::Get, "/v1/quarantine/{op}/{digest}") => about(read(s.held.clone())),
        (Verb::Post, "/v1/quarantine/{op}/{digest}/repair") => about(write(
            format!("{}/repair", s.held),
            json!({ "reason": "said so", "record": RecordBody::from(contact().syringes(1).keeps_code().of(s.worker, "2026-06-30".parse().unwrap())) }),
            204,
        )),
        // Of a place that the catalogue does not have.
        (Verb::Post, "/v1/quarantine/{op}/{digest}/release") => {
            about(write(format!("{}/release", s.held), json!({ "reason": "said so" }), 422))
        }
        (Verb::Post, "/v1/quarantine/{op}/{digest}/discard") => {
            about(write(format!("{}/discard", s.held), json!({ "reason": "said so" }), 204))
        }
        (Verb::Get, "/v1/questions") => read(spec.path),
        (Verb::Post, "/v1/records/{id}/questions") => about(write(
            format!("/api/v1/records/{}/questions", s.record),
            json!({ "words": "Were it ten?" }),
            201,
        )),
        (Verb::Post, "/v1/questions/{id}/close") => about(write(format!("/api/v1/questions/{}/close", s.question), json!({}), 204)),
        (Verb::Post, "/v1/shifts/{id}/cancel") => about(write(format!("/api/v1/shifts/{}/cancel", s.shift), json!({ "rev": 1 }), 204)),
        _ => return None,
    })
}

/// Status that a rule gives somebody.
fn expected(access: Access, who: &Who, sample: &Sample) -> u16 {
    let roles: &[Role] = match access {
        Access::Anybody | Access::OwnPage | Access::Signature => return sample.ok,
        Access::Phone if who.phone => return sample.ok,
        Access::Phone => &[],
        Access::Session if matches!(who.key, Key::Bearer(_)) => &[],
        Access::Staff | Access::Newcomer | Access::Session => &[Role::Supervisor, Role::Evaluator, Role::Administrator],
        Access::Team => &[Role::Supervisor, Role::Administrator],
        Access::Evaluator => &[Role::Evaluator, Role::Administrator],
        Access::Admin => &[Role::Administrator],
    };
    match who.role {
        None if !who.phone => 401,
        Some(role) if roles.contains(&role) && (who.reaches || !sample.about) => sample.ok,
        Some(role) if roles.contains(&role) => 404,
        _ => 403,
    }
}

fn staff(name: &'static str, staff: &Staff, reaches: bool) -> Who {
    Who {
        name,
        role: Some(staff.role),
        phone: false,
        reaches,
        key: Key::Cookie(staff.cookie.clone()),
    }
}

async fn phone(name: &'static str, peer: &Peer) -> Who {
    Who {
        name,
        role: None,
        phone: true,
        reaches: false,
        key: Key::Bearer(peer.token().await),
    }
}

async fn script(name: &'static str, programme: &Programme, role: Role, reaches: bool) -> Who {
    Who {
        name,
        role: Some(role),
        phone: false,
        reaches,
        key: Key::Bearer(programme.script(role).await),
    }
}

fn request(app: &TestApp, spec: &Spec, sample: &Sample, who: &Who) -> RequestBuilder {
    let method = Method::from_bytes(spec.verb.as_str().as_bytes()).unwrap();
    let mut request = app.client.request(method, &sample.path);
    if let Some(body) = &sample.body {
        request = request.json(body);
    }
    if let Some(csv) = &sample.csv {
        request = request.header("content-type", "text/csv").body(csv.clone());
    }
    // These ask for no key, only where the request comes from; a log-out would end the session that the next sample needs.
    if spec.access == Access::OwnPage {
        return request.header("sec-fetch-site", "same-origin");
    }
    match &who.key {
        Key::Bearer(token) => request.bearer_auth(token),
        Key::Cookie(cookie) => request.header("cookie", cookie).header("sec-fetch-site", "same-origin"),
        Key::Nothing => request,
    }
}

/// A record and a phone of amina, fresh for each request, because the one before may have changed them.
pub(crate) async fn subject(app: &TestApp, amina: &mut Peer, n: usize) -> Subject {
    let record = amina.records(contact().syringes(1)).record;
    let held = held_at(&amina.records(contact().at("nowhere")).sealed);
    amina.syncs().await;
    let asked = app
        .ada
        .post(&format!("/api/v1/records/{record}/questions"), &json!({ "words": "Were it ten?" }))
        .await;
    let question = asked.json::<QuestionView>().question.id;
    let device = demo::stage_phone(&app.state, app.id, amina.worker()).await.unwrap().device;
    let plan = json!({ "workers": [amina.worker()], "day": "2026-12-30", "site": "market", "mode": "pair", "setting": "street" });
    app.ada.post("/api/v1/shifts", &plan).await.succeeds();
    let shifts: Vec<ShiftView> = app.ada.get("/api/v1/shifts?from=2026-12-30&to=2026-12-30").await.json();
    let shift = shifts.iter().find(|shift| shift.state == ShiftState::Planned).unwrap().id;
    Subject {
        held,
        question,
        shift,
        record,
        device,
        worker: amina.worker(),
        n,
    }
}

both_databases! {
    async fn every_route_answers_everybody_as_its_rule_says(app: &TestApp) {
        let inland = app.another_programme("Inland").await;
        let (dora, samir, eva) = (app.supervisor("dora").await, app.supervisor("samir").await, app.evaluator("eva").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let (zola, ivo) = (inland.supervisor("zola").await, inland.evaluator("ivo").await);
        let mut zuri = inland.peer_of(&zola, "zuri").await;
        amina.records(contact().syringes(1).on("2026-05-20"));
        amina.records(contact().at("nowhere"));
        amina.syncs().await;
        zuri.records(contact().syringes(1).on("2026-05-20"));
        zuri.syncs().await;
        for programme in [app.id, inland.id] {
            publish_due(&app.state, programme).await.unwrap();
        }
        let garbage = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA".to_owned();
        let everybody = [
            Who { name: "nobody", role: None, phone: false, reaches: false, key: Key::Nothing },
            Who { name: "a made-up token", role: None, phone: false, reaches: false, key: Key::Bearer(garbage) },
            Who { name: "a made-up cookie", role: None, phone: false, reaches: false, key: Key::Cookie("__Host-rounds=AAAA".to_owned()) },
            phone("a peer's phone", &amina).await,
            phone("a foreign phone", &zuri).await,
            staff("the team's supervisor", &dora, true),
            staff("another team's supervisor", &samir, false),
            staff("an evaluator", &eva, false),
            staff("an administrator", &app.ada, true),
            staff("a foreign supervisor", &zola, false),
            staff("a foreign evaluator", &ivo, false),
            staff("a foreign administrator", &inland.ada, false),
            script("an evaluator's script", app, Role::Evaluator, false).await,
            script("an administrator's script", app, Role::Administrator, true).await,
            script("a foreign administrator's script", &inland, Role::Administrator, false).await,
        ];
        let mut n = 0;
        for spec in ROUTES {
            for who in &everybody {
                n += 1;
                let subject = subject(app, &mut amina, n).await;
                let Some(sample) = sample(spec, &subject) else { panic!("{} {} has no sample", spec.verb.as_str(), spec.path) };
                let answer = Answer::of(request(app, spec, &sample, who)).await;
                let asked = format!("{} {} for {}", spec.verb.as_str(), spec.path, who.name);
                assert_eq!(answer.status, expected(spec.access, who, &sample), "{asked}: {}", answer.text());
                if answer.status >= 400 {
                    let _ = answer.problem();
                }
                // The audit chain names ids to its own administrator; a phone may know its own.
                let own_phone = who.phone && spec.access == Access::Phone;
                if !who.reaches && !own_phone {
                    for hidden in ["amina".to_owned(), subject.worker.to_string(), subject.record.to_string(), subject.device.to_string()] {
                        assert!(!answer.text().contains(&hidden), "{asked} shows {hidden}: {}", answer.text());
                    }
                }
            }
        }
        app.verified().await;
    }

    /// What was revoked opens nothing any more.
    async fn revoked_and_ended_keys_open_nothing(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let amina = app.peer_of(&dora, "amina").await;
        let token = amina.token().await;
        let pull = || Answer::of(app.client.get("/api/v1/sync/pull").bearer_auth(&token));
        assert_eq!(pull().await.status, 200);
        app.clock.advance(chrono::Duration::seconds(599));
        assert_eq!(pull().await.status, 200);
        app.clock.advance(chrono::Duration::seconds(1));
        assert_eq!(pull().await.status, 401, "ten minutes");
        let token = amina.token().await;
        dora.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        assert_eq!(Answer::of(app.client.get("/api/v1/sync/pull").bearer_auth(&token)).await.status, 401);
        assert_eq!(amina.asks_token().await.refusal().0, 403);
        let script = app.script(Role::Evaluator).await;
        let choices = || Answer::of(app.client.get("/api/v1/indicators/choices").bearer_auth(&script));
        assert_eq!(choices().await.status, 200);
        app.sql("UPDATE script_token SET revoked_at = 1").await;
        assert_eq!(choices().await.status, 401);
        app.sql("UPDATE worker SET status = 'left' WHERE handle = 'dora'").await;
        assert_eq!(dora.get("/api/v1/board").await.status, 401);
    }
}
