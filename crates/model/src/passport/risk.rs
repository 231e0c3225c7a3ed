//! Risks by how likely they are and how much they would hurt.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Risk;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "camelCase")]
#[schema(as = RiskLevel)]
pub enum Level {
    Low,
    Medium,
    High,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    fn weight(self) -> u32 {
        match self {
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RiskStatus)]
pub enum Status {
    #[default]
    Open,
    Happened,
    Closed,
}

/// The numbers of the risks in each cell, by probability and impact, and of those that nobody has
/// weighed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    cells: [[Vec<u32>; 3]; 3],
    pub unweighed: Vec<u32>,
}

impl Matrix {
    /// Closed risks are left out.
    pub fn of(risks: &[Risk]) -> Self {
        let mut matrix = Self::default();
        for risk in risks.iter().filter(|risk| risk.status != Status::Closed) {
            let cell = match (risk.probability, risk.impact) {
                (Some(probability), Some(impact)) => matrix
                    .cells
                    .get_mut(probability as usize)
                    .and_then(|row| row.get_mut(impact as usize)),
                _ => None,
            };
            cell.unwrap_or(&mut matrix.unweighed).push(risk.number);
        }
        matrix
    }

    pub fn at(&self, probability: Level, impact: Level) -> &[u32] {
        self.cells
            .get(probability as usize)
            .and_then(|row| row.get(impact as usize))
            .map_or(&[], Vec::as_slice)
    }
}

/// How grave a cell is: the product of both, 1 to 9, in three classes.
pub fn gravity(probability: Level, impact: Level) -> Level {
    match probability.weight() * impact.weight() {
        0..=2 => Level::Low,
        3..=4 => Level::Medium,
        _ => Level::High,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passport::Passport;

    #[test]
    fn every_open_risk_stands_in_one_cell() {
        let mut risks = Passport::founding().unwrap().risks;
        assert_eq!(Matrix::of(&risks).unweighed, [1, 2, 3]);
        risks[0].probability = Some(Level::High);
        risks[0].impact = Some(Level::Low);
        risks[1].probability = Some(Level::High);
        risks[2].status = Status::Closed;
        let matrix = Matrix::of(&risks);
        assert_eq!(matrix.at(Level::High, Level::Low), [1]);
        assert!(matrix.at(Level::Low, Level::High).is_empty());
        assert_eq!(matrix.unweighed, [2]);
    }

    #[test]
    fn gravity_grows_with_both_and_is_the_same_either_way_round() {
        for one in Level::ALL {
            for other in Level::ALL {
                assert_eq!(gravity(one, other), gravity(other, one));
                assert!(gravity(one, other) <= gravity(one, Level::High));
            }
        }
        assert_eq!(gravity(Level::Low, Level::Low), Level::Low);
        assert_eq!(gravity(Level::Medium, Level::Medium), Level::Medium);
        assert_eq!(gravity(Level::High, Level::Medium), Level::High);
    }
}
