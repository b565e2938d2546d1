//! The steps of `test`, in the order in which they run: what is quick and often wrong comes first.

use std::path::Path;
use std::process::Command;

use super::{Fate, Shared, machine};
use crate::shell::{self, Outcome};
use crate::{codegen, pwa, tidy};

const CARGO_DENY: &str = "0.20.2";

/// One step: what it is called, what it is for, and how it runs.
pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(&mut Shared) -> Outcome<Fate>,
}

/// All steps.
pub const STEPS: &[Step] = &[
    Step {
        name: "machine",
        about: "what the other steps need is there, or gets installed",
        run: |_| passed(machine::prepare()),
    },
    Step {
        name: "fmt",
        about: "Rust is formatted",
        run: |_| cargo(&["fmt", "--all", "--check"]),
    },
    Step {
        name: "tidy",
        about: "layout rules that no compiler checks",
        run: |_| passed(tidy::run()),
    },
    Step {
        name: "codegen",
        about: "the committed contract is that of the code",
        run: |_| passed(codegen::run(true)),
    },
    Step {
        name: "pwa-install",
        about: "the app's build tools",
        run: |_| passed(pwa::install()),
    },
    Step {
        name: "pwa-types",
        about: "TypeScript types of page, service worker and scripts",
        run: |_| passed(pwa::script("typecheck")),
    },
    Step {
        name: "pwa-lint",
        about: "ESLint, with the app's import directions",
        run: |_| passed(pwa::script("lint")),
    },
    Step {
        name: "pwa-texts",
        about: "every text in every language",
        run: |_| passed(pwa::script("texts:check")),
    },
    Step {
        name: "pwa-unit",
        about: "unit tests of the app",
        run: |_| passed(pwa::script("test")),
    },
    Step {
        name: "pwa-build",
        about: "the app builds",
        run: |_| passed(pwa::script("build")),
    },
    Step {
        name: "pwa-budget",
        about: "the app's size on the capture path",
        run: |_| passed(pwa::script("budget")),
    },
    Step {
        name: "clippy",
        about: "Rust lints, warnings denied",
        run: |_| cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
    },
    Step {
        name: "rustdoc",
        about: "documentation, warnings denied",
        run: |_| rustdoc(),
    },
    Step {
        name: "deny",
        about: "licences, bans and sources of the dependencies",
        run: |_| deny(),
    },
    Step {
        name: "server",
        about: "the server's binary, which the next steps start",
        run: |_| server(),
    },
    Step {
        name: "rust",
        about: "unit, property, API and fault tests, on SQLite and PostgreSQL",
        run: rust,
    },
    Step {
        name: "browser",
        about: "the app in Chromium against the real server",
        run: |_| browser(),
    },
    Step {
        name: "contract",
        about: "schemathesis over the OpenAPI document",
        run: |_| contract(),
    },
];

fn passed(done: Outcome) -> Outcome<Fate> {
    done.map(|()| Fate::Passed)
}

fn cargo(arguments: &[&str]) -> Outcome<Fate> {
    passed(shell::finish(shell::cargo().args(arguments)))
}

fn rustdoc() -> Outcome<Fate> {
    let mut cargo = shell::cargo();
    cargo
        .args(["doc", "--workspace", "--no-deps", "--locked"])
        .env("RUSTDOCFLAGS", "-D warnings");
    passed(shell::finish(&mut cargo))
}

/// Compiling cargo-deny takes minutes, so only the build machine does it by itself.
fn deny() -> Outcome<Fate> {
    let own = shell::target().join("tools");
    let check = |name: &Path| {
        let mut deny = shell::program(&name.to_string_lossy(), Path::new(""));
        passed(shell::finish(deny.args([
            "--log-level",
            "error",
            "--workspace",
            "check",
            "bans",
            "licenses",
            "sources",
        ])))
    };
    if let Some(installed) = shell::find("cargo-deny").or_else(|| Some(own.join("bin/cargo-deny")).filter(|path| path.is_file())) {
        return check(&installed);
    }
    if std::env::var_os("CI").is_none() {
        return Ok(Fate::LeftOut(format!(
            "run `cargo install --locked cargo-deny@{CARGO_DENY}` first, or set CI=true"
        )));
    }
    let root = own.to_string_lossy().into_owned();
    shell::finish(shell::cargo().args([
        "install",
        "--quiet",
        "--locked",
        "--root",
        &root,
        &format!("cargo-deny@{CARGO_DENY}"),
    ]))?;
    check(&own.join("bin/cargo-deny"))
}

/// Built together with the tests: alone, it would be compiled with other features of its dependencies, all of them twice.
fn server() -> Outcome<Fate> {
    cargo(&["build", "--workspace", "--bins", "--locked"])
}

fn rust(shared: &mut Shared) -> Outcome<Fate> {
    let mut cargo = shell::cargo();
    cargo
        .args(["test", "--workspace", "--locked"])
        .env("ROUNDS_TEST_POSTGRES", shared.postgres()?);
    passed(shell::finish(with_binary(&mut cargo)))
}

fn browser() -> Outcome<Fate> {
    pwa::build_if_stale()?;
    pwa::install_in(Path::new("tests/browser"))?;
    let mut npm = shell::program("npm", Path::new("tests/browser"));
    passed(shell::finish(with_binary(npm.args(["test", "--silent"]))))
}

fn contract() -> Outcome<Fate> {
    let schemathesis = machine::schemathesis()?;
    pwa::install_in(Path::new("tests/browser"))?;
    let mut node = shell::program("node", Path::new("tests/contract"));
    passed(shell::finish(with_binary(
        node.arg("run.mjs").env("ROUNDS_SCHEMATHESIS", schemathesis),
    )))
}

/// Tells a test which server binary it is about.
fn with_binary(command: &mut Command) -> &mut Command {
    command.env("ROUNDS_BIN", shell::target().join("debug/rounds"))
}
