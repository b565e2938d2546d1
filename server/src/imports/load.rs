//! Compares the rows with what was imported last and writes what is new or changed.

use std::collections::{BTreeSet, HashMap};

use rounds_shared::auth::Role;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::console::{ImportError, ImportResult, NewSite, NewWorker};
use rounds_shared::ids::Code;
use rounds_shared::record::RecordBody;
use rounds_shared::sync::{OpCode, OpResult};
use uuid::Uuid;

use super::row::{Known, Row, rows};
use super::sheet::{Sheet, finding};
use super::store::{self, Head, Imported};
use crate::audit::Entry;
use crate::catalogue::{SiteError, add_sites};
use crate::db::StoreError;
use crate::people::{self, AddError, Reach};
use crate::programmes::{self, Lock};
use crate::secrets::ProgrammeSecrets;
use crate::state::State;
use crate::sync::{Authored, Content, apply_authored};

/// Rows of one transaction: few enough to hold the programme lock shortly.
const ROWS_PER_TRANSACTION: usize = 100;

/// A sheet to be imported.
#[derive(Debug)]
pub struct ImportRequest<'a> {
    /// Programme.
    pub programme: Uuid,
    /// Name of the source, so that the same sheet is recognised.
    pub source: &'a str,
    /// Make unknown workers and sites.
    pub create: bool,
    /// Who imports.
    pub author: Uuid,
    /// Whose contacts they may import.
    pub reach: Reach,
    /// The file.
    pub file: &'a [u8],
}

/// Why nothing at all was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The header does not fit.
    #[error("the header of the sheet does not fit")]
    Header(Vec<ImportError>),
    /// The database or the secrets.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports a day sheet. Good rows are in whatever is wrong with others.
///
/// # Errors
/// [`ImportFailure`] when the header does not fit or the database fails; chunks committed before stay, and the same sheet again goes on
/// from there.
pub async fn import(state: &State, request: &ImportRequest<'_>) -> Result<ImportResult, ImportFailure> {
    let programme = programmes::store::find(state.db.read(), request.programme)
        .await?
        .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    let catalogue = current_catalogue(state, request.programme).await?;
    let secrets = state
        .secrets
        .programme(request.programme)
        .map_err(|e| StoreError::Secret(e.to_string()))?;
    let mut import = Import {
        state,
        request,
        secrets: &secrets,
        handles: handles(state, request).await?,
        catalogue: catalogue.version,
    };
    let sheet = Sheet::read(request.file, &catalogue).map_err(ImportFailure::Header)?;
    let known = Known {
        catalogue: &catalogue,
        handles: &import.handles,
        create: request.create,
        today: state.clock.today(programme.tz),
    };
    let (mut good, bad) = rows(&sheet, known);
    let mut result = ImportResult {
        rows: i64::try_from(sheet.lines.len() + sheet.errors.len()).unwrap_or(i64::MAX),
        errors: sheet.errors,
        ..ImportResult::default()
    };
    result.errors.extend(bad);
    if request.create {
        // Of a row that is refused not even its worker or site is made.
        good = import.without_others(good, &mut result).await?;
        create_missing(state, request, &good, known, &mut result).await?;
        import.handles = handles(state, request).await?;
        import.catalogue = current_catalogue(state, request.programme).await?.version;
    }
    for part in good.chunks(ROWS_PER_TRANSACTION) {
        import.write(part, &mut result).await?;
    }
    result.errors.sort_by(|a, b| (a.line, &a.column).cmp(&(b.line, &b.column)));
    Ok(result)
}

async fn current_catalogue(state: &State, programme: Uuid) -> Result<std::sync::Arc<Catalogue>, StoreError> {
    state
        .catalogues
        .current(state.db.read(), programme)
        .await?
        .ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))
}

/// Ids of the people that the importer may import for, by handle.
async fn handles(state: &State, request: &ImportRequest<'_>) -> Result<HashMap<String, Uuid>, StoreError> {
    let everybody = people::all(state.db.read(), request.programme).await?;
    let within = everybody.into_iter().filter(|person| request.reach.covers(person.id));
    Ok(within.map(|person| (person.handle, person.id)).collect())
}

