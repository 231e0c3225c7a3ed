//! How many pages a PDF has, told by the server itself and within bounds.
//!
//! Only what tells the number is read: the newest trailer, the catalog, the root of the page tree.
//! Objects are found by looking through the whole file once, the way readers treat one whose table
//! of contents is damaged: there is no chain of offsets that could run in circles. Packed objects are
//! unpacked one stream at a time within one budget for the whole file, and forgotten at once. General
//! readers unpack every object stream into memory, each up to a bound of its own, which a file made
//! for it multiplies.
//!
//! The number is the file's own claim. A lie costs nothing: nobody can turn to a page beyond it, and
//! a page that is not there is an empty one.

use std::{collections::HashMap, io::Read};

use flate2::read::ZlibDecoder;

/// Bytes that the packed objects of one file may swell to together.
const BUDGET: usize = 128 * 1024 * 1024;
/// Bytes from the end within which a whole file says where its table of contents is.
const TAIL: usize = 16 * 1024;
/// Nested lists and dictionaries; real files stay far below.
const DEPTH: usize = 32;
/// Nodes of page trees that are remembered.
const NODES: usize = 100_000;
/// Of a list only its beginning is of interest here.
const LIST: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPdf {
    #[error("the file is damaged or no PDF at all")]
    Broken,
    #[error("the file is encrypted")]
    Locked,
    #[error("the file swells beyond what any presentation needs")]
    Swells,
}

/// The number of pages, at least 1.
///
/// # Errors
///
/// A file that cannot be shown, and why.
pub fn pages(bytes: &[u8]) -> Result<u32, BadPdf> {
    let tail = bytes.len().saturating_sub(TAIL);
    if !bytes.starts_with(b"%PDF-") || find(&bytes[tail..], b"startxref").is_none() {
        return Err(BadPdf::Broken);
    }
    let mut seen = Seen::default();
    seen.trailers(bytes);
    seen.objects(bytes)?;
    if seen.locked {
        return Err(BadPdf::Locked);
    }
    let (_, root) = seen.root.ok_or(BadPdf::Broken)?;
    seen.catalogs
        .get(&root)
        .and_then(|tree| seen.counts.get(tree))
        .and_then(|count| u32::try_from(*count).ok())
        .filter(|count| *count > 0)
        .ok_or(BadPdf::Broken)
}

/// What was found so far. Of an object that comes twice the later one counts: it is the newer.
#[derive(Default)]
struct Seen {
    /// Number of the catalog, and where that was said.
    root: Option<(usize, u32)>,
    locked: bool,
    /// Catalogs and the page trees that they name.
    catalogs: HashMap<u32, u32>,
    /// Page trees and how many pages they say they hold.
    counts: HashMap<u32, i64>,
}

impl Seen {
    fn trailers(&mut self, bytes: &[u8]) {
        const KEYWORD: &[u8] = b"trailer";
        let mut at = 0;
        while let Some(found) = find(&bytes[at..], KEYWORD) {
            let mut reader = Reader::at(bytes, at + found + KEYWORD.len());
            if let Some(Value::Dictionary(trailer)) = reader.value(0) {
                self.trailer(&trailer, at + found);
            }
            at = reader.at;
        }
    }

    fn trailer(&mut self, trailer: &Dictionary, place: usize) {
        self.locked |= trailer.get(b"Encrypt").is_some();
        if let Some(Value::Reference(root)) = trailer.get(b"Root")
            && self.root.is_none_or(|(before, _)| before < place)
        {
            self.root = Some((place, *root));
        }
    }

    fn objects(&mut self, bytes: &[u8]) -> Result<(), BadPdf> {
        const KEYWORD: &[u8] = b"obj";
        let mut budget = BUDGET;
        let mut at = 0;
        while let Some(found) = find(&bytes[at..], KEYWORD) {
            let place = at + found;
            at = place + KEYWORD.len();
            let Some(number) = number_before(&bytes[..place]) else {
                continue;
            };
            let mut reader = Reader::at(bytes, at);
            let value = reader.value(0);
            // What was read is not read again, however it ended.
            at = reader.at.max(at);
            let Some(Value::Dictionary(object)) = value else {
                continue;
            };
            match object.name(b"Type") {
                Some(b"XRef") => self.trailer(&object, place),
                Some(b"ObjStm") => {
                    if let Some(packed) = reader.stream() {
                        let unpacked = unpack(&object, packed, &mut budget)?;
                        self.packed(&object, &unpacked)?;
                    }
                }
                _ => self.object(number, &object)?,
            }
        }
        Ok(())
    }

