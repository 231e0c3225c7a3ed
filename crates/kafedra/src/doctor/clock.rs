//! The clock: tokens are good for minutes, so a clock that is off keeps everyone out.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};

use super::{Finding, Verdict};
use crate::{config::Config, serve::system_clock};

/// The first days of this program; no clock that is right shows an earlier time.
const EARLIEST: i64 = 1_764_547_200;
/// LiveKit tokens are taken with a minute's leeway.
const MOST: TimeDelta = TimeDelta::seconds(30);

pub(super) async fn examine(config: &Config) -> Vec<Finding> {
    let now = system_clock().now();
    if now.timestamp() < EARLIEST {
        return vec![Finding::new(
            Verdict::Broken,
            format!(
                "Часы показывают {now}, это прошлое. Поставьте время и включите синхронизацию: timedatectl set-ntp true."
            ),
            format!(
                "The clock shows {now}, which is the past. Set it and turn synchronisation on: timedatectl set-ntp true."
            ),
        )];
    }
    let mut findings = vec![synchronised()];
    findings.extend(against_database(config).await);
    findings
}

fn synchronised() -> Finding {
    let output = std::process::Command::new("timedatectl")
        .args(["show", "--property=NTPSynchronized", "--value"])
        .output();
    let told = output
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok());
    match told.as_deref().map(str::trim) {
        Some("yes") => Finding::fine("Часы синхронизированы.", "The clock is synchronised."),
        Some("no") => Finding::doubtful(
            "Часы не синхронизируются: timedatectl set-ntp true.",
            "The clock is not synchronised: timedatectl set-ntp true.",
        ),
        _ => Finding::fine(
            "Часы показывают правдоподобное время; синхронизируются ли они, система не говорит.",
            "The clock shows a plausible time; the system does not tell whether it is synchronised.",
        ),
    }
}

/// The clocks of this machine and of the database's must agree.
async fn against_database(config: &Config) -> Option<Finding> {
    let url = crate::database::url(config);
    if url.starts_with("sqlite:") {
        return None;
    }
    let store = kafedra_store::Store::connect(&url).await.ok()?;
    let asked = Statement::from_string(store.db.get_database_backend(), "SELECT now() AS now");
    let row = store.db.query_one_raw(asked).await.ok()??;
    let theirs: DateTime<Utc> = row.try_get("", "now").ok()?;
    let apart = (system_clock().now() - theirs).abs();
    Some(if apart > MOST {
        Finding::doubtful(
            format!(
                "Часы сервера базы данных расходятся с этими на {} с.",
                apart.num_seconds()
            ),
            format!(
                "The database server's clock is {} s away from this one.",
                apart.num_seconds()
            ),
        )
    } else {
        Finding::fine(
            "Часы сервера базы данных идут так же.",
            "The database server's clock agrees.",
        )
    })
}
