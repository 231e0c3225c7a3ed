//! The table of contents: every route of the application, noun by noun.

use axum::{Json, Router, middleware, routing::get};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    ApiError, AppState, access_log, association, calendar, caller, certificate, chat, consent,
    deck, docs, employment, event, event_kit, event_role, hand, help, import, indicator,
    institution, invitation, invitee, job, kit, lesson, letter, letterhead, live, material, me,
    media, minutes, news, notice, overview, person, personal_data, poll, portfolio, position,
    presence, presence_check, problem::NOT_FOUND, problem_report, professional_development,
    programme, project, public, qualification_category, question, register, registration,
    role_grant, room, running_order, school_class, seat, server, session, slip, snils, stage, task,
    teacher_leader,
};

#[derive(OpenApi)]
#[openapi(info(
    title = "Kafedra",
    description = "Live rooms, events and registers for a city's teachers."
))]
struct Document;

fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi()).nest(
        "/api",
        OpenApiRouter::new()
            .merge(server::routes())
            .merge(consent::routes())
            .merge(help::routes())
            .merge(session::routes())
            .merge(me::routes())
            .merge(event::routes())
            .merge(event_role::routes())
            .merge(programme::routes())
            .merge(invitee::routes())
            .merge(registration::routes())
            .merge(letter::routes())
            .merge(notice::routes())
            .merge(material::routes())
            .merge(deck::routes())
            .merge(calendar::routes())
            .merge(association::routes())
            .merge(event_kit::routes())
            .merge(presence::routes())
            .merge(presence_check::routes())
            .merge(kit::routes())
            .merge(room::routes())
            .merge(seat::routes())
            .merge(chat::routes())
            .merge(hand::routes())
            .merge(stage::routes())
            .merge(running_order::routes())
            .merge(question::routes())
            .merge(poll::routes())
            .merge(live::routes())
            .merge(media::routes())
            .merge(institution::routes())
            .merge(position::routes())
            .merge(person::routes())
            .merge(personal_data::routes())
            .merge(snils::routes())
            .merge(register::routes())
            .merge(employment::routes())
            .merge(role_grant::routes())
            .merge(professional_development::routes())
            .merge(import::routes())
            .merge(indicator::routes())
            .merge(overview::routes())
            .merge(teacher_leader::routes())
            .merge(qualification_category::routes())
            .merge(invitation::routes())
            .merge(slip::routes())
            .merge(access_log::routes())
            .merge(problem_report::routes())
            .merge(project::routes())
            .merge(news::routes())
            .merge(job::routes())
            .merge(letterhead::routes())
            .merge(certificate::routes())
            .merge(minutes::routes())
            .merge(task::routes())
            .merge(portfolio::routes())
            .merge(school_class::routes())
            .merge(lesson::routes()),
    )
}

/// The OpenAPI document of every route.
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes().into_openapi()
}

/// All of `/api`, with the caller identified and unknown paths answered in words.
pub fn router(state: AppState) -> Router {
    let (router, document) = routes().split_for_parts();
    router
        .merge(docs::routes())
        .merge(public::routes())
        .route(
            "/api/openapi.json",
            get(move || std::future::ready(Json(document))),
        )
        .fallback(|| std::future::ready(ApiError::new(&NOT_FOUND)))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            caller::identify,
        ))
        .with_state(state)
}
