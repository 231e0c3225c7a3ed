//! Presenter's notes out of the XML of a presentation: PresentationML (ECMA-376, part 1, 19.3) and
//! OpenDocument (part 3, 10.7 and 19.389).
//!
//! Only text is taken.

use std::collections::HashSet;

use crate::{
    archive::BadArchive,
    xml::{Node, attribute, relations, resolve, walk},
};

/// Notes of a PPTX, slide by slide in the order of the show. `part` reads one of its parts.
pub(super) fn of_pptx(
    part: &mut impl FnMut(&str) -> Result<String, BadArchive>,
) -> Result<Vec<String>, BadArchive> {
    let targets = relations(&part("ppt/_rels/presentation.xml.rels")?);
    let mut notes = Vec::new();
    for id in slide_ids(&part("ppt/presentation.xml")?) {
        let target = targets.iter().find(|relation| relation.id == id);
        let slide = resolve("ppt", &target.ok_or(BadArchive::Broken)?.target);
        if is_hidden(&part(&slide)?) {
            continue;
        }
        let (folder, name) = slide.rsplit_once('/').ok_or(BadArchive::Broken)?;
        let said = part(&format!("{folder}/_rels/{name}.rels"))
            .ok()
            .and_then(|own| {
                relations(&own)
                    .into_iter()
                    .find(|relation| relation.kind.ends_with("/notesSlide"))
            })
            .and_then(|relation| part(&resolve(folder, &relation.target)).ok());
        notes.push(said.map_or_else(String::new, |xml| body_of_notes(&xml)));
    }
    Ok(notes)
}

fn slide_ids(xml: &str) -> Vec<String> {
    let mut ids = Vec::new();
    walk(xml, |event| {
        if let Node::Open(tag, "sldId") = event {
            // Beside it stands an `id` without a prefix: a number of the slide's own.
            ids.push(attribute(tag, "r:id"));
        }
    });
    ids
}

fn is_hidden(xml: &str) -> bool {
    let mut hidden = false;
    walk(xml, |event| {
        if let Node::Open(tag, "sld") = event {
            hidden = matches!(attribute(tag, "show").as_str(), "0" | "false");
        }
    });
    hidden
}

/// The text of the shapes that hold the note; the others are the slide's picture, date and number.
fn body_of_notes(xml: &str) -> String {
    let mut note = String::new();
    let (mut shape, mut is_body, mut in_text) = (String::new(), false, false);
    walk(xml, |event| match event {
        Node::Open(_, "sp") => {
            shape.clear();
            is_body = false;
        }
        Node::Open(tag, "ph") => is_body |= attribute(tag, "type") == "body",
        Node::Open(_, "t") => in_text = true,
        Node::Close("t") => in_text = false,
        Node::Open(_, "br") | Node::Close("p") => shape.push('\n'),
        Node::Close("sp") if is_body => note.push_str(&shape),
        Node::Text(text) if in_text => shape.push_str(text),
        _ => {}
    });
    note
}

