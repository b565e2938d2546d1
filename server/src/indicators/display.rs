//! How a published figure is written.

use rounds_shared::indicator::{CellFlag, Unit};

/// What to show: the figure, `<10`, or nothing.
pub(super) fn display(value: Option<f64>, flag: Option<CellFlag>, unit: Unit, threshold: i64) -> String {
    match (flag, value) {
        (Some(CellFlag::BelowThreshold), _) => format!("<{threshold}"),
        (Some(CellFlag::Withheld | CellFlag::NotComputable), _) | (None, None) => String::new(),
        (None, Some(value)) => match unit {
            Unit::Count | Unit::Quantity => format!("{value:.0}"),
            Unit::Ratio => format!("{value:.2}"),
            Unit::Share => format!("{:.0} %", value * 100.0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_figure_is_never_written() {
        let low = display(Some(5.0), Some(CellFlag::BelowThreshold), Unit::Count, 10);
        assert_eq!(low, "<10");
        assert_eq!(display(Some(40.0), Some(CellFlag::Withheld), Unit::Quantity, 10), "");
        assert_eq!(display(None, Some(CellFlag::NotComputable), Unit::Share, 10), "");
    }

    #[test]
    fn figures_are_written_in_their_unit() {
        assert_eq!(display(Some(1415.0), None, Unit::Quantity, 10), "1415");
        assert_eq!(display(Some(0.655), None, Unit::Ratio, 10), "0.66");
        assert_eq!(display(Some(0.7368), None, Unit::Share, 10), "74 %");
        assert_eq!(display(Some(0.0), None, Unit::Count, 10), "0");
    }
}
