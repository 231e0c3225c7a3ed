//! What a token and a moderator allow holds for every packet, whatever the client does.

use std::time::Duration;

use kafedra_sfu::{ApiCall, ApiError, ApiReply, Grants, JoinError};
use livekit_protocol as proto;
use proto::data_packet::Value;
use proto::participant_info::State;
use proto::request_response::Reason;
use proto::signal_request::Message as Request;
use proto::signal_response::Message as Response;
use proto::{DisconnectReason, TrackSource};

use crate::support::{ROOM, World, identity_in_room};

fn heard_lately(world: &World, client: usize, track: &str) -> usize {
    let since = world.now - Duration::from_millis(900);
    world.clients[client].heard_of(track, since).len()
}

fn mute(world: &mut World, identity: &str, track: &str, muted: bool) -> Result<ApiReply, ApiError> {
    world.call(ApiCall::MutePublishedTrack(proto::MuteRoomTrackRequest {
        room: ROOM.into(),
        identity: identity.into(),
        track_sid: track.into(),
        muted,
    }))
}

fn client_mute(world: &mut World, client: usize, track: &str, muted: bool) {
    let request = proto::MuteTrackRequest {
        sid: track.into(),
        muted,
    };
    world.signal(client, Request::Mute(request));
}

fn refusals(world: &World, client: usize) -> Vec<Reason> {
    world.clients[client]
        .responses
        .iter()
        .filter_map(|response| match response {
            Response::RequestResponse(response) => Some(response.reason()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_moderators_mute_drops_the_packets_of_a_client_that_ignores_it() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join_silent("boris"));
    world.run_seconds(2);
    let microphone = world.clients[anna].own_track(TrackSource::Microphone);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    assert!(heard_lately(&world, boris, &microphone) > 20);

    mute(&mut world, "anna", &microphone, true).unwrap();
    world.run_seconds(2);
    assert_eq!(heard_lately(&world, boris, &microphone), 0);
    assert!(
        heard_lately(&world, boris, &camera) > 10,
        "the camera goes on"
    );
    assert!(world.counters.packets_refused.get() > 50);
    let told = world.clients[anna].responses.iter().any(
        |response| matches!(response, Response::Mute(mute) if mute.muted && mute.sid == microphone),
    );
    assert!(told);
    assert_eq!(
        mute(&mut world, "anna", &microphone, false),
        Err(ApiError::RemoteUnmuteDisabled)
    );

    // She may still speak, and unmutes herself.
    client_mute(&mut world, anna, &microphone, false);
    world.run_seconds(1);
    assert!(heard_lately(&world, boris, &microphone) > 20);
}

#[test]
fn a_muted_camera_comes_back_with_a_key_frame_and_without_a_hole() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join_silent("boris"));
    world.run_seconds(2);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    mute(&mut world, "anna", &camera, true).unwrap();
    world.run_seconds(2);
    let lifted = world.now;
    client_mute(&mut world, anna, &camera, false);
    world.run_seconds(2);
    let heard = world.clients[boris].heard_of(&camera, lifted);
    assert!(heard[0].keyframe && heard.len() > 30);
    let all = world.clients[boris].heard_of(&camera, world.now - Duration::from_secs(60));
    for two in all.windows(2) {
        assert_eq!(two[1].seq, two[0].seq + 1);
    }
}

#[test]
fn revoked_permission_takes_the_track_away_and_it_cannot_be_unmuted() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(2);
    let microphone = world.clients[anna].own_track(TrackSource::Microphone);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    let only_camera = proto::ParticipantPermission {
        can_subscribe: true,
        can_publish: true,
        can_publish_sources: vec![TrackSource::Camera as i32],
        ..Default::default()
    };
    world.permit("anna", only_camera.clone());
    world.run_seconds(2);
    assert_eq!(heard_lately(&world, boris, &microphone), 0);
    assert!(heard_lately(&world, boris, &camera) > 10);
    let unpublished = world.clients[anna].responses.iter().any(
        |response| matches!(response, Response::TrackUnpublished(t) if t.track_sid == microphone),
    );
    assert!(unpublished);
    let updates = world.clients[anna].updates();
    let own = updates.iter().rfind(|p| p.identity == "anna").unwrap();
    let permission = own.permission.clone().unwrap();
    assert_eq!(
        permission.can_publish_sources,
        only_camera.can_publish_sources
    );
    client_mute(&mut world, anna, &microphone, false);
    assert_eq!(refusals(&world, anna), [Reason::NotFound]);
    let tokens = world.clients[anna].responses.iter();
    assert_eq!(
        tokens
            .filter(|r| matches!(r, Response::RefreshToken(_)))
            .count(),
        2
    );
}

#[test]
fn a_source_that_the_token_does_not_list_is_refused() {
    let mut world = World::new();
    let grants = Grants {
        can_publish_sources: vec![TrackSource::Microphone],
        ..Grants::default()
    };
    let anna = world.join_with("anna", grants);
    let boris = world.join_silent("boris");
    world.run_seconds(2);
    assert_eq!(refusals(&world, anna), [Reason::NotAllowed]);
    let tracks = world.clients[boris].mid_to_track.values().count();
    assert_eq!(tracks, 1, "only the microphone arrives");
}

