//! The application pointed at another process for its media, as at an outside LiveKit.

use serde_json::json;

use crate::{get, post, program, signed_in, succeeded};

const KEY: &str = "outsidekey";
const SECRET: &str = "a-secret-that-both-processes-know";

#[tokio::test]
async fn media_of_one_process_serves_the_rooms_of_another() {
    let outside = program()
        .with("KAFEDRA_MEDIA__KEY", KEY)
        .with("KAFEDRA_MEDIA__SECRET", SECRET)
        .with("KAFEDRA_MEDIA__EXPOSE_API", true)
        .start("serve");
    let server = program()
        .with("KAFEDRA_MEDIA__URL", &outside.url)
        .with("KAFEDRA_MEDIA__KEY", KEY)
        .with("KAFEDRA_MEDIA__SECRET", SECRET)
        .start("demo");
    crate::becomes(&server.url, 200).await;
    // Nothing of media runs here.
    let local = get(&server, "/metrics").await.text().await.unwrap();
    assert!(!local.contains("kafedra_media_"), "{local}");

    let client = signed_in(&server, "teacher").await;
    let event = post(
        &client,
        &server,
        "/api/events/now",
        json!({ "title": "Проба" }),
    )
    .await;
    let event = succeeded(&server, event).await;
    let room = event["room"]["id"].as_str().unwrap();
    let seat = post(
        &client,
        &server,
        &format!("/api/rooms/{room}/seats"),
        json!({}),
    )
    .await;
    succeeded(&server, seat).await;
    let token = post(
        &client,
        &server,
        &format!("/api/rooms/{room}/token"),
        json!({}),
    )
    .await;
    let token = succeeded(&server, token).await;
    let websocket = outside.url.replacen("http", "ws", 1);
    assert_eq!(token["url"], websocket);

    // The browser is let there by the policy, and the outside server takes the token.
    let page = get(&server, "/").await;
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains(&websocket), "{policy}");
    let check = async |token: &str, expected: u16| {
        // `EgA=` is a WrappedJoinRequest around an empty JoinRequest.
        let path = format!("/rtc/v1/validate?join_request=EgA%3D&access_token={token}");
        let answer = get(&outside, &path).await;
        assert_eq!(answer.status(), expected);
    };
    check(token["token"].as_str().unwrap(), 200).await;
    check("wrong", 401).await;
    // Ending the room reaches the other process's server API, or this would be an error.
    let ended = post(
        &client,
        &server,
        &format!("/api/rooms/{room}/end"),
        json!({}),
    )
    .await;
    succeeded(&server, ended).await;

    outside.stop();
    crate::becomes(&server.url, 503).await;
    server.stop();
}

#[tokio::test]
async fn the_server_api_is_not_offered_to_the_public() {
    let server = program().start("serve");
    let answer = post(
        &crate::browser(),
        &server,
        "/twirp/livekit.RoomService/ListRooms",
        json!({}),
    )
    .await;
    assert_eq!(answer.status(), 405);
    server.stop();
}
