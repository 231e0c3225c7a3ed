//! A person's data as a whole: nothing is left out of the archive, nothing is left after an erasure,
//! and no figure moves.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
    path::Path,
    sync::Arc,
};

use chrono::TimeDelta;
use kafedra_app::mail::Transport;
use kafedra_model::{
    EventRole, Locale, Role, Scope, consent as notice, erasure::TOKEN,
    registration::RegistrationState,
};
use kafedra_store::{Store, connection, consent, event_role, presence_match, registration, room};
use kafedra_testkit::{Answer, Browser, City, TestDatabase, on_both};
use reqwest::{Method, StatusCode, multipart};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    held::{Held, file, finished},
    imports::imported,
    mail::send,
    meeting::id,
};

const NAME: &str = "Белкина Зоя Аркадьевна";
const EMAIL: &str = "zoya@city.example";
const SNILS: &str = "112-233-445 95";
const PHONE: &str = "+7 921 555-01-02";
/// What must not be found once she is erased: parts of names, addresses and numbers.
const TRACES: [&str; 9] = [
    "Белкина",
    "белкина",
    "БЕЛКИНА",
    EMAIL,
    "11223344595",
    SNILS,
    PHONE,
    "1980-02-03",
    "ПК-777",
];

/// A city in which Зоя Белкина has done everything that a person can.
struct Life {
    held: Held,
    zoya: Uuid,
    browser: Browser,
    admin: Browser,
    scan: Vec<u8>,
}

impl Life {
    async fn over(database: TestDatabase) -> Self {
        let city = Arc::new(City::over(database).await);
        let admin = city.signed_in("admin").await;
        let table = format!(
            "ФИО;Дата рождения;СНИЛС;Почта;Логин;Учреждение;Должность;Основное;Работает с\n\
             {NAME};03.02.1980;{SNILS};{EMAIL};zoya.b;Школа № 1;Учитель;да;01.09.2015\n"
        );
        imported(&admin, "people", &table).await;
        let db = &city.app.state.store.db;
        let zoya = kafedra_store::person::of_email(db, EMAIL)
            .await
            .expect("a query")
            .expect("she is in the register")
            .id;
        let now = city.app.clock.now();
        consent::give(db, zoya, notice::current().version, now)
            .await
            .expect("a consent");
        let browser = city.signed_in_as(zoya).await;
        let held = Held::in_city(city, "master_class").await;
        let mut life = Self {
            held,
            zoya,
            browser,
            admin,
            scan: b"%PDF-1.7 a scan of hers".to_vec(),
        };
        life.documents().await;
        life.letters().await;
        life.meeting().await;
        life.papers().await;
        life
    }

    fn store(&self) -> &Store {
        &self.held.city.app.state.store
    }

    async fn documents(&self) {
        let draft = json!({
            "kind": "certificate", "registration": "ПК-777", "issuer": "ИРО",
            "issuedOn": "2016-03-01", "programme": "Цифровая школа", "hours": 72,
        });
        let path = format!("/api/people/{}/documents", self.zoya);
        let document = self.browser.post(&path, draft).await.ok();
        let path = format!("/api/documents/{}", id(&document));
        let part = multipart::Part::bytes(self.scan.clone()).file_name("scan.pdf");
        let form = multipart::Form::new().part("file", part);
        let request = self.browser.request(Method::PUT, &format!("{path}/scan"));
        Answer::of(request.multipart(form)).await.ok();
        let list = self
            .admin
            .get(&format!("/api/people/{}/documents", self.zoya))
            .await
            .ok();
        let verified = json!({ "verified": true, "version": list["items"][0]["version"] });
        let path = format!("{path}/verification");
        self.admin.put(&path, verified).await.ok();
        let report = json!({
            "text": format!("Не слышно. {NAME}"), "page": "/", "context": "",
        });
        self.browser.post("/api/problem-reports", report).await.ok();
    }

