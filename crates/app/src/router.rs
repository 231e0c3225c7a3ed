//! The table of contents: every route of the application, noun by noun.

use axum::{Json, Router, middleware, routing::get};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    ApiError, AppState, access_log, caller, chat, consent, docs, employment, event, hand,
    institution, invitation, live, me, media, person, position, problem::NOT_FOUND, problem_report,
    project, role_grant, room, seat, server, session, slip,
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
            .merge(session::routes())
            .merge(me::routes())
            .merge(event::routes())
            .merge(room::routes())
            .merge(seat::routes())
            .merge(chat::routes())
            .merge(hand::routes())
            .merge(live::routes())
            .merge(media::routes())
            .merge(institution::routes())
            .merge(position::routes())
            .merge(person::routes())
            .merge(employment::routes())
            .merge(role_grant::routes())
            .merge(invitation::routes())
            .merge(slip::routes())
            .merge(access_log::routes())
            .merge(problem_report::routes())
            .merge(project::routes()),
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
