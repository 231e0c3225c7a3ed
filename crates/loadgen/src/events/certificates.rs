//! A thousand certificates in the background: given out, then printed into one archive.

use std::time::{Duration, Instant};

use anyhow::Context;
use reqwest::Client;
use serde_json::{Value, json};

use super::{Measurement, signed_in, years::CROWD};
use crate::report::Figure;

const LONGEST: Duration = Duration::from_secs(180);

impl Measurement {
    /// # Errors
    ///
    /// A server that refuses, or a job that fails or does not end.
    pub async fn certificates(&self) -> anyhow::Result<Vec<Figure>> {
        let client = signed_in(&self.url, "methodist").await?;
        let path = format!("/api/events/{}/certificates", self.written.crowd);
        let order = json!({ "rule": { "roles": ["listener"] }, "hours": 2 });
        let given = self.job(&client, &path, order).await?;
        let printed = self
            .job(&client, &format!("{path}/bundle"), json!({}))
            .await?;
        let name = |what: &str| format!("{}: {CROWD} certificates {what}", self.database);
        Ok(vec![
            Figure::noted(name("given out"), given.as_secs_f64(), "s"),
            Figure::noted(name("printed"), printed.as_secs_f64(), "s"),
            Figure::at_most(
                name("given out and printed"),
                (given + printed).as_secs_f64(),
                "s",
                60.0,
            ),
        ])
    }

    /// From the request to the end of the job that it began. The bar must have moved meanwhile.
    async fn job(&self, client: &Client, path: &str, body: Value) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let answer = client
            .post(format!("{}{path}", self.url))
            .json(&body)
            .send()
            .await?;
        let (status, text) = (answer.status(), answer.text().await?);
        anyhow::ensure!(status.is_success(), "{path}: {status} {text}");
        let mut job: Value = serde_json::from_str(&text)?;
        let total = job["total"].as_u64().context("steps")?;
        anyhow::ensure!(total >= CROWD as u64 * 9 / 10, "{total} certificates only");
        let id = job["id"].as_str().context("a job")?.to_owned();
        let mut steps = Vec::new();
        loop {
            match job["state"].as_str() {
                Some("done") => break,
                Some("queued" | "running") => {}
                other => anyhow::bail!("{path}: the job is {other:?}"),
            }
            anyhow::ensure!(began.elapsed() < LONGEST, "{path}: the job does not end");
            tokio::time::sleep(Duration::from_millis(100)).await;
            let answer = client
                .get(format!("{}/api/jobs/{id}", self.url))
                .send()
                .await?;
            job = answer.json().await?;
            steps.push(job["progress"].as_u64().unwrap_or(0));
        }
        let took = began.elapsed();
        steps.dedup();
        let moved = took < Duration::from_secs(1) || steps.len() > 2;
        anyhow::ensure!(moved, "{path}: the progress bar stood still");
        Ok(took)
    }
}
