//! Room kits: their register, pairing a computer with one, and what the paired computer asks for.
//!
//! A computer becomes a kit by a one-time code and keeps a cookie of its own until the kit is
//! revoked or paired anew. It has a seat like anybody else ([`Caller::Kit`]); who signs in on it
//! is that person for as long.

use kafedra_store::{institution, kit, kit_device};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    form::Form,
    problem::{FORBIDDEN, NOT_FOUND, Words},
};

mod create;
mod events;
mod list;
mod pair;
mod pairing_code;
pub(crate) mod qr;
mod register;
mod revoke;
mod today;
mod update;

pub const NOT_PAIRED: Code = Code {
    code: "kit.not_paired",
    status: 403,
    ru: Words {
        title: "Этот компьютер не подключён как комплект",
        detail: "Попросите координатора школы дать код подключения и введите его на странице комплекта.",
    },
    en: Words {
        title: "This computer is not paired as a room kit",
        detail: "Ask your school's coordinator for a pairing code and enter it on the kit's page.",
    },
};
pub const WRONG_CODE: Code = Code {
    code: "kit.wrong_code",
    status: 422,
    ru: Words {
        title: "Код подключения не подходит",
        detail: "Проверьте каждый знак. Код действует час и только один раз; новый код отменяет старый.",
    },
    en: Words {
        title: "The pairing code does not fit",
        detail: "Check every character. A code works for an hour and only once; a new code replaces the old one.",
    },
};

pub const NO_VOICE: Code = Code {
    code: "kit.no_voice",
    status: 403,
    ru: Words {
        title: "Комплект не спрашивает и не голосует",
        detail: "За ним сидят несколько человек. Пусть каждый откроет ссылку на встречу в своём телефоне.",
    },
    en: Words {
        title: "A room kit neither asks nor votes",
        detail: "Several people sit before it. Let each of them open the meeting's link on a phone.",
    },
};

pub const CODES: &[Code] = &[NOT_PAIRED, WRONG_CODE, NO_VOICE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(update::update))
        .routes(routes!(events::events))
        .routes(routes!(pairing_code::pairing_code))
        .routes(routes!(pair::pair))
        .routes(routes!(revoke::revoke))
        .routes(routes!(today::today))
        .routes(routes!(qr::qr))
        .routes(routes!(register::get))
        .routes(routes!(register::equipment))
        .routes(routes!(register::status))
        .routes(routes!(register::test))
}

/// A room kit of the register.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Kit {
    pub id: Uuid,
    pub name: String,
    /// Which room of the building; empty when nobody said.
    pub place: String,
    pub institution_id: Uuid,
    pub institution_name: String,
    /// Since when a computer has been this kit; null when none is.
    #[schema(required)]
    pub paired_at: Option<chrono::DateTime<chrono::Utc>>,
    #[schema(required)]
    pub archived_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Whether the caller keeps this kit: pairs it, revokes it, edits it.
    pub mine: bool,
    /// To be sent back with an edit.
    pub version: i32,
}

/// What is written about a kit.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KitDraft {
    /// «Комплект 1», up to 80 characters; shown as its name in rooms.
    #[schema(required)]
    name: String,
    /// «Кабинет 12», up to 80 characters.
    place: String,
}

impl KitDraft {
    fn checked(&self) -> ApiResult<kit::Draft> {
        let mut form = Form::default();
        let draft = kit::Draft {
            name: form.line("name", &self.name, 80),
            place: form.optional_line("place", &self.place, 80),
        };
        form.done()?;
        Ok(draft)
    }
}

/// Kits as the caller sees them.
async fn views(state: &AppState, caller: &Caller, rows: Vec<kit::Model>) -> ApiResult<Vec<Kit>> {
    let db = &state.store.db;
    let names =
        institution::short_names(db, rows.iter().map(|kit| kit.institution_id).collect()).await?;
    let devices = kit_device::of_kits(db, rows.iter().map(|kit| kit.id).collect()).await?;
    let actor = caller.actor()?;
    Ok(rows
        .into_iter()
        .map(|kit| Kit {
            id: kit.id,
            institution_name: names.get(&kit.institution_id).cloned().unwrap_or_default(),
            paired_at: devices.get(&kit.id).map(|device| device.paired_at),
            mine: actor.keeps_institution(kit.institution_id),
            name: kit.name,
            place: kit.place,
            institution_id: kit.institution_id,
            archived_at: kit.archived_at,
            version: kit.version,
        })
        .collect())
}

async fn view(state: &AppState, caller: &Caller, row: kit::Model) -> ApiResult<Kit> {
    views(state, caller, vec![row])
        .await?
        .pop()
        .ok_or_else(|| ApiError::internal("a kit lost its view"))
}

/// The kit of this id where the caller keeps it: 404 for none, 403 for another's.
async fn kept(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<kit::Model> {
    let signed_in = caller.person()?;
    let kit = kit::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?;
    if signed_in.actor.keeps_institution(kit.institution_id) {
        Ok(kit)
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}
