//! The server: listeners, what is mounted on them, and the way up and down.
//!
//! Up: data folder and port first, since they tell at once whether another server runs here; then
//! the media server; then requests are answered, with 503 in words until the database's schema is up
//! to date. Down: clients are told to reconnect, what runs beside the requests stops, requests in
//! flight finish within a deadline.
//!
//! Invariant: the application reaches the media server only by HTTP, over the inner listener on
//! loopback when it is embedded, so that an outside one differs by an address alone.

use std::{
    future::Future,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware,
    middleware::Next,
    response::Response,
    routing::{MethodRouter, any},
};
use axum_server::Handle;
use kafedra_app::{AppState, Clock, Settings};
use kafedra_model::Locale;
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinSet,
};
use tower::ServiceExt;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate},
    },
};

use crate::{config::Config, data::DataFolder, database, demo, fault::Fault, log};

mod address;
mod decks;
mod figures;
mod gate;
mod headers;
mod media;
mod observe;
mod status;
pub mod tls;
pub mod web;

use figures::Figures;
pub use media::http_base;
use status::{MediaProbe, Phase, Status};

/// How long the database may take to close; what was committed is safe without it.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// What the server runs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Real people; never makes demo accounts, and refuses a database that holds them.
    Serve,
    /// The invented city, on loopback only.
    Demo,
}

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
///
/// Whatever keeps the server from starting, or the database's schema from being brought up to date.
pub async fn run(mut config: Config, mode: Mode, locale: Locale) -> Result<(), Fault> {
    log::start(&config.log)?;
    // Only the first call installs; a second finds the same provider.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    if mode == Mode::Demo {
        demo::refuse_strangers(&config)?;
    }
    let data = DataFolder::open(&config.server.data)?;
    let listener = listen(config.server.listen, "server.listen")?;
    // Port 0 took a free one; from here on it is known by its number.
    config.server.listen = listener.local_addr().map_err(Fault::unexpected)?;
    let inner_listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), "server.listen")?;
    let inner_address = inner_listener.local_addr().map_err(Fault::unexpected)?;
    let tls = tls::prepare(&config, &data)?.map(Arc::new);
    let store = database::open(&config).await?;

    let media = media::start(&config, &data, inner_address)?;
    let figures = Figures::new();
    media.register_figures(&figures);
    let phase = Phase::default();
    let state = AppState::new(
        store.clone(),
        system_clock(),
        Settings {
            name: config.server.name.clone(),
            public_url: config.public_url(),
            https: config.https(),
            zone: config.zone()?,
            files: data.join(crate::data::FILES),
            room_capacity: config.rooms.capacity,
            pupils_kept: chrono::TimeDelta::days(config.lessons.pupils_kept_days.into()),
            retention: config.retention.periods(),
            decks: decks::settings(&config.decks),
            embed_origins: config
                .public
                .embed_origins
                .iter()
                .map(|origin| origin.trim_end_matches('/').to_owned())
                .collect(),
            key: data.register_key()?,
            demo: mode == Mode::Demo,
            mail: match mode {
                Mode::Serve => crate::mail::settings(&config, data.join("mail")),
                // Nothing about invented people reaches anybody.
                Mode::Demo => crate::mail::settings(&Config::default(), data.join("mail")),
            },
        },
        media.app.clone(),
    );
    let status = Status {
        phase: phase.clone(),
        store: store.clone(),
        media: MediaProbe {
            client: reqwest::Client::builder()
                .timeout(Duration::from_secs(3))
                .build()
                .map_err(Fault::unexpected)?,
            url: media.app.url.clone(),
        },
        figures: figures.clone(),
        metrics_token: config.metrics.token.as_deref().map(Arc::from),
    };
    let app = kafedra_app::router(state.clone());
    let outer = outer(&config, app.clone(), &media, status, &figures);
    let inner = Router::new()
        .route(media::WEBHOOK, whole(app))
        .merge(media.inner_router());

    if let Some(tls) = &tls {
        tokio::spawn(tls::watch(Arc::clone(tls)));
    }
    let handle = Handle::new();
    let inner_handle = Handle::new();
    let inner_server = tokio::spawn(serve(inner_listener, None, inner_handle.clone(), inner)?);
    let mut server = tokio::spawn(serve(
        listener,
        tls.as_ref().map(|tls| tls.config.clone()),
        handle.clone(),
        outer,
    )?);
    let stop = stop_signal()?;
    tokio::pin!(stop);

    let mut rounds = JoinSet::new();
    let prepare = async {
        database::migrate_patiently(&store).await?;
        match mode {
            Mode::Demo => demo::fill(&store, &state.clock).await,
            Mode::Serve => demo::refuse_to_serve(&store).await,
        }
    };
    tokio::select! {
        prepared = prepare => {
            prepared?;
            phase.ready();
            rounds = kafedra_app::rounds::start(&state);
            announce(&config, mode, locale, tls.as_deref());
            tokio::select! {
                _ = &mut server => return Err(Fault::unexpected("the listener ended by itself")),
                () = &mut stop => {}
            }
        }
        () = &mut stop => {}
    }

    tracing::info!("stopping: clients are told to reconnect");
    phase.stopping();
    state.live.shutdown();
    rounds.shutdown().await;
    let patience = Duration::from_secs(config.server.shutdown_seconds);
    // The media server's last webhooks still reach the application.
    let _ = tokio::time::timeout(patience, media.shutdown()).await;
    handle.graceful_shutdown(Some(patience));
    inner_handle.graceful_shutdown(Some(patience));
    let _ = tokio::join!(server, inner_server);
    // A database that went away keeps the connections that wait for it.
    match tokio::time::timeout(LAST_WORDS, store.db.close()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the database was not closed cleanly"),
        Err(_) => tracing::warn!("the database was not closed in time"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// Everything that people's browsers reach.
fn outer(
    config: &Config,
    app: Router,
    media: &media::Media,
    status: Status,
    figures: &Figures,
) -> Router {
    let policy = headers::Policy {
        media_origin: media.browser_origin(),
        insist_on_https: config.tls.mode == crate::config::TlsMode::Files,
    };
    let trusted: Arc<[std::net::IpAddr]> = config.server.trusted_proxies.as_slice().into();
    let phase = status.phase.clone();
    let observed = |router: Router| {
        let figures = figures.clone();
        router.layer(middleware::from_fn(move |request: Request, next: Next| {
            observe::observe(figures.clone(), request, next)
        }))
    };
    let app = observed(app)
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(as_a_whole)))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            gate::wait_for_schema(phase.clone(), request, next)
        }));
    let web = observed(Router::new().fallback(web::serve)).layer(middleware::from_fn(
        move |request: Request, next: Next| {
            let policy = policy.clone();
            async move { headers::secure(policy, request, next).await }
        },
    ));
    Router::new()
        .merge(observed(status::router(status)))
        .merge(observed(media.outer_router()))
        .fallback(move |request: Request| {
            let path = request.uri().path();
            let under = |root: &str| {
                path.strip_prefix(root)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if under("/api") || under("/public") {
                app.clone()
            } else {
                web.clone()
            }
            .oneshot(request)
        })
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            address::resolve(Arc::clone(&trusted), request, next)
        }))
        .layer(CatchPanicLayer::custom(panicked))
}

