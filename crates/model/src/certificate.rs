//! Certificates: who earns one, how they are numbered for people and verified by anyone.
//!
//! Invariant: a certificate says what was true when it was given out and never changes; it can only
//! be revoked, with a reason.

use rand::Rng;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::EventRole;

/// Length of an academic hour, in minutes.
pub const ACADEMIC_HOUR: u32 = 45;

/// Most academic hours that a certificate may name: a course of a quarter.
pub const MOST_HOURS: u32 = 500;

/// What earns a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CertificateRule)]
pub struct Rule {
    /// Parts in the event that are certified; `listener` is everyone who was there without another.
    pub roles: Vec<EventRole>,
    /// Least presence, in minutes.
    #[serde(default)]
    pub min_minutes: u32,
    /// Least presence, in percent of the event's duration.
    #[serde(default)]
    #[schema(maximum = 100)]
    pub min_share: u32,
}

impl Default for Rule {
    /// Listeners who were there for half of it (DOMAIN.md, section 3: listener reach), and those who spoke.
    fn default() -> Self {
        Self {
            roles: vec![
                EventRole::Speaker,
                EventRole::Moderator,
                EventRole::Listener,
            ],
            min_minutes: 0,
            min_share: 50,
        }
    }
}

/// Somebody who has a part in an event or was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub person: Uuid,
    /// With the topic of each; empty for those who merely came.
    pub parts: Vec<Part>,
    pub seconds: i64,
}

/// One role in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub role: EventRole,
    pub topic: String,
    /// By the organiser.
    pub confirmed: bool,
    /// There is a valid certificate for it.
    pub certified: bool,
}

/// Why somebody gets none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CertificateRefusal)]
pub enum Refusal {
    /// Has a valid one already.
    Certified,
    /// Nobody gives a certificate to themselves until somebody else has confirmed their part.
    OwnPart,
    /// Was never there.
    Absent,
    TooShort,
}

/// A part in the event and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub person: Uuid,
    pub role: EventRole,
    pub topic: String,
    pub seconds: i64,
    pub refusal: Option<Refusal>,
}

impl Rule {
    /// What the rule says of each candidate's parts, of those parts that it names. `duration` of the
    /// event in seconds; `issuer` is who gives them out.
    pub fn judge(&self, candidates: &[Candidate], duration: i64, issuer: Uuid) -> Vec<Finding> {
        candidates
            .iter()
            .flat_map(|candidate| self.parts(candidate).map(move |part| (candidate, part)))
            .map(|(candidate, part)| Finding {
                person: candidate.person,
                role: part.role,
                seconds: candidate.seconds,
                refusal: self.refusal(candidate, &part, duration, issuer),
                topic: part.topic,
            })
            .collect()
    }

    /// The parts that the rule names; who has none of them but was there is a listener, unless
    /// another part of theirs is more than listening.
    fn parts(&self, candidate: &Candidate) -> impl Iterator<Item = Part> + use<> {
        let active = candidate
            .parts
            .iter()
            .any(|part| part.role != EventRole::Listener);
        let listens = !active
            && !candidate
                .parts
                .iter()
                .any(|part| part.role == EventRole::Listener);
        let mut parts: Vec<Part> = candidate
            .parts
            .iter()
            .filter(|part| part.role != EventRole::Listener || !active)
            .cloned()
            .collect();
        if listens {
            parts.push(Part {
                role: EventRole::Listener,
                topic: String::new(),
                confirmed: false,
                certified: false,
            });
        }
        parts.retain(|part| self.roles.contains(&part.role));
        parts.into_iter()
    }

    fn refusal(
        &self,
        candidate: &Candidate,
        part: &Part,
        duration: i64,
        issuer: Uuid,
    ) -> Option<Refusal> {
        // In whole numbers: presence·100 against share·duration, so that exactly half is half.
        let enough = candidate.seconds >= i64::from(self.min_minutes) * 60
            && candidate.seconds.saturating_mul(100)
                >= duration.saturating_mul(i64::from(self.min_share));
        if part.certified {
            Some(Refusal::Certified)
        } else if candidate.seconds <= 0 {
            Some(Refusal::Absent)
        } else if !enough {
            Some(Refusal::TooShort)
        } else if candidate.person == issuer && part.role != EventRole::Listener && !part.confirmed
        {
            Some(Refusal::OwnPart)
        } else {
            None
        }
    }
}

/// Academic hours of an event that lasted `seconds`: rounded, one at least.
pub fn hours(seconds: i64) -> u32 {
    let hour = i64::from(ACADEMIC_HOUR) * 60;
    u32::try_from((seconds + hour / 2) / hour)
        .unwrap_or(0)
        .clamp(1, MOST_HOURS)
}