/// Notes of an ODP's `content.xml`, page by page.
pub(super) fn of_odp(xml: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let mut hidden = HashSet::new();
    let (mut style, mut page, mut note) = (String::new(), None, None::<String>);
    walk(xml, |event| match event {
        Node::Open(tag, "style") => style = attribute(tag, "style:name"),
        Node::Open(tag, "drawing-page-properties") => {
            if attribute(tag, "presentation:visibility") == "hidden" {
                hidden.insert(style.clone());
            }
        }
        Node::Open(tag, "page") => {
            let shown = !hidden.contains(&attribute(tag, "draw:style-name"));
            page = shown.then(String::new);
        }
        Node::Close("page") => notes.extend(page.take()),
        Node::Open(_, "notes") => note = Some(String::new()),
        Node::Close("notes") => {
            if let (Some(page), Some(note)) = (page.as_mut(), note.take()) {
                *page = note;
            }
        }
        event => {
            if let Some(note) = note.as_mut() {
                match event {
                    Node::Close("p" | "h") | Node::Open(_, "line-break") => note.push('\n'),
                    Node::Open(_, "s" | "tab") => note.push(' '),
                    Node::Text(text) => note.push_str(text.trim_matches('\n')),
                    _ => {}
                }
            }
        }
    });
    notes
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn pptx(parts: &[(&str, &str)]) -> Vec<String> {
        let parts: HashMap<&str, &str> = parts.iter().copied().collect();
        of_pptx(&mut |name| {
            parts
                .get(name)
                .map(|xml| (*xml).to_owned())
                .ok_or(BadArchive::Broken)
        })
        .expect("notes")
    }

    #[test]
    fn notes_of_a_pptx_follow_the_order_of_the_show_and_leave_hidden_slides_out() {
        let notes = pptx(&[
            (
                "ppt/presentation.xml",
                r#"<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>
                <p:sldId id="257" r:id="rId3"/><p:sldId id="256" r:id="rId2"/><p:sldId id="258" r:id="rId4"/>
                </p:sldIdLst></p:presentation>"#,
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                r#"<Relationships><Relationship Id="rId2" Type="x/slide" Target="slides/slide1.xml"/>
                <Relationship Id="rId3" Type="x/slide" Target="/ppt/slides/slide2.xml"/>
                <Relationship Id="rId4" Type="x/slide" Target="slides/slide3.xml"/></Relationships>"#,
            ),
            ("ppt/slides/slide1.xml", "<p:sld><p:cSld/></p:sld>"),
            ("ppt/slides/slide2.xml", "<p:sld/>"),
            ("ppt/slides/slide3.xml", r#"<p:sld show="0"/>"#),
            (
                "ppt/slides/_rels/slide1.xml.rels",
                r#"<Relationships><Relationship Id="rId1" Type="http://x/notesSlide" Target="../notesSlides/notesSlide1.xml"/></Relationships>"#,
            ),
            (
                "ppt/notesSlides/notesSlide1.xml",
                r#"<p:notes><p:sp><p:nvPr><p:ph type="body" idx="1"/></p:nvPr><p:txBody>
                <a:p><a:r><a:t>Спросить &lt;b&gt;класс&lt;/b&gt; &amp; ждать</a:t></a:r></a:p><a:p><a:r><a:t>Дальше</a:t></a:r></a:p>
                </p:txBody></p:sp><p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><a:p><a:t>7</a:t></a:p></p:sp></p:notes>"#,
            ),
        ]);
        assert_eq!(notes.len(), 2);
        assert_eq!(notes[0], "");
        assert_eq!(notes[1].trim(), "Спросить <b>класс</b> & ждать\nДальше");
    }

    #[test]
    fn notes_of_an_odp_are_told_page_by_page() {
        let notes = of_odp(
            r#"<office:document-content><office:automatic-styles>
            <style:style style:name="dp1"><style:drawing-page-properties presentation:visibility="visible"/></style:style>
            <style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>
            </office:automatic-styles><office:body>
            <draw:page draw:style-name="dp1"><draw:frame><text:p>На слайде</text:p></draw:frame>
            <presentation:notes><draw:frame><text:p>Сказать<text:s/>сразу</text:p><text:p>и всё</text:p></draw:frame></presentation:notes></draw:page>
            <draw:page draw:style-name="dp2"><presentation:notes><text:p>скрыто</text:p></presentation:notes></draw:page>
            <draw:page draw:style-name="dp1"/>
            </office:body></office:document-content>"#,
        );
        assert_eq!(notes.len(), 2);
        assert_eq!(
            notes[0].split_whitespace().collect::<Vec<_>>().join(" "),
            "Сказать сразу и всё"
        );
        assert_eq!(notes[1], "");
    }

    #[test]
    fn entities_that_a_document_makes_for_itself_do_not_swell() {
        let xml = r#"<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
            <p:notes><p:sp><p:ph type="body"/><a:t>раз&b;два</a:t></p:sp></p:notes>"#;
        assert_eq!(body_of_notes(xml), "раздва");
    }
}
