//! What slows guessing and flooding: counts per account and per address in memory, a limit on hashing, and a floor under the time of a
//! refusal, so that it does not tell what was wrong. Addresses are kept nowhere else and only for minutes.

use std::collections::HashMap;
use std::future::Future;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::AuthError;
use crate::secrets::sha256;

/// Failures are forgotten after this.
const WINDOW_MS: i64 = 10 * 60_000;
/// Failures of an account within the window.
pub(super) const ACCOUNT_FAILURES: u32 = 8;
/// Failures from an address within the window: a whole team may sit behind one.
const ADDRESS_FAILURES: u32 = 60;
/// Challenges for an address within the window; each costs a commit, and a phone needs one every ten minutes.
const ADDRESS_CHALLENGES: u32 = 1200;
/// Entries kept at most.
const MOST_ENTRIES: usize = 20_000;
/// A refusal is answered no sooner than this: longer than a hash and a commit take.
const FLOOR: Duration = Duration::from_millis(300);
/// Hashes at the same time; each takes 19 MiB.
const HASHES: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Address(IpAddr),
    Account([u8; 32]),
    Challenge(IpAddr),
}

impl Key {
    pub(super) fn account(login: &str) -> Self {
        Self::Account(sha256(login.as_bytes()))
    }

    fn most(&self) -> u32 {
        match self {
            Self::Address(_) => ADDRESS_FAILURES,
            Self::Account(_) => ACCOUNT_FAILURES,
            Self::Challenge(_) => ADDRESS_CHALLENGES,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    since: i64,
}

/// The gate of a server process.
#[derive(Debug)]
pub struct Gate {
    pub(super) hashing: Semaphore,
    failures: Mutex<HashMap<Key, Failures>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            hashing: Semaphore::new(HASHES),
            failures: Mutex::default(),
        }
    }
}

impl Gate {
    /// Refuses who has failed too often.
    pub(super) fn check(&self, keys: &[Key], now_ms: i64) -> Result<(), AuthError> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            let Some(known) = failures.get(key) else { continue };
            let ends = known.since + WINDOW_MS;
            if known.count >= key.most() && ends > now_ms {
                return Err(AuthError::Throttled(u64::try_from((ends - now_ms) / 1000).unwrap_or(0) + 1));
            }
        }
        Ok(())
    }

    /// Counts a failure, or a challenge.
    pub(super) fn count(&self, keys: &[Key], now_ms: i64) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MOST_ENTRIES {
            failures.retain(|_, known| known.since + WINDOW_MS > now_ms);
            if failures.len() >= MOST_ENTRIES {
                failures.clear();
            }
        }
        for key in keys {
            let known = failures.entry(key.clone()).or_insert(Failures { count: 0, since: now_ms });
            if known.since + WINDOW_MS <= now_ms {
                *known = Failures { count: 0, since: now_ms };
            }
            known.count = known.count.saturating_add(1);
        }
    }

    /// Forgets an account's failures after a right password.
    pub(super) fn succeeded(&self, key: &Key) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Does something guessable: refused when throttled, failures counted, and no refusal sooner than the floor.
    pub(super) async fn guard<T>(
        &self,
        keys: &[Key],
        now_ms: i64,
        work: impl Future<Output = Result<T, AuthError>>,
    ) -> Result<T, AuthError> {
        self.check(keys, now_ms)?;
        let floor = tokio::time::sleep(FLOOR);
        let outcome = work.await;
        if let Err(error) = &outcome {
            if matches!(
                error,
                AuthError::InviteUnknown | AuthError::Login | AuthError::Password | AuthError::TotpWrong
            ) {
                self.count(keys, now_ms);
            }
            floor.await;
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_after_its_failures_and_no_longer() {
        let gate = Gate::default();
        let keys = [Key::account("ana")];
        for _ in 0..ACCOUNT_FAILURES {
            assert!(gate.check(&keys, 0).is_ok());
            gate.count(&keys, 0);
        }
        assert!(matches!(gate.check(&keys, 1000), Err(AuthError::Throttled(600))));
        assert!(gate.check(&[Key::account("ben")], 1000).is_ok());
        assert!(gate.check(&keys, WINDOW_MS).is_ok());
    }

    #[test]
    fn a_right_password_clears_the_account() {
        let gate = Gate::default();
        let key = Key::account("ana");
        for _ in 0..ACCOUNT_FAILURES {
            gate.count(std::slice::from_ref(&key), 0);
        }
        gate.succeeded(&key);
        assert!(gate.check(&[key], 1).is_ok());
    }

    #[tokio::test]
    async fn a_refusal_takes_the_time_of_the_floor() {
        let gate = Gate::default();
        let started = tokio::time::Instant::now();
        let refused: Result<(), _> = gate.guard(&[], 0, async { Err(AuthError::InviteUnknown) }).await;
        assert!(refused.is_err());
        assert!(started.elapsed() >= FLOOR);
    }
}
