//! Pages as a PDF file, tagged for those who hear it read, and PDF/A-2a for archives.

use std::num::NonZeroU16;

use chrono::{DateTime, Datelike, Timelike, Utc};
use kafedra_model::Locale;
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    configure::{Archival, Configuration, ConfigurationBuilder},
    geom::{PathBuilder, Point, Rect, Size, Transform},
    metadata::{self, Metadata},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Node, TableHeaderScope, Tag, TagGroup, TagTree},
};

use super::{
    fonts::Fonts,
    page::{Block, Colour, Mark, Page, Part},
};
use crate::DocumentError;

/// What is printed.
pub(crate) struct Print<'a> {
    pub pages: &'a [Page],
    /// Of each page.
    pub size: (f32, f32),
    pub title: &'a str,
    pub organisation: &'a str,
    pub locale: Locale,
    /// Printed into the file; two prints of one time are the same.
    pub at: DateTime<Utc>,
}

/// A character that no typeface of ours has is against PDF/A, not against ours: such a paper is
/// tagged, and claims no more.
///
/// # Errors
///
/// [`DocumentError::Pdf`] when it could not be made.
pub(crate) fn print(paper: &Print<'_>) -> Result<Vec<u8>, DocumentError> {
    let archival = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .finish();
    match archival.map(|configuration| write(paper, configuration)) {
        Ok(Ok(bytes)) => Ok(bytes),
        _ => write(paper, Configuration::default()),
    }
}

fn write(paper: &Print<'_>, configuration: Configuration) -> Result<Vec<u8>, DocumentError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(paper));
    let mut tags = Tags::default();
    for page in paper.pages {
        draw(&mut document, &mut tags, page, paper.size)?;
    }
    document.set_tag_tree(tags.tree(paper.locale));
    document
        .finish()
        .map_err(|error| DocumentError::pdf(format!("{error:?}")))
}

fn metadata(paper: &Print<'_>) -> Metadata {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let at = paper.at;
    let year = u16::try_from(at.year()).unwrap_or_default();
    let date = metadata::DateTime::new(year)
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(paper.title.to_owned())
        .authors(vec![paper.organisation.to_owned()])
        .creator("Kafedra".to_owned())
        .language(paper.locale.as_str().to_owned())
        .creation_date(date)
}

fn draw(
    document: &mut Document,
    tags: &mut Tags,
    page: &Page,
    (width, height): (f32, f32),
) -> Result<(), DocumentError> {
    let fonts = Fonts::get()?;
    let settings = PageSettings::from_wh(width, height)
        .ok_or_else(|| DocumentError::pdf("a page without a size"))?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    let mut read = Vec::new();
    for block in &page.blocks {
        let content = match block.part {
            Part::Ornament => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            _ => ContentTag::Other,
        };
        let content = surface.start_tagged(content);
        for mark in &block.marks {
            mark.draw(&mut surface, fonts);
        }
        surface.end_tagged();
        if block.part != Part::Ornament {
            read.push((block, content));
        }
    }
    surface.finish();
    for (block, content) in read {
        let mut nodes = vec![Node::from(content)];
        if let Part::Link { to, shows } = &block.part
            && let Some(area) = block.area()
        {
            let target = Target::Action(Action::Link(LinkAction::new(to.clone())));
            let link = LinkAnnotation::new(area, target);
            let alt = shows.clone().unwrap_or_else(|| to.clone());
            nodes.push(
                sheet
                    .add_tagged_annotation(Annotation::new_link(link, Some(alt)))
                    .into(),
            );
        }
        tags.add(&block.part, nodes);
    }
    sheet.finish();
    Ok(())
}

