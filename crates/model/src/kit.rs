//! Room kits: a camera and a speakerphone before which many people sit.
//!
//! The kit's screen shows a [`Pass`] as a QR code, a new one every [`PERIOD`] seconds: who can
//! read it is in the room now. Opened on a phone it is exchanged for a [`Kind::Ticket`], which
//! lasts long enough to sign in or to type a name. A pass is signed, not stored.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How long one code stays on the screen, in seconds.
pub const PERIOD: i64 = 30;
/// How long a phone may take from opening the page to confirming, in seconds.
pub const TICKET_SECONDS: i64 = 600;
/// How long a pairing code works, in minutes.
pub const PAIRING_MINUTES: i64 = 60;

/// Names an event and a kit together; see `event_kit.code`.
pub type PairCode = [u8; 8];

/// What a pass is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// On the kit's screen; its time is a number of periods.
    Screen,
    /// On a phone that opened the page in time; its time is when it ends, in seconds.
    Ticket,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Self::Screen => 0,
            Self::Ticket => 1,
        }
    }
}

/// A token as it was read, not yet verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    pub kind: Kind,
    pub pair: PairCode,
    time: u32,
    mac: [u8; MAC],
}

/// 80 bits: nobody guesses one within half a minute.
const MAC: usize = 10;
const LENGTH: usize = 1 + 8 + 4 + MAC;

/// Why a pass is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPass {
    #[error("the signature does not fit")]
    Forged,
    #[error("its time is over")]
    Stale,
}

/// The pass on the kit's screen at `now` (Unix seconds), and when the next one follows.
pub fn screen(secret: &[u8], pair: PairCode, now: i64) -> (String, i64) {
    let period = now.div_euclid(PERIOD);
    (
        write(secret, Kind::Screen, pair, period),
        (period + 1) * PERIOD,
    )
}

/// A ticket from `now` on.
pub fn ticket(secret: &[u8], pair: PairCode, now: i64) -> String {
    write(secret, Kind::Ticket, pair, now + TICKET_SECONDS)
}

fn write(secret: &[u8], kind: Kind, pair: PairCode, time: i64) -> String {
    // Seconds fit until 2106, periods for longer.
    let time = u32::try_from(time).unwrap_or_default();
    let mut bytes = Vec::with_capacity(LENGTH);
    bytes.push(kind.byte());
    bytes.extend(pair);
    bytes.extend(time.to_be_bytes());
    bytes.extend(sign(secret, kind, pair, time));
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn sign(secret: &[u8], kind: Kind, pair: PairCode, time: u32) -> [u8; MAC] {
    let mut mac = [0; MAC];
    // A key of any length is fine for HMAC: RFC 2104, section 2.
    if let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(secret) {
        hmac.update(&[kind.byte()]);
        hmac.update(&pair);
        hmac.update(&time.to_be_bytes());
        let full = hmac.finalize().into_bytes();
        mac.copy_from_slice(&full[..MAC]);
    }
    mac
}

impl Pass {
    /// `None` for what cannot be a pass.
    pub fn read(token: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token.trim()).ok()?;
        let bytes: [u8; LENGTH] = bytes.try_into().ok()?;
        let kind = match bytes[0] {
            0 => Kind::Screen,
            1 => Kind::Ticket,
            _ => return None,
        };
        Some(Self {
            kind,
            pair: bytes[1..9].try_into().ok()?,
            time: u32::from_be_bytes(bytes[9..13].try_into().ok()?),
            mac: bytes[13..].try_into().ok()?,
        })
    }

    /// A screen's pass is accepted while it is shown and for one period more: a phone takes a
    /// while to open a page.
    pub fn verify(&self, secret: &[u8], now: i64) -> Result<(), BadPass> {
        let expected = sign(secret, self.kind, self.pair, self.time);
        // Compared whole, so that the time it takes says nothing about where they differ.
        let differs = expected
            .iter()
            .zip(self.mac)
            .fold(0, |differs, (a, b)| differs | (a ^ b));
        if differs != 0 || secret.is_empty() {
            return Err(BadPass::Forged);
        }
        let time = i64::from(self.time);
        let fresh = match self.kind {
            Kind::Screen => {
                let period = now.div_euclid(PERIOD);
                (period - 1..=period).contains(&time)
            }
            Kind::Ticket => now < time,
        };
        if fresh { Ok(()) } else { Err(BadPass::Stale) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"a kit's own secret";
    const PAIR: PairCode = [7; 8];
    const NOW: i64 = 1_504_515_600;

    fn check(token: &str, secret: &[u8], now: i64) -> Result<(), BadPass> {
        Pass::read(token).expect("a pass").verify(secret, now)
    }

    #[test]
    fn a_code_on_the_screen_lasts_its_period_and_the_next_one() {
        let (token, next) = screen(SECRET, PAIR, NOW);
        assert_eq!(next, NOW + PERIOD);
        assert_eq!(Pass::read(&token).map(|pass| pass.pair), Some(PAIR));
        for later in [0, 29, 30, 59] {
            assert_eq!(check(&token, SECRET, NOW + later), Ok(()), "{later}");
        }
        for wrong in [60, 3600, -1] {
            assert_eq!(check(&token, SECRET, NOW + wrong), Err(BadPass::Stale));
        }
        assert_ne!(screen(SECRET, PAIR, NOW + PERIOD).0, token);
    }

    #[test]
    fn a_ticket_lasts_ten_minutes_and_no_screen_pass_turns_into_one() {
        let token = ticket(SECRET, PAIR, NOW);
        assert_eq!(check(&token, SECRET, NOW + 599), Ok(()));
        assert_eq!(check(&token, SECRET, NOW + 600), Err(BadPass::Stale));
        let shown = screen(SECRET, PAIR, NOW).0;
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(shown).expect("bytes");
        bytes[0] = 1;
        let turned = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        assert_eq!(check(&turned, SECRET, NOW), Err(BadPass::Forged));
    }

    #[test]
    fn no_changed_byte_and_no_other_kits_secret_passes() {
        let (token, _) = screen(SECRET, PAIR, NOW);
        assert_eq!(check(&token, b"another secret", NOW), Err(BadPass::Forged));
        assert_eq!(check(&token, b"", NOW), Err(BadPass::Forged));
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).expect("bytes");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            let changed = BASE64_URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(
                check(&changed, SECRET, NOW),
                Err(BadPass::Forged),
                "{place}"
            );
        }
    }

    #[test]
    fn what_is_no_pass_is_not_read() {
        for typed in ["", "abc", "!!!", &"A".repeat(30), &"A".repeat(200)] {
            assert_eq!(Pass::read(typed), None, "{typed}");
        }
    }
}
