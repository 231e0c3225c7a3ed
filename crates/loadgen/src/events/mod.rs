//! What a city's years of events cost the server that shows them.
//!
//! [`years`] writes them straight into the database of the real program; [`Measurement`] then asks
//! over HTTP as people do, and reads the time that the server says an answer took (`Server-Timing`),
//! so that this program's own time and the network's are not in it.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::demo::PASSWORD;
use kafedra_store::Store;
use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::Client;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::report::Figure;
use years::Written;

mod certificates;
mod vote;
pub mod years;

/// Questions of each view; the slowest twentieth of them is what the goal is about.
const ROUNDS: usize = 60;
/// Questions before it counts: connections are open and pages in memory then.
const WARM: usize = 5;
const VIEW_MS: f64 = 50.0;
const REPORT_MS: f64 = 300.0;

/// A running server over a database that holds the years.
pub struct Measurement {
    /// `http://127.0.0.1:PORT` of `kafedra demo`.
    pub url: String,
    /// What the figures are of: `SQLite`, `PostgreSQL`.
    pub database: &'static str,
    pub written: Written,
    pub now: DateTime<Utc>,
}

/// A view: its name, who looks, what it asks for with some chance in it.
struct View {
    name: &'static str,
    login: &'static str,
    most: f64,
    path: Box<dyn Fn(&Measurement, &mut StdRng) -> String>,
}

fn view(
    name: &'static str,
    login: &'static str,
    path: impl Fn(&Measurement, &mut StdRng) -> String + 'static,
) -> View {
    View {
        name,
        login,
        most: VIEW_MS,
        path: Box::new(path),
    }
}

fn any(ids: &[Uuid], random: &mut StdRng) -> Uuid {
    ids.get(random.random_range(0..ids.len().max(1)))
        .copied()
        .unwrap_or_default()
}

/// A span of the last three years as a query of the calendar.
fn span(measured: &Measurement, random: &mut StdRng, days: i64) -> String {
    let from = measured.now - TimeDelta::days(random.random_range(0..1_000));
    let at = |moment: DateTime<Utc>| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    format!("from={}&to={}", at(from), at(from + TimeDelta::days(days)))
}

fn views() -> Vec<View> {
    vec![
        view("home: a teacher's events", "teacher", |m, _| {
            let from = m.now.format("%Y-%m-%dT%H:%M:%SZ");
            format!("/api/events?from={from}")
        }),
        view("a teacher's events of all years", "teacher", |_, _| {
            "/api/events".to_owned()
        }),
        view("calendar: a month, teacher", "teacher", |m, r| {
            format!("/api/calendar?{}", span(m, r, 42))
        }),
        view(
            "calendar: a month of one's own, teacher",
            "teacher",
            |m, r| format!("/api/calendar?{}&mine=true", span(m, r, 42)),
        ),
        view("calendar: a month, coordinator", "coordinator", |m, r| {
            format!("/api/calendar?{}", span(m, r, 42))
        }),
        view("calendar: a month, methodologist", "methodist", |m, r| {
            format!("/api/calendar?{}", span(m, r, 42))
        }),
        view("calendar: a week, methodologist", "methodist", |m, r| {
            format!("/api/calendar?{}", span(m, r, 7))
        }),
        view("calendar: a month of a subject", "methodist", |m, r| {
            format!(
                "/api/calendar?{}&subject=%D0%A4%D0%B8%D0%B7%D0%B8%D0%BA%D0%B0",
                span(m, r, 42)
            )
        }),
        view(
            "calendar: a month of an association",
            "methodist",
            |m, r| {
                let association = any(&m.written.associations, r);
                format!(
                    "/api/calendar?{}&associationId={association}",
                    span(m, r, 42)
                )
            },
        ),
        view(
            "calendar: a month of an institution",
            "methodist",
            |m, r| {
                let institution = any(&m.written.institutions, r);
                format!(
                    "/api/calendar?{}&institutionId={institution}",
                    span(m, r, 42)
                )
            },
        ),
        view("associations", "methodist", |_, _| {
            "/api/associations".to_owned()
        }),
        view("an association's year", "methodist", |m, r| {
            format!("/api/associations/{}/year", any(&m.written.associations, r))
        }),
        view("an event", "methodist", |m, r| {
            format!("/api/events/{}", any(&m.written.events, r))
        }),
        view("an event's roles", "methodist", |m, r| {
            format!("/api/events/{}/roles", any(&m.written.events, r))
        }),
        view("an event's programme", "methodist", |m, r| {
            format!("/api/events/{}/programme", any(&m.written.events, r))
        }),
        view("an event's certificates", "methodist", |m, r| {
            format!("/api/events/{}/certificates", any(&m.written.events, r))
        }),
        view("presence of an ordinary event", "methodist", |m, r| {
            format!("/api/events/{}/presence", any(&m.written.events, r))
        }),
        View {
            most: REPORT_MS,
            ..view("presence of 1,000 people", "methodist", |m, _| {
                format!("/api/events/{}/presence", m.written.crowd)
            })
        },
        view("people: a page", "methodist", |_, r| {
            format!("/api/people?page={}", r.random_range(1..90))
        }),
        view("people: a search", "methodist", |_, _| {
            "/api/people?q=%D0%B8%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2".to_owned()
        }),
        view("institutions", "methodist", |_, _| {
            "/api/institutions".to_owned()
        }),
        view("a portfolio", "methodist", |m, r| {
            format!("/api/people/{}/portfolio", any(&m.written.people, r))
        }),
        view("tasks", "teacher", |_, _| "/api/tasks?mine=true".to_owned()),
    ]
}

