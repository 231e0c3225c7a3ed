//! What counts as passing on experience (диссеминация): the material of a portfolio.

use crate::{EventKind, EventRole};

/// Whether a part in an event of this kind passes experience on. A talk and a section that one led
/// do in any event; hosting does where the host is who teaches; the jury where there is a contest.
pub fn disseminates(role: EventRole, kind: EventKind) -> bool {
    match role {
        EventRole::Speaker | EventRole::Moderator => true,
        EventRole::Host | EventRole::Organiser => {
            matches!(kind, EventKind::MasterClass | EventKind::Lesson)
        }
        EventRole::Jury => kind == EventKind::ContestStage,
        EventRole::Chair | EventRole::Secretary | EventRole::Listener => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_counts_anywhere_and_hosting_only_where_the_host_teaches() {
        for kind in EventKind::ALL {
            assert!(disseminates(EventRole::Speaker, kind));
            assert!(!disseminates(EventRole::Listener, kind));
            assert!(!disseminates(EventRole::Secretary, kind));
        }
        assert!(disseminates(EventRole::Host, EventKind::MasterClass));
        assert!(!disseminates(EventRole::Host, EventKind::StaffMeeting));
        assert!(disseminates(EventRole::Jury, EventKind::ContestStage));
        assert!(!disseminates(EventRole::Jury, EventKind::Webinar));
    }
}
