//! A fresh database per test, copied from one that was migrated once.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use rounds::db::Db;
use rounds::wiring::Random;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Advisory lock under which the template is made; the number is arbitrary.
const TEMPLATE_LOCK: i64 = 0x7465_6d70;

/// Kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A database of the cluster that `ROUNDS_TEST_POSTGRES` names.
    Postgres,
}

/// A migrated, empty database and a directory for what belongs to it.
#[derive(Debug)]
pub struct Fresh {
    /// Address as the server takes it.
    pub url: String,
    /// Kind.
    pub engine: Engine,
    dir: TempDir,
    name: Option<String>,
}

impl Fresh {
    /// Makes one.
    pub async fn make(engine: Engine) -> Self {
        let dir = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => {
                let file = dir.path().join("rounds.db");
                std::fs::write(&file, sqlite_template().await).unwrap();
                Self {
                    url: format!("sqlite:{}", file.display()),
                    engine,
                    dir,
                    name: None,
                }
            }
            Engine::Postgres => {
                let template = postgres_template().await;
                let name = format!("rounds_api_{}", Random::default().uuid().unwrap().simple());
                let cluster = connect(&cluster()).await;
                cluster
                    .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
                    .await
                    .unwrap();
                cluster.close().await.unwrap();
                Self {
                    url: database_url(&name),
                    engine,
                    dir,
                    name: Some(name),
                }
            }
        }
    }

    /// Makes one that has no tables yet.
    pub async fn unmigrated(engine: Engine) -> Self {
        let fresh = Self::make(engine).await;
        match &fresh.name {
            None => std::fs::remove_file(fresh.dir().join("rounds.db")).unwrap(),
            Some(name) => {
                let cluster = connect(&cluster()).await;
                for statement in [format!("DROP DATABASE {name}"), format!("CREATE DATABASE {name}")] {
                    cluster.execute_unprepared(&statement).await.unwrap();
                }
                cluster.close().await.unwrap();
            }
        }
        fresh
    }

    /// Ends every connection to it, as an outage would; says how many.
    pub async fn breaks_connections(&self) -> u64 {
        let Some(name) = &self.name else {
            panic!("only PostgreSQL has connections to break")
        };
        let cluster = connect(&cluster()).await;
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        let ended = cluster
            .query_all_raw(Statement::from_string(DbBackend::Postgres, end))
            .await
            .unwrap();
        cluster.close().await.unwrap();
        u64::try_from(ended.len()).unwrap()
    }

    /// Directory of the test.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Directory for the secrets.
    #[must_use]
    pub fn secrets(&self) -> PathBuf {
        self.dir.path().join("secrets")
    }

    /// Every byte that the database holds: of SQLite the file, its log and its index, of PostgreSQL a dump.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        if self.engine == Engine::Postgres {
            let dump = Command::new(tool("pg_dump")).arg("--inserts").arg(&self.url).output().unwrap();
            assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
            return dump.stdout;
        }
        let files = std::fs::read_dir(self.dir.path()).unwrap().flatten().map(|entry| entry.path());
        let files: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().contains("rounds.db")).collect();
        assert!(!files.is_empty());
        files.iter().flat_map(|path| std::fs::read(path).unwrap()).collect()
    }

    /// A copy of it as it is now, with the secrets.
    pub async fn copy(&self, db: &DatabaseConnection) -> Self {
        let copy = Self::make(self.engine).await;
        let status = Command::new("cp").arg("-a").arg(self.secrets()).arg(copy.dir()).status().unwrap();
        assert!(status.success());
        if self.engine == Engine::Sqlite {
            let file = copy.dir().join("rounds.db");
            std::fs::remove_file(&file).unwrap();
            db.execute_unprepared(&format!("VACUUM INTO '{}'", file.display())).await.unwrap();
        } else {
            let dump = copy.dir().join("dump");
            let saved = Command::new(tool("pg_dump"))
                .args(["--format=custom", "--file"])
                .arg(&dump)
                .arg(&self.url)
                .status()
                .unwrap();
            let restore = ["--clean", "--dbname", &copy.url];
            let restored = Command::new(tool("pg_restore")).args(restore).arg(&dump).status().unwrap();
            assert!(saved.success() && restored.success());
        }
        copy
    }

    /// Removes it. A test that fails leaves its PostgreSQL database behind, to be looked at.
    pub async fn remove(self) {
        if let Some(name) = &self.name {
            let cluster = connect(&cluster()).await;
            cluster
                .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                .await
                .unwrap();
            cluster.close().await.unwrap();
        }
    }
}

/// A tool of PostgreSQL, the newest that is installed.
fn tool(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions
        .map(|entry| entry.path().join("bin").join(name))
        .filter(|path| path.exists())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| PathBuf::from(name))
}

async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("template.db");
            migrate(&format!("sqlite:{}", file.display())).await;
            std::fs::read(file).unwrap()
        })
        .await
}

/// Name of a migrated database, made by whichever test process of these very migrations comes first.
async fn postgres_template() -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("rounds_template_{:016x}", migrations_hash());
            let cluster = connect(&cluster()).await;
            let run = async |sql: String| cluster.execute_unprepared(&sql).await.unwrap();
            run(format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
            let known = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
            let there = cluster
                .query_one_raw(Statement::from_string(DbBackend::Postgres, known))
                .await
                .unwrap();
            if there.is_none() {
                let unfinished = format!("{name}_unfinished");
                run(format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
                run(format!("CREATE DATABASE {unfinished}")).await;
                migrate(&database_url(&unfinished)).await;
                run(format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
            }
            run(format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
            cluster.close().await.unwrap();
            name
        })
        .await
}

async fn migrate(url: &str) {
    let db = Db::connect(url, 4).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await.unwrap();
}

fn migrations_hash() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/src");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}

fn cluster() -> String {
    match std::env::var("ROUNDS_TEST_POSTGRES") {
        Ok(url) => url,
        Err(_) => panic!("ROUNDS_TEST_POSTGRES names a PostgreSQL cluster; `cargo xtask test` starts one"),
    }
}

fn database_url(name: &str) -> String {
    let cluster = cluster();
    let server = cluster.rsplit_once('/').map_or(cluster.as_str(), |(server, _)| server);
    format!("{server}/{name}")
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}
