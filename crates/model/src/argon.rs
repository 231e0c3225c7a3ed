//! argon2id in memory that goes back to the system as soon as it is done.

use argon2::{
    Algorithm, Argon2, Block, Params, Result, Version,
    password_hash::{
        self, Decimal, Ident, Output, ParamsString, PasswordHash, PasswordHasher, Salt,
    },
};

/// Blocks of a KiB. glibc's allocator maps what is larger than 32 MiB by itself and unmaps it when it
/// is freed; of anything smaller it keeps some for every thread that once hashed. Pages that nobody
/// writes cost nothing.
const MAPPED: usize = 33 * 1024;

/// Fills `digest` as [`Argon2::hash_password_into`] does.
pub(crate) fn hash_into(
    argon: &Argon2<'_>,
    password: &[u8],
    salt: &[u8],
    digest: &mut [u8],
) -> Result<()> {
    let mut blocks: Vec<Block> = Vec::with_capacity(MAPPED);
    blocks.resize(argon.params().block_count(), Block::default());
    argon.hash_password_into_with_memory(password, salt, digest, &mut blocks)
}

/// Makes and verifies PHC strings.
pub(crate) struct Argon;

impl PasswordHasher for Argon {
    type Params = Params;

    fn hash_password_customized<'a>(
        &self,
        password: &[u8],
        algorithm: Option<Ident<'a>>,
        version: Option<Decimal>,
        params: Params,
        salt: impl Into<Salt<'a>>,
    ) -> password_hash::Result<PasswordHash<'a>> {
        let algorithm = algorithm.map(Algorithm::try_from).transpose()?;
        let algorithm = algorithm.unwrap_or_default();
        let version = version.map(Version::try_from).transpose()?;
        let version = version.unwrap_or_default();
        let salt = salt.into();
        let mut bytes = [0; Salt::MAX_LENGTH];
        let bytes = salt.decode_b64(&mut bytes)?;
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let written = ParamsString::try_from(&params)?;
        let argon = Argon2::new(algorithm, version, params);
        let hash = Output::init_with(length, |digest| {
            Ok(hash_into(&argon, password, bytes, digest)?)
        })?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: written,
            salt: Some(salt),
            hash: Some(hash),
        })
    }
}
