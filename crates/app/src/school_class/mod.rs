//! Classes of pupils: the list that a teacher or the school's coordinator keeps, and the consents of
//! the pupils' guardians.
//!
//! Invariant: a pupil's name leaves the server only through [`Keeper`], which is the class's
//! teacher or a coordinator of its school, and each time it does stands in the access log.

use kafedra_model::{Action, guardian_consent as text, school_class as rules, text as typing};
use kafedra_store::{guardian_consent, pupil, school_class};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    caller::SignedIn,
    problem::{FieldCode, NOT_FOUND},
};

mod change;
mod consent;
mod create;
mod get;
mod list;
mod pupils;
mod scan;
pub mod view;

pub const TWICE: FieldCode = FieldCode {
    code: "pupil.twice",
    ru: "Ученик с таким именем уже есть в списке. Добавьте к имени отличие, например отчество.",
    en: "A pupil of this name is in the list already. Add something that tells them apart.",
};
pub const NO_NAMES: FieldCode = FieldCode {
    code: "pupil.no_names",
    ru: "Здесь нет ни одного имени. Напишите по одному имени на строке.",
    en: "There is no name in it. Write one name a line.",
};
pub const TOO_MANY: FieldCode = FieldCode {
    code: "pupil.too_many",
    ru: "В классе не бывает больше 60 учеников.",
    en: "A class has 60 pupils at most.",
};
pub const LATER: FieldCode = FieldCode {
    code: "consent.later",
    ru: "Этот день ещё не наступил.",
    en: "This day has not come yet.",
};
pub const NOT_OF_SCHOOL: FieldCode = FieldCode {
    code: "class.teacher_elsewhere",
    ru: "Учитель класса работает в этой школе. Выберите того, кто в ней работает.",
    en: "The teacher of a class works at its school. Choose somebody who does.",
};

pub const FIELD_CODES: &[FieldCode] = &[TWICE, NO_NAMES, TOO_MANY, LATER, NOT_OF_SCHOOL];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(get::get, change::edit, change::delete))
        .routes(routes!(consent::text))
        .routes(routes!(pupils::add))
        .routes(routes!(pupils::rename, pupils::remove))
        .routes(routes!(consent::give, consent::withdraw))
        .merge(scan::routes())
}

/// Somebody who keeps a class, and the class.
struct Keeper<'a> {
    me: &'a SignedIn,
    class: school_class::Model,
}

impl<'a> Keeper<'a> {
    /// 401 for nobody; for everybody who does not keep the class it does not exist.
    async fn of(state: &AppState, caller: &'a Caller, id: Uuid) -> ApiResult<Self> {
        let me = caller.person()?;
        let class = school_class::find(&state.store.db, id)
            .await?
            .filter(|class| keeps(me, class))
            .ok_or(&NOT_FOUND)?;
        Ok(Self { me, class })
    }

    async fn pupil(&self, state: &AppState, id: Uuid) -> ApiResult<pupil::Model> {
        Ok(pupil::find(&state.store.db, self.class.id, id)
            .await?
            .ok_or(&NOT_FOUND)?)
    }

    /// Writes a line into the access log: which pupil by number, never by name.
    async fn note(
        &self,
        state: &AppState,
        db: &impl ConnectionTrait,
        action: Action,
        details: impl Into<String>,
    ) -> ApiResult<()> {
        note(state, db, self.me, &self.class, action, details).await
    }
}

/// Writes a line about a class into the access log, under its school.
pub(crate) async fn note(
    state: &AppState,
    db: &impl ConnectionTrait,
    me: &SignedIn,
    class: &school_class::Model,
    action: Action,
    details: impl Into<String>,
) -> ApiResult<()> {
    let subject = Some(class.institution_id);
    record(state, db, Some(me.person.id), action, subject, details).await
}

/// Whether a person may know the names of a class's pupils.
pub(crate) fn keeps(me: &SignedIn, class: &school_class::Model) -> bool {
    class.teacher_id == me.person.id || me.actor.keeps_pupils(class.institution_id)
}

/// How many of a class have a consent to the text of now.
pub(crate) async fn consents(
    db: &impl ConnectionTrait,
    class: Uuid,
) -> Result<rules::Consents, sea_orm::DbErr> {
    let pupils = pupil::counts(db, vec![class]).await?;
    let given = guardian_consent::standing(db, class, text::PURPOSE).await?;
    Ok(rules::Consents {
        pupils: pupils
            .get(&class)
            .and_then(|count| usize::try_from(*count).ok())
            .unwrap_or(0),
        given: given.iter().filter(|one| counts(one)).count(),
    })
}

/// Whether a consent that was not withdrawn is one to the text of now.
pub(crate) fn counts(consent: &guardian_consent::Model) -> bool {
    consent.version == text::current().version
}

/// One line of 1 to `longest` characters, or why not.
fn line(field: &str, typed: &str, longest: usize) -> ApiResult<String> {
    typing::line(typed, longest).map_err(|bad| {
        ApiError::field(
            field,
            match bad {
                typing::BadText::Empty => &crate::problem::REQUIRED,
                typing::BadText::TooLong => &crate::problem::TOO_LONG,
                typing::BadText::Deceptive => &crate::seat::DECEPTIVE,
            },
        )
    })
}
