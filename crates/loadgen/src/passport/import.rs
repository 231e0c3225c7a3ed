//! Twenty thousand rows brought in and taken back: new people, then a document for each.

use std::time::{Duration, Instant};

use anyhow::Context;
use reqwest::{Client, multipart};
use serde_json::{Value, json};

use super::Measurement;
use crate::{bench::sent, report::Figure};

pub const ROWS: usize = 20_000;
const IMPORT_S: f64 = 10.0;
/// How often an import is asked how far it is.
const LOOK: Duration = Duration::from_millis(100);

impl Measurement<'_> {
    /// # Errors
    ///
    /// A server that refuses a row, or an import that does not end.
    pub(super) async fn imports(&self) -> anyhow::Result<Vec<Figure>> {
        let client = self.bench.signed_in("admin").await?;
        let schools = self
            .bench
            .get(
                &client,
                "/api/institutions?q=%D0%A8%D0%BA%D0%BE%D0%BB%D0%B0&perPage=50",
            )
            .await?;
        let schools: Vec<&str> = schools["items"]
            .as_array()
            .context("institutions")?
            .iter()
            .filter_map(|one| one["name"].as_str())
            .collect();
        anyhow::ensure!(!schools.is_empty(), "a city without schools");
        let mut figures = Vec::new();
        let (mut tables, mut begun) = (Vec::new(), Vec::new());
        tables.push(("people", people(&schools)));
        tables.push(("documents", documents()));
        for (kind, table) in tables {
            let (id, parts) = self.import(&client, kind, table).await?;
            figures.extend(parts);
            begun.push((kind, id));
        }
        // What refers to something goes before it.
        for (kind, id) in begun.iter().rev() {
            figures.push(self.undo(&client, kind, id).await?);
        }
        Ok(figures)
    }

    async fn import(
        &self,
        client: &Client,
        kind: &str,
        table: String,
    ) -> anyhow::Result<(String, Vec<Figure>)> {
        let url = |rest: &str| format!("{}/api/imports{rest}", self.bench.url);
        let part = multipart::Part::text(table).file_name("город.csv");
        let form = multipart::Form::new().part("file", part);
        let upload = client.post(url(&format!("?kind={kind}"))).multipart(form);
        let began = Instant::now();
        let import = sent(upload).await?;
        let uploaded = began.elapsed();
        let id = import["id"].as_str().context("an import")?.to_owned();
        let columns = import["columns"].as_array().context("columns")?;
        let mapping: Vec<&Value> = columns.iter().map(|one| &one["field"]).collect();
        let body = json!({ "mapping": mapping });

        let began = Instant::now();
        let path = format!("/api/imports/{id}");
        let report = self
            .bench
            .post(client, &format!("{path}/check"), body.clone())
            .await?;
        let checked = began.elapsed();
        anyhow::ensure!(
            report["created"] == ROWS,
            "{kind}: {} rows, {} wrong: {}",
            report["created"],
            report["wrong"],
            report["rows"][0]
        );
        let began = Instant::now();
        let import = self
            .bench
            .post(client, &format!("{path}/run"), body)
            .await?;
        let written = self.ended(client, &import, began).await?;
        let name = |what: &str| self.bench.name(&format!("{ROWS} {kind} {what}"));
        let noted = |what, took: Duration| Figure::noted(name(what), took.as_secs_f64(), "s");
        let figures = vec![
            noted("uploaded", uploaded),
            noted("checked", checked),
            noted("written", written),
            Figure::at_most(
                name("checked and written"),
                (checked + written).as_secs_f64(),
                "s",
                IMPORT_S,
            ),
        ];
        Ok((id, figures))
    }

    async fn undo(&self, client: &Client, kind: &str, id: &str) -> anyhow::Result<Figure> {
        let began = Instant::now();
        let path = format!("/api/imports/{id}/undo");
        let import = self.bench.post(client, &path, json!({})).await?;
        let took = self.ended(client, &import, began).await?;
        let path = format!("/api/imports/{id}");
        let import = self.bench.get(client, &path).await?;
        anyhow::ensure!(import["state"] == "undone", "{kind}: {import}");
        let name = self.bench.name(&format!("{ROWS} {kind} undone"));
        Ok(Figure::noted(name, took.as_secs_f64(), "s"))
    }

    async fn ended(
        &self,
        client: &Client,
        import: &Value,
        began: Instant,
    ) -> anyhow::Result<Duration> {
        let took = self.bench.done(client, &import["jobId"], began).await?;
        let path = format!(
            "/api/imports/{}",
            import["id"].as_str().context("an import")?
        );
        loop {
            let import = self.bench.get(client, &path).await?;
            match import["state"].as_str() {
                Some("done" | "undone") => return Ok(took),
                Some("running" | "undoing") => tokio::time::sleep(LOOK).await,
                other => anyhow::bail!("the import is {other:?}"),
            }
        }
    }
}

/// A family name for each number, of letters alone.
fn family_name(number: usize) -> String {
    let digits = format!("{number:05}");
    let letters = digits.bytes().map(|digit| {
        let place = u32::from(digit - b'0');
        char::from_u32('а' as u32 + place).unwrap_or('а')
    });
    format!("Замерова{}", letters.collect::<String>())
}

fn birth_date(number: usize) -> String {
    format!(
        "{:02}.{:02}.{}",
        1 + number % 28,
        1 + number % 12,
        1960 + number % 35
    )
}

fn people(schools: &[&str]) -> String {
    let mut table = "ФИО;Дата рождения;Учреждение;Должность;Работает с\n".to_owned();
    for number in 0..ROWS {
        let school = schools[number % schools.len()].replace('"', "\"\"");
        table += &format!(
            "{} Анна Ильинична;{};\"{school}\";Учитель;01.09.2016\n",
            family_name(number),
            birth_date(number),
        );
    }
    table
}

fn documents() -> String {
    let mut table =
        "ФИО;Дата рождения;Регистрационный номер;Кем выдан;Дата выдачи;Вид документа;Часы\n"
            .to_owned();
    for number in 0..ROWS {
        table += &format!(
            "{} Анна Ильинична;{};З-{number:05};Институт развития образования;{:02}.03.2025;\
             удостоверение;72\n",
            family_name(number),
            birth_date(number),
            1 + number % 28,
        );
    }
    table
}
