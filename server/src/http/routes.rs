//! Every route, in one flat list: what is registered, what `/api/openapi.json` and `/api/docs` say, and who may.

use actix_web::web::{self, Data};
use actix_web::{HttpResponse, Responder};
use rounds_shared::console::Health;

use super::site::Site;
use super::spec::{Access, Gives, Spec, Takes, delete, get, post, put};
use super::{docs, openapi};
use crate::{
    audit, auth, catalogue, development, devices, exports, imports, indicators, people, pins, questions, records, reports, shifts,
    supervision, sync, tallies,
};

/// The routes under `/api`.
#[rustfmt::skip]
pub const ROUTES: &[Spec] = &[
    get("/api/health", Access::Anybody, Gives::Json("Health"), "Says that the server answers.", || web::to(health)),
    get("/api/openapi.json", Access::Anybody, Gives::AnyJson, "This interface as OpenAPI 3.1.", || web::to(openapi::answer)),
    get("/api/docs", Access::Anybody, Gives::Html, "This interface as a page.", || web::to(docs::answer)),

    post("/api/v1/sync/push", Access::Signature, Takes::Json("PushRequest"), Gives::Json("PushResponse"), "Takes sealed ops of a phone and answers the fate of each.", || web::to(sync::routes::push)),
    get("/api/v1/sync/pull", Access::Phone, Gives::Json("PullResponse"), "Catalogue, sealing keys, own sums and the fate of own ops; never a record's body.", || web::to(sync::routes::pull)).query("PullQuery"),
    get("/api/v1/records", Access::Team, Gives::Json("RecordPage"), "Records of the team, newest service date first.", || web::to(records::routes::list)).query("RecordQuery"),
    put("/api/v1/records/{id}", Access::Team, Takes::Json("Correction"), Gives::Json("RecordView"), "Corrects a record; the client code's person stays unless it is set anew.", || web::to(records::routes::correct)),
    post("/api/v1/records/{id}/void", Access::Team, Takes::Json("VoidRequest"), Gives::Json("RecordView"), "Removes a record, with a reason.", || web::to(records::routes::void)),
    get("/api/v1/quarantine", Access::Team, Gives::Json("QuarantineList"), "Ops that wait for the supervisor, and why, newest first.", || web::to(sync::routes::quarantine)).query("PageQuery"),
    get("/api/v1/quarantine/{op}/{digest}", Access::Team, Gives::Json("QuarantineDetail"), "An op in quarantine with what can be read of it.", || web::to(sync::routes::detail)),
    post("/api/v1/quarantine/{op}/{digest}/repair", Access::Team, Takes::Json("Repair"), Gives::Nothing, "States the record in the place of an op that can't be taken; the code that it names is kept.", || web::to(sync::routes::repair)),
    post("/api/v1/quarantine/{op}/{digest}/release", Access::Team, Takes::Json("Decision"), Gives::Nothing, "Takes an op as it stands, on whichever phone it was written.", || web::to(sync::routes::release)),
    post("/api/v1/quarantine/{op}/{digest}/discard", Access::Team, Takes::Json("Decision"), Gives::Nothing, "Sets an op aside. It is kept and no longer waits.", || web::to(sync::routes::discard)),
    get("/api/v1/questions", Access::Team, Gives::List("QuestionView"), "Questions to workers of the team: the open ones, or all about a record.", || web::to(questions::routes::list)).query("QuestionQuery"),
    post("/api/v1/records/{id}/questions", Access::Team, Takes::Json("NewQuestion"), Gives::Created("QuestionView"), "Asks the worker about a record of theirs; their phone shows it.", || web::to(questions::routes::ask)),
    post("/api/v1/questions/{id}/close", Access::Team, Takes::Nothing, Gives::Nothing, "Ends a question: its answer was used, or nobody waits for it.", || web::to(questions::routes::close)),
    post("/api/v1/auth/enrol", Access::Anybody, Takes::Json("EnrolRequest"), Gives::Json("EnrolResponse"), "Makes a phone a device of a programme; signed by an enrolled phone, adds a person to it.", || web::to(auth::routes::enrol)),
    get("/api/v1/auth/challenge", Access::Anybody, Gives::Json("Challenge"), "A nonce for a device token, good once within 60 seconds.", || web::to(auth::routes::challenge)),
    post("/api/v1/auth/token", Access::Anybody, Takes::Json("TokenRequest"), Gives::Json("TokenResponse"), "Gives a device token for a signed nonce.", || web::to(auth::routes::token)),
    post("/api/v1/auth/login", Access::OwnPage, Takes::Json("LoginRequest"), Gives::Json("SessionView"), "Logs a member of staff in.", || web::to(auth::routes::login)),
    post("/api/v1/auth/join", Access::OwnPage, Takes::Json("JoinRequest"), Gives::Created("SessionView"), "Takes up an invite of the console with a name and a password of one's own.", || web::to(auth::routes::join)),
    post("/api/v1/auth/logout", Access::OwnPage, Takes::Nothing, Gives::Nothing, "Ends the session.", || web::to(auth::routes::logout)),
    get("/api/v1/auth/session", Access::Newcomer, Gives::Json("SessionView"), "Who is logged in.", || web::to(auth::routes::session)),
    post("/api/v1/auth/totp/begin", Access::Session, Takes::Json("TotpBegin"), Gives::Json("TotpSecret"), "Gives a secret for an authenticator app, which counts once it is confirmed.", || web::to(auth::routes::begin_totp)),
    post("/api/v1/auth/totp/confirm", Access::Session, Takes::Json("TotpConfirm"), Gives::Json("RecoveryCodes"), "Turns the authenticator app on by a code of it, gives recovery codes and ends all other sessions.", || web::to(auth::routes::confirm_totp)),
    post("/api/v1/auth/totp/off", Access::Session, Takes::Json("TotpOff"), Gives::Nothing, "Turns the authenticator app off.", || web::to(auth::routes::end_totp)),

    put("/api/v1/phone/share", Access::Phone, Takes::Json("PinShareRequest"), Gives::Json("PinShare"), "Sets the server's share of the key of this phone and person, in place of the one before.", || web::to(pins::routes::set)),
    post("/api/v1/phone/share/open", Access::Phone, Takes::Json("PinTry"), Gives::Json("PinShare"), "Gives the share for the right PIN; wrong ones have to wait from the fifth on, and the tenth destroys the share.", || web::to(pins::routes::open)),
    delete("/api/v1/phone/share", Access::Phone, "Destroys the share: the PIN was turned off.", || web::to(pins::routes::forget)),

    get("/api/v1/workers", Access::Team, Gives::List("WorkerView"), "People: all to administrators, the team to a supervisor.", || web::to(people::routes::list)),
    post("/api/v1/workers", Access::Team, Takes::Json("NewWorker"), Gives::Created("WorkerView"), "Adds somebody; a supervisor adds peer workers to the own team.", || web::to(people::routes::create)),
    post("/api/v1/workers/{id}/status", Access::Team, Takes::Json("StatusChange"), Gives::Json("WorkerView"), "Notes a break, a leaving or a coming back. Whoever has left can't log in, and what their phone still sends goes to quarantine.", || web::to(people::routes::change_status)),
    get("/api/v1/workers/{id}/development", Access::Team, Gives::Json("Development"), "Level, qualifications and thanks of a peer worker of the team.", || web::to(development::routes::show)),
    post("/api/v1/workers/{id}/level", Access::Team, Takes::Json("LevelChange"), Gives::Json("Development"), "Sets what a peer worker is unlocked for.", || web::to(development::routes::change_level)),
    post("/api/v1/workers/{id}/qualifications", Access::Team, Takes::Json("NewQualification"), Gives::Created("Development"), "Confirms a training module of a peer worker.", || web::to(development::routes::qualify)),
    post("/api/v1/workers/{id}/thanks", Access::Team, Takes::Json("NewThanks"), Gives::Created("Development"), "Thanks a peer worker, who reads it on the phone.", || web::to(development::routes::give_thanks)),
    get("/api/v1/shifts", Access::Team, Gives::List("ShiftView"), "Shifts of the team, earliest first.", || web::to(shifts::routes::list)).query("ShiftQuery"),
    post("/api/v1/shifts", Access::Team, Takes::Json("NewShift"), Gives::Nothing, "Plans a shift for each of some workers.", || web::to(shifts::routes::create)),
    post("/api/v1/shifts/{id}/cancel", Access::Team, Takes::Json("ShiftCancel"), Gives::Nothing, "Calls a planned shift off.", || web::to(shifts::routes::cancel)),
    post("/api/v1/invites", Access::Team, Takes::Json("InviteRequest"), Gives::Created("InviteView"), "Invites somebody: a peer worker enrols a phone, staff choose a password.", || web::to(people::routes::create_invite)),
    get("/api/v1/devices", Access::Team, Gives::List("DeviceView"), "Phones: all to administrators, the team's to a supervisor.", || web::to(devices::routes::list)),
    post("/api/v1/devices/{id}/revoke", Access::Team, Takes::Nothing, Gives::Json("DeviceView"), "Revokes a phone; what it still sends goes to quarantine.", || web::to(devices::routes::revoke)),
    post("/api/v1/devices/{id}/reoffer", Access::Team, Takes::Nothing, Gives::Json("DeviceView"), "Asks a phone to offer everything again that it still has.", || web::to(devices::routes::reoffer)),
    put("/api/v1/catalogue", Access::Admin, Takes::Json("Catalogue"), Gives::Json("Catalogue"), "Edits the catalogue as a whole, which makes a new version; codes are retired and never removed.", || web::to(catalogue::routes::replace)),
    get("/api/v1/catalogue", Access::Staff, Gives::Json("Catalogue"), "The catalogue in use.", || web::to(catalogue::routes::current)),
    post("/api/v1/sites", Access::Admin, Takes::Json("NewSite"), Gives::Created("Catalogue"), "Adds a site, which makes a new version of the catalogue.", || web::to(catalogue::routes::create_site)),
    post("/api/v1/imports/daysheet", Access::Team, Takes::Csv, Gives::Json("ImportResult"), "Imports a paper day sheet; good rows are taken whatever is wrong with others.", || web::to(imports::routes::daysheet)).query("ImportQuery"),
    get("/api/v1/board", Access::Team, Gives::Json("Board"), "Today and this week by worker: the team to a supervisor, everybody to an administrator.", || web::to(supervision::routes::show)),
    get("/api/v1/tallies", Access::Team, Gives::Json("TallyTable"), "Every exact measure of some days: of the programme, a site, or a worker of the team.", || web::to(tallies::routes::table)).query("TallyQuery"),
    get("/api/v1/reports", Access::Team, Gives::Json("Report"), "Exact figures by up to two dimensions; by worker for a supervisor's own team only.", || web::to(reports::routes::exact)).query("ReportQuery"),
    get("/api/v1/indicators", Access::Evaluator, Gives::Json("IndicatorTable"), "Published indicators of a period.", || web::to(indicators::routes::table)).query("IndicatorQuery"),
    get("/api/v1/indicators/choices", Access::Evaluator, Gives::Json("IndicatorChoices"), "Periods, sites and groups that are published.", || web::to(indicators::routes::choices)),
    get("/api/v1/indicators/trend", Access::Evaluator, Gives::Json("Trend"), "An indicator over the published months.", || web::to(indicators::routes::trend)).query("TrendQuery"),
    get("/api/v1/exports/csv", Access::Evaluator, Gives::Csv, "Published indicators as a file, one row per cell.", || web::to(exports::routes::cells)).query("IndicatorQuery"),
    get("/api/v1/exports/definitions.csv", Access::Evaluator, Gives::Csv, "What each indicator is and how it is protected.", || web::to(exports::routes::definitions)),
    get("/api/v1/audit", Access::Admin, Gives::Json("AuditPage"), "The audit chain, newest first.", || web::to(audit::routes::page)).query("PageQuery"),
];

async fn health(site: Data<Site>) -> impl Responder {
    HttpResponse::Ok().json(Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        instance: site.instance,
    })
}
