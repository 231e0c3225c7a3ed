//! A thousand certificates in the background: given out, then printed into one archive.

use std::time::{Duration, Instant};

use anyhow::Context;
use reqwest::Client;
use serde_json::{Value, json};

use super::{Measurement, years::CROWD};
use crate::report::Figure;

impl Measurement<'_> {
    /// # Errors
    ///
    /// A server that refuses, or a job that fails or does not end.
    pub async fn certificates(&self) -> anyhow::Result<Vec<Figure>> {
        let client = self.bench.signed_in("methodist").await?;
        let path = format!("/api/events/{}/certificates", self.written.crowd);
        let order = json!({ "rule": { "roles": ["listener"] }, "hours": 2 });
        let given = self.job(&client, &path, order).await?;
        let printed = self
            .job(&client, &format!("{path}/bundle"), json!({}))
            .await?;
        let name = |what: &str| format!("{}: {CROWD} certificates {what}", self.bench.database);
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

    /// From the request to the end of the job that it began.
    async fn job(&self, client: &Client, path: &str, body: Value) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let job = self.bench.post(client, path, body).await?;
        let total = job["total"].as_u64().context("steps")?;
        anyhow::ensure!(total >= CROWD as u64 * 9 / 10, "{total} certificates only");
        self.bench.done(client, &job["id"], began).await
    }
}
