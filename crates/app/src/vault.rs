//! Seals what a stolen database or backup must not tell: insurance numbers, and uploaded tables while
//! they wait.
//!
//! The key lies in the data folder, never in the database. AES-256-GCM; what is sealed is bound to the
//! record it belongs to, so that it opens nowhere else.

use std::{fmt, sync::Arc};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    error::Unspecified,
    hmac::{self, HMAC_SHA256},
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use kafedra_model::snils::Snils;
use kafedra_store::snils::Draft;
use uuid::Uuid;

use crate::{ApiError, ApiResult};

/// 32 random bytes that were made up at the first start.
#[derive(Clone, Copy)]
pub struct Key(pub [u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    seal: [u8; 32],
    lookup: hmac::Key,
}

impl Vault {
    pub fn new(key: Key) -> Self {
        let root = hmac::Key::new(HMAC_SHA256, &key.0);
        let derived = |label: &str| {
            let mut bytes = [0; 32];
            bytes.copy_from_slice(hmac::sign(&root, label.as_bytes()).as_ref());
            bytes
        };
        Self(Arc::new(Keys {
            seal: derived("seal"),
            lookup: hmac::Key::new(HMAC_SHA256, &derived("lookup")),
        }))
    }

    /// Seals `plain` for the record `of`: a nonce, the ciphertext, its tag.
    ///
    /// # Errors
    ///
    /// `internal`: a text beyond what the cipher takes at once.
    pub fn seal(&self, of: Uuid, plain: &[u8]) -> ApiResult<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut bytes = plain.to_vec();
        self.cipher()
            .and_then(|cipher| {
                let nonce = Nonce::assume_unique_for_key(nonce);
                cipher.seal_in_place_append_tag(nonce, Aad::from(of.as_bytes()), &mut bytes)
            })
            .map_err(ApiError::internal)?;
        Ok([&nonce, bytes.as_slice()].concat())
    }

    /// `None` for what was sealed with another key, for another record, or changed since.
    pub fn open(&self, of: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, bytes) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let opened = self
            .cipher()
            .and_then(|cipher| {
                let aad = Aad::from(of.as_bytes());
                cipher
                    .open_in_place(nonce, aad, &mut bytes)
                    .map(|plain| plain.len())
            })
            .ok()?;
        bytes.truncate(opened);
        Some(bytes)
    }

    fn cipher(&self) -> Result<LessSafeKey, Unspecified> {
        UnboundKey::new(&AES_256_GCM, &self.0.seal).map(LessSafeKey::new)
    }

    /// What a number is found by.
    pub fn lookup(&self, snils: &Snils) -> String {
        let tag = hmac::sign(&self.0.lookup, snils.digits().as_bytes());
        BASE64_STANDARD_NO_PAD.encode(tag.as_ref())
    }

    /// A person's number as it is kept.
    ///
    /// # Errors
    ///
    /// Never, for a number of eleven digits.
    pub fn seal_snils(&self, person: Uuid, snils: &Snils) -> ApiResult<Draft> {
        let sealed = self.seal(person, snils.digits().as_bytes())?;
        Ok(Draft {
            sealed: BASE64_STANDARD_NO_PAD.encode(sealed),
            lookup: self.lookup(snils),
        })
    }

    /// `None` where the key is another than the one it was sealed with.
    pub fn open_snils(&self, person: Uuid, sealed: &str) -> Option<Snils> {
        let sealed = BASE64_STANDARD_NO_PAD.decode(sealed).ok()?;
        let digits = String::from_utf8(self.open(person, &sealed)?).ok()?;
        Snils::parse(&digits).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_for_its_record_and_not_otherwise() {
        let (vault, other) = (Vault::new(Key([1; 32])), Vault::new(Key([2; 32])));
        let (mine, yours) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = vault.seal(mine, b"112").expect("sealed");
        assert_eq!(
            vault.open(mine, &sealed).as_deref(),
            Some(b"112".as_slice())
        );
        assert_eq!(vault.open(yours, &sealed), None);
        assert_eq!(other.open(mine, &sealed), None);
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(vault.open(mine, &changed), None, "{place}");
        }
        assert_eq!(vault.open(mine, b"short"), None);
    }

    #[test]
    fn one_number_is_sealed_differently_and_found_alike() {
        let vault = Vault::new(Key([1; 32]));
        let person = Uuid::from_u128(1);
        let snils = Snils::parse("112-233-445 95").expect("a number");
        let drafts = [(); 2].map(|()| vault.seal_snils(person, &snils).expect("sealed"));
        assert_ne!(drafts[0].sealed, drafts[1].sealed);
        assert_eq!(drafts[0].lookup, drafts[1].lookup);
        assert!(!drafts[0].sealed.contains("11223344595"));
        assert_eq!(vault.open_snils(person, &drafts[0].sealed), Some(snils));
        assert_eq!(format!("{:?}", Key([7; 32])), "Key");
    }
}
