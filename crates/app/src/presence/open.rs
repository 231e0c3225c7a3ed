//! What a phone shows that read the code on a kit's screen.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, Utc};
use kafedra_model::kit::{self as pass, BadPass, Kind, Pass};
use kafedra_store::{event, event_kit, institution, kit};
use serde::Serialize;
use utoipa::ToSchema;

use super::STALE_PASS;
use crate::{
    ApiError, ApiResult, AppState,
    extract::Address,
    kit::qr::{code_of, secret_of},
    problem::{NOT_FOUND, Problem},
    room::still_open,
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    event_title: String,
    starts_at: DateTime<Utc>,
    kit_name: String,
    place: String,
    institution_name: String,
    /// To be sent with the confirmation; works for ten minutes, while the code on the screen goes on
    /// changing.
    ticket: String,
}

/// The event and the kit that a code names. Whoever read it from the screen has ten minutes from
/// now to confirm.
#[utoipa::path(
    get,
    path = "/presence/by-token/{token}",
    tag = "presence",
    params(("token" = String, Path)),
    responses(
        (status = 200, body = Opened),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`presence.stale_code`, `room.ended`, `event.cancelled`"),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn open(
    State(state): State<AppState>,
    Address(address): Address,
    Path(token): Path<String>,
) -> ApiResult<Json<Opened>> {
    let now = state.clock.now();
    state.limits.guesses.check(&address, now)?;
    let named = match Named::by(&state, &token).await {
        Ok(named) => named,
        Err(error) => {
            if error.code == &NOT_FOUND {
                state.limits.guesses.count(address, now);
            }
            return Err(error);
        }
    };
    let names = institution::short_names(&state.store.db, vec![named.kit.institution_id]).await?;
    let ticket = match named.pass.kind {
        Kind::Screen => pass::ticket(
            &secret_of(&named.kit)?,
            code_of(&named.pair)?,
            now.timestamp(),
        ),
        // A ticket is not prolonged: the page was only loaded anew.
        Kind::Ticket => token,
    };
    Ok(Json(Opened {
        event_title: named.event.title,
        starts_at: named.event.starts_at,
        institution_name: names
            .get(&named.kit.institution_id)
            .cloned()
            .unwrap_or_default(),
        kit_name: named.kit.name,
        place: named.kit.place,
        ticket,
    }))
}

/// What a genuine, fresh token names.
pub(super) struct Named {
    pass: Pass,
    pair: event_kit::Model,
    pub kit: kit::Model,
    pub event: event::Model,
}

impl Named {
    /// 404 for what never was a token, 410 for one that is too old or whose event is over.
    pub async fn by(state: &AppState, token: &str) -> ApiResult<Self> {
        let db = &state.store.db;
        let pass = Pass::read(token).ok_or(&NOT_FOUND)?;
        let pair = event_kit::of_code(db, &hex::encode(pass.pair))
            .await?
            .ok_or(&NOT_FOUND)?;
        let kit = kit::find(db, pair.kit_id).await?.ok_or(&NOT_FOUND)?;
        let now = state.clock.now();
        pass.verify(&secret_of(&kit)?, now.timestamp())
            .map_err(|bad| {
                ApiError::new(match bad {
                    BadPass::Forged => &NOT_FOUND,
                    BadPass::Stale => &STALE_PASS,
                })
            })?;
        let (event, room) = event::with_room(db, pair.event_id)
            .await?
            .ok_or(&NOT_FOUND)?;
        still_open(&room, &event, now)?;
        Ok(Self {
            pass,
            pair,
            kit,
            event,
        })
    }
}
