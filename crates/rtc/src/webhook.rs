//! Webhooks: what happens in rooms, told to the application by signed HTTP requests.
//!
//! Each receiver has its own bounded backlog, so a slow or absent one harms nobody, least of all
//! the engine. Events of one room arrive in order: the next is sent when the one before is
//! accepted or given up. A receiver may see an event twice (its answer may get lost) and knows it
//! by its `id`.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use livekit_api::access_token::AccessToken;
use livekit_protocol as proto;
use parking_lot::Mutex;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::Keys;
use crate::config::Limits;
use crate::metrics::{Metrics, WebhookOutcome};

/// Requests to one receiver at a time.
const AT_ONCE: usize = 16;
/// How long a receiver may take to answer.
const ANSWER_TIME: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a webhook's token is good for; each attempt gets a new one.
const TOKEN_FOR: Duration = Duration::from_secs(300);

/// Sends every event to every receiver.
pub struct Webhooks {
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Webhooks {
    /// Starts to deliver what comes out of `events` to `urls`.
    pub fn start(
        urls: &[String],
        keys: &Keys,
        limits: &Limits,
        metrics: &Metrics,
        client: &reqwest::Client,
        mut events: mpsc::UnboundedReceiver<proto::WebhookEvent>,
    ) -> Self {
        let tasks = TaskTracker::new();
        let stop = CancellationToken::new();
        let receivers: Vec<Arc<Receiver>> = urls
            .iter()
            .map(|url| {
                Arc::new(Receiver {
                    url: url.clone(),
                    keys: keys.clone(),
                    most: limits.webhook_queue,
                    patience: limits.webhook_patience,
                    client: client.clone(),
                    metrics: metrics.clone(),
                    backlog: Mutex::default(),
                    at_once: Semaphore::new(AT_ONCE),
                    tasks: tasks.clone(),
                    stop: stop.clone(),
                })
            })
            .collect();
        let stopped = stop.clone();
        tasks.spawn(async move {
            loop {
                let event = tokio::select! {
                    event = events.recv() => event,
                    () = stopped.cancelled() => None,
                };
                let Some(event) = event else { return };
                let Ok(body) = serde_json::to_string(&event) else {
                    warn!(event = event.event, "a webhook event has no JSON form");
                    continue;
                };
                let letter = Arc::new(Letter {
                    event: event.event,
                    room: event.room.map(|room| room.name).unwrap_or_default(),
                    body,
                });
                for receiver in &receivers {
                    receiver.accept(&letter);
                }
            }
        });
        Self { tasks, stop }
    }

    /// Waits until everything is delivered, `patience` at the longest, and drops the rest. The
    /// engine must have ended, or events keep coming.
    pub async fn finish(&self, patience: Duration) {
        self.tasks.close();
        if tokio::time::timeout(patience, self.tasks.wait())
            .await
            .is_err()
        {
            self.stop.cancel();
            self.tasks.wait().await;
        }
    }
}

/// One event, ready to be sent.
struct Letter {
    event: String,
    room: String,
    body: String,
}

struct Receiver {
    url: String,
    keys: Keys,
    most: usize,
    patience: Duration,
    client: reqwest::Client,
    metrics: Metrics,
    backlog: Mutex<Backlog>,
    at_once: Semaphore,
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// A room is listed while a task delivers its letters; the front one is the one in delivery.
#[derive(Default)]
struct Backlog {
    rooms: HashMap<String, VecDeque<Arc<Letter>>>,
    waiting: usize,
}

/// What became of one attempt.
enum Attempt {
    Accepted,
    /// The receiver understood and refused; asking again would not help.
    Refused(u16),
    Failed,
}

impl Receiver {
    fn accept(self: &Arc<Self>, letter: &Arc<Letter>) {
        let mut backlog = self.backlog.lock();
        if backlog.waiting >= self.most {
            self.metrics.webhook(WebhookOutcome::Dropped);
            return;
        }
        backlog.waiting += 1;
        self.metrics.webhooks_waiting(1);
        let room = backlog.rooms.entry(letter.room.clone()).or_default();
        room.push_back(Arc::clone(letter));
        if room.len() == 1 {
            let receiver = Arc::clone(self);
            let name = letter.room.clone();
            self.tasks
                .spawn(async move { receiver.deliver_room(&name).await });
        }
    }

    async fn deliver_room(&self, room: &str) {
        while let Some(letter) = self.front(room) {
            let outcome = tokio::select! {
                outcome = self.deliver(&letter) => outcome,
                () = self.stop.cancelled() => WebhookOutcome::Dropped,
            };
            self.metrics.webhook(outcome);
            self.pop(room);
        }
    }

    fn front(&self, room: &str) -> Option<Arc<Letter>> {
        let backlog = self.backlog.lock();
        backlog.rooms.get(room)?.front().cloned()
    }

    fn pop(&self, room: &str) {
        let mut backlog = self.backlog.lock();
        backlog.waiting = backlog.waiting.saturating_sub(1);
        self.metrics.webhooks_waiting(-1);
        if let Some(letters) = backlog.rooms.get_mut(room) {
            letters.pop_front();
            if letters.is_empty() {
                backlog.rooms.remove(room);
            }
        }
    }

    async fn deliver(&self, letter: &Letter) -> WebhookOutcome {
        let started = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            match self.attempt(letter).await {
                Attempt::Accepted => return WebhookOutcome::Delivered,
                Attempt::Refused(status) => {
                    warn!(event = letter.event, status, "a webhook was refused");
                    return WebhookOutcome::Refused;
                }
                Attempt::Failed if started.elapsed() + pause > self.patience => {
                    warn!(event = letter.event, "a webhook was given up");
                    return WebhookOutcome::Dropped;
                }
                Attempt::Failed => {
                    self.metrics.webhook(WebhookOutcome::Retried);
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    async fn attempt(&self, letter: &Letter) -> Attempt {
        let Ok(_place) = self.at_once.acquire().await else {
            return Attempt::Failed;
        };
        let Some(token) = self.sign(&letter.body) else {
            return Attempt::Failed;
        };
        let answer = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/webhook+json")
            // The bare token: LiveKit's receivers do not expect `Bearer` here.
            .header(AUTHORIZATION, token)
            .body(letter.body.clone())
            .timeout(ANSWER_TIME)
            .send()
            .await;
        match answer.map(|answer| answer.status()) {
            Ok(status) if status.is_success() => Attempt::Accepted,
            Ok(status) if status.is_server_error() || matches!(status.as_u16(), 408 | 429) => {
                Attempt::Failed
            }
            Ok(status) => Attempt::Refused(status.as_u16()),
            Err(_) => Attempt::Failed,
        }
    }

    fn sign(&self, body: &str) -> Option<String> {
        let (key, secret) = self.keys.signing();
        AccessToken::with_api_key(key, secret)
            .with_ttl(TOKEN_FOR)
            .with_sha256(&STANDARD.encode(Sha256::digest(body)))
            .to_jwt()
            .ok()
    }
}
