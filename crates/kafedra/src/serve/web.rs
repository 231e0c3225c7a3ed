//! The web client, carried inside the program.
//!
//! Owns: which file answers which path, its compression, its cache headers. Hashed files are
//! kept by browsers for good, everything else is asked for again, and a path that is no file is a
//! page of the client: it gets `index.html`, with a nonce of its own.

use std::fmt::Write as _;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Rides on an answer whose `<style>` elements the content policy must let pass.
#[derive(Debug, Clone)]
pub struct Nonce(pub String);

/// Rides on an answer that a page loads and that is never a page or a worker of its own.
#[derive(Debug, Clone, Copy)]
pub struct PartOfPage;

/// File names under here carry a hash of their content.
const HASHED: &str = "assets/";
const INDEX: &str = "index.html";
const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// Answers a path that no other route took.
pub async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let headers = request.headers();
    if path != INDEX
        && let Some(response) = file(path, headers)
    {
        return response;
    }
    if path.starts_with(HASHED) {
        // A page of the version before asks for its own scripts: it must reload, not run this page.
        return StatusCode::NOT_FOUND.into_response();
    }
    index().unwrap_or_else(missing)
}

/// `index.html` with a fresh nonce, which lets the UI kit add its own `<style>` and nobody else's.
/// It differs each time, so it is neither compressed beforehand nor compared with a kept one.
fn index() -> Option<Response> {
    let file = Dist::get(INDEX)?;
    let html = std::str::from_utf8(&file.data).ok()?;
    let nonce = BASE64_STANDARD.encode(rand::random::<[u8; 18]>());
    let meta = format!("<head>\n    <meta property=\"csp-nonce\" nonce=\"{nonce}\" />");
    let mut response = html.replacen("<head>", &meta, 1).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_TYPE, content_type(INDEX));
    response.extensions_mut().insert(Nonce(nonce));
    Some(response)
}

/// Whether the client was built into this program.
pub fn is_embedded() -> bool {
    Dist::get(INDEX).is_some()
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    if path.starts_with('.') || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let plain = Dist::get(path)?;
    let (found, encoding) = packed(path, headers).unwrap_or((plain, None));
    let mut etag = String::from("\"");
    for byte in found.metadata.sha256_hash().iter().take(12) {
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    let cache = if path.starts_with(HASHED) {
        FOREVER
    } else {
        ASK_AGAIN
    };
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*");
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(found.data).into_response()
    };
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    answer.insert(header::CONTENT_TYPE, content_type(path));
    if is_part_of_page(path) {
        response.extensions_mut().insert(PartOfPage);
    }
    Some(response)
}

/// A worker has the policy that its own script came with; all other scripts have the page's.
fn is_part_of_page(path: &str) -> bool {
    path.starts_with(HASHED)
        && !path.contains("worker")
        && [".js", ".css", ".woff2"]
            .iter()
            .any(|ending| path.ends_with(ending))
}

/// The file in the best compression that both the client accepts and the build made.
fn packed(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(accepted, encoding))
        .find_map(|(encoding, ending)| {
            Some((Dist::get(&format!("{path}.{ending}"))?, Some(encoding)))
        })
}

/// Whether an `Accept-Encoding` names the encoding with a weight above zero (RFC 9110, 12.5.3).
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding))
            && !parts.any(|part| {
                part.strip_prefix("q=")
                    .is_some_and(|weight| weight.trim_matches(['0', '.']).is_empty())
            })
    })
}

fn content_type(path: &str) -> HeaderValue {
    let guessed = mime_guess::from_path(path).first_or_octet_stream();
    let text = guessed.essence_str();
    let with_charset = if text.starts_with("text/") {
        format!("{text}; charset=utf-8")
    } else {
        text.to_owned()
    };
    HeaderValue::from_str(&with_charset)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// A program that was built before the client: the API works, pages say how to get them.
fn missing() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        "Страницы не встроены в эту программу. Соберите её командой `make run`.\n\
         The pages are not built into this program. Build it by `make run`.\n",
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::{accepts, is_part_of_page};

    #[test]
    fn an_encoding_of_weight_zero_is_not_accepted() {
        let check = |header, expected| assert_eq!(accepts(header, "br"), expected, "{header}");
        check("gzip, deflate, br", true);
        check("br;q=0.5, gzip", true);
        check("br;q=0, gzip", false);
        check("br; q=0.0", false);
        check("gzip", false);
        check("brotli", false);
    }

    #[test]
    fn a_page_and_a_worker_keep_a_policy_of_their_own() {
        for path in [
            "assets/index-1a2b.js",
            "assets/index-1a2b.css",
            "assets/sans-1.woff2",
        ] {
            assert!(is_part_of_page(path), "{path}");
        }
        for path in [
            "index.html",
            "boot.js",
            "assets/pdf.worker-1a2b.js",
            "assets/a.svg",
        ] {
            assert!(!is_part_of_page(path), "{path}");
        }
    }
}
