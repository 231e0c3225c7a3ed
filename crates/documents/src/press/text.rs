//! Text in lines: shaped word by word, broken where it may be.
//!
//! A line breaks at spaces and after hyphens; a word that is longer than the line breaks anywhere.
//! Words of scripts that run from right to left stand in their order within the line, which is laid
//! out from left to right.

use std::ops::Range;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

use super::{
    fonts::{Face, Fonts},
    page::{Align, Colour},
};
use crate::DocumentError;

/// From one line's top to the next one's, in sizes.
const LEADING: f32 = 1.24;
/// From a line's top to its baseline, in sizes.
const RISE: f32 = 0.93;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub face: Face,
    /// In points.
    pub size: f32,
    pub colour: Colour,
    /// Added after each letter, in sizes.
    pub spaced: f32,
}

impl Style {
    pub const fn new(size: f32) -> Self {
        Self {
            face: Face::Regular,
            size,
            colour: super::INK,
            spaced: 0.0,
        }
    }

    pub const fn face(self, face: Face) -> Self {
        Self { face, ..self }
    }

    pub const fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub const fn spaced(self, spaced: f32) -> Self {
        Self { spaced, ..self }
    }

    pub const fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }
}

/// A paragraph: pieces in one style each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text(Vec<(String, Style)>);

impl Text {
    pub fn of(text: impl Into<String>, style: Style) -> Self {
        Self::default().and(text, style)
    }

    pub fn and(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push((text.into(), style));
        self
    }

    /// The same at another size.
    fn sized(&self, size: f32) -> Self {
        let pieces = self.0.iter();
        Self(
            pieces
                .map(|(text, style)| (text.clone(), style.sized(size)))
                .collect(),
        )
    }

    /// Broken into lines no wider than `width`.
    ///
    /// # Errors
    ///
    /// [`DocumentError::Pdf`] without typefaces.
    pub fn set(&self, width: f32, align: Align) -> Result<Set, DocumentError> {
        let fonts = Fonts::get()?;
        let mut setter = Setter {
            fonts,
            width,
            lines: Vec::new(),
            line: Vec::new(),
            used: 0.0,
        };
        for (text, style) in &self.0 {
            setter.add(text, *style);
        }
        setter.end(true);
        Ok(Set {
            lines: setter
                .lines
                .into_iter()
                .map(|line| line.placed(width, align))
                .collect(),
        })
    }

    /// The same in the first of `sizes` that is no higher than `height`, else in the last.
    ///
    /// # Errors
    ///
    /// As [`Text::set`].
    pub fn fitted(
        &self,
        sizes: &[f32],
        width: f32,
        height: f32,
        align: Align,
    ) -> Result<Set, DocumentError> {
        let mut set = Set { lines: Vec::new() };
        for size in sizes {
            set = self.sized(*size).set(width, align)?;
            if set.height() <= height {
                break;
            }
        }
        Ok(set)
    }
}

/// Lines of text, ready to be placed.
#[derive(Debug, Clone)]
pub(crate) struct Set {
    pub lines: Vec<Line>,
}

impl Set {
    pub fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.height).sum()
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub runs: Vec<Run>,
    pub height: f32,
    /// From the line's top to its baseline.
    pub rise: f32,
}

/// Glyphs of one style beside each other.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// From the left edge of the line.
    pub x: f32,
    pub width: f32,
    pub face: Face,
    pub style: Style,
    pub text: String,
    /// Their ranges are those of `text`.
    pub glyphs: Vec<KrillaGlyph>,
}

/// A word or a piece of one.
#[derive(Debug, Clone)]
struct Word {
    face: Face,
    style: Style,
    text: String,
    glyphs: Vec<KrillaGlyph>,
    width: f32,
    /// Runs from right to left.
    leftward: bool,
    is_space: bool,
}

struct Setter<'a> {
    fonts: &'a Fonts,
    width: f32,
    lines: Vec<Words>,
    line: Vec<Word>,
    used: f32,
}

/// A line before its words are placed.
struct Words {
    words: Vec<Word>,
    /// The last of a paragraph, or before a forced break: it is not stretched.
    is_last: bool,
}

