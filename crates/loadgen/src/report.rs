//! Figures with goals, as a table for people and as JSON for comparison.

use std::fs;
use std::path::Path;

use serde::Serialize;

/// One measured figure. In JSON: `{name, value, unit, goal, holds}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    /// What the value should be, such as `<= 1000`; `null` where it is only noted.
    pub goal: Option<String>,
    /// Whether it is; true where there is no goal.
    pub holds: bool,
}

impl Figure {
    /// A figure without a goal.
    pub fn noted(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self {
            name,
            value,
            unit,
            goal: None,
            holds: true,
        }
    }

    pub fn at_most(name: &'static str, value: f64, unit: &'static str, most: f64) -> Self {
        Self {
            goal: Some(format!("<= {most}")),
            holds: value <= most,
            ..Self::noted(name, value, unit)
        }
    }

    pub fn at_least(name: &'static str, value: f64, unit: &'static str, least: f64) -> Self {
        Self {
            goal: Some(format!(">= {least}")),
            holds: value >= least,
            ..Self::noted(name, value, unit)
        }
    }
}

pub fn hold(figures: &[Figure]) -> bool {
    figures.iter().all(|figure| figure.holds)
}

pub fn print(figures: &[Figure]) {
    for figure in figures {
        let goal = figure.goal.as_deref().unwrap_or("");
        let verdict = match (&figure.goal, figure.holds) {
            (None, _) => "",
            (Some(_), true) => "holds",
            (Some(_), false) => "FAILS",
        };
        println!(
            "{:<34} {:>12.2} {:<8} {:<10} {verdict}",
            figure.name, figure.value, figure.unit, goal
        );
    }
}

/// # Errors
///
/// The file or its folder cannot be written.
pub fn write(figures: &[Figure], path: &Path) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, serde_json::to_string_pretty(figures)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_holds_up_to_its_goal() {
        assert!(Figure::at_most("x", 5.0, "ms", 5.0).holds);
        assert!(!Figure::at_most("x", 5.1, "ms", 5.0).holds);
        assert!(Figure::at_least("x", 5.0, "ms", 5.0).holds);
        assert!(!Figure::at_least("x", 4.9, "ms", 5.0).holds);
    }

    #[test]
    fn a_measurement_that_never_came_does_not_hold() {
        assert!(!Figure::at_most("x", f64::NAN, "ms", 5.0).holds);
        assert!(!Figure::at_least("x", f64::NAN, "ms", 5.0).holds);
    }

    #[test]
    fn json_has_the_five_fields() {
        let json = serde_json::to_value([Figure::at_most("x", 1.0, "ms", 2.0)]).unwrap();
        let expected = serde_json::json!([
            {"name": "x", "value": 1.0, "unit": "ms", "goal": "<= 2", "holds": true}
        ]);
        assert_eq!(json, expected);
    }
}
