//! A broken WebSocket is not a broken meeting.

use std::time::Duration;

use livekit_protocol as proto;
use proto::TrackSource;
use proto::participant_info::State;
use proto::signal_response::Message as Response;

use crate::meeting::check_continuity;
use crate::support::World;

#[test]
fn media_flows_on_while_a_client_is_away_and_after_it_is_back() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(2);
    world.cut(anna);
    world.run_seconds(10);
    let vera = world.join("vera");
    world.run_seconds(1);
    let before = world.clients[anna].responses.len();
    world.resume(anna);
    world.run_seconds(2);
    let responses = &world.clients[anna].responses[before..];
    assert!(
        matches!(responses[0], Response::Reconnect(_)),
        "{:?}",
        responses[0]
    );
    assert!(matches!(&responses[1], Response::Update(update)
        if ["boris", "vera", "anna"].iter().all(|name| update.participants.iter().any(|p| p.identity == *name))));
    assert!(matches!(responses[2], Response::RoomUpdate(_)));
    for from in [boris, vera] {
        let camera = world.clients[from].own_track(TrackSource::Camera);
        let since = world.now - Duration::from_secs(60);
        let heard = world.clients[anna].heard_of(&camera, since);
        check_continuity(&heard);
        let lately = world.clients[anna].heard_of(&camera, world.now - Duration::from_secs(1));
        assert!(lately.len() > 20);
    }
    let sid = world.clients[anna].sid.clone();
    let updates = world.clients[boris].updates();
    let gone = updates
        .iter()
        .any(|p| p.sid == sid && p.state() == State::Disconnected);
    assert!(!gone, "nobody noticed");
}

#[test]
fn who_left_meanwhile_is_told_at_the_resume() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    world.cut(anna);
    let leave = proto::LeaveRequest::default();
    world.signal(boris, proto::signal_request::Message::Leave(leave));
    world.run_seconds(1);
    let before = world.clients[anna].updates().len();
    world.resume(anna);
    let told = &world.clients[anna].updates()[before..];
    let boris = told.iter().find(|p| p.identity == "boris").unwrap();
    assert_eq!(boris.state(), State::Disconnected);
}

#[test]
fn after_fifteen_seconds_the_place_is_gone() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    world.cut(anna);
    world.run_seconds(16);
    let updates = world.clients[boris].updates();
    let last = updates.iter().rfind(|p| p.identity == "anna").unwrap();
    assert_eq!(last.state(), State::Disconnected);
    world.resume(anna);
    let leave = world.clients[anna].last_leave().unwrap();
    assert_eq!(leave.reason(), proto::DisconnectReason::StateMismatch);
    assert_eq!(leave.action(), proto::leave_request::Action::Reconnect);
    assert!(world.clients[anna].connection.is_none());
}

#[test]
fn a_client_that_never_connects_its_media_is_given_up() {
    let mut world = World::new();
    world.join("anna");
    world.try_join(crate::support::join_of("ghost")).unwrap();
    world.run_seconds(31);
    let aborted = world
        .webhooks
        .iter()
        .find(|event| event.event == "participant_connection_aborted")
        .unwrap();
    assert_eq!(aborted.participant.as_ref().unwrap().identity, "ghost");
}
