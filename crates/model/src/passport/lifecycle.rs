//! A project's way from draft to closed, and the Commission's decisions on it.
//!
//! Invariant: a state is left only through a method that consumes it; what the Commission decides
//! carries its decision; time runs forward; nothing leads out of a closed project.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the Commission decided, as its minutes have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CommissionDecision)]
pub struct Decision {
    pub minutes_number: String,
    pub date: NaiveDate,
    /// Of the agenda: «2.1».
    pub item: String,
    pub wording: String,
    /// Position of whoever carries it out; empty where nobody has to.
    #[serde(default)]
    pub assignee: String,
    #[serde(default)]
    pub due: Option<NaiveDate>,
    #[serde(default)]
    pub status: DecisionStatus,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum DecisionStatus {
    #[default]
    Open,
    Done,
    Dropped,
}

impl Decision {
    /// The first of its fields that is empty or cannot be.
    pub fn fault(&self) -> Option<&'static str> {
        [
            ("minutesNumber", self.minutes_number.trim().is_empty()),
            ("item", self.item.trim().is_empty()),
            ("wording", self.wording.trim().is_empty()),
            ("due", self.due.is_some_and(|due| due < self.date)),
        ]
        .into_iter()
        .find_map(|(field, is_wrong)| is_wrong.then_some(field))
    }
}

/// Where a project stands. Each state carries since when, and by which decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Lifecycle {
    Draft {
        since: NaiveDate,
    },
    /// Lies before the Commission.
    Submitted {
        since: NaiveDate,
    },
    Rejected {
        decision: Decision,
    },
    Approved {
        decision: Decision,
    },
    Executing {
        since: NaiveDate,
    },
    /// A change request lies before the Commission; work goes on by the old passport.
    ChangePending {
        since: NaiveDate,
        /// Number of the request.
        request: u32,
    },
    Suspended {
        decision: Decision,
    },
    /// The final report is being made.
    Closing {
        since: NaiveDate,
    },
    Closed {
        decision: Decision,
        ending: Ending,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    AsPlanned,
    Early,
}

/// Why a project does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the project is in another state")]
    NotNow,
    #[error("a closed project stays as it is")]
    Closed,
    #[error("earlier than what happened before")]
    Earlier,
    #[error("the decision lacks its {0}")]
    Decision(&'static str),
}

impl Lifecycle {
    pub fn begin(on: NaiveDate) -> Self {
        Self::Draft { since: on }
    }

    /// Since when it has stood here.
    pub fn since(&self) -> NaiveDate {
        match self {
            Self::Draft { since }
            | Self::Submitted { since }
            | Self::Executing { since }
            | Self::ChangePending { since, .. }
            | Self::Closing { since } => *since,
            Self::Rejected { decision }
            | Self::Approved { decision }
            | Self::Suspended { decision }
            | Self::Closed { decision, .. } => decision.date,
        }
    }

    /// Whether the passport itself may be edited: afterwards it changes by requests only.
    pub fn is_editable(&self) -> bool {
        matches!(self, Self::Draft { .. })
    }

    /// Whether actual values, payments and evidence are entered.
    pub fn takes_facts(&self) -> bool {
        matches!(
            self,
            Self::Approved { .. }
                | Self::Executing { .. }
                | Self::ChangePending { .. }
                | Self::Closing { .. }
        )
    }

    pub fn submit(self, on: NaiveDate) -> Result<Self, Refused> {
        match self.forward(on)? {
            Self::Draft { .. } => Ok(Self::Submitted { since: on }),
            _ => Err(Refused::NotNow),
        }
    }

