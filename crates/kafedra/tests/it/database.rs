//! PostgreSQL that is not there: at the start, in mid-run, and again.

use std::{
    net::{SocketAddr, TcpListener as StdListener},
    sync::Arc,
};

use kafedra_testkit::TestDatabase;
use serde_json::Value;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::{becomes, browser, program};

/// A door to PostgreSQL that can be shut: what was open is cut.
struct Door {
    address: SocketAddr,
    server: Arc<str>,
    open: Option<(watch::Sender<()>, JoinHandle<()>)>,
}

impl Door {
    fn shut(server: &str) -> Self {
        let address = StdListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        Self {
            address,
            server: server.into(),
            open: None,
        }
    }

    async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let (cut, cuts) = watch::channel(());
        let server = Arc::clone(&self.server);
        let task = tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let mut cuts = cuts.clone();
                let server = Arc::clone(&server);
                tokio::spawn(async move {
                    let Ok(mut upstream) = TcpStream::connect(&*server).await else {
                        return;
                    };
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut upstream) => {}
                        _ = cuts.changed() => {}
                    }
                });
            }
        });
        self.open = Some((cut, task));
    }

    fn close(&mut self) {
        if let Some((cut, task)) = self.open.take() {
            task.abort();
            drop(cut);
        }
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_told_in_words_and_healed() {
    let database = TestDatabase::postgres().await;
    let url = url::Url::parse(&database.url).unwrap();
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
    let mut door = Door::shut(&host);
    let mut through = url.clone();
    through.set_host(Some("127.0.0.1")).unwrap();
    through.set_port(Some(door.address.port())).unwrap();
    let listen = StdListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let launch = program()
        .with("KAFEDRA_DATABASE__URL", through)
        .with("KAFEDRA_SERVER__LISTEN", listen);
    let base = format!("http://{listen}");

    // Away at the start: the server is up and says so.
    let mut server = launch.start_unready("serve");
    becomes(&base, 503).await;
    refused_in_words(&base).await;
    assert!(server.ended().is_none());

    door.open().await;
    becomes(&base, 200).await;
    assert_eq!(asks(&base).await.0, 200);

    // Away in mid-run, and back.
    door.close();
    becomes(&base, 503).await;
    refused_in_words(&base).await;
    door.open().await;
    becomes(&base, 200).await;
    assert_eq!(asks(&base).await.0, 200);
    server.says("Kafedra runs");
    server.stop();
}

async fn refused_in_words(base: &str) {
    let (status, problem) = asks(base).await;
    assert_eq!(status, 503, "{problem}");
    assert_eq!(problem["code"], "database.away");
    assert_eq!(problem["title"], "The database does not answer");
}

/// A request that must read the database.
async fn asks(base: &str) -> (u16, Value) {
    let answer = browser()
        .get(format!("{base}/api/positions"))
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}