    /// The objects of one stream (ISO 32000-1, 7.5.7): pairs of number and offset, then the objects.
    fn packed(&mut self, stream: &Dictionary, unpacked: &[u8]) -> Result<(), BadPdf> {
        let size = |key: &[u8]| usize::try_from(stream.integer(key)?).ok();
        let (Some(count), Some(first)) = (size(b"N"), size(b"First")) else {
            return Ok(());
        };
        let mut pairs = Reader::at(unpacked, 0);
        let mut end = 0;
        for _ in 0..count {
            let (Some(Value::Integer(number)), Some(Value::Integer(offset))) =
                (pairs.value(0), pairs.value(0))
            else {
                break;
            };
            let place = usize::try_from(offset)
                .ok()
                .and_then(|offset| first.checked_add(offset));
            let (Ok(number), Some(place)) = (u32::try_from(number), place) else {
                break;
            };
            // They stand in order; one that leads back would be read again and again.
            if place < end || place >= unpacked.len() {
                continue;
            }
            let mut reader = Reader::at(unpacked, place);
            if let Some(Value::Dictionary(object)) = reader.value(0) {
                self.object(number, &object)?;
            }
            end = reader.at;
        }
        Ok(())
    }

    fn object(&mut self, number: u32, object: &Dictionary) -> Result<(), BadPdf> {
        match object.name(b"Type") {
            Some(b"Catalog") => {
                if let Some(Value::Reference(tree)) = object.get(b"Pages") {
                    self.catalogs.insert(number, *tree);
                }
            }
            Some(b"Pages") => {
                if let Some(count) = object.integer(b"Count") {
                    self.counts.insert(number, count);
                }
            }
            _ => {}
        }
        if self.catalogs.len() + self.counts.len() > NODES {
            return Err(BadPdf::Swells);
        }
        Ok(())
    }
}

/// The contents of an object stream. What is read and what it swells to are taken from the budget.
fn unpack(stream: &Dictionary, packed: &[u8], budget: &mut usize) -> Result<Vec<u8>, BadPdf> {
    let deflated = match stream.get(b"Filter") {
        None => false,
        Some(Value::Name(name)) => name == b"FlateDecode",
        Some(Value::List(filters)) => {
            matches!(filters.as_slice(), [Value::Name(name)] if name == b"FlateDecode")
        }
        Some(_) => return Ok(Vec::new()),
    };
    if !deflated {
        let length = stream.integer(b"Length").unwrap_or_default();
        let length = usize::try_from(length).unwrap_or_default();
        let unpacked = packed.get(..length).unwrap_or(packed).to_vec();
        *budget = budget.checked_sub(unpacked.len()).ok_or(BadPdf::Swells)?;
        return Ok(unpacked);
    }
    let mut unpacked = Vec::new();
    let most = u64::try_from(*budget).unwrap_or(u64::MAX);
    let packed = packed.get(..*budget).unwrap_or(packed);
    let mut decoder = ZlibDecoder::new(packed);
    // The end of a damaged stream is missing; what came before it may do.
    drop((&mut decoder).take(most).read_to_end(&mut unpacked));
    let read = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
    *budget = budget
        .checked_sub(read.saturating_add(unpacked.len()))
        .ok_or(BadPdf::Swells)?;
    Ok(unpacked)
}

