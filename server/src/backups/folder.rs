//! The directory of a backup: written beside its place, flushed to the disk, and moved into place when it is whole.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::BackupError;
use super::manifest::{Data, Engine, Manifest, hex};
use crate::secrets::Sha256;

const MANIFEST: &str = "manifest.json";
/// End of the name of a backup that is not whole.
const UNFINISHED: &str = ".unfinished";

/// A backup that is being made. Dropped before it is whole, it is removed.
pub(super) struct Unfinished {
    dir: PathBuf,
    place: PathBuf,
}

impl Unfinished {
    /// Begins one in a directory, which is made if need be. `mark` tells apart what is begun in the same second.
    pub(super) fn begin(to: &Path, made_at: DateTime<Utc>, mark: &str) -> Result<Self, BackupError> {
        make_dir(to)?;
        let name = format!("rounds-{}-{mark}", made_at.format("%Y%m%dT%H%M%SZ"));
        let this = Self {
            dir: to.join(format!("{name}{UNFINISHED}")),
            place: to.join(name),
        };
        make_dir(&this.dir)?;
        Ok(this)
    }

    /// Where the data goes: an empty file that only its owner can read, whoever writes it.
    pub(super) fn data(&self, engine: Engine) -> Result<PathBuf, BackupError> {
        let path = self.dir.join(engine.file());
        private(&path)?;
        Ok(path)
    }

    /// Flushes the data to the disk, and says what it is.
    pub(super) fn weigh(&self, engine: Engine) -> Result<Data, BackupError> {
        let path = self.dir.join(engine.file());
        let file = File::open(&path).map_err(BackupError::io(&path))?;
        file.sync_all().map_err(BackupError::io(&path))?;
        weigh(&path)
    }

    /// Adds the manifest, flushes everything and gives the backup its name.
    pub(super) fn finish(self, manifest: &Manifest) -> Result<PathBuf, BackupError> {
        let path = self.dir.join(MANIFEST);
        let text = serde_json::to_vec_pretty(manifest).map_err(|e| BackupError::Refused(e.to_string()))?;
        let mut file = private(&path)?;
        file.write_all(&text)
            .and_then(|()| file.sync_all())
            .map_err(BackupError::io(&path))?;
        sync_dir(&self.dir)?;
        fs::rename(&self.dir, &self.place).map_err(BackupError::io(&self.place))?;
        let parent = self.place.parent().unwrap_or(Path::new("."));
        sync_dir(parent)?;
        Ok(self.place.clone())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After `finish` there is nothing under this name.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// A directory that only its owner can enter, with those above it.
pub(super) fn make_dir(path: &Path) -> Result<(), BackupError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(BackupError::io(path))
}

/// Flushes the names in a directory.
pub(super) fn sync_dir(path: &Path) -> Result<(), BackupError> {
    // A name without a directory before it is in the one that the program runs in.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path).and_then(|dir| dir.sync_all()).map_err(BackupError::io(path))
}

/// Opens a whole backup: its manifest, and its data after their size and hash were compared.
pub(super) fn open(backup: &Path) -> Result<(Manifest, PathBuf), BackupError> {
    let refused = |why: &str| Err(BackupError::Refused(format!("{}: {why}", backup.display())));
    if !backup.is_dir() {
        return refused("there is no backup; give the directory that rounds backup printed");
    }
    if backup.to_string_lossy().trim_end_matches('/').ends_with(UNFINISHED) {
        return refused("this backup was never finished; take an earlier one and remove this");
    }
    let path = backup.join(MANIFEST);
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return refused("there is no manifest.json in it, so it is no whole backup");
        }
        other => other.map_err(BackupError::io(&path))?,
    };
    let manifest = Manifest::read(&text)?;
    let data = backup.join(manifest.engine.file());
    let found = match weigh(&data) {
        Err(BackupError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => return refused("its data is missing"),
        other => other?,
    };
    if found.bytes != manifest.data.bytes {
        let text = format!(
            "its data has {} bytes instead of {}: it is not whole",
            found.bytes, manifest.data.bytes
        );
        return refused(&text);
    }
    if found.sha256 != manifest.data.sha256 {
        return refused("its data is not what was written (SHA-256 differs): don't use it, take another backup");
    }
    Ok((manifest, data))
}

fn weigh(path: &Path) -> Result<Data, BackupError> {
    let mut file = File::open(path).map_err(BackupError::io(path))?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::default(), 0_u64, vec![0_u8; 1 << 16]);
    loop {
        let n = file.read(&mut buffer).map_err(BackupError::io(path))?;
        if n == 0 {
            break;
        }
        hash.update(buffer.get(..n).unwrap_or_default());
        bytes += u64::try_from(n).unwrap_or_default();
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Data {
        file: name.unwrap_or_default(),
        bytes,
        sha256: hex(&hash.finish()),
    })
}

/// A new file that only its owner can read.
fn private(path: &Path) -> Result<File, BackupError> {
    let mut options = fs::OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(path);
    made.map_err(BackupError::io(path))
}

/// Copies a file to a new one that only its owner can read.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let mut source = File::open(from).map_err(BackupError::io(from))?;
    let mut target = private(to)?;
    io::copy(&mut source, &mut target)
        .and_then(|_| target.sync_all())
        .map_err(BackupError::io(to))
}
