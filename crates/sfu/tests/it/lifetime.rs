//! Rooms come and go, and the application hears of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kafedra_sfu::{
    ApiCall, ApiError, ApiReply, Config, ConnectionId, Dialect, JoinError, Setup, Sfu,
};
use livekit_protocol as proto;
use proto::signal_request::Message as Request;
use proto::signal_response::Message as Response;

use crate::support::{ROOM, World, identity_in_room, join_of};

fn create(world: &mut World, request: proto::CreateRoomRequest) -> proto::Room {
    match world.call(ApiCall::CreateRoom(request)).unwrap() {
        ApiReply::Room(room) => room,
        other => panic!("{other:?}"),
    }
}

#[test]
fn webhooks_tell_a_meeting_from_its_first_word_to_its_last() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run_seconds(1);
    world.signal(anna, Request::Leave(proto::LeaveRequest::default()));
    world.run_seconds(25);
    assert_eq!(
        world.events(),
        [
            "room_started",
            "track_published",
            "track_published",
            "participant_joined",
            "track_unpublished",
            "track_unpublished",
            "participant_left",
            "room_finished",
        ]
    );
    let mut ids: Vec<_> = world.webhooks.iter().map(|e| e.id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), world.webhooks.len(), "ids are unique");
    assert!(world.webhooks.iter().all(|e| e.created_at >= 1_700_000_000));
    assert!(
        world
            .webhooks
            .iter()
            .all(|e| e.room.as_ref().is_some_and(|r| r.name == ROOM))
    );
    let left = &world.webhooks[6].participant.as_ref().unwrap();
    assert_eq!(left.identity, "anna");
    assert_eq!(world.counters.rooms.get(), 0);
}

#[test]
fn an_engine_that_follows_another_repeats_none_of_its_connections() {
    let last = ConnectionId(41);
    let mut sfu = Sfu::new(Setup {
        config: Config::default(),
        seed: [1; 32],
        now: Instant::now(),
        unix_ms: 0,
        addresses: Vec::new(),
        counters: Arc::default(),
        last_connection: last,
    })
    .unwrap();
    let joined = sfu.join(Instant::now(), join_of("anna")).unwrap();
    assert!(joined > last, "{joined}");
}

#[test]
fn a_room_that_nobody_enters_ends_after_its_time() {
    let mut world = World::new();
    let room = create(
        &mut world,
        proto::CreateRoomRequest {
            name: ROOM.into(),
            empty_timeout: 5,
            metadata: "m".into(),
            ..Default::default()
        },
    );
    assert_eq!((room.empty_timeout, room.metadata.as_str()), (5, "m"));
    world.run_seconds(4);
    assert_eq!(world.events(), ["room_started"]);
    world.run_seconds(2);
    assert_eq!(world.events(), ["room_started", "room_finished"]);
    let gone = world.call(ApiCall::ListParticipants(proto::ListParticipantsRequest {
        room: ROOM.into(),
    }));
    assert_eq!(gone, Err(ApiError::RoomNotFound));
}

#[test]
fn a_deleted_room_sends_everyone_away() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run_seconds(1);
    let request = proto::DeleteRoomRequest { room: ROOM.into() };
    world.call(ApiCall::DeleteRoom(request)).unwrap();
    let leave = world.clients[anna].last_leave().unwrap();
    assert_eq!(leave.reason(), proto::DisconnectReason::RoomDeleted);
    assert_eq!(world.events().last(), Some(&"room_finished"));
}

#[test]
fn creating_a_room_twice_changes_the_first() {
    let mut world = World::new();
    let first = create(
        &mut world,
        proto::CreateRoomRequest {
            name: ROOM.into(),
            ..Default::default()
        },
    );
    let second = create(
        &mut world,
        proto::CreateRoomRequest {
            name: ROOM.into(),
            max_participants: 3,
            ..Default::default()
        },
    );
    assert_eq!((first.sid, 3), (second.sid, second.max_participants));
    let listed = world.call(ApiCall::ListRooms(proto::ListRoomsRequest::default()));
    assert!(matches!(listed, Ok(ApiReply::ListRooms(list)) if list.rooms.len() == 1));
}

#[test]
fn a_shutdown_tells_clients_to_come_back_and_lets_nobody_in() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run_seconds(1);
    world.sfu.shut_down(world.now);
    world.settle();
    let leave = world.clients[anna].last_leave().unwrap();
    assert_eq!(leave.reason(), proto::DisconnectReason::ServerShutdown);
    assert_eq!(leave.action(), proto::leave_request::Action::Reconnect);
    assert_eq!(
        world.try_join(join_of("boris")),
        Err(JoinError::ShuttingDown)
    );
}

#[test]
fn an_empty_identity_and_the_older_dialect_are_refused() {
    let mut world = World::new();
    assert_eq!(world.try_join(join_of("")), Err(JoinError::NoIdentity));
    let mut older = join_of("anna");
    older.dialect = Dialect::TwoConnections;
    assert!(matches!(
        world.try_join(older),
        Err(JoinError::Unsupported(_))
    ));
}

#[test]
fn tokens_are_refreshed_every_five_minutes() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run(Duration::from_secs(601));
    let tokens = world.clients[anna]
        .responses
        .iter()
        .filter(|response| matches!(response, Response::RefreshToken(t) if t == "token of anna"))
        .count();
    assert_eq!(tokens, 3);
}

#[test]
fn the_server_writes_to_a_room_and_changes_its_metadata() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    world
        .call(ApiCall::SendData(proto::SendDataRequest {
            room: ROOM.into(),
            data: b"bell".to_vec(),
            destination_identities: vec!["boris".into()],
            topic: Some("bell".into()),
            ..Default::default()
        }))
        .unwrap();
    world
        .call(ApiCall::UpdateRoomMetadata(
            proto::UpdateRoomMetadataRequest {
                room: ROOM.into(),
                metadata: "locked".into(),
            },
        ))
        .unwrap();
    world.run_seconds(1);
    assert!(world.clients[anna].messages.is_empty());
    assert_eq!(world.clients[boris].messages.len(), 1);
    assert!(world.clients[anna].responses.iter().any(|response| {
        matches!(response, Response::RoomUpdate(u) if u.room.as_ref().is_some_and(|r| r.metadata == "locked"))
    }));
    let found = world.call(ApiCall::GetParticipant(identity_in_room("anna")));
    assert!(matches!(found, Ok(ApiReply::Participant(p)) if p.tracks.len() == 2));
}

#[test]
fn both_kinds_of_ping_are_answered_in_milliseconds() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.signal(anna, Request::Ping(5));
    world.signal(
        anna,
        Request::PingReq(proto::Ping {
            timestamp: 77,
            rtt: 0,
        }),
    );
    let pongs: Vec<_> = world.clients[anna]
        .responses
        .iter()
        .filter_map(|response| match response {
            Response::Pong(at) => Some((*at, 0)),
            Response::PongResp(pong) => Some((pong.timestamp, pong.last_ping_timestamp)),
            _ => None,
        })
        .collect();
    assert_eq!(pongs.len(), 2);
    assert!(pongs.iter().all(|(at, _)| *at >= 1_700_000_000_000));
    assert_eq!(pongs[1].1, 77);
}
