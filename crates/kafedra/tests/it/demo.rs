//! The demo city: on this machine only, made once, never for real people.

use serde_json::{Value, json};

use crate::{get, post, program, signed_in, succeeded};

#[tokio::test]
async fn a_second_start_keeps_what_the_first_one_held() {
    let launch = program();
    let first = launch.start("demo");
    let client = signed_in(&first, "teacher").await;
    let planned = post(
        &client,
        &first,
        "/api/events/now",
        json!({ "title": "Проба" }),
    )
    .await;
    let event: Value = planned.json().await.unwrap();
    let accounts: Value = succeeded(&first, get(&first, "/api/server").await).await;
    first.stop();

    let second = launch.start("demo");
    let again: Value = succeeded(&second, get(&second, "/api/server").await).await;
    assert_eq!(accounts, again);
    let client = signed_in(&second, "teacher").await;
    let path = format!(
        "{}/api/events/{}",
        second.url,
        event["id"].as_str().unwrap()
    );
    let kept: Value = client.get(path).send().await.unwrap().json().await.unwrap();
    assert_eq!(kept["title"], "Проба");
    second.stop();
}

#[tokio::test]
async fn every_role_account_signs_in_and_the_city_is_whole() {
    let mut server = program().start("demo");
    let said = server.says("official");
    let about: Value = succeeded(&server, get(&server, "/api/server").await).await;
    assert_eq!(about["demo"], true);
    let accounts = about["demoAccounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 7);
    for account in accounts {
        let login = account["login"].as_str().unwrap();
        assert!(
            said.iter().any(|line| line.trim().starts_with(login)),
            "{said:?}"
        );
        signed_in(&server, login).await;
    }
    let admin = signed_in(&server, "admin").await;
    let total = async |path: &str| {
        let answer = admin
            .get(format!("{}{path}", server.url))
            .send()
            .await
            .unwrap();
        let list: Value = answer.json().await.unwrap();
        list["total"].as_u64().unwrap()
    };
    assert_eq!(total("/api/institutions").await, 60);
    assert_eq!(total("/api/people").await, 5_000);
    assert_eq!(total("/api/associations").await, 12);
    let project = admin
        .get(format!("{}/api/project", server.url))
        .send()
        .await
        .unwrap();
    let project: Value = project.json().await.unwrap();
    assert_eq!(project["passport"]["start"], "2017-04");
    // It went well but for one indicator, and its papers still wait for something.
    let lights = |list: &str| -> Vec<&str> {
        let rows = project[list].as_array().unwrap();
        rows.iter()
            .map(|one| one["light"].as_str().unwrap())
            .collect()
    };
    assert_eq!(lights("indicators"), ["green", "yellow", "green"]);
    assert_eq!(lights("checkpoints"), ["green"; 14]);
    assert_eq!(project["budget"]["light"], "green");
    assert_eq!(project["light"], "yellow");
    let signed = project["periods"].as_array().unwrap().iter();
    let signed: Vec<_> = signed
        .map(|one| one["revision"].as_u64().unwrap())
        .collect();
    assert_eq!(signed, [1, 1, 0]);
    let waits: Vec<_> = project["attention"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(waits, ["termOver", "toSign"]);
    let teacher = signed_in(&server, "teacher").await;
    let events = teacher
        .get(format!("{}/api/events", server.url))
        .send()
        .await
        .unwrap();
    let events: Value = events.json().await.unwrap();
    assert!(events["items"].as_array().unwrap().len() >= 3, "{events}");
    server.stop();
}

#[test]
fn the_demo_refuses_to_listen_for_others() {
    for (name, value) in [
        ("KAFEDRA_SERVER__LISTEN", "0.0.0.0:0"),
        ("KAFEDRA_MEDIA__UDP", "0.0.0.0:0"),
    ] {
        let said = program().with(name, value).fails(&["demo"]);
        assert!(said.contains("demo.loopback_only"), "{said}");
    }
}

#[tokio::test]
async fn a_real_server_makes_no_accounts_and_does_not_serve_the_demo_city() {
    let launch = program();
    let server = launch.start("serve");
    let about: Value = succeeded(&server, get(&server, "/api/server").await).await;
    assert_eq!(about["demo"], false);
    let client = crate::browser();
    let body = json!({ "login": "admin", "password": "kafedra-demo" });
    let answer = post(&client, &server, "/api/session", body).await;
    assert_eq!(answer.status(), 401);
    server.stop();

    let launch = program();
    launch.start("demo").stop();
    let said = launch.fails(&["serve"]);
    assert!(said.contains("demo.database_served"), "{said}");
}

#[test]
fn the_demo_leaves_other_peoples_database_alone() {
    let launch = program();
    let password = "a long enough one\n";
    let arguments = [
        "admin",
        "create",
        "--login",
        "chief",
        "--family-name",
        "Лосева",
        "--given-name",
        "Анна",
        "--password-stdin",
    ];
    assert!(launch.run_with_input(&arguments, password).status.success());
    let said = launch.fails(&["demo"]);
    assert!(said.contains("demo.foreign_database"), "{said}");
}

#[tokio::test]
async fn the_allocator_is_told_how_many_heaps_to_keep_and_an_operators_word_stands() {
    let arenas = |pid: u32| {
        let environment = std::fs::read_to_string(format!("/proc/{pid}/environ")).unwrap();
        let told: Vec<String> = environment
            .split('\0')
            .filter_map(|one| Some(one.strip_prefix("MALLOC_ARENA_MAX=")?.to_owned()))
            .collect();
        told
    };
    let server = program().start("demo");
    let cores = std::thread::available_parallelism().unwrap();
    assert_eq!(arenas(server.pid()), [cores.to_string()]);
    server.stop();
    let server = program().with("MALLOC_ARENA_MAX", 7).start("demo");
    assert_eq!(arenas(server.pid()), ["7"]);
    server.stop();
}
