//! Random and half-broken input with fixed seeds: nothing may panic, hang or grow.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use kafedra_rtc::join_query::{Query, read};
use kafedra_rtc::token::verify;
use kafedra_rtc::{Keys, frame};
use livekit_protocol as proto;
use prost::Message;
use proto::{SignalRequest, signal_request};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

use crate::support::{KEY, SECRET, jwt, token, wrap};

const ROUNDS: usize = 3_000;

/// `good` with a few bytes changed, removed or repeated.
fn damaged(good: &[u8], rng: &mut StdRng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..=bytes.len());
        match rng.random_range(0..4) {
            0 if at < bytes.len() => bytes[at] = rng.random(),
            1 => bytes.truncate(at),
            2 => bytes.insert(at, rng.random()),
            _ => bytes.extend_from_within(at..),
        }
    }
    bytes
}

fn noise(rng: &mut StdRng) -> Vec<u8> {
    let mut bytes = vec![0; rng.random_range(0..300)];
    rng.fill_bytes(&mut bytes);
    bytes
}

#[test]
fn frames_decode_or_are_refused() {
    let mut rng = StdRng::seed_from_u64(1);
    let request = SignalRequest {
        message: Some(signal_request::Message::AddTrack(proto::AddTrackRequest {
            cid: "camera".to_owned(),
            layers: vec![proto::VideoLayer::default(); 3],
            ..Default::default()
        })),
    };
    let binary = request.encode_to_vec();
    let text = serde_json::to_vec(&request).unwrap();
    for _ in 0..ROUNDS {
        let _ = frame::decode_binary(&damaged(&binary, &mut rng));
        let _ = frame::decode_binary(&noise(&mut rng));
        let _ = frame::decode_text(&String::from_utf8_lossy(&damaged(&text, &mut rng)));
    }
}

#[test]
fn deeply_nested_json_is_refused_and_does_not_overflow_the_stack() {
    let deep = "{\"offer\":".repeat(100_000);
    assert!(frame::decode_text(&deep).is_err());
    let deep = "[".repeat(1_000_000);
    assert!(frame::decode_text(&deep).is_err());
}

#[test]
fn what_is_encoded_is_decoded_again() {
    let request = SignalRequest {
        message: Some(signal_request::Message::Ping(7)),
    };
    assert_eq!(
        frame::decode_binary(&request.encode_to_vec()).unwrap(),
        request
    );
    let text = serde_json::to_string(&request).unwrap();
    assert_eq!(frame::decode_text(&text).unwrap(), request);
    let unknown = frame::decode_text(r#"{"teleport":{"where":"home"}}"#).unwrap();
    assert_eq!(unknown.message, None);
}

#[test]
fn join_requests_decode_or_are_refused() {
    let mut rng = StdRng::seed_from_u64(2);
    let good = proto::JoinRequest {
        metadata: "m".repeat(50),
        publisher_offer: Some(proto::SessionDescription {
            sdp: "v=0\r\n".repeat(20),
            ..Default::default()
        }),
        ..Default::default()
    };
    let text = wrap(&good);
    let bytes = URL_SAFE.decode(&text).unwrap();
    for _ in 0..ROUNDS {
        for value in [
            URL_SAFE.encode(damaged(&bytes, &mut rng)),
            String::from_utf8_lossy(&damaged(text.as_bytes(), &mut rng)).into_owned(),
            URL_SAFE.encode(noise(&mut rng)),
        ] {
            let query = Query::from([("join_request".to_owned(), value)]);
            let _ = read(&query, true, 1000);
        }
    }
}

#[test]
fn damaged_tokens_are_never_accepted_for_someone_else() {
    let mut rng = StdRng::seed_from_u64(3);
    let keys = Keys::one(KEY, SECRET).unwrap();
    let good = token("room", "anna");
    for _ in 0..ROUNDS {
        let text = String::from_utf8_lossy(&damaged(good.as_bytes(), &mut rng)).into_owned();
        // Damage to the last signature character's unused bits may leave the token what it was.
        if let Ok(claims) = verify(&keys, &text) {
            assert_eq!(claims.sub, "anna");
        }
    }
}

#[test]
fn signed_nonsense_is_refused() {
    let mut rng = StdRng::seed_from_u64(4);
    let keys = Keys::one(KEY, SECRET).unwrap();
    let header = r#"{"alg":"HS256"}"#;
    let claims = format!(
        r#"{{"iss":"{KEY}","exp":4000000000,"video":{{"roomJoin":true,"canPublishSources":["camera"]}}}}"#
    );
    for _ in 0..ROUNDS {
        let body = damaged(claims.as_bytes(), &mut rng);
        let text = jwt(header, &String::from_utf8_lossy(&body), SECRET.as_bytes());
        let _ = verify(&keys, &text);
    }
}
