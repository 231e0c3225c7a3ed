//! What a city's years of events cost the server that shows them.
//!
//! [`years`] writes them straight into the database of the real program; [`Measurement`] then asks
//! over HTTP as people do.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_store::Store;
use rand::{Rng, rngs::StdRng};
use uuid::Uuid;

use crate::{
    bench::{self, Bench},
    report::Figure,
};
use years::Written;

mod certificates;
mod vote;
pub mod years;

const VIEW_MS: f64 = 50.0;
const REPORT_MS: f64 = 300.0;

/// A running server over a database that holds the years.
pub struct Measurement<'a> {
    pub bench: &'a Bench,
    pub written: Written,
}

/// A view: its name, who looks, what it asks for with some chance in it.
struct View {
    name: &'static str,
    login: &'static str,
    most: f64,
    path: Box<Path>,
}

type Path = dyn Fn(&Measurement<'_>, &mut StdRng) -> String;

fn view(
    name: &'static str,
    login: &'static str,
    path: impl Fn(&Measurement<'_>, &mut StdRng) -> String + 'static,
) -> View {
    View {
        name,
        login,
        most: VIEW_MS,
        path: Box::new(path),
    }
}

/// One of these, by chance.
pub fn any(ids: &[Uuid], random: &mut StdRng) -> Uuid {
    ids.get(random.random_range(0..ids.len().max(1)))
        .copied()
        .unwrap_or_default()
}

/// A span of the last three years as a query of the calendar.
fn span(measured: &Measurement<'_>, random: &mut StdRng, days: i64) -> String {
    let from = measured.bench.now - TimeDelta::days(random.random_range(0..1_000));
    let at = |moment: DateTime<Utc>| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    format!("from={}&to={}", at(from), at(from + TimeDelta::days(days)))
}

fn views() -> Vec<View> {
    vec![
        view("home: a teacher's events", "teacher", |m, _| {
            let from = m.bench.now.format("%Y-%m-%dT%H:%M:%SZ");
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

impl Measurement<'_> {
    /// A figure for each view.
    ///
    /// # Errors
    ///
    /// A server that does not answer, refuses, or does not say how long it took.
    pub async fn views(&self) -> anyhow::Result<Vec<Figure>> {
        let asked = views().into_iter().map(|view| bench::View {
            name: view.name.to_owned(),
            login: view.login,
            most: view.most,
            rounds: bench::ROUNDS,
            asks: Box::new(move |random| vec![(view.path)(self, random)]),
        });
        self.bench.views(&asked.collect::<Vec<_>>()).await
    }

    /// Has the server count what was written, as it does with each event that ends; without it the
    /// first of every view would.
    ///
    /// # Errors
    ///
    /// A server that refuses.
    pub async fn counted(&self) -> anyhow::Result<Figure> {
        let client = self.bench.signed_in("methodist").await?;
        let began = Instant::now();
        self.bench.get(&client, "/api/indicators").await?;
        let name = self.bench.name("ten years of events counted at once");
        Ok(Figure::noted(name, began.elapsed().as_secs_f64(), "s"))
    }
}

/// Writes the years into the database that a demo server made.
///
/// # Errors
///
/// A database that does not answer, or refuses a row.
pub async fn fill(database: &str, now: DateTime<Utc>) -> anyhow::Result<Written> {
    let store = Store::connect(database).await?;
    let written = years::write(&store, now).await?;
    bench::analyse(&store).await?;
    Ok(written)
}
