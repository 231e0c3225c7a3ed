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

    /// Keeping the classes of one school beside their teachers. City roles do not: pupils' names stay
    /// within the school.
    pub fn keeps_pupils(&self, institution: Uuid) -> bool {
        self.holds(Role::Coordinator, Scope::Institution(institution))
    }

    /// Adding people to the register: all of it, or one institution of it.
    pub fn keeps_somewhere(&self) -> bool {
        self.keeps_city_register() || self.any(Role::Coordinator)
    }

    /// Reading the registers of the whole city.
    pub fn reads_city_register(&self) -> bool {
        self.keeps_city_register() || self.holds(Role::Official, Scope::City)
    }

    /// Signing a quarter of the project's indicators: the committee, whose chair is its responsible
    /// executor. Whoever enters the documents does not sign what comes of them.
    pub fn signs_quarters(&self) -> bool {
        self.is_administrator() || self.holds(Role::Official, Scope::City)
    }

    /// Keeping the project's passport, bringing it before the Commission and writing down what that
    /// decided: the committee, whose people are the project's head and responsible executor.
    pub fn leads_project(&self) -> bool {
        self.is_administrator() || self.holds(Role::Official, Scope::City)
    }

    /// Entering what was reached and spent, with evidence: the executors, of whom the methodologists
    /// of the method centre are some.
    pub fn executes_project(&self) -> bool {
        self.leads_project() || self.holds(Role::Methodologist, Scope::City)
    }

    /// Planning a methodological association's year and keeping its members: its head and
    /// stand-in, who hold this role, and those who keep the city's registers.
    pub fn leads_association(&self, association: Uuid) -> bool {
        self.keeps_city_register()
            || self.holds(Role::AssociationHead, Scope::Association(association))
    }

    /// Reading one institution's people.
    pub fn reads_institution(&self, institution: Uuid) -> bool {
        self.reads_city_register()
            || self.keeps_institution(institution)
            || self.holds(Role::Director, Scope::Institution(institution))
    }

    /// Whether this person can do everything that `grants` allow: the condition for acting
    /// in another's place, by a reset link or a slip, without gaining anything by it.
    pub fn covers(&self, grants: &[Grant]) -> bool {
        self.is_administrator() || grants.iter().all(|grant| self.grants.contains(grant))
    }

    /// Giving or taking a grant. Coordinators and directors give none: they invite teachers.
    pub fn may_grant(&self, grant: Grant) -> bool {
        self.is_administrator()
            || (grant.role == Role::AssociationHead && self.keeps_city_register())
    }

    /// Editing a person who works in `institutions` and holds `grants`: nobody edits the
    /// card of someone with more rights than their own.
    pub fn keeps_person(&self, institutions: &[Uuid], grants: &[Grant]) -> bool {
        self.keeps_city_register() && (self.is_administrator() || !above_registers(grants))
            || (self.covers(grants) && institutions.iter().any(|id| self.keeps_institution(*id)))
    }

    /// Reading the card of a person who works in `institutions`; everyone reads their own.
    pub fn reads_person(&self, person: Uuid, institutions: &[Uuid]) -> bool {
        self.person_id == person
            || self.reads_city_register()
            || institutions.iter().any(|id| self.reads_institution(*id))
    }

    /// Issuing a link that sets a new password: an administrator for everyone, a coordinator
    /// for the people of their own institution who hold no more rights than they do.
    pub fn may_reset(&self, institutions: &[Uuid], grants: &[Grant]) -> bool {
        self.is_administrator()
            || (self.covers(grants)
                && institutions
                    .iter()
                    .any(|id| self.holds(Role::Coordinator, Scope::Institution(*id))))
    }

    /// Names of what this person may do somewhere, for a client that shows or hides
    /// its menus by them. The server asks the rules above again at every request.
    pub fn capabilities(&self) -> Vec<&'static str> {
        let keeps_somewhere = self.keeps_somewhere();
        let reads_somewhere =
            keeps_somewhere || self.reads_city_register() || self.any(Role::Director);
        [
            (true, "events.create"),
            (reads_somewhere, "people.read"),
            (keeps_somewhere, "people.edit"),
            (keeps_somewhere, "people.invite"),
            (self.keeps_city_register(), "people.archive"),
            (keeps_somewhere, "people.import"),
            (keeps_somewhere, "people.export"),
            (self.keeps_city_register(), "institutions.edit"),
            (self.keeps_city_register(), "associations.edit"),
            (self.signs_quarters(), "indicators.sign"),
            (self.leads_project(), "project.lead"),
            (self.executes_project(), "project.execute"),
            (self.is_administrator(), "grants.edit"),
            (self.is_administrator(), "access_log.read"),
            (self.is_administrator(), "problems.read"),
        ]
        .into_iter()
        .filter_map(|(holds, name)| holds.then_some(name))
        .collect()
    }

    fn any(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The associations that this person leads by name.
    pub fn led_associations(&self) -> impl Iterator<Item = Uuid> + '_ {
        self.grants.iter().filter_map(|grant| match grant {
            Grant {
                role: Role::AssociationHead,
                scope: Scope::Association(id),
            } => Some(*id),
            _ => None,
        })
    }

    /// The institutions where this person holds `role`.
    pub fn institutions_as(&self, role: Role) -> impl Iterator<Item = Uuid> + '_ {
        self.grants
            .iter()
            .filter(move |grant| grant.role == role)
            .filter_map(|grant| match grant.scope {
                Scope::Institution(id) => Some(id),
                _ => None,
            })
    }
}

