//! `kafedra doctor`: looks at what a server needs and says in words what is wrong.
//!
//! It changes nothing and may run beside the server: a port that our own server holds is fine.
//! One module per organ; each gives findings. The exit code is 1 where something is broken.

use std::process::ExitCode;

use kafedra_model::Locale;

use crate::{config::Config, fault::Fault};

mod certificate;
mod clock;
mod disk;
mod mail;
mod network;
mod validity;

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Fine,
    /// It works, and should be looked at.
    Doubtful,
    Broken,
}

/// One line of the report.
#[derive(Debug)]
pub(crate) struct Finding {
    verdict: Verdict,
    ru: String,
    en: String,
}

impl Finding {
    fn new(verdict: Verdict, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            verdict,
            ru: ru.into(),
            en: en.into(),
        }
    }

    fn fine(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Verdict::Fine, ru, en)
    }

    fn doubtful(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Verdict::Doubtful, ru, en)
    }

    fn broken(fault: &Fault) -> Self {
        Self::new(
            Verdict::Broken,
            fault.told(Locale::Ru),
            fault.told(Locale::En),
        )
    }
}

/// Examines everything and prints the report.
///
/// # Errors
///
/// None of its own: what is wrong is in the report.
pub async fn run(config: &Config, locale: Locale) -> Result<ExitCode, Fault> {
    // Only the first call installs; a second finds the same provider.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut findings = disk::data_folder(config);
    findings.extend(disk::space(config));
    findings.push(database(config).await);
    findings.push(network::listener(config).await);
    findings.extend(network::media(config).await);
    findings.push(certificate::examine(config));
    findings.extend(mail::examine(config).await);
    findings.extend(clock::examine(config).await);
    findings.push(pages());

    for finding in &findings {
        let (mark, words) = match (finding.verdict, locale) {
            (Verdict::Fine, Locale::Ru) => ("  ок ", &finding.ru),
            (Verdict::Fine, Locale::En) => ("  ok ", &finding.en),
            (Verdict::Doubtful, Locale::Ru) => ("  !  ", &finding.ru),
            (Verdict::Doubtful, Locale::En) => ("  !  ", &finding.en),
            (Verdict::Broken, Locale::Ru) => (" СБОЙ", &finding.ru),
            (Verdict::Broken, Locale::En) => (" FAIL", &finding.en),
        };
        println!("{mark}  {}", words.replace('\n', "\n         "));
    }
    let broken = findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Broken)
        .count();
    match (broken, locale) {
        (0, Locale::Ru) => println!("Всё, что нужно серверу, в порядке."),
        (0, Locale::En) => println!("All that the server needs is in order."),
        (count, Locale::Ru) => println!("Неисправностей: {count}."),
        (count, Locale::En) => println!("Faults: {count}."),
    }
    Ok(if broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn database(config: &Config) -> Finding {
    let url = crate::database::url(config);
    let shown = match url::Url::parse(&url) {
        // The password stays out of a report that people send around.
        Ok(url) if url.has_host() => format!(
            "{}://{}{}",
            url.scheme(),
            url.host_str().unwrap_or_default(),
            url.path()
        ),
        _ => url.split('?').next().unwrap_or_default().to_owned(),
    };
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.split('?').next().unwrap_or_default();
        if !std::path::Path::new(path).exists() {
            return Finding::fine(
                format!("База данных {shown} появится при первом запуске."),
                format!("The database {shown} will be made at the first start."),
            );
        }
    }
    let looked = async {
        let store = kafedra_store::Store::connect(&url).await?;
        store.ping().await?;
        store.pending_migrations().await
    };
    match looked.await {
        Ok(0) => Finding::fine(
            format!("База данных {shown} отвечает, схема в порядке."),
            format!("The database {shown} answers, its schema is up to date."),
        ),
        Ok(pending) => Finding::fine(
            format!(
                "База данных {shown} отвечает; при запуске её схема обновится, шагов: {pending}."
            ),
            format!(
                "The database {shown} answers; the next start updates its schema, steps: {pending}."
            ),
        ),
        Err(error) => Finding::broken(&crate::database::fault(error)),
    }
}

fn pages() -> Finding {
    if crate::serve::web::is_embedded() {
        Finding::fine(
            "Страницы встроены в программу.",
            "The pages are inside the program.",
        )
    } else {
        Finding::new(
            Verdict::Broken,
            "Страницы не встроены в программу. Соберите её командой `make run`.",
            "The pages are not inside the program. Build it by `make run`.",
        )
    }
}
