//! The application, running on a loopback port over a database of its own.

use std::{net::SocketAddr, time::Duration};

use chrono::TimeDelta;
use kafedra_app::{
    AppState, DeckSettings, MediaConfig, Settings,
    caller::COOKIE,
    mail::{MailSettings, Transport},
    retention::Retention,
    router, session,
};
use kafedra_model::consent;
use kafedra_store::{guest, session::Holder};
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{TestClock, TestDatabase};

/// What the application and its media server share.
pub const MEDIA_KEY: &str = "testkey";
pub const MEDIA_SECRET: &str = "a-test-secret-of-at-least-32-characters";

/// How many people the application lets into one room.
pub const ROOM_CAPACITY: u32 = 1000;

/// How long the application keeps pupils' data after a lesson.
pub const PUPILS_KEPT: TimeDelta = TimeDelta::days(30);

/// A running application. Stops with the test's runtime.
pub struct TestApp {
    pub state: AppState,
    pub clock: TestClock,
    pub base: String,
    _database: TestDatabase,
    _files: tempfile::TempDir,
}

impl TestApp {
    pub async fn over(database: TestDatabase) -> Self {
        // Nothing answers there: a test that needs media gives its own.
        Self::with_media(database, "http://127.0.0.1:9").await
    }

    /// The application with a media server whose API answers at `media`.
    pub async fn with_media(database: TestDatabase, media: &str) -> Self {
        Self::with_settings(database, media, |_| ()).await
    }

    /// The same, as an operator set it.
    pub async fn with_settings(
        database: TestDatabase,
        media: &str,
        choose: impl FnOnce(&mut Settings),
    ) -> Self {
        let clock = TestClock::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let files = tempfile::tempdir().expect("a temporary folder");
        let mut settings = Settings {
            name: "Кафедра".to_owned(),
            public_url: base.clone(),
            https: false,
            zone: kafedra_model::series::zone("Europe/Moscow").expect("a zone"),
            files: files.path().to_owned(),
            room_capacity: ROOM_CAPACITY,
            pupils_kept: PUPILS_KEPT,
            retention: Retention::default(),
            decks: DeckSettings {
                pages: 500,
                converter: None,
                patience: Duration::from_secs(60),
                memory: 2048,
            },
            embed_origins: Vec::new(),
            key: kafedra_app::vault::Key([7; 32]),
            demo: false,
            mail: MailSettings {
                transport: Transport::Files(files.path().join("mail")),
                from: "kafedra@city.example".to_owned(),
                per_minute: 100_000,
            },
        };
        choose(&mut settings);
        let state = AppState::new(
            database.store.clone(),
            clock.clock(),
            settings,
            MediaConfig {
                url: media.to_owned(),
                public_url: None,
                key: MEDIA_KEY.to_owned(),
                secret: MEDIA_SECRET.to_owned(),
            },
        );
        let service = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        tokio::spawn(kafedra_app::job::runner::keep(state.clone()));
        Self {
            state,
            clock,
            base,
            _database: database,
            _files: files,
        }
    }

    /// This browser before the same application, begun anew: what was only in memory is gone.
    pub async fn after_restart(&self, browser: &Browser) -> Browser {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let state = AppState::new(
            self.state.store.clone(),
            self.clock.clock(),
            (*self.state.settings).clone(),
            (*self.state.media).clone(),
        );
        let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Browser {
            base,
            ..browser.clone()
        }
    }

    pub async fn sqlite() -> Self {
        Self::over(TestDatabase::sqlite().await).await
    }

    /// A browser of its own: keeps cookies, speaks Russian.
    pub fn browser(&self) -> Browser {
        self.browser_with(None)
    }

    /// A guest's browser: `name` has agreed to the notice and holds a session.
    pub async fn guest(&self, name: &str) -> Browser {
        let now = self.clock.now();
        let db = &self.state.store.db;
        let guest = guest::ActiveModel {
            id: Set(Uuid::now_v7()),
            name: Set(name.to_owned()),
            consent_version: Set(consent::current().version.to_owned()),
            consent_at: Set(now),
        }
        .insert(db)
        .await
        .expect("a guest");
        self.with_session(Holder::Guest(guest.id)).await
    }

    /// A browser that holds a session of `holder`.
    pub async fn with_session(&self, holder: Holder) -> Browser {
        let db = &self.state.store.db;
        let cookie = session::open(&self.state, db, holder, "testkit".to_owned())
            .await
            .expect("a session");
        self.browser_with(Some(format!("{COOKIE}={}", cookie.value())))
    }

    fn browser_with(&self, cookie: Option<String>) -> Browser {
        let mut headers = header::HeaderMap::new();
        headers.insert(
            header::ACCEPT_LANGUAGE,
            header::HeaderValue::from_static("ru"),
        );
        if let Some(cookie) = cookie {
            headers.insert(header::COOKIE, cookie.parse().expect("a header"));
        }
        Browser {
            client: Client::builder()
                .cookie_store(true)
                .default_headers(headers)
                .build()
                .expect("a client"),
            base: self.base.clone(),
        }
    }
}

/// An HTTP client with cookies, on the application's own origin.
#[derive(Clone)]
pub struct Browser {
    pub client: Client,
    pub base: String,
}

impl Browser {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.base))
            .header("sec-fetch-site", "same-origin")
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    /// Signs in; the browser keeps the cookie.
    pub async fn sign_in(&self, login: &str, password: &str) -> Answer {
        self.post(
            "/api/session",
            json!({ "login": login, "password": password }),
        )
        .await
    }
}

/// What came back: the status, the headers, and the JSON body, null when there was none.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: Value,
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.bytes().await.expect("a body");
        Self {
            status,
            headers,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }

    /// The body of a success; anything else fails the test and shows the problem.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    /// Asserts a refusal with this code and gives its problem document.
    #[track_caller]
    pub fn refused(self, code: &str) -> Value {
        assert_eq!(self.body["code"], code, "{} {}", self.status, self.body);
        self.body
    }

    /// Asserts a refusal of this field for this reason.
    #[track_caller]
    pub fn refused_field(self, field: &str, code: &str) {
        let fits = self.body["errors"].as_array().is_some_and(|errors| {
            errors
                .iter()
                .any(|error| error["field"] == field && error["code"] == code)
        });
        assert!(fits, "{field}: {code}, but {} {}", self.status, self.body);
    }
}
