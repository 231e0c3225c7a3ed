//! A portfolio as PDF.

use axum::{extract::State, response::Response};
use chrono::{DateTime, NaiveDate, Utc};
use kafedra_documents::portfolio as papers;
use kafedra_model::Locale;

use super::{
    Talk,
    get::{Portfolio, readable},
};
use crate::{
    ApiResult, AppState, Caller,
    certificate::Certificate,
    extract::Id,
    letterhead, paper,
    problem::{Problem, locale},
};

/// The portfolio of `GET …/portfolio` as PDF, in the caller's language.
#[utoipa::path(
    get,
    path = "/people/{id}/portfolio.pdf",
    tag = "portfolio",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn pdf(State(state): State<AppState>, caller: Caller, Id(id): Id) -> ApiResult<Response> {
    let person = readable(&state, &caller, id).await?;
    let portfolio = Portfolio::of(&state, &person).await?;
    let letterhead = letterhead::printed(&letterhead::current(&state, &state.store.db).await?);
    let (now, locale) = (state.clock.now(), locale());
    let made_on = state.day(now);
    let name = match locale {
        Locale::Ru => format!("Портфолио {}.pdf", person.full_name()),
        Locale::En => format!("Portfolio {}.pdf", person.full_name()),
    };
    let bytes = paper::make(move || {
        let name = person.full_name();
        papers::pdf(
            &printed(&name, &portfolio, (now, made_on)),
            &letterhead,
            locale,
        )
    })
    .await?;
    Ok(paper::file(bytes, paper::PDF, &name))
}

fn printed<'a>(
    name: &'a str,
    portfolio: &'a Portfolio,
    (at, made_on): (DateTime<Utc>, NaiveDate),
) -> papers::Portfolio<'a> {
    papers::Portfolio {
        name,
        position: &portfolio.position,
        institution: &portfolio.institution,
        entries: portfolio.entries.iter().map(talk).collect(),
        certificates: portfolio.certificates.iter().map(other).collect(),
        at,
        made_on,
    }
}

fn talk(talk: &Talk) -> papers::Entry<'_> {
    papers::Entry {
        held_on: talk.held_on.unwrap_or_else(|| talk.starts_at.date_naive()),
        kind: talk.kind,
        title: &talk.title,
        role: talk.role,
        topic: &talk.topic,
        level: &talk.level,
        certificate: talk.certificate.as_ref().map(proof),
    }
}

fn other(certificate: &Certificate) -> papers::Entry<'_> {
    papers::Entry {
        held_on: certificate.held_on,
        kind: certificate.kind,
        title: &certificate.title,
        role: certificate.role,
        topic: &certificate.topic,
        level: &certificate.level,
        certificate: Some(proof(certificate)),
    }
}

fn proof(certificate: &Certificate) -> papers::Proof<'_> {
    papers::Proof {
        number: &certificate.number,
        url: &certificate.url,
    }
}
