//! The application, running on a loopback port over a database of its own.

use std::sync::Arc;

use kafedra_app::{AppState, MediaConfig, Settings, router};
use reqwest::{Client, Method, RequestBuilder, header};

use crate::{TestClock, TestDatabase};

/// A running application. Stops with the test's runtime.
pub struct TestApp {
    pub state: AppState,
    pub clock: TestClock,
    pub base: String,
    _database: TestDatabase,
}

impl TestApp {
    pub async fn over(database: TestDatabase) -> Self {
        let clock = TestClock::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let state = AppState {
            store: database.store.clone(),
            clock: clock.clock(),
            settings: Arc::new(Settings {
                name: "Кафедра".to_owned(),
                public_url: base.clone(),
                https: false,
                demo: false,
            }),
            media: Arc::new(MediaConfig {
                // Nothing answers there: a test that needs media gives its own.
                url: "http://127.0.0.1:9".to_owned(),
                public_url: None,
                key: "testkey".to_owned(),
                secret: "a-test-secret-of-at-least-32-characters".to_owned(),
            }),
        };
        let service = router(state.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self {
            state,
            clock,
            base,
            _database: database,
        }
    }

    pub async fn sqlite() -> Self {
        Self::over(TestDatabase::sqlite().await).await
    }

    /// A browser of its own: keeps cookies, speaks Russian.
    pub fn browser(&self) -> Browser {
        let mut headers = header::HeaderMap::new();
        headers.insert(
            header::ACCEPT_LANGUAGE,
            header::HeaderValue::from_static("ru"),
        );
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
}
