//! Polls as clients see them: each viewer the numbers that the rules show them.

use chrono::{DateTime, Utc};
use kafedra_model::poll::{
    Electorate, Kind, Quorum, Results, State, is_carried, shows_counts, shows_names,
};
use kafedra_store::{association_member, ballot, event, poll, seat};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::attendance::local_day;

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Eye {
    pub moderates: bool,
    /// The meeting is over: whatever was left open takes no more answers.
    pub over: bool,
}

impl Eye {
    pub const LISTENER: Self = Self {
        moderates: false,
        over: false,
    };
    pub const MODERATOR: Self = Self {
        moderates: true,
        over: false,
    };

    pub fn is_closed(self, row: &poll::Model) -> bool {
        match row.state() {
            State::Draft => false,
            State::Open => self.over,
            State::Closed => true,
        }
    }

    pub fn sees_names(self, row: &poll::Model) -> bool {
        shows_names(row.kind(), row.named, self.is_closed(row), self.moderates)
    }
}

/// One option.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PollOption {
    /// `for`, `against` and `abstain` in a formal vote.
    pub text: String,
    /// Of a quiz, once it is closed; its moderators know before.
    #[schema(required)]
    pub right: Option<bool>,
}

/// A poll or a formal vote.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Poll {
    pub id: Uuid,
    pub kind: Kind,
    /// The question, or the wording that is voted on.
    pub text: String,
    pub options: Vec<PollOption>,
    /// How many options one may choose.
    pub most: usize,
    /// Whether answers are stored with names.
    pub named: bool,
    pub results: Results,
    /// Of a formal vote.
    #[schema(required)]
    pub electorate: Option<Electorate>,
    #[schema(required)]
    pub quorum: Option<Quorum>,
    pub state: State,
    #[schema(required)]
    pub opened_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub closed_at: Option<DateTime<Utc>>,
    pub result: PollResult,
}

impl Poll {
    /// `None` for a draft that this viewer may not know of.
    pub fn seen(row: &poll::Model, result: &PollResult, eye: Eye) -> Option<Self> {
        if row.state() == State::Draft && !eye.moderates {
            return None;
        }
        let kind = row.kind();
        let knows_right = kind == Kind::Quiz && (eye.moderates || eye.is_closed(row));
        Some(Self {
            id: row.id,
            kind,
            text: row.text.clone(),
            options: row
                .options()
                .into_iter()
                .map(|option| PollOption {
                    text: option.text,
                    right: knows_right.then_some(option.right),
                })
                .collect(),
            most: row.most(),
            named: row.named,
            results: row.results(),
            electorate: row.electorate(),
            quorum: row.electorate().map(|_| row.quorum()),
            state: if eye.is_closed(row) {
                State::Closed
            } else {
                row.state()
            },
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            result: result.seen(row, eye),
        })
    }
}

/// The numbers of a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PollResult {
    /// The poll.
    pub id: Uuid,
    /// How many answered.
    pub voted: u64,
    /// How often each option was chosen; null where that is not shown yet.
    #[schema(required)]
    pub counts: Option<Vec<u64>>,
    /// How many may vote in a formal vote.
    #[schema(required)]
    pub electors: Option<u64>,
    #[schema(required)]
    pub quorum_met: Option<bool>,
    /// Whether the wording was carried; null before the end.
    #[schema(required)]
    pub carried: Option<bool>,
}

impl PollResult {
    /// All there is to know; [`Self::seen`] takes out what a viewer may not.
    pub async fn of(
        db: &impl ConnectionTrait,
        event: &event::Model,
        row: &poll::Model,
    ) -> Result<Self, DbErr> {
        let voted = ballot::voters(db, row.id).await?;
        let by_option = ballot::counts(db, row.id).await?;
        let counts: Vec<u64> = (0..row.options().len())
            .map(|option| by_option.get(&option).copied().unwrap_or(0))
            .collect();
        // Whoever voted and was sent out later was an elector all the same.
        let electors = electors(db, event, row).await?.map(|all| all.max(voted));
        let quorum_met = electors.map(|electors| row.quorum().is_met(voted, electors));
        Ok(Self {
            id: row.id,
            voted,
            carried: quorum_met.map(|met| is_carried(met, &counts, voted)),
            counts: Some(counts),
            electors,
            quorum_met,
        })
    }

    pub fn seen(&self, row: &poll::Model, eye: Eye) -> Self {
        let closed = eye.is_closed(row);
        let counted = shows_counts(row.kind(), row.named, row.results(), closed, eye.moderates);
        Self {
            counts: self.counts.clone().filter(|_| counted),
            carried: self.carried.filter(|_| closed),
            ..self.clone()
        }
    }
}

/// How many may vote in a formal vote: as many as when it was closed, or as there are now.
pub(super) async fn electors(
    db: &impl ConnectionTrait,
    event: &event::Model,
    row: &poll::Model,
) -> Result<Option<u64>, DbErr> {
    let Some(electorate) = row.electorate() else {
        return Ok(None);
    };
    if let Some(electors) = row.electors {
        return Ok(Some(u64::try_from(electors).unwrap_or(0)));
    }
    Ok(Some(match (electorate, event.association_id) {
        (Electorate::Members, Some(association)) => {
            let day = local_day(event, event.starts_at);
            association_member::count(db, association, day).await?
        }
        // The association was taken off the event meanwhile: nobody is a member of none.
        (Electorate::Members, None) => 0,
        (Electorate::Admitted, _) => seat::admitted_people(db, row.room_id).await?,
    }))
}
