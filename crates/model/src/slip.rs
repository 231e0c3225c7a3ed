//! One-time codes on printed slips, for teachers who have no working e-mail.
//!
//! Ten characters out of an alphabet in which nothing looks like anything else, some 46 bits.
//! That is too little for a fast hash in a stolen database, so codes go through argon2id, with one
//! fixed salt: the hash must be found by the code alone.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::argon::hash_into;

/// No 0 O, 1 I L, 2 Z, 5 S, 8 B.
const ALPHABET: &[u8; 25] = b"ACDEFGHJKMNPQRTUVWXY34679";
const LENGTH: usize = 10;

#[derive(Debug, thiserror::Error)]
#[error("argon2id failed: {0}")]
pub struct HashError(String);

/// A new code out of random `numbers`, as printed: `ACDEF-GH347`.
pub fn code(numbers: [u32; LENGTH]) -> String {
    let mut code = String::with_capacity(LENGTH + 1);
    for (place, number) in numbers.into_iter().enumerate() {
        if place == LENGTH / 2 {
            code.push('-');
        }
        // 2^32 is no multiple of 25; the bias of 10^-8 helps nobody.
        code.push(char::from(ALPHABET[number as usize % ALPHABET.len()]));
    }
    code
}

/// What was typed as a code: case, blanks and hyphens do not matter, and Cyrillic letters that
/// look like Latin ones count as those. `None` when it cannot be a code.
pub fn normalise(typed: &str) -> Option<String> {
    let code: String = typed
        .to_uppercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            'А' => 'A',
            'С' => 'C',
            'Е' => 'E',
            'Н' => 'H',
            'К' => 'K',
            'М' => 'M',
            'Р' => 'P',
            'Т' => 'T',
            'Х' => 'X',
            'У' => 'Y',
            'З' => '3',
            other => other,
        })
        .collect();
    let fits = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
    fits.then_some(code)
}

/// What the database keeps of a normalised code, in hex. Takes some milliseconds and 8 MiB.
pub fn hash(normalised: &str) -> Result<String, HashError> {
    let params =
        Params::new(8 * 1024, 1, 1, Some(32)).map_err(|error| HashError(error.to_string()))?;
    let mut digest = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    hash_into(
        &argon,
        normalised.as_bytes(),
        b"kafedra slip code",
        &mut digest,
    )
    .map_err(|error| HashError(error.to_string()))?;
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::{code, hash, normalise};

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let printed = code([0, 1, 2, 3, 4, 5, 6, 7, 8, 24]);
        assert_eq!(printed, "ACDEF-GHJK9");
        // Typed on a Russian keyboard where the letters look the same.
        for typed in ["acdefghjk9", " АСDЕF GНJК9 ", "ACDEF-GHJK9"] {
            assert_eq!(normalise(typed).as_deref(), Some("ACDEFGHJK9"), "{typed}");
        }
        for typed in [
            "",
            "ACDEF-GHJK",
            "ACDEF-GHJK0",
            "ACDEF-GHJK99",
            "щщщщщ-щщщщщ",
        ] {
            assert_eq!(normalise(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_same_code_gives_the_same_hash() {
        let (a, b) = (hash("ACDEFGHJK9"), hash("ACDEFGHJK9"));
        assert_eq!(a.expect("a hash"), b.expect("a hash"));
    }
}
