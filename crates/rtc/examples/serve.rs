//! The media server alone, for trying real clients and loads against it:
//!
//! ```sh
//! cargo run -p kafedra-rtc --example serve -- --http 127.0.0.1:7880
//! lk room join --url ws://127.0.0.1:7880 --api-key devkey --api-secret … --identity me test
//! ```

use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use clap::Parser;
use kafedra_rtc::{Config, Keys};
use prometheus_client::registry::Registry;

#[derive(Parser)]
struct Arguments {
    /// Where signalling, the server API and /metrics are served.
    #[arg(long, default_value = "127.0.0.1:7880")]
    http: SocketAddr,
    /// Where media is received.
    #[arg(long, default_value = "127.0.0.1:7882")]
    udp: SocketAddr,
    #[arg(long, default_value = "devkey")]
    key: String,
    #[arg(long, default_value = "a secret for trying things out")]
    secret: String,
    /// Addresses that get webhooks.
    #[arg(long)]
    webhook: Vec<String>,
    /// A folder whose files are served to browsers beside the media server.
    #[arg(long)]
    pages: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let arguments = Arguments::parse();

    let mut config = Config::new(Keys::one(arguments.key, arguments.secret)?, arguments.udp);
    config.webhooks = arguments.webhook;
    let media = kafedra_rtc::start(&config)?;
    let mut registry = Registry::default();
    media.register_metrics(&mut registry);
    let registry = Arc::new(registry);

    let mut router = media
        .router
        .clone()
        .merge(media.twirp.clone())
        .route("/metrics", get(move || async move { metrics(&registry) }));
    if let Some(folder) = arguments.pages {
        router = router.fallback(move |uri: Uri| async move { page(&folder, uri.path()).await });
    }
    let listener = tokio::net::TcpListener::bind(arguments.http).await?;
    tracing::info!(http = %listener.local_addr()?, udp = %media.udp, "the media server runs");
    tokio::select! {
        ended = async { axum::serve(listener, router).await } => ended?,
        stopped = tokio::signal::ctrl_c() => {
            stopped?;
            media.shutdown().await;
        }
    }
    Ok(())
}

fn metrics(registry: &Registry) -> Response {
    let mut text = String::new();
    match prometheus_client::encoding::text::encode(&mut text, registry) {
        Ok(()) => text.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn page(folder: &Path, path: &str) -> Response {
    let path = Path::new(path.trim_start_matches('/'));
    if !path
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut file = folder.join(path);
    if file.is_dir() {
        file.push("index.html");
    }
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        _ => "application/octet-stream",
    };
    match tokio::fs::read(file).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
