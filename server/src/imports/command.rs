//! `rounds import`: a day sheet from the command line.

use std::path::PathBuf;

use rounds_shared::auth::Role;
use rounds_shared::console::{ImportError, ImportResult};
use uuid::Uuid;

use super::{DEFAULT_SOURCE, ImportFailure, ImportRequest, import};
use crate::people::{self, Reach};
use crate::state::State;
use crate::terminal::{Failure, programme, say};

/// Exit status when some rows were not taken.
const SOME_ROWS_BAD: u8 = 2;

/// Arguments of `rounds import`.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArguments {
    /// The sheet, CSV in UTF-8.
    pub file: PathBuf,
    /// Name or id of the programme; it must exist.
    #[arg(long)]
    pub programme: String,
    /// Make workers and sites that the programme does not have yet.
    #[arg(long)]
    pub create: bool,
    /// Name of the source, so that the same sheet is recognised.
    #[arg(long, default_value = DEFAULT_SOURCE)]
    pub source: String,
    /// Handle of the member of staff who imports; by default the first administrator.
    #[arg(long)]
    pub by: Option<String>,
}

/// Imports a sheet and says what was done. The exit status is 2 when some rows were not taken.
///
/// # Errors
/// [`Failure`] when nothing could be imported.
pub async fn command(state: &State, arguments: &ImportArguments) -> Result<u8, Failure> {
    let file = std::fs::read(&arguments.file).map_err(|e| format!("{}: {e}", arguments.file.display()))?;
    let programme = programme(state, Some(&arguments.programme)).await?.id;
    let request = ImportRequest {
        programme,
        source: &arguments.source,
        create: arguments.create,
        author: importer(state, programme, arguments.by.as_deref()).await?,
        reach: Reach::Everybody,
        file: &file,
    };
    match import(state, &request).await {
        Ok(result) => tell(&result),
        Err(ImportFailure::Header(findings)) => {
            list(&findings)?;
            Err("Nothing was imported: the header does not fit.".to_owned())
        }
        Err(ImportFailure::Store(error)) => Err(error.to_string()),
    }
}

async fn importer(state: &State, programme: Uuid, handle: Option<&str>) -> Result<Uuid, Failure> {
    let staff = people::all(state.db.read(), programme).await.map_err(|e| e.to_string())?;
    let mut candidates = staff
        .into_iter()
        .filter(|person| !person.has_left() && matches!(person.role, Role::Administrator | Role::Supervisor));
    let found = match handle {
        Some(handle) => candidates.find(|person| person.handle == handle),
        None => candidates.find(|person| person.role == Role::Administrator),
    };
    found
        .map(|person| person.id)
        .ok_or_else(|| "No such administrator or supervisor; name one with --by HANDLE.".to_owned())
}

fn tell(result: &ImportResult) -> Result<u8, Failure> {
    if !result.workers_created.is_empty() {
        say(&format!("Workers made: {}", result.workers_created.join(", ")))?;
    }
    if !result.sites_created.is_empty() {
        say(&format!("Sites made: {}", result.sites_created.join(", ")))?;
    }
    say(&format!(
        "{} rows: {} new, {} corrected, {} unchanged, {} for review, {} findings",
        result.rows,
        result.created,
        result.corrected,
        result.unchanged,
        result.review,
        result.errors.len()
    ))?;
    list(&result.errors)?;
    Ok(if result.errors.is_empty() { 0 } else { SOME_ROWS_BAD })
}

fn list(findings: &[ImportError]) -> Result<(), Failure> {
    findings.iter().try_for_each(|finding| {
        let ImportError {
            line,
            column,
            code,
            detail,
        } = finding;
        say(&format!("line {line}, column {column}: {code}: {detail}"))
    })
}
