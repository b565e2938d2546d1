//! Named points at which tests make the server fail; they exist in builds with the feature `failpoints` only.
//!
//! `ROUNDS_FAILPOINTS=commit.before=kill@3,read=panic` says: die at once when that point is passed for the third time, and panic at every
//! reading of an op. `@2-5` is from the second time to the fifth.

pub(crate) use switched::reach;

#[cfg(not(feature = "failpoints"))]
mod switched {
    use crate::db::StoreError;

    /// Passes a point.
    #[inline]
    pub(crate) fn reach(_: &str) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(feature = "failpoints")]
mod switched {
    use std::collections::HashMap;
    use std::ops::RangeInclusive;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use crate::db::StoreError;

    const VARIABLE: &str = "ROUNDS_FAILPOINTS";
    /// How long a slow disk takes.
    const DELAY: Duration = Duration::from_millis(50);

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Action {
        /// Ends the process at once: nothing is flushed, no destructor runs, as with SIGKILL.
        Kill,
        Panic,
        /// The database can't be reached.
        Error,
        /// The disk is full.
        Full,
        Delay,
        /// The process stands still there until somebody lets it go on (SIGCONT).
        Stop,
    }

    #[derive(Debug)]
    struct Fault {
        action: Action,
        when: RangeInclusive<u64>,
        passed: AtomicU64,
    }

    /// Passes a point, and fails there if a test wants it.
    #[expect(clippy::panic, reason = "it is one of the faults")]
    pub(crate) fn reach(point: &str) -> Result<(), StoreError> {
        let Some(fault) = armed().get(point) else { return Ok(()) };
        let nth = fault.passed.fetch_add(1, Ordering::SeqCst) + 1;
        if !fault.when.contains(&nth) {
            return Ok(());
        }
        match fault.action {
            Action::Kill => std::process::abort(),
            Action::Panic => panic!("failpoint {point}"),
            Action::Error => Err(StoreError::unheard()),
            Action::Full => Err(StoreError::DiskFull),
            Action::Delay => {
                std::thread::sleep(DELAY);
                Ok(())
            }
            Action::Stop => {
                let stop = format!("kill -STOP {}", std::process::id());
                let stopped = std::process::Command::new("sh").args(["-c", &stop]).status();
                stopped.map(drop).map_err(|_| StoreError::unheard())
            }
        }
    }

    fn armed() -> &'static HashMap<String, Fault> {
        static ARMED: OnceLock<HashMap<String, Fault>> = OnceLock::new();
        ARMED.get_or_init(|| {
            let text = std::env::var(VARIABLE).unwrap_or_default();
            parse(&text).unwrap_or_else(|| {
                // A misspelt fault that never comes would pass for a server that bears it.
                eprintln!("{VARIABLE}: write POINT=kill|panic|error|full|delay|stop, with @N or @N-M for when, separated by commas");
                std::process::exit(64)
            })
        })
    }

    fn parse(text: &str) -> Option<HashMap<String, Fault>> {
        text.split(',').filter(|part| !part.is_empty()).map(fault).collect()
    }

    fn fault(text: &str) -> Option<(String, Fault)> {
        let (point, what) = text.split_once('=')?;
        let (action, when) = match what.split_once('@') {
            None => (what, 1..=u64::MAX),
            Some((action, when)) => {
                let (from, to) = when.split_once('-').unwrap_or((when, when));
                (action, from.parse().ok()?..=to.parse().ok()?)
            }
        };
        let action = match action {
            "kill" => Action::Kill,
            "panic" => Action::Panic,
            "error" => Action::Error,
            "full" => Action::Full,
            "delay" => Action::Delay,
            "stop" => Action::Stop,
            _ => return None,
        };
        let passed = AtomicU64::new(0);
        Some((point.to_owned(), Fault { action, when, passed }))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn faults_are_read_whole_or_not_at_all() {
            let faults = parse("commit.before=kill@3,read=panic,push.before_lock=error@2-5").unwrap();
            assert_eq!(
                (faults["commit.before"].action, &faults["commit.before"].when),
                (Action::Kill, &(3..=3))
            );
            assert_eq!(faults["read"].when, 1..=u64::MAX);
            assert_eq!(faults["push.before_lock"].when, 2..=5);
            assert!(parse("").unwrap().is_empty());
            for wrong in ["read", "read=explode", "read=kill@", "read=kill@x", "read=kill@1-"] {
                assert!(parse(wrong).is_none(), "{wrong}");
            }
        }
    }
}
