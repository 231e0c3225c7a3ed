//! Broadcast lessons: which class takes part, whether its consents are complete, and how its pupils
//! come in without a name.
//!
//! Invariant: no media token of a lesson exists before [`gate`] let it begin, and a pupil's seat
//! holds an alias from the start, so that nothing made from seats can tell a name.

use kafedra_model::{EventKind, school_class as rules, slip};
use kafedra_store::{event, guardian_consent, lesson, pupil, room, school_class, seat};
use serde::Serialize;
use std::net::IpAddr;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    live::Turn,
    problem::{FieldCode, Words, locale},
    school_class::{consents, counts, keeps},
};

mod attach;
mod get;
mod names;

pub const NO_CLASS: Code = Code {
    code: "lesson.no_class",
    status: 409,
    ru: Words {
        title: "Урок ещё не может начаться: не выбран класс",
        detail: "Учитель или координатор школы выбирает класс на странице урока, в разделе «Класс». Подождите и повторите.",
    },
    en: Words {
        title: "The lesson cannot begin yet: no class was chosen",
        detail: "The teacher or the school's coordinator chooses the class on the lesson's page, under “Class”. Wait and try again.",
    },
};
pub const CONSENTS_MISSING: Code = Code {
    code: "lesson.consents_missing",
    status: 409,
    ru: Words {
        title: "Урок ещё не может начаться: не все согласия родителей отмечены",
        detail: "Учитель или координатор школы отмечает их на странице урока, в разделе «Класс».",
    },
    en: Words {
        title: "The lesson cannot begin yet: consents of guardians are missing",
        detail: "The teacher or the school's coordinator ticks them off on the lesson's page, under “Class”.",
    },
};
pub const CODE_NEEDED: Code = Code {
    code: "lesson.code_needed",
    status: 403,
    ru: Words {
        title: "На этот урок ученики входят по своему коду",
        detail: "Введите код, который дал учитель. Взрослые входят под своим логином.",
    },
    en: Words {
        title: "Pupils join this lesson by their own code",
        detail: "Enter the code that the teacher gave you. Adults sign in with their login.",
    },
};
pub const WITHOUT_CONSENT: Code = Code {
    code: "lesson.without_consent",
    status: 403,
    ru: Words {
        title: "Войти на урок нельзя: нет согласия родителей",
        detail: "Родители отозвали его или ещё не дали. Спросите учителя.",
    },
    en: Words {
        title: "You cannot join the lesson: your guardians' consent is missing",
        detail: "They withdrew it or have not given it yet. Ask the teacher.",
    },
};
pub const NOT_A_LESSON: Code = Code {
    code: "lesson.other_kind",
    status: 409,
    ru: Words {
        title: "Класс выбирают только для урока",
        detail: "Измените вид встречи на «Трансляция урока» и повторите.",
    },
    en: Words {
        title: "A class is chosen for lessons only",
        detail: "Change the kind of the meeting to “Broadcast lesson” and try again.",
    },
};

pub const CODES: &[Code] = &[
    NO_CLASS,
    CONSENTS_MISSING,
    CODE_NEEDED,
    WITHOUT_CONSENT,
    NOT_A_LESSON,
];

pub const WRONG_CODE: FieldCode = FieldCode {
    code: "pupil.wrong_code",
    ru: "В классе этого урока такого кода нет. Проверьте каждый знак или спросите учителя.",
    en: "Nobody in this lesson's class has this code. Check every character, or ask the teacher.",
};

pub const FIELD_CODES: &[FieldCode] = &[WRONG_CODE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get, attach::attach))
        .routes(routes!(names::names))
}

/// 409 where the lesson of this room cannot begin yet; for a lesson that has begun, 403 for a pupil
/// without a consent of their own. Other events have no such gate.
pub async fn gate(
    state: &AppState,
    room: &room::Model,
    event: &event::Model,
    seat: &seat::Model,
) -> ApiResult<()> {
    let db = &state.store.db;
    let Some(lesson) = lesson::find(db, event.id).await? else {
        let begins = event.kind() == EventKind::Lesson && room.started_at.is_none();
        return if begins {
            Err(ApiError::new(&NO_CLASS))
        } else {
            Ok(())
        };
    };
    if room.started_at.is_none() {
        return ready(consents(db, lesson.class_id).await?);
    }
    if seat.pupil_number.is_none() {
        return Ok(());
    }
    let pupil = match seat.guest_id {
        Some(guest) => pupil::of_guest(db, lesson.class_id, guest).await?,
        None => None,
    };
    let consent = match pupil {
        Some(pupil) => {
            let purpose = kafedra_model::guardian_consent::PURPOSE;
            guardian_consent::of_pupil(db, pupil.id, purpose).await?
        }
        None => None,
    };
    if consent.is_some_and(|consent| counts(&consent)) {
        Ok(())
    } else {
        Err(ApiError::new(&WITHOUT_CONSENT))
    }
}

