//! The HTTPS certificate: readable, fitting its key, and valid for a while yet.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::{Finding, Verdict, validity};
use crate::{
    config::{Config, TlsMode},
    fault::Fault,
    serve::{system_clock, tls},
};

/// Renew in time: certificates by ACME are renewed 30 days before their end.
const SOON_DAYS: i64 = 14;

pub(super) fn examine(config: &Config) -> Finding {
    let files = match (config.tls.mode, &config.tls.certificate, &config.tls.key) {
        (TlsMode::Files, Some(certificate), Some(key)) => tls::Files {
            certificate: certificate.clone(),
            key: key.clone(),
        },
        (TlsMode::SelfSigned, ..) => {
            let files = tls::own_files(&config.server.data);
            if !files.certificate.exists() {
                return Finding::fine(
                    "Самоподписанный сертификат появится при первом запуске.",
                    "The self-signed certificate will be made at the first start.",
                );
            }
            files
        }
        _ => return plain(config),
    };
    if let Err(fault) = tls::load(&files) {
        return Finding::broken(&fault);
    }
    match end(&files.certificate) {
        Ok(end) => until(end, system_clock().now()),
        Err(fault) => Finding::broken(&fault),
    }
}

fn plain(config: &Config) -> Finding {
    if config.server.listen.ip().is_loopback() || config.https() {
        return Finding::fine(
            "HTTPS выключен: сервер доступен с этого компьютера или через прокси.",
            "HTTPS is off: the server is reached from this machine or through a proxy.",
        );
    }
    Finding::doubtful(
        "HTTPS выключен, а сервер открыт для сети: камеру и микрофон браузеры не дадут. Включите его в `tls.mode`.",
        "HTTPS is off and the server is open to the network: browsers will not give camera and microphone. Turn it on in `tls.mode`.",
    )
}

fn end(certificate: &Path) -> Result<DateTime<Utc>, Fault> {
    let chain = tls::chain(certificate)?;
    chain
        .first()
        .and_then(|first| validity::not_after(first.as_ref()))
        .ok_or_else(|| Fault::certificate("its dates cannot be read"))
}

fn until(end: DateTime<Utc>, now: DateTime<Utc>) -> Finding {
    let days = (end - now).num_days();
    let date = end.format("%d.%m.%Y");
    if end <= now {
        return Finding::new(
            Verdict::Broken,
            format!("Сертификат истёк {date}. Замените файлы: сервер прочитает их сам."),
            format!(
                "The certificate expired on {date}. Replace the files: the server reads them by itself."
            ),
        );
    }
    let ru = format!("Сертификат в порядке, действует до {date}, дней: {days}.");
    let en = format!("The certificate is in order, valid until {date}, days: {days}.");
    if days < SOON_DAYS {
        Finding::doubtful(
            format!("{ru} Пора продлить."),
            format!("{en} Time to renew it."),
        )
    } else {
        Finding::fine(ru, en)
    }
}