    /// Takes a submitted passport back, or a rejected one up again.
    pub fn revise(self, on: NaiveDate) -> Result<Self, Refused> {
        match self.forward(on)? {
            Self::Submitted { .. } | Self::Rejected { .. } => Ok(Self::Draft { since: on }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn approve(self, decision: Decision) -> Result<Self, Refused> {
        match self.decided(&decision)? {
            Self::Submitted { .. } => Ok(Self::Approved { decision }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn reject(self, decision: Decision) -> Result<Self, Refused> {
        match self.decided(&decision)? {
            Self::Submitted { .. } => Ok(Self::Rejected { decision }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn start(self, on: NaiveDate) -> Result<Self, Refused> {
        match self.forward(on)? {
            Self::Approved { .. } => Ok(Self::Executing { since: on }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn request_change(self, on: NaiveDate, request: u32) -> Result<Self, Refused> {
        match self.forward(on)? {
            Self::Executing { .. } => Ok(Self::ChangePending { since: on, request }),
            _ => Err(Refused::NotNow),
        }
    }

    /// The Commission approved the change or refused it; which, the request itself keeps.
    pub fn decide_change(self, decision: &Decision) -> Result<Self, Refused> {
        match self.decided(decision)? {
            Self::ChangePending { .. } => Ok(Self::Executing {
                since: decision.date,
            }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn suspend(self, decision: Decision) -> Result<Self, Refused> {
        match self.decided(&decision)? {
            Self::Approved { .. } | Self::Executing { .. } => Ok(Self::Suspended { decision }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn resume(self, decision: &Decision) -> Result<Self, Refused> {
        match self.decided(decision)? {
            Self::Suspended { .. } => Ok(Self::Executing {
                since: decision.date,
            }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn begin_closing(self, on: NaiveDate) -> Result<Self, Refused> {
        match self.forward(on)? {
            Self::Executing { .. } | Self::Suspended { .. } => Ok(Self::Closing { since: on }),
            _ => Err(Refused::NotNow),
        }
    }

    /// The Commission wants the work to go on.
    pub fn reopen(self, decision: &Decision) -> Result<Self, Refused> {
        match self.decided(decision)? {
            Self::Closing { .. } => Ok(Self::Executing {
                since: decision.date,
            }),
            _ => Err(Refused::NotNow),
        }
    }

    pub fn close(self, decision: Decision, ending: Ending) -> Result<Self, Refused> {
        match self.decided(&decision)? {
            Self::Closing { .. } => Ok(Self::Closed { decision, ending }),
            _ => Err(Refused::NotNow),
        }
    }

    fn forward(self, on: NaiveDate) -> Result<Self, Refused> {
        if matches!(self, Self::Closed { .. }) {
            Err(Refused::Closed)
        } else if on < self.since() {
            Err(Refused::Earlier)
        } else {
            Ok(self)
        }
    }

    fn decided(self, decision: &Decision) -> Result<Self, Refused> {
        match decision.fault() {
            Some(field) => Err(Refused::Decision(field)),
            None => self.forward(decision.date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2017, month, day).unwrap()
    }

    fn decision(month: u32, d: u32) -> Decision {
        Decision {
            minutes_number: "1".to_owned(),
            date: day(month, d),
            item: "2".to_owned(),
            wording: "Утвердить".to_owned(),
            assignee: String::new(),
            due: None,
            status: DecisionStatus::Open,
        }
    }

    #[test]
    fn a_project_goes_from_draft_to_closed() {
        let closed = Lifecycle::begin(day(3, 1))
            .submit(day(3, 20))
            .and_then(|one| one.reject(decision(3, 21)))
            .and_then(|one| one.revise(day(3, 22)))
            .and_then(|one| one.submit(day(3, 30)))
            .and_then(|one| one.approve(decision(4, 3)))
            .and_then(|one| one.start(day(4, 3)))
            .and_then(|one| one.request_change(day(6, 1), 1))
            .and_then(|one| one.decide_change(&decision(6, 10)))
            .and_then(|one| one.suspend(decision(7, 1)))
            .and_then(|one| one.resume(&decision(8, 1)))
            .and_then(|one| one.begin_closing(day(12, 1)))
            .and_then(|one| one.close(decision(12, 25), Ending::AsPlanned))
            .unwrap();
        assert_eq!(closed.since(), day(12, 25));
        let written = serde_json::to_string(&closed).unwrap();
        assert_eq!(serde_json::from_str::<Lifecycle>(&written).unwrap(), closed);
    }

    #[test]
    fn nothing_moves_a_closed_project() {
        let closed = || Lifecycle::Closed {
            decision: decision(12, 25),
            ending: Ending::Early,
        };
        let later = day(12, 31);
        for moved in [
            closed().submit(later),
            closed().revise(later),
            closed().approve(decision(12, 31)),
            closed().start(later),
            closed().request_change(later, 1),
            closed().begin_closing(later),
            closed().reopen(&decision(12, 31)),
        ] {
            assert_eq!(moved, Err(Refused::Closed));
        }
        assert!(!closed().is_editable() && !closed().takes_facts());
    }

    #[test]
    fn no_state_is_skipped_and_time_runs_forward() {
        let draft = || Lifecycle::begin(day(3, 1));
        assert_eq!(draft().approve(decision(4, 3)), Err(Refused::NotNow));
        assert_eq!(draft().start(day(4, 3)), Err(Refused::NotNow));
        assert_eq!(draft().begin_closing(day(4, 3)), Err(Refused::NotNow));
        assert_eq!(draft().submit(day(2, 28)), Err(Refused::Earlier));
        let submitted = draft().submit(day(3, 2)).unwrap();
        assert_eq!(submitted.approve(decision(3, 1)), Err(Refused::Earlier));
        let running = Lifecycle::Executing { since: day(4, 3) };
        assert_eq!(
            running.close(decision(12, 25), Ending::AsPlanned),
            Err(Refused::NotNow)
        );
    }

    #[test]
    fn a_decision_without_number_or_wording_decides_nothing() {
        let check = |spoil: fn(&mut Decision), field| {
            let mut decision = decision(4, 3);
            spoil(&mut decision);
            let submitted = Lifecycle::Submitted { since: day(3, 1) };
            assert_eq!(
                submitted.approve(decision),
                Err(Refused::Decision(field)),
                "{field}"
            );
        };
        check(|one| one.minutes_number = " ".to_owned(), "minutesNumber");
        check(|one| one.item = String::new(), "item");
        check(|one| one.wording = String::new(), "wording");
        check(|one| one.due = one.date.pred_opt(), "due");
    }
}
