//! The server API, through LiveKit's own client and by hand.

use livekit_api::access_token::{AccessToken, VideoGrants};
use livekit_api::services::room::{
    CreateRoomOptions, RemoveParticipantOptions, RoomClient, SendDataOptions,
    UpdateParticipantOptions,
};
use livekit_api::services::{ServerError, ServiceError};
use livekit_protocol as proto;
use serde_json::{Value, json};

use crate::support::{KEY, SECRET, Server, join_path, jwt, token_with, unix_seconds};

fn client(server: &Server) -> RoomClient {
    RoomClient::with_api_key(&server.http(""), KEY, SECRET)
}

fn code<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> String {
    match outcome {
        Err(ServiceError::Twirp(ServerError::Twirp(error))) => error.code,
        other => panic!("{other:?}"),
    }
}

fn admin_token(grants: VideoGrants) -> String {
    AccessToken::with_api_key(KEY, SECRET)
        .with_grants(grants)
        .to_jwt()
        .unwrap()
}

fn everything(room: &str) -> String {
    admin_token(VideoGrants {
        room_create: true,
        room_list: true,
        room_admin: true,
        room: room.to_owned(),
        ..Default::default()
    })
}

/// Posts JSON with `token`: status and the answer's JSON.
async fn post(server: &Server, method: &str, token: &str, body: Value) -> (u16, Value) {
    let answer = reqwest::Client::new()
        .post(server.http(&format!("/twirp/livekit.RoomService/{method}")))
        .bearer_auth(token)
        .json(&body)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn livekits_own_client_is_understood() {
    let server = Server::start().await;
    let rooms = client(&server);
    let options = CreateRoomOptions {
        metadata: "m".to_owned(),
        max_participants: 3,
        ..Default::default()
    };
    let room = rooms.create_room("room", options).await.unwrap();
    assert_eq!((room.name.as_str(), room.max_participants), ("room", 3));
    assert_eq!(rooms.list_rooms(Vec::new()).await.unwrap().len(), 1);
    assert_eq!(rooms.list_rooms(vec!["x".into()]).await.unwrap().len(), 0);
    let room = rooms.update_room_metadata("room", "new").await.unwrap();
    assert_eq!(room.metadata, "new");
    server.join("room", "anna").await;
    assert!(rooms.list_participants("room").await.is_ok());
    let anna = rooms.get_participant("room", "anna").await.unwrap();
    assert_eq!(anna.identity, "anna");
    let options = UpdateParticipantOptions {
        name: "Анна".to_owned(),
        ..Default::default()
    };
    assert!(
        rooms
            .update_participant("room", "anna", options)
            .await
            .is_ok()
    );
    rooms
        .update_subscriptions("room", "anna", vec!["TR_1".into()], false)
        .await
        .unwrap();
    rooms
        .send_data("room", b"hello".to_vec(), SendDataOptions::default())
        .await
        .unwrap();
    rooms.remove_participant("room", "anna").await.unwrap();
    rooms.delete_room("room").await.unwrap();
    assert_eq!(server.engine.books.lock().unwrap().calls.len(), 12);
}

#[tokio::test]
async fn the_engines_refusals_have_their_codes() {
    let server = Server::start().await;
    let rooms = client(&server);
    assert_eq!(code(rooms.delete_room("none").await), "not_found");
    assert_eq!(code(rooms.get_participant("none", "a").await), "not_found");
    assert_eq!(
        code(rooms.mute_published_track("r", "a", "TR_1", true).await),
        "not_found"
    );
    assert_eq!(
        code(rooms.mute_published_track("r", "a", "TR_1", false).await),
        "failed_precondition"
    );
}

#[tokio::test]
async fn json_is_spoken_with_camel_case_names() {
    let server = Server::start().await;
    let body = json!({"name": "room", "maxParticipants": 2, "empty_timeout": 7});
    let (status, room) = post(&server, "CreateRoom", &everything("room"), body).await;
    assert_eq!(status, 200);
    assert_eq!(room["name"], "room");
    assert_eq!(room["maxParticipants"], 2);
}

#[tokio::test]
async fn every_method_needs_its_grant() {
    let all = [
        ("CreateRoom", json!({"name": "room"})),
        ("DeleteRoom", json!({"room": "room"})),
        ("ListRooms", json!({})),
        ("ListParticipants", json!({"room": "room"})),
        ("GetParticipant", json!({"room": "room", "identity": "a"})),
        (
            "RemoveParticipant",
            json!({"room": "room", "identity": "a"}),
        ),
        ("MutePublishedTrack", json!({"room": "room", "muted": true})),
        (
            "UpdateParticipant",
            json!({"room": "room", "identity": "a"}),
        ),
        ("UpdateSubscriptions", json!({"room": "room"})),
        ("SendData", json!({"room": "room"})),
        ("UpdateRoomMetadata", json!({"room": "room"})),
    ];
    let server = Server::start().await;
    let admin_elsewhere = admin_token(VideoGrants {
        room_admin: true,
        room: "elsewhere".to_owned(),
        ..Default::default()
    });
    let participant = token_with("room", "anna", |_| {});
    for (method, body) in &all {
        let allowed_by = |create: bool, list: bool, admin: bool| {
            admin_token(VideoGrants {
                room_create: create,
                room_list: list,
                room_admin: admin,
                room: "room".to_owned(),
                ..Default::default()
            })
        };
        let (create, list, admin) = match *method {
            "CreateRoom" | "DeleteRoom" => (true, false, false),
            "ListRooms" => (false, true, false),
            _ => (false, false, true),
        };
        let wrong = allowed_by(!create, !list, !admin);
        for token in [&wrong, &admin_elsewhere, &participant] {
            let (status, error) = post(&server, method, token, body.clone()).await;
            assert_eq!(status, 401, "{method}");
            assert_eq!(error["code"], "unauthenticated", "{method}");
            assert_eq!(error["msg"], "permissions denied", "{method}");
        }
        assert!(server.engine.books.lock().unwrap().calls.is_empty());
        let right = allowed_by(create, list, admin);
        let (status, _) = post(&server, method, &right, body.clone()).await;
        assert_ne!(status, 401, "{method}");
        server.engine.books.lock().unwrap().calls.clear();
    }
}

#[tokio::test]
async fn an_empty_room_is_nobodys_to_administer() {
    let server = Server::start().await;
    let token = admin_token(VideoGrants {
        room_admin: true,
        room: "room".to_owned(),
        ..Default::default()
    });
    let (status, _) = post(&server, "ListParticipants", &token, json!({})).await;
    assert_eq!(status, 401);
}

#[tokio::test]
async fn strangers_are_told_so_in_twirps_words() {
    let server = Server::start().await;
    let url = server.http("/twirp/livekit.RoomService/ListRooms");
    let http = reqwest::Client::new();
    let answer = http.post(&url).json(&json!({})).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["code"], "unauthenticated");
    let (status, error) = post(&server, "ListRooms", "junk", json!({})).await;
    assert_eq!((status, &error["code"]), (401, &json!("unauthenticated")));
}

