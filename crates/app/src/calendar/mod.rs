//! The calendar: what takes place in the city, as far as the caller may know of it, on the page
//! and in people's own calendar programs.

use kafedra_model::{Actor, Role};
use kafedra_store::{association_member, event::Viewer};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ApiResult, AppState, caller::SignedIn, problem::FieldCode};

pub(crate) mod feed;
mod get;

pub const FIELD_CODES: &[FieldCode] = &[get::TOO_LONG_SPAN];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(feed::mine))
        .routes(routes!(feed::of_association))
        .routes(routes!(feed::read))
        .routes(routes!(feed::of_event))
}

/// What the caller may know of.
pub async fn viewer(state: &AppState, me: &SignedIn) -> ApiResult<Viewer> {
    viewer_of(state, &me.actor).await
}

/// What a person may know of: the same rules as for one event, as a condition on all.
pub async fn viewer_of(state: &AppState, actor: &Actor) -> ApiResult<Viewer> {
    let today = state.today();
    let person = actor.person_id;
    let mut associations = association_member::of_person(&state.store.db, person, today).await?;
    associations.extend(actor.led_associations());
    let mut institutions: Vec<_> = actor.institutions_as(Role::Director).collect();
    institutions.extend(actor.institutions_as(Role::Coordinator));
    Ok(Viewer {
        person,
        everything: actor.keeps_city_register(),
        all_institutions: actor.reads_city_register(),
        associations,
        institutions,
    })
}
