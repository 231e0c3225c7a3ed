//! Ports: the listener's, the media server's UDP port, and an outside media server.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
    time::Duration,
};

use super::{Finding, Verdict};
use crate::{
    config::{Config, TlsMode},
    fault::Fault,
};

const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn listener(config: &Config) -> Finding {
    let address = config.server.listen;
    match TcpListener::bind(address) {
        Ok(_) => Finding::fine(
            format!("Порт TCP {address} свободен."),
            format!("The TCP port {address} is free."),
        ),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            if ours_answers(config).await {
                Finding::fine(
                    format!("На {address} отвечает сервер Кафедры."),
                    format!("A Kafedra server answers on {address}."),
                )
            } else {
                Finding::broken(&Fault::port_in_use(address, "server.listen", error))
            }
        }
        Err(error) => Finding::broken(&Fault::port_refused(address, "server.listen", error)),
    }
}

pub(super) async fn media(config: &Config) -> Vec<Finding> {
    if let Some(url) = &config.media.url {
        return vec![outside(url).await];
    }
    let address = config.media.udp;
    match UdpSocket::bind(address) {
        Ok(socket) => reachable(&socket, config),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            if ours_answers(config).await {
                vec![Finding::fine(
                    format!("Порт UDP {address} занят медиасервером Кафедры."),
                    format!("Kafedra's media server holds the UDP port {address}."),
                )]
            } else {
                vec![Finding::broken(&Fault::port_in_use(
                    address,
                    "media.udp",
                    error,
                ))]
            }
        }
        Err(error) => vec![Finding::broken(&Fault::port_refused(
            address,
            "media.udp",
            error,
        ))],
    }
}

/// Sends a datagram to every address that browsers would be told, and waits for it here.
fn reachable(socket: &UdpSocket, config: &Config) -> Vec<Finding> {
    let port = match socket.local_addr() {
        Ok(address) => address.port(),
        Err(error) => return vec![Finding::broken(&Fault::unexpected(error))],
    };
    let own = if config.media.udp.ip().is_unspecified() {
        own_address().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
    } else {
        config.media.udp.ip()
    };
    let mut addresses = vec![own];
    addresses.extend(config.media.advertise.iter().filter(|ip| **ip != own));
    addresses
        .into_iter()
        .map(|ip| {
            let target = SocketAddr::new(ip, port);
            let advertised = config.media.advertise.contains(&ip);
            match arrives(socket, target) {
                Ok(()) => Finding::fine(
                    format!("Датаграмма UDP на {target} доходит."),
                    format!("A UDP datagram to {target} arrives."),
                ),
                // Many routers do not send back what comes from inside.
                Err(error) if advertised => Finding::doubtful(
                    format!("Датаграмма UDP на объявленный адрес {target} отсюда не доходит ({error}). Проверьте снаружи: порт должен быть открыт и перенаправлен на этот компьютер."),
                    format!("A UDP datagram to the advertised address {target} does not arrive from here ({error}). Try from outside: the port must be open and forwarded to this machine."),
                ),
                Err(error) => Finding::new(
                    Verdict::Broken,
                    format!("Датаграмма UDP на {target} не доходит ({error}). Откройте порт UDP {port} в брандмауэре."),
                    format!("A UDP datagram to {target} does not arrive ({error}). Open the UDP port {port} in the firewall."),
                ),
            }
        })
        .collect()
}

fn arrives(socket: &UdpSocket, target: SocketAddr) -> io::Result<()> {
    let word = rand::random::<[u8; 16]>();
    let from = SocketAddr::new(
        match target.ip() {
            IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
        },
        0,
    );
    socket.set_read_timeout(Some(Duration::from_secs(1)))?;
    UdpSocket::bind(from)?.send_to(&word, target)?;
    let mut got = [0; 64];
    // Strangers' datagrams may come between.
    for _ in 0..16 {
        let (length, _) = socket.recv_from(&mut got)?;
        if got.get(..length) == Some(word.as_slice()) {
            return Ok(());
        }
    }
    Err(io::Error::other("only strangers' datagrams came"))
}

/// The address that this machine would talk to the network from. Connecting a UDP socket sends nothing.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address of RFC 5737, which stands for no machine.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Whether a Kafedra answers on our own listener's address.
async fn ours_answers(config: &Config) -> bool {
    let mut address = config.server.listen;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let scheme = match config.tls.mode {
        TlsMode::Off => "http",
        TlsMode::Files | TlsMode::SelfSigned => "https",
    };
    // Only whether it is ours is asked; the certificate is examined apart.
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .danger_accept_invalid_certs(true)
        .build();
    let Ok(client) = client else { return false };
    let asked = client
        .get(format!("{scheme}://{address}/healthz"))
        .send()
        .await;
    match asked {
        Ok(answer) => answer.text().await.is_ok_and(|text| text == "ok\n"),
        Err(_) => false,
    }
}

async fn outside(url: &str) -> Finding {
    let base = crate::serve::http_base(url);
    let asked = match reqwest::Client::builder().timeout(PATIENCE).build() {
        Ok(client) => client.get(format!("{base}/rtc/validate")).send().await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(answer) if !answer.status().is_server_error() => Finding::fine(
            format!("Внешний медиасервер {base} отвечает."),
            format!("The outside media server {base} answers."),
        ),
        Ok(answer) => Finding::new(
            Verdict::Broken,
            format!(
                "Внешний медиасервер {base} отвечает ошибкой {}.",
                answer.status()
            ),
            format!(
                "The outside media server {base} answers with the error {}.",
                answer.status()
            ),
        ),
        Err(error) => Finding::new(
            Verdict::Broken,
            format!("Внешний медиасервер {base} не отвечает. Проверьте `media.url`.\n  {error}"),
            format!(
                "The outside media server {base} does not answer. Check `media.url`.\n  {error}"
            ),
        ),
    }
}
