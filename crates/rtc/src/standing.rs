//! What moderators decided about people after their tokens were made.
//!
//! A token stays signed and in time after its owner was removed or lost the right to publish, so
//! a patched client could come back with it. This keeps, per room and identity, the moment before
//! which tokens are void and the permission that replaces older tokens' grants. It lives in memory
//! only: tokens are short-lived, and a restart ends the rooms too.

use std::collections::HashMap;

use livekit_protocol::ParticipantPermission;
use parking_lot::Mutex;

use kafedra_sfu::Grants;

/// Decisions are kept for a day, longer than any sensible token lives.
const KEPT_FOR: i64 = 24 * 3600;
/// Above this many decisions the oldest are looked through for ones to forget.
const MANY: usize = 10_000;

/// No participant has an empty identity: under it stands what holds for everybody in the room.
const NOBODY: &str = "";

/// Seconds since 1970, as tokens count them.
pub type UnixSeconds = i64;

/// Everything decided so far.
#[derive(Debug, Default)]
pub struct Standing {
    decisions: Mutex<HashMap<(String, String), Decision>>,
}

#[derive(Debug, Default)]
struct Decision {
    made: UnixSeconds,
    void_before: Option<UnixSeconds>,
    permission: Option<(UnixSeconds, ParticipantPermission)>,
}

impl Standing {
    /// Voids the tokens of `identity` in `room` whose «not before» lies before `void_before`.
    pub fn revoke(&self, room: &str, identity: &str, void_before: UnixSeconds, now: UnixSeconds) {
        self.decide(room, identity, now, |decision| {
            // Two removals: the stricter one holds.
            decision.void_before = decision.void_before.max(Some(void_before));
        });
    }

    /// Voids every token for `room` made before now: the meeting is over, and a token that
    /// outlived it must not open the room again.
    pub fn end_room(&self, room: &str, now: UnixSeconds) {
        self.revoke(room, NOBODY, now, now);
    }

    /// Remembers that `permission` replaces what tokens made until `now` say.
    pub fn permit(
        &self,
        room: &str,
        identity: &str,
        permission: ParticipantPermission,
        now: UnixSeconds,
    ) {
        self.decide(room, identity, now, |decision| {
            decision.permission = Some((now, permission));
        });
    }

    /// Whether a token made at `not_before` is void.
    pub fn is_revoked(&self, room: &str, identity: &str, not_before: UnixSeconds) -> bool {
        let decisions = self.decisions.lock();
        [identity, NOBODY].into_iter().any(|whose| {
            decisions
                .get(&key(room, whose))
                .and_then(|decision| decision.void_before)
                .is_some_and(|void_before| not_before < void_before)
        })
    }

    /// The grants that hold today for a token made at `not_before`.
    ///
    /// A token made in the very second of the decision yields to it: seconds are all we have, and
    /// its maker, if it knew of the decision, wrote the same into it.
    pub fn apply(
        &self,
        room: &str,
        identity: &str,
        not_before: UnixSeconds,
        grants: Grants,
    ) -> Grants {
        match self.decisions.lock().get(&key(room, identity)) {
            Some(Decision {
                permission: Some((made, permission)),
                ..
            }) if not_before <= *made => grants.replaced_by(permission),
            _ => grants,
        }
    }

    fn decide(
        &self,
        room: &str,
        identity: &str,
        now: UnixSeconds,
        change: impl FnOnce(&mut Decision),
    ) {
        let mut decisions = self.decisions.lock();
        if decisions.len() >= MANY {
            decisions.retain(|_, decision| now - decision.made < KEPT_FOR);
        }
        let decision = decisions.entry(key(room, identity)).or_default();
        decision.made = now;
        change(decision);
    }
}

fn key(room: &str, identity: &str) -> (String, String) {
    (room.to_owned(), identity.to_owned())
}