    /// She is invited, registered by her account and by her address.
    async fn letters(&self) {
        let city = &self.held.city;
        let now = city.app.clock.now();
        let start = now + TimeDelta::days(2);
        let plan = json!({
            "title": format!("Юбилей: {NAME}"), "kind": "staff_meeting", "startsAt": start,
            "endsAt": start + TimeDelta::minutes(90), "inviteeIds": [self.zoya],
        });
        let event = self.admin.post("/api/events", plan).await.ok();
        send(&city.app.state).await;
        let event: Uuid = id(&event).parse().expect("an id");
        let guest = registration::Who::Guest {
            email: EMAIL.to_owned(),
            code: "secret-code-of-hers".to_owned(),
            consent_version: "1".to_owned(),
        };
        for (place, who) in [registration::Who::Person(self.zoya), guest]
            .into_iter()
            .enumerate()
        {
            let draft = registration::Draft {
                who,
                name: NAME.to_owned(),
                locale: Locale::Ru,
                answers: json!({ Uuid::from_u128(1).to_string(): PHONE }).to_string(),
                state: RegistrationState::Confirmed,
                place: i64::try_from(place).expect("a number"),
            };
            registration::create(&self.store().db, event, draft, now)
                .await
                .expect("a registration");
        }
    }

    /// She comes, asks, writes, votes and talks; others write of her.
    async fn meeting(&self) {
        let (held, db) = (&self.held, &self.store().db);
        let now = held.city.app.clock.now();
        let room = format!("/api/rooms/{}", held.room);
        let at = |rest: &str| format!("{room}{rest}");
        held.host.post(&at("/seats"), json!({})).await.ok();
        let seat = self.browser.post(&at("/seats"), json!({})).await.ok();
        held.host
            .post(&at(&format!("/seats/{}/admit", id(&seat))), json!({}))
            .await;
        let key = connection::Key {
            id: "PA_zoya".to_owned(),
            room: held.room,
            seat: id(&seat).parse().expect("an id"),
            media_room: "RM_1".to_owned(),
        };
        connection::joined(db, key.clone(), now).await.expect("in");
        connection::left(db, key, now + TimeDelta::minutes(80))
            .await
            .expect("out");
        for (browser, text) in [
            (
                &self.browser,
                "Мой адрес zoya@city.example, Белкина".to_owned() + " Зоя",
            ),
            (&held.host, "Спасибо, Белкина З. А.!".to_owned()),
        ] {
            let message = json!({ "body": text, "key": text.len().to_string() });
            browser.post(&at("/chat"), message).await.ok();
        }
        let question = json!({ "text": "Когда отчёт? З. А. Белкина", "key": "1" });
        self.browser.post(&at("/questions"), question).await.ok();
        let poll = json!({
            "kind": "single", "text": "Нужен ли кружок?", "named": true, "results": "live",
            "options": [{ "text": "Да" }, { "text": "Нет" }],
        });
        let poll = held.host.post(&at("/polls"), poll).await.ok();
        let poll = at(&format!("/polls/{}", id(&poll)));
        held.host
            .post(&format!("{poll}/open"), json!({}))
            .await
            .ok();
        let answer = json!({ "choices": [0] });
        self.browser
            .put(&format!("{poll}/answer"), answer)
            .await
            .ok();
        held.host
            .post(&format!("{poll}/close"), json!({}))
            .await
            .ok();

        // A second time she came as a guest, and was told who she is.
        let guest = held.city.app.browser();
        let body = json!({
            "guestName": "Зоя Аркадьевна Белкина", "consentVersion": notice::current().version,
        });
        let seat = guest.post(&at("/seats"), body).await.ok();
        let seat = id(&seat).parse().expect("an id");
        presence_match::set(db, seat, self.zoya, held.city.person("teacher"), now)
            .await
            .expect("a match");

        event_role::give(db, held.event, self.zoya, EventRole::Host, "Квадраты", now)
            .await
            .expect("a role");
        for row in event_role::of_event(db, held.event).await.expect("roles") {
            if row.person_id == self.zoya {
                event_role::confirm(db, row.id, held.city.person("admin"), now)
                    .await
                    .expect("a confirmation");
            }
        }
        held.role("director", EventRole::Chair, "").await;
        held.role("coordinator", EventRole::Secretary, "").await;
        // Two schools listen: it counts as dissemination.
        held.stays(held.city.person("teacher2"), 90).await;
        held.stays(held.city.person("teacher3"), 90).await;
        held.end().await;
    }

