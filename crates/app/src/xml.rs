//! Going through the XML of office documents (ECMA-376).
//!
//! Entities of a document's own are not resolved, so they cannot swell.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

/// What one part of a document says of another.
pub struct Relation {
    pub id: String,
    pub kind: String,
    pub target: String,
}

/// The relations of a `.rels` part.
pub fn relations(xml: &str) -> Vec<Relation> {
    let mut relations = Vec::new();
    walk(xml, |event| {
        if let Node::Open(tag, "Relationship") = event {
            relations.push(Relation {
                id: attribute(tag, "Id"),
                kind: attribute(tag, "Type"),
                target: attribute(tag, "Target"),
            });
        }
    });
    relations
}

/// A part's name from a target that stands in another part of `folder`: «../notesSlides/1.xml».
pub fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What a document consists of, by local names.
pub enum Node<'a> {
    Open(&'a BytesStart<'a>, &'a str),
    Close(&'a str),
    Text(&'a str),
}

/// Goes through a document up to its end or its first fault. An empty element opens and closes.
pub fn walk(xml: &str, mut each: impl FnMut(Node<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                each(Node::Open(&tag, local(tag.local_name().as_ref())));
            }
            Ok(Event::Empty(tag)) => {
                let name = tag.local_name();
                each(Node::Open(&tag, local(name.as_ref())));
                each(Node::Close(local(name.as_ref())));
            }
            Ok(Event::End(tag)) => each(Node::Close(local(tag.local_name().as_ref()))),
            Ok(Event::Text(text)) => {
                if let Ok(text) = text.decode() {
                    each(Node::Text(&text));
                }
            }
            Ok(Event::GeneralRef(reference)) => each(Node::Text(&resolved(&reference))),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn local(name: &[u8]) -> &str {
    std::str::from_utf8(name).unwrap_or_default()
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    resolve_predefined_entity(&name)
        .unwrap_or_default()
        .to_owned()
}

/// The value of an attribute by its whole name; empty where there is none.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    tag.try_get_attribute(name)
        .ok()
        .flatten()
        .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
        .map_or_else(String::new, |value| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn a_target_never_leaves_the_archive() {
        assert_eq!(
            resolve("ppt/slides", "../notesSlides/1.xml"),
            "ppt/notesSlides/1.xml"
        );
        assert_eq!(resolve("ppt", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve("ppt/slides", "/ppt/x.xml"), "ppt/x.xml");
    }
}
