//! Hashing of passwords beside the async threads, a few at a time.

use std::sync::Arc;

use kafedra_model::password::{self, Weakness};
use tokio::sync::Semaphore;

use crate::{ApiError, ApiResult, problem::FieldCode};

/// Bounds the work: each hash takes a core for some 20 ms and 19 MiB. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hasher(Arc<Semaphore>);

impl Default for Hasher {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self(Arc::new(Semaphore::new(cores.clamp(2, 8))))
    }
}

impl Hasher {
    pub async fn hash(&self, password: String) -> ApiResult<String> {
        self.run(move || password::hash(&password, rand::random()))
            .await?
            .map_err(ApiError::internal)
    }

    /// Takes the same time with and without a stored hash.
    pub async fn verify(&self, password: String, stored: Option<String>) -> ApiResult<bool> {
        self.run(move || password::verify(&password, stored.as_deref()))
            .await
    }

    /// Runs CPU-heavy `work` off the async threads, when its turn comes.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> ApiResult<T> {
        let permit = self
            .0
            .clone()
            .acquire_owned()
            .await
            .map_err(ApiError::internal)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(ApiError::internal)
    }
}

pub const TOO_SHORT: FieldCode = FieldCode {
    code: "password.too_short",
    ru: "Слишком короткий пароль. Нужно не меньше восьми знаков.",
    en: "Too short. Use at least eight characters.",
};
pub const TOO_LONG: FieldCode = FieldCode {
    code: "password.too_long",
    ru: "Слишком длинный пароль. Хватит 128 знаков.",
    en: "Too long. 128 characters are enough.",
};
pub const COMMON: FieldCode = FieldCode {
    code: "password.common",
    ru: "Такой пароль подбирают первым. Придумайте другой, например из трёх слов.",
    en: "This password is guessed first. Choose another, three words for example.",
};
pub const SAME_AS_LOGIN: FieldCode = FieldCode {
    code: "password.same_as_login",
    ru: "Пароль совпадает с логином. Придумайте другой.",
    en: "The password equals the login. Choose another.",
};

/// Checks a new password; the refusal names the request's field `field`.
pub fn check(field: &str, password: &str, names: &[&str]) -> ApiResult<()> {
    password::check(password, names).map_err(|weakness| {
        ApiError::field(
            field,
            match weakness {
                Weakness::TooShort => &TOO_SHORT,
                Weakness::TooLong => &TOO_LONG,
                Weakness::Common => &COMMON,
                Weakness::SameAsLogin => &SAME_AS_LOGIN,
            },
        )
    })
}
