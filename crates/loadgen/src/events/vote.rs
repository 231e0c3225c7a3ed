//! A thousand listeners who watch a room and answer one poll within ten seconds.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tokio::{sync::Mutex, task::JoinSet};

use super::Measurement;
use crate::{bench::p95, report::Figure};

const LISTENERS: usize = 1_000;
const WITHIN: Duration = Duration::from_secs(10);
/// Listeners whose screens are looked at; the others watch all the same.
const SAMPLED: usize = 20;
const OPTIONS: usize = 4;
const AT_ONCE: usize = 50;
/// How long after the last vote the chart is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What somebody's chart said, and when.
type Heard = Vec<(Instant, u64)>;

impl Measurement<'_> {
    /// # Errors
    ///
    /// A server that refuses, or a chart that never shows every vote.
    pub async fn vote(&self) -> anyhow::Result<Vec<Figure>> {
        let host = self.bench.signed_in("teacher2").await?;
        let host = Asker {
            client: host,
            url: self.bench.url.clone(),
            cookie: None,
        };
        let meeting = host
            .json(Method::POST, "/api/events/now", json!({}))
            .await?;
        let room = meeting["room"]["id"].as_str().context("a room")?.to_owned();
        let at = |rest: &str| format!("/api/rooms/{room}{rest}");
        host.json(Method::POST, &at("/seats"), json!({})).await?;
        host.json(Method::PATCH, &at(""), json!({ "lobby": "off" }))
            .await?;
        let options: Vec<Value> = (0..OPTIONS)
            .map(|n| json!({ "text": n.to_string() }))
            .collect();
        let draft = json!({
            "kind": "single", "text": "Что дальше?", "options": options,
            "named": false, "results": "live",
        });
        let poll = host.json(Method::POST, &at("/polls"), draft).await?;
        let poll = poll["id"].as_str().context("a poll")?.to_owned();

        let notice = host
            .json(Method::GET, "/api/consent-text", Value::Null)
            .await?;
        let client = Client::new();
        let listeners: Vec<Asker> = stream::iter(0..LISTENERS)
            .map(|number| Asker::guest(&client, &self.bench.url, &room, number, &notice["version"]))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        let charts = Charts::open(&listeners, &at("/live")).await?;
        host.json(Method::POST, &at(&format!("/polls/{poll}/open")), json!({}))
            .await?;

        let began = Instant::now();
        let answers = votes(listeners, &at(&format!("/polls/{poll}/answer")), began).await?;
        let last = answers.iter().map(|(_, at)| *at).max().context("a vote")?;
        let heard = charts.until_all_is_shown(LISTENERS as u64).await?;
        let closed = host
            .json(
                Method::POST,
                &at(&format!("/polls/{poll}/close")),
                json!({}),
            )
            .await?;

        let mut counts = closed["result"]["counts"]
            .as_array()
            .context("the counts")?
            .iter()
            .filter_map(Value::as_u64);
        let lost: u64 = (0..OPTIONS)
            .map(|option| {
                let given = (0..LISTENERS).filter(|n| n % OPTIONS == option).count() as u64;
                given.abs_diff(counts.next().unwrap_or(0))
            })
            .sum();
        let mut took: Vec<f64> = answers
            .iter()
            .map(|(took, _)| took.as_secs_f64() * 1000.0)
            .collect();
        let name = |what: &str| {
            format!(
                "{}: {LISTENERS} listeners vote: {what}",
                self.bench.database
            )
        };
        Ok(vec![
            Figure::at_most(name("votes lost"), lost as f64, "", 0.0),
            Figure::noted(
                name("the last is answered after"),
                (last - began).as_secs_f64(),
                "s",
            ),
            Figure::noted(name("an answer, p95"), p95(&mut took), "ms"),
            Figure::at_most(
                name("the chart behind a vote, at most"),
                behind(&answers, &heard).as_secs_f64() * 1000.0,
                "ms",
                1_000.0,
            ),
        ])
    }
}

/// Everybody answers, evenly over the ten seconds. How long each answer took, and when it came.
async fn votes(
    listeners: Vec<Asker>,
    path: &str,
    began: Instant,
) -> anyhow::Result<Vec<(Duration, Instant)>> {
    let mut voting = JoinSet::new();
    for (number, listener) in listeners.into_iter().enumerate() {
        let path = path.to_owned();
        voting.spawn(async move {
            let due = began + WITHIN * u32::try_from(number)? / u32::try_from(LISTENERS)?;
            tokio::time::sleep_until(due.into()).await;
            let asked = Instant::now();
            let choice = json!({ "choices": [listener.number() % OPTIONS] });
            listener.json(Method::PUT, &path, choice).await?;
            let answered = Instant::now();
            anyhow::Ok((answered - asked, answered))
        });
    }
    let mut answers = Vec::with_capacity(LISTENERS);
    while let Some(answer) = voting.join_next().await {
        answers.push(answer??);
    }
    Ok(answers)
}

