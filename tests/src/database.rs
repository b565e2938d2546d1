//! A fresh database per test, copied from one that was migrated once.

use std::collections::hash_map::DefaultHasher;
use std::ffi::OsString;
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
    name: Option<Name>,
}

/// A database of a PostgreSQL cluster.
#[derive(Debug)]
struct Name {
    cluster: String,
    name: String,
}

/// What a database had on disk at some time.
#[derive(Debug)]
pub enum Kept {
    /// Names and bytes of SQLite's files.
    Files(Vec<(OsString, Vec<u8>)>),
    /// Name of a copy on the same cluster.
    Copy(String),
}

impl Fresh {
    /// Makes one.
    pub async fn make(engine: Engine) -> Self {
        let dir = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => {
                let file = dir.path().join("rounds.db");
                std::fs::write(&file, sqlite_template().await).unwrap();
                Self::in_file(&file, dir)
            }
            Engine::Postgres => {
                let template = postgres_template().await;
                Self::on_cluster(cluster(), &format!(" TEMPLATE {template}"), dir).await
            }
        }
    }

    fn in_file(file: &Path, dir: TempDir) -> Self {
        Self {
            url: format!("sqlite:{}", file.display()),
            engine: Engine::Sqlite,
            dir,
            name: None,
        }
    }

    /// A SQLite database in a folder of the caller's, which has no tables yet. Its secrets lie elsewhere.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self::in_file(&folder.join("rounds.db"), tempfile::tempdir().unwrap())
    }

    /// A database without tables on a cluster of the caller's.
    pub async fn on(cluster: String) -> Self {
        Self::on_cluster(cluster, "", tempfile::tempdir().unwrap()).await
    }

    async fn on_cluster(cluster: String, from: &str, dir: TempDir) -> Self {
        let name = format!("rounds_api_{}", Random::default().uuid().unwrap().simple());
        run_on(&cluster, &[format!("CREATE DATABASE {name}{from}")]).await;
        Self {
            url: database_url(&cluster, &name),
            engine: Engine::Postgres,
            dir,
            name: Some(Name { cluster, name }),
        }
    }

    /// Keeps what is on disk, while no server runs.
    pub async fn keeps(&self) -> Kept {
        let Some(Name { cluster, name }) = &self.name else {
            let files = self.files().into_iter();
            return Kept::Files(
                files
                    .map(|path| (path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap()))
                    .collect(),
            );
        };
        let copy = format!("{name}_kept");
        self.breaks_connections().await;
        let replace = [
            format!("DROP DATABASE IF EXISTS {copy} WITH (FORCE)"),
            format!("CREATE DATABASE {copy} TEMPLATE {name}"),
        ];
        run_on(cluster, &replace).await;
        Kept::Copy(copy)
    }

    /// Puts back what was kept, while no server runs.
    pub async fn puts_back(&self, kept: &Kept) {
        match (kept, &self.name) {
            (Kept::Files(files), _) => {
                for path in self.files() {
                    std::fs::remove_file(path).unwrap();
                }
                for (name, bytes) in files {
                    std::fs::write(self.folder().join(name), bytes).unwrap();
                }
            }
            (Kept::Copy(copy), Some(Name { cluster, name })) => {
                let replace = [
                    format!("DROP DATABASE {name} WITH (FORCE)"),
                    format!("CREATE DATABASE {name} TEMPLATE {copy}"),
                ];
                run_on(cluster, &replace).await;
            }
            (Kept::Copy(_), None) => panic!("a copy of PostgreSQL is no file"),
        }
    }

    /// Folder of a SQLite database.
    fn folder(&self) -> PathBuf {
        let file = Path::new(self.url.strip_prefix("sqlite:").unwrap());
        file.parent().unwrap().to_owned()
    }

    /// Files of a SQLite database: itself, its log and its index.
    fn files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder()).unwrap().flatten().map(|entry| entry.path());
        files.filter(|path| path.to_string_lossy().contains("rounds.db")).collect()
    }

    /// Makes one that has no tables yet.
    pub async fn unmigrated(engine: Engine) -> Self {
        let fresh = Self::make(engine).await;
        match &fresh.name {
            None => std::fs::remove_file(fresh.dir().join("rounds.db")).unwrap(),
            Some(Name { cluster, name }) => {
                run_on(cluster, &[format!("DROP DATABASE {name}"), format!("CREATE DATABASE {name}")]).await;
            }
        }
        fresh
    }

    /// Ends every connection to it, as an outage would; says how many.
    pub async fn breaks_connections(&self) -> u64 {
        let Some(Name { cluster, name }) = &self.name else {
            panic!("only PostgreSQL has connections to break")
        };
        let cluster = connect(cluster).await;
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
            let dump = Command::new(postgres_tool("pg_dump"))
                .arg("--inserts")
                .arg(&self.url)
                .output()
                .unwrap();
            assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
            return dump.stdout;
        }
        let files = self.files();
        assert!(!files.is_empty());
        files.iter().flat_map(|path| std::fs::read(path).unwrap()).collect()
    }

    /// Takes a copy of another's secrets in the place of its own.
    pub fn takes_secrets(&self, of: &Self) {
        let _ = std::fs::remove_dir_all(self.secrets());
        let copied = Command::new("cp").arg("-a").arg(of.secrets()).arg(self.dir()).status().unwrap();
        assert!(copied.success());
    }

    /// Everything that a backup's directory holds; a dump of PostgreSQL also unpacked.
    #[must_use]
    pub fn unpacked(backup: &Path) -> Vec<u8> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(backup).unwrap().flatten() {
            all.extend(std::fs::read(entry.path()).unwrap());
            if entry.path().extension().is_some_and(|end| end == "pgdump") {
                let text = Command::new(postgres_tool("pg_restore"))
                    .args(["--file", "-"])
                    .arg(entry.path())
                    .output()
                    .unwrap();
                assert!(text.status.success());
                all.extend(text.stdout);
            }
        }
        all
    }

    /// Every key of the secrets directory, as raw bytes: whole files, and of those that hold a public half the private one.
    #[must_use]
    pub fn keys(&self) -> Vec<Vec<u8>> {
        let mut keys = Vec::new();
        let mut folders = vec![self.secrets()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let bytes = std::fs::read(entry.path()).unwrap();
                match entry.path().extension().and_then(|end| end.to_str()) {
                    // PKCS #8 wraps the private number of 32 bytes in an octet string.
                    Some("p8") => {
                        let at = bytes.windows(2).position(|pair| pair == [4, 32]).unwrap() + 2;
                        keys.extend(bytes.get(at..at + 32).map(<[u8]>::to_vec));
                    }
                    _ => keys.extend(bytes.last_chunk::<32>().map(|last| last.to_vec())),
                }
            }
        }
        keys
    }

    /// A copy of it as it is now, with the secrets.
    pub async fn copy(&self, db: &DatabaseConnection) -> Self {
        let copy = Self::make(self.engine).await;
        copy.takes_secrets(self);
        if self.engine == Engine::Sqlite {
            let file = copy.dir().join("rounds.db");
            std::fs::remove_file(&file).unwrap();
            db.execute_unprepared(&format!("VACUUM INTO '{}'", file.display())).await.unwrap();
        } else {
            let dump = copy.dir().join("dump");
            let mut save = Command::new(postgres_tool("pg_dump"));
            save.args(["--format=custom", "--file"]).arg(&dump).arg(&self.url);
            let mut restore = Command::new(postgres_tool("pg_restore"));
            restore.args(["--clean", "--dbname", &copy.url]).arg(&dump);
            // Apart, so that the connections of the test's clients are looked after meanwhile.
            let both = move || (save.status().unwrap(), restore.status().unwrap());
            let (saved, restored) = tokio::task::spawn_blocking(both).await.unwrap();
            assert!(saved.success() && restored.success());
        }
        copy
    }

    /// Removes it. A test that fails leaves its PostgreSQL database behind, to be looked at.
    pub async fn remove(self) {
        if let Some(Name { cluster, name }) = &self.name {
            let drop = |name: String| format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            run_on(cluster, &[drop(name.clone()), drop(format!("{name}_kept"))]).await;
        }
    }
}

/// A tool of PostgreSQL, the newest that is installed.
#[must_use]
pub fn postgres_tool(name: &str) -> PathBuf {
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
            let place = cluster();
            let cluster = connect(&place).await;
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
                migrate(&database_url(&place, &unfinished)).await;
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

fn database_url(cluster: &str, name: &str) -> String {
    let server = cluster.rsplit_once('/').map_or(cluster, |(server, _)| server);
    format!("{server}/{name}")
}

async fn run_on(cluster: &str, statements: &[String]) {
    let cluster = connect(cluster).await;
    for statement in statements {
        cluster.execute_unprepared(statement).await.unwrap();
    }
    cluster.close().await.unwrap();
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}
