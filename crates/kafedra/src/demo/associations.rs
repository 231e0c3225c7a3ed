//! The demo city's methodological associations, their members, and the meetings of this school
//! year: those of the past were held, those to come stand in the plan.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use kafedra_model::{EventRole, Lobby, association::school_year, room};
use kafedra_store::{association, association_member, event, event_role};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::city::City;

/// Name, subject, level, the position of its members, how many of them.
type Kind = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

const ASSOCIATIONS: [Kind; 12] = [
    ("ГМО учителей физики", "Физика", "", "teacher", 24),
    ("ГМО учителей математики", "Математика", "", "teacher", 32),
    (
        "ГМО учителей русского языка и литературы",
        "Русский язык",
        "",
        "teacher",
        32,
    ),
    (
        "ГМО учителей истории и обществознания",
        "История",
        "",
        "teacher",
        26,
    ),
    ("ГМО учителей химии и биологии", "Химия", "", "teacher", 24),
    (
        "ГМО учителей иностранных языков",
        "Английский язык",
        "",
        "teacher",
        30,
    ),
    ("ГМО учителей информатики", "Информатика", "", "teacher", 22),
    (
        "ГМО учителей физической культуры",
        "Физическая культура",
        "",
        "teacher",
        28,
    ),
    (
        "ГМО учителей начальных классов",
        "",
        "Начальные классы",
        "teacher_primary",
        36,
    ),
    (
        "ГМО воспитателей",
        "",
        "Дошкольное образование",
        "kindergarten_teacher",
        36,
    ),
    ("ГМО педагогов-психологов", "", "", "psychologist", 24),
    (
        "ГМО педагогов дополнительного образования",
        "",
        "Дополнительное образование",
        "extended_education_teacher",
        24,
    ),
];

/// Months of the meetings, each with its topic.
const MEETINGS: [(u32, &str); 5] = [
    (9, "задачи учебного года и план работы"),
    (11, "работа с детьми, которым трудно учиться"),
    (1, "итоги полугодия, подготовка к экзаменам"),
    (3, "открытые уроки коллег: что берём себе"),
    (5, "итоги года и план на следующий"),
];

pub(super) async fn write(
    db: &DatabaseTransaction,
    city: &City,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut random = StdRng::seed_from_u64(2017);
    let account = |login: &str| {
        city.accounts
            .iter()
            .find(|one| one.login == login)
            .map(|one| one.person)
    };
    let year = school_year(now.date_naive());
    let since = NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or_default();
    for (number, (name, subject, level, position, members)) in ASSOCIATIONS.iter().enumerate() {
        let mut people: Vec<Uuid> = city
            .employments
            .iter()
            .filter(|job| job.is_main && job.position == *position)
            .map(|job| job.person)
            .filter(|person| !city.accounts.iter().any(|one| one.person == *person))
            .skip(number * 7)
            .step_by(5)
            .take(*members)
            .collect();
        // The head of the first one has an account to try it with.
        let head = match (number, account("teacher2")) {
            (0, Some(teacher)) => teacher,
            _ => people.first().copied().unwrap_or_default(),
        };
        if !people.contains(&head) {
            people.push(head);
        }
        if number == 0 {
            people.extend(account("teacher"));
        }
        let draft = association::Draft {
            name: (*name).to_owned(),
            subject: (*subject).to_owned(),
            level: (*level).to_owned(),
            head_id: Some(head),
            curator_id: account("methodist"),
            stand_in_id: people.get(1).copied(),
        };
        let association = association::create(db, draft, now).await?;
        for person in &people {
            association_member::put(db, association.id, *person, since, None).await?;
        }
        for (month, topic) in MEETINGS {
            let starts_at = meeting_time(year, month, number);
            let meeting = Meeting {
                association: &association,
                head,
                secretary: people.get(1).copied(),
                title: format!("{name}: {topic}"),
                starts_at,
            };
            meeting.write(db, now, &mut random).await?;
        }
    }
    Ok(())
}

/// Three in the afternoon in Moscow on a weekday of the month's second or third week.
fn meeting_time(year: i32, month: u32, number: usize) -> DateTime<Utc> {
    let year = if month >= 9 { year } else { year + 1 };
    let first = NaiveDate::from_ymd_opt(year, month, 8).unwrap_or_default();
    let mut day = first + Days::new(u64::try_from(number).unwrap_or(0));
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day + Days::new(1);
    }
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12)
}

struct Meeting<'a> {
    association: &'a association::Model,
    head: Uuid,
    secretary: Option<Uuid>,
    title: String,
    starts_at: DateTime<Utc>,
}

impl Meeting<'_> {
    async fn write(
        self,
        db: &DatabaseTransaction,
        now: DateTime<Utc>,
        random: &mut impl Rng,
    ) -> Result<(), DbErr> {
        let ends_at = self.starts_at + TimeDelta::minutes(90);
        let subject = Some(self.association.subject.clone()).filter(|subject| !subject.is_empty());
        let event = event::ActiveModel {
            id: Set(Uuid::now_v7()),
            title: Set(self.title),
            kind: Set("association_meeting".to_owned()),
            starts_at: Set(self.starts_at),
            ends_at: Set(ends_at),
            timezone: Set("Europe/Moscow".to_owned()),
            organiser_id: Set(self.head),
            created_at: Set(now),
            updated_at: Set(now),
            subject: Set(subject),
            association_id: Set(Some(self.association.id)),
            ..Default::default()
        }
        .insert(db)
        .await?;
        let held = ends_at < now;
        kafedra_store::room::ActiveModel {
            id: Set(Uuid::now_v7()),
            event_id: Set(event.id),
            code: Set(room::new_code(random)),
            lobby: Set(Lobby::Guests.as_str().to_owned()),
            guests_allowed: Set(true),
            allow_unmute: Set(true),
            allow_video: Set(true),
            allow_share: Set(true),
            allow_chat: Set(true),
            capacity: Set(0),
            started_at: Set(held.then_some(self.starts_at)),
            ended_at: Set(held.then_some(ends_at)),
            ..Default::default()
        }
        .insert(db)
        .await?;
        event_role::give(db, event.id, self.head, EventRole::Organiser, "", now).await?;
        if let Some(secretary) = self.secretary {
            event_role::give(db, event.id, secretary, EventRole::Secretary, "", now).await?;
        }
        Ok(())
    }
}