fn above_registers(grants: &[Grant]) -> bool {
    grants.iter().any(|grant| grant.role == Role::Administrator)
}

#[cfg(test)]
mod tests {
    use super::{Actor, Grant, Role, Scope};
    use uuid::Uuid;

    const SCHOOL: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn holder(role: Role, scope: Scope) -> Actor {
        Actor {
            person_id: Uuid::from_u128(9),
            grants: vec![Grant { role, scope }],
        }
    }

    fn coordinator() -> Actor {
        holder(Role::Coordinator, Scope::Institution(SCHOOL))
    }

    #[test]
    fn a_coordinator_keeps_only_the_own_institution() {
        let actor = coordinator();
        assert!(actor.keeps_institution(SCHOOL) && actor.reads_institution(SCHOOL));
        assert!(!actor.keeps_institution(OTHER) && !actor.reads_institution(OTHER));
        assert!(!actor.keeps_city_register() && !actor.reads_city_register());
    }

    #[test]
    fn a_reset_link_never_gives_its_issuer_more_rights_than_they_hold() {
        let actor = coordinator();
        let grant = |role, scope| [Grant { role, scope }];
        assert!(actor.may_reset(&[SCHOOL], &[]));
        assert!(actor.may_reset(&[SCHOOL], &actor.grants));
        assert!(!actor.may_reset(&[OTHER], &[]));
        assert!(!actor.may_reset(&[SCHOOL], &grant(Role::Administrator, Scope::City)));
        assert!(!actor.may_reset(
            &[SCHOOL],
            &grant(Role::Director, Scope::Institution(SCHOOL))
        ));
        assert!(!actor.may_reset(
            &[SCHOOL],
            &grant(Role::Coordinator, Scope::Institution(OTHER))
        ));
        let methodologist = holder(Role::Methodologist, Scope::City);
        assert!(!methodologist.may_reset(&[SCHOOL], &[]));
        let administrator = holder(Role::Administrator, Scope::City);
        assert!(administrator.may_reset(&[], &grant(Role::Administrator, Scope::City)));
    }

    #[test]
    fn only_an_administrator_gives_roles_that_open_registers() {
        let everything = Role::ALL.map(|role| Grant {
            role,
            scope: match role {
                Role::Director | Role::Coordinator => Scope::Institution(SCHOOL),
                Role::AssociationHead => Scope::Association(SCHOOL),
                _ => Scope::City,
            },
        });
        let count = |actor: &Actor| everything.iter().filter(|g| actor.may_grant(**g)).count();
        assert_eq!(
            count(&holder(Role::Administrator, Scope::City)),
            Role::ALL.len()
        );
        assert_eq!(count(&holder(Role::Methodologist, Scope::City)), 1);
        assert_eq!(count(&coordinator()), 0);
        assert_eq!(
            count(&holder(Role::Director, Scope::Institution(SCHOOL))),
            0
        );
        assert_eq!(count(&holder(Role::Official, Scope::City)), 0);
    }

    #[test]
    fn a_role_fits_only_its_own_kind_of_scope() {
        assert!(Role::Coordinator.fits(Scope::Institution(SCHOOL)));
        assert!(!Role::Coordinator.fits(Scope::City));
        assert!(!Role::Administrator.fits(Scope::Institution(SCHOOL)));
        assert!(!Role::Official.fits(Scope::Event(SCHOOL)));
    }
}
