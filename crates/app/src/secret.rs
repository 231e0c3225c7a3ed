//! Secrets that people carry (cookies, links, slip codes) and the hashes that are stored.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// 32 random bytes as 43 URL-safe characters.
pub fn token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(random())
}

/// 32 random bytes, for a key.
pub fn random() -> [u8; 32] {
    rand::random()
}

/// SHA-256 in hex: what the database keeps of a token. Tokens carry 256 random
/// bits, so a fast hash is enough for them; passwords go through argon2id instead.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
