//! Random histories of phones and the console, delivered late, in any order, split and repeated, on both databases: each must come out as
//! the plain model says, and both must hold the same rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rounds::demo::stage_phone;
use rounds::sync::verify;
use rounds_shared::auth::Role;
use rounds_shared::ids::Code;
use rounds_shared::record::{Contact, RecordBody, Referral, ReferralStatus, ReferralWay};
use rounds_shared::slip;
use rounds_shared::sync::{OpCode, OpType, SealedOp};
use rounds_tests::{Draft, Engine, Peer, Programme, TestApp, contact};
use serde_json::json;
use uuid::Uuid;

use crate::check::{figures, rows};
use crate::deeds::{Bad, Deed, Op, Said, Step, history};
use crate::model::Statement;

const CASES: u32 = 16;
/// Repeats the histories of an earlier run, by the number that it printed.
const SEED: &str = "ROUNDS_HISTORIES_SEED";
const SITES: [&str; 2] = ["market", "old-port"];

fn id(space: u8, late: bool, n: u8) -> Uuid {
    let first = if late { 0xff } else { 0 };
    Uuid::from_bytes([first, space, 7, 7, 7, 7, 0x70, 7, 0x87, 7, 7, 7, 7, 7, 7, n])
}

fn record_id(record: u8) -> Uuid {
    id(3, false, record)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

fn draft(said: &Said) -> Draft {
    let mut draft = contact().at(SITES[said.site]).on(&day(said.day).to_string());
    if said.out > 0 {
        draft = draft.syringes(said.out);
    }
    if said.back > 0 {
        draft = draft.returns(said.back);
    }
    draft = match said.code {
        None => draft.keeps_code(),
        Some(None) => draft,
        Some(Some(n)) => draft.coded(&format!("CODE{n}")),
    };
    let referral = said.slip.map(|n| Referral {
        slip: Some(slip_of(n)),
        service: Code::parse("hiv_test").unwrap(),
        provider: None,
        way: ReferralWay::Slip,
        status: ReferralStatus::Issued,
    });
    draft.with(|contact| {
        contact.for_others = said.others;
        contact.referrals.extend(referral);
    })
}

fn slip_of(n: u8) -> String {
    slip::from_random([n, 7, 4, 2, 31])
}

/// A history on one database.
struct Play<'a> {
    app: &'a TestApp,
    programme: Programme,
    peers: Vec<Peer>,
    sealed: Vec<SealedOp>,
    /// What counts once it has arrived.
    statements: Vec<Option<Statement>>,
    /// Fates of ops and answers of the console, in order.
    heard: Vec<String>,
}

impl<'a> Play<'a> {
    async fn stage(app: &'a TestApp, name: &str, ops: &[Op]) -> Self {
        let programme = app.another_programme(name).await;
        let mut peers = Vec::new();
        for handle in ["amina", "brian"] {
            let worker = programme.adds(handle, Role::Peer, None).await.id.0;
            let phone = stage_phone(&app.state, programme.id, worker).await.unwrap();
            peers.push(Peer::with_phone(app.client.clone(), app.clock.clone(), phone));
        }
        let mut play = Self {
            app,
            programme,
            peers,
            sealed: Vec::new(),
            statements: Vec::new(),
            heard: Vec::new(),
        };
        let mut begun = Vec::new();
        for (n, op) in (0_u8..).zip(ops) {
            // The first put of a record has the record's id, as on a phone.
            let first = matches!(op.deed, Deed::Contact(_)) && op.rev == 1 && !begun.contains(&op.record);
            let own = if first { record_id(op.record) } else { id(1, op.late_id, n) };
            if first {
                begun.push(op.record);
            }
            play.seals(op, own);
        }
        play
    }

