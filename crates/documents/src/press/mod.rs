//! The press: sets text in lines, lays pages out and prints them as PDF.
//!
//! [`text`] breaks text into lines, [`page`] holds what stands where on a page, [`flow`] fills page
//! after page and draws tables, [`pdf`] prints them. Everything is measured in points from a page's
//! upper left corner. Text is set as it is: nothing in it is ever read as markup. The same pages at
//! the same time give the same bytes.

mod flow;
mod fonts;
mod page;
mod pdf;
mod qr;
mod text;

pub(crate) use flow::{Boxed, Cell, Column, FILLED, Flow, SHADE};
pub(crate) use fonts::Face;
pub(crate) use page::{Align, Colour, Mark, Page, Part};
pub(crate) use pdf::{Print, print};
pub(crate) use qr::qr;
pub(crate) use text::{Set, Style, Text};

pub(crate) const INK: Colour = Colour(0x1d, 0x25, 0x27);
pub(crate) const QUIET: Colour = Colour(0x5b, 0x67, 0x69);
/// The deep teal of the pages.
pub(crate) const ACCENT: Colour = Colour(0x0b, 0x64, 0x61);
pub(crate) const RULE: Colour = Colour(0xc9, 0xd3, 0xd1);

/// Millimetres in points.
pub(crate) const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// Width and height, upright.
pub(crate) const A4: (f32, f32) = (mm(210.0), mm(297.0));
