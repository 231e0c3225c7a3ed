//! What the project's figures cost over a register as large as a city's: thirty thousand documents,
//! room kits tested for ten years, and the events of [`crate::events`].
//!
//! [`register`] writes documents and kits straight into the database of the real program,
//! [`Measurement`] asks over HTTP as people do, [`import`](Measurement::imports) brings a table in and
//! takes it back.

use std::time::Instant;

use chrono::{Datelike, Days, NaiveDate};
use kafedra_store::Store;
use rand::{Rng, rngs::StdRng};
use uuid::Uuid;

use crate::{
    bench::{self, Asks, Bench, View},
    events::{self, any, years::YEARS},
    process,
    report::Figure,
};

mod import;
pub mod register;

/// The indicators of the passport, by their keys.
const INDICATORS: [&str; 3] = ["qualification", "dissemination", "equipment"];
const ALL_INSTITUTIONS_MS: f64 = 100.0;
const PAGE_MS: f64 = 30.0;
const TEN_YEARS_MS: f64 = 2_000.0;
/// Questions of the view that asks ten times.
const FEW: usize = 20;
const PAPER_MS: f64 = 500.0;
const PEAK_MIB: f64 = 300.0;

/// A running server over a database that holds the register and the years.
pub struct Measurement<'a> {
    pub bench: &'a Bench,
    pub institutions: Vec<Uuid>,
}

/// Writes events and register into the database that a demo server made.
///
/// # Errors
///
/// A database that does not answer, or refuses a row.
pub async fn fill(bench: &Bench) -> anyhow::Result<Measurement<'_>> {
    let written = events::fill(&bench.database_url, bench.now).await?;
    let store = Store::connect(&bench.database_url).await?;
    register::write(&store, bench.now, &written).await?;
    Ok(Measurement {
        bench,
        institutions: written.institutions,
    })
}

impl Measurement<'_> {
    /// Everything that is measured.
    ///
    /// # Errors
    ///
    /// A server that refuses, or does not say how long it took.
    pub async fn figures(&self) -> anyhow::Result<Vec<Figure>> {
        let mut figures = vec![self.counted().await?];
        figures.extend(self.bench.views(&self.views()).await?);
        figures.push(Figure::noted(
            self.bench.name("memory of the server after the views"),
            self.mebibytes()?,
            "MiB",
        ));
        figures.extend(self.imports().await?);
        let name = self.bench.name("memory of the server at its peak");
        figures.push(Figure::at_most(name, self.mebibytes()?, "MiB", PEAK_MIB));
        Ok(figures)
    }

    /// The most that the server ever took.
    fn mebibytes(&self) -> anyhow::Result<f64> {
        let peak = process::usage(self.bench.pid)?.peak;
        Ok(peak as f64 / (1024.0 * 1024.0))
    }

    /// Has the server count the events, as it does with each that ends. The database learns of all that was
    /// written after it, as PostgreSQL's autovacuum would tell it within a minute.
    async fn counted(&self) -> anyhow::Result<Figure> {
        let client = self.bench.signed_in("methodist").await?;
        let began = Instant::now();
        self.bench.get(&client, "/api/indicators").await?;
        let took = began.elapsed();
        bench::analyse(&Store::connect(&self.bench.database_url).await?).await?;
        let name = self.bench.name("ten years of events counted at once");
        Ok(Figure::noted(name, took.as_secs_f64(), "s"))
    }

    fn views(&self) -> Vec<View<'_>> {
        let today = self.bench.now.date_naive();
        let view = |name: &str, most, asks: Asks<'static>| View {
            name: name.to_owned(),
            login: "official",
            most,
            rounds: bench::ROUNDS,
            asks,
        };
        let mut views = vec![view(
            "three indicators for all institutions on a date",
            ALL_INSTITUTIONS_MS,
            Box::new(move |random| {
                let day = some_day(today, random);
                let of = |key| format!("/api/indicators/{key}/institutions?day={day}");
                INDICATORS.map(of).into()
            }),
        )];
        for key in INDICATORS {
            views.push(view(
                &format!("a page of those counted, {key}"),
                PAGE_MS,
                Box::new(move |random| {
                    let day = some_day(today, random);
                    let page = random.random_range(1..4);
                    let path = format!("/api/indicators/{key}/members");
                    vec![format!("{path}?shown=counted&day={day}&page={page}")]
                }),
            ));
        }
        let schools = self.institutions.clone();
        views.push(view(
            "a page of a school's people",
            PAGE_MS,
            Box::new(move |random| {
                let school = any(&schools, random);
                vec![format!(
                    "/api/indicators/qualification/members?institutionId={school}"
                )]
            }),
        ));
        let years: Asks<'static> = Box::new(move |_| {
            (0..YEARS)
                .filter_map(|back| NaiveDate::from_ymd_opt(today.year() - back, 12, 31))
                .map(|day| format!("/api/indicators?day={}", day.min(today)))
                .collect()
        });
        views.push(View {
            rounds: FEW,
            ..view("ten years by quarter", TEN_YEARS_MS, years)
        });
        views.push(view(
            "the passport as PDF",
            PAPER_MS,
            Box::new(|_| vec!["/api/project/papers/passport?format=pdf".to_owned()]),
        ));
        views
    }
}

/// One of the last three years.
fn some_day(today: NaiveDate, random: &mut StdRng) -> NaiveDate {
    let back = Days::new(random.random_range(0..1_000));
    today.checked_sub_days(back).unwrap_or(today)
}