    /// Seals an op once: what is delivered again is the same bytes.
    fn seals(&mut self, op: &Op, own: Uuid) {
        let (record, other) = (record_id(op.record), self.peers[1 - op.phone].worker());
        let peer = &mut self.peers[op.phone];
        let plain = |draft: Draft| -> Contact { draft.of(peer.phone.author, day(30)) };
        let (body, counts) = match &op.deed {
            Deed::Contact(said) => (Some(plain(draft(said)).into()), true),
            Deed::Void => (None, true),
            Deed::Event(n, status) => {
                let own = json!({ "slip": slip_of(*n), "service": "hiv_test", "status": status, "source": "client" });
                (Some(peer.body("referral_event", &own)), true)
            }
            Deed::Bad(Bad::Future) => (Some(plain(contact().on("2038-01-19")).into()), false),
            Deed::Bad(Bad::UnknownSite) => (Some(plain(contact().at("nowhere")).into()), false),
            Deed::Bad(_) => (Some(plain(contact()).into()), false),
        };
        let phone = &mut peer.phone;
        let (programme, author) = (phone.programme, phone.author);
        match op.deed {
            Deed::Bad(Bad::Foreign) => phone.programme = Uuid::from_u128(1),
            Deed::Bad(Bad::OtherAuthor) => phone.author = other,
            _ => {}
        }
        let sealed = match (&op.deed, &body) {
            (Deed::Bad(Bad::NewerSchema), _) => {
                let plaintext = json!({ "kind": "contact", "schema": 99, "body": { "anything": 1 } });
                phone.seal(own, record, op.rev, OpType::Put, serde_json::to_vec(&plaintext).unwrap())
            }
            (_, Some(body)) => phone.put(own, record, op.rev, body.clone()),
            (_, None) => phone.void(own, record, op.rev, "undo"),
        };
        (phone.programme, phone.author) = (programme, author);
        self.sealed.push(sealed.unwrap());
        self.statements.push(counts.then_some(Statement {
            op: own,
            record,
            rev: op.rev,
            body,
        }));
    }

    async fn takes(&mut self, step: &Step) {
        match step {
            Step::Push(ops) => {
                let batch = ops.iter().map(|at| self.sealed[*at].clone()).collect();
                // Whichever phone: one may carry the other's.
                let carrier = ops[0] % 2;
                let answer = self.peers[carrier].pushes(batch).await;
                for (at, result) in ops.iter().zip(&answer.results) {
                    let expected = self.statements[*at].is_some();
                    let kept = matches!(result.code, OpCode::Quarantined | OpCode::Rejected);
                    assert_eq!(expected, !kept, "op {at}: {result:?}");
                    self.heard.push(format!(
                        "{at} {} {:?} {}",
                        result.code.as_str(),
                        result.reason,
                        result.by_supervisor
                    ));
                }
            }
            Step::Correct(record, said) => self.corrects(record_id(*record), Some(draft(said))).await,
            Step::Remove(record) => self.corrects(record_id(*record), None).await,
        }
    }

    /// The console changes a record that it sees.
    async fn corrects(&mut self, record: Uuid, draft: Option<Draft>) {
        let ada = &self.programme.ada;
        let Some(seen) = ada.records().await.into_iter().find(|seen| seen.id.0 == record) else {
            return;
        };
        let body = draft.map(|draft| draft.of(seen.record.common().worker.0, day(30)));
        let answer = match &body {
            Some(contact) => ada.corrects(&seen, contact.clone()).await,
            None => ada.voids(&seen).await,
        };
        self.heard.push(format!("console {}", answer.status));
        if answer.status == 200 {
            let head = format!(
                "SELECT head_op FROM record WHERE programme_id = $1 AND head_rev = {} AND by_supervisor",
                seen.rev + 1
            );
            let mut found = Vec::new();
            for row in rows(&self.app.state, self.programme.id, &head).await {
                found.push(row.try_get_by_index::<Uuid>(0).unwrap());
            }
            let known: Vec<Uuid> = self.statements.iter().flatten().map(|statement| statement.op).collect();
            found.retain(|op| !known.contains(op));
            assert_eq!(found.len(), 1, "the correction has one op");
            self.statements.push(Some(Statement {
                op: found[0],
                record,
                rev: seen.rev + 1,
                body: body.map(RecordBody::from),
            }));
        }
    }

