//! Invitations: links that bring people to an account, and what happens behind such a link.
//!
//! A link is `<public url>/i/<token>`; only the token's hash is kept, so a link is shown once.

use kafedra_store::{invitation::Model, role_grant};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{FieldCode, Words},
    secret,
};

mod accept;
mod card;
mod create;
mod delete;
mod list;
mod view;

pub use accept::unique_login;

pub const UNKNOWN_LINK: Code = Code {
    code: "invitation.unknown",
    status: 404,
    ru: Words {
        title: "Такого приглашения нет",
        detail: "Возможно, ссылка скопирована не полностью. Попросите прислать её ещё раз.",
    },
    en: Words {
        title: "There is no such invitation",
        detail: "Perhaps the link was not copied in full. Ask for it once more.",
    },
};
pub const SPENT: Code = Code {
    code: "invitation.spent",
    status: 410,
    ru: Words {
        title: "Эта ссылка больше не действует",
        detail: "Её уже использовали, отозвали или вышел её срок. Попросите координатора школы дать новую.",
    },
    en: Words {
        title: "This link no longer works",
        detail: "It was used, revoked or has expired. Ask your coordinator for a new one.",
    },
};
pub const ALREADY_THERE: Code = Code {
    code: "invitation.already_there",
    status: 409,
    ru: Words {
        title: "Такой сотрудник в учреждении уже есть",
        detail: "Если это вы, войдите под своим логином или попросите у координатора листок с кодом.",
    },
    en: Words {
        title: "There already is such an employee in the institution",
        detail: "If it is you, sign in with your login or ask your coordinator for a slip with a code.",
    },
};

pub const CODES: &[Code] = &[UNKNOWN_LINK, SPENT, ALREADY_THERE];
pub const FIELD_CODES: &[FieldCode] = &[create::OUT_OF_RANGE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(delete::delete))
        .routes(routes!(card::card))
        .routes(routes!(accept::accept))
}

/// The address that opens an invitation.
pub fn url(state: &AppState, token: &str) -> String {
    format!("{}/i/{token}", state.settings.public_url)
}

/// The open invitation of a token, with the person it is for, if it is for one.
async fn open_of(
    state: &AppState,
    token: &str,
) -> ApiResult<(Model, Option<crate::person::Known>)> {
    let db = &state.store.db;
    let invitation = kafedra_store::invitation::of_token(db, &secret::hash(token))
        .await?
        .ok_or_else(|| ApiError::new(&UNKNOWN_LINK))?;
    if !invitation.is_open(state.clock.now()) {
        return Err(ApiError::new(&SPENT));
    }
    let known = match invitation.person_id {
        None => None,
        Some(id) => Some(crate::person::Known::of(state, db, id).await?),
    };
    if known
        .as_ref()
        .is_some_and(|known| known.person.archived_at.is_some())
    {
        return Err(ApiError::new(&SPENT));
    }
    // Somebody who lost the right to give a role gives it through no old link either.
    if let (Some(role), Some(by)) = (&invitation.role, invitation.created_by) {
        let rights = role_grant::of_person(db, by).await?;
        let actor = kafedra_model::Actor {
            person_id: by,
            grants: rights.iter().filter_map(role_grant::Model::grant).collect(),
        };
        let grant = accept::granted(role, invitation.institution_id);
        if !grant.is_some_and(|grant| actor.may_grant(grant)) {
            return Err(ApiError::new(&SPENT));
        }
    }
    Ok((invitation, known))
}