/// Makes the workers and sites that good rows name. A transaction of its own: rows are sealed against the committed catalogue.
async fn create_missing(
    state: &State,
    request: &ImportRequest<'_>,
    good: &[Row],
    known: Known<'_>,
    result: &mut ImportResult,
) -> Result<(), StoreError> {
    let workers: BTreeSet<&str> = good
        .iter()
        .map(|row| row.worker.as_str())
        .filter(|handle| !known.handles.contains_key(*handle))
        .collect();
    let sites: BTreeSet<&Code> = good
        .iter()
        .map(Row::site)
        .filter(|code| known.catalogue.site(code).is_none())
        .collect();
    if workers.is_empty() && sites.is_empty() {
        return Ok(());
    }
    let tx = state.db.begin().await?;
    let mut lock = Lock::take(&tx, request.programme, state.clock.now_ms())
        .await?
        .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    let new_sites: Vec<NewSite> = sites
        .into_iter()
        .map(|code| NewSite {
            code: code.clone(),
            label: code.as_str().to_owned(),
        })
        .collect();
    if !new_sites.is_empty() {
        match add_sites(&tx, &lock, &new_sites).await {
            Ok(_) => {}
            // Somebody added one just now; the rows find it.
            Err(SiteError::CodeTaken) => return Err(StoreError::corrupt("catalogue", "changed during the import; run it again")),
            Err(SiteError::Store(error)) => return Err(error),
        }
    }
    for site in new_sites {
        lock.audit(Entry::person(request.author, "site.add", site.code.to_string()));
        result.sites_created.push(site.code.as_str().to_owned());
    }
    for handle in workers {
        let new = NewWorker {
            handle: handle.to_owned(),
            role: Role::Peer,
            level: None,
            supervisor: None,
        };
        match people::add(&tx, &lock, &state.random, &new).await {
            Ok(person) => lock.audit(Entry::person(request.author, "worker.add", person.id.to_string())),
            Err(AddError::Store(error)) => return Err(error),
            Err(AddError::Fields(_) | AddError::HandleTaken) => {
                return Err(StoreError::corrupt("worker", "changed during the import; run it again"));
            }
        }
        result.workers_created.push(handle.to_owned());
    }
    lock.commit(tx).await
}

struct Import<'a> {
    state: &'a State,
    request: &'a ImportRequest<'a>,
    secrets: &'a ProgrammeSecrets,
    handles: HashMap<String, Uuid>,
    catalogue: i64,
}

/// What is to be done for a row.
struct Change<'a> {
    row: &'a Row,
    imported: Imported,
}

/// What was found about the rows of a transaction.
#[derive(Default)]
struct Plan<'a> {
    changes: Vec<Change<'a>>,
    unchanged: i64,
    review: i64,
    /// Lines of rows whose record id belongs to another contact.
    others: Vec<u64>,
}

impl Plan<'_> {
    /// Adds what needs no writing to the result.
    fn tell(&self, result: &mut ImportResult) {
        result.unchanged += self.unchanged;
        result.review += self.review;
        result.errors.extend(self.others.iter().copied().map(other_contact));
    }
}

