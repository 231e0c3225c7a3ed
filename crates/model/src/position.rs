//! Groups of positions, which the indicators count by.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a position is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionGroup {
    Teaching,
    Management,
    Support,
}

impl PositionGroup {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Teaching => "teaching",
            Self::Management => "management",
            Self::Support => "support",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Teaching, Self::Management, Self::Support]
            .into_iter()
            .find(|group| group.as_str() == name)
    }
}
