//! Broadcast lessons: nothing begins before the consents are complete, and no pupil has a name.

use std::io::Read;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use kafedra_app::retention;
use kafedra_store::guardian_consent;
use kafedra_testkit::{Browser, City, FakeMedia, TestDatabase, app::PUPILS_KEPT, on_both};
use reqwest::{Method, multipart};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::meeting::id;

/// Names that stand nowhere else.
const NAMES: [&str; 3] = ["Хвощева Тайна", "Хвощев Тихон", "Хвощенко Мрак"];

/// A lesson of the teacher's that is planned for now, with a class of three.
struct Lesson {
    city: City,
    media: FakeMedia,
    teacher: Browser,
    event: String,
    room: String,
    class: String,
}

impl Lesson {
    async fn over(database: TestDatabase) -> Self {
        let media = FakeMedia::start().await;
        let city = City::with_media(database, &media.url).await;
        let teacher = city.signed_in("teacher").await;
        let start = city.app.clock.now() + TimeDelta::minutes(5);
        let plan = json!({
            "title": "Дроби", "kind": "lesson", "lobby": "guests", "guestsAllowed": false,
            // Without a back stage of its own: consents alone keep the class out.
            "mode": "meeting",
            "startsAt": start, "endsAt": start + TimeDelta::minutes(45),
        });
        let event = teacher.post("/api/events", plan).await.ok();
        let draft = json!({ "label": "7 «Б»", "institutionId": city.school });
        let class = id(&teacher.post("/api/school-classes", draft).await.ok());
        Self {
            event: id(&event),
            room: id(&event["room"]),
            media,
            city,
            teacher,
            class,
        }
    }

    /// The same with the class on its list and in the lesson.
    async fn with_pupils(database: TestDatabase) -> Self {
        let this = Self::over(database).await;
        let names = json!({ "names": NAMES.join("\n") });
        let path = this.of_class("/pupils");
        this.teacher.post(&path, names).await.ok();
        this.attach().await;
        this
    }

    /// The same where every guardian agreed, and the lesson goes on.
    async fn begun(database: TestDatabase) -> Self {
        let this = Self::with_pupils(database).await;
        for number in 1..=NAMES.len() {
            this.consent(number).await;
        }
        this.seat(&this.teacher).await;
        this.token(&this.teacher).await.ok();
        this
    }

    async fn attach(&self) {
        let path = format!("/api/events/{}/lesson", self.event);
        let choice = json!({ "classId": self.class });
        self.teacher.put(&path, choice).await.ok();
    }

    fn of_class(&self, rest: &str) -> String {
        format!("/api/school-classes/{}{rest}", self.class)
    }

    fn of_room(&self, rest: &str) -> String {
        format!("/api/rooms/{}{rest}", self.room)
    }

    async fn page(&self) -> Value {
        self.teacher.get(&self.of_class("")).await.ok()
    }

    /// One pupil of the page, by number.
    async fn pupil(&self, number: usize) -> Value {
        self.page().await["pupils"][number - 1].clone()
    }

    async fn of_pupil(&self, number: usize, rest: &str) -> String {
        let pupil = id(&self.pupil(number).await);
        self.of_class(&format!("/pupils/{pupil}{rest}"))
    }

    async fn consent(&self, number: usize) {
        let day = self.city.app.clock.now().date_naive();
        let draft = json!({ "givenOn": day, "givenBy": "Хвощева Мать" });
        let path = self.of_pupil(number, "/consent").await;
        self.teacher.put(&path, draft).await.ok();
    }

    async fn withdraw(&self, number: usize) {
        let path = self.of_pupil(number, "/consent").await;
        self.teacher.delete(&path).await.ok();
    }

    async fn seat(&self, browser: &Browser) -> Value {
        browser.post(&self.of_room("/seats"), json!({})).await.ok()
    }

    async fn token(&self, browser: &Browser) -> kafedra_testkit::Answer {
        browser.post(&self.of_room("/token"), json!({})).await
    }

    /// A pupil at a computer of their own.
    async fn joins(&self, number: usize) -> (Browser, Value) {
        let browser = self.city.app.browser();
        let code = self.pupil(number).await["code"].clone();
        let seat = browser
            .post(&self.of_room("/seats"), json!({ "pupilCode": code }))
            .await
            .ok();
        (browser, seat)
    }

