//! The demonstration's random passwords, kept beside the data for a second start, readable by their owner only.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::Login;

/// Writes the log-ins with mode 0600.
///
/// # Errors
/// When the file can't be written.
pub fn keep(path: &Path, logins: &[Login]) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(logins)?;
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(&text)
}

/// Reads what was kept; nothing when there is no file.
///
/// # Errors
/// When the file can't be read or is not as it was written.
pub fn kept(path: &Path) -> io::Result<Vec<Login>> {
    match fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
