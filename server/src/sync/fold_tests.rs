//! Random histories, delivered in any order, split and repeated, against a model of plain code, on both databases.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::{Code, WorkerId};
use rounds_shared::record::{
    ClientCode, Contact, Direction, Injects, Line, Mode, Referral, ReferralStatus, ReferralWay, ReturnMethod, Returning, Setting,
};
use uuid::Uuid;

use super::apply::{Incoming, apply};
use super::authored::{seal, state_content};
use super::read::ReadContext;
use super::store;
use super::{Authored, Content};
use crate::programmes::Lock;
use crate::state::State;
use crate::tallies;
use crate::test_support;

/// One op of a history, in small numbers so that collisions are common.
#[derive(Debug, Clone)]
struct Told {
    id: u8,
    record: u8,
    rev: i64,
    by_supervisor: bool,
    void: bool,
    code: Option<Option<u8>>,
    worker: u8,
    site: u8,
    day: u8,
    out: i64,
    back: i64,
    others: i64,
    referral: bool,
}

/// A history and a way to deliver it: positions of ops, some of them more than once, in batches.
type Delivery = (Vec<Told>, Vec<Vec<usize>>);

fn told() -> impl Strategy<Value = Told> {
    let code = prop_oneof![Just(None), Just(Some(None)), (0..3_u8).prop_map(|n| Some(Some(n)))];
    let shape = (0..3_u8, 1..4_i64, any::<bool>(), prop::bool::weighted(0.2), code);
    let body = (0..2_u8, 0..2_u8, 0..2_u8, 0..40_i64, 0..40_i64, 0..3_i64, any::<bool>());
    (shape, body).prop_map(
        |((record, rev, by_supervisor, void, code), (worker, site, day, out, back, others, referral))| Told {
            id: 0,
            record,
            rev,
            by_supervisor,
            void,
            code,
            worker,
            site,
            day,
            out,
            back,
            others,
            referral,
        },
    )
}

fn delivery() -> impl Strategy<Value = Delivery> {
    prop::collection::vec(told(), 1..10).prop_flat_map(|mut ops| {
        for (id, op) in (1_u8..).zip(ops.iter_mut()) {
            op.id = id;
        }
        let all: Vec<usize> = (0..ops.len()).chain(0..ops.len() / 2).collect();
        let orders = Just(all).prop_shuffle().prop_flat_map(|order| {
            let length = order.len();
            prop::collection::vec(1..4_usize, length).prop_map(move |sizes| {
                let mut rest = order.as_slice();
                let mut batches = Vec::new();
                for size in sizes {
                    let (batch, after) = rest.split_at(size.min(rest.len()));
                    if !batch.is_empty() {
                        batches.push(batch.to_vec());
                    }
                    rest = after;
                }
                batches
            })
        });
        (Just(ops), orders)
    })
}

fn id(space: u8, n: u8) -> Uuid {
    Uuid::from_bytes([space, 7, 7, 7, 7, 7, 0x70, 7, 0x87, 7, 7, 7, 7, 7, 7, n])
}

fn contact(told: &Told) -> Contact {
    let code = |text: &str| Code::parse(text).unwrap();
    let mut lines = Vec::new();
    if told.out > 0 {
        lines.push(Line {
            item: code("ns_1ml"),
            direction: Direction::Out,
            quantity: told.out,
            method: None,
            measured: None,
            reason: None,
        });
    }
    if told.back > 0 {
        let method = Some(ReturnMethod::Reported);
        lines.push(Line {
            item: code("used_syringe"),
            direction: Direction::In,
            quantity: told.back,
            method,
            measured: None,
            reason: None,
        });
    }
    let referral = Referral {
        slip: None,
        service: code("oat"),
        provider: None,
        way: ReferralWay::Told,
        status: ReferralStatus::Issued,
    };
    Contact {
        worker: WorkerId(id(2, told.worker)),
        catalogue: 1,
        site: code(["market", "old-port"][usize::from(told.site)]),
        service_date: format!("2026-06-1{}", told.day).parse().unwrap(),
        captured: None,
        shift: None,
        mode: Mode::Alone,
        setting: Setting::Street,
        returning: Returning::NotAsked,
        gender: code("man"),
        age_band: code("25-34"),
        injects: Injects::Assumed,
        for_others: told.others,
        code: match told.code {
            None => ClientCode::Keep,
            Some(None) => ClientCode::None,
            Some(Some(n)) => ClientCode::Set(format!("CODE{n}")),
        },
        code_refused: false,
        topics: vec![],
        unmet: vec![],
        lines,
        referrals: if told.referral { vec![referral] } else { vec![] },
        tests: vec![],
    }
}

/// What must come out: per record (void, worker, person given, conflict), and the cells of the tally table.
#[derive(Debug, PartialEq, Eq, Default)]
struct Outcome {
    heads: BTreeMap<Uuid, (Uuid, bool, Option<Uuid>, bool)>,
    people: BTreeSet<Uuid>,
    cells: BTreeMap<String, i64>,
}

