//! A small mail server (RFC 5321) that does what a test tells it to.

use std::{collections::HashMap, sync::Arc, time::Duration};

use kafedra_app::mail::{Smtp, Tls};
use parking_lot::Mutex;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server answers to a recipient, to the letters of all, or not at all.
#[derive(Debug, Default)]
pub struct Manners {
    /// The answer to `RCPT TO`, by address: `550 no such user`.
    pub recipients: HashMap<String, String>,
    /// The answer to `MAIL FROM` and to signing in, where it is no.
    pub sender: Option<String>,
    /// The answer to a letter as a whole, where it is no.
    pub letters: Option<String>,
    /// Says nothing after this command: `RCPT`.
    pub silent_at: Option<&'static str>,
    /// Needs this name and password, in base64.
    pub secret: Option<String>,
}

#[derive(Clone)]
pub struct MailServer {
    pub port: u16,
    pub manners: Arc<Mutex<Manners>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    connections: Arc<Mutex<usize>>,
}

/// A letter that the server took.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: String,
    pub from: String,
    pub message: String,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = Self {
            port: listener.local_addr().expect("an address").port(),
            manners: Arc::default(),
            taken: Arc::default(),
            connections: Arc::default(),
        };
        let this = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *this.connections.lock() += 1;
                tokio::spawn(this.clone().converse(stream));
            }
        });
        server
    }

    /// The settings by which the application reaches it.
    pub fn settings(&self) -> Smtp {
        Smtp {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            tls: Tls::Off,
            credentials: None,
            patience: Duration::from_millis(400),
        }
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().clone()
    }

    /// Addresses of the letters that it took, in order.
    pub fn recipients(&self) -> Vec<String> {
        self.taken().into_iter().map(|one| one.to).collect()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock()
    }

    async fn converse(self, stream: TcpStream) {
        // A client that goes away ends the conversation, and no test.
        let _ = self.answer_all(stream).await;
    }

    async fn answer_all(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 test ESMTP\r\n").await?;
        let (mut from, mut to) = (String::new(), String::new());
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let command = line.trim_end().to_owned();
            let verb = command
                .split([' ', ':'])
                .next()
                .unwrap_or_default()
                .to_uppercase();
            if self.manners.lock().silent_at.is_some_and(|at| at == verb) {
                tokio::time::sleep(Duration::from_secs(60)).await;
                return Ok(());
            }
            let answer = match verb.as_str() {
                "EHLO" => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
                "AUTH" => {
                    let secret = self.manners.lock().secret.clone();
                    match secret {
                        Some(secret) if command.ends_with(&secret) => "235 welcome".to_owned(),
                        _ => "535 5.7.8 wrong name or password".to_owned(),
                    }
                }
                "MAIL" => {
                    from = address(&command);
                    let refused = self.manners.lock().sender.clone();
                    refused.unwrap_or_else(|| "250 2.1.0 ok".to_owned())
                }
                "RCPT" => {
                    to = address(&command);
                    let refused = self.manners.lock().recipients.get(&to).cloned();
                    refused.unwrap_or_else(|| "250 2.1.5 ok".to_owned())
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let message = read_message(&mut stream).await?;
                    let refused = self.manners.lock().letters.clone();
                    match refused {
                        Some(words) => words,
                        None => {
                            self.taken.lock().push(Taken {
                                to: to.clone(),
                                from: from.clone(),
                                message,
                            });
                            "250 2.0.0 queued as 42".to_owned()
                        }
                    }
                }
                "RSET" | "NOOP" => "250 ok".to_owned(),
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 what".to_owned(),
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
    }
}

fn address(command: &str) -> String {
    command
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(address, _)| address.to_owned())
        .unwrap_or_default()
}

async fn read_message(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut message = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(message);
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
