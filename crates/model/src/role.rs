//! Roles as grants with a scope, and the questions that a permission check asks.
//!
//! Invariant: a grant reaches exactly its scope; only a city grant reaches everything.
//! Handlers ask [`Actor`], never the grants themselves, so that each rule stands here once.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a grant lets its holder be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the installation: everything, the access log included. City scope.
    Administrator,
    /// Methodologist of the method centre: plans events, keeps the registers. City scope.
    Methodologist,
    /// Official of the education committee: reads registers and reports. City scope.
    Official,
    /// Head or deputy head of an institution. Institution scope.
    Director,
    /// Keeps an institution's people, codes and room kits. Institution scope.
    Coordinator,
    /// Head of a methodological association. Association scope.
    AssociationHead,
}

impl Role {
    pub const ALL: [Self; 6] = [
        Self::Administrator,
        Self::Methodologist,
        Self::Official,
        Self::Director,
        Self::Coordinator,
        Self::AssociationHead,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Methodologist => "methodologist",
            Self::Official => "official",
            Self::Director => "director",
            Self::Coordinator => "coordinator",
            Self::AssociationHead => "association_head",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether a grant of this role may carry this scope.
    pub fn fits(self, scope: Scope) -> bool {
        match self {
            Self::Administrator | Self::Methodologist | Self::Official => scope == Scope::City,
            Self::Director | Self::Coordinator => matches!(scope, Scope::Institution(_)),
            Self::AssociationHead => matches!(scope, Scope::Association(_)),
        }
    }
}

/// How far a grant reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    City,
    Institution(Uuid),
    Association(Uuid),
    Event(Uuid),
}

impl Scope {
    pub fn kind(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Institution(_) => "institution",
            Self::Association(_) => "association",
            Self::Event(_) => "event",
        }
    }

    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::City => None,
            Self::Institution(id) | Self::Association(id) | Self::Event(id) => Some(id),
        }
    }

    /// Puts a scope together from its stored parts; `None` when they contradict each other.
    pub fn from_parts(kind: &str, id: Option<Uuid>) -> Option<Self> {
        match (kind, id) {
            ("city", None) => Some(Self::City),
            ("institution", Some(id)) => Some(Self::Institution(id)),
            ("association", Some(id)) => Some(Self::Association(id)),
            ("event", Some(id)) => Some(Self::Event(id)),
            _ => None,
        }
    }
}

/// One role held within one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// A signed-in person with all that was granted to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person_id: Uuid,
    pub grants: Vec<Grant>,
}

impl Actor {
    fn holds(&self, role: Role, scope: Scope) -> bool {
        self.grants.contains(&Grant { role, scope })
    }

    pub fn is_administrator(&self) -> bool {
        self.holds(Role::Administrator, Scope::City)
    }

    /// City-wide work with people and institutions.
    pub fn keeps_city_register(&self) -> bool {
        self.is_administrator() || self.holds(Role::Methodologist, Scope::City)
    }

    /// Editing one institution's people, inviting them, issuing their reset links.
    pub fn keeps_institution(&self, institution: Uuid) -> bool {
        self.keeps_city_register() || self.holds(Role::Coordinator, Scope::Institution(institution))
    }

    /// Reading the registers of the whole city.
    pub fn reads_city_register(&self) -> bool {
        self.keeps_city_register() || self.holds(Role::Official, Scope::City)
    }

    /// Reading one institution's people.
    pub fn reads_institution(&self, institution: Uuid) -> bool {
        self.reads_city_register()
            || self.keeps_institution(institution)
            || self.holds(Role::Director, Scope::Institution(institution))
    }
}
