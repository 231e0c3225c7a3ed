//! What stands where on a page.

use super::text::{Run, Set};
use crate::picture::Picture;

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub u8, pub u8, pub u8);

/// Where lines stand in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
    /// Stretched to the column's width.
    Both,
}

/// What a part of a page is to somebody who hears it read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Heading(u16),
    Paragraph,
    /// A picture, and what it shows.
    Figure(String),
    /// Text or a picture that leads to an address.
    Link {
        to: String,
        shows: Option<String>,
    },
    /// A cell of a table, by table and row.
    Cell {
        table: usize,
        row: usize,
        is_head: bool,
    },
    /// Drawn for the eye only.
    Ornament,
}

/// One thing drawn.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Glyphs on a baseline.
    Run { x: f32, y: f32, run: Run },
    /// A filled rectangle.
    Bar {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    /// A rectangle's outline.
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        thick: f32,
        colour: Colour,
    },
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        picture: Picture,
    },
    /// Squares by their columns and rows, each `module` wide.
    Squares {
        x: f32,
        y: f32,
        module: f32,
        runs: Vec<(u16, u16, u16)>,
    },
}

/// Marks that belong together.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub part: Part,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// In the order in which they are read.
    pub blocks: Vec<Block>,
}

impl Page {
    pub fn add(&mut self, part: Part, marks: Vec<Mark>) {
        self.blocks.push(Block { part, marks });
    }

    /// Lines from `y` down; returns where they end.
    pub fn lines(&mut self, part: Part, set: &Set, x: f32, y: f32) -> f32 {
        let mut top = y;
        let mut marks = Vec::new();
        for line in &set.lines {
            marks.extend(line.runs.iter().map(|run| Mark::Run {
                x: x + run.x,
                y: top + line.rise,
                run: run.clone(),
            }));
            top += line.height;
        }
        if !marks.is_empty() {
            self.add(part, marks);
        }
        top
    }

    /// A picture within a box, its proportions kept, in the middle of the box.
    pub fn picture(
        &mut self,
        picture: &Picture,
        shows: &str,
        (x, y, width, height): (f32, f32, f32, f32),
    ) {
        let (own_width, own_height) = picture.size();
        let scale = (width / own_width).min(height / own_height);
        let (shown_width, shown_height) = (own_width * scale, own_height * scale);
        let mark = Mark::Picture {
            x: x + (width - shown_width) / 2.0,
            y: y + (height - shown_height) / 2.0,
            width: shown_width,
            height: shown_height,
            picture: picture.clone(),
        };
        self.add(Part::Figure(shows.to_owned()), vec![mark]);
    }

    /// A line of some thickness.
    pub fn rule(&mut self, (x, y, width): (f32, f32, f32), thick: f32, colour: Colour) {
        let mark = Mark::Bar {
            x,
            y: y - thick / 2.0,
            width,
            height: thick,
            colour,
        };
        self.add(Part::Ornament, vec![mark]);
    }
}