impl Measurement {
    /// Asks for every view in turn and gives a figure for each.
    ///
    /// # Errors
    ///
    /// A server that does not answer, refuses, or does not say how long it took.
    pub async fn views(&self) -> anyhow::Result<Vec<Figure>> {
        let views = views();
        let mut people = BTreeMap::new();
        for view in &views {
            if !people.contains_key(view.login) {
                people.insert(view.login, signed_in(&self.url, view.login).await?);
            }
        }
        let mut random = StdRng::seed_from_u64(7);
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); views.len()];
        for round in 0..WARM + ROUNDS {
            // One after another: none finds what it needs just read by itself.
            for (view, times) in views.iter().zip(&mut times) {
                let client = people.get(view.login).context("somebody signed in")?;
                let path = (view.path)(self, &mut random);
                let took = server_time(client, &self.url, &path).await?;
                if round >= WARM {
                    times.push(took);
                }
            }
        }
        Ok(views
            .iter()
            .zip(&mut times)
            .map(|(view, times)| {
                let name = format!("{}: {}, p95", self.database, view.name);
                Figure::at_most(name, p95(times), "ms", view.most)
            })
            .collect())
    }
}

/// The value that 95 of 100 do not exceed.
fn p95(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (times.len() * 95).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or(f64::NAN)
}

/// Milliseconds that the server says it took to answer.
async fn server_time(client: &Client, url: &str, path: &str) -> anyhow::Result<f64> {
    let answer = client.get(format!("{url}{path}")).send().await?;
    let status = answer.status();
    let said = answer
        .headers()
        .get("server-timing")
        .and_then(|value| value.to_str().ok())
        .and_then(duration);
    let body = answer.text().await?;
    anyhow::ensure!(status.is_success(), "{path}: {status} {body}");
    said.with_context(|| format!("{path}: the server does not say how long it took"))
}

/// The number of `total;dur=12.3`.
fn duration(header: &str) -> Option<f64> {
    header
        .split_once("dur=")?
        .1
        .split([',', ';'])
        .next()?
        .trim()
        .parse()
        .ok()
}

/// A demo account that has agreed to the notice.
///
/// # Errors
///
/// A server that refuses.
pub async fn signed_in(url: &str, login: &str) -> anyhow::Result<Client> {
    let client = Client::builder().cookie_store(true).build()?;
    let post = async |path: &str, body: Value| -> anyhow::Result<Value> {
        let answer = client
            .post(format!("{url}{path}"))
            .json(&body)
            .send()
            .await?;
        let (status, text) = (answer.status(), answer.text().await?);
        anyhow::ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    };
    post(
        "/api/session",
        json!({ "login": login, "password": PASSWORD }),
    )
    .await?;
    let text: Value = client
        .get(format!("{url}/api/consent-text"))
        .send()
        .await?
        .json()
        .await?;
    post("/api/me/consents", json!({ "version": text["version"] })).await?;
    Ok(client)
}

/// Writes the years into the database that a demo server made.
///
/// # Errors
///
/// A database that does not answer, or refuses a row.
pub async fn fill(database: &str, now: DateTime<Utc>) -> anyhow::Result<Written> {
    let store = Store::connect(database).await?;
    let written = years::write(&store, now).await?;
    if !store.is_sqlite() {
        // PostgreSQL does so by itself within a minute of such a change; the bench does not wait.
        use sea_orm::ConnectionTrait;
        store.db.execute_unprepared("ANALYZE").await?;
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::{duration, p95};

    #[test]
    fn the_slowest_twentieth_is_what_counts() {
        let mut times: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((p95(&mut times) - 95.0).abs() < f64::EPSILON);
        assert!(p95(&mut []).is_nan());
    }

    #[test]
    fn the_servers_own_word_is_read() {
        assert_eq!(duration("total;dur=12.25"), Some(12.25));
        assert_eq!(duration("db;dur=3, total;dur=4"), Some(3.0));
        assert_eq!(duration("miss"), None);
    }
}