impl Setter<'_> {
    fn add(&mut self, text: &str, style: Style) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end(true);
            }
            let plain: String = line.chars().filter_map(printable).collect();
            for piece in pieces(&plain) {
                for (range, face) in self.faces(piece, style.face) {
                    let word = self.shape(&piece[range], face, style);
                    self.place(word);
                }
            }
            if self.line.is_empty() && number + 1 < text.split('\n').count() {
                // An empty line has the height of its text.
                let space = self.shape(" ", style.face, style);
                self.line.push(space);
            }
        }
    }

    /// Stretches of one typeface; what none has is left to the first, which shows a box.
    fn faces(&self, piece: &str, face: Face) -> Vec<(Range<usize>, Face)> {
        let mut stretches: Vec<(Range<usize>, Face)> = Vec::new();
        for (at, letter) in piece.char_indices() {
            let end = at + letter.len_utf8();
            let wanted =
                if !self.fonts.of(face).has(letter) && self.fonts.of(Face::Fallback).has(letter) {
                    Face::Fallback
                } else {
                    face
                };
            match stretches.last_mut() {
                Some((range, last)) if *last == wanted => range.end = end,
                _ => stretches.push((at..end, wanted)),
            }
        }
        stretches
    }

    fn shape(&self, text: &str, face: Face, style: Style) -> Word {
        let font = self.fonts.of(face);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let leftward = buffer.direction() == Direction::RightToLeft;
        let shaped = rustybuzz::shape(&font.shape, &[], buffer);
        let em = font.shape.units_per_em() as f32;
        let mut starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|info| info.cluster as usize)
            .collect();
        starts.push(text.len());
        starts.sort_unstable();
        let glyphs: Vec<KrillaGlyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, position)| {
                let start = info.cluster as usize;
                let end = starts[starts.partition_point(|other| *other <= start)..]
                    .first()
                    .copied()
                    .unwrap_or(text.len());
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    position.x_advance as f32 / em + style.spaced,
                    position.x_offset as f32 / em,
                    position.y_offset as f32 / em,
                    0.0,
                    start..end,
                    None,
                )
            })
            .collect();
        Word {
            face,
            style,
            text: text.to_owned(),
            width: glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * style.size,
            glyphs,
            leftward,
            is_space: text.chars().all(|letter| letter == ' '),
        }
    }

    fn place(&mut self, word: Word) {
        if word.is_space {
            // A space before the first word is no part of the line.
            if !self.line.is_empty() {
                self.used += word.width;
                self.line.push(word);
            }
            return;
        }
        if self.used + word.width > self.width && !self.line.is_empty() {
            self.end(false);
        }
        if word.width <= self.width || word.text.chars().nth(1).is_none() {
            self.used += word.width;
            self.line.push(word);
            return;
        }
        // Broken anywhere: as much as fits, one character at least.
        let mut taken = 0.0;
        let mut at = word.text.chars().next().map_or(0, char::len_utf8);
        let mut glyphs: Vec<&KrillaGlyph> = word.glyphs.iter().collect();
        glyphs.sort_by_key(|glyph| glyph.text_range.start);
        for glyph in glyphs {
            taken += glyph.x_advance * word.style.size;
            if taken > self.width {
                at = at.max(glyph.text_range.start);
                break;
            }
        }
        let (first, rest) = word.text.split_at(at);
        let first = self.shape(first, word.face, word.style);
        let rest = self.shape(rest, word.face, word.style);
        self.used += first.width;
        self.line.push(first);
        self.end(false);
        self.place(rest);
    }

    fn end(&mut self, is_last: bool) {
        while self.line.last().is_some_and(|word| word.is_space) && self.line.len() > 1 {
            self.line.pop();
        }
        self.used = 0.0;
        if !self.line.is_empty() {
            self.lines.push(Words {
                words: std::mem::take(&mut self.line),
                is_last,
            });
        }
    }
}

/// What may stand in a paper: a tabulator is a space, marks that turn the direction of what follows
/// and other control characters are nothing.
fn printable(letter: char) -> Option<char> {
    match letter {
        '\t' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

/// Spaces, and words with the hyphen that they end with.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ').flat_map(|part| {
        let (word, space) = part.split_at(part.trim_end_matches(' ').len());
        word.split_inclusive(['-', '–', '—', '/'])
            .chain(std::iter::once(space))
            .filter(|piece| !piece.is_empty())
    })
}

