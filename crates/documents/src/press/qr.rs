//! QR codes, drawn as squares so that they print crisply at any size.

use qrcode::{Color, EcLevel, QrCode};

use super::page::Mark;
use crate::DocumentError;

/// The code of an address in a square of `side`, without a quiet zone: the paper around it is white.
///
/// # Errors
///
/// [`DocumentError::Pdf`] for an address that is too long for any code: over two thousand letters.
pub(crate) fn qr(address: &str, (x, y): (f32, f32), side: f32) -> Result<Mark, DocumentError> {
    let code =
        QrCode::with_error_correction_level(address, EcLevel::M).map_err(DocumentError::pdf)?;
    let width = code.width();
    let mut runs = Vec::new();
    for (row, modules) in (0u16..).zip(code.to_colors().chunks(width)) {
        let mut column = 0u16;
        for stretch in modules.chunk_by(|one, other| one == other) {
            let length = u16::try_from(stretch.len()).unwrap_or_default();
            if stretch.first() == Some(&Color::Dark) {
                runs.push((column, row, length));
            }
            column += length;
        }
    }
    Ok(Mark::Squares {
        x,
        y,
        module: side / width as f32,
        runs,
    })
}
