//! The graph of our crates, as STYLE of the house has it: who may depend on whom.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// Siblings that each crate may depend on, in the program itself; tests may use `testkit` too.
const MAY: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("sfu", &[]),
    ("rtc", &["sfu", "model"]),
    ("rtc-tests", &[]),
    ("store", &["model"]),
    ("documents", &["model"]),
    ("app", &["model", "store", "documents"]),
    ("kafedra", &["model", "store", "app", "rtc", "sfu"]),
    ("testkit", &["model", "store", "app"]),
    ("loadgen", &["model", "store", "testkit", "sfu", "rtc"]),
];

/// What never comes into the build: another TLS or crypto library beside aws-lc-rs.
const NEVER: &[&str] = &["ring", "openssl", "openssl-sys", "native-tls"];

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn crates_depend_only_on_those_they_may() {
    let metadata = metadata();
    let may: BTreeMap<&str, &[&str]> = MAY.iter().copied().collect();
    let mut seen = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        if !package["source"].is_null() {
            continue;
        }
        let short = |value: &Value| {
            let name = value.as_str().unwrap();
            name.strip_prefix("kafedra-").unwrap_or(name).to_owned()
        };
        let name = short(&package["name"]);
        let allowed = may
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} is not in the graph: add it to MAY"));
        seen.push(name.clone());
        for dependency in package["dependencies"].as_array().unwrap() {
            if dependency["path"].is_null() {
                continue;
            }
            let other = short(&dependency["name"]);
            // What only the tests of a crate use is no part of the product.
            let for_tests = dependency["kind"] == "dev";
            assert!(
                allowed.contains(&other.as_str()) || for_tests,
                "{name} must not depend on {other}"
            );
        }
    }
    for (name, _) in MAY {
        assert!(
            seen.iter().any(|one| one == name),
            "there is no crate {name}"
        );
    }
}

#[test]
fn there_is_one_crypto_library() {
    // What is built on this machine; the lock file also names what other systems would need.
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--workspace",
            "--prefix=none",
            "--offline",
            "--locked",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(
        tree.contains("aws-lc-rs"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for line in tree.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        assert!(!NEVER.contains(&name), "{name} came into the build");
    }
}
