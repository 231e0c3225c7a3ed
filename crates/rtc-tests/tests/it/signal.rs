//! The signalling endpoints: who gets in, how frames pass, how sessions end.

use std::time::Duration;

use livekit_api::access_token::AccessToken;
use livekit_protocol as proto;
use prost::Message as _;
use proto::{SignalRequest, signal_request, signal_response};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{
    Client, KEY, SECRET, SOON, Server, eventually, join_path, plain_request, token, token_with,
    wrap,
};

fn binary(message: signal_request::Message) -> Message {
    let request = SignalRequest {
        message: Some(message),
    };
    Message::Binary(request.encode_to_vec().into())
}

fn text(message: signal_request::Message) -> Message {
    let request = SignalRequest {
        message: Some(message),
    };
    Message::Text(serde_json::to_string(&request).unwrap().into())
}

fn mute(sid: &str) -> signal_request::Message {
    signal_request::Message::Mute(proto::MuteTrackRequest {
        sid: sid.to_owned(),
        muted: true,
    })
}

/// Both ways of connecting must give the same status and say the same.
async fn check_refused(server: &Server, query: &str, status: u16, text: &str) {
    let path = format!("/rtc/v1?{query}");
    let Err(refused) = server.connect(&path).await else {
        panic!("{query} was let in");
    };
    let validated = server.get(&format!("/rtc/v1/validate?{query}")).await;
    assert_eq!(refused, validated, "{query}");
    assert_eq!(refused.0, status, "{query}: {}", refused.1);
    assert!(refused.1.contains(text), "{query}: {}", refused.1);
}

fn with_request(token: &str) -> String {
    let request = wrap(&plain_request());
    format!("access_token={token}&join_request={request}")
}

#[tokio::test]
async fn the_first_message_is_the_join_response() {
    let server = Server::start().await;
    server.join("room", "anna").await;
    let books = server.engine.books.lock().unwrap();
    let join = &books.joins[0];
    assert_eq!(
        (join.room.as_str(), join.identity.as_str()),
        ("room", "anna")
    );
    assert_eq!(join.remote, None);
}

#[tokio::test]
async fn doubled_slashes_are_tolerated() {
    let server = Server::start().await;
    let path = join_path(&token("room", "anna"));
    assert!(server.connect(&format!("/{path}")).await.is_ok());
    let (status, body) = server
        .get(&format!(
            "//rtc/v1/validate?{}",
            with_request(&token("r", "a"))
        ))
        .await;
    assert_eq!((status, body.as_str()), (200, "success"));
}

#[tokio::test]
async fn a_plain_get_finds_nothing() {
    let server = Server::start().await;
    assert_eq!(server.get("/rtc").await.0, 404);
    assert_eq!(server.get("/rtc/v1").await.0, 404);
}

#[tokio::test]
async fn errors_are_readable_from_any_page() {
    let server = Server::start().await;
    for path in ["/rtc/validate", "/rtc/v1/validate", "/rtc/v1"] {
        let answer = reqwest::Client::new()
            .get(server.http(path))
            .header("Origin", "https://elsewhere.example")
            .send()
            .await
            .unwrap();
        assert!(!answer.status().is_success());
        assert_eq!(
            answer.headers()["access-control-allow-origin"],
            "*",
            "{path}"
        );
    }
}

#[tokio::test]
async fn bad_tokens_are_refused_with_401_and_a_reason() {
    let server = Server::start().await;
    check_refused(&server, "", 401, "no access token").await;
    check_refused(
        &server,
        "access_token=junk",
        401,
        "invalid authorization token",
    )
    .await;
    let foreign = AccessToken::with_api_key("stranger", SECRET)
        .to_jwt()
        .unwrap();
    check_refused(&server, &with_request(&foreign), 401, "invalid API key").await;
    let forged = AccessToken::with_api_key(KEY, "another secret, long enough")
        .to_jwt()
        .unwrap();
    check_refused(&server, &with_request(&forged), 401, "InvalidSignature").await;
    let no_join = token_with("room", "anna", |grants| grants.room_join = false);
    check_refused(&server, &with_request(&no_join), 401, "permissions denied").await;
}