/// The number of the object whose keyword `obj` follows: «12 0 ».
fn number_before(bytes: &[u8]) -> Option<u32> {
    let part = |bytes: &[u8]| -> Option<(usize, usize)> {
        let end = bytes.iter().rposition(|byte| !is_space(*byte))? + 1;
        let start = bytes[..end]
            .iter()
            .rposition(|byte| !byte.is_ascii_digit())
            .map_or(0, |place| place + 1);
        (start < end && end - start <= 10).then_some((start, end))
    };
    let (generation, _) = part(bytes)?;
    let (start, end) = part(&bytes[..generation])?;
    if end == generation {
        return None;
    }
    std::str::from_utf8(&bytes[start..end]).ok()?.parse().ok()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == first) {
        at += found;
        if bytes[at..].starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// A value as far as it matters here.
enum Value {
    Integer(i64),
    Reference(u32),
    Name(Vec<u8>),
    /// Its first [`LIST`] items.
    List(Vec<Self>),
    Dictionary(Dictionary),
    Other,
}

struct Dictionary(Vec<(Vec<u8>, Value)>);

impl Dictionary {
    fn get(&self, key: &[u8]) -> Option<&Value> {
        let entry = self.0.iter().find(|(name, _)| name == key)?;
        Some(&entry.1)
    }

    fn name(&self, key: &[u8]) -> Option<&[u8]> {
        match self.get(key)? {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    fn integer(&self, key: &[u8]) -> Option<i64> {
        match self.get(key)? {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

/// Reads values (ISO 32000-1, 7.2 and 7.3) and never goes back.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, what: &[u8]) -> bool {
        let there = self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(what));
        if there {
            self.at += what.len();
        }
        there
    }

    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| !matches!(byte, b'\n' | b'\r'))
                {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next value; `None` where there is none, or it is nested without end.
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.space();
        if depth > DEPTH {
            return None;
        }
        match self.peek()? {
            b'<' if self.take(b"<<") => self.dictionary(depth),
            b'<' => {
                while self.peek()? != b'>' {
                    self.at += 1;
                }
                self.at += 1;
                Some(Value::Other)
            }
            b'(' => self.string(),
            b'[' => {
                self.at += 1;
                self.list(depth)
            }
            b'/' => {
                self.at += 1;
                Some(Value::Name(self.name()))
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number()),
            byte if is_delimiter(byte) => None,
            _ => {
                self.word();
                Some(Value::Other)
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| !is_space(byte) && !is_delimiter(byte))
        {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// «12», «12 0 R», «-1.5».
    fn number(&mut self) -> Value {
        let Some(number) = whole(self.word()) else {
            return Value::Other;
        };
        let mut ahead = Self::at(self.bytes, self.at);
        ahead.space();
        let generation = ahead.word();
        ahead.space();
        if whole(generation).is_some_and(|generation| (0..=65_535).contains(&generation))
            && ahead.word() == b"R"
            && let Ok(object) = u32::try_from(number)
        {
            self.at = ahead.at;
            return Value::Reference(object);
        }
        Value::Integer(number)
    }

    fn name(&mut self) -> Vec<u8> {
        let word = self.word();
        let mut name = Vec::with_capacity(word.len());
        let mut at = 0;
        while let Some(byte) = word.get(at) {
            let escaped = (*byte == b'#')
                .then(|| word.get(at + 1..at + 3))
                .flatten()
                .and_then(|digits| std::str::from_utf8(digits).ok())
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            name.push(escaped.unwrap_or(*byte));
            at += if escaped.is_some() { 3 } else { 1 };
        }
        name
    }

    fn string(&mut self) -> Option<Value> {
        let mut open = 0;
        loop {
            match self.peek()? {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Some(Value::Other);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        loop {
            self.space();
            if self.take(b"]") {
                return Some(Value::List(items));
            }
            let item = self.value(depth + 1)?;
            if items.len() < LIST {
                items.push(item);
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Value> {
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.take(b">>") {
                return Some(Value::Dictionary(Dictionary(entries)));
            }
            if !self.take(b"/") {
                return None;
            }
            let name = self.name();
            entries.push((name, self.value(depth + 1)?));
        }
    }

    /// What follows the keyword `stream`, to the end of the file: unpacking finds the end itself.
    fn stream(&mut self) -> Option<&'a [u8]> {
        self.space();
        if !self.take(b"stream") {
            return None;
        }
        let _ = self.take(b"\r\n") || self.take(b"\n");
        self.bytes.get(self.at..)
    }
}

fn whole(word: &[u8]) -> Option<i64> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write, io::Write as _};

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn check(file: &[u8], expected: Result<u32, BadPdf>) {
        assert_eq!(pages(file), expected);
    }

    const END: &str = "startxref\n9\n%%EOF\n";

    fn plain(count: &str, trailer: &str) -> String {
        format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count {count} >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n\
             trailer\n<< /Root 1 0 R {trailer} >>\n{END}"
        )
    }

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).expect("packed");
        out.finish().expect("packed")
    }

    /// A file whose catalog and page tree lie in an object stream, as most of today's do.
    fn packed(objects: &[(u32, &str)], filler: usize) -> Vec<u8> {
        let (mut pairs, mut bodies) = (String::new(), String::new());
        for (number, body) in objects {
            write!(pairs, "{number} {} ", bodies.len()).expect("a string grows");
            writeln!(bodies, "{body}").expect("a string grows");
        }
        let first = pairs.len();
        let mut all = (pairs + &bodies).into_bytes();
        all.resize(all.len() + filler, b' ');
        let stream = deflated(&all);
        let mut file = format!(
            "%PDF-1.7\n9 0 obj\n<</Type/ObjStm/N {}/First {first}/Filter/FlateDecode/Length {}>>stream\r\n",
            objects.len(),
            stream.len()
        )
        .into_bytes();
        file.extend(stream);
        let xref = format!(
            "\nendstream endobj\n10 0 obj <</Type/XRef/Root 1 0 R/Size 11>> stream\nxx endstream endobj\n{END}"
        );
        file.extend(xref.into_bytes());
        file
    }

    #[test]
    fn pages_are_told_from_plain_and_from_packed_objects() {
        check(plain("3", "").as_bytes(), Ok(3));
        let objects = [
            (1, "<< /Lang (a \\) b) /Type /Catalog /Pages 2 0 R >>"),
            (2, "<< /Type /P#61ges /Kids [3 0 R 4 0 R] /Count 500 >>"),
        ];
        check(&packed(&objects, 0), Ok(500));
    }

    #[test]
    fn the_newest_of_what_was_written_twice_counts() {
        let changed = format!(
            "{}2 0 obj << /Type /Pages /Count 7 >> endobj\ntrailer << /Root 1 0 R >>\n{END}",
            plain("3", "")
        );
        check(changed.as_bytes(), Ok(7));
    }

    #[test]
    fn what_cannot_be_shown_is_told_apart() {
        check(plain("3", "/Encrypt 8 0 R").as_bytes(), Err(BadPdf::Locked));
        check(plain("0", "").as_bytes(), Err(BadPdf::Broken));
        check(plain("-3", "").as_bytes(), Err(BadPdf::Broken));
        check(b"%PDF-1.4\nno more than words", Err(BadPdf::Broken));
        let whole = plain("3", "");
        check(&whole.as_bytes()[..whole.len() / 2], Err(BadPdf::Broken));
        check(b"", Err(BadPdf::Broken));
    }

    #[test]
    fn packed_objects_that_swell_are_refused_before_they_fill_the_memory() {
        let objects = [(1, "<< /Type /Catalog /Pages 2 0 R >>")];
        let bomb = packed(&objects, BUDGET);
        assert!(bomb.len() < BUDGET / 500);
        check(&bomb, Err(BadPdf::Swells));
    }

    #[test]
    fn files_made_to_be_read_without_end_are_read_once() {
        let head = "%PDF-1.4\n".to_owned();
        for nasty in [
            "1 0 obj<</A(".repeat(400_000),
            "1 0 obj<</A ".repeat(400_000),
            "1 0 obj[".repeat(400_000),
            "trailer<</A<".repeat(400_000),
            "<</A".repeat(400_000),
        ] {
            check(
                (head.clone() + &nasty + END).as_bytes(),
                Err(BadPdf::Broken),
            );
        }
    }

    #[test]
    fn whatever_the_bytes_are_nothing_panics() {
        let file = packed(&[(1, "<< /Type /Catalog /Pages 2 0 R >>")], 0);
        for cut in 0..file.len() {
            let mut damaged = file.clone();
            damaged[cut] ^= 0x55;
            let _ = pages(&damaged);
            let _ = pages(&file[..cut]);
        }
    }
}
