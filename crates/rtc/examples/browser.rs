use kafedra_rtc::{Config, Keys};
#[tokio::main]
async fn main() {
    tracing_subscriber::fmt().with_env_filter(std::env::var("RUST_LOG").unwrap_or("info".into())).init();
    let udp = std::env::var("UDP").unwrap_or("127.0.0.1:0".into());
    let mut config = Config::new(Keys::one("devkey", "secretsecretsecretsecret").unwrap(), udp.parse().unwrap());
    config.webhooks = vec![];
    let server = kafedra_rtc::start(&config).unwrap();
    let dir = std::env::args().nth(1).unwrap_or("/tmp/sfu-browser".into());
    let app = server.router.clone().merge(server.twirp.clone())
        .fallback_service(tower_http::services::ServeDir::new(dir));
    let listener = tokio::net::TcpListener::bind(std::env::var("HTTP").unwrap_or("127.0.0.1:7790".into())).await.unwrap();
    println!("listening {} udp {}", listener.local_addr().unwrap(), server.udp);
    axum::serve(listener, app).await.unwrap();
}
