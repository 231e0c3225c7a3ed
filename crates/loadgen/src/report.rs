//! Figures with goals, as a table for people and as JSON for comparison.

use std::fs;
use std::path::Path;

use serde::Serialize;

/// One measured figure. In JSON: `{name, value, unit, goal, holds}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    /// What the value should not exceed, or in shares delivered not fall below; `null` where the
    /// figure is only noted.
    pub goal: Option<f64>,
    /// Whether it is so; `null` without a goal.
    pub holds: Option<bool>,
}

impl Figure {
    /// A figure without a goal.
    pub fn noted(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            goal: None,
            holds: None,
        }
    }

    pub fn at_most(name: impl Into<String>, value: f64, unit: &'static str, most: f64) -> Self {
        Self {
            goal: Some(most),
            holds: Some(value <= most),
            ..Self::noted(name, value, unit)
        }
    }

    pub fn at_least(name: impl Into<String>, value: f64, unit: &'static str, least: f64) -> Self {
        Self {
            goal: Some(least),
            holds: Some(value >= least),
            ..Self::noted(name, value, unit)
        }
    }
}

pub fn print(figures: &[Figure]) {
    for figure in figures {
        let goal = figure
            .goal
            .map_or_else(String::new, |goal| format!("goal {goal}"));
        let verdict = match figure.holds {
            None => "",
            Some(true) => "holds",
            Some(false) => "missed",
        };
        println!(
            "{:<52} {:>12.2} {:<8} {:<10} {verdict}",
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
        assert!(Figure::at_most("x", 5.0, "ms", 5.0).holds == Some(true));
        assert!(Figure::at_most("x", 5.1, "ms", 5.0).holds == Some(false));
        assert!(Figure::at_least("x", 5.0, "ms", 5.0).holds == Some(true));
        assert!(Figure::at_least("x", 4.9, "ms", 5.0).holds == Some(false));
    }

    #[test]
    fn a_measurement_that_never_came_does_not_hold() {
        assert!(Figure::at_most("x", f64::NAN, "ms", 5.0).holds == Some(false));
        assert!(Figure::at_least("x", f64::NAN, "ms", 5.0).holds == Some(false));
    }

    #[test]
    fn json_has_the_five_fields() {
        let json = serde_json::to_value([Figure::at_most("x", 1.0, "ms", 2.0)]).unwrap();
        let expected = serde_json::json!([
            {"name": "x", "value": 1.0, "unit": "ms", "goal": 2.0, "holds": true}
        ]);
        assert_eq!(json, expected);
    }
}