    /// A certificate, all of them as a ZIP, minutes that name her, signed quarters that count her.
    async fn papers(&mut self) {
        let held = &self.held;
        let rule = json!({ "rule": { "roles": ["host"], "minMinutes": 0, "minShare": 10 } });
        assert_eq!(held.issue(rule).await["state"], "done");
        let job = held
            .host
            .post(&held.path("/certificates/bundle"), json!({}))
            .await
            .ok();
        finished(&held.host, &id(&job)).await;

        let path = held.path("/minutes");
        let secretary = held.city.signed_in("coordinator").await;
        let mut body = secretary.get(&path).await.ok()["body"].clone();
        let item = json!({
            "topic": "Мастер-класс", "speaker": NAME, "heard": "Белкина З.А. показала квадраты.",
            "decided": [{ "text": "Поручить", "assigneeId": self.zoya, "assignee": NAME }],
        });
        body["items"] = json!([item]);
        let edit = json!({ "number": "1", "body": body, "updatedAt": null });
        let draft = secretary.put(&path, edit).await.ok();
        let seen = json!({ "updatedAt": draft["updatedAt"] });
        secretary.post(&held.path("/minutes/sign"), seen).await.ok();

        let official = held.city.signed_in("official").await;
        for key in ["qualification", "dissemination"] {
            let path = format!("/api/indicators/{key}/signatures");
            let order = json!({ "year": 2017, "quarter": 2, "seenRevision": 0, "reason": "" });
            official.post(&path, order).await.ok();
        }
    }

    /// What must not move: signed figures, presence, votes, numbers of certificates and of minutes.
    async fn figures(&self) -> Value {
        let official = self.held.city.signed_in("official").await;
        let held = &self.held;
        let mut signed = Vec::new();
        for key in ["qualification", "dissemination"] {
            let path = format!("/api/indicators/{key}/signatures?year=2017");
            let list = official.get(&path).await.ok()["items"].clone();
            let evidence = format!("/api/indicator-signatures/{}/evidence", id(&list[0]));
            let evidence = official.get(&evidence).await.ok();
            let evidence = evidence.as_array().expect("a list");
            let counted = evidence.iter().filter(|one| one["counted"] == true).count();
            signed.push(json!({ "list": list, "evidence": evidence.len(), "counted": counted }));
        }
        let presence = held.host.get(&held.path("/presence")).await.ok();
        let people = presence["items"].as_array().expect("people");
        // By name they stand in another order afterwards.
        let mut present: Vec<String> = people
            .iter()
            .map(|one| json!([one["minutes"], one["institution"], one["role"]]).to_string())
            .collect();
        present.sort();
        let polls = held.host.get(&held.path("/polls")).await.ok();
        let certificates: Vec<Value> = held
            .certificates()
            .await
            .into_iter()
            .map(|one| json!([one["number"], one["minutes"], one["role"]]))
            .collect();
        let minutes = held.host.get(&held.path("/minutes")).await.ok();
        let attended = minutes["body"]["attended"]
            .as_array()
            .expect("a list")
            .len();
        json!({
            "signed": signed, "present": present, "certificates": certificates,
            "votes": polls["items"][0]["poll"]["result"]["counts"],
            "attended": attended, "number": minutes["number"],
        })
    }

    async fn erase(&self, body: Value) -> Answer {
        let path = format!("/api/people/{}/erasure", self.zoya);
        self.admin.post(&path, body).await
    }
}

/// Every row of every table as a line of text.
async fn dump(store: &Store) -> Vec<String> {
    let snapshot = store.snapshot().await.expect("a snapshot");
    let mut lines = Vec::new();
    for table in &snapshot.tables {
        let columns = table.column_names();
        snapshot
            .rows::<kafedra_store::dump::DumpError>(table, |values| {
                let row: Vec<String> = columns
                    .iter()
                    .zip(values)
                    .map(|(column, value)| format!("{column}={value}"))
                    .collect();
                lines.push(format!("{}: {}", table.name, row.join(" ")));
                Ok(())
            })
            .await
            .expect("rows");
    }
    lines
}

/// Lines that hold what must not be found.
async fn left(store: &Store) -> Vec<String> {
    let mut lines = dump(store).await;
    lines.retain(|line| TRACES.iter().any(|trace| line.contains(trace)));
    lines
}

