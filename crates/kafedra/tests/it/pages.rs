//! The embedded client and what every answer carries.

use reqwest::{Method, StatusCode};

use crate::{browser, get, program};

#[tokio::test]
async fn the_client_is_served_with_its_caches_and_its_policy() {
    let server = program().start("serve");
    let page = get(&server, "/").await;
    assert_eq!(
        page.status(),
        StatusCode::OK,
        "the pages are not in the program: run scripts/build-web first"
    );
    let headers = page.headers().clone();
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    let host = server.url.trim_start_matches("http://");
    assert!(policy.contains(&format!("ws://{host}")), "{policy}");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(headers.contains_key("permissions-policy"));
    assert!(headers.contains_key("x-request-id"));
    let html = page.text().await.unwrap();

    let script = html
        .split('"')
        .find(|part| part.starts_with("/assets/") && part.ends_with(".js"))
        .expect("a script");
    for (accepted, encoding) in [
        ("gzip, br", Some("br")),
        ("gzip", Some("gzip")),
        ("br;q=0", None),
    ] {
        let answer = browser()
            .get(format!("{}{script}", server.url))
            .header("accept-encoding", accepted)
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.headers()["cache-control"],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(answer.headers()["vary"], "accept-encoding");
        let sent = answer
            .headers()
            .get("content-encoding")
            .map(|value| value.to_str().unwrap());
        assert_eq!(sent, encoding);
    }

    let icon = get(&server, "/icon.svg").await;
    assert_eq!(icon.headers()["cache-control"], "no-cache");
    let again = browser()
        .get(format!("{}/icon.svg", server.url))
        .header("if-none-match", &icon.headers()["etag"])
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    // The page's nonce is in its policy, and no other page's is.
    let nonce = |html: &str| {
        let (_, rest) = html.split_once("nonce=\"").expect("a nonce");
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert!(
        policy.contains(&format!("'nonce-{}'", nonce(&html))),
        "{policy}"
    );
    // A path that is no file is a page of the client, but not where hashed files live.
    let deep = get(&server, "/r/abc-defg-hjk").await.text().await.unwrap();
    assert_ne!(nonce(&deep), nonce(&html));
    assert_eq!(
        deep.replace(&nonce(&deep), ""),
        html.replace(&nonce(&html), "")
    );
    let gone = get(&server, "/assets/gone.js").await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let hidden = get(&server, "/.stamp").await.text().await.unwrap();
    assert!(hidden.starts_with("<!doctype html>"), "{hidden}");
    let posted = browser()
        .request(Method::POST, &server.url)
        .send()
        .await
        .unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    server.stop();
}

#[tokio::test]
async fn figures_are_for_this_machine_and_for_the_token() {
    let server = program()
        .with("KAFEDRA_METRICS__TOKEN", "open sesame")
        .start("serve");
    let check = async |headers: &[(&str, &str)], expected: u16| {
        let mut request = browser().get(format!("{}/metrics", server.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), expected, "{headers:?}");
        answer.text().await.unwrap()
    };
    assert_eq!(get(&server, "/api/server").await.status(), 200);
    let text = check(&[], 200).await;
    for part in [
        "kafedra_build_info",
        "kafedra_database_up 1",
        "kafedra_media_rooms",
        "route=\"/api/server\"",
        "# EOF",
    ] {
        assert!(text.contains(part), "«{part}» is missing in {text}");
    }
    check(&[("x-forwarded-for", "192.0.2.1")], 404).await;
    check(
        &[
            ("x-forwarded-for", "192.0.2.1"),
            ("authorization", "Bearer wrong"),
        ],
        404,
    )
    .await;
    check(
        &[
            ("x-forwarded-for", "192.0.2.1"),
            ("authorization", "Bearer open sesame"),
        ],
        200,
    )
    .await;
    server.stop();
}

#[tokio::test]
async fn logs_hold_neither_names_nor_tokens() {
    let server = program()
        .with("KAFEDRA_LOG__LEVEL", "debug")
        .with("KAFEDRA_LOG__FORMAT", "json")
        .start("demo");
    crate::signed_in(&server, "teacher").await;
    get(&server, "/api/invitations/by-token/a-secret-token").await;
    let log = server.log();
    assert!(log.contains("/api/invitations/by-token/{token}"), "{log}");
    for private in [
        "a-secret-token",
        "kafedra-demo",
        "kafedra_session",
        "Нестеренко",
    ] {
        assert!(!log.contains(private), "«{private}» is in the log");
    }
    for line in log.lines() {
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(line);
        assert!(parsed.is_ok(), "no JSON: {line}");
    }
    server.stop();
}
