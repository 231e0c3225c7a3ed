//! HTTPS: a certificate of our own, files that change, files that are no good.

use std::path::Path;

use reqwest::{Certificate, Client};
use sha2::{Digest, Sha256};

use crate::program;

/// A client that trusts this certificate and no other.
fn trusting(pem: &[u8]) -> Client {
    Client::builder()
        .tls_certs_only([Certificate::from_pem(pem).unwrap()])
        .build()
        .unwrap()
}

fn make(folder: &Path) -> Vec<u8> {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    made.cert.pem().into_bytes()
}

#[tokio::test]
async fn a_certificate_of_our_own_is_kept_and_its_fingerprint_told() {
    let launch = program().with("KAFEDRA_TLS__MODE", "self_signed");
    let mut first = launch.start("serve");
    let said = first.says(":").join("\n");
    assert!(first.url.starts_with("https://"), "{said}");
    let pem = std::fs::read(launch.data().join("self-signed.pem")).unwrap();
    let url = format!("{}/healthz", first.url);
    let answer = trusting(&pem).get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let block = rustls_pem(&pem);
    let fingerprint: Vec<String> = Sha256::digest(&block)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    first.says(&fingerprint.join(":"));
    first.stop();
    launch.start("serve").stop();
    assert_eq!(
        pem,
        std::fs::read(launch.data().join("self-signed.pem")).unwrap()
    );
}

#[tokio::test]
async fn a_renewed_certificate_is_taken_up_and_a_broken_one_is_not() {
    let launch = program();
    let old = make(launch.folder());
    let launch = launch
        .with("KAFEDRA_TLS__MODE", "files")
        .with("KAFEDRA_TLS__CERTIFICATE", "cert.pem")
        .with("KAFEDRA_TLS__KEY", "key.pem");
    let server = launch.start("serve");
    let url = format!("{}/healthz", server.url);
    assert!(trusting(&old).get(&url).send().await.is_ok());

    let new = make(launch.folder());
    server.signal("HUP");
    let mut taken = false;
    for _ in 0..100 {
        taken = trusting(&new).get(&url).send().await.is_ok();
        if taken {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(taken, "{}", server.log());
    assert!(trusting(&old).get(&url).send().await.is_err());

    std::fs::write(launch.folder().join("cert.pem"), "no certificate").unwrap();
    server.signal("HUP");
    for _ in 0..100 {
        if server.log().contains("the old one stays") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(
        server.log().contains("the old one stays"),
        "{}",
        server.log()
    );
    assert!(trusting(&new).get(&url).send().await.is_ok());
    server.stop();
}

#[test]
fn files_that_are_no_good_are_told() {
    let launch = program()
        .with("KAFEDRA_TLS__MODE", "files")
        .with("KAFEDRA_TLS__CERTIFICATE", "cert.pem")
        .with("KAFEDRA_TLS__KEY", "key.pem");
    let check = || {
        let said = launch.fails(&["serve"]);
        assert!(said.contains("tls.certificate"), "{said}");
    };
    check();
    std::fs::write(launch.folder().join("cert.pem"), "no certificate").unwrap();
    check();
    // A certificate and the key of another one.
    make(launch.folder());
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(
        launch.folder().join("key.pem"),
        other.signing_key.serialize_pem(),
    )
    .unwrap();
    check();
}

/// The bytes of the one certificate in a PEM file.
fn rustls_pem(pem: &[u8]) -> Vec<u8> {
    use rustls::pki_types::{CertificateDer, pem::PemObject};
    CertificateDer::from_pem_slice(pem).unwrap().to_vec()
}
