//! The doctor: in words, with an exit code.

use std::net::TcpListener;

use crate::program;

#[test]
fn a_machine_in_order_gets_a_clean_bill_before_and_while_the_server_runs() {
    let launch = program().with("KAFEDRA_SERVER__LISTEN", "127.0.0.1:0");
    let report = launch.succeeds(&["doctor"]);
    for part in [
        "TCP port",
        "A UDP datagram",
        "arrives",
        "data folder",
        "database",
        "clock",
    ] {
        assert!(report.contains(part), "«{part}» is missing in {report}");
    }
    let server = launch.start("serve");
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let beside = launch
        .with("KAFEDRA_SERVER__LISTEN", format!("127.0.0.1:{port}"))
        .with("KAFEDRA_LANG", "ru");
    let report = beside.succeeds(&["doctor"]);
    assert!(report.contains("отвечает сервер Кафедры"), "{report}");
    server.stop();
}

#[test]
fn what_is_broken_is_named_and_the_exit_code_tells() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let launch = program()
        .with("KAFEDRA_SERVER__LISTEN", taken.local_addr().unwrap())
        .with("KAFEDRA_SERVER__DATA", "/proc/kafedra")
        .with(
            "KAFEDRA_DATABASE__URL",
            "postgres://nobody:hidden@127.0.0.1:9/none",
        )
        .with("KAFEDRA_TLS__MODE", "files")
        .with("KAFEDRA_TLS__CERTIFICATE", "missing.pem")
        .with("KAFEDRA_TLS__KEY", "missing.key");
    let output = launch.run(&["doctor"]);
    let report = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    for code in [
        "port.in_use",
        "data.unwritable",
        "database.away",
        "tls.certificate",
    ] {
        assert!(report.contains(code), "«{code}» is missing in {report}");
    }
    assert!(!report.contains("hidden"), "the password is in the report");
}