/// The longest that any sampled chart took to show as many votes as were answered.
fn behind(answers: &[(Duration, Instant)], heard: &[Heard]) -> Duration {
    let mut times: Vec<Instant> = answers.iter().map(|(_, at)| *at).collect();
    times.sort_unstable();
    heard
        .iter()
        .flat_map(|chart| {
            times.iter().zip(1u64..).map(|(answered, count)| {
                chart
                    .iter()
                    .find(|(_, shown)| *shown >= count)
                    .map_or(Duration::MAX, |(at, _)| {
                        at.saturating_duration_since(*answered)
                    })
            })
        })
        .max()
        .unwrap_or(Duration::MAX)
}

/// Open streams of everybody; those of a sample are read for the chart.
struct Charts {
    heard: Vec<Arc<Mutex<Heard>>>,
    /// Ends the streams when it is dropped.
    _streams: JoinSet<()>,
}

impl Charts {
    async fn open(listeners: &[Asker], path: &str) -> anyhow::Result<Self> {
        let streams: Vec<Response> = stream::iter(listeners)
            .map(|listener| listener.send(Method::GET, path, Value::Null))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let mut running = JoinSet::new();
        let mut heard = Vec::new();
        for (place, response) in streams.into_iter().enumerate() {
            let chart = Arc::<Mutex<Heard>>::default();
            if place % (LISTENERS / SAMPLED) == 0 {
                heard.push(chart.clone());
            }
            running.spawn(watch(response, chart));
        }
        Ok(Self {
            heard,
            _streams: running,
        })
    }

    async fn until_all_is_shown(self, votes: u64) -> anyhow::Result<Vec<Heard>> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut charts = Vec::with_capacity(self.heard.len());
            for chart in &self.heard {
                charts.push(chart.lock().await.clone());
            }
            let whole = |chart: &Heard| chart.iter().any(|(_, shown)| *shown >= votes);
            if charts.iter().all(whole) {
                return Ok(charts);
            }
            anyhow::ensure!(
                Instant::now() < deadline,
                "a chart does not show every vote"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Reads a stream and notes what `poll_result` tells.
async fn watch(mut response: Response, chart: Arc<Mutex<Heard>>) {
    let mut rest = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        rest.extend_from_slice(&chunk);
        while let Some(end) = rest.windows(2).position(|pair| pair == b"\n\n") {
            let frame: Vec<u8> = rest.drain(..end + 2).collect();
            let frame = String::from_utf8_lossy(&frame);
            let line = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name));
            if line("event:").map(str::trim) != Some("poll_result") {
                continue;
            }
            let data: Value = line("data:")
                .and_then(|data| serde_json::from_str(data).ok())
                .unwrap_or_default();
            if let Some(voted) = data["voted"].as_u64() {
                chart.lock().await.push((Instant::now(), voted));
            }
        }
    }
}

/// Somebody with a session. A thousand share one client: what differs is the cookie.
struct Asker {
    client: Client,
    url: String,
    /// The guest's number and cookie; `None` where the client keeps its own.
    cookie: Option<(usize, String)>,
}

impl Asker {
    async fn guest(
        client: &Client,
        url: &str,
        room: &str,
        number: usize,
        version: &Value,
    ) -> anyhow::Result<Self> {
        let body = json!({ "guestName": format!("Слушатель {number}"), "consentVersion": version });
        let answer = client
            .post(format!("{url}/api/rooms/{room}/seats"))
            // Guests are limited by their address, and these sit in many places.
            .header(
                "x-forwarded-for",
                format!("10.0.{}.{}", number / 250, number % 250),
            )
            .json(&body)
            .send()
            .await?;
        anyhow::ensure!(answer.status().is_success(), "a seat: {}", answer.status());
        let cookie = answer
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .context("a session")?
            .to_owned();
        Ok(Self {
            client: client.clone(),
            url: url.to_owned(),
            cookie: Some((number, cookie)),
        })
    }

    fn number(&self) -> usize {
        self.cookie.as_ref().map_or(0, |(number, _)| *number)
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> anyhow::Result<Response> {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if let Some((_, cookie)) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        anyhow::bail!("{path}: {status} {}", answer.text().await?)
    }

    async fn json(&self, method: Method, path: &str, body: Value) -> anyhow::Result<Value> {
        let text = self.send(method, path, body).await?.text().await?;
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::behind;

    #[test]
    fn a_chart_is_as_far_behind_as_its_slowest_vote() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let answers = [(Duration::ZERO, at(0)), (Duration::ZERO, at(100))];
        let chart = vec![(at(40), 1), (at(400), 2)];
        assert_eq!(
            behind(&answers, std::slice::from_ref(&chart)),
            Duration::from_millis(300)
        );
        // One that shows a vote before its answer came is not behind at all.
        assert_eq!(behind(&answers[..1], &[vec![(start, 1)]]), Duration::ZERO);
        // One that never shows the last vote never caught up.
        assert_eq!(behind(&answers, &[chart[..1].to_vec()]), Duration::MAX);
    }
}
