//! Random histories: what two phones make and the console does, and in which steps it comes to the server.

use proptest::prelude::*;
use rounds_shared::record::ReferralStatus;

/// What a contact says.
#[derive(Debug, Clone)]
pub struct Said {
    pub site: usize,
    pub day: u32,
    pub out: i64,
    pub back: i64,
    pub others: i64,
    pub code: Option<Option<u8>>,
    pub slip: Option<u8>,
}

/// What a phone makes.
#[derive(Debug, Clone)]
pub enum Deed {
    /// A contact or its correction.
    Contact(Said),
    /// The removal of a record.
    Void,
    /// News of a referral.
    Event(u8, ReferralStatus),
    /// Something that must not count.
    Bad(Bad),
}

/// Why an op must not count.
#[derive(Debug, Clone, Copy)]
pub enum Bad {
    Future,
    UnknownSite,
    NewerSchema,
    Foreign,
    OtherAuthor,
}

/// An op of a history: the deed, its record, revision and phone, and whether its id is before or after every id of the console.
#[derive(Debug, Clone)]
pub struct Op {
    pub deed: Deed,
    pub record: u8,
    pub rev: i64,
    pub phone: usize,
    pub late_id: bool,
}

/// A step of the delivery.
#[derive(Debug, Clone)]
pub enum Step {
    /// A batch, by position of its ops.
    Push(Vec<usize>),
    /// The console corrects a record as it is on the screen.
    Correct(u8, Said),
    /// The console removes it.
    Remove(u8),
}

fn said() -> impl Strategy<Value = Said> {
    let code = prop_oneof![2 => Just(None), 1 => Just(Some(None)), 3 => (0..3_u8).prop_map(|n| Some(Some(n)))];
    let numbers = (0..30_i64, 0..30_i64, 0..3_i64);
    (0..2_usize, 26..30_u32, numbers, code, prop::option::of(0..2_u8)).prop_map(|(site, day, (out, back, others), code, slip)| Said {
        site,
        day,
        out,
        back,
        others,
        code,
        slip,
    })
}

fn op() -> impl Strategy<Value = Op> {
    use ReferralStatus::{Attended, Completed, Issued, NotAttended, Unreachable};
    let status = prop::sample::select(vec![Issued, Unreachable, NotAttended, Attended, Completed]);
    let bad = prop::sample::select(vec![
        Bad::Future,
        Bad::UnknownSite,
        Bad::NewerSchema,
        Bad::Foreign,
        Bad::OtherAuthor,
    ]);
    let deed = prop_oneof![
        8 => said().prop_map(Deed::Contact),
        2 => Just(Deed::Void),
        2 => (0..2_u8, status).prop_map(|(slip, status)| Deed::Event(slip, status)),
        1 => bad.prop_map(Deed::Bad),
    ];
    (deed, 0..4_u8, 1..4_i64, 0..2_usize, any::<bool>()).prop_map(|(deed, record, rev, phone, late_id)| {
        // A record keeps its kind: events have records of their own.
        let record = if matches!(deed, Deed::Event(..)) { record + 10 } else { record };
        Op {
            deed,
            record,
            rev,
            phone,
            late_id,
        }
    })
}

fn step(ops: usize) -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => prop::collection::vec(0..ops, 1..6).prop_map(Step::Push),
        1 => (0..4_u8, said()).prop_map(|(record, said)| Step::Correct(record, said)),
        1 => (0..4_u8).prop_map(Step::Remove),
    ]
}

/// Ops, and steps that deliver some of them more than once and, in the end, all.
pub fn history() -> impl Strategy<Value = (Vec<Op>, Vec<Step>)> {
    prop::collection::vec(op(), 4..16).prop_flat_map(|ops| {
        let count = ops.len();
        let rest = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
        (Just(ops), prop::collection::vec(step(count), 2..10), rest).prop_map(|(ops, mut steps, rest)| {
            steps.extend(rest.chunks(5).map(|part| Step::Push(part.to_vec())));
            (ops, steps)
        })
    })
}