impl Import<'_> {
    fn record(&self, row: &Row) -> Uuid {
        self.secrets.import_id(&[self.request.source.as_bytes(), row.record_id.as_bytes()])
    }

    fn plan<'a>(&self, rows: &'a [Row], stored: &HashMap<String, Imported>, heads: &HashMap<Uuid, Head>) -> Plan<'a> {
        let mut plan = Plan::default();
        for row in rows {
            let record = self.record(row);
            let hash = self.secrets.import_hash(&[&row.canonical]).to_vec();
            let last = stored.get(&row.record_id);
            let head = heads.get(&record).copied().unwrap_or_default();
            let foreign = head.worker.is_some_and(|worker| !self.request.reach.covers(worker));
            if last.is_some_and(|last| last.hash == hash) {
                plan.unchanged += 1;
            } else if self.is_other(row, head) {
                plan.others.push(row.line);
            } else if foreign || head.rev > last.map_or(0, |last| last.rev) {
                // Somebody corrected the record in the console since, or it is another team's: the sheet may not overwrite that.
                plan.review += 1;
            } else {
                let imported = Imported {
                    row_id: row.record_id.clone(),
                    record,
                    rev: head.rev + 1,
                    hash,
                };
                plan.changes.push(Change { row, imported });
            }
        }
        plan
    }

    /// Whether a row is another contact than the record of its id: a second sheet that numbers its rows from 1 again. People mistype a
    /// worker or a date, hardly ever both.
    fn is_other(&self, row: &Row, head: Head) -> bool {
        let worker = self.handles.get(&row.worker);
        head.worker.is_some_and(|theirs| worker != Some(&theirs)) && head.day.is_some_and(|day| day != row.day())
    }

    /// The rows that don't stand for another contact than their record id; the others are told.
    async fn without_others(&self, mut rows: Vec<Row>, result: &mut ImportResult) -> Result<Vec<Row>, StoreError> {
        let Self { state, request, .. } = self;
        let mut others = BTreeSet::new();
        for part in rows.chunks(ROWS_PER_TRANSACTION) {
            let ids: Vec<&str> = part.iter().map(|row| row.record_id.as_str()).collect();
            let records: Vec<Uuid> = part.iter().map(|row| self.record(row)).collect();
            let stored = store::imported(state.db.read(), request.programme, request.source, &ids).await?;
            let heads = store::heads(state.db.read(), request.programme, &records).await?;
            others.extend(self.plan(part, &stored, &heads).others);
        }
        rows.retain(|row| !others.contains(&row.line));
        result.errors.extend(others.into_iter().map(other_contact));
        Ok(rows)
    }

    fn op(&self, change: &Change<'_>) -> Result<Authored, StoreError> {
        let Imported { record, rev, .. } = change.imported;
        let worker = self
            .handles
            .get(&change.row.worker)
            .copied()
            .ok_or_else(|| StoreError::corrupt("worker", "vanished"))?;
        Ok(Authored {
            op: self
                .secrets
                .import_id(&[record.as_bytes(), &rev.to_be_bytes(), &change.row.canonical]),
            record,
            rev,
            author: self.request.author,
            by_supervisor: true,
            content: Content::Put(Box::new(RecordBody::Contact(Box::new(change.row.contact(worker, self.catalogue))))),
        })
    }

    async fn write(&self, rows: &[Row], result: &mut ImportResult) -> Result<(), StoreError> {
        let Self { state, request, .. } = self;
        let ids: Vec<&str> = rows.iter().map(|row| row.record_id.as_str()).collect();
        let records: Vec<Uuid> = rows.iter().map(|row| self.record(row)).collect();
        // Without the lock first, so that a sheet that is in already writes nothing at all.
        let stored = store::imported(state.db.read(), request.programme, request.source, &ids).await?;
        let heads = store::heads(state.db.read(), request.programme, &records).await?;
        let plan = self.plan(rows, &stored, &heads);
        if plan.changes.is_empty() {
            plan.tell(result);
            return Ok(());
        }
        let tx = state.db.begin().await?;
        let mut lock = Lock::take(&tx, request.programme, state.clock.now_ms())
            .await?
            .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
        let stored = store::imported(&tx, request.programme, request.source, &ids).await?;
        let heads = store::heads(&tx, request.programme, &records).await?;
        let mut plan = self.plan(rows, &stored, &heads);
        let changes = std::mem::take(&mut plan.changes);
        let ops = changes.iter().map(|change| self.op(change)).collect::<Result<Vec<_>, _>>()?;
        let answers = apply_authored(state, &tx, &lock, ops).await?;
        let mut done = ImportResult::default();
        let mut kept = Vec::new();
        for (change, answer) in changes.into_iter().zip(answers) {
            match answer.code {
                OpCode::Accepted if change.imported.rev == 1 => done.created += 1,
                OpCode::Accepted => done.corrected += 1,
                _ => {
                    done.errors.extend(refusal(change.row.line, &answer));
                    continue;
                }
            }
            kept.push(change.imported);
        }
        store::keep(&tx, request.programme, request.source, kept).await?;
        let subject = format!("created {} corrected {}", done.created, done.corrected);
        lock.audit(Entry::person(request.author, "import.daysheet", subject));
        lock.commit(tx).await?;
        result.created += done.created;
        result.corrected += done.corrected;
        plan.tell(result);
        result.errors.append(&mut done.errors);
        Ok(())
    }
}

/// Finding about a row whose record id belongs to another contact.
fn other_contact(line: u64) -> ImportError {
    let detail = "this record_id belongs to a contact of another worker and day; give this sheet a source name of its own (--source), or \
                  number its rows on";
    finding(line, "record_id", "other_contact", detail)
}

/// Findings of the common validation, which knows fields rather than columns.
fn refusal(line: u64, answer: &OpResult) -> Vec<ImportError> {
    let detail = "the record does not pass the rules of the field";
    if answer.errors.is_empty() {
        return vec![finding(line, "", answer.reason.as_deref().unwrap_or("refused"), detail)];
    }
    answer
        .errors
        .iter()
        .map(|error| {
            let column = if error.path == "code" { "client_code" } else { error.path.as_str() };
            finding(line, column, &error.code, detail)
        })
        .collect()
}