/// Files below a folder, but those of the database itself.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flat_map(|entry| {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The files of an archive by their names.
fn unpacked(bytes: Vec<u8>) -> HashMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    (0..zip.len())
        .map(|place| {
            let mut file = zip.by_index(place).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("bytes");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn json_of(archive: &HashMap<String, Vec<u8>>, name: &str) -> Value {
    let bytes = archive
        .get(name)
        .unwrap_or_else(|| panic!("no {name} among {:?}", archive.keys()));
    serde_json::from_slice(bytes).expect("JSON")
}

#[tokio::test]
async fn an_archive_holds_all_that_is_kept_and_no_secret() {
    on_both(|database| async move {
        let life = Life::over(database).await;
        let (kind, bytes) = file(&life.browser, "/api/me/data.zip").await;
        assert_eq!(kind, "application/zip");
        let mine = unpacked(bytes);
        assert_eq!(json_of(&mine, "Карточка.json")[0]["family_name"], "Белкина");
        let documents = json_of(&mine, "Документы о повышении квалификации.json");
        assert_eq!(documents[0]["registration"], "ПК-777");
        assert_eq!(json_of(&mine, "СНИЛС.json")[0]["snils"], SNILS);
        let works = json_of(&mine, "Места работы.json");
        assert_eq!(works[0]["institution"], "Школа № 1");
        let questions = json_of(&mine, "Вопросы.json");
        assert_eq!(questions[0]["text"], "Когда отчёт? З. А. Белкина");
        let chat = json_of(&mine, "Сообщения в чате.json");
        assert_eq!(
            chat.as_array().map(Vec::len),
            Some(1),
            "others' words: {chat}"
        );
        assert_eq!(json_of(&mine, "Подключения.json")[0]["id"], "PA_zoya");
        assert_eq!(
            json_of(&mine, "Роли в мероприятиях.json")[0]["topic"],
            "Квадраты"
        );
        assert_eq!(
            json_of(&mine, "Участие в опросах.json")[0]["poll"],
            "Нужен ли кружок?"
        );
        let registrations = json_of(&mine, "Регистрации на мероприятия.json");
        assert_eq!(registrations.as_array().map(Vec::len), Some(2));
        let seats = json_of(&mine, "Места в комнатах.json");
        assert_eq!(
            seats.as_array().map(Vec::len),
            Some(2),
            "as a guest, too: {seats}"
        );
        for kind in [
            "Сертификаты",
            "Письма",
            "Согласия",
            "Поручения",
            "Сообщения о неполадках",
        ] {
            let page = json_of(&mine, &format!("{kind}.json"));
            assert_ne!(page, json!([]), "{kind}");
        }
        let mentions = json_of(&mine, "Где ещё упомянуто имя.json");
        let minutes = mentions
            .as_array()
            .expect("a list")
            .iter()
            .find(|one| one["table"] == "minutes")
            .expect("the minutes name her");
        assert_eq!(minutes["column"], "body");
        let scan = mine.iter().find(|(name, _)| name.starts_with("Файлы/"));
        assert_eq!(scan.expect("her scan").1, &life.scan);
        let readme = String::from_utf8(mine["Что здесь.txt"].clone()).expect("text");
        assert!(readme.contains(NAME) && readme.contains("Вопросы.json: 1"));

        // No secret in any of it: neither what opens a session nor what a password is checked by.
        let db = &life.store().db;
        let account = kafedra_store::account::of_person(db, life.zoya)
            .await
            .expect("a query")
            .expect("an account");
        let sessions = dump(life.store()).await;
        let hashes: Vec<&str> = sessions
            .iter()
            .filter(|line| line.starts_with("session: "))
            .filter(|line| line.contains(&account.id.to_string()))
            .filter_map(|line| line.split("token_hash=\"").nth(1)?.split('"').next())
            .collect();
        assert!(!hashes.is_empty());
        for (name, bytes) in &mine {
            let text = String::from_utf8_lossy(bytes);
            for secret in hashes
                .iter()
                .chain(&["secret-code-of-hers", "password_hash", "sealed"])
            {
                assert!(!text.contains(secret), "{secret} in {name}");
            }
        }

        // An administrator gets the same with the number masked, and it is logged.
        let path = format!("/api/people/{}/data.zip", life.zoya);
        let theirs = unpacked(file(&life.admin, &path).await.1);
        assert_eq!(json_of(&theirs, "СНИЛС.json")[0]["snils"], "•••-•••-•45 95");
        assert_eq!(theirs.len(), mine.len());
        let log = "/api/access-log?action=person.data_taken";
        let log = life.admin.get(log).await.ok();
        assert_eq!(log["total"], 1);
        // What was packed lies nowhere.
        let waiting = life.held.city.app.state.settings.files.join("incoming");
        assert_eq!(files(&waiting), [] as [std::path::PathBuf; 0]);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_leaves_no_trace_and_moves_no_figure() {
    on_both(|database| async move {
        let life = Life::over(database).await;
        let app = &life.held.city.app;
        let before = life.figures().await;
        assert_eq!(
            before["signed"][0]["counted"], 1,
            "she is counted: {before}"
        );
        assert_eq!(before["votes"][0], 1, "{before}");
        assert_eq!(before["certificates"].as_array().map(Vec::len), Some(1));
        let found = left(life.store()).await;
        for table in [
            "person",
            "letter",
            "job",
            "minutes",
            "certificate",
            "question",
            "chat_message",
            "indicator_signature",
            "registration",
            "problem_report",
            "guest",
            "seat",
            "task",
            "event",
            "poll_voter",
            "professional_development",
        ] {
            let prefix = format!("{table}: ");
            assert!(
                found.iter().any(|line| line.starts_with(&prefix)),
                "{table} was to hold her, among\n{}",
                found.join("\n")
            );
        }
        let noted = async || {
            let mut lines = dump(life.store()).await;
            lines.retain(|line| {
                line.contains(&life.zoya.to_string())
                    && [
                        "import_change: ",
                        "snils: ",
                        "account: ",
                        "employment_leave: ",
                    ]
                    .iter()
                    .any(|table| line.starts_with(table))
            });
            lines
        };
        assert_eq!(
            noted().await.len(),
            4,
            "the import noted her and her number"
        );
        let Transport::Files(mail) = &app.state.settings.mail.transport else {
            panic!("letters go to files");
        };
        assert_eq!(files(mail).len(), 1);
        let results = app.state.settings.files.join("results");
        assert_eq!(files(&results).len(), 1);
        let log = access_log_lines(life.store()).await;

        let wrong = json!({ "name": "Белкина Зоя", "reason": "Заявление" });
        life.erase(wrong)
            .await
            .refused_field("name", "erasure.name_differs");
        let no_reason = json!({ "name": NAME, "reason": " " });
        life.erase(no_reason)
            .await
            .refused_field("reason", "required");
        let order = json!({
            "name": " белкина  зоя АРКАДЬЕВНА ", "reason": format!("Заявление: {NAME}, 12.09.2017"),
        });
        let erased = life.erase(order.clone()).await.ok();
        assert_eq!(erased["reason"], format!("Заявление: {TOKEN}, 12.09.2017"));
        assert_eq!(erased["ambiguous"], false);

        let found = left(life.store()).await;
        assert!(found.is_empty(), "left:\n{}", found.join("\n"));
        assert_eq!(noted().await, [] as [String; 0]);
        assert_eq!(files(mail), [] as [std::path::PathBuf; 0]);
        assert_eq!(files(&results), [] as [std::path::PathBuf; 0]);
        for path in files(&app.state.settings.files) {
            let bytes = std::fs::read(&path).expect("a file");
            assert_ne!(bytes, life.scan, "{}", path.display());
        }
        assert_eq!(life.figures().await, before);

        // The log stands as it stood, with two lines more: hers lead to somebody without a name.
        let after = access_log_lines(life.store()).await;
        assert!(log.iter().all(|line| after.contains(line)));
        let path = format!("/api/access-log?subjectId={}", life.zoya);
        let shown = life.admin.get(&path).await.ok();
        assert_eq!(shown["items"][0]["action"], "person.erased");
        // She is signed out, gone from the lists, and nothing is added to her again.
        life.browser
            .get("/api/people")
            .await
            .refused("sign_in.needed");
        let people = life.admin.get("/api/people?q=лицо").await.ok();
        assert_eq!(people["total"], 0);
        let card = format!("/api/people/{}", life.zoya);
        let shown = life.admin.get(&card).await.ok();
        assert_eq!(shown["familyName"], TOKEN);
        assert_eq!(shown["may"]["edit"], false);
        assert!(
            shown["erasureReason"]
                .as_str()
                .is_some_and(|why| why.starts_with("Заявление"))
        );
        life.erase(order).await.refused("erasure.done");
        let restore = format!("{card}/restore");
        life.admin
            .post(&restore, json!({}))
            .await
            .refused("erasure.done");
        let named = json!({ "familyName": "Белкина" });
        life.admin.patch(&card, named).await.refused("erasure.done");

        // Whoever holds the paper may still verify that it was given out.
        let rows = kafedra_store::certificate::of_event(&life.store().db, life.held.event)
            .await
            .expect("certificates");
        let code = &rows[0].code;
        let verified = life
            .admin
            .get(&format!("/api/certificates/by-code/{code}"))
            .await
            .ok();
        assert_eq!(
            (&verified["valid"], &verified["name"]),
            (&json!(true), &json!(TOKEN))
        );
        let minutes = life.held.host.get(&life.held.path("/minutes")).await.ok();
        let item = &minutes["body"]["items"][0];
        assert_eq!(item["heard"], format!("{TOKEN} показала квадраты."));
        assert_eq!(item["decided"][0]["assignee"], TOKEN);
    })
    .await;
}

async fn access_log_lines(store: &Store) -> Vec<String> {
    let mut lines = dump(store).await;
    lines.retain(|line| line.starts_with("access_log: "));
    lines
}

#[tokio::test]
async fn a_namesake_keeps_the_name_where_it_may_be_theirs() {
    on_both(|database| async move {
        let life = Life::over(database).await;
        let db = &life.store().db;
        let now = life.held.city.app.clock.now();
        let draft = kafedra_store::person::Draft {
            family_name: "Белкина".to_owned(),
            given_name: "Зоя".to_owned(),
            patronymic: "Аркадьевна".to_owned(),
            ..kafedra_store::person::Draft::default()
        };
        let other = kafedra_store::person::create(db, draft, now)
            .await
            .expect("a person");
        let order = json!({ "name": NAME, "reason": "Заявление" });
        let erased = life.erase(order).await.ok();
        assert_eq!(erased["ambiguous"], true);
        let card = life
            .admin
            .get(&format!("/api/people/{}", other.id))
            .await
            .ok();
        assert_eq!(card["familyName"], "Белкина");
        // Beside her id no name stands, in running text it stays.
        let minutes = life.held.host.get(&life.held.path("/minutes")).await.ok();
        let item = &minutes["body"]["items"][0];
        assert_eq!(item["decided"][0]["assignee"], TOKEN);
        assert_eq!(item["speaker"], NAME);
        let given = life.held.certificates().await;
        assert_eq!(given[0]["name"], TOKEN);
    })
    .await;
}

#[tokio::test]
async fn nobody_erases_themself_the_last_administrator_or_whoever_is_in_a_room() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let admin = city.signed_in("admin").await;
        let path = |login: &str| format!("/api/people/{}/erasure", city.person(login));
        let order = |name: &str| json!({ "name": name, "reason": "Заявление" });
        admin
            .post(&path("admin"), order("Орлова Вера"))
            .await
            .refused("erasure.oneself");

        // The host of a meeting that goes on, even while nobody is connected.
        let host = city.signed_in("teacher").await;
        let event = host.post("/api/events/now", json!({})).await.ok();
        let room: Uuid = id(&event["room"]).parse().expect("an id");
        host.post(&format!("/api/rooms/{room}/seats"), json!({}))
            .await
            .ok();
        let db = &city.app.state.store.db;
        room::start(db, room, city.app.clock.now())
            .await
            .expect("a start");
        admin
            .post(&path("teacher"), order("Семёнова Мария"))
            .await
            .refused("erasure.in_room");
        // A listener who is connected.
        let listener = city.signed_in("teacher2").await;
        let seat = listener
            .post(&format!("/api/rooms/{room}/seats"), json!({}))
            .await
            .ok();
        let key = connection::Key {
            id: "PA_1".to_owned(),
            room,
            seat: id(&seat).parse().expect("an id"),
            media_room: "RM_1".to_owned(),
        };
        let now = city.app.clock.now();
        connection::joined(db, key.clone(), now).await.expect("in");
        admin
            .post(&path("teacher2"), order("Котов Пётр"))
            .await
            .refused("erasure.in_room");
        connection::left(db, key, now).await.expect("out");
        admin
            .post(&path("teacher2"), order("Котов Пётр"))
            .await
            .ok();
        room::end(db, room, now).await.expect("an end");
        admin
            .post(&path("teacher"), order("Семёнова Мария"))
            .await
            .ok();

        // Of two administrators one goes; the other is the last then.
        city.grant(city.person("director"), Role::Administrator, Scope::City)
            .await;
        let second = city.signed_in("director").await;
        second.post(&path("admin"), order("Орлова Вера")).await.ok();
        admin.get("/api/people").await.refused("sign_in.needed");
        second
            .post(&path("director"), order("Белов Игорь"))
            .await
            .refused("erasure.oneself");
        // Only administrators erase.
        let methodist = city.signed_in("methodist").await;
        let refused = methodist
            .post(&path("teacher3"), order("Волков Олег"))
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    })
    .await;
}
