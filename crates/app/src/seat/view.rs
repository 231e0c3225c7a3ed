//! A seat as clients see it.

use chrono::{DateTime, Utc};
use kafedra_model::{
    SeatRole,
    seat::{May, Status},
    stage::Stage,
};
use kafedra_store::{room, seat};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One person's or guest's place in one room.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Seat {
    /// Also the identity in the media server.
    pub id: Uuid,
    pub room_id: Uuid,
    pub name: String,
    pub role: SeatRole,
    pub status: Status,
    #[schema(required)]
    pub person_id: Option<Uuid>,
    pub is_guest: bool,
    /// A room kit: many people before one camera.
    pub is_kit: bool,
    /// A pupil, by their number in the class; the name is an alias.
    #[schema(required)]
    pub pupil_number: Option<i32>,
    #[schema(required)]
    pub hand_raised_at: Option<DateTime<Utc>>,
    /// How near to the stage of a webinar; those who run the room are always on it.
    pub stage: Stage,
    /// Keeps the room's record: the running order, the counts of presence checks.
    pub is_secretary: bool,
    /// What this seat may do now; nothing before admission.
    pub may: May,
}

impl Seat {
    pub fn of(room: &room::Model, seat: &seat::Model) -> Self {
        Self {
            id: seat.id,
            room_id: seat.room_id,
            name: seat.name.clone(),
            role: seat.role(),
            status: seat.status(),
            person_id: seat.person_id,
            is_guest: seat.guest_id.is_some() && seat.kit_id.is_none(),
            is_kit: seat.kit_id.is_some(),
            pupil_number: seat.pupil_number,
            hand_raised_at: seat.hand_raised_at,
            stage: seat.stage(),
            is_secretary: seat.secretary,
            may: room.may(seat),
        }
    }
}
