//! What the tests need of the machine. On Debian as root it gets installed, elsewhere the command is printed.

use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome};

/// A program that the tests start, and the Debian package that it comes from.
struct Need {
    package: &'static str,
    present: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need {
        package: "chromium",
        present: || shell::find("chromium").is_some() || std::env::var_os("ROUNDS_CHROMIUM").is_some(),
    },
    Need {
        package: "postgresql",
        present: || super::postgres::programs().is_some(),
    },
    Need {
        package: "python3-venv",
        present: has_venv,
    },
    Need {
        package: "nodejs",
        present: || shell::find("node").is_some(),
    },
    Need {
        package: "npm",
        present: || shell::find("npm").is_some(),
    },
];

/// Installs what is missing.
pub fn prepare() -> Outcome {
    let missing: Vec<&str> = NEEDS.iter().filter(|need| !(need.present)()).map(|need| need.package).collect();
    if missing.is_empty() {
        return node_is_new_enough();
    }
    let command = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if shell::find("apt-get").is_none() || !is_root() {
        return Err(format!("missing: {}; on Debian, as root: {command}", missing.join(", ")));
    }
    let mut update = shell::program("apt-get", Path::new(""));
    shell::finish(update.args(["update", "--quiet"]))?;
    let mut install = shell::program("apt-get", Path::new(""));
    install.env("DEBIAN_FRONTEND", "noninteractive").args(command.split(' ').skip(1));
    shell::finish(&mut install)?;
    node_is_new_enough()
}

/// Whether this process may change the machine.
pub fn is_root() -> bool {
    shell::output(shell::program("id", Path::new("")).arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn has_venv() -> bool {
    shell::output(shell::program("python3", Path::new("")).args(["-c", "import venv, ensurepip"])).is_ok()
}

fn node_is_new_enough() -> Outcome {
    let version = shell::output(shell::program("node", Path::new("")).arg("--version"))?;
    let major: u32 = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok())
        .unwrap_or(0);
    if major >= 20 {
        Ok(())
    } else {
        Err(format!("Node 20 or later is needed, this is {}", version.trim()))
    }
}

/// The schemathesis program, installed under `target/` in the version that the requirements name.
pub fn schemathesis() -> Outcome<PathBuf> {
    let folder = shell::target().join("schemathesis");
    let program = folder.join("bin/schemathesis");
    let wanted = shell::root().join("tests/contract/requirements.txt");
    let marker = folder.join("installed.txt");
    let requirements = shell::read(&wanted)?;
    if program.is_file() && shell::read(&marker).is_ok_and(|installed| installed == requirements) {
        return Ok(program);
    }
    let mut venv = shell::program("python3", Path::new(""));
    shell::finish(venv.args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = shell::program(&folder.join("bin/pip").to_string_lossy(), Path::new(""));
    shell::finish(
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&wanted),
    )?;
    shell::write(&marker, &requirements)?;
    Ok(program)
}
