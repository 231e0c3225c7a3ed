//! What the access log tells of: looks at personal data and changes to it.

/// One kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    PersonViewed,
    PersonCreated,
    PersonChanged,
    PersonArchived,
    PersonRestored,
    EmploymentAdded,
    EmploymentChanged,
    EmploymentRemoved,
    GrantGiven,
    GrantTaken,
    InvitationCreated,
    InvitationRevoked,
    InvitationAccepted,
    ResetLinkIssued,
    PasswordReset,
    PasswordChanged,
    SlipIssued,
    InstitutionCreated,
    InstitutionChanged,
    InstitutionArchived,
    InstitutionRestored,
}

impl Action {
    pub const ALL: [Self; 21] = [
        Self::PersonViewed,
        Self::PersonCreated,
        Self::PersonChanged,
        Self::PersonArchived,
        Self::PersonRestored,
        Self::EmploymentAdded,
        Self::EmploymentChanged,
        Self::EmploymentRemoved,
        Self::GrantGiven,
        Self::GrantTaken,
        Self::InvitationCreated,
        Self::InvitationRevoked,
        Self::InvitationAccepted,
        Self::ResetLinkIssued,
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::SlipIssued,
        Self::InstitutionCreated,
        Self::InstitutionChanged,
        Self::InstitutionArchived,
        Self::InstitutionRestored,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonViewed => "person.viewed",
            Self::PersonCreated => "person.created",
            Self::PersonChanged => "person.changed",
            Self::PersonArchived => "person.archived",
            Self::PersonRestored => "person.restored",
            Self::EmploymentAdded => "employment.added",
            Self::EmploymentChanged => "employment.changed",
            Self::EmploymentRemoved => "employment.removed",
            Self::GrantGiven => "grant.given",
            Self::GrantTaken => "grant.taken",
            Self::InvitationCreated => "invitation.created",
            Self::InvitationRevoked => "invitation.revoked",
            Self::InvitationAccepted => "invitation.accepted",
            Self::ResetLinkIssued => "reset_link.issued",
            Self::PasswordReset => "password.reset",
            Self::PasswordChanged => "password.changed",
            Self::SlipIssued => "slip.issued",
            Self::InstitutionCreated => "institution.created",
            Self::InstitutionChanged => "institution.changed",
            Self::InstitutionArchived => "institution.archived",
            Self::InstitutionRestored => "institution.restored",
        }
    }
}