impl Mark {
    fn draw(&self, surface: &mut Surface<'_>, fonts: &Fonts) {
        match self {
            Self::Run { x, y, run } => {
                surface.set_fill(Some(fill(run.style.colour)));
                let font = fonts.of(run.face).print.clone();
                let start = Point::from_xy(*x, *y);
                surface.draw_glyphs(start, &run.glyphs, font, &run.text, run.style.size, false);
            }
            Self::Bar {
                x,
                y,
                width,
                height,
                colour,
            } => {
                surface.set_fill(Some(fill(*colour)));
                draw_rects(surface, [Rect::from_xywh(*x, *y, *width, *height)]);
            }
            Self::Frame {
                x,
                y,
                width,
                height,
                thick,
                colour,
            } => {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: colour.rgb().into(),
                    width: *thick,
                    ..Stroke::default()
                }));
                draw_rects(surface, [Rect::from_xywh(*x, *y, *width, *height)]);
                surface.set_stroke(None);
            }
            Self::Squares { x, y, module, runs } => {
                surface.set_fill(Some(fill(super::INK)));
                let squares = runs.iter().map(|(column, row, length)| {
                    Rect::from_xywh(
                        x + f32::from(*column) * module,
                        y + f32::from(*row) * module,
                        f32::from(*length) * module,
                        *module,
                    )
                });
                draw_rects(surface, squares);
            }
            Self::Picture {
                x,
                y,
                width,
                height,
                picture,
            } => {
                if let Some(size) = Size::from_wh(*width, *height) {
                    surface.push_transform(&Transform::from_translate(*x, *y));
                    surface.draw_image(picture.image(), size);
                    surface.pop();
                }
            }
        }
    }

    /// Left, top, right, bottom.
    fn area(&self) -> (f32, f32, f32, f32) {
        match self {
            Self::Run { x, y, run } => {
                let size = run.style.size;
                (*x, y - 0.8 * size, x + run.width, y + 0.25 * size)
            }
            Self::Bar {
                x,
                y,
                width,
                height,
                ..
            }
            | Self::Frame {
                x,
                y,
                width,
                height,
                ..
            }
            | Self::Picture {
                x,
                y,
                width,
                height,
                ..
            } => (*x, *y, x + width, y + height),
            Self::Squares { x, y, module, runs } => {
                let side = runs
                    .iter()
                    .map(|(_, row, _)| row + 1)
                    .max()
                    .unwrap_or_default();
                let side = f32::from(side) * module;
                (*x, *y, x + side, y + side)
            }
        }
    }
}

impl Block {
    /// The rectangle around all marks.
    fn area(&self) -> Option<Rect> {
        let areas = self.marks.iter().map(Mark::area);
        let (left, top, right, bottom) =
            areas.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)))?;
        Rect::from_ltrb(left, top, right, bottom)
    }
}

impl Colour {
    fn rgb(self) -> rgb::Color {
        rgb::Color::new(self.0, self.1, self.2)
    }
}

fn fill(colour: Colour) -> Fill {
    Fill {
        paint: colour.rgb().into(),
        rule: FillRule::NonZero,
        ..Fill::default()
    }
}

/// What is read, in its order: blocks, and rows within tables.
#[derive(Default)]
struct Tags {
    groups: Vec<TagGroup>,
    /// The table being gathered, with its rows.
    table: Option<(usize, Vec<(usize, TagGroup)>)>,
}

impl Tags {
    fn add(&mut self, part: &Part, nodes: Vec<Node>) {
        if let Part::Cell {
            table,
            row,
            is_head,
        } = part
        {
            self.cell((*table, *row, *is_head), nodes);
            return;
        }
        self.close();
        let group = match part {
            Part::Heading(level) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                TagGroup::with_children(Tag::Hn(level, None), nodes)
            }
            Part::Figure(shows) => TagGroup::with_children(Tag::Figure(Some(shows.clone())), nodes),
            Part::Link { shows, .. } => {
                let tag = Tag::Link.with_alt_text(shows.clone());
                TagGroup::with_children(Tag::P, vec![TagGroup::with_children(tag, nodes).into()])
            }
            _ => TagGroup::with_children(Tag::P, nodes),
        };
        self.groups.push(group);
    }

    fn cell(&mut self, (table, row, is_head): (usize, usize, bool), nodes: Vec<Node>) {
        if self.table.as_ref().is_none_or(|(open, _)| *open != table) {
            self.close();
        }
        let (_, rows) = self.table.get_or_insert_with(|| (table, Vec::new()));
        let cell = if is_head {
            TagGroup::with_children(Tag::TH(TableHeaderScope::Column), nodes)
        } else {
            TagGroup::with_children(Tag::TD, nodes)
        };
        match rows.last_mut() {
            Some((open, group)) if *open == row => group.push(cell),
            _ => rows.push((row, TagGroup::with_children(Tag::TR, vec![cell.into()]))),
        }
    }

    fn close(&mut self) {
        if let Some((_, rows)) = self.table.take() {
            let rows = rows.into_iter().map(|(_, row)| row.into()).collect();
            self.groups.push(TagGroup::with_children(Tag::Table, rows));
        }
    }

    fn tree(mut self, locale: Locale) -> TagTree {
        self.close();
        let mut tree = TagTree::new().with_lang(Some(locale.as_str().to_owned()));
        for group in self.groups {
            tree.push(group);
        }
        tree
    }
}

/// One path of rectangles; what has no area draws nothing.
fn draw_rects(surface: &mut Surface<'_>, rects: impl IntoIterator<Item = Option<Rect>>) {
    let mut path = PathBuilder::new();
    for rect in rects.into_iter().flatten() {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
