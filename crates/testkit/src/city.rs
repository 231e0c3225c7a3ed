//! A small city to test in: two schools, one person in each role, all with accounts.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::{Grant, Role, Scope, consent as notice, password};
use kafedra_store::{
    account, consent, employment, institution, person, role_grant, session::Holder,
};
use uuid::Uuid;

use crate::{Browser, TestApp, TestDatabase};

/// The password of everyone in the city.
pub const PASSWORD: &str = "test-password";

/// A running application over two schools and their people. Logins: `admin`, `methodist` and
/// `official` (no school); `director`, `coordinator`, `teacher` and `teacher2` of [`Self::school`];
/// `coordinator2` and `teacher3` of [`Self::other_school`]. All gave their consent.
pub struct City {
    pub app: TestApp,
    pub school: Uuid,
    pub other_school: Uuid,
    people: HashMap<&'static str, Uuid>,
}

/// Login, family name, given name, school (0 none, 1 or 2), position, role.
type Resident = (
    &'static str,
    &'static str,
    &'static str,
    u8,
    &'static str,
    Option<Role>,
);

const PEOPLE: [Resident; 9] = [
    ("admin", "Орлова", "Вера", 0, "", Some(Role::Administrator)),
    (
        "methodist",
        "Зимина",
        "Анна",
        0,
        "",
        Some(Role::Methodologist),
    ),
    ("official", "Громов", "Павел", 0, "", Some(Role::Official)),
    (
        "director",
        "Белов",
        "Игорь",
        1,
        "director",
        Some(Role::Director),
    ),
    (
        "coordinator",
        "Лисина",
        "Ольга",
        1,
        "deputy_director",
        Some(Role::Coordinator),
    ),
    ("teacher", "Семёнова", "Мария", 1, "teacher", None),
    ("teacher2", "Котов", "Пётр", 1, "teacher_primary", None),
    (
        "coordinator2",
        "Гусева",
        "Нина",
        2,
        "deputy_director",
        Some(Role::Coordinator),
    ),
    ("teacher3", "Волков", "Олег", 2, "teacher", None),
];

impl City {
    pub async fn sqlite() -> Self {
        Self::over(TestDatabase::sqlite().await).await
    }

    pub async fn over(database: TestDatabase) -> Self {
        Self::in_app(TestApp::over(database).await).await
    }

    /// The city with a media server whose API answers at `media`.
    pub async fn with_media(database: TestDatabase, media: &str) -> Self {
        Self::in_app(TestApp::with_media(database, media).await).await
    }

    /// The city in an application that was set up elsewhere.
    pub async fn in_app(app: TestApp) -> Self {
        let db = &app.state.store.db;
        let now = app.clock.now();
        let mut schools = Vec::new();
        for number in [1, 2] {
            let draft = institution::Draft {
                name: format!("Средняя общеобразовательная школа № {number}"),
                short_name: format!("Школа № {number}"),
                kind: "school".to_owned(),
                address: String::new(),
                municipal: true,
                building_of: None,
            };
            let school = institution::create(db, draft, now).await.expect("a school");
            schools.push(school.id);
        }
        // One hash for all: it is the slow part.
        let hash = password::hash(PASSWORD, [5; 16]).expect("a hash");
        let mut people = HashMap::new();
        for (login, family, given, school, position, role) in PEOPLE {
            let draft = person::Draft {
                family_name: family.to_owned(),
                given_name: given.to_owned(),
                patronymic: String::new(),
                email: Some(format!("{login}@city.example")),
                birth_date: None,
            };
            let person = person::create(db, draft, now).await.expect("a person").id;
            account::create(db, person, login.to_owned(), Some(hash.clone()), now)
                .await
                .expect("an account");
            consent::give(db, person, notice::current().version, now)
                .await
                .expect("a consent");
            let school = schools.get(usize::from(school).wrapping_sub(1)).copied();
            if let Some(institution_id) = school {
                let draft = employment::Draft {
                    institution_id,
                    position_code: position.to_owned(),
                    is_main: true,
                    from_date: NaiveDate::from_ymd_opt(2015, 9, 1).expect("a date"),
                    to_date: None,
                };
                employment::create(db, person, draft)
                    .await
                    .expect("an employment");
            }
            if let Some(role) = role {
                let scope = school.map_or(Scope::City, Scope::Institution);
                role_grant::create(db, person, Grant { role, scope }, None, now)
                    .await
                    .expect("a grant");
            }
            people.insert(login, person);
        }
        Self {
            school: schools[0],
            other_school: schools[1],
            people,
            app,
        }
    }

    /// The id of the person with this login.
    #[track_caller]
    pub fn person(&self, login: &str) -> Uuid {
        self.people[login]
    }

    /// A browser in which the person with this login is signed in, without the slow check of a
    /// password: a test of signing in calls [`Browser::sign_in`].
    pub async fn signed_in(&self, login: &str) -> Browser {
        let account = account::of_login(&self.app.state.store.db, login)
            .await
            .expect("a query")
            .expect("an account of this login");
        self.app.with_session(Holder::Account(account.id)).await
    }

    /// The same for anybody with an account.
    pub async fn signed_in_as(&self, person: Uuid) -> Browser {
        let account = account::of_person(&self.app.state.store.db, person)
            .await
            .expect("a query")
            .expect("an account");
        self.app.with_session(Holder::Account(account.id)).await
    }

    /// One more teacher of `school`, with an account and a password, who holds no role.
    pub async fn new_teacher(&self, school: Uuid) -> Uuid {
        let person = self.new_person().await;
        let (db, now) = (&self.app.state.store.db, self.app.clock.now());
        let login = format!("teacher-{}", &person.simple().to_string()[20..]);
        account::create(
            db,
            person,
            login,
            Some("no password fits this".to_owned()),
            now,
        )
        .await
        .expect("an account");
        let works = employment::Draft {
            institution_id: school,
            position_code: "teacher".to_owned(),
            is_main: true,
            from_date: now.date_naive(),
            to_date: None,
        };
        employment::create(db, person, works)
            .await
            .expect("an employment");
        person
    }

    /// One more person, who works nowhere and has no account.
    pub async fn new_person(&self) -> Uuid {
        let draft = person::Draft {
            family_name: "Новикова".to_owned(),
            given_name: Uuid::now_v7().simple().to_string(),
            ..person::Draft::default()
        };
        let now = self.app.clock.now();
        person::create(&self.app.state.store.db, draft, now)
            .await
            .expect("a person")
            .id
    }

    /// Gives a role directly.
    pub async fn grant(&self, person: Uuid, role: Role, scope: Scope) -> Uuid {
        let now = self.app.clock.now();
        role_grant::create(
            &self.app.state.store.db,
            person,
            Grant { role, scope },
            None,
            now,
        )
        .await
        .expect("a grant")
        .id
    }
}
