//! Which numbers of a device have arrived, as sorted, disjoint, inclusive ranges.

/// Inclusive ranges, sorted, not touching each other.
pub type Ranges = Vec<[i64; 2]>;

/// Adds numbers to ranges.
#[must_use]
pub fn insert(ranges: &Ranges, numbers: impl IntoIterator<Item = i64>) -> Ranges {
    let mut all: Ranges = ranges.clone();
    all.extend(numbers.into_iter().map(|n| [n, n]));
    all.sort_unstable();
    let mut merged: Ranges = Vec::with_capacity(all.len());
    for [from, to] in all {
        match merged.last_mut() {
            Some(last) if from <= last[1].saturating_add(1) => last[1] = last[1].max(to),
            _ => merged.push([from, to]),
        }
    }
    merged
}

/// Numbers from 1 to `high` that are not in the ranges.
#[must_use]
pub fn missing(ranges: &Ranges, high: i64) -> Ranges {
    let mut gaps = Vec::new();
    let mut next = 1;
    for [from, to] in ranges {
        if *from > high {
            break;
        }
        if *from > next {
            gaps.push([next, from - 1]);
        }
        next = next.max(to.saturating_add(1));
    }
    if next <= high {
        gaps.push([next, high]);
    }
    gaps
}

/// Reads the column form.
#[must_use]
pub fn parse(text: &str) -> Ranges {
    serde_json::from_str(text).unwrap_or_default()
}

/// Writes the column form.
#[must_use]
pub fn format(ranges: &Ranges) -> String {
    serde_json::to_string(ranges).unwrap_or_else(|_| "[]".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_join_ranges_whatever_their_order() {
        let one = insert(&Vec::new(), [3, 1, 2, 7]);
        assert_eq!(one, [[1, 3], [7, 7]]);
        assert_eq!(insert(&one, [5, 4, 6, 2]), [[1, 7]]);
        assert_eq!(insert(&insert(&Vec::new(), [7, 5]), [6, 1]), [[1, 1], [5, 7]]);
    }

    #[test]
    fn missing_numbers_are_named_up_to_the_highest() {
        assert_eq!(missing(&vec![[1, 40], [42, 58]], 58), [[41, 41]]);
        assert_eq!(missing(&Vec::new(), 2), [[1, 2]]);
        assert_eq!(missing(&vec![[2, 3]], 5), [[1, 1], [4, 5]]);
        assert_eq!(missing(&vec![[1, 9]], 9), Vec::<[i64; 2]>::new());
        assert_eq!(missing(&vec![[1, 2], [8, 9]], 5), [[3, 5]]);
    }
}
