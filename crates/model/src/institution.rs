//! Kinds of institutions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionKind {
    /// General education: the third indicator counts these.
    School,
    Kindergarten,
    /// Extended education of children: arts, sports, crafts.
    ExtendedEducation,
    MethodCentre,
    Committee,
    Other,
}

impl InstitutionKind {
    pub const ALL: [Self; 6] = [
        Self::School,
        Self::Kindergarten,
        Self::ExtendedEducation,
        Self::MethodCentre,
        Self::Committee,
        Self::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Kindergarten => "kindergarten",
            Self::ExtendedEducation => "extended_education",
            Self::MethodCentre => "method_centre",
            Self::Committee => "committee",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether those who work there belong to the education system, as the indicators count it: the
    /// committee governs it, and is no part of it.
    pub fn is_education(self) -> bool {
        match self {
            Self::School | Self::Kindergarten | Self::ExtendedEducation | Self::MethodCentre => {
                true
            }
            Self::Committee | Self::Other => false,
        }
    }
}
