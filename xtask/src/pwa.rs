//! The progressive web app's build, run only when something it is made of has changed.

use std::path::Path;

use crate::shell::{self, Outcome};

const FOLDER: &str = "pwa";
const SOURCES: &[&str] = &[
    "src",
    "public",
    "scripts",
    "index.html",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.base.json",
];

/// Runs a script of the app's `package.json`.
pub fn script(name: &str) -> Outcome {
    shell::finish(shell::program("npm", Path::new(FOLDER)).args(["run", "--silent", name]))
}

/// Installs the app's build tools when they are missing or older than the lockfile.
pub fn install() -> Outcome {
    install_in(Path::new(FOLDER))
}

/// Installs the packages that a folder's lockfile names.
pub fn install_in(folder: &Path) -> Outcome {
    if shell::find("node").is_none() || shell::find("npm").is_none() {
        return Err("Node 20 or later with npm is needed to build the app; on Debian: apt-get install nodejs npm".into());
    }
    let at = shell::root().join(folder);
    let installed = shell::changed(&at.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= shell::changed(&at.join("package-lock.json")) {
        return Ok(());
    }
    shell::finish(shell::program("npm", folder).args(["ci", "--no-audit", "--no-fund"]))
}

/// Builds `pwa/dist` when it is missing or older than its sources.
pub fn build_if_stale() -> Outcome {
    let at = shell::root().join(FOLDER);
    let built = shell::changed(&at.join("dist/index.html"));
    let newest = SOURCES.iter().filter_map(|name| shell::changed(&at.join(name))).max();
    if built.is_some() && built >= newest {
        return Ok(());
    }
    install()?;
    script("build")
}
