//! The typefaces: Libertinus Serif, and DejaVu Sans Mono for what the former lacks.
//!
//! `build.rs` takes them out of the package `typst-assets`. They are under the OFL and the licence of
//! Bitstream Vera: `NOTICE-TYPEFACES` goes with the program that holds them.

use std::sync::LazyLock;

use rustybuzz::ttf_parser::name_id;

use crate::DocumentError;

/// What text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Italic,
    Semibold,
    /// Has what the others lack.
    Fallback,
}

/// OpenType files.
const FILES: &[&[u8]] = &include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

const FACES: [(Face, &str, u16, bool); 4] = [
    (Face::Regular, "Libertinus Serif", 400, false),
    (Face::Italic, "Libertinus Serif", 400, true),
    (Face::Semibold, "Libertinus Serif", 600, false),
    (Face::Fallback, "DejaVu Sans Mono", 400, false),
];

/// One typeface, for measuring and for printing.
pub(super) struct Font {
    pub shape: rustybuzz::Face<'static>,
    pub print: krilla::text::Font,
}

impl Font {
    /// Whether it can show a character.
    pub fn has(&self, letter: char) -> bool {
        self.shape.glyph_index(letter).is_some()
    }
}

/// All of [`FACES`], in their order.
pub(super) struct Fonts(Vec<Font>);

impl Fonts {
    /// # Errors
    ///
    /// [`DocumentError::Pdf`] when the package does not hold them any more.
    pub fn get() -> Result<&'static Self, DocumentError> {
        let fonts = FONTS.as_ref();
        fonts.ok_or_else(|| DocumentError::pdf("a typeface is missing"))
    }

    pub fn of(&self, face: Face) -> &Font {
        &self.0[face as usize]
    }
}

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    let found = FACES.iter().map(|(_, family, weight, italic)| {
        FILES.iter().copied().find_map(|data| {
            let shape = rustybuzz::Face::from_slice(data, 0)?;
            let fits = family_of(&shape).is_some_and(|name| name == *family)
                && shape.weight().to_number() == *weight
                && shape.is_italic() == *italic;
            let print = krilla::text::Font::new(data.into(), 0)?;
            fits.then_some(Font { shape, print })
        })
    });
    found.collect::<Option<Vec<_>>>().map(Fonts)
});

fn family_of(face: &rustybuzz::Face<'_>) -> Option<String> {
    let name = |id| {
        let mut names = face.names().into_iter();
        names.find_map(|name| (name.name_id == id).then(|| name.to_string())?)
    };
    name(name_id::TYPOGRAPHIC_FAMILY).or_else(|| name(name_id::FAMILY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_there_and_knows_russian() {
        let fonts = Fonts::get().unwrap();
        for (face, ..) in FACES {
            let font = fonts.of(face);
            assert!(
                "Щёголь № «»—".chars().all(|letter| font.has(letter)),
                "{face:?}"
            );
        }
    }
}
