//! Tokens: which are accepted, and what they allow.

use axum::http::{HeaderMap, HeaderValue, header};
use kafedra_rtc::token::{TokenError, bearer, grants, kind, mint, verify};
use kafedra_rtc::{Keys, StartError};
use kafedra_sfu::{Grants, TokenClaims};
use livekit_api::access_token::{AccessToken, Claims, VideoGrants};
use livekit_protocol::{TrackSource, participant_info::Kind};

use crate::support::{KEY, SECRET, jwt, token, unix_seconds};

const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

fn keys() -> Keys {
    Keys::one(KEY, SECRET).unwrap()
}

fn check(token: &str) -> Result<Claims, TokenError> {
    verify(&keys(), token)
}

#[test]
fn a_signed_token_in_time_is_accepted() {
    let claims = check(&token("room", "anna")).unwrap();
    assert_eq!(claims.sub, "anna");
    assert_eq!(claims.video.room, "room");
}

#[test]
fn every_configured_key_is_accepted_and_no_other() {
    let second = "another secret, long enough";
    let keys = Keys::new([
        (KEY.to_owned(), SECRET.to_owned()),
        ("other".to_owned(), second.to_owned()),
    ])
    .unwrap();
    let by_second = AccessToken::with_api_key("other", second).to_jwt().unwrap();
    assert!(verify(&keys, &by_second).is_ok());

    let stranger = AccessToken::with_api_key("stranger", SECRET)
        .to_jwt()
        .unwrap();
    assert_eq!(
        verify(&keys, &stranger).unwrap_err(),
        TokenError::UnknownKey
    );
    let crossed = AccessToken::with_api_key(KEY, second).to_jwt().unwrap();
    assert!(matches!(
        verify(&keys, &crossed),
        Err(TokenError::Rejected(_))
    ));
}

#[test]
fn expiry_has_a_minute_of_leeway_and_no_more() {
    let expired = |ago: u64| {
        let claims = format!(
            r#"{{"iss":"{KEY}","sub":"a","exp":{}}}"#,
            unix_seconds() - ago
        );
        check(&jwt(HS256, &claims, SECRET.as_bytes()))
    };
    assert!(expired(30).is_ok());
    assert!(matches!(expired(90), Err(TokenError::Rejected(_))));
}

#[test]
fn not_before_has_a_minute_of_leeway_and_no_more() {
    let early = |by: u64| {
        let (nbf, exp) = (unix_seconds() + by, unix_seconds() + 600);
        let claims = format!(r#"{{"iss":"{KEY}","sub":"a","exp":{exp},"nbf":{nbf}}}"#);
        check(&jwt(HS256, &claims, SECRET.as_bytes()))
    };
    assert!(early(30).is_ok());
    assert!(matches!(early(90), Err(TokenError::Rejected(_))));
}

#[test]
fn a_token_without_expiry_is_rejected() {
    let claims = format!(r#"{{"iss":"{KEY}","sub":"a"}}"#);
    let rejected = check(&jwt(HS256, &claims, SECRET.as_bytes()));
    assert!(matches!(rejected, Err(TokenError::Rejected(_))));
}

#[test]
fn only_hs256_is_accepted() {
    let claims = format!(
        r#"{{"iss":"{KEY}","sub":"a","exp":{}}}"#,
        unix_seconds() + 600
    );
    assert!(check(&jwt(HS256, &claims, SECRET.as_bytes())).is_ok());
    for header in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"HS384"}"#,
        r#"{"alg":"HS512"}"#,
        r#"{"alg":"RS256"}"#,
    ] {
        let forged = jwt(header, &claims, SECRET.as_bytes());
        assert!(check(&forged).is_err(), "{header}");
    }
    let good = jwt(HS256, &claims, SECRET.as_bytes());
    let unsigned = &good[..=good.rfind('.').unwrap()];
    assert!(check(unsigned).is_err());
}

#[test]
fn a_changed_claim_breaks_the_signature() {
    let honest = token("room", "anna");
    let parts: Vec<&str> = honest.split('.').collect();
    let forged = jwt(
        HS256,
        &format!(
            r#"{{"iss":"{KEY}","sub":"boris","exp":{}}}"#,
            unix_seconds() + 600
        ),
        b"guess",
    );
    let body = forged.split('.').nth(1).unwrap();
    let mixed = format!("{}.{body}.{}", parts[0], parts[2]);
    assert!(matches!(check(&mixed), Err(TokenError::Rejected(_))));
}