fn ready(consents: rules::Consents) -> ApiResult<()> {
    consents.check().map_err(|why| {
        let refused = ApiError::new(&CONSENTS_MISSING);
        match why {
            rules::NotReady::NoPupils => refused.saying(
                "В классе пока нет ни одного ученика.".to_owned(),
                "The class has no pupils yet.".to_owned(),
            ),
            rules::NotReady::Missing(missing) => refused.saying(
                format!("Не хватает {missing} из {}.", consents.pupils),
                format!("{missing} of {} are missing.", consents.pupils),
            ),
        }
    })
}

/// The pupil who asks for a seat: by their code, or known from the seat they had. Where a class
/// takes part, whoever has no account is one of its pupils: nobody types a child's name.
pub async fn pupil(
    state: &AppState,
    caller: &Caller,
    event: &event::Model,
    code: Option<&str>,
    address: IpAddr,
) -> ApiResult<Option<pupil::Model>> {
    if matches!(caller, Caller::Person(_) | Caller::Kit { .. }) {
        return Ok(None);
    }
    let db = &state.store.db;
    let Some(lesson) = lesson::find(db, event.id).await? else {
        return Ok(None);
    };
    if let Some(typed) = code {
        let now = state.clock.now();
        state.limits.guesses.check(&address, now)?;
        let known = match slip::normalise(typed) {
            Some(code) => pupil::of_code(db, lesson.class_id, &code).await?,
            None => None,
        };
        if known.is_none() {
            state.limits.guesses.count(address, now);
            return Err(ApiError::field("pupilCode", &WRONG_CODE));
        }
        return Ok(known);
    }
    let known = match caller {
        Caller::Guest { guest, .. } => pupil::of_guest(db, lesson.class_id, guest.id).await?,
        _ => None,
    };
    match known {
        Some(pupil) => Ok(Some(pupil)),
        None => Err(ApiError::new(&CODE_NEEDED)),
    }
}

/// How a lesson's consents stand, for those who run it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LessonState {
    pub pupils: usize,
    pub missing: usize,
    /// Number of the pupil whose consent was just withdrawn.
    pub withdrawn: Option<i32>,
    /// Whether this watcher keeps the class and may ask for the names.
    pub keeper: bool,
}

/// The state for one seat of a lesson's room; `None` for those whom it does not concern.
pub async fn of_seat(
    state: &AppState,
    room: &room::Model,
    seat: &seat::Model,
) -> ApiResult<Option<LessonState>> {
    let db = &state.store.db;
    let Some(lesson) = lesson::find(db, room.event_id).await? else {
        return Ok(None);
    };
    let keeper = match (
        seat.person_id,
        school_class::find(db, lesson.class_id).await?,
    ) {
        (Some(person), Some(class)) => {
            class.teacher_id == person
                || kafedra_store::role_grant::of_person(db, person)
                    .await?
                    .iter()
                    .filter_map(|row| row.grant())
                    .any(|grant| {
                        grant.role == kafedra_model::Role::Coordinator
                            && grant.scope
                                == kafedra_model::Scope::Institution(class.institution_id)
                    })
        }
        _ => false,
    };
    if !keeper && !room.may(seat).moderate {
        return Ok(None);
    }
    let consents = consents(db, lesson.class_id).await?;
    Ok(Some(LessonState {
        pupils: consents.pupils,
        missing: consents.missing(),
        withdrawn: None,
        keeper,
    }))
}

/// The turns of a class's lessons that have not ended: held while its consents change, so that a
/// lesson neither begins on consents that are just withdrawn nor goes on unaware of it.
pub struct Lessons(Vec<(Uuid, Turn)>);

impl Lessons {
    pub async fn of(state: &AppState, class: Uuid) -> ApiResult<Self> {
        let mut turns = Vec::new();
        for room in lesson::open_rooms(&state.store.db, class).await? {
            turns.push((room.id, state.live.turn(room.id).await));
        }
        Ok(Self(turns))
    }

    /// Tells the moderators of these lessons how the consents stand now.
    pub async fn tell(
        self,
        state: &AppState,
        class: Uuid,
        withdrawn: Option<i32>,
    ) -> ApiResult<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let consents = consents(&state.store.db, class).await?;
        let news = serde_json::json!({
            "pupils": consents.pupils,
            "missing": consents.missing(),
            "withdrawn": withdrawn,
        });
        for (_, turn) in &self.0 {
            turn.tell_lesson(&news);
        }
        Ok(())
    }
}

/// «Ученик 7» in the caller's language.
pub fn alias(pupil: &pupil::Model) -> String {
    rules::alias(pupil.number, locale())
}

/// The class of an event's lesson, for those who keep it.
async fn kept_class(
    state: &AppState,
    caller: &Caller,
    event: Uuid,
) -> ApiResult<Option<school_class::Model>> {
    let me = caller.person()?;
    let db = &state.store.db;
    let Some(lesson) = lesson::find(db, event).await? else {
        return Ok(None);
    };
    Ok(school_class::find(db, lesson.class_id)
        .await?
        .filter(|class| keeps(me, class)))
}
