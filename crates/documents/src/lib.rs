//! Papers: certificates, presence reports and portfolios as PDF, minutes and the papers of a project
//! as PDF and DOCX, its figures as XLSX; and a DOCX taken apart.
//!
//! Pure functions from data to bytes: no network, no clock, no database. Each paper is a module with
//! its data, its words in both languages and its layout; `press` sets and prints. To add a paper: a
//! module, its tests in `tests/it`, a picture of it in `docs/screenshots`.

pub mod certificate;
pub mod date;
pub mod docx_blocks;
mod letterhead;
pub mod minutes;
mod picture;
pub mod portfolio;
pub mod presence;
mod press;
pub mod project;
pub mod words;

pub use letterhead::Letterhead;
pub use picture::{LARGEST as LARGEST_PICTURE, Picture, PictureError};

/// A paper that could not be made. What people can do wrong is refused before, so this is a
/// mistake of ours.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the DOCX was not written: {0}")]
    Docx(String),
    #[error("the PDF was not printed: {0}")]
    Pdf(String),
    #[error("the XLSX was not written: {0}")]
    Xlsx(String),
}

impl DocumentError {
    fn pdf(why: impl ToString) -> Self {
        Self::Pdf(why.to_string())
    }
}