#[test]
fn what_is_no_token_is_malformed() {
    for text in ["", ".", "..", "a.b.c", "абв", &"x".repeat(100_000)] {
        assert_eq!(
            check(text).unwrap_err(),
            TokenError::Malformed,
            "{text:.20}"
        );
    }
}

#[test]
fn the_header_wins_over_the_parameter() {
    let mut headers = HeaderMap::new();
    assert_eq!(bearer(&headers, Some("b")), Ok("b"));
    assert_eq!(bearer(&headers, None), Err(TokenError::Missing));
    assert_eq!(bearer(&headers, Some("")), Err(TokenError::Missing));
    headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer a"));
    assert_eq!(bearer(&headers, Some("b")), Ok("a"));
    headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic a"));
    assert_eq!(bearer(&headers, Some("b")), Err(TokenError::NotBearer));
}

#[test]
fn unset_grants_have_their_defaults() {
    let granted = grants(&VideoGrants::default());
    assert_eq!(granted, Grants::default());
    assert!(granted.can_publish && granted.can_subscribe && granted.can_publish_data);
    assert!(!granted.can_update_own_metadata);
}

#[test]
fn unset_data_grant_follows_publish() {
    let granted = grants(&VideoGrants {
        can_publish: Some(false),
        ..Default::default()
    });
    assert!(!granted.can_publish_data);
    let granted = grants(&VideoGrants {
        can_publish: Some(false),
        can_publish_data: Some(true),
        ..Default::default()
    });
    assert!(granted.can_publish_data && !granted.can_publish);
}

#[test]
fn named_sources_are_the_only_ones() {
    let granted = grants(&VideoGrants {
        can_publish_sources: vec![
            "microphone".into(),
            "SCREEN_SHARE".into(),
            "hologram".into(),
        ],
        ..Default::default()
    });
    assert_eq!(
        granted.can_publish_sources,
        [TrackSource::Microphone, TrackSource::ScreenShare]
    );
    assert!(!granted.allows(TrackSource::Camera));
}

#[test]
fn sources_nobody_knows_do_not_mean_every_source() {
    let granted = grants(&VideoGrants {
        can_publish_sources: vec!["hologram".into(), "unknown".into()],
        ..Default::default()
    });
    assert!(!granted.can_publish);
}

#[test]
fn the_kind_is_read_from_its_word() {
    let of = |kind_word: &str| {
        kind(&Claims {
            kind: kind_word.to_owned(),
            ..Default::default()
        })
    };
    assert_eq!(of("agent"), Kind::Agent);
    assert_eq!(of(""), Kind::Standard);
    assert_eq!(of("whatever"), Kind::Standard);
}

#[test]
fn a_refreshed_token_says_what_holds_unix_seconds() {
    let claims = TokenClaims {
        room: "room".to_owned(),
        identity: "anna".to_owned(),
        name: "Анна".to_owned(),
        metadata: "m".to_owned(),
        attributes: [("k".to_owned(), "v".to_owned())].into(),
        kind: Kind::Standard,
        grants: Grants {
            can_publish: true,
            can_publish_sources: vec![TrackSource::ScreenShareAudio],
            can_publish_data: false,
            can_subscribe: false,
            can_update_own_metadata: true,
            hidden: true,
            recorder: true,
        },
    };
    let read = check(&mint(&keys(), &claims).unwrap()).unwrap();
    assert_eq!(grants(&read.video), claims.grants);
    assert_eq!(kind(&read), Kind::Standard);
    assert_eq!((read.sub, read.name), (claims.identity, claims.name));
    assert_eq!(read.metadata, claims.metadata);
    assert_eq!(read.attributes, claims.attributes);
    assert!(read.video.room_join && read.video.room == "room");
    assert!(!read.video.room_admin && !read.video.room_create);
}

#[test]
fn weak_or_doubled_keys_do_not_start() {
    assert!(matches!(Keys::new([]), Err(StartError::NoKeys)));
    assert!(matches!(
        Keys::one("key", "short"),
        Err(StartError::WeakSecret(_))
    ));
    assert!(matches!(Keys::one("", SECRET), Err(StartError::KeyName(_))));
    let pair = || (KEY.to_owned(), SECRET.to_owned());
    assert!(matches!(
        Keys::new([pair(), pair()]),
        Err(StartError::KeyName(_))
    ));
    assert!(!format!("{:?}", keys()).contains(SECRET));
}
