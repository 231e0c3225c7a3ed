//! What is known of the city, as the rules see it: plain records, in any order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    EventKind, EventRole, InstitutionKind, PositionGroup, professional_development::Document,
};

#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub institutions: Vec<Institution>,
    pub positions: Vec<Position>,
    pub people: Vec<Person>,
    pub employments: Vec<Employment>,
    pub memberships: Vec<Membership>,
    pub documents: Vec<Document>,
    pub events: Vec<Event>,
    pub kits: Vec<Kit>,
    /// Heads of associations and those who stand in for them, as of today.
    pub association_heads: Vec<Uuid>,
    pub leaders: Vec<Leadership>,
}

#[derive(Debug, Clone)]
pub struct Institution {
    pub id: Uuid,
    pub kind: InstitutionKind,
    /// Belongs to the city.
    pub municipal: bool,
    /// The legal entity whose building this is; `None` for a legal entity.
    pub building_of: Option<Uuid>,
    pub archived: bool,
}

impl Institution {
    pub fn legal_entity(&self) -> Uuid {
        self.building_of.unwrap_or(self.id)
    }

    /// Whether those who work here belong to the city's education system.
    pub fn is_municipal_education(&self) -> bool {
        self.municipal && !self.archived && self.kind.is_education()
    }
}

#[derive(Debug, Clone)]
pub struct Position {
    pub code: String,
    pub group: PositionGroup,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub id: Uuid,
    /// Taken out of the register: a double, for instance.
    pub archived: bool,
}

/// Days are included at both ends.
#[derive(Debug, Clone)]
pub struct Employment {
    pub person: Uuid,
    pub institution: Uuid,
    pub position: String,
    pub is_main: bool,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub leaves: Vec<Leave>,
}

impl Employment {
    pub(super) fn is_active(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// Away from work, still employed.
#[derive(Debug, Clone, Copy)]
pub struct Leave {
    pub kind: LeaveKind,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// Maternity leave and leave to look after a child.
    Parental,
    Other,
}

impl LeaveKind {
    pub const ALL: [Self; 2] = [Self::Parental, Self::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parental => "parental",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Belongs to an association of this subject.
#[derive(Debug, Clone)]
pub struct Membership {
    pub person: Uuid,
    pub subject: String,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Became a teacher-leader on a day.
#[derive(Debug, Clone, Copy)]
pub struct Leadership {
    pub person: Uuid,
    pub since: NaiveDate,
}

/// An event that was held through the platform, or was to be.
#[derive(Debug, Clone)]
pub struct Event {
    pub id: Uuid,
    pub kind: EventKind,
    /// The day on which it began, where it took place.
    pub day: NaiveDate,
    /// From the actual start to the actual end without breaks; 0 where the room never ran.
    pub seconds: i64,
    pub parts: Vec<Part>,
    /// Everybody of the register who was there, with what counts of it.
    pub present: Vec<Present>,
}

#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub person: Uuid,
    pub role: EventRole,
    pub confirmed_by: Option<Uuid>,
}

#[derive(Debug, Clone, Copy)]
pub struct Present {
    pub person: Uuid,
    pub seconds: i64,
}

#[derive(Debug, Clone)]
pub struct Kit {
    pub id: Uuid,
    pub institution: Uuid,
    pub archived: bool,
    pub has_camera: bool,
    pub has_speakerphone: bool,
    pub has_computer: bool,
    pub has_channel: bool,
    /// In any order; of two of one day the later in the list counts.
    pub statuses: Vec<StatusChange>,
    /// The same.
    pub tests: Vec<ReadinessTest>,
}

#[derive(Debug, Clone, Copy)]
pub struct StatusChange {
    pub since: NaiveDate,
    pub status: KitStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KitStatus {
    /// To be bought.
    Planned,
    /// Delivered, being set up.
    Delivered,
    Ready,
    Repair,
    WrittenOff,
}

impl KitStatus {
    pub const ALL: [Self; 5] = [
        Self::Planned,
        Self::Delivered,
        Self::Ready,
        Self::Repair,
        Self::WrittenOff,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Delivered => "delivered",
            Self::Ready => "ready",
            Self::Repair => "repair",
            Self::WrittenOff => "written_off",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

#[derive(Debug, Clone, Copy)]
pub struct ReadinessTest {
    pub on: NaiveDate,
    pub passed: bool,
}
