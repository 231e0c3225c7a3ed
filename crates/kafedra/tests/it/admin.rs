//! The first administrator.

use serde_json::{Value, json};

use crate::{browser, post, program};

fn arguments(login: &str) -> [&str; 9] {
    [
        "admin",
        "create",
        "--login",
        login,
        "--family-name",
        "Лосева",
        "--given-name",
        "Анна",
        "--password-stdin",
    ]
}

#[tokio::test]
async fn an_administrator_made_here_signs_in_there() {
    let launch = program();
    let server = launch.start("serve");
    // While the server runs, too.
    let made = launch.run_with_input(&arguments("chief"), "синяя птица\n");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let client = browser();
    let body = json!({ "login": "chief", "password": "синяя птица" });
    let me: Value = post(&client, &server, "/api/session", body)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(me["grants"][0]["role"], "administrator");
    server.stop();
}

#[test]
fn what_cannot_be_an_administrator_is_told() {
    let launch = program();
    let check = |login: &str, password: &str, words: &str| {
        let output = launch.run_with_input(&arguments(login), password);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success());
        assert!(
            said.contains("admin.invalid") && said.contains(words),
            "{said}"
        );
    };
    check("x", "синяя птица\n", "a login has");
    check("chief", "short\n", "shorter than");
    check("chief", "", "shorter than");
    assert!(
        launch
            .run_with_input(&arguments("chief"), "синяя птица\n")
            .status
            .success()
    );
    check("chief", "синяя птица\n", "taken");
}