/// Letters and digits that nobody confuses when reading aloud (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code of 60 random bits that verifies a certificate: `7KQ2-M9XA-41TC`.
pub fn new_code(random: &mut impl Rng) -> String {
    let mut code = String::with_capacity(14);
    for place in 0..12 {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        let letter = ALPHABET.get(random.random_range(0..ALPHABET.len()));
        code.extend(letter.map(|byte| char::from(*byte)));
    }
    code
}

/// A code as people type it: small letters, missing hyphens, O for 0. `None` for what is none.
pub fn read_code(typed: &str) -> Option<String> {
    let letters: Vec<char> = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let known = |c: &char| u8::try_from(*c).is_ok_and(|byte| ALPHABET.contains(&byte));
    if letters.len() != 12 || !letters.iter().all(known) {
        return None;
    }
    Some(
        letters
            .chunks(4)
            .map(|part| part.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn part(role: EventRole) -> Part {
        Part {
            role,
            topic: String::new(),
            confirmed: false,
            certified: false,
        }
    }

    fn judge(
        rule: &Rule,
        person: Uuid,
        parts: &[Part],
        minutes: i64,
    ) -> Vec<(EventRole, Option<Refusal>)> {
        let candidate = Candidate {
            person,
            parts: parts.to_vec(),
            seconds: minutes * 60,
        };
        rule.judge(&[candidate], 90 * 60, ISSUER)
            .into_iter()
            .map(|finding| (finding.role, finding.refusal))
            .collect()
    }

    #[test]
    fn exactly_the_least_share_is_enough_and_a_minute_less_is_not() {
        let rule = Rule::default();
        let check = |minutes, expected| {
            assert_eq!(
                judge(&rule, OTHER, &[], minutes),
                [(EventRole::Listener, expected)]
            );
        };
        check(45, None);
        check(44, Some(Refusal::TooShort));
        check(0, Some(Refusal::Absent));
        let strict = Rule {
            min_minutes: 60,
            ..Rule::default()
        };
        assert_eq!(
            judge(&strict, OTHER, &[], 59),
            [(EventRole::Listener, Some(Refusal::TooShort))]
        );
    }

    #[test]
    fn who_spoke_is_no_listener_besides() {
        let rule = Rule::default();
        let speaker = [part(EventRole::Speaker), part(EventRole::Listener)];
        assert_eq!(
            judge(&rule, OTHER, &speaker, 90),
            [(EventRole::Speaker, None)]
        );
        // The chair has no certificate by this rule, as a listener neither.
        assert!(judge(&rule, OTHER, &[part(EventRole::Chair)], 90).is_empty());
    }

    #[test]
    fn a_speaker_who_never_came_gets_nothing() {
        let parts = [part(EventRole::Speaker)];
        let rule = Rule {
            min_share: 0,
            ..Rule::default()
        };
        assert_eq!(
            judge(&rule, OTHER, &parts, 0),
            [(EventRole::Speaker, Some(Refusal::Absent))]
        );
    }

    #[test]
    fn nobody_certifies_their_own_talk_before_another_has_confirmed_it() {
        let rule = Rule::default();
        let mut own = part(EventRole::Speaker);
        assert_eq!(
            judge(&rule, ISSUER, &[own.clone()], 90),
            [(EventRole::Speaker, Some(Refusal::OwnPart))]
        );
        own.confirmed = true;
        assert_eq!(
            judge(&rule, ISSUER, &[own], 90),
            [(EventRole::Speaker, None)]
        );
    }

    #[test]
    fn a_valid_certificate_is_not_given_out_again() {
        let mut again = part(EventRole::Speaker);
        again.certified = true;
        assert_eq!(
            judge(&Rule::default(), OTHER, &[again], 90),
            [(EventRole::Speaker, Some(Refusal::Certified))]
        );
    }

    #[test]
    fn academic_hours_are_rounded() {
        assert_eq!(hours(0), 1);
        assert_eq!(hours(90 * 60), 2);
        assert_eq!(hours(100 * 60), 2);
        assert_eq!(hours(8 * 3600), 11);
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let code = new_code(&mut rand::rng());
        assert_eq!(code.len(), 14);
        assert_eq!(read_code(&code).as_deref(), Some(code.as_str()));
        let typed = format!(
            " {} ",
            code.to_lowercase().replace('-', "").replace('0', "o")
        );
        assert_eq!(read_code(&typed).as_deref(), Some(code.as_str()));
        for bad in ["", "7KQ2-M9XA-41T", "7KQ2-M9XA-41TU", "7KQ2-M9XA-41TЯ"] {
            assert_eq!(read_code(bad), None, "{bad}");
        }
    }
}