#[tokio::test]
async fn wrong_routes_are_bad_routes() {
    let server = Server::start().await;
    let token = everything("room");
    let (status, error) = post(&server, "Teleport", &token, json!({})).await;
    assert_eq!((status, &error["code"]), (404, &json!("bad_route")));
    let (status, error) = post(&server, "MoveParticipant", &token, json!({})).await;
    assert_eq!((status, &error["code"]), (501, &json!("unimplemented")));

    let http = reqwest::Client::new();
    let url = server.http("/twirp/livekit.RoomService/ListRooms");
    let get = http.get(&url).send().await.unwrap();
    assert_eq!(get.status(), 404);
    let untyped = http.post(&url).bearer_auth(&token).body("{}");
    assert_eq!(untyped.send().await.unwrap().status(), 404);
    let other = server.http("/twirp/livekit.Egress/ListEgress");
    let answer = http.post(other).json(&json!({})).send().await.unwrap();
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["code"], "bad_route");
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_is_malformed() {
    let server = Server::start().await;
    let token = everything("room");
    let (status, error) = post(&server, "CreateRoom", &token, json!({"name": 7})).await;
    assert_eq!((status, &error["code"]), (400, &json!("malformed")));
    let answer = reqwest::Client::new()
        .post(server.http("//twirp/livekit.RoomService/CreateRoom"))
        .bearer_auth(&token)
        .header("Content-Type", "application/protobuf")
        .body(vec![0xff; 9])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn limits_are_invalid_arguments() {
    let server = Server::with(|config| {
        config.limits.metadata = 10;
        config.limits.attributes = 10;
    })
    .await;
    let token = everything("room");
    let long = "x".repeat(300);
    for (method, body) in [
        ("CreateRoom", json!({"name": long})),
        (
            "CreateRoom",
            json!({"name": "r", "metadata": "12345678901"}),
        ),
        (
            "UpdateRoomMetadata",
            json!({"room": "room", "metadata": long}),
        ),
        ("UpdateParticipant", json!({"room": "room", "name": long})),
        (
            "UpdateParticipant",
            json!({"room": "room", "metadata": long}),
        ),
        (
            "UpdateParticipant",
            json!({"room": "room", "attributes": {"12345": "123456"}}),
        ),
        ("SendData", json!({"room": "room", "nonce": "AAAA"})),
    ] {
        let (status, error) = post(&server, method, &token, body).await;
        assert_eq!(
            (status, &error["code"]),
            (400, &json!("invalid_argument")),
            "{method}"
        );
    }
    assert!(server.engine.books.lock().unwrap().calls.is_empty());
}

#[tokio::test]
async fn an_oversized_body_is_not_read() {
    let server = Server::with(|config| config.limits.api_request = 1000).await;
    let body = json!({"name": "x".repeat(2000)});
    let (status, error) = post(&server, "CreateRoom", &everything("room"), body).await;
    assert_eq!(
        (status, &error["code"]),
        (429, &json!("resource_exhausted"))
    );
}

#[tokio::test]
async fn a_removed_participants_token_opens_nothing() {
    let server = Server::start().await;
    let stolen = join_path(&token_with("room", "anna", |_| {}));
    server.connect(&stolen).await.unwrap();
    let rooms = client(&server);
    rooms.remove_participant("room", "anna").await.unwrap();
    let (status, body) = server.connect(&stolen).await.err().unwrap();
    assert_eq!((status, body.contains("revoked")), (401, true));
    // Others, and the same person elsewhere, are not touched.
    server.join("room", "boris").await;
    server.join("elsewhere", "anna").await;
}

#[tokio::test]
async fn a_token_does_not_reopen_a_room_that_was_ended() {
    let server = Server::start().await;
    let minute_ago = unix_seconds() - 60;
    let claims = format!(
        r#"{{"iss":"{KEY}","sub":"anna","exp":{},"nbf":{minute_ago},"video":{{"roomJoin":true,"room":"room"}}}}"#,
        unix_seconds() + 600
    );
    let old = jwt(r#"{"alg":"HS256"}"#, &claims, SECRET.as_bytes());
    server.engine.add_room("room", 0, 0);
    server.connect(&join_path(&old)).await.unwrap();
    client(&server).delete_room("room").await.unwrap();
    let (status, body) = server.connect(&join_path(&old)).await.err().unwrap();
    assert_eq!((status, body.contains("revoked")), (401, true));
    server.join("room", "anna").await;
}

#[tokio::test]
async fn a_removal_may_say_from_when_tokens_are_good_again() {
    let server = Server::start().await;
    server.join("room", "anna").await;
    let long_ago = RemoveParticipantOptions { revoke_token_ts: 1 };
    client(&server)
        .remove_participant_with_options("room", "anna", long_ago)
        .await
        .unwrap();
    server.join("room", "anna").await;
}

#[tokio::test]
async fn a_removal_holds_for_those_who_are_not_connected() {
    let server = Server::start().await;
    let rooms = client(&server);
    assert_eq!(
        code(rooms.remove_participant("room", "anna").await),
        "not_found"
    );
    let token = token_with("room", "anna", |_| {});
    assert!(server.connect(&join_path(&token)).await.is_err());
}

#[tokio::test]
async fn an_older_token_does_not_bring_back_a_lost_permission() {
    let server = Server::start().await;
    let token = token_with("room", "anna", |_| {});
    server.connect(&join_path(&token)).await.unwrap();
    let options = UpdateParticipantOptions {
        permission: Some(proto::ParticipantPermission {
            can_subscribe: true,
            can_publish: false,
            can_publish_data: true,
            ..Default::default()
        }),
        ..Default::default()
    };
    client(&server)
        .update_participant("room", "anna", options)
        .await
        .unwrap();
    server.connect(&join_path(&token)).await.unwrap();
    let books = server.engine.books.lock().unwrap();
    assert!(books.joins[0].grants.can_publish);
    assert!(!books.joins[1].grants.can_publish);
    assert!(books.joins[1].grants.can_subscribe);
}