/// A router as it is behind one route of another. The route must capture nothing: what it
/// captured would be put before what the router's own routes capture.
fn whole(router: Router) -> MethodRouter {
    any(move |mut request: Request| {
        // Else the pattern of this route would be put before that of the router's own.
        request.extensions_mut().remove::<MatchedPath>();
        router.clone().oneshot(request)
    })
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    use axum::response::IntoResponse;
    kafedra_app::ApiError::internal("a request panicked").into_response()
}

fn listen(address: SocketAddr, key: &str) -> Result<TcpListener, Fault> {
    TcpListener::bind(address).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Fault::port_in_use(address, key, error),
        _ => Fault::port_refused(address, key, error),
    })
}

/// Serves on a bound listener until its handle ends it.
fn serve(
    listener: TcpListener,
    tls: Option<axum_server::tls_rustls::RustlsConfig>,
    handle: Handle<SocketAddr>,
    router: Router,
) -> Result<impl Future<Output = std::io::Result<()>>, Fault> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let plain = axum_server::from_tcp(listener).map_err(Fault::unexpected)?;
    Ok(async move {
        match tls {
            None => plain.handle(handle).serve(service).await,
            Some(config) => {
                plain
                    .acceptor(axum_server::tls_rustls::RustlsAcceptor::new(config))
                    .handle(handle)
                    .serve(service)
                    .await
            }
        }
    })
}

/// Files that people gave are packed already, and readers ask for parts of them: those go as they are.
fn as_a_whole(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

fn stop_signal() -> Result<impl Future<Output = ()>, Fault> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Fault::unexpected)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Fault::unexpected)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// The one place where the system's time is read.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the wrapping that the rule asks for"
)]
pub fn system_clock() -> Clock {
    Clock::new(chrono::Utc::now)
}

/// Says on standard output where the server is, once it answers.
fn announce(config: &Config, mode: Mode, locale: Locale, tls: Option<&tls::Tls>) {
    let url = config.public_url();
    let ready = match locale {
        Locale::Ru => "Кафедра работает",
        Locale::En => "Kafedra runs",
    };
    println!("{ready}: {url}");
    if let Some(fingerprint) = tls.and_then(|tls| tls.fingerprint.as_deref()) {
        let words = match locale {
            Locale::Ru => {
                "Сертификат сделан этим сервером: браузер предупредит о нём. Отпечаток SHA-256 для сверки:"
            }
            Locale::En => {
                "This server made its certificate itself: browsers will warn. SHA-256 fingerprint to compare:"
            }
        };
        println!("{words}\n  {fingerprint}");
    }
    if mode == Mode::Demo {
        print!("{}", demo::accounts(locale));
    }
    tracing::info!(address = %config.server.listen, "the server answers");
}
