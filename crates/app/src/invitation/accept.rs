//! Behind the link: an account with a password, and the person is signed in.

use axum::{
    Json,
    extract::{Path, State},
};
use axum_extra::extract::CookieJar;
use kafedra_model::{Action, Grant, Role, Scope, login, name};
use kafedra_store::{
    account, consent, employment,
    invitation::{self, Kind, Model},
    person, position, role_grant,
    session::{self, Holder},
    slip,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ALREADY_THERE, SPENT, open_of};
use crate::{
    ApiError, ApiResult, AppState,
    access_log::record,
    extract::{Agent, Body},
    form::{Form, or_taken},
    me::{Me, of_person, require_current_consent},
    password,
    person::{Known, read_person, refuse_taken},
    problem::{Problem, REQUIRED},
    session::open,
};

/// What the person typed. Names and position only for links into an institution.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct InvitationAccept {
    /// Left out, one is made from the name; not used by a link for a new password.
    login: Option<String>,
    #[schema(required)]
    password: String,
    family_name: Option<String>,
    given_name: Option<String>,
    patronymic: Option<String>,
    /// Needed where the link does not fix it.
    position_code: Option<String>,
    /// Version of the consent text that was shown.
    #[schema(required)]
    consent_version: String,
}

/// Accepts an invitation: sets the password, keeps the consent, signs in.
#[utoipa::path(
    post,
    path = "/invitations/by-token/{token}/accept",
    tag = "invitations",
    params(("token" = String, Path)),
    request_body = InvitationAccept,
    responses(
        (status = 200, body = Me),
        (status = 404, body = Problem, description = "`invitation.unknown`"),
        (status = 409, body = Problem, description = "`consent.outdated`, `invitation.already_there`"),
        (status = 410, body = Problem, description = "`invitation.spent`"),
        (status = 422, body = Problem),
    )
)]
pub async fn accept(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Agent(agent): Agent,
    jar: CookieJar,
    Body(typed): Body<InvitationAccept>,
) -> ApiResult<(CookieJar, Json<Me>)> {
    let (row, known) = open_of(&state, &token).await?;
    require_current_consent(&typed.consent_version)?;
    let now = state.clock.now();
    let new = match &known {
        None => Some(read_newcomer(&state, &row, &typed).await?),
        Some(_) => None,
    };
    let login = chosen_login(&state, &row, known.as_ref(), new.as_ref(), &typed).await?;
    let email = known
        .as_ref()
        .and_then(|known| known.person.email.as_deref());
    password::check(
        "password",
        &typed.password,
        &[&login, email.unwrap_or_default()],
    )?;
    // Before the transaction: it takes its time, and SQLite has one writer.
    let hash = state.hasher.hash(typed.password).await?;

    let change = state.store.write().await?;
    if !invitation::use_once(&change, row.id, now).await? {
        return Err(ApiError::new(&SPENT));
    }
    if let Some(slip) = row.slip_id
        && !slip::use_once(&change, slip, now).await?
    {
        return Err(ApiError::new(&SPENT));
    }
    let (person, account) = match (known, new) {
        (Some(known), _) => set_password(&state, &change, known, login, hash).await?,
        (None, Some(new)) => join(&state, &change, &row, new, login, hash).await?,
        (None, None) => return Err(ApiError::new(&SPENT)),
    };
    consent::give(&change, person.id, &typed.consent_version, now).await?;
    let action = if row.kind == Kind::Reset.as_str() {
        Action::PasswordReset
    } else {
        Action::InvitationAccepted
    };
    record(
        &state,
        &change,
        Some(person.id),
        action,
        Some(person.id),
        row.kind,
    )
    .await?;
    let cookie = open(&state, &change, Holder::Account(account.id), agent).await?;
    change.commit().await?;
    state.limits.sign_in.succeed(&account.login);
    let me = of_person(&state.store.db, &account, &person).await?;
    Ok((jar.add(cookie), Json(me)))
}

/// A person who is not in the register yet.
struct Newcomer {
    draft: person::Draft,
    institution: Uuid,
    position: String,
}

