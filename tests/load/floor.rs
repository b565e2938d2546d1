//! The floor of push: what no server can beat here.
//!
//! A loop that opens the same sealed records, verifies the same signatures and executes the same multi-row statements, programme lock
//! included, by bare sqlx in one durable transaction per batch, on as many tasks as there are clients. It parses no JSON, validates nothing and
//! answers nobody; the rows are made before the clock starts.

use std::sync::Arc;
use std::time::Instant;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rounds::records::Facts;
use rounds::referrals::Furthest;
use rounds::secrets::ProgrammeSecrets;
use rounds::state::State;
use rounds::tallies::Deltas;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::{ClientCode, Contact};
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::lanes::Prepared;
use crate::world::Failure;

/// A batch with the rows that its statements need.
struct Group {
    prepared: Prepared,
    sealed: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)>,
    rows: Vec<Row>,
    deltas: Vec<(String, String, String, String, i64)>,
}

struct Row {
    id: Uuid,
    facts: Facts,
    contact: Contact,
    coded: bool,
    body: String,
}

fn group(prepared: Prepared, catalogue: &Catalogue) -> Result<Group, Failure> {
    let (mut sealed, mut rows, mut deltas) = (Vec::new(), Vec::new(), Deltas::default());
    for (id, contact, op) in &prepared.ops {
        sealed.push((
            URL_SAFE_NO_PAD.decode(&op.hdr)?,
            URL_SAFE_NO_PAD.decode(&op.ek)?,
            URL_SAFE_NO_PAD.decode(&op.ct)?,
        ));
        rows.push(row(*id, contact, catalogue, &mut deltas)?);
    }
    let deltas = deltas.into_cells().map(|cell| {
        (
            cell.grain.as_str().to_owned(),
            cell.day.to_string(),
            cell.scope,
            cell.measure,
            cell.n,
        )
    });
    Ok(Group {
        sealed,
        rows,
        deltas: deltas.collect(),
        prepared,
    })
}

fn row(id: Uuid, contact: &Contact, catalogue: &Catalogue, deltas: &mut Deltas) -> Result<Row, Failure> {
    let facts = Facts::of(&contact.clone().into(), catalogue);
    let coded = matches!(contact.code, ClientCode::Set(_));
    deltas.add(&facts, coded, &Furthest::default(), 1);
    Ok(Row {
        id,
        coded,
        body: serde_json::to_string(&facts.body.to_value()?)?,
        contact: contact.clone(),
        facts,
    })
}

/// Runs the floor and returns records per second.
pub async fn run(state: &Arc<State>, lanes: Vec<Vec<Prepared>>, url: &str) -> Result<f64, Failure> {
    let mut work = Vec::new();
    let mut records = 0;
    for lane in lanes {
        let Some(first) = lane.first() else { continue };
        let (programme, device) = (first.programme, first.device);
        let catalogue = state.catalogues.current(state.db.read(), programme).await?.ok_or("no catalogue")?;
        let groups = lane
            .into_iter()
            .map(|prepared| group(prepared, &catalogue))
            .collect::<Result<Vec<_>, _>>()?;
        records += groups.iter().map(|g| g.rows.len()).sum::<usize>();
        work.push((programme, device, state.secrets.programme(programme)?, groups));
    }
    let clients = u32::try_from(work.len())?;
    let started;
    if let Some(path) = url.strip_prefix("sqlite:") {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(path)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("secure_delete", "ON")
            .busy_timeout(std::time::Duration::from_secs(20));
        let pool = sqlx::sqlite::SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        started = Instant::now();
        join(work.into_iter().map(|w| tokio::spawn(sqlite_lane(pool.clone(), w))).collect()).await?;
    } else {
        let options = url
            .parse::<sqlx::postgres::PgConnectOptions>()?
            .options([("plan_cache_mode", "force_custom_plan")]);
        let pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(clients)
            .connect_with(options)
            .await?;
        started = Instant::now();
        join(work.into_iter().map(|w| tokio::spawn(postgres_lane(pool.clone(), w))).collect()).await?;
    }
    Ok(records as f64 / started.elapsed().as_secs_f64())
}

async fn join(tasks: Vec<tokio::task::JoinHandle<Result<(), Failure>>>) -> Result<(), Failure> {
    for task in tasks {
        task.await??;
    }
    Ok(())
}

type Lane = (Uuid, Uuid, Arc<ProgrammeSecrets>, Vec<Group>);

