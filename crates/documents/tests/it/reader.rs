//! Reads PDFs as strangers do: with Poppler's tools, which `scripts/setup-tests` installs.

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// Runs one of the tools over a paper.
#[track_caller]
fn run(tool: &str, arguments: &[&str], paper: &[u8]) -> Vec<u8> {
    // Through a file: the tools want to seek.
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(paper).unwrap();
    let output = Command::new(tool)
        .args(arguments)
        .arg(file.path())
        .args((tool == "pdftotext").then_some("-"))
        .stderr(Stdio::piped())
        .output()
        .unwrap_or_else(|error| panic!("{tool} of poppler-utils does not run: {error}"));
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "{tool}: {complaints}"
    );
    output.stdout
}

/// The text of all pages, with all white space folded into single spaces.
#[track_caller]
pub fn text(paper: &[u8]) -> String {
    let text = String::from_utf8(run("pdftotext", &["-enc", "UTF-8"], paper)).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of each page, as it stands beside and below each other.
#[track_caller]
pub fn pages(paper: &[u8]) -> Vec<String> {
    let text = run("pdftotext", &["-enc", "UTF-8", "-layout"], paper);
    let text = String::from_utf8(text).unwrap();
    text.trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(str::to_owned)
        .collect()
}

/// Every address that a paper links to.
#[track_caller]
pub fn links(paper: &[u8]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(paper).unwrap();
    let output = Command::new("pdfinfo")
        .arg("-url")
        .arg(file.path())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let last = |line: &str| line.split_whitespace().last().map(str::to_owned);
    told.lines().skip(1).filter_map(last).collect()
}

/// What `pdfinfo` tells of a paper.
#[track_caller]
pub fn info(paper: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(paper).unwrap();
    let output = Command::new("pdfinfo").arg(file.path()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What the QR codes on the first page say.
#[track_caller]
pub fn codes(paper: &[u8]) -> Vec<String> {
    let pgm = run(
        "pdftoppm",
        &["-r", "200", "-gray", "-f", "1", "-l", "1"],
        paper,
    );
    // P5, width, height, deepest grey; then a byte a pixel.
    let mut head = pgm.splitn(4, |byte| byte.is_ascii_whitespace());
    let mut number = || -> usize {
        let word = head.next().unwrap();
        std::str::from_utf8(word)
            .unwrap()
            .parse()
            .unwrap_or_default()
    };
    let (_, width, height) = (number(), number(), number());
    let pixels = &pgm[pgm.len() - width * height..];
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    let grids = image.detect_grids();
    grids.iter().map(|grid| grid.decode().unwrap().1).collect()
}
