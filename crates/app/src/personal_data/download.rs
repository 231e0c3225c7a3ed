//! Everything the server keeps about a person, as one archive.

use axum::{body::Body, extract::State, response::Response};
use kafedra_model::{Action, Actor, Locale};
use kafedra_store::{file, snils, traces};
use serde_json::json;
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use super::{
    archive::{Contents, Page, Stored, pack},
    whole,
};
use crate::{
    ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    file::path,
    paper,
    problem::{Problem, locale},
};

/// Everything the server keeps about the caller, as a ZIP: a JSON file for each kind of record, the
/// files that are theirs, and a page that explains them. Secrets are not in it; the insurance number is.
#[utoipa::path(
    get,
    path = "/me/data.zip",
    tag = "me",
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 429, body = Problem),
    )
)]
pub async fn mine(State(state): State<AppState>, caller: Caller) -> ApiResult<Response> {
    let me = caller.person()?.person.id;
    state.limits.archives.take(me, state.clock.now())?;
    send(&state, me, Owner::Self_).await
}

/// The same of somebody else, for administrators; the insurance number stays masked. Written to the
/// access log.
#[utoipa::path(
    get,
    path = "/people/{id}/data.zip",
    tag = "people",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn of_person(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Response> {
    let me = caller.allowed(Actor::is_administrator)?.person.id;
    whole(&state.store.db, id).await?;
    let by = Some(me);
    record(
        &state,
        &state.store.db,
        by,
        Action::PersonDataTaken,
        Some(id),
        "",
    )
    .await?;
    send(&state, id, Owner::Other).await
}

/// Whose the archive is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Self_,
    Other,
}

async fn send(state: &AppState, person: Uuid, owner: Owner) -> ApiResult<Response> {
    let contents = gather(state, person, owner).await?;
    let file = pack(state, contents).await?;
    let name = match locale() {
        Locale::Ru => "Мои данные.zip",
        Locale::En => "My data.zip",
    };
    let body = Body::from_stream(ReaderStream::new(file));
    Ok(paper::file(body, paper::ZIP, name))
}

async fn gather(state: &AppState, person: Uuid, owner: Owner) -> ApiResult<Contents> {
    let db = &state.store.db;
    let whole = whole(db, person).await?;
    let locale = locale();
    let say = |(ru, en): (&'static str, &'static str)| match locale {
        Locale::Ru => ru.to_owned(),
        Locale::En => en.to_owned(),
    };
    let (mut pages, mut hashes) = (Vec::new(), Vec::new());
    for mut part in traces::about(db, &whole).await? {
        for row in &part.rows {
            // Which column names a file that the person gave, and what it is called.
            let (hash, name) = match part.table {
                "document_scan" => ("file_hash", None),
                "material" => ("file_hash", row.get("name")),
                "deck" => ("source_hash", row.get("name")),
                _ => continue,
            };
            if let Some(hash) = row.get(hash).and_then(|hash| hash.as_str()) {
                let name = name.and_then(|name| name.as_str()).map(str::to_owned);
                hashes.push((hash.to_owned(), name));
            }
        }
        if part.table == "snils"
            && let Some(number) = number(state, person, owner).await?
        {
            for row in &mut part.rows {
                row.insert("snils".to_owned(), number.clone().into());
            }
        }
        pages.push(Page {
            title: say(part.title),
            count: part.rows.len(),
            json: json!(part.rows),
        });
    }
    for (title, json) in [
        (
            ("Действия с чужими записями", "Acts on records of others"),
            json!(traces::acted(db, &whole).await?),
        ),
        (
            ("Где ещё упомянуто имя", "Where else the name stands"),
            json!(traces::mentions(db, &whole).await?),
        ),
    ] {
        pages.push(Page {
            title: say(title),
            count: json.as_array().map_or(0, Vec::len),
            json,
        });
    }
    let known = file::of_hashes(db, hashes.iter().map(|(hash, _)| hash.clone()).collect()).await?;
    let files = hashes
        .into_iter()
        .map(|(hash, name)| {
            let kind = known.iter().find(|file| file.hash == hash);
            let ending = kind.and_then(|file| file.content_type.rsplit('/').next());
            let short: String = hash.chars().take(8).collect();
            Stored {
                name: match name {
                    Some(name) => format!("{short} {name}"),
                    None => format!("{short}.{}", ending.unwrap_or("bin")),
                },
                path: path(&state.settings.files, &hash),
            }
        })
        .collect();
    Ok(Contents {
        locale,
        whose: whole.person.full_name(),
        made_at: state.clock.now(),
        pages,
        files,
    })
}

/// The insurance number, whole for its owner only.
async fn number(state: &AppState, person: Uuid, owner: Owner) -> ApiResult<Option<String>> {
    let row = snils::of_person(&state.store.db, person).await?;
    let number = row.and_then(|row| state.vault.open_snils(person, &row.sealed));
    Ok(number.map(|number| match owner {
        Owner::Self_ => number.whole(),
        Owner::Other => number.masked(),
    }))
}