    /// Compares with the model and returns the rows, with names instead of ids that differ from database to database.
    async fn ends(self) -> Vec<String> {
        let state = &self.app.state;
        figures(state, self.programme.id, self.statements.iter().flatten()).await;
        let verified = verify(state, self.programme.id).await.unwrap().unwrap();
        assert_eq!(verified.drift, []);
        let secrets = state.secrets.programme(self.programme.id).unwrap();
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (n, peer) in self.peers.iter().enumerate() {
            names.insert(peer.worker().to_string(), format!("worker {n}"));
        }
        for n in 0..3 {
            names.insert(secrets.person(&format!("code{n}")).to_string(), format!("person {n}"));
        }
        let mut dump = Vec::new();
        for (table, sql) in DUMPS {
            for row in rows(state, self.programme.id, sql).await {
                let mut line = format!("{table}: {}", row.try_get_by_index::<String>(0).unwrap());
                for at in 1..=2 {
                    let id: Option<Uuid> = row.try_get_by_index(at).unwrap();
                    line.push_str(&id.map_or(" -".to_owned(), |id| format!(" {id}")));
                }
                for (id, name) in &names {
                    line = line.replace(id, name);
                }
                dump.push(line);
            }
        }
        // Databases have orders of their own.
        dump.sort();
        [self.heard, dump].concat()
    }
}

/// A text and two ids of each row.
const DUMPS: [(&str, &str); 4] = [
    (
        "record",
        "SELECT CAST(head_rev AS TEXT) || ' ' || CASE WHEN live THEN 'live' ELSE 'dead' END || CASE WHEN conflict THEN ' conflict' ELSE '' END \
         || ' ' || COALESCE(site, '-') || ' ' || CAST(syringes_out AS TEXT) || ' ' || CAST(syringes_in AS TEXT) || ' ' || COALESCE(body, '-') || warnings, \
         id, person FROM record WHERE programme_id = $1",
    ),
    (
        "tally",
        "SELECT grain || ' ' || CAST(day AS TEXT) || ' ' || CASE WHEN grain = 'site' THEN scope ELSE '' END || ' ' || measure || ' ' || CAST(SUM(n) AS TEXT), \
         CAST(NULL AS uuid), CAST(NULL AS uuid) FROM tally WHERE programme_id = $1 AND n <> 0 \
         GROUP BY grain, day, CASE WHEN grain = 'site' THEN scope ELSE '' END, measure",
    ),
    (
        "quarantine",
        "SELECT reason || ' ' || errors, op_id, record_id FROM quarantine WHERE programme_id = $1",
    ),
    (
        "referral",
        "SELECT reached || ' ' || COALESCE(slip, '-'), record_id, CAST(NULL AS uuid) FROM record_referral WHERE programme_id = $1",
    ),
];

/// The seed of the run, which says how to have it again.
fn seed() -> [u8; 32] {
    let seed = match std::env::var(SEED) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{SEED} is a number that an earlier run printed")),
        Err(_) => u64::from_le_bytes(rounds::wiring::Random::default().bytes().unwrap()),
    };
    eprintln!("{SEED}={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_history_comes_out_as_the_model_says_and_the_same_on_both_databases() {
    let apps = [TestApp::start(Engine::Sqlite).await, TestApp::start(Engine::Postgres).await];
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed()));
    for case in 0..CASES {
        let (ops, steps) = history().new_tree(&mut runner).unwrap().current();
        eprintln!("case {case}: {ops:#?} {steps:?}");
        let mut ends = Vec::new();
        for app in &apps {
            let mut play = Play::stage(app, &format!("History {case}"), &ops).await;
            for step in &steps {
                play.takes(step).await;
            }
            ends.push(play.ends().await);
        }
        assert_eq!(ends[0], ends[1], "SQLite on the left, PostgreSQL on the right");
    }
    for app in apps {
        app.stop().await;
    }
}
