use super::*;

fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, Fault> {
    let folder = std::env::temp_dir().join(format!("kafedra-config-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("kafedra.toml");
    std::fs::write(&path, file).unwrap();
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let config = Config::load(&Config::default(), Some(&path), environment);
    std::fs::remove_dir_all(&folder).unwrap();
    config
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file = "[server]\nname = \"Город\"\nlisten = \"127.0.0.1:1\"\n";
    let config = load(
        file,
        &[
            ("KAFEDRA_SERVER__LISTEN", "127.0.0.1:2"),
            ("KAFEDRA_MEDIA__KEY", "12345"),
            ("KAFEDRA_MEDIA__SECRET", "true"),
            ("KAFEDRA_MEDIA__ADVERTISE", "192.0.2.1, 192.0.2.2"),
            ("KAFEDRA_TEST_POSTGRES", "postgres://elsewhere"),
            ("PATH", "/bin"),
        ],
    )
    .unwrap();
    assert_eq!(config.server.name, "Город");
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.media.key.as_deref(), Some("12345"));
    assert_eq!(config.media.secret.as_deref(), Some("true"));
    assert_eq!(config.media.advertise.len(), 2);
    assert_eq!(config.server.shutdown_seconds, 10);
}

#[test]
fn an_unknown_key_is_named_with_its_source_and_its_neighbour() {
    let check = |file: &str, environment: &[(&str, &str)], parts: &[&str]| {
        let fault = load(file, environment).unwrap_err();
        assert_eq!(fault.code, "config.unknown_key");
        let told = fault.told(kafedra_model::Locale::En);
        for part in parts {
            assert!(told.contains(part), "«{part}» is missing in: {told}");
        }
    };
    check(
        "[server]\nlisen = \"127.0.0.1:1\"",
        &[],
        &["server.lisen", "kafedra.toml", "server.listen"],
    );
    check("[sevrer]\nlisten = \"127.0.0.1:1\"", &[], &["sevrer"]);
    check(
        "",
        &[("KAFEDRA_SERVER__NAMES", "x")],
        &["KAFEDRA_SERVER__NAMES", "server.name"],
    );
    check(
        "",
        &[("KAFEDRA_SERVER_NAME", "x")],
        &["KAFEDRA_SERVER_NAME", "server.name"],
    );
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_source() {
    let check = |file: &str, environment: &[(&str, &str)], key: &str, source: &str| {
        let fault = load(file, environment).unwrap_err();
        assert_eq!(fault.code, "config.value");
        let told = fault.told(kafedra_model::Locale::En);
        assert!(told.contains(key) && told.contains(source), "{told}");
    };
    check(
        "[server]\nlisten = \"here\"",
        &[],
        "server.listen",
        "kafedra.toml",
    );
    check(
        "[server]\nlisten = 8080",
        &[],
        "server.listen",
        "kafedra.toml",
    );
    check("server = 1", &[], "server", "kafedra.toml");
    check(
        "",
        &[("KAFEDRA_SERVER__SHUTDOWN_SECONDS", "soon")],
        "server.shutdown_seconds",
        "KAFEDRA_SERVER__SHUTDOWN_SECONDS",
    );
    check(
        "[rooms]\ncapacity = -1",
        &[],
        "rooms.capacity",
        "kafedra.toml",
    );
    check("[rooms]\ncapacity = 0", &[], "rooms.capacity", "0");
    check(
        "",
        &[("KAFEDRA_TLS__MODE", "maybe")],
        "tls.mode",
        "KAFEDRA_TLS__MODE",
    );
    check(
        "",
        &[("KAFEDRA_TLS__MODE", "files")],
        "tls.certificate",
        "files",
    );
    check(
        "",
        &[("KAFEDRA_MEDIA__URL", "http://livekit:7880")],
        "media.key",
        "media.url",
    );
    check(
        "",
        &[("KAFEDRA_SERVER__PUBLIC_URL", "kafedra.example")],
        "server.public_url",
        "kafedra.example",
    );
    for origin in [
        "https://edu.example/news",
        "*",
        "https://a.example; x",
        "edu.example",
    ] {
        check(
            "",
            &[("KAFEDRA_PUBLIC__EMBED_ORIGINS", origin)],
            "public.embed_origins",
            origin,
        );
    }
    check(
        "[server]\ntimezone = \"Moscow\"",
        &[],
        "server.timezone",
        "Moscow",
    );
}

#[test]
fn the_guide_lists_every_key_with_its_variable_and_default() {
    let guide = include_str!("../../../../docs/guide/configuration.md");
    let rows: Vec<Vec<&str>> = guide
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect()
        })
        .collect();
    let defaults = serde_json::to_value(Config::default()).unwrap();
    let keys = Config::keys(&defaults);
    for (key, value) in &keys {
        let row = rows
            .iter()
            .find(|row| row[0] == key)
            .unwrap_or_else(|| panic!("docs/guide/configuration.md does not list {key}"));
        let variable = format!("KAFEDRA_{}", key.to_uppercase().replacen('.', "__", 1));
        assert_eq!(row[1], variable);
        let shown = match value {
            Value::Null => "–".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(row[2], shown, "the default of {key}");
        assert!(row[3].len() > 10, "{key} is not explained");
    }
    for row in &rows {
        assert!(
            keys.iter().any(|(key, _)| key == row[0]),
            "there is no {}",
            row[0]
        );
    }
}
