//! Nonsense is answered or ignored; the meeting of the others goes on.

use std::net::SocketAddr;
use std::time::Duration;

use livekit_protocol as proto;
use proto::TrackSource;
use proto::signal_request::Message as Request;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

use crate::support::World;

const ROUNDS: usize = 400;

fn check_that_the_meeting_goes_on(world: &mut World, from: usize, to: usize) {
    world.run_seconds(1);
    let camera = world.clients[from].own_track(TrackSource::Camera);
    let since = world.now - Duration::from_millis(900);
    assert!(world.clients[to].heard_of(&camera, since).len() > 10);
}

#[test]
fn random_datagrams_do_no_harm_from_strangers_or_from_a_peers_address() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    let stranger: SocketAddr = "10.9.9.9:9".parse().unwrap();
    for _ in 0..ROUNDS * 10 {
        let mut bytes = vec![0; rng.random_range(0..200)];
        rng.fill_bytes(&mut bytes);
        // Half of them look like something: STUN, DTLS, RTP or RTCP.
        if let Some(first) = bytes.first_mut()
            && rng.random()
        {
            *first = [0, 20, 22, 23, 0x80, 0x90, 0xbf][rng.random_range(0..7)];
        }
        let source = if rng.random() {
            stranger
        } else {
            world.clients[anna].address
        };
        world.carry(source, &bytes);
    }
    world.sfu.flush(world.now);
    check_that_the_meeting_goes_on(&mut world, anna, boris);
}

#[test]
fn damaged_offers_never_panic_and_are_answered_or_end_the_session() {
    let mut rng = StdRng::seed_from_u64(2);
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    let mut template = crate::support::Client::new(9, "template", world.now);
    template.publish_camera_and_microphone();
    let offer = template.join_request().publisher_offer.unwrap();
    for round in 0..ROUNDS {
        let mut bytes = offer.sdp.clone().into_bytes();
        for _ in 0..rng.random_range(1..8) {
            let at = rng.random_range(0..bytes.len());
            match rng.random_range(0..4) {
                0 => bytes[at] = rng.random_range(32..127),
                1 => bytes.truncate(at.max(1)),
                2 => {
                    bytes.remove(at);
                }
                _ => {
                    let end = (at + rng.random_range(1..200)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'v');
            }
        }
        let mut join = crate::support::join_of(&format!("fuzz{}", round % 3));
        join.request.publisher_offer = Some(proto::SessionDescription {
            r#type: "offer".into(),
            sdp: String::from_utf8_lossy(&bytes).into_owned(),
            id: round as u32,
            ..Default::default()
        });
        world.try_join(join).unwrap();
    }
    check_that_the_meeting_goes_on(&mut world, anna, boris);
}

#[test]
fn a_broken_offer_makes_the_client_begin_anew() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run_seconds(1);
    let broken = proto::SessionDescription {
        r#type: "offer".into(),
        sdp: "v=0\r\nthis is no offer".into(),
        ..Default::default()
    };
    world.signal(anna, Request::Offer(broken));
    let leave = world.clients[anna].last_leave().unwrap();
    assert_eq!(leave.action(), proto::leave_request::Action::Reconnect);
}

#[test]
fn messages_about_things_that_do_not_exist_do_no_harm() {
    let mut rng = StdRng::seed_from_u64(3);
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    let known = world.clients[anna].own_track(TrackSource::Camera);
    for _ in 0..ROUNDS {
        let sid = match rng.random_range(0..3) {
            0 => String::new(),
            1 => known.clone(),
            _ => format!("TR_{}", rng.random::<u32>()),
        };
        let sids = vec![sid.clone()];
        let message = match rng.random_range(0..12) {
            0 => Request::Mute(proto::MuteTrackRequest {
                sid,
                muted: rng.random(),
            }),
            1 => Request::Subscription(proto::UpdateSubscription {
                track_sids: sids,
                subscribe: true,
                ..Default::default()
            }),
            2 => Request::TrackSetting(proto::UpdateTrackSettings {
                track_sids: sids,
                width: rng.random(),
                height: rng.random(),
                quality: rng.random_range(-5..9),
                ..Default::default()
            }),
            3 => Request::Trickle(proto::TrickleRequest {
                candidate_init: format!("{{\"candidate\":\"{sid} 1 udp 4 x.local 9 typ host\"}}"),
                ..Default::default()
            }),
            4 => Request::AddTrack(proto::AddTrackRequest {
                cid: sid,
                r#type: rng.random_range(-3..6),
                source: rng.random_range(-3..9),
                ..Default::default()
            }),
            5 => Request::Answer(proto::SessionDescription::default()),
            6 => Request::SyncState(proto::SyncState {
                track_sids_disabled: sids,
                ..Default::default()
            }),
            7 => Request::UpdateMetadata(proto::UpdateParticipantMetadata::default()),
            8 => Request::UpdateVideoTrack(proto::UpdateLocalVideoTrack {
                track_sid: sid,
                width: 1,
                height: 1,
            }),
            9 => Request::PublishDataTrackRequest(proto::PublishDataTrackRequest::default()),
            10 => Request::Simulate(proto::SimulateScenario::default()),
            _ => Request::UpdateAudioTrack(proto::UpdateLocalAudioTrack {
                track_sid: sid,
                features: vec![-1, 99],
            }),
        };
        world.signal(boris, message);
    }
    // Boris' own wish about the camera may be anything by now.
    let vera = world.join_silent("vera");
    world.run_seconds(1);
    check_that_the_meeting_goes_on(&mut world, anna, vera);
}

#[test]
fn nonsense_on_a_data_channel_is_dropped() {
    let mut rng = StdRng::seed_from_u64(4);
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join("boris"));
    world.run_seconds(1);
    for _ in 0..ROUNDS {
        let mut bytes = vec![0; rng.random_range(1..300)];
        rng.fill_bytes(&mut bytes);
        let label = ["_reliable", "_lossy", "_data_track"][rng.random_range(0..3)];
        world.clients[anna].send_bytes(label, &bytes);
        world.settle();
    }
    world.clients[anna].send_bytes("_reliable", &vec![1; 70_000]);
    check_that_the_meeting_goes_on(&mut world, anna, boris);
}