#[test]
fn who_may_not_subscribe_receives_nothing_until_allowed() {
    let mut world = World::new();
    let anna = world.join("anna");
    let grants = Grants {
        can_subscribe: false,
        ..Grants::default()
    };
    let boris = world.join_with("boris", grants);
    world.run_seconds(2);
    assert!(world.clients[boris].heard.is_empty());
    let all = Grants::default().to_permission();
    world.permit("boris", all);
    world.run_seconds(3);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    assert!(heard_lately(&world, boris, &camera) > 10);
    world.permit(
        "boris",
        proto::ParticipantPermission {
            can_publish: true,
            ..Default::default()
        },
    );
    world.run_seconds(2);
    assert_eq!(heard_lately(&world, boris, &camera), 0);
}

#[test]
fn data_of_who_may_not_send_it_is_dropped() {
    let mut world = World::new();
    let grants = Grants {
        can_publish_data: false,
        ..Grants::default()
    };
    let anna = world.join_with("anna", grants);
    let boris = world.join("boris");
    world.run_seconds(1);
    let packet = proto::DataPacket {
        value: Some(Value::User(proto::UserPacket::default())),
        ..Default::default()
    };
    world.clients[anna].send_data("_reliable", &packet);
    world.run_seconds(1);
    assert!(world.clients[boris].messages.is_empty());
}

#[test]
fn a_hidden_participant_is_seen_by_nobody_and_sees_all() {
    let mut world = World::new();
    let anna = world.join("anna");
    let grants = Grants {
        hidden: true,
        ..Grants::default()
    };
    let spy = world.join_with("spy", grants);
    world.run_seconds(2);
    assert!(
        world.clients[anna]
            .updates()
            .iter()
            .all(|p| p.identity != "spy")
    );
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    assert!(heard_lately(&world, spy, &camera) > 10);
    assert!(world.clients[anna].heard.is_empty());
}

#[test]
fn a_publisher_chooses_its_audience() {
    let mut world = World::new();
    let (anna, boris, vera) = (
        world.join("anna"),
        world.join_silent("boris"),
        world.join_silent("vera"),
    );
    world.run_seconds(2);
    let audience = proto::SubscriptionPermission {
        all_participants: false,
        track_permissions: vec![proto::TrackPermission {
            participant_identity: "vera".into(),
            all_tracks: true,
            ..Default::default()
        }],
    };
    world.signal(anna, Request::SubscriptionPermission(audience));
    world.run_seconds(2);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    assert_eq!(heard_lately(&world, boris, &camera), 0);
    assert!(heard_lately(&world, vera, &camera) > 10);
    let told = world.clients[boris].responses.iter().any(|response| {
        matches!(response, Response::SubscriptionPermissionUpdate(u) if !u.allowed && u.track_sid == camera)
    });
    assert!(told);
}

#[test]
fn a_client_takes_and_leaves_tracks_by_itself() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join_silent("boris"));
    world.run_seconds(2);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    for (subscribe, flows) in [(false, false), (true, true)] {
        let request = proto::UpdateSubscription {
            track_sids: vec![camera.clone()],
            subscribe,
            ..Default::default()
        };
        world.signal(boris, Request::Subscription(request));
        world.run_seconds(2);
        assert_eq!(heard_lately(&world, boris, &camera) > 10, flows);
    }
    let unknown = proto::UpdateSubscription {
        track_sids: vec!["TR_nothing".into()],
        subscribe: true,
        ..Default::default()
    };
    world.signal(boris, Request::Subscription(unknown));
    assert!(world.clients[boris].responses.iter().any(|response| {
        matches!(response, Response::SubscriptionResponse(r) if r.track_sid == "TR_nothing")
    }));
}

#[test]
fn a_removed_participant_is_told_and_gone() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    world
        .call(ApiCall::RemoveParticipant(identity_in_room("boris")))
        .unwrap();
    let leave = world.clients[boris].last_leave().unwrap();
    assert_eq!(leave.reason(), DisconnectReason::ParticipantRemoved);
    assert_eq!(leave.action(), proto::leave_request::Action::Disconnect);
    assert!(world.clients[boris].connection.is_none());
    let updates = world.clients[anna].updates();
    let last = updates.iter().rfind(|p| p.identity == "boris").unwrap();
    assert_eq!(last.state(), State::Disconnected);
    let again = world.call(ApiCall::RemoveParticipant(identity_in_room("boris")));
    assert_eq!(again, Err(ApiError::ParticipantNotFound));
}

#[test]
fn the_second_of_one_identity_evicts_the_first() {
    let mut world = World::new();
    let first = world.join("anna");
    let boris = world.join("boris");
    world.run_seconds(1);
    let second = world.join("anna");
    world.run_seconds(2);
    let leave = world.clients[first].last_leave().unwrap();
    assert_eq!(leave.reason(), DisconnectReason::DuplicateIdentity);
    let Some(Response::Join(join)) = world.clients[second].responses.first() else {
        panic!("no join response");
    };
    let others: Vec<_> = join
        .other_participants
        .iter()
        .map(|p| &p.identity)
        .collect();
    assert_eq!(others, ["boris"], "nobody sees their own ghost");
    let camera = world.clients[second].own_track(TrackSource::Camera);
    assert!(heard_lately(&world, boris, &camera) > 10);
}

#[test]
fn a_full_room_refuses_the_next_and_admits_a_returning_one() {
    let mut world = World::new();
    world
        .call(ApiCall::CreateRoom(proto::CreateRoomRequest {
            name: ROOM.into(),
            max_participants: 1,
            ..Default::default()
        }))
        .unwrap();
    world.join("anna");
    let refused = world.try_join(crate::support::join_of("boris"));
    assert_eq!(refused, Err(JoinError::RoomFull));
    assert!(world.try_join(crate::support::join_of("anna")).is_ok());
}
