//! HTTPS: certificate files that may change while the server runs, or a certificate of our own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum_server::tls_rustls::RustlsConfig;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use sha2::{Digest, Sha256};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    config::{Config, TlsMode},
    data::{DataFolder, write_secret},
    fault::Fault,
};

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(30);
const OWN_CERTIFICATE: &str = "self-signed.pem";
const OWN_KEY: &str = "self-signed.key";

/// Where a certificate and its key stand.
#[derive(Debug, Clone)]
pub struct Files {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// HTTPS ready to serve.
pub struct Tls {
    pub config: RustlsConfig,
    pub files: Files,
    /// SHA-256 of a certificate of our own, for people to compare with what their browser shows.
    pub fingerprint: Option<String>,
}

/// What the configuration asks for; `None` for plain HTTP.
///
/// # Errors
///
/// `tls.certificate`, or `data.unwritable` for a certificate of our own.
pub fn prepare(config: &Config, data: &DataFolder) -> Result<Option<Tls>, Fault> {
    let (files, own) = match (config.tls.mode, &config.tls.certificate, &config.tls.key) {
        (TlsMode::Off, ..) => return Ok(None),
        (TlsMode::Files, Some(certificate), Some(key)) => (
            Files {
                certificate: certificate.clone(),
                key: key.clone(),
            },
            false,
        ),
        (TlsMode::Files, ..) => return Err(Fault::certificate("no files are named")),
        (TlsMode::SelfSigned, ..) => (own_certificate(config, data)?, true),
    };
    let server = load(&files)?;
    Ok(Some(Tls {
        config: RustlsConfig::from_config(server),
        fingerprint: if own {
            Some(fingerprint(&files.certificate)?)
        } else {
            None
        },
        files,
    }))
}

/// Reads and checks the files: certificates there, key there, and the two belong together.
///
/// # Errors
///
/// `tls.certificate`.
pub fn load(files: &Files) -> Result<Arc<ServerConfig>, Fault> {
    let chain = chain(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| Fault::certificate(format!("{}: {error}", files.key.display())))?;
    let mut server = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(Fault::certificate)?;
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(server))
}

/// The certificates of a PEM file, the server's own first.
///
/// # Errors
///
/// `tls.certificate`.
pub fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let told =
        |error: &dyn std::fmt::Display| Fault::certificate(format!("{}: {error}", path.display()));
    let chain: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| told(&error))?;
    if chain.is_empty() {
        return Err(told(&"no certificate in this file"));
    }
    Ok(chain)
}

/// Loads the files again when they change or SIGHUP comes; what is broken never replaces what works.
pub async fn watch(tls: Arc<Tls>) {
    let Ok(mut hangups) = signal(SignalKind::hangup()) else {
        tracing::warn!("SIGHUP cannot be listened to; certificates are looked at every 30 s only");
        return watch_files(&tls).await;
    };
    let mut seen = changed_at(&tls.files);
    loop {
        let asked = tokio::select! {
            _ = hangups.recv() => true,
            () = tokio::time::sleep(LOOK_EVERY) => false,
        };
        let now = changed_at(&tls.files);
        if asked || now != seen {
            seen = now;
            reload(&tls);
        }
    }
}

async fn watch_files(tls: &Tls) {
    let mut seen = changed_at(&tls.files);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = changed_at(&tls.files);
        if now != seen {
            seen = now;
            reload(tls);
        }
    }
}

fn reload(tls: &Tls) {
    match load(&tls.files) {
        Ok(server) => {
            tls.config.reload_from_config(server);
            tracing::info!("the certificate was loaded again");
        }
        Err(fault) => tracing::error!(%fault, "the new certificate is not used, the old one stays"),
    }
}

fn changed_at(files: &Files) -> [Option<SystemTime>; 2] {
    [&files.certificate, &files.key].map(|path| {
        std::fs::metadata(path)
            .and_then(|file| file.modified())
            .ok()
    })
}

/// Where a certificate of our own is kept.
pub fn own_files(data: &Path) -> Files {
    Files {
        certificate: data.join(OWN_CERTIFICATE),
        key: data.join(OWN_KEY),
    }
}

/// Makes a certificate for this machine's names once and keeps it in the data folder.
fn own_certificate(config: &Config, data: &DataFolder) -> Result<Files, Fault> {
    let files = own_files(data.path());
    if files.certificate.exists() && files.key.exists() {
        return Ok(files);
    }
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    if !config.server.listen.ip().is_unspecified() {
        names.push(config.server.listen.ip().to_string());
    }
    if let Ok(name) = std::fs::read_to_string("/etc/hostname") {
        names.push(name.trim().to_owned());
    }
    if let Some(host) = config.server.public_url.as_deref().and_then(host) {
        names.push(host);
    }
    names.extend(config.media.advertise.iter().map(ToString::to_string));
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    let made = rcgen::generate_simple_self_signed(names).map_err(Fault::certificate)?;
    let unwritable = |error| Fault::data_unwritable(&config.server.data, error);
    write_secret(&files.key, made.signing_key.serialize_pem().as_bytes()).map_err(unwritable)?;
    write_secret(&files.certificate, made.cert.pem().as_bytes()).map_err(unwritable)?;
    Ok(files)
}

fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(url.host_str()?.to_owned())
}

fn fingerprint(certificate: &Path) -> Result<String, Fault> {
    let chain = chain(certificate)?;
    let first = chain.first().map(AsRef::as_ref).unwrap_or_default();
    let pairs: Vec<String> = Sha256::digest(first)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    Ok(pairs.join(":"))
}
