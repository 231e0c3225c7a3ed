//! Registering: people in two clicks, guests of public events by name and address.

use axum::{Json, extract::State};
use kafedra_model::{
    consent,
    invitee::Answer,
    letter::LetterKind,
    notice::NoticeKind,
    registration::{Answers, RegistrationState, check_answers},
    text::{self, BadText},
};
use kafedra_store::{
    event, invitee, notice, registration, registration::Who, registration_form, room,
};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    CLOSED, DECLINED,
    card::{Applicant, RegistrationCard, open},
    form, is_open, letter_of, queue, tell,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Address, Body, Id},
    form::Form,
    me::{require_consent, require_current_consent},
    problem::{NOT_FOUND, Problem, REQUIRED, TOO_LONG, locale},
    seat::DECEPTIVE,
    secret,
};

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationRequest {
    /// By the ids of the questions.
    #[serde(default)]
    #[schema(value_type = std::collections::HashMap<String, kafedra_model::registration::AnswerValue>)]
    answers: Answers,
    /// Of a guest: 1 to 80 visible characters.
    name: Option<String>,
    /// Of a guest: where the letter with their own page goes.
    email: Option<String>,
    /// Version of the consent text that a guest agreed to.
    consent_version: Option<String>,
}

/// Registers the caller, or a guest where the event is public. Twice is no error: the first counts.
///
/// A guest's answer never says more than the letter to the address, so that nobody finds out by it
/// who registered before; the letter brings the link to the guest's own page, again where it was sent.
#[utoipa::path(
    post,
    path = "/events/{id}/registration",
    tag = "registration",
    params(("id" = Uuid, Path)),
    request_body = RegistrationRequest,
    responses(
        (status = 200, body = RegistrationCard),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "`consent.due`"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`registration.closed`, `registration.declined`, `consent.outdated`"),
        (status = 422, body = Problem),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn register(
    State(state): State<AppState>,
    caller: Caller,
    Address(address): Address,
    Id(id): Id,
    Body(asked): Body<RegistrationRequest>,
) -> ApiResult<Json<RegistrationCard>> {
    let now = state.clock.now();
    let (event, room, applicant) = open(&state, &caller, id).await?;
    require_consent(&state, &caller).await?;
    let mut wrong = Form::default();
    let (who, name) = match (&caller, &applicant) {
        (Caller::Person(me), Applicant::Person(id)) => (Who::Person(*id), me.person.full_name()),
        _ => guest(&asked, &mut wrong)?,
    };
    if let Who::Guest { email, .. } = &who {
        state.limits.registrations.check(&address, now)?;
        state.limits.addresses.check(email, now)?;
    }
    let questions = registration_form::find(&state.store.db, id)
        .await?
        .ok_or(&NOT_FOUND)?
        .questions();
    let answers = check_answers(&questions, &asked.answers).unwrap_or_else(|bad| {
        for (question, why) in bad {
            wrong.refuse(&format!("answers.{question}"), form::code_of(why));
        }
        Answers::new()
    });
    wrong.done()?;
    if let Who::Guest { email, .. } = &who {
        state.limits.registrations.count(address, now);
        state.limits.addresses.count(email.clone(), now);
    }
    let transaction = state.store.write().await?;
    let row = enter(&state, &transaction, &event, &room, who, name, &answers).await?;
    let mine = Some(row).filter(|row| row.person_id.is_some());
    let card = RegistrationCard::of(&state, &transaction, event, &room, mine).await?;
    transaction.commit().await?;
    Ok(Json(card))
}

/// Enters somebody into the queue, or finds them there.
async fn enter(
    state: &AppState,
    db: &impl ConnectionTrait,
    event: &event::Model,
    room: &room::Model,
    who: Who,
    name: String,
    answers: &Answers,
) -> ApiResult<registration::Model> {
    let now = state.clock.now();
    // From here on everybody else who changes the queue waits.
    let form = registration_form::hold(db, event.id)
        .await?
        .ok_or(&NOT_FOUND)?;
    let open = is_open(&form, event, room, now);
    if !open && matches!(who, Who::Guest { .. }) {
        return Err(ApiError::new(&CLOSED));
    }
    let known = match &who {
        Who::Person(person) => registration::of_person(db, event.id, *person).await?,
        Who::Guest { email, .. } => registration::of_email(db, event.id, email).await?,
    };
    if let Some(known) = &known {
        let guest = known.person_id.is_none();
        match known.state() {
            RegistrationState::Declined if !guest => return Err(ApiError::new(&DECLINED)),
            RegistrationState::Withdrawn => {}
            stands => {
                if guest {
                    tell(state, db, event, known, letter_of(stands)).await?;
                }
                return Ok(known.clone());
            }
        }
    }
    if !open {
        return Err(ApiError::new(&CLOSED));
    }
    let rows = registration::of_event(db, event.id).await?;
    let draft = registration::Draft {
        state: form.terms().arrive(&queue(&rows)),
        place: form.last_place,
        who,
        name,
        locale: locale(),
        answers: serde_json::to_string(answers).map_err(ApiError::internal)?,
    };
    let row = match known {
        Some(known) => registration::renew(db, known.id, draft, now)
            .await?
            .ok_or(&NOT_FOUND)?,
        None => registration::create(db, event.id, draft, now).await?,
    };
    if let Some(person) = row.person_id {
        invitee::answer(db, event.id, person, Answer::Coming, now).await?;
    }
    tell(state, db, event, &row, letter_of(row.state())).await?;
    if letter_of(row.state()) == LetterKind::ToDecide {
        let organiser = [event.organiser_id];
        notice::tell(db, event.id, NoticeKind::ToDecide, &organiser, now).await?;
    }
    Ok(row)
}

/// A guest's name, address and consent.
fn guest(asked: &RegistrationRequest, wrong: &mut Form) -> ApiResult<(Who, String)> {
    let name = text::name(asked.name.as_deref().unwrap_or_default()).unwrap_or_else(|bad| {
        let why = match bad {
            BadText::Empty => &REQUIRED,
            BadText::TooLong => &TOO_LONG,
            BadText::Deceptive => &DECEPTIVE,
        };
        wrong.refuse("name", why);
        String::new()
    });
    let email = wrong.email("email", asked.email.as_deref());
    if email.is_none() {
        wrong.refuse("email", &REQUIRED);
    }
    match asked.consent_version.as_deref() {
        None => wrong.refuse("consentVersion", &REQUIRED),
        Some(version) => require_current_consent(version)?,
    }
    let who = Who::Guest {
        email: email.unwrap_or_default(),
        code: secret::token(),
        consent_version: consent::current().version.to_owned(),
    };
    Ok((who, name))
}
