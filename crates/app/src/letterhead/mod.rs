//! The letterhead of papers: organisation, signer, arms and signature.
//!
//! Certificates keep the letterhead they were given out under; a change concerns later ones.

use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use kafedra_documents::{LARGEST_PICTURE, Picture};
use kafedra_store::letterhead;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiResult, AppState, Caller, Code,
    extract::Body,
    form::Form,
    problem::{Problem, Words},
};

mod picture;

pub const NO_PICTURE: Code = Code {
    code: "letterhead.no_picture",
    status: 422,
    ru: Words {
        title: "Этот файл не подходит",
        detail: "Нужна картинка PNG или JPEG. Другую сохраните в одном из этих форматов.",
    },
    en: Words {
        title: "This file does not fit",
        detail: "A PNG or JPEG picture is needed. Save yours in one of these formats.",
    },
};
pub const HUGE_PICTURE: Code = Code {
    code: "letterhead.huge_picture",
    status: 422,
    ru: Words {
        title: "В этой картинке слишком много точек",
        detail: "Уменьшите её: хватит 1000 точек по длинной стороне.",
    },
    en: Words {
        title: "This picture has too many pixels",
        detail: "Make it smaller: 1000 pixels along the longer side are enough.",
    },
};
pub const BROKEN_PICTURE: Code = Code {
    code: "letterhead.broken_picture",
    status: 422,
    ru: Words {
        title: "Эта картинка не открывается",
        detail: "Откройте её у себя, сохраните заново и загрузите ещё раз.",
    },
    en: Words {
        title: "This picture does not open",
        detail: "Open it on your computer, save it again and upload it once more.",
    },
};

pub const CODES: &[Code] = &[NO_PICTURE, HUGE_PICTURE, BROKEN_PICTURE];

const LONGEST: usize = 200;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get, put))
        .routes(routes!(picture::show, picture::set, picture::remove))
        // What comes around a file in a form is little.
        .layer(DefaultBodyLimit::max(LARGEST_PICTURE + 64 * 1024))
}

/// In whose name papers are given out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Letterhead {
    pub organisation: String,
    pub signer_position: String,
    pub signer_name: String,
    /// Whether there are such pictures.
    pub arms: bool,
    pub signature: bool,
}

impl From<letterhead::Model> for Letterhead {
    fn from(row: letterhead::Model) -> Self {
        Self {
            organisation: row.organisation,
            signer_position: row.signer_position,
            signer_name: row.signer_name,
            arms: row.arms.is_some(),
            signature: row.signature.is_some(),
        }
    }
}

/// A letterhead as papers take it.
pub(crate) fn printed(row: &letterhead::Model) -> kafedra_documents::Letterhead {
    let picture = |kept: &Option<String>| {
        let png = STANDARD.decode(kept.as_ref()?).ok()?;
        Picture::kept(png)
    };
    kafedra_documents::Letterhead {
        organisation: row.organisation.clone(),
        signer_position: row.signer_position.clone(),
        signer_name: row.signer_name.clone(),
        arms: picture(&row.arms),
        signature: picture(&row.signature),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LetterheadEdit {
    /// Up to 200 characters each.
    organisation: String,
    signer_position: String,
    signer_name: String,
}

/// The letterhead in force, for administrators.
#[utoipa::path(
    get,
    path = "/installation/letterhead",
    tag = "letterhead",
    responses(
        (status = 200, body = Letterhead),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn get(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Letterhead>> {
    caller.allowed(|by| by.is_administrator())?;
    Ok(Json(current(&state, &state.store.db).await?.into()))
}

/// Changes the words of the letterhead for papers to come; administrators may.
#[utoipa::path(
    put,
    path = "/installation/letterhead",
    tag = "letterhead",
    request_body = LetterheadEdit,
    responses(
        (status = 200, body = Letterhead),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Body(edit): Body<LetterheadEdit>,
) -> ApiResult<Json<Letterhead>> {
    let by = caller.allowed(|by| by.is_administrator())?.person.id;
    let mut form = Form::default();
    let organisation = form.line("organisation", &edit.organisation, LONGEST);
    let signer_position = form.optional_line("signerPosition", &edit.signer_position, LONGEST);
    let signer_name = form.optional_line("signerName", &edit.signer_name, LONGEST);
    form.done()?;
    let change = |row: letterhead::Model| letterhead::Model {
        organisation,
        signer_position,
        signer_name,
        ..row
    };
    Ok(Json(replace(&state, by, change).await?.into()))
}

/// The letterhead in force; before anybody set one, the installation's name alone.
pub(crate) async fn current(
    state: &AppState,
    db: &impl ConnectionTrait,
) -> ApiResult<letterhead::Model> {
    Ok(letterhead::current(db)
        .await?
        .unwrap_or_else(|| letterhead::Model {
            organisation: state.settings.name.clone(),
            ..letterhead::Model::default()
        }))
}

/// The letterhead in force as a stored row, which certificates can name.
pub(crate) async fn stored(
    state: &AppState,
    db: &impl ConnectionTrait,
) -> ApiResult<letterhead::Model> {
    match letterhead::current(db).await? {
        Some(row) => Ok(row),
        None => {
            let row = current(state, db).await?;
            Ok(letterhead::replace(db, row, None, state.clock.now()).await?)
        }
    }
}

async fn replace(
    state: &AppState,
    by: Uuid,
    change: impl FnOnce(letterhead::Model) -> letterhead::Model,
) -> ApiResult<letterhead::Model> {
    let transaction = state.store.write().await?;
    let next = change(current(state, &transaction).await?);
    let row = letterhead::replace(&transaction, next, Some(by), state.clock.now()).await?;
    transaction.commit().await?;
    Ok(row)
}