fn open_all(secrets: &ProgrammeSecrets, kid: &str, group: &Group) -> Result<(), Failure> {
    let signature = URL_SAFE_NO_PAD.decode(&group.prepared.signature)?;
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &group.prepared.public_key)
        .verify(&group.prepared.body, &signature)
        .map_err(|_| "signature")?;
    for (hdr, ek, ct) in &group.sealed {
        secrets.open(kid, hdr, ek.clone(), ct).ok_or("can't open")?;
    }
    Ok(())
}

/// The ids of a batch, as parameters of a list.
macro_rules! in_list {
    ($query:ident, $group:ident) => {
        let mut ids = $query.separated(", ");
        for row in &$group.rows {
            ids.push_bind(row.id);
        }
    };
}

/// The statements of a batch, the same for both databases but for the placeholders and the boolean literals.
macro_rules! lane {
    ($name:ident, $database:ty, $begin:expr) => {
        #[expect(clippy::too_many_lines, reason = "one transaction, read beside the server's statements from top to bottom")]
        async fn $name(pool: sqlx::Pool<$database>, lane: Lane) -> Result<(), Failure> {
            let (programme, device, secrets, groups) = lane;
            let kid = secrets.current_kid()?.to_owned();
            let (mut high, now) = (0_i64, 1_i64);
            for group in groups {
                open_all(&secrets, &kid, &group)?;
                let mut tx = pool.begin_with($begin).await?;
                let mut q = QueryBuilder::<$database>::new("UPDATE programme SET seq = seq + 1 WHERE id = ");
                q.push_bind(programme).push(" RETURNING seq");
                let seq: i64 = q.build_query_scalar().fetch_one(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("");
                for (before, select) in [("", "SELECT id, digest, seq, NULL FROM op WHERE id IN ("), (" UNION ALL ", "SELECT op_id, digest, seq, reason FROM quarantine WHERE op_id IN (")] {
                    q.push(before).push(select);
                    in_list!(q, group);
                    q.push(") AND programme_id = ").push_bind(programme);
                }
                q.build().fetch_all(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("SELECT * FROM record WHERE id IN (");
                in_list!(q, group);
                q.push(") AND programme_id = ").push_bind(programme);
                q.build().fetch_all(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("INSERT INTO op (programme_id, id, seq, record_id, rev, void, device_id, dseq, author_id, by_supervisor, kid, digest, hdr, ek, ct, code_state, person, received_at) ");
                q.push_values(group.rows.iter().zip(&group.sealed), |mut b, (row, (hdr, ek, ct))| {
                    high += 1;
                    b.push_bind(programme).push_bind(row.id).push_bind(seq).push_bind(row.id).push_bind(1_i64).push_bind(false).push_bind(device).push_bind(high)
                        .push_bind(row.facts.worker).push_bind(false).push_bind(kid.clone()).push_bind(vec![7_u8; 32]).push_bind(hdr.clone()).push_bind(ek.clone()).push_bind(ct.clone())
                        .push_bind(2_i16).push_bind(row.coded.then_some(row.id)).push_bind(now);
                });
                q.push(" ON CONFLICT (programme_id, id) DO NOTHING").build().execute(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("INSERT INTO record (programme_id, id, head_op, head_rev, void, conflict, by_supervisor, author_id, device_id, put_op, put_rev, person_op, person_rev, person, live, kind, schema, day, site, worker_id, gender, age_band, setting, injects, \"returning\", contacts, for_others, syringes_out, syringes_in, naloxone_kits, naloxone_doses, body, warnings, seq, received_at) ");
                q.push_values(&group.rows, |mut b, row| {
                    let (f, c) = (&row.facts, &row.contact);
                    b.push_bind(programme).push_bind(row.id).push_bind(row.id).push_bind(1_i64).push_bind(false).push_bind(false).push_bind(false)
                        .push_bind(f.worker).push_bind(device).push_bind(row.id).push_bind(1_i64).push_bind(row.id).push_bind(1_i64).push_bind(row.coded.then_some(row.id)).push_bind(true)
                        .push_bind("contact").push_bind(1_i64).push_bind(f.day).push_bind(c.site.to_string()).push_bind(f.worker).push_bind(c.gender.to_string())
                        .push_bind(c.age_band.to_string()).push_bind(c.setting.as_str()).push_bind(c.injects.as_str()).push_bind(c.returning.as_str())
                        .push_bind(f.contacts).push_bind(c.for_others).push_bind(f.syringes_out).push_bind(f.syringes_in).push_bind(f.naloxone_kits).push_bind(f.naloxone_doses)
                        .push_bind(row.body.clone()).push_bind("[]").push_bind(seq).push_bind(now);
                });
                q.build().execute(&mut *tx).await?;
                let lines: Vec<_> = group.rows.iter().flat_map(|row| (0_i16..).zip(&row.facts.lines).map(move |(n, line)| (row.id, n, line))).collect();
                if !lines.is_empty() {
                    let mut q = QueryBuilder::<$database>::new("INSERT INTO record_line (programme_id, record_id, n, item, direction, quantity, syringes, doses, method, reason) ");
                    q.push_values(lines, |mut b, (id, n, line)| {
                        b.push_bind(programme).push_bind(id).push_bind(n).push_bind(line.item.clone()).push_bind(line.direction.as_str()).push_bind(line.quantity)
                            .push_bind(line.syringes).push_bind(line.doses).push_bind(line.method).push_bind(line.reason);
                    });
                    q.build().execute(&mut *tx).await?;
                }
                let referrals: Vec<_> = group.rows.iter().flat_map(|row| (0_i16..).zip(&row.contact.referrals).map(move |(n, r)| (row.id, n, r))).collect();
                if !referrals.is_empty() {
                    let mut q = QueryBuilder::<$database>::new("INSERT INTO record_referral (programme_id, record_id, n, service, provider, way, status, reached, rank, slip) ");
                    q.push_values(referrals, |mut b, (id, n, r)| {
                        b.push_bind(programme).push_bind(id).push_bind(n).push_bind(r.service.to_string()).push_bind(None::<String>).push_bind(r.way.as_str())
                            .push_bind(r.status.as_str()).push_bind(r.status.as_str()).push_bind(r.status.rank()).push_bind(r.slip.clone());
                    });
                    q.build().execute(&mut *tx).await?;
                }
                let mut q = QueryBuilder::<$database>::new("INSERT INTO tally (programme_id, grain, day, scope, measure, n) ");
                let day = group.rows.first().map(|row| row.facts.day);
                q.push_values(&group.deltas, |mut b, (grain, _, scope, measure, n)| {
                    b.push_bind(programme).push_bind(grain.clone()).push_bind(day).push_bind(scope.clone()).push_bind(measure.clone()).push_bind(*n);
                });
                q.push(" ON CONFLICT (programme_id, grain, day, scope, measure) DO UPDATE SET n = tally.n + excluded.n").build().execute(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("SELECT id, dseq_high, received FROM device WHERE programme_id = ");
                q.push_bind(programme).push(" AND id = ").push_bind(device).build().fetch_all(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("UPDATE device SET dseq_high = ");
                q.push_bind(high).push(", received = ").push_bind(format!("[[1,{high}]]")).push(", last_seen_at = ").push_bind(now).push(", last_push_at = ").push_bind(now)
                    .push(" WHERE programme_id = ").push_bind(programme).push(" AND id = ").push_bind(device).build().execute(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("INSERT INTO receipt (programme_id, seq, device_id, batch_id, accepted, duplicate, superseded, quarantined, received_at) ");
                q.push_values([()], |mut b, ()| {
                    b.push_bind(programme).push_bind(seq).push_bind(device).push_bind(device).push_bind(1_i64).push_bind(0_i64).push_bind(0_i64).push_bind(0_i64).push_bind(now);
                });
                q.build().execute(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("INSERT INTO audit (programme_id, n, at, actor_id, actor_kind, action, subject, reason, hash) ");
                q.push_values([()], |mut b, ()| {
                    b.push_bind(programme).push_bind(seq + 1_000_000).push_bind(now).push_bind(device).push_bind("device").push_bind("sync.push").push_bind("floor").push_bind(None::<String>).push_bind(vec![7_u8; 32]);
                });
                q.build().execute(&mut *tx).await?;
                let mut q = QueryBuilder::<$database>::new("UPDATE programme SET audit_n = ");
                q.push_bind(seq).push(", audit_hash = ").push_bind(vec![7_u8; 32]).push(" WHERE id = ").push_bind(programme).build().execute(&mut *tx).await?;
                tx.commit().await?;
            }
            Ok(())
        }
    };
}

lane!(sqlite_lane, sqlx::Sqlite, "BEGIN IMMEDIATE");
lane!(postgres_lane, sqlx::Postgres, "BEGIN");
