//! How the project goes, for everybody: a page that works without scripts and prints well, a feed of
//! news, a block for other sites, a bulletin and a slide.
//!
//! Invariant: no person stands on it. Positions stay out too, and so does evidence: some write names
//! there. A passport that nobody has approved is not shown. What is gathered is kept for a minute, so
//! that many readers cost no more than one.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_documents::{Letterhead, project as papers};
use kafedra_model::Locale;
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::{
    ApiError, ApiResult, AppState,
    extract::Params,
    paper,
    problem::{NOT_FOUND, locale},
};

mod feed;
mod page;
mod say;
mod view;

use view::View;

/// How long what was gathered is good for.
const FRESH: TimeDelta = TimeDelta::seconds(60);
/// Nothing but our own style; nobody frames the page itself.
const PAGE: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                    form-action 'none'; frame-ancestors 'none'";
/// The block is made to be framed: there is nothing to press in it, and nobody's data.
/// `Settings::embed_origins` says where.
const BLOCK: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                     frame-ancestors";
const HTML: &str = "text/html; charset=utf-8";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/public", get(page))
        .route("/public/embed", get(embed))
        .route("/public/style.css", get(style))
        .route("/public/news.rss", get(rss))
        .route("/public/bulletin.pdf", get(bulletin))
        .route("/public/slide.pdf", get(slide))
}

/// What was gathered last, and when.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<Gathered>>);

/// `None` where there is no project to show.
type Gathered = (DateTime<Utc>, Option<Arc<View>>);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    lang: String,
}

impl Asked {
    fn locale(&self) -> Locale {
        Locale::parse(&self.lang).unwrap_or_else(locale)
    }
}

/// `None` before a project was approved.
async fn view(state: &AppState) -> ApiResult<Option<Arc<View>>> {
    let now = state.clock.now();
    let mut kept = state.public.0.lock().await;
    if let Some((at, view)) = &*kept
        && now - *at < FRESH
    {
        return Ok(view.clone());
    }
    let view = View::gather(state).await?.map(Arc::new);
    *kept = Some((now, view.clone()));
    Ok(view)
}

async fn page(State(state): State<AppState>, Params(asked): Params<Asked>) -> ApiResult<Response> {
    let locale = asked.locale();
    Ok(match view(&state).await? {
        Some(view) => answer(HTML, PAGE, page::whole(&view, &state.settings.name, locale)),
        None => {
            let empty = page::nothing(&state.settings.name, locale);
            (StatusCode::NOT_FOUND, answer(HTML, PAGE, empty)).into_response()
        }
    })
}

async fn embed(State(state): State<AppState>, Params(asked): Params<Asked>) -> ApiResult<Response> {
    let locale = asked.locale();
    let html = match view(&state).await? {
        Some(view) => page::block(&view, &state.settings.public_url, locale),
        None => page::nothing(&state.settings.name, locale),
    };
    let origins = match state.settings.embed_origins.join(" ") {
        none if none.is_empty() => "*".to_owned(),
        named => named,
    };
    let mut response = answer(HTML, PAGE, html);
    let policy =
        HeaderValue::from_str(&format!("{BLOCK} {origins}")).map_err(ApiError::internal)?;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    // Another site shows it.
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    Ok(response)
}

async fn style() -> Response {
    answer(
        "text/css; charset=utf-8",
        PAGE,
        include_str!("style.css").to_owned(),
    )
}

async fn rss(State(state): State<AppState>, Params(asked): Params<Asked>) -> ApiResult<Response> {
    let locale = asked.locale();
    let view = view(&state)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let feed = feed::rss(&view, &state.settings.public_url, locale);
    Ok(answer("application/rss+xml; charset=utf-8", PAGE, feed))
}

async fn bulletin(
    State(state): State<AppState>,
    Params(asked): Params<Asked>,
) -> ApiResult<Response> {
    let locale = asked.locale();
    let view = view(&state)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let letterhead = Letterhead {
        organisation: state.settings.name.clone(),
        ..Letterhead::default()
    };
    let at = state.clock.now();
    let bytes =
        paper::make(move || papers::bulletin(&view.progress, locale).pdf(&letterhead, at)).await?;
    Ok(paper::file(
        bytes,
        paper::PDF,
        say::pick(locale, "Бюллетень.pdf", "Bulletin.pdf"),
    ))
}

async fn slide(State(state): State<AppState>, Params(asked): Params<Asked>) -> ApiResult<Response> {
    let locale = asked.locale();
    let view = view(&state)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let at = state.clock.now();
    let bytes = paper::make(move || papers::slide(&view.progress, at, locale)).await?;
    Ok(paper::file(
        bytes,
        paper::PDF,
        say::pick(locale, "Слайд.pdf", "Slide.pdf"),
    ))
}

fn answer(kind: &'static str, policy: &'static str, text: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::CACHE_CONTROL, "public, max-age=60"),
            (header::VARY, "accept-language"),
        ],
        text,
    )
        .into_response()
}