/// The plain model: no increments, no joins, just the definition applied to the whole history.
fn model(ops: &[Told], person: impl Fn(u8) -> Uuid) -> Outcome {
    let mut outcome = Outcome::default();
    let mut add = |cell: String, n: i64| {
        if n != 0 {
            *outcome.cells.entry(cell).or_insert(0) += n;
        }
    };
    for record in ops.iter().map(|op| op.record).collect::<BTreeSet<_>>() {
        let of: Vec<&Told> = ops.iter().filter(|op| op.record == record).collect();
        let head = of.iter().max_by_key(|op| (op.rev, op.void, op.id)).unwrap();
        let put = of.iter().filter(|op| !op.void).max_by_key(|op| (op.rev, op.id));
        let said = of
            .iter()
            .filter(|op| !op.void && op.code.is_some())
            .max_by_key(|op| (op.rev, op.id));
        let who = said.and_then(|op| op.code.flatten()).map(&person);
        let conflict = of.iter().map(|op| op.rev).collect::<BTreeSet<_>>().len() < of.len();
        outcome.heads.insert(id(3, record), (id(1, head.id), head.void, who, conflict));
        let Some(put) = put.filter(|_| !head.void) else { continue };
        outcome.people.extend(who);
        let day = format!("2026-06-1{}", put.day);
        let scopes = [
            format!("site {day} {}", ["market", "old-port"][usize::from(put.site)]),
            format!("worker {day} {}", id(2, put.worker)),
        ];
        for scope in scopes {
            let mut measure = |name: &str, n: i64| add(format!("{scope} {name}"), n);
            measure("contacts", 1);
            measure("contacts.coded", i64::from(who.is_some()));
            measure("contacts.for_others", put.others);
            measure("syringes.out", put.out);
            measure("item.out.ns_1ml", put.out);
            measure("recipients.ns_1ml", i64::from(put.out > 0));
            measure("syringes.in", put.back);
            measure("item.in.used_syringe", put.back);
            measure("in.method.reported", put.back);
            for name in ["referrals", "referral.offered.oat", "referral.issued.oat"] {
                measure(name, i64::from(put.referral));
            }
        }
    }
    outcome
}

/// Seals every op once, as a phone does; what is delivered again is the same bytes.
fn seal_all(state: &State, programme: Uuid, catalogue: &Catalogue, ops: &[Told]) -> Vec<Incoming> {
    let secrets = state.secrets.programme(programme).unwrap();
    let today = "2026-06-30".parse().unwrap();
    let context = ReadContext {
        secrets: &secrets,
        catalogue,
        today,
        clock_off: false,
        level: None,
    };
    ops.iter()
        .map(|op| {
            let authored = Authored {
                op: id(1, op.id),
                record: id(3, op.record),
                rev: op.rev,
                author: id(2, op.worker),
                by_supervisor: op.by_supervisor,
                content: if op.void {
                    Content::Void("undo".into())
                } else {
                    Content::Put(Box::new(contact(op).into()))
                },
            };
            let statement = state_content(&authored.content, context).unwrap();
            seal(&authored, statement, programme, id(4, 1).into(), &secrets).unwrap()
        })
        .collect()
}

async fn deliver(state: &State, programme: Uuid, catalogue: &Catalogue, sealed: &[Incoming], batches: &[Vec<usize>]) {
    for batch in batches {
        let tx = state.db.begin().await.unwrap();
        let lock = Lock::take(&tx, programme, state.clock.now_ms()).await.unwrap().unwrap();
        apply(&tx, &lock, catalogue, batch.iter().map(|at| sealed[*at].clone()).collect())
            .await
            .unwrap();
        lock.commit(tx).await.unwrap();
    }
}

async fn outcome(state: &State, programme: Uuid, catalogue: &Catalogue) -> Outcome {
    let db = state.db.read();
    let ids: Vec<Uuid> = (0..3).map(|n| id(3, n)).collect();
    let heads = store::load_heads(db, programme, &ids, catalogue).await.unwrap();
    let cells = tallies::load_since(db, programme, chrono::NaiveDate::default()).await.unwrap();
    Outcome {
        people: heads
            .values()
            .filter(|h| h.live().is_some())
            .filter_map(super::fold::Folded::person_id)
            .collect(),
        heads: heads
            .into_iter()
            .map(|(id, h)| (id, (h.head.op, h.head.void, h.person_id(), h.conflict)))
            .collect(),
        cells: cells
            .into_iter()
            .map(|c| (format!("{} {} {} {}", c.grain, c.day, c.scope, c.measure), c.n))
            .collect(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_order_split_and_repetition_gives_what_the_model_says() {
    for fresh in test_support::both().await {
        let mut runner = TestRunner::new(Config::default());
        for case in 0..40 {
            let (ops, batches) = delivery().new_tree(&mut runner).unwrap().current();
            let programme = test_support::programme(&fresh.state).await;
            let catalogue = fresh
                .state
                .catalogues
                .current(fresh.state.db.read(), programme)
                .await
                .unwrap()
                .unwrap();
            let secrets = fresh.state.secrets.programme(programme).unwrap();
            let sealed = seal_all(&fresh.state, programme, &catalogue, &ops);
            deliver(&fresh.state, programme, &catalogue, &sealed, &batches).await;
            let have = outcome(&fresh.state, programme, &catalogue).await;
            let want = model(&ops, |n| secrets.person(&format!("code{n}")));
            assert_eq!(have, want, "{} case {case}: {ops:#?} in {batches:?}", fresh.name);
            let verified = super::verify(&fresh.state, programme).await.unwrap().unwrap();
            assert_eq!(verified.drift, [], "{} case {case}: {ops:#?} in {batches:?}", fresh.name);
            assert_eq!(verified.ops, ops.len() as u64);
        }
    }
}
