//! Papers on their way to the reader: made off the async threads, sent as files with a name.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kafedra_documents::DocumentError;

use crate::{ApiError, ApiResult};

pub const PDF: &str = "application/pdf";
pub const ZIP: &str = "application/zip";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Makes a paper on a thread where it holds nobody up.
///
/// # Errors
///
/// `internal` when it could not be made.
pub async fn make<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DocumentError> + Send + 'static,
) -> ApiResult<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)
}

/// A file called `name`, shown where the browser can, saved under its name in any case. It holds
/// personal data, so nothing on the way keeps it.
pub fn file(bytes: impl Into<Body>, media_type: &'static str, name: &str) -> Response {
    let disposition = format!(
        "inline; filename=\"file\"; filename*=UTF-8''{}",
        percent(name)
    );
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("inline")),
            ),
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-store"),
            ),
        ],
        bytes.into(),
    )
        .into_response()
}

/// As RFC 8187, section 3.2.1 has it: everything but its `attr-char` is escaped.
fn percent(name: &str) -> String {
    name.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_name_in_russian_travels_in_ascii() {
        assert_eq!(
            percent("Протокол 2.pdf"),
            "%D0%9F%D1%80%D0%BE%D1%82%D0%BE%D0%BA%D0%BE%D0%BB%202.pdf"
        );
        assert_eq!(percent("a\"b\r\n;c"), "a%22b%0D%0A%3Bc");
    }
}
