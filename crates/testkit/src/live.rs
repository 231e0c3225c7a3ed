//! A watcher of a room's live stream.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::Value;

use crate::{Answer, Browser};

/// How long a test waits for the next piece of news.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open `text/event-stream`.
pub struct LiveStream {
    response: Response,
    rest: Vec<u8>,
}

impl Browser {
    /// Opens the live stream of a room; fails the test where it is refused.
    pub async fn watch(&self, room: &str) -> LiveStream {
        let path = format!("/api/rooms/{room}/live");
        let response = self
            .request(Method::GET, &path)
            .send()
            .await
            .expect("an answer");
        assert!(response.status().is_success(), "{}", response.status());
        LiveStream {
            response,
            rest: Vec::new(),
        }
    }

    /// The refusal that the live stream answers with.
    pub async fn watch_refused(&self, room: &str) -> Answer {
        self.get(&format!("/api/rooms/{room}/live")).await
    }
}

impl LiveStream {
    /// The next event's name and data; `None` once the stream has ended.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some(end) = self.rest.windows(2).position(|pair| pair == b"\n\n") {
                let frame: Vec<u8> = self.rest.drain(..end + 2).collect();
                let frame = String::from_utf8(frame).expect("UTF-8");
                let field = |name: &str| {
                    frame
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|value| value.trim_start().to_owned())
                };
                if let (Some(event), Some(data)) = (field("event:"), field("data:")) {
                    return Some((event, serde_json::from_str(&data).expect("JSON")));
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk())
                .await
                .expect("no news in time")
                .ok()??;
            self.rest.extend_from_slice(&chunk);
        }
    }

    /// The next event, which must have this name.
    pub async fn expect(&mut self, name: &str) -> Value {
        let (event, data) = self.next().await.expect("the stream goes on");
        assert_eq!(event, name, "{data}");
        data
    }

    /// Skips to the stream's end.
    pub async fn ended(&mut self) {
        while self.next().await.is_some() {}
    }

    /// Skips to the next event of this name.
    pub async fn until(&mut self, name: &str) -> Value {
        loop {
            let (event, data) = self.next().await.expect("the stream goes on");
            if event == name {
                return data;
            }
        }
    }
}
