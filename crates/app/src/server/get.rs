//! Name, version, languages; in the demo city, the accounts to try.

use axum::{Json, extract::State};
use kafedra_model::demo;
use kafedra_store::account;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiResult, AppState, schema};

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// Name of the installation.
    name: String,
    version: String,
    /// This is the demo city.
    demo: bool,
    /// Only in the demo city.
    demo_accounts: Vec<DemoAccount>,
    #[schema(value_type = Vec<schema::Locale>)]
    locales: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DemoAccount {
    login: String,
    password: String,
    role: String,
    /// Full name of the invented person.
    name: String,
}

/// What to show before anybody signs in.
#[utoipa::path(get, path = "/server", tag = "server", responses((status = 200, body = Server)))]
pub async fn get(State(state): State<AppState>) -> ApiResult<Json<Server>> {
    let mut demo_accounts = Vec::new();
    if state.settings.demo {
        for (login, role) in demo::ACCOUNTS {
            if let Some((account, person)) = account::for_sign_in(&state.store.db, login).await? {
                demo_accounts.push(DemoAccount {
                    login: account.login,
                    password: demo::PASSWORD.to_owned(),
                    role: role.to_owned(),
                    name: person.full_name(),
                });
            }
        }
    }
    Ok(Json(Server {
        name: state.settings.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: state.settings.demo,
        demo_accounts,
        locales: vec!["ru".to_owned(), "en".to_owned()],
    }))
}
