//! In whose name a paper is given out.

use kafedra_model::Locale;

use crate::{
    DocumentError, Picture,
    press::{Align, Flow, Part, QUIET, Style, Text, mm},
};

/// What stands at the head and at the foot of papers; empty words and missing pictures leave no gap.
#[derive(Debug, Clone, Default)]
pub struct Letterhead {
    pub organisation: String,
    pub signer_position: String,
    pub signer_name: String,
    pub arms: Option<Picture>,
    pub signature: Option<Picture>,
}

/// What the arms are to somebody who hears the paper read.
pub(crate) fn arms(locale: Locale) -> &'static str {
    match locale {
        Locale::Ru => "Герб",
        Locale::En => "Coat of arms",
    }
}

impl Letterhead {
    /// Arms and organisation at the head of a page.
    pub(crate) fn head(&self, flow: &mut Flow, locale: Locale) -> Result<(), DocumentError> {
        if let Some(picture) = &self.arms {
            flow.drawn(mm(20.0), |page, x, y| {
                page.picture(picture, arms(locale), (x, y, Flow::WIDTH, mm(18.0)));
                Ok(())
            })?;
        }
        let organisation = Text::of(&self.organisation, Style::new(10.0).colour(QUIET));
        flow.text(Part::Paragraph, &organisation, Align::Centre)
    }
}
