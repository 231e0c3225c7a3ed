//! People see, hear and write to each other.

use std::time::Duration;

use livekit_protocol as proto;
use proto::data_packet::{Kind, Value};
use proto::participant_info::State;
use proto::signal_response::Message as Response;
use proto::{ConnectionQuality, TrackSource};

use crate::support::{Heard, World};

/// Every number of a section's packets goes on: no gap, no repetition, no step back.
pub fn check_continuity(heard: &[&Heard]) {
    for pair in heard.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        assert_eq!(after.seq, before.seq + 1, "{before:?} then {after:?}");
        let ticks = after.time.wrapping_sub(before.time) as i32;
        assert!(
            (0..90_000).contains(&ticks),
            "{ticks}: {before:?} then {after:?}"
        );
        if let (Some(a), Some(b)) = (before.picture, after.picture) {
            assert!(b == a || b == (a + 1) & 0x7fff, "{before:?} then {after:?}");
        }
        if let (Some(a), Some(b)) = (before.tl0, after.tl0) {
            assert!(
                b == a || b == a.wrapping_add(1),
                "{before:?} then {after:?}"
            );
        }
    }
}

#[test]
fn two_people_see_and_hear_each_other() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(5);
    for (from, to) in [(anna, boris), (boris, anna)] {
        for (source, least) in [(TrackSource::Camera, 100), (TrackSource::Microphone, 200)] {
            let track = world.clients[from].own_track(source);
            let heard = world.clients[to].heard_of(&track, world.now - Duration::from_secs(5));
            assert!(heard.len() > least, "{source:?}: {}", heard.len());
            check_continuity(&heard);
        }
        let camera = world.clients[from].own_track(TrackSource::Camera);
        let pictures = world.clients[to].heard_of(&camera, world.now - Duration::from_secs(1));
        assert!(
            pictures.iter().all(|heard| heard.layer == 2),
            "the best layer flows"
        );
    }
}

#[test]
fn an_update_names_a_newcomer_before_the_answer_that_carries_their_track() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run_seconds(1);
    let boris = world.join("boris");
    world.run_seconds(1);
    let track = world.clients[boris].own_track(TrackSource::Camera);
    let position =
        |of: &dyn Fn(&Response) -> bool| world.clients[anna].responses.iter().position(of).unwrap();
    let told = position(&|response| match response {
        Response::Update(update) => update
            .participants
            .iter()
            .any(|p| p.tracks.iter().any(|t| t.sid == track)),
        _ => false,
    });
    let carried = position(&|response| match response {
        Response::Answer(answer) => answer.mid_to_track_id.values().any(|t| *t == track),
        _ => false,
    });
    assert!(told < carried);
    let answer = world.clients[anna].answers.last().unwrap();
    let sid = &world.clients[boris].sid;
    assert!(answer.contains(&format!("a=msid:{sid}|{track} {track}\r\n")));
}

#[test]
fn many_people_get_as_many_sections_as_they_need() {
    let mut world = World::new();
    let people: Vec<_> = (0..6).map(|i| world.join(&format!("p{i}"))).collect();
    world.run_seconds(5);
    let since = world.now - Duration::from_secs(2);
    for &from in &people {
        let track = world.clients[from].own_track(TrackSource::Camera);
        for &to in people.iter().filter(|&&to| to != from) {
            assert!(world.clients[to].heard_of(&track, since).len() > 20);
        }
    }
    assert_eq!(world.counters.participants.get(), 6);
    assert_eq!(world.counters.tracks.get(), 12);
}

#[test]
fn a_section_reused_for_another_track_has_another_ssrc() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join_silent("boris"));
    world.run_seconds(2);
    let first = world.clients[anna].own_track(TrackSource::Camera);
    let mid = world.clients[boris].heard_of(&first, world.now - Duration::from_secs(1))[0].mid;
    world.clients[anna].unpublish_camera();
    world.run_seconds(1);
    let idle = world.clients[boris].answers.last().unwrap();
    assert!(
        idle.contains("a=inactive"),
        "the section was answered as free"
    );
    let vera = world.join("vera");
    world.run_seconds(3);
    let second = world.clients[vera].own_track(TrackSource::Camera);
    let heard: Vec<_> = world.clients[boris]
        .heard
        .iter()
        .filter(|h| h.mid == mid)
        .collect();
    assert!(
        heard
            .iter()
            .any(|h| h.track.as_deref() == Some(second.as_str()))
    );
    // A receiver that libwebrtc took apart while the section was idle is put together again only
    // for an SSRC that it does not remember.
    for pair in heard.windows(2) {
        if pair[0].track == pair[1].track {
            assert_eq!(pair[0].ssrc, pair[1].ssrc);
            assert_eq!(
                pair[1].seq,
                pair[0].seq + 1,
                "no number is repeated or left out"
            );
        } else {
            assert_ne!(pair[0].ssrc, pair[1].ssrc);
        }
    }
}

