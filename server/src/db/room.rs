//! Room on the disk of a SQLite database. Records are refused while there is still enough of it to commit what is under way, to checkpoint,
//! and for staff to see what is wrong.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::failpoint;

/// Bytes that stay free.
const RESERVE: u64 = 64 * 1024 * 1024;
/// How long an answer of the file system is believed. In that time pushes can't fill the reserve.
const FRESH: Duration = Duration::from_secs(1);

/// The file system that a database is on.
#[derive(Debug)]
pub(super) struct Room {
    folder: PathBuf,
    last: Mutex<Option<(Instant, bool)>>,
}

impl Room {
    /// Of the folder that a file is in.
    pub(super) fn beside(file: &Path) -> Self {
        let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty());
        Self {
            folder: folder.unwrap_or(Path::new(".")).to_path_buf(),
            last: Mutex::new(None),
        }
    }

    /// Whether there is more than the reserve.
    pub(super) fn is_there(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match *last {
            Some((at, room)) if at.elapsed() < FRESH => room,
            before => {
                let room = free(&self.folder).is_none_or(|free| free >= RESERVE);
                if !room && before.is_none_or(|(_, room)| room) {
                    tracing::error!(folder = %self.folder.display(), "the disk is nearly full; records are refused until there is room");
                }
                *last = Some((Instant::now(), room));
                room
            }
        }
    }
}

/// Bytes free for this user. A file system that does not tell is believed to have room: it will say when it is full.
fn free(folder: &Path) -> Option<u64> {
    failpoint::reach("disk.room").ok()?;
    let about = rustix::fs::statvfs(folder).ok()?;
    about.f_bavail.checked_mul(about.f_frsize)
}