impl Words {
    fn placed(mut self, width: f32, align: Align) -> Line {
        turn(&mut self.words);
        let size = self
            .words
            .iter()
            .map(|word| word.style.size)
            .fold(0.0, f32::max);
        let free = width - self.words.iter().map(|word| word.width).sum::<f32>();
        let spaces = self.words.iter().filter(|word| word.is_space).count();
        let (mut x, stretch) = match align {
            Align::Left => (0.0, 0.0),
            Align::Centre => (free / 2.0, 0.0),
            Align::Right => (free, 0.0),
            Align::Both if self.is_last || spaces == 0 => (0.0, 0.0),
            Align::Both => (0.0, free / spaces as f32),
        };
        let mut runs: Vec<Run> = Vec::new();
        for mut word in self.words {
            if word.is_space {
                for glyph in &mut word.glyphs {
                    glyph.x_advance += stretch / word.style.size;
                }
                word.width += stretch;
            }
            let width = word.width;
            match runs.last_mut() {
                Some(run) if run.face == word.face && run.style == word.style => run.append(word),
                _ => runs.push(Run {
                    x,
                    width,
                    face: word.face,
                    style: word.style,
                    text: word.text,
                    glyphs: word.glyphs,
                }),
            }
            x += width;
        }
        Line {
            runs,
            height: size * LEADING,
            rise: size * RISE,
        }
    }
}

impl Run {
    fn append(&mut self, word: Word) {
        let offset = self.text.len();
        self.text.push_str(&word.text);
        self.width += word.width;
        self.glyphs.extend(word.glyphs.into_iter().map(|mut glyph| {
            glyph.text_range = glyph.text_range.start + offset..glyph.text_range.end + offset;
            glyph
        }));
    }
}

/// Puts neighbours that run from right to left in their order.
fn turn(words: &mut [Word]) {
    let mut from = 0;
    while let Some(first) = words[from..].iter().position(|word| word.leftward) {
        let first = from + first;
        let run = words[first..]
            .iter()
            .take_while(|word| word.leftward || word.is_space)
            .count();
        let mut end = first + run;
        while words[end - 1].is_space {
            end -= 1;
        }
        words[first..end].reverse();
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let set = Text::of(text, Style::new(10.0))
            .set(width, Align::Both)
            .unwrap();
        let line = |line: &Line| line.runs.iter().map(|run| run.text.as_str()).collect();
        set.lines.iter().map(line).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_hyphens_and_where_they_are_told() {
        assert_eq!(lines("один два три", 45.0), ["один два", "три"]);
        assert_eq!(lines("мастер-класс", 45.0), ["мастер-", "класс"]);
        assert_eq!(lines("один\n\nдва", 400.0), ["один", " ", "два"]);
        // Not at a space that does not break, though it is broken somewhere.
        assert_eq!(lines("3\u{a0}апреля", 30.0), ["3\u{a0}апре", "ля"]);
        assert!(lines("", 100.0).is_empty());
        assert!(lines("  ", 100.0).is_empty());
    }

    #[test]
    fn a_word_that_fits_no_line_is_broken_anywhere_and_none_is_too_wide() {
        let set = Text::of("щ".repeat(300), Style::new(10.0))
            .set(100.0, Align::Left)
            .unwrap();
        assert!(set.lines.len() > 10);
        assert!(set.lines.iter().all(|line| line.runs[0].width <= 100.0));
        let text: String = set
            .lines
            .iter()
            .map(|line| line.runs[0].text.clone())
            .collect();
        assert_eq!(text, "щ".repeat(300));
        // Nothing is narrow enough for this; each character has a line.
        assert_eq!(lines("щщщ", 1.0).len(), 3);
    }

    #[test]
    fn words_from_right_to_left_keep_their_order() {
        assert_eq!(lines("Имя שלום עולם 5", 400.0), ["Имя עולם שלום 5"]);
    }

    #[test]
    fn what_turns_or_hides_text_is_left_out() {
        assert_eq!(lines("а\u{202e}б\u{1}\u{200b}в\tг", 400.0), ["абв г"]);
    }

    #[test]
    fn stretched_lines_end_where_the_column_does() {
        let set = Text::of("один два три четыре", Style::new(10.0))
            .set(60.0, Align::Both)
            .unwrap();
        let first = &set.lines[0].runs[0];
        assert!((first.width - 60.0).abs() < 0.01, "{}", first.width);
        assert!(set.lines.last().unwrap().runs[0].width < 59.0);
    }
}
