//! Whom an event invites: people by name and groups as a whole, and what they answer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Actor;

/// People invited together. Who belongs to it is settled at the moment of inviting: whoever joins the
/// group later is invited when the organiser invites it once more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "target", rename_all = "lowercase")]
#[schema(as = InviteeGroup)]
pub enum Group {
    /// Everyone who works there.
    Institution(Uuid),
    /// Its members.
    Association(Uuid),
    /// Everyone of this position, by its code.
    Position(String),
    /// Members of the associations of this school subject.
    Subject(String),
}

impl Group {
    /// The kind and the target as they are stored.
    pub fn parts(&self) -> (&'static str, String) {
        match self {
            Self::Institution(id) => ("institution", id.to_string()),
            Self::Association(id) => ("association", id.to_string()),
            Self::Position(code) => ("position", code.clone()),
            Self::Subject(subject) => ("subject", subject.clone()),
        }
    }

    pub fn from_parts(kind: &str, target: &str) -> Option<Self> {
        Some(match kind {
            "institution" => Self::Institution(target.parse().ok()?),
            "association" => Self::Association(target.parse().ok()?),
            "position" => Self::Position(target.to_owned()),
            "subject" => Self::Subject(target.to_owned()),
            _ => return None,
        })
    }

    /// Whether this person may write to the whole group: its own people, or a register that they
    /// keep. Positions and subjects reach through the whole city.
    pub fn may_be_invited_by(&self, actor: &Actor) -> bool {
        match self {
            Self::Institution(id) => actor.reads_institution(*id),
            Self::Association(id) => actor.leads_association(*id),
            Self::Position(_) | Self::Subject(_) => actor.keeps_city_register(),
        }
    }
}

/// What an invited person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = InvitationAnswer)]
pub enum Answer {
    Coming,
    Declined,
}

impl Answer {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Declined => "declined",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Coming, Self::Declined]
            .into_iter()
            .find(|one| one.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grant, Role, Scope};

    #[test]
    fn nobody_writes_to_people_that_they_do_not_answer_for() {
        let (school, association) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let groups = [
            Group::Institution(school),
            Group::Association(association),
            Group::Position("teacher".to_owned()),
            Group::Subject("Физика".to_owned()),
        ];
        let check = |grant: Option<(Role, Scope)>, expected: [bool; 4]| {
            let actor = Actor {
                person_id: Uuid::from_u128(9),
                grants: grant
                    .map(|(role, scope)| Grant { role, scope })
                    .into_iter()
                    .collect(),
            };
            let may = groups
                .each_ref()
                .map(|group| group.may_be_invited_by(&actor));
            assert_eq!(may, expected, "{grant:?}");
        };
        check(None, [false; 4]);
        check(Some((Role::Methodologist, Scope::City)), [true; 4]);
        let head = Scope::Association(association);
        check(
            Some((Role::AssociationHead, head)),
            [false, true, false, false],
        );
        let here = Scope::Institution(school);
        check(Some((Role::Director, here)), [true, false, false, false]);
        let there = Scope::Institution(association);
        check(Some((Role::Director, there)), [false; 4]);
    }

    #[test]
    fn groups_read_back() {
        for group in [
            Group::Institution(Uuid::from_u128(1)),
            Group::Association(Uuid::from_u128(2)),
            Group::Position("teacher".to_owned()),
            Group::Subject("Физика".to_owned()),
        ] {
            let (kind, target) = group.parts();
            assert_eq!(Group::from_parts(kind, &target), Some(group));
        }
        assert_eq!(Group::from_parts("institution", "x"), None);
    }
}