#[test]
fn the_one_who_speaks_is_told_and_falls_silent_again() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.clients[boris].loudness = -100;
    world.run_seconds(3);
    let active = |world: &World| {
        let mut last = None;
        for response in &world.clients[boris].responses {
            if let Response::SpeakersChanged(changed) = response {
                for speaker in &changed.speakers {
                    assert_eq!(speaker.sid, world.clients[anna].sid);
                    last = Some(speaker.active);
                }
            }
        }
        last
    };
    assert_eq!(active(&world), Some(true));
    world.clients[anna].loudness = -100;
    world.run_seconds(5);
    assert_eq!(active(&world), Some(false));
}

#[test]
fn messages_carry_the_senders_true_name_and_reach_those_they_are_for() {
    let mut world = World::new();
    let (anna, boris, vera) = (world.join("anna"), world.join("boris"), world.join("vera"));
    world.run_seconds(1);
    let forged = proto::DataPacket {
        participant_identity: "vera".into(),
        participant_sid: "PA_forged".into(),
        value: Some(Value::User(proto::UserPacket {
            payload: b"hello".to_vec(),
            ..Default::default()
        })),
        ..Default::default()
    };
    world.clients[anna].send_data("_reliable", &forged);
    let private = proto::DataPacket {
        destination_identities: vec!["vera".into()],
        ..forged
    };
    world.clients[anna].send_data("_lossy", &private);
    world.run_seconds(1);
    assert_eq!(world.clients[boris].messages.len(), 1);
    assert_eq!(world.clients[vera].messages.len(), 2);
    assert!(world.clients[anna].messages.is_empty());
    let (label, packet) = &world.clients[boris].messages[0];
    assert_eq!(label, "_reliable");
    assert_eq!(packet.participant_identity, "anna");
    assert_eq!(packet.participant_sid, world.clients[anna].sid);
    let (label, packet) = &world.clients[vera].messages[1];
    assert_eq!(label, "_lossy");
    let kind = packet.kind();
    assert_eq!(kind, Kind::Lossy);
}

/// What a client was told of everybody's connection, its own too, in order.
fn qualities(world: &World, client: usize) -> Vec<(String, ConnectionQuality)> {
    let responses = world.clients[client].responses.iter();
    responses
        .filter_map(|response| match response {
            Response::ConnectionQuality(update) => Some(&update.updates),
            _ => None,
        })
        .flatten()
        .map(|told| (told.participant_sid.clone(), told.quality()))
        .collect()
}

#[test]
fn connection_quality_is_told_once_and_excellent_without_loss() {
    let mut world = World::new();
    let (anna, _) = (world.join("anna"), world.join("boris"));
    world.run_seconds(20);
    let told: Vec<_> = qualities(&world, anna)
        .into_iter()
        .map(|(_, quality)| quality)
        .collect();
    assert_eq!(
        told,
        [ConnectionQuality::Excellent; 2],
        "one for each participant"
    );
}

#[test]
fn who_falls_silent_is_told_to_be_lost_and_found_again() {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(10);
    let sid = world.clients[anna].sid.clone();
    let lost = (sid.clone(), ConnectionQuality::Lost);
    world.unheard.insert(anna);
    world.run_seconds(4);
    assert!(!qualities(&world, boris).contains(&lost), "too early");
    world.run_seconds(4);
    for client in [anna, boris] {
        let told = qualities(&world, client);
        assert_eq!(told.iter().filter(|one| **one == lost).count(), 1);
        assert_eq!(told.last(), Some(&lost));
    }
    world.unheard.remove(&anna);
    world.run_seconds(10);
    let told = qualities(&world, boris);
    let last = told.iter().rfind(|(who, _)| *who == sid).unwrap();
    assert_eq!(last.1, ConnectionQuality::Excellent);
}

#[test]
fn who_publishes_nothing_is_not_lost() {
    let mut world = World::new();
    let (listener, _) = (world.join_silent("anna"), world.join_silent("boris"));
    world.run_seconds(60);
    let told = qualities(&world, listener);
    assert!(!told.is_empty());
    assert!(
        told.iter()
            .all(|(_, quality)| *quality == ConnectionQuality::Excellent),
        "{told:?}"
    );
}

#[test]
fn a_participant_becomes_active_when_its_media_connection_is_up() {
    let mut world = World::new();
    let (anna, _) = (world.join("anna"), world.join("boris"));
    world.run_seconds(2);
    let states: Vec<_> = world.clients[anna]
        .updates()
        .iter()
        .filter(|p| p.identity == "boris")
        .map(|p| p.state())
        .collect();
    assert_eq!(states.first(), Some(&State::Joined));
    assert_eq!(states.last(), Some(&State::Active));
}
