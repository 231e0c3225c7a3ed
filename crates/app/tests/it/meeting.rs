//! What the tests of rooms share: a city with a media server, and a meeting held in it.

use kafedra_app::Settings;
use kafedra_model::consent;
use kafedra_testkit::{Answer, Browser, City, FakeMedia, TestApp, TestDatabase};
use serde_json::{Value, json};

/// A city, its media server, and a meeting whose host is `teacher`.
pub struct Meeting {
    pub city: City,
    pub media: FakeMedia,
    pub event: Value,
    /// The room's id.
    pub room: String,
    pub host: Browser,
    pub host_seat: String,
}

impl Meeting {
    pub async fn sqlite() -> Self {
        Self::over(TestDatabase::sqlite().await).await
    }

    pub async fn over(database: TestDatabase) -> Self {
        Self::with_settings(database, |_| ()).await
    }

    /// The same on a server that was set so.
    pub async fn with_settings(database: TestDatabase, choose: impl FnOnce(&mut Settings)) -> Self {
        let media = FakeMedia::start().await;
        let app = TestApp::with_settings(database, &media.url, choose).await;
        let city = City::in_app(app).await;
        let host = city.signed_in("teacher").await;
        let event = host.post("/api/events/now", json!({})).await.ok();
        let room = event["room"]["id"].as_str().expect("an id").to_owned();
        let mut this = Self {
            city,
            media,
            event,
            room,
            host_seat: String::new(),
            host: host.clone(),
        };
        this.host_seat = this.seat(&host).await;
        this
    }

    /// `/api/rooms/{id}` and what follows.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/rooms/{}{rest}", self.room)
    }

    /// Takes a seat with an account, and gives its id.
    pub async fn seat(&self, browser: &Browser) -> String {
        id(&browser.post(&self.path("/seats"), json!({})).await.ok())
    }

    /// A signed-in person with a seat, and the seat's id.
    pub async fn person(&self, login: &str) -> (Browser, String) {
        let browser = self.city.signed_in(login).await;
        let seat = self.seat(&browser).await;
        (browser, seat)
    }

    /// A guest at the door, who typed this name.
    pub async fn knock(&self, browser: &Browser, name: &str) -> Answer {
        let body = json!({ "guestName": name, "consentVersion": consent::current().version });
        browser.post(&self.path("/seats"), body).await
    }

    /// A new guest's browser with the seat they got.
    pub async fn guest(&self, name: &str) -> (Browser, Value) {
        let browser = self.city.app.browser();
        let seat = self.knock(&browser, name).await.ok();
        (browser, seat)
    }

    pub async fn rules(&self, rules: Value) -> Value {
        self.host.patch(&self.path(""), rules).await.ok()
    }

    /// What a moderator does to a seat: `/admit`, `/remove`, …
    pub async fn act(&self, browser: &Browser, seat: &str, verb: &str) -> Answer {
        let path = self.path(&format!("/seats/{seat}{verb}"));
        browser.post(&path, json!({})).await
    }

    pub async fn token(&self, browser: &Browser) -> Answer {
        browser.post(&self.path("/token"), json!({})).await
    }
}

/// The `id` of a record.
pub fn id(record: &Value) -> String {
    record["id"].as_str().expect("an id").to_owned()
}