    /// How many lines of this kind the access log has.
    async fn logged(&self, action: &str) -> u64 {
        let admin = self.city.signed_in("admin").await;
        let path = format!("/api/access-log?action={action}");
        admin.get(&path).await.ok()["total"]
            .as_u64()
            .expect("a count")
    }
}

#[tokio::test]
async fn a_lesson_begins_only_when_every_consent_is_there_and_says_how_many_are_missing() {
    on_both(|database| async move {
        let lesson = Lesson::over(database).await;
        lesson.seat(&lesson.teacher).await;
        lesson
            .token(&lesson.teacher)
            .await
            .refused("lesson.no_class");
        lesson.attach().await;
        let refused = lesson.token(&lesson.teacher).await;
        let problem = refused.refused("lesson.consents_missing");
        assert!(
            problem["detail"].as_str().expect("words").contains("нет"),
            "{problem}"
        );
        let names = json!({ "names": NAMES.join("\n") });
        lesson
            .teacher
            .post(&lesson.of_class("/pupils"), names)
            .await
            .ok();
        lesson.consent(1).await;
        // Nobody gets a token: not the teacher, not a pupil whose own consent is there.
        let (pupil, seat) = lesson.joins(1).await;
        assert_eq!(seat["status"], "admitted");
        for browser in [&lesson.teacher, &pupil] {
            let problem = lesson
                .token(browser)
                .await
                .refused("lesson.consents_missing");
            let words = problem["detail"].as_str().expect("words");
            assert!(words.contains("Не хватает 2 из 3"), "{words}");
            assert!(words.contains("раздел"), "{words}");
        }
        assert_eq!(lesson.media.calls(), [""; 0]);
        lesson.consent(2).await;
        lesson.consent(3).await;
        lesson.token(&lesson.teacher).await.ok();
        lesson.token(&pupil).await.ok();
        // One that is taken back before a lesson keeps it from beginning again.
        assert!(!lesson.media.calls().is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_those_who_keep_a_class_find_it_and_only_what_fits_is_taken() {
    on_both(|database| async move {
        let lesson = Lesson::with_pupils(database).await;
        let city = &lesson.city;
        let coordinator = city.signed_in("coordinator").await;
        let seen = coordinator.get(&lesson.of_class("")).await.ok();
        assert_eq!(seen["pupils"][0]["name"], NAMES[0]);
        assert_eq!(seen["pupils"][2]["number"], 3);
        assert_eq!(
            (&seen["pupilCount"], &seen["consentCount"]),
            (&json!(3), &json!(0))
        );
        for login in [
            "admin",
            "methodist",
            "official",
            "director",
            "coordinator2",
            "teacher2",
        ] {
            let other = city.signed_in(login).await;
            let answer = other.get(&lesson.of_class("")).await;
            assert_eq!(answer.status, 404, "{login}");
            let list = other.get("/api/school-classes").await.ok();
            assert_eq!(list["total"], 0, "{login}");
        }
        let foreign = json!({ "label": "1", "institutionId": city.other_school });
        assert_eq!(
            lesson
                .teacher
                .post("/api/school-classes", foreign)
                .await
                .status,
            403
        );
        let path = lesson.of_class("/pupils");
        let add = |names: &str| {
            let (names, path) = (json!({ "names": names }), path.clone());
            let teacher = lesson.teacher.clone();
            async move { teacher.post(&path, names).await }
        };
        let twice = add("Новый Ученик\nхвощев ТИХОН").await;
        assert!(
            twice.body["detail"]
                .as_str()
                .expect("words")
                .contains("Строка 2")
        );
        twice.refused_field("names", "pupil.twice");
        add(" \n 17 \n")
            .await
            .refused_field("names", "pupil.no_names");
        let crowd: Vec<String> = (0..58)
            .map(|n| format!("Ученик{} Ы", "я".repeat(n)))
            .collect();
        add(&crowd.join("\n"))
            .await
            .refused_field("names", "pupil.too_many");
        // Nothing of what was refused is there; a number is never given twice.
        let last = lesson.of_pupil(3, "").await;
        lesson.teacher.delete(&last).await.ok();
        let page = add("Новый Ученик").await.ok();
        let numbers: Vec<&Value> = page["pupils"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| &one["number"])
            .collect();
        assert_eq!(numbers, [1, 2, 3]);
        let path = lesson.of_pupil(1, "/consent").await;
        let tomorrow = city.app.clock.now().date_naive() + TimeDelta::days(2);
        let late = json!({ "givenOn": tomorrow, "givenBy": "Мать" });
        lesson
            .teacher
            .put(&path, late)
            .await
            .refused_field("givenOn", "consent.later");
        let nobody = json!({ "givenOn": "2017-09-01", "givenBy": " " });
        lesson
            .teacher
            .put(&path, nobody)
            .await
            .refused_field("givenBy", "required");
        let other_kind = city.signed_in("teacher").await;
        let now = other_kind.post("/api/events/now", json!({})).await.ok();
        let choose = format!("/api/events/{}/lesson", id(&now));
        other_kind
            .put(&choose, json!({ "classId": lesson.class }))
            .await
            .refused("lesson.other_kind");
        assert!(lesson.logged("pupils.viewed").await > 0);
        assert!(lesson.logged("pupils.changed").await > 0);
    })
    .await;
}

#[tokio::test]
async fn a_pupil_joins_by_a_code_alone_and_never_under_a_name() {
    on_both(|database| async move {
        let lesson = Lesson::begun(database).await;
        let city = &lesson.city;
        let seats = lesson.of_room("/seats");
        let stranger = city.app.browser();
        stranger
            .post(&seats, json!({ "guestName": NAMES[0], "consentVersion": kafedra_model::consent::current().version }))
            .await
            .refused("lesson.code_needed");
        stranger
            .post(&seats, json!({ "pupilCode": "AAAAA-AAAAA" }))
            .await
            .refused_field("pupilCode", "pupil.wrong_code");
        let card = stranger
            .get(&format!("/api/rooms/by-code/{}", room_code(&lesson).await))
            .await
            .ok();
        assert_eq!(card["byPupilCode"], true);
        // Past the lobby of strangers and the ban on guests: the class is invited.
        let (pupil, seat) = lesson.joins(2).await;
        assert_eq!((&seat["name"], &seat["status"]), (&json!("Ученик 2"), &json!("admitted")));
        assert_eq!(seat["pupilNumber"], 2);
        // Coming back needs no code, a typed name changes nothing, another device is the same pupil.
        let again = pupil.post(&seats, json!({ "guestName": NAMES[1] })).await.ok();
        assert_eq!((&again["id"], &again["name"]), (&seat["id"], &seat["name"]));
        let (other_device, same) = lesson.joins(2).await;
        assert_eq!(same["id"], seat["id"]);
        assert_eq!(other_device.get("/api/me").await.ok()["guest"]["name"], "Ученик 2");
        // At one computer the second child is not the first.
        let code = lesson.pupil(3).await["code"].clone();
        let third = other_device.post(&seats, json!({ "pupilCode": code })).await.ok();
        assert_eq!(third["name"], "Ученик 3");
        assert_ne!(third["id"], seat["id"]);
        // The media server is told the alias too.
        let token = lesson.token(&pupil).await.ok();
        let claims = claims(token["token"].as_str().expect("a token"));
        assert!(claims.contains("Ученик 2"), "{claims}");
        assert!(!claims.contains("Хвощ"), "{claims}");
    })
    .await;
}

#[tokio::test]
async fn a_consent_withdrawn_in_a_lesson_is_told_to_the_moderators_and_cuts_nobody() {
    on_both(|database| async move {
        let lesson = Lesson::begun(database).await;
        let (pupil, _) = lesson.joins(1).await;
        let (other, _) = lesson.joins(2).await;
        let mut moderator = lesson.teacher.watch(&lesson.room).await;
        let snapshot = moderator.expect("snapshot").await;
        assert_eq!(snapshot["lesson"]["missing"], 0);
        assert_eq!(snapshot["lesson"]["keeper"], true);
        let mut child = other.watch(&lesson.room).await;
        assert_eq!(child.expect("snapshot").await["lesson"], Value::Null);
        lesson.withdraw(1).await;
        let told = moderator.until("lesson").await;
        assert_eq!(told, json!({ "pupils": 3, "missing": 1, "withdrawn": 1 }));
        // The lesson goes on for all the others, and whoever comes back comes in.
        lesson.token(&lesson.teacher).await.ok();
        lesson.token(&other).await.ok();
        lesson.token(&pupil).await.refused("lesson.without_consent");
        assert_eq!(lesson.seat(&pupil).await["status"], "admitted");
        assert_eq!(lesson.logged("guardian_consent.withdrawn").await, 1);
        lesson.consent(1).await;
        assert_eq!(moderator.until("lesson").await["missing"], 0);
        lesson.token(&pupil).await.ok();
        // What the child heard meanwhile was nothing of it.
        let message = json!({ "body": "тут", "key": "1" });
        other.post(&lesson.of_room("/chat"), message).await.ok();
        loop {
            let (name, data) = child.next().await.expect("news");
            assert_ne!(name, "lesson", "{data}");
            if name == "chat" {
                assert_eq!(data["name"], "Ученик 2");
                break;
            }
        }
    })
    .await;
}

/// Every route that reads, with every id that could lead to a pupil in every place, as everybody.
#[tokio::test]
async fn a_pupils_name_reaches_nobody_but_those_who_keep_the_class_by_any_route_or_stream() {
    on_both(|database| async move {
        let lesson = Lesson::begun(database).await;
        let (pupil, seat) = lesson.joins(1).await;
        let (colleague, _) = admitted(&lesson, "teacher2").await;
        let connection = lesson.media.join(&lesson.room, &id(&seat), &[]);
        let app = &lesson.city.app;
        for (number, event) in ["participant_joined", "participant_left"]
            .iter()
            .enumerate()
        {
            lesson
                .media
                .tell(app, &number.to_string(), event, &lesson.room, &connection)
                .await;
            app.clock.advance(TimeDelta::minutes(10));
        }
        let message = json!({ "body": "я тут", "key": "1" });
        pupil.post(&lesson.of_room("/chat"), message).await.ok();
        pupil.put(&lesson.of_room("/hand"), json!({})).await.ok();

        let child = id(&lesson.pupil(1).await);
        let ids = [
            lesson.event.clone(),
            lesson.room.clone(),
            lesson.class.clone(),
            child,
            id(&seat),
            lesson.city.school.to_string(),
            lesson.city.person("teacher").to_string(),
        ];
        let paths = reading_paths(&ids, &room_code(&lesson).await);
        assert!(paths.len() > 100, "{}", paths.len());
        // The test would see a name: those who keep the class do.
        let leaks = leaks_to(&lesson.teacher, &paths).await;
        let own = [lesson.of_class(""), lesson.of_room("/pupils")];
        assert!(own.iter().all(|path| leaks.contains(path)), "{leaks:?}");
        assert_eq!(leaks.len(), own.len(), "{leaks:?}");

        let mut others = vec![
            ("nobody".to_owned(), app.browser()),
            ("the pupil".to_owned(), pupil),
            ("a colleague in the room".to_owned(), colleague),
        ];
        for login in [
            "coordinator2",
            "director",
            "official",
            "methodist",
            "admin",
            "teacher3",
        ] {
            others.push((login.to_owned(), lesson.city.signed_in(login).await));
        }
        for (who, browser) in &others {
            let leaks = leaks_to(browser, &paths).await;
            assert!(leaks.is_empty(), "{who}: {leaks:?}");
        }
        // What a moderator who does not keep the class hears on the stream.
        let (director, _) = admitted(&lesson, "director").await;
        let seats = lesson.of_room("/seats");
        let mine = director.post(&seats, json!({})).await.ok();
        let promote = lesson.of_room(&format!("/seats/{}", id(&mine)));
        lesson
            .teacher
            .patch(&promote, json!({ "role": "cohost" }))
            .await
            .ok();
        let mut stream = director.watch(&lesson.room).await;
        let mut heard = stream.expect("snapshot").await.to_string();
        lesson.withdraw(2).await;
        let (_, seat) = lesson.joins(3).await;
        assert_eq!(seat["name"], "Ученик 3");
        lesson.consent(2).await;
        for _ in 0..3 {
            let (_, data) = stream.next().await.expect("news");
            heard.push_str(&data.to_string());
        }
        assert!(heard.contains("Ученик 3"), "{heard}");
        assert!(!heard.contains("Хвощ"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn the_data_of_pupils_and_the_scans_go_some_time_after_the_last_lesson() {
    on_both(|database| async move {
        let lesson = Lesson::begun(database).await;
        let app = &lesson.city.app;
        let (_, seat) = lesson.joins(1).await;
        let path = lesson.of_pupil(1, "/consent/scan").await;
        let scan = multipart::Part::bytes(b"%PDF-1.7 consent".to_vec()).file_name("scan.pdf");
        let form = multipart::Form::new().part("file", scan);
        let kept = lesson.teacher.request(Method::PUT, &path).multipart(form);
        assert_eq!(kept.send().await.expect("an answer").status(), 200);
        let scan = lesson.teacher.request(Method::GET, &path).send().await;
        assert_eq!(scan.expect("an answer").status(), 200);
        let files = || walk(&app.state.settings.files);
        assert_eq!(files(), 1);
        let lasts = TimeDelta::minutes(50);
        app.clock
            .advance(lasts + PUPILS_KEPT - TimeDelta::minutes(1));
        retention::forget_pupils(&app.state).await.expect("a round");
        let teacher = lesson.city.signed_in("teacher").await;
        let page = teacher.get(&lesson.of_class("")).await.ok();
        assert_eq!(page["pupilCount"], 3);
        app.clock.advance(TimeDelta::minutes(2));
        retention::forget_pupils(&app.state).await.expect("a round");
        let page = teacher.get(&lesson.of_class("")).await.ok();
        assert_eq!(page["pupils"], json!([]));
        assert_eq!(files(), 0);
        let db = &app.state.store.db;
        let left = guardian_consent::Entity::find().count(db).await;
        assert_eq!(left.expect("a count"), 0);
        // The lesson keeps what it was, without a name.
        assert_eq!(seat["name"], "Ученик 1");
        assert_eq!(lesson.logged("pupils.erased").await, 1);
    })
    .await;
}

/// A colleague with an admitted seat.
async fn admitted(lesson: &Lesson, login: &str) -> (Browser, String) {
    let browser = lesson.city.signed_in(login).await;
    let seat = id(&lesson.seat(&browser).await);
    let path = lesson.of_room(&format!("/seats/{seat}/admit"));
    lesson.teacher.post(&path, json!({})).await.ok();
    (browser, seat)
}

async fn room_code(lesson: &Lesson) -> String {
    let path = format!("/api/events/{}", lesson.event);
    let event = lesson.teacher.get(&path).await.ok();
    event["room"]["code"].as_str().expect("a code").to_owned()
}

fn claims(token: &str) -> String {
    let payload = token.split('.').nth(1).expect("a payload");
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(payload).expect("base64");
    String::from_utf8(bytes).expect("text")
}

/// Each `GET` of the OpenAPI document with each of `ids` in each place, streams included.
fn reading_paths(ids: &[String], code: &str) -> Vec<String> {
    let document = serde_json::to_value(kafedra_app::openapi()).expect("a document");
    let mut paths = Vec::new();
    for (route, item) in document["paths"].as_object().expect("paths") {
        if item.get("get").is_none() {
            continue;
        }
        let mut filled = vec![route.replace("{code}", code)];
        while let Some(open) = filled[0].find('{') {
            let close = filled[0].find('}').expect("a closing brace");
            let place = filled[0][open..=close].to_owned();
            filled = filled
                .iter()
                .flat_map(|path| ids.iter().map(|id| path.replacen(&place, id, 1)))
                .collect();
        }
        paths.extend(filled);
    }
    paths
}

/// The paths that answer this browser with a pupil's name or a guardian's.
async fn leaks_to(browser: &Browser, paths: &[String]) -> Vec<String> {
    let mut leaks = Vec::new();
    for path in paths {
        let answer = browser.request(Method::GET, path).send().await;
        let mut answer = answer.expect("an answer");
        let streams = answer
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let bytes = if streams {
            // The snapshot; the rest never ends.
            answer.chunk().await.expect("a chunk").unwrap_or_default()
        } else {
            answer.bytes().await.expect("a body")
        };
        if holds_a_name(&bytes) {
            leaks.push(path.clone());
        }
    }
    leaks
}

/// Whether the bytes, or a part of the archive that they are, hold a name.
fn holds_a_name(bytes: &[u8]) -> bool {
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("Хвощ");
    if !bytes.starts_with(b"PK") {
        return told(bytes);
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    (0..archive.len()).any(|place| {
        let mut part = Vec::new();
        let mut file = archive.by_index(place).expect("a part");
        file.read_to_end(&mut part).expect("its bytes");
        told(&part)
    })
}

/// How many files lie in a folder and those below.
fn walk(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            if path.is_dir() { walk(&path) } else { 1 }
        })
        .sum()
}
