//! Random rounding made consistent by cell keys (ABS and ONS method), unbiased, zero staying zero.
//!
//! Every record or person has a key; a cell's phase φ is the sum of the keys of what contributes to it, each reduced by the base. The
//! published figure is P = base·⌊(n + φ)/base⌋: the same set has the same figure under whatever name it is asked for, and adding the same
//! cells in another way can't average the noise out.

/// Base of counts of contacts, recipients and referrals.
pub(super) const COUNT_BASE: i64 = 5;
/// Base of people (unique codes) and of people served through others.
pub(super) const PEOPLE_BASE: i64 = 10;
/// Base of syringes, out and in.
pub(super) const SYRINGE_BASE: i64 = 20;
/// Base of naloxone kits by reason.
pub(super) const NALOXONE_BASE: i64 = 5;

/// An exact figure with the phase of what contributes to it. It never leaves the publication job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Exact {
    /// The figure.
    pub n: i64,
    /// Sum of the keys modulo the base.
    phase: i64,
}

impl Exact {
    /// Adds what one record or person contributes, more than zero. The key counts once, whatever the amount.
    pub(super) fn add(&mut self, amount: i64, key: u64, base: i64) {
        self.n = self.n.saturating_add(amount);
        self.phase = (self.phase + reduce(key, base)) % base.max(1);
    }

    /// The rounded figure.
    pub(super) fn rounded(self, base: i64) -> i64 {
        round(self.n, self.phase, base)
    }
}

fn reduce(key: u64, base: i64) -> i64 {
    let base = u64::try_from(base).unwrap_or(1).max(1);
    i64::try_from(key % base).unwrap_or(0)
}

fn round(n: i64, phase: i64, base: i64) -> i64 {
    let base = base.max(1);
    base * (n.saturating_add(phase) / base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_to_200_is_rounded_to_a_neighbour_without_bias() {
        for base in [COUNT_BASE, PEOPLE_BASE, SYRINGE_BASE] {
            for n in 0..=200 {
                let mut sum = 0;
                for phase in 0..base {
                    let p = round(n, phase, base);
                    assert_eq!(p % base, 0, "n {n} base {base} phase {phase}");
                    assert!((p - n).abs() < base, "n {n} base {base} phase {phase}");
                    sum += p;
                }
                assert_eq!(sum, n * base, "the mean over all phases of {n} is {n}");
            }
        }
    }

    #[test]
    fn golden_figures() {
        let golden = [
            (0, 0, 5, 0),
            (1, 3, 5, 0),
            (1, 4, 5, 5),
            (4, 0, 5, 0),
            (4, 1, 5, 5),
            (5, 4, 5, 5),
            (9, 0, 5, 5),
            (9, 1, 5, 10),
            (13, 6, 10, 10),
            (13, 7, 10, 20),
            (47, 12, 20, 40),
            (47, 13, 20, 60),
            (200, 19, 20, 200),
        ];
        for (n, phase, base, p) in golden {
            assert_eq!(round(n, phase, base), p, "n {n} phase {phase} base {base}");
        }
    }

    #[test]
    fn zero_stays_zero_and_a_multiple_of_the_base_stays_itself() {
        assert_eq!(Exact::default().rounded(COUNT_BASE), 0);
        for phase in 0..5 {
            assert_eq!(round(35, phase, 5), 35);
        }
    }

    #[test]
    fn the_order_of_contributions_does_not_matter_and_a_key_counts_once() {
        let (mut one, mut other) = (Exact::default(), Exact::default());
        one.add(10, u64::MAX, 20);
        one.add(5, 7, 20);
        other.add(5, 7, 20);
        other.add(10, u64::MAX, 20);
        assert_eq!(one, other);
        // 2^64 − 1 leaves 15; 15 + 7 = 22 leaves 2.
        assert_eq!((one.n, one.phase), (15, 2));
    }
}