#[tokio::test]
async fn the_authorization_header_serves_too() {
    let server = Server::start().await;
    let request = wrap(&plain_request());
    let answer = reqwest::Client::new()
        .get(server.http(&format!("/rtc/v1/validate?join_request={request}")))
        .bearer_auth(token("room", "anna"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn bad_requests_are_refused_with_400_and_a_reason() {
    let server = Server::start().await;
    let token = token("room", "anna");
    let missing = format!("access_token={token}");
    check_refused(&server, &missing, 400, "join_request is required").await;
    let broken = format!("access_token={token}&join_request=~");
    check_refused(&server, &broken, 400, "cannot base64 decode").await;
    let long_identity = crate::support::token("room", &"a".repeat(300));
    check_refused(
        &server,
        &with_request(&long_identity),
        400,
        "identity length",
    )
    .await;
    let long_room = crate::support::token(&"r".repeat(300), "anna");
    check_refused(&server, &with_request(&long_room), 400, "room name length").await;
}

#[tokio::test]
async fn own_metadata_needs_its_grant() {
    let server = Server::start().await;
    let request = wrap(&proto::JoinRequest {
        metadata: "mine".to_owned(),
        participant_attributes: [("seat".to_owned(), "1".to_owned())].into(),
        ..Default::default()
    });
    let plain = token("room", "anna");
    let query = format!("access_token={plain}&join_request={request}");
    check_refused(&server, &query, 401, "permissions denied").await;

    let granted = token_with("room", "anna", |grants| {
        grants.can_update_own_metadata = Some(true);
    });
    let path = format!("/rtc/v1?access_token={granted}&join_request={request}");
    server.connect(&path).await.unwrap();
    let books = server.engine.books.lock().unwrap();
    assert_eq!(books.joins[0].metadata, "mine");
    assert_eq!(books.joins[0].attributes["seat"], "1");
}

#[tokio::test]
async fn a_room_nobody_created_is_404_where_joining_does_not_create() {
    let server = Server::with(|config| config.rooms.create_on_join = false).await;
    let query = with_request(&token("room", "anna"));
    check_refused(&server, &query, 404, "requested room does not exist").await;
    server.engine.add_room("room", 0, 0);
    server.join("room", "anna").await;
}

#[tokio::test]
async fn a_full_room_refuses_newcomers_but_not_those_inside() {
    let server = Server::start().await;
    server.join("room", "anna").await;
    server.engine.add_room("room", 1, 1);
    let query = with_request(&token("room", "boris"));
    check_refused(&server, &query, 429, "max participants").await;
    server.join("room", "anna").await;
}

#[tokio::test]
async fn both_kinds_of_ping_are_answered_in_milliseconds() {
    let server = Server::start().await;
    let mut client = server.join("room", "anna").await;
    client.send(binary(signal_request::Message::Ping(5))).await;
    let Some(signal_response::Message::Pong(millis)) = client.receive().await else {
        panic!("no pong");
    };
    assert!((1_700_000_000_000..10_000_000_000_000).contains(&millis));
    let ping = proto::Ping {
        timestamp: 42,
        rtt: 0,
    };
    client
        .send(binary(signal_request::Message::PingReq(ping)))
        .await;
    let Some(signal_response::Message::PongResp(pong)) = client.receive().await else {
        panic!("no pong");
    };
    assert_eq!(pong.last_ping_timestamp, 42);
    assert!(pong.timestamp >= millis);
}

#[tokio::test]
async fn requests_reach_the_engine_in_order_and_responses_the_client() {
    let server = Server::start().await;
    let mut client = server.join("room", "anna").await;
    for number in 0..50 {
        client.send(binary(mute(&number.to_string()))).await;
    }
    let sids: Vec<String> = eventually(|| {
        let books = server.engine.books.lock().unwrap();
        (books.signals.len() == 50).then(|| books.signals.iter().map(muted_sid).collect())
    })
    .await;
    let expected: Vec<String> = (0..50).map(|number| number.to_string()).collect();
    assert_eq!(sids, expected);

    let speakers = signal_response::Message::SpeakersChanged(Default::default());
    server.engine.send_to_all(speakers.clone()).await;
    assert_eq!(client.receive().await, Some(speakers));
}

fn muted_sid(request: &SignalRequest) -> String {
    match &request.message {
        Some(signal_request::Message::Mute(mute)) => mute.sid.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_text_frame_switches_the_answers_to_json_and_a_binary_one_back() {
    let server = Server::start().await;
    let mut client = server.join("room", "anna").await;
    client.send(text(signal_request::Message::Ping(1))).await;
    assert!(matches!(client.frame().await, Some(Message::Text(_))));
    client.send(binary(signal_request::Message::Ping(1))).await;
    assert!(matches!(client.frame().await, Some(Message::Binary(_))));
}

#[tokio::test]
async fn a_message_of_a_newer_protocol_is_passed_over() {
    let server = Server::start().await;
    let mut client = server.join("room", "anna").await;
    client
        .send(Message::Text(r#"{"teleport":{}}"#.into()))
        .await;
    // Field 1000, a varint: nothing this server knows.
    client
        .send(Message::Binary(vec![0xc0, 0x3e, 0x01].into()))
        .await;
    client.send(binary(signal_request::Message::Ping(1))).await;
    assert!(client.receive().await.is_some());
    assert!(server.engine.books.lock().unwrap().signals.is_empty());
}

async fn check_closed(frame: Message, code: u16, reason: &str) {
    let server = Server::start().await;
    let mut client = server.join("room", "anna").await;
    client.send(frame).await;
    let (was, why) = client.closed().await;
    assert_eq!(was, code, "{why}");
    assert!(why.contains(reason), "{why}");
    eventually(|| {
        let books = server.engine.books.lock().unwrap();
        (!books.closed.is_empty()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn malformed_frames_close_with_a_reason() {
    check_closed(Message::Binary(vec![0xff; 20].into()), 1007, "protobuf").await;
    check_closed(Message::Text("{".into()), 1007, "JSON").await;
}

#[tokio::test]
async fn oversized_frames_close_with_a_reason() {
    let limit = 2 << 20;
    let just_over = vec![0; limit + 1];
    check_closed(Message::Binary(just_over.into()), 1009, "size limit").await;
}

#[tokio::test]
async fn a_frame_of_the_exact_limit_is_read() {
    let server = Server::with(|config| config.limits.signal_frame = 1000).await;
    let mut client = server.join("room", "anna").await;
    let length_of = |sid: usize| {
        let message = Some(mute(&"x".repeat(sid)));
        SignalRequest { message }.encoded_len()
    };
    let sid = 900 + 1000 - length_of(900);
    assert_eq!(length_of(sid), 1000);
    client.send(binary(mute(&"x".repeat(sid)))).await;
    eventually(|| {
        let books = server.engine.books.lock().unwrap();
        (!books.signals.is_empty()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_far_too_large_frame_ends_the_connection_early() {
    let server = Server::with(|config| config.limits.signal_frame = 1000).await;
    let mut client = server.join("room", "anna").await;
    let huge = Message::Binary(vec![0; 500_000].into());
    // The server may hang up before everything is sent.
    let _ = futures_util::SinkExt::send(&mut client.0, huge).await;
    while client.frame().await.is_some() {}
    assert!(server.engine.books.lock().unwrap().signals.is_empty());
}

#[tokio::test]
async fn the_engine_hears_when_a_client_vanishes() {
    let server = Server::start().await;
    let client = server.join("room", "anna").await;
    drop(client);
    eventually(|| {
        let books = server.engine.books.lock().unwrap();
        (books.closed.len() == 1).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_silent_client_is_let_go() {
    let server = Server::with(|config| config.limits.silence = Duration::from_millis(200)).await;
    let mut client = server.join("room", "anna").await;
    let (code, reason) = client.closed().await;
    assert_eq!(code, 1008);
    assert!(reason.contains("nothing was heard"));
}

#[tokio::test]
async fn the_socket_closes_when_the_engine_is_done() {
    let server = Server::start().await;
    let mut client = server.join("room", "anna").await;
    server.engine.dismiss_all();
    assert_eq!(client.closed().await.0, 1000);
}

#[tokio::test]
async fn at_shutdown_clients_are_told_to_reconnect() {
    let mut server = Server::start().await;
    let mut clients: Vec<Client> = Vec::new();
    for name in ["anna", "boris", "vera"] {
        clients.push(server.join("room", name).await);
    }
    let stopping = server.shutdown();
    let farewells = async {
        for client in &mut clients {
            let Some(signal_response::Message::Leave(leave)) = client.receive().await else {
                panic!("no leave");
            };
            assert_eq!(leave.action(), proto::leave_request::Action::Reconnect);
            assert_eq!(client.closed().await.0, 1000);
        }
    };
    tokio::time::timeout(SOON, async { tokio::join!(stopping, farewells) })
        .await
        .expect("shutdown hangs");
    check_refused(
        &server,
        &with_request(&token("room", "anna")),
        503,
        "shutting down",
    )
    .await;
}

#[tokio::test]
async fn figures_follow_the_sessions() {
    let server = Server::start().await;
    let mut registry = prometheus_client::registry::Registry::default();
    server.media.register_metrics(&mut registry);
    let text = || {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &registry).unwrap();
        text
    };
    let client = server.join("room", "anna").await;
    let _ = server.connect("/rtc/v1?access_token=junk").await;
    assert!(text().contains("media_joins_total 1"));
    assert!(text().contains("media_signal_sockets 1"));
    assert!(text().contains(r#"media_joins_refused_total{reason="token"} 1"#));
    assert!(text().contains("media_packets_forwarded_total 0"));
    assert!(text().contains("media_participants 0"));
    drop(client);
    eventually(|| text().contains("media_signal_sockets 0").then_some(())).await;
    assert!(text().contains(r#"media_signal_sockets_ended_total{reason="gone"} 1"#));
}
