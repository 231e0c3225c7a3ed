//! Passwords: what is good enough, and their argon2id hashes.
//!
//! Hashing takes about 20 ms of a core and 19 MiB on purpose: callers run it off the
//! async threads and bound how many run at once.

use std::sync::LazyLock;

use argon2::{
    Params,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};

use crate::argon::Argon;

/// Fewer characters are refused.
pub const MIN_CHARS: usize = 8;
/// More are refused, so that nobody makes the server hash a book.
pub const MAX_CHARS: usize = 128;

/// Why a password is not good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    #[error("shorter than {MIN_CHARS} characters")]
    TooShort,
    #[error("longer than {MAX_CHARS} characters")]
    TooLong,
    #[error("one of the passwords that are tried first")]
    Common,
    #[error("the login or the e-mail address itself")]
    SameAsLogin,
}

#[derive(Debug, thiserror::Error)]
#[error("argon2id failed: {0}")]
pub struct HashError(String);

/// Checks a new password by length and by what guessers try first (NIST SP 800-63B,
/// section 5.1.1.2); no rule about kinds of characters.
pub fn check(password: &str, names: &[&str]) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < MIN_CHARS {
        return Err(Weakness::TooShort);
    }
    if length > MAX_CHARS {
        return Err(Weakness::TooLong);
    }
    let lower = password.to_lowercase();
    if names.iter().any(|name| name.to_lowercase() == lower) {
        return Err(Weakness::SameAsLogin);
    }
    let mut characters = lower.chars();
    let first = characters.next();
    if COMMON.contains(&lower.as_str()) || characters.all(|c| Some(c) == first) {
        return Err(Weakness::Common);
    }
    Ok(())
}

/// The head of every list of leaked passwords, Russian ones included, of eight characters and more.
const COMMON: &[&str] = &[
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "987654321",
    "0987654321",
    "11223344",
    "12341234",
    "123123123",
    "password",
    "password1",
    "password123",
    "passw0rd",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "qwerty12",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "q1w2e3r4",
    "zaq12wsx",
    "asdfghjkl",
    "zxcvbnm1",
    "iloveyou",
    "sunshine",
    "football",
    "princess",
    "welcome1",
    "letmein1",
    "superman",
    "administrator",
    "admin123",
    "adminadmin",
    "administrator1",
    "йцукенгш",
    "йцукен123",
    "пароль123",
    "парольпароль",
    "учитель1",
    "учитель123",
    "teacher1",
    "teacher123",
    "shkola123",
    "школа123",
    "hjccbz1",
    "ghbdtn123",
    "qazwsxedc",
    "qweasdzxc",
    "abcd1234",
    "abc12345",
    "a1234567",
    "marina123",
    "natasha1",
    "spartak1",
    "kafedra1",
];

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
fn params() -> Params {
    Params::new(19 * 1024, 2, 1, None).unwrap_or_default()
}

/// The PHC string of a password. `salt` must be fresh random bytes.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, HashError> {
    let salt = SaltString::encode_b64(&salt).map_err(|error| HashError(error.to_string()))?;
    Argon
        .hash_password_customized(password.as_bytes(), None, None, params(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| HashError(error.to_string()))
}

/// Whether `password` made `stored`. Without a stored hash the same work is done and the
/// answer is no, so that the time taken does not tell whether an account exists.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> =
        LazyLock::new(|| hash("nobody has this password", [7; 16]).unwrap_or_default());
    let against = stored.unwrap_or(&NOBODY);
    let matches = PasswordHash::new(against)
        .is_ok_and(|hash| Argon.verify_password(password.as_bytes(), &hash).is_ok());
    matches && stored.is_some()
}

#[cfg(test)]
mod tests {
    use argon2::{
        Argon2,
        password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
    };

    use super::{Weakness, check, hash, verify};

    #[test]
    fn only_the_password_that_was_hashed_verifies() {
        let stored = hash("верный пароль", [1; 16]).expect("a hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("верный пароль", Some(&stored)));
        assert!(!verify("неверный пароль", Some(&stored)));
        assert!(!verify("nobody has this password", None));
        assert!(!verify("anything", Some("not a hash")));
    }

    #[test]
    fn hashes_are_those_of_the_library() {
        let stored = hash("верный пароль", [1; 16]).expect("a hash");
        let parsed = PasswordHash::new(&stored).expect("a PHC string");
        let library = Argon2::default();
        assert!(
            library
                .verify_password("верный пароль".as_bytes(), &parsed)
                .is_ok()
        );
        let salt = SaltString::encode_b64(&[2; 16]).expect("a salt");
        let theirs = library
            .hash_password(b"secret words", &salt)
            .expect("a hash");
        assert!(verify("secret words", Some(&theirs.to_string())));
    }

    #[test]
    fn short_long_common_and_own_names_are_refused_as_passwords() {
        let check = |password: &str| check(password, &["ivanova.mp"]);
        assert_eq!(check("1234567"), Err(Weakness::TooShort));
        assert_eq!(check("парольп"), Err(Weakness::TooShort));
        assert_eq!(check(&"я".repeat(129)), Err(Weakness::TooLong));
        assert_eq!(check("Qwerty123"), Err(Weakness::Common));
        assert_eq!(check("ааааааааа"), Err(Weakness::Common));
        assert_eq!(check("Ivanova.MP"), Err(Weakness::SameAsLogin));
        assert_eq!(check("синяя птица"), Ok(()));
    }
}