async fn read_newcomer(
    state: &AppState,
    row: &Model,
    typed: &InvitationAccept,
) -> ApiResult<Newcomer> {
    let db = &state.store.db;
    let institution = row.institution_id.ok_or_else(|| ApiError::new(&SPENT))?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut form = Form::default();
    let draft = read_person(
        &mut form,
        &text(&typed.family_name),
        &text(&typed.given_name),
        &text(&typed.patronymic),
        None,
    );
    let today = state.today();
    let position = row
        .position_code
        .clone()
        .or_else(|| typed.position_code.clone());
    match &position {
        None => form.refuse("positionCode", &REQUIRED),
        Some(code) => {
            let found = position::find(db, code).await?;
            form.choice("positionCode", found.filter(|row| row.is_in_force(today)));
        }
    }
    form.done()?;
    let full_name = name::fold_person(&draft.family_name, &draft.given_name, &draft.patronymic);
    if person::works_at(db, institution, &full_name, today).await? {
        return Err(ApiError::new(&ALREADY_THERE));
    }
    Ok(Newcomer {
        draft,
        institution,
        position: position.unwrap_or_default(),
    })
}

/// The login after acceptance. A link for a new password leaves it as it is.
async fn chosen_login(
    state: &AppState,
    row: &Model,
    known: Option<&Known>,
    new: Option<&Newcomer>,
    typed: &InvitationAccept,
) -> ApiResult<String> {
    let db = &state.store.db;
    let present = known.and_then(|known| known.account.as_ref());
    if row.kind == Kind::Reset.as_str()
        && let Some(account) = present
    {
        return Ok(account.login.clone());
    }
    let mut form = Form::default();
    let login = form.login("login", typed.login.as_deref());
    let person = known.map(|known| known.person.id);
    refuse_taken(db, &mut form, person, None, login.as_deref()).await?;
    form.done()?;
    match (login, present, new, known) {
        (Some(login), ..) => Ok(login),
        (None, Some(account), ..) => Ok(account.login.clone()),
        (None, None, Some(new), _) => {
            let draft = &new.draft;
            unique_login(db, &draft.family_name, &draft.given_name, &draft.patronymic).await
        }
        (None, None, None, Some(Known { person, .. })) => {
            unique_login(
                db,
                &person.family_name,
                &person.given_name,
                &person.patronymic,
            )
            .await
        }
        (None, None, None, None) => Err(ApiError::field("login", &REQUIRED)),
    }
}

/// A login nobody has, made from a name: `ivanova.mp`, else `ivanova.mp2`, …
pub async fn unique_login(
    db: &impl ConnectionTrait,
    family: &str,
    given: &str,
    patronymic: &str,
) -> ApiResult<String> {
    let base = login::suggest(family, given, patronymic);
    let taken = account::logins_like(db, &base).await?;
    if !taken.contains(&base) {
        return Ok(base);
    }
    Ok((2_u32..)
        .map(|number| format!("{base}{number}"))
        .find(|login| !taken.contains(login))
        .unwrap_or(base))
}

async fn set_password(
    state: &AppState,
    change: &DatabaseTransaction,
    known: Known,
    login: String,
    hash: String,
) -> ApiResult<(person::Model, account::Model)> {
    let now = state.clock.now();
    let person = known.person;
    match known.account {
        Some(account) => {
            if account.login != login {
                account::set_login(change, account.id, login)
                    .await
                    .map_err(or_taken("login"))?;
            }
            account::set_password(change, account.id, hash).await?;
            session::delete_of_account(change, account.id).await?;
        }
        None => drop(
            account::create(change, person.id, login, Some(hash), now)
                .await
                .map_err(or_taken("login"))?,
        ),
    }
    invitation::revoke_of_person(change, person.id, now).await?;
    let account = account::of_person(change, person.id)
        .await?
        .ok_or_else(|| ApiError::new(&SPENT))?;
    Ok((person, account))
}

async fn join(
    state: &AppState,
    change: &DatabaseTransaction,
    row: &Model,
    new: Newcomer,
    login: String,
    hash: String,
) -> ApiResult<(person::Model, account::Model)> {
    let now = state.clock.now();
    let person = person::create(change, new.draft, now).await?;
    let account = account::create(change, person.id, login, Some(hash), now)
        .await
        .map_err(or_taken("login"))?;
    let works = employment::Draft {
        institution_id: new.institution,
        position_code: new.position,
        is_main: true,
        from_date: state.day(now),
        to_date: None,
    };
    employment::create(change, person.id, works).await?;
    if let Some(grant) = row
        .role
        .as_deref()
        .and_then(|role| granted(role, row.institution_id))
    {
        role_grant::create(change, person.id, grant, row.created_by, now).await?;
        record(
            state,
            change,
            row.created_by,
            Action::GrantGiven,
            Some(person.id),
            grant.role.as_str(),
        )
        .await?;
    }
    Ok((person, account))
}

/// The grant that a link's role stands for.
pub fn granted(role: &str, institution: Option<Uuid>) -> Option<Grant> {
    Some(Grant {
        role: Role::parse(role)?,
        scope: Scope::Institution(institution?),
    })
}
