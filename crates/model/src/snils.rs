//! СНИЛС, the insurance number: eleven digits, the last two of which check the others.
//!
//! Nobody needs to see it whole: [`Snils`] shows itself masked, and only [`Snils::digits`] gives
//! what is encrypted and stored.

use std::fmt;

/// A number whose check digits fit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Snils(String);

/// Why a typed number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSnils {
    #[error("it does not have eleven digits")]
    Length,
    #[error("its check digits do not fit")]
    Check,
}

/// Numbers up to this one were given out before check digits were.
const UNCHECKED: u32 = 1_001_998;

impl Snils {
    /// Reads «112-233-445 95», with any spaces and dashes.
    ///
    /// # Errors
    ///
    /// One of [`BadSnils`].
    pub fn parse(typed: &str) -> Result<Self, BadSnils> {
        let mut digits = String::new();
        for c in typed.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
            } else if c.is_alphanumeric() {
                return Err(BadSnils::Length);
            }
        }
        if digits.len() != 11 {
            return Err(BadSnils::Length);
        }
        let (number, check) = digits.split_at(9);
        let (Ok(number), Ok(check)) = (number.parse::<u32>(), check.parse::<u32>()) else {
            return Err(BadSnils::Length);
        };
        // All zeroes fit their check digits, and are nobody's.
        if number == 0 || (number > UNCHECKED && check_digits(&digits) != check) {
            return Err(BadSnils::Check);
        }
        Ok(Self(digits))
    }

    /// The eleven digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// «112-233-445 95», as it is written.
    pub fn whole(&self) -> String {
        let part = |range| {
            self.0
                .get::<std::ops::Range<usize>>(range)
                .unwrap_or_default()
        };
        format!(
            "{}-{}-{} {}",
            part(0..3),
            part(3..6),
            part(6..9),
            part(9..11)
        )
    }

    /// «•••-•••-•45 95»: enough to tell two people of one name apart.
    pub fn masked(&self) -> String {
        let part = |range| {
            self.0
                .get::<std::ops::Range<usize>>(range)
                .unwrap_or_default()
        };
        format!("•••-•••-•{} {}", part(7..9), part(9..11))
    }
}

impl fmt::Debug for Snils {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The sum of the first nine digits, weighted from 9 down to 1, modulo 101; 100 is written 00.
fn check_digits(digits: &str) -> u32 {
    let sum: u32 = digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .take(9)
        .zip((1..=9).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum % 101 % 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        for typed in ["112-233-445 95", "11223344595", " 112 233 445-95 "] {
            assert_eq!(Snils::parse(typed).unwrap().digits(), "11223344595");
        }
        // 100 and 101 are both written 00.
        assert!(Snils::parse("087-654-303 00").is_ok());
    }

    #[test]
    fn no_digit_changes_and_no_two_neighbours_swap_unnoticed() {
        let right = "11223344595";
        for place in 0..9 {
            for digit in '0'..='9' {
                let mut typed: Vec<char> = right.chars().collect();
                if typed[place] == digit {
                    continue;
                }
                typed[place] = digit;
                let typed: String = typed.into_iter().collect();
                assert_eq!(Snils::parse(&typed), Err(BadSnils::Check), "{typed}");
            }
        }
        for place in 0..8 {
            let mut typed: Vec<char> = right.chars().collect();
            typed.swap(place, place + 1);
            let typed: String = typed.into_iter().collect();
            assert_eq!(Snils::parse(&typed).is_ok(), typed == right, "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in ["", "1122334459", "112233445950", "112-233-44О 95", "abc"] {
            assert_eq!(Snils::parse(typed), Err(BadSnils::Length), "{typed}");
        }
        assert_eq!(Snils::parse("00000000000"), Err(BadSnils::Check));
        assert!(Snils::parse("001-001-998 77").is_ok());
    }

    #[test]
    fn it_shows_itself_masked_only() {
        let snils = Snils::parse("112-233-445 95").unwrap();
        assert_eq!(snils.masked(), "•••-•••-•45 95");
        assert_eq!(format!("{snils:?}"), "•••-•••-•45 95");
        assert_eq!(snils.whole(), "112-233-445 95");
    }
}
