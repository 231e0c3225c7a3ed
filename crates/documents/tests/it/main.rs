#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]

mod certificate;
mod docx_blocks;
mod minutes;
mod picture;
mod portfolio;
mod presence;
mod project;
mod reader;
