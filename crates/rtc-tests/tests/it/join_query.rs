//! What clients ask for in the URL.

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use flate2::Compression as Level;
use flate2::write::GzEncoder;
use kafedra_rtc::join_query::{Query, QueryError, read};
use kafedra_sfu::Dialect;
use livekit_protocol as proto;
use prost::Message;
use proto::client_info::Sdk;

use crate::support::wrap;

const LIMIT: usize = 1 << 20;

fn query(pairs: &[(&str, &str)]) -> Query {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn wrapped(compression: i32, join_request: Vec<u8>) -> String {
    let wrapped = proto::WrappedJoinRequest {
        compression,
        join_request,
    };
    URL_SAFE.encode(wrapped.encode_to_vec())
}

fn read_v1(text: &str) -> Result<(Dialect, proto::JoinRequest), QueryError> {
    read(&query(&[("join_request", text)]), true, LIMIT)
}

fn a_request() -> proto::JoinRequest {
    proto::JoinRequest {
        metadata: "m".to_owned(),
        reconnect: true,
        participant_sid: "PA_x".to_owned(),
        ..Default::default()
    }
}

#[test]
fn a_plain_request_is_read() {
    let (dialect, request) = read_v1(&wrap(&a_request())).unwrap();
    assert_eq!(dialect, Dialect::OneConnection);
    assert_eq!(request, a_request());
}

#[test]
fn a_gzip_request_is_read() {
    let text = wrapped(1, gzip(&a_request().encode_to_vec()));
    assert_eq!(read_v1(&text).unwrap().1, a_request());
}

#[test]
fn missing_padding_is_forgiven() {
    let text = wrap(&a_request());
    assert!(text.ends_with('='), "the example should need padding");
    assert!(read_v1(text.trim_end_matches('=')).is_ok());
}

#[test]
fn a_request_on_the_old_path_means_one_connection_too() {
    let pairs = query(&[("join_request", &wrap(&a_request()))]);
    assert_eq!(
        read(&pairs, false, LIMIT).unwrap().0,
        Dialect::OneConnection
    );
}

#[test]
fn v1_without_a_request_is_an_error() {
    assert_eq!(read_v1("").unwrap_err(), QueryError::Missing);
    assert_eq!(
        read(&Query::new(), true, LIMIT).unwrap_err(),
        QueryError::Missing
    );
}

#[test]
fn each_layer_has_its_error() {
    assert_eq!(read_v1("!!").unwrap_err(), QueryError::Base64);
    assert_eq!(
        read_v1(&URL_SAFE.encode([0xff, 0xff])).unwrap_err(),
        QueryError::Wrapper
    );
    assert_eq!(
        read_v1(&wrapped(7, Vec::new())).unwrap_err(),
        QueryError::Wrapper
    );
    assert_eq!(
        read_v1(&wrapped(1, b"no gzip".to_vec())).unwrap_err(),
        QueryError::Gzip
    );
    assert_eq!(
        read_v1(&wrapped(0, vec![0xff, 0xff])).unwrap_err(),
        QueryError::Request
    );
}

#[test]
fn a_truncated_gzip_is_an_error() {
    let whole = gzip(&a_request().encode_to_vec());
    let text = wrapped(1, whole[..whole.len() - 9].to_vec());
    assert_eq!(read_v1(&text).unwrap_err(), QueryError::Gzip);
}

#[test]
fn a_decompression_bomb_is_stopped_at_the_limit() {
    let bomb = gzip(&vec![0; 64 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(
        read_v1(&wrapped(1, bomb)).unwrap_err(),
        QueryError::TooLarge
    );
    assert_eq!(
        read_v1(&wrapped(0, vec![0; LIMIT + 1])).unwrap_err(),
        QueryError::TooLarge
    );
}

#[test]
fn the_limit_itself_still_fits() {
    let request = proto::JoinRequest {
        metadata: "m".repeat(LIMIT - 4),
        ..Default::default()
    };
    let bytes = request.encode_to_vec();
    assert_eq!(bytes.len(), LIMIT);
    assert!(read_v1(&wrapped(1, gzip(&bytes))).is_ok());
}

#[test]
fn old_parameters_say_the_same_as_a_request() {
    let attributes = URL_SAFE.encode(r#"{"класс":"7б"}"#);
    let pairs = query(&[
        ("auto_subscribe", "0"),
        ("adaptive_stream", "1"),
        ("subscriber_allow_pause", "true"),
        ("disable_ice_lite", "1"),
        ("attributes", &attributes),
        ("reconnect", "1"),
        ("sid", "PA_x"),
        ("reconnect_reason", "2"),
        ("sdk", "reactnative"),
        ("version", "2.5"),
        ("protocol", "16"),
        ("client_protocol", "1"),
        ("capabilities", "CAP_PACKET_TRAILER, CAP_FUTURE,"),
        ("os", "android"),
        ("browser", "firefox"),
        ("device_model", "d"),
        ("network", "wifi"),
    ]);
    let (dialect, request) = read(&pairs, false, LIMIT).unwrap();
    assert_eq!(dialect, Dialect::TwoConnections);
    let settings = request.connection_settings.unwrap();
    assert!(!settings.auto_subscribe && settings.adaptive_stream && settings.disable_ice_lite);
    assert_eq!(settings.subscriber_allow_pause, Some(true));
    assert_eq!(settings.auto_subscribe_data_track, None);
    assert_eq!(request.participant_attributes["класс"], "7б");
    assert!(request.reconnect);
    assert_eq!(request.participant_sid, "PA_x");
    assert_eq!(request.reconnect_reason, 2);
    let client = request.client_info.unwrap();
    assert_eq!(client.sdk(), Sdk::ReactNative);
    assert_eq!((client.protocol, client.client_protocol), (16, 1));
    assert_eq!(client.capabilities, [1]);
    assert_eq!(
        (client.os.as_str(), client.network.as_str()),
        ("android", "wifi")
    );
}

#[test]
fn without_parameters_everything_is_subscribed() {
    let (_, request) = read(&Query::new(), false, LIMIT).unwrap();
    assert!(request.connection_settings.unwrap().auto_subscribe);
    assert!(!request.reconnect);
}

#[test]
fn the_names_that_differ_from_the_protocol_are_known() {
    for (word, sdk) in [
        ("js", Sdk::Js),
        ("ios", Sdk::Swift),
        ("swift", Sdk::Swift),
        ("unityweb", Sdk::UnityWeb),
        ("esp32", Sdk::Esp32),
        ("cobol", Sdk::Unknown),
    ] {
        let (_, request) = read(&query(&[("sdk", word)]), false, LIMIT).unwrap();
        assert_eq!(request.client_info.unwrap().sdk(), sdk, "{word}");
    }
}

#[test]
fn broken_attributes_are_an_error() {
    for text in ["***", &URL_SAFE.encode("[1]"), &URL_SAFE.encode("{")] {
        let broken = read(&query(&[("attributes", text)]), false, LIMIT);
        assert_eq!(broken.unwrap_err(), QueryError::Attributes, "{text}");
    }
}
