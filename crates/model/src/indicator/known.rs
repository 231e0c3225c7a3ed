//! The indicators that every installation has: the three of the passport, and how many of each group
//! were trained to work on the platform.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Definition, Who};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = IndicatorKey)]
pub enum Known {
    Qualification,
    Dissemination,
    Equipment,
    TrainedAssociationHeads,
    TrainedDeputyHeads,
    TrainedMethodologists,
    TrainedTeacherLeaders,
}

impl Known {
    pub const ALL: [Self; 7] = [
        Self::Qualification,
        Self::Dissemination,
        Self::Equipment,
        Self::TrainedAssociationHeads,
        Self::TrainedDeputyHeads,
        Self::TrainedMethodologists,
        Self::TrainedTeacherLeaders,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Qualification => "qualification",
            Self::Dissemination => "dissemination",
            Self::Equipment => "equipment",
            Self::TrainedAssociationHeads => "trained_association_heads",
            Self::TrainedDeputyHeads => "trained_deputy_heads",
            Self::TrainedMethodologists => "trained_methodologists",
            Self::TrainedTeacherLeaders => "trained_teacher_leaders",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// Its ordinal in the passport; `None` for what the passport has no plan for.
    pub fn ordinal(self) -> Option<u32> {
        match self {
            Self::Qualification => Some(1),
            Self::Dissemination => Some(2),
            Self::Equipment => Some(3),
            _ => None,
        }
    }

    pub fn definition(self) -> Definition {
        let positions =
            |codes: &[&str]| Who::Positions(codes.iter().map(|code| (*code).to_owned()).collect());
        match self {
            Self::Qualification => Definition::qualification(),
            Self::Dissemination => Definition::dissemination(),
            Self::Equipment => Definition::equipment(),
            Self::TrainedAssociationHeads => Definition::coverage(Who::AssociationHeads),
            Self::TrainedDeputyHeads => Definition::coverage(positions(&["deputy_director"])),
            Self::TrainedMethodologists => {
                Definition::coverage(positions(&["methodologist", "senior_methodologist"]))
            }
            Self::TrainedTeacherLeaders => Definition::coverage(Who::TeacherLeaders),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_indicator_is_sound_and_read_by_its_own_name() {
        for known in Known::ALL {
            assert!(known.definition().is_sound(), "{known:?}");
            assert_eq!(Known::parse(known.as_str()), Some(known));
        }
        assert_eq!(Known::parse("other"), None);
    }
}
