//! Schemas of a PostgreSQL database: a dump is loaded beside what is there, and takes its place in one transaction.
//!
//! What is there is never dropped here: it is renamed. Only a schema of our own name and an empty one are dropped.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait};

use super::StoreError;
use super::connect::MIGRATION_LOCK;
use super::postgres::{AS_OURS, Address, RESTORING, SET_ASIDE, ToolError, execute, failed, path_of, single};
use crate::failpoint;

/// What is in a database besides what its system and its extensions brought, and what earlier restores set aside.
fn things() -> String {
    format!(
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' \
         AND NOT starts_with(n.nspname, '{SET_ASIDE}') AND NOT starts_with(n.nspname, '{RESTORING}') \
         AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') \
         ORDER BY c.relkind = 'S', 1 LIMIT 3"
    )
}

/// Sessions of others. Whoever may not see what somebody else's session is sees still that it is somebody's.
const OTHERS: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
                      AND (backend_type = 'client backend' OR backend_type IS NULL AND usesysid IS NOT NULL)";

/// Whether the user may rename the schema and make another.
const MAY: &str = "SELECT has_database_privilege(current_database(), 'CREATE') AND pg_has_role(nspowner, 'USAGE') \
                   FROM pg_namespace WHERE nspname = 'public'";

/// What a database is, for somebody who wants to put another in its place.
#[derive(Debug)]
pub struct Found {
    /// How many other clients it has.
    pub others: i64,
    /// Names of some of the things in it; empty when there is nothing at all.
    pub things: Vec<String>,
    /// Whether its user may set aside what is there.
    pub may: bool,
}

/// Whether a schema took the place of what was there.
#[derive(Debug)]
pub enum Swapped {
    /// It did; whether there was anything to be kept.
    Done {
        /// It is kept aside.
        kept: bool,
    },
    /// Not while others are connected.
    InUse(i64),
    /// Not where something is now that was not there before.
    Filled(Vec<String>),
}

/// Looks at a database.
///
/// # Errors
/// [`StoreError::Db`].
pub async fn look(url: &str) -> Result<Found, StoreError> {
    let db = Database::connect(single(url)).await?;
    let found = look_on(&db).await;
    db.close().await?;
    found
}

async fn look_on(db: &impl ConnectionTrait) -> Result<Found, StoreError> {
    let one = async |sql: &str| db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    let others = one(OTHERS).await?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let may = one(MAY).await?.map_or(Ok(false), |row| row.try_get_by_index(0))?;
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, things())).await?;
    let things = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    Ok(Found { others, things, may })
}

/// Drops what a restore that was interrupted has left beside.
///
/// # Errors
/// [`StoreError::Db`].
pub async fn drop_restoring(url: &str) -> Result<(), StoreError> {
    let db = Database::connect(single(url)).await?;
    let left = format!("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, '{RESTORING}')");
    for row in db.query_all_raw(Statement::from_string(DbBackend::Postgres, left)).await? {
        let name: String = row.try_get_by_index(0)?;
        db.execute_unprepared(&drop_schema(&name)).await?;
    }
    Ok(db.close().await?)
}

/// Drops a schema that a dump was loaded into, if it is there.
///
/// # Errors
/// [`StoreError::Db`].
pub async fn drop_loaded(url: &str, name: &str) -> Result<(), StoreError> {
    execute(url, &[drop_schema(name)]).await
}

fn drop_schema(name: &str) -> String {
    format!("DROP SCHEMA IF EXISTS \"{}\" CASCADE", name.replace('"', "\"\""))
}

/// Loads a dump into a new schema, whole or not at all. Dumps name the schema `public` throughout, so a new one has that name for as long
/// as the transaction lasts; others never see it.
///
/// # Errors
/// [`ToolError`]; then nothing has changed.
pub fn load_beside(address: &Address, file: &Path, name: &str) -> Result<(), ToolError> {
    let missing = |source| ToolError::Missing { tool: "psql", source };
    let mut psql = address.command("psql");
    psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]);
    psql.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut psql = psql.spawn().map_err(missing)?;
    let fed = psql.stdin.take().map_or(Ok(()), |input| feed(input, file, name));
    let done = psql.wait_with_output().map_err(missing)?;
    if done.status.success() {
        return fed;
    }
    // What psql refuses it also stops reading: then the cause is what it said, and not that.
    Err(failed("psql", &done.stderr))
}

/// Gives psql the whole script of a dump in one transaction. Without its last line, which only comes after a whole script, there is none.
fn feed(mut input: ChildStdin, file: &Path, name: &str) -> Result<(), ToolError> {
    let broken = |error: io::Error| failed("psql", error.to_string().as_bytes());
    let away = format!("{name}_away");
    writeln!(input, "BEGIN; ALTER SCHEMA public RENAME TO {away}; CREATE SCHEMA public;").map_err(broken)?;
    write_script(&mut input, file)?;
    writeln!(
        input,
        "ALTER SCHEMA public RENAME TO {name}; ALTER SCHEMA {away} RENAME TO public; COMMIT;"
    )
    .map_err(broken)
}

fn write_script(input: &mut ChildStdin, file: &Path) -> Result<(), ToolError> {
    let missing = |source| ToolError::Missing {
        tool: "pg_restore",
        source,
    };
    let mut restore = Command::new(path_of("pg_restore"));
    restore.args(AS_OURS).arg("--file=-").arg(file);
    restore.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut restore = restore.spawn().map_err(missing)?;
    // Taken out of the child, the pipe is closed whatever comes of it, and the child ends.
    let written = restore.stdout.take().map_or(Ok(0), |mut script| io::copy(&mut script, input));
    let done = restore.wait_with_output().map_err(missing)?;
    if !done.status.success() {
        return Err(failed("pg_restore", &done.stderr));
    }
    written.map(drop).map_err(|error| failed("psql", error.to_string().as_bytes()))
}

/// Puts a schema in the place of `public`, which gets another name, in one transaction. Servers migrate before they serve, and wait for
/// that meanwhile: none of them can begin with what is about to go.
///
/// # Errors
/// [`StoreError::Db`].
pub async fn swap(url: &str, new: &str, aside: &str, replace: bool) -> Result<Swapped, StoreError> {
    let db = Database::connect(single(url)).await?;
    let swapped = swap_on(&db, new, aside, replace).await;
    db.close().await?;
    swapped
}

async fn swap_on(db: &DatabaseConnection, new: &str, aside: &str, replace: bool) -> Result<Swapped, StoreError> {
    let tx = db.begin().await?;
    tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        .await?;
    let found = look_on(&tx).await?;
    if found.others > 0 {
        return Ok(Swapped::InUse(found.others));
    }
    if !found.things.is_empty() && !replace {
        return Ok(Swapped::Filled(found.things));
    }
    let renames = format!("ALTER SCHEMA public RENAME TO {aside}; ALTER SCHEMA {new} RENAME TO public");
    tx.execute_unprepared(&renames).await?;
    failpoint::reach("restore.before_swap")?;
    tx.commit().await?;
    failpoint::reach("restore.after_swap")?;
    // Nothing is in it: the database says itself if there is, and then it stays.
    let empty = found.things.is_empty() && db.execute_unprepared(&format!("DROP SCHEMA {aside}")).await.is_ok();
    Ok(Swapped::Done { kept: !empty })
}
