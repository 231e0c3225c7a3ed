//! All positions, for choosing one.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::Locale;
use kafedra_store::position;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiResult, AppState, list::List, problem::locale, schema};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    code: String,
    /// In the caller's language.
    name: String,
    name_ru: String,
    name_en: String,
    #[schema(value_type = schema::PositionGroup)]
    group: String,
    /// The days on which it may be given, both included; null where that end is open.
    #[schema(required)]
    from: Option<NaiveDate>,
    #[schema(required)]
    until: Option<NaiveDate>,
}

impl From<position::Model> for Position {
    fn from(row: position::Model) -> Self {
        Self {
            name: name_of(&row),
            code: row.code,
            name_ru: row.name_ru,
            name_en: row.name_en,
            group: row.position_group,
            from: row.from_date,
            until: row.until_date,
        }
    }
}

/// Name of a position in the caller's language.
pub fn name_of(position: &position::Model) -> String {
    match locale() {
        Locale::Ru => position.name_ru.clone(),
        Locale::En => position.name_en.clone(),
    }
}

/// The dictionary of positions, by name. Open to all: an invited teacher chooses from it.
#[utoipa::path(
    get,
    path = "/positions",
    tag = "positions",
    responses((status = 200, body = List<Position>))
)]
pub async fn list(State(state): State<AppState>) -> ApiResult<Json<List<Position>>> {
    let mut items: Vec<Position> = position::all(&state.store.db)
        .await?
        .into_iter()
        .map(Position::from)
        .collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    let total = items.len() as u64;
    Ok(Json(List {
        items,
        total,
        next_page: None,
    }))
}
