//! Simulcast: each subscriber gets the layer it asks for.

use std::time::Duration;

use livekit_protocol as proto;
use proto::TrackSource;
use proto::signal_request::Message as Request;

use crate::meeting::check_continuity;
use crate::support::World;

struct Pair {
    world: World,
    anna: usize,
    boris: usize,
    camera: String,
}

fn pair() -> Pair {
    let mut world = World::new();
    let (anna, boris) = (world.join("anna"), world.join_silent("boris"));
    world.run_seconds(2);
    let camera = world.clients[anna].own_track(TrackSource::Camera);
    Pair {
        world,
        anna,
        boris,
        camera,
    }
}

impl Pair {
    fn set(&mut self, settings: proto::UpdateTrackSettings) {
        let settings = proto::UpdateTrackSettings {
            track_sids: vec![self.camera.clone()],
            ..settings
        };
        self.world
            .signal(self.boris, Request::TrackSetting(settings));
    }

    /// The layers that came in the last second.
    fn layers(&self) -> Vec<usize> {
        let since = self.world.now - Duration::from_secs(1);
        let heard = self.world.clients[self.boris].heard_of(&self.camera, since);
        let mut layers: Vec<_> = heard.iter().map(|heard| heard.layer).collect();
        layers.dedup();
        layers
    }
}

#[test]
fn the_layer_follows_the_size_on_screen_and_every_number_goes_on() {
    let mut pair = pair();
    assert_eq!(pair.layers(), [2]);
    for (width, height, layer) in [(300, 150, 0), (600, 300, 1), (1200, 700, 2)] {
        pair.set(proto::UpdateTrackSettings {
            width,
            height,
            ..Default::default()
        });
        pair.world.run_seconds(2);
        assert_eq!(pair.layers(), [layer], "{width}×{height}");
    }
    let all = pair.world.clients[pair.boris]
        .heard_of(&pair.camera, pair.world.now - Duration::from_secs(60));
    check_continuity(&all);
    let mut last = usize::MAX;
    for heard in all {
        assert!(
            heard.layer == last || heard.keyframe,
            "a switch starts with a key frame"
        );
        last = heard.layer;
    }
}

#[test]
fn a_hidden_picture_costs_nothing_and_comes_back_with_a_key_frame() {
    let mut pair = pair();
    pair.set(proto::UpdateTrackSettings {
        disabled: true,
        ..Default::default()
    });
    pair.world.run_seconds(2);
    assert!(pair.layers().is_empty());
    let hidden_until = pair.world.now;
    pair.set(proto::UpdateTrackSettings {
        quality: proto::VideoQuality::High as i32,
        ..Default::default()
    });
    pair.world.run_seconds(2);
    let heard = pair.world.clients[pair.boris].heard_of(&pair.camera, hidden_until);
    assert!(heard[0].keyframe);
    let all = pair.world.clients[pair.boris]
        .heard_of(&pair.camera, pair.world.now - Duration::from_secs(60));
    for two in all.windows(2) {
        assert_eq!(two[1].seq, two[0].seq + 1, "the pause leaves no hole");
    }
}

#[test]
fn a_layer_that_stops_is_replaced_by_the_next_lower_and_returns() {
    let mut pair = pair();
    pair.world.clients[pair.anna].sending = [true, true, false];
    pair.world.run_seconds(4);
    assert_eq!(pair.layers(), [1]);
    pair.world.clients[pair.anna].sending = [true; 3];
    pair.world.run_seconds(3);
    assert_eq!(pair.layers(), [2]);
}

#[test]
fn key_frames_are_asked_sparingly() {
    let mut world = World::new();
    let anna = world.join("anna");
    world.run_seconds(1);
    for i in 0..5 {
        world.join_silent(&format!("p{i}"));
    }
    world.run_seconds(10);
    let asked = world.clients[anna].keyframes_asked;
    assert!(
        (1..=8).contains(&asked),
        "{asked} requests for 5 subscribers"
    );
}

#[test]
fn a_lossy_connection_gets_smaller_layers_and_the_large_one_again_when_it_heals() {
    let mut pair = pair();
    // str0m counts packets whose feedback is still due as delivered, so with this little
    // traffic it reports about half of what is lost.
    pair.world.loss.insert(pair.boris, 0.5);
    pair.world.run_seconds(15);
    assert_eq!(pair.layers(), [0]);
    pair.world.loss.clear();
    pair.world.run_seconds(40);
    assert_eq!(pair.layers(), [2]);
}

#[test]
fn what_the_network_loses_is_sent_again() {
    let mut pair = pair();
    pair.world.loss.insert(pair.boris, 0.05);
    let since = pair.world.now;
    pair.world.run_seconds(10);
    let heard = pair.world.clients[pair.boris].heard_of(&pair.camera, since);
    let mut numbers: Vec<_> = heard.iter().map(|heard| heard.seq).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let whole = numbers[numbers.len() - 1] - numbers[0] + 1;
    let missing = whole - numbers.len() as u64;
    assert!(missing * 100 < whole, "{missing} of {whole} never came");
}
