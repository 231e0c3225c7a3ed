//! What a file is, told from its bytes: what a sender or a name says is never believed.
//!
//! Nothing is unpacked here or anywhere on the way, so an archive that swells without end is
//! merely handed on.

/// A kind of file that may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileType {
    Pdf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Text,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Zip,
    Mp3,
    Mp4,
    Webm,
}

/// Bytes from the beginning of a file that [`FileType::of`] wants to see, when there are as many.
pub const HEAD: usize = 64 * 1024;
/// Longest name of a file, in characters.
pub const NAME_LENGTH: usize = 200;

impl FileType {
    pub const ALL: [Self; 16] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Gif,
        Self::Webp,
        Self::Text,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Zip,
        Self::Mp3,
        Self::Mp4,
        Self::Webm,
    ];

    /// The type of a file that begins so; `None` for what may not be given.
    pub fn of(head: &[u8]) -> Option<Self> {
        let at = |place: usize, mark: &[u8]| head.get(place..).is_some_and(|b| b.starts_with(mark));
        if at(0, b"%PDF-") {
            Some(Self::Pdf)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if at(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
            Some(Self::Gif)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if at(0, b"PK\x03\x04") {
            Some(Self::in_zip(head))
        } else if at(4, b"ftyp") {
            Some(Self::Mp4)
        } else if at(0, b"\x1a\x45\xdf\xa3") {
            Some(Self::Webm)
        } else if at(0, b"ID3") || at(0, b"\xff\xfb") || at(0, b"\xff\xf3") {
            Some(Self::Mp3)
        } else {
            is_text(head).then_some(Self::Text)
        }
    }

    /// Office documents are archives: the names inside, which are not packed, tell which.
    fn in_zip(head: &[u8]) -> Self {
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        let kinds: [(&[u8], Self); 6] = [
            (b"application/vnd.oasis.opendocument.text", Self::Odt),
            (b"application/vnd.oasis.opendocument.spreadsheet", Self::Ods),
            (
                b"application/vnd.oasis.opendocument.presentation",
                Self::Odp,
            ),
            (b"word/", Self::Docx),
            (b"ppt/", Self::Pptx),
            (b"xl/", Self::Xlsx),
        ];
        kinds
            .into_iter()
            .find(|(name, _)| holds(name))
            .map_or(Self::Zip, |(_, kind)| kind)
    }

    /// What browsers are told.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Text => "text/plain; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Zip => "application/zip",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    pub fn parse(content_type: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.content_type() == content_type)
    }

    /// Whether browsers show it without running anything in it.
    pub fn is_viewable(self) -> bool {
        matches!(
            self,
            Self::Pdf | Self::Png | Self::Jpeg | Self::Gif | Self::Webp | Self::Text
        )
    }

    /// Whether a name may end so: only names that claim another type are wrong. Many texts have
    /// endings of their own, and any archive may bear one, but neither may pass for a page.
    pub fn fits(self, name: &str) -> bool {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase())
            .unwrap_or_default();
        match ending.as_str() {
            "pdf" => self == Self::Pdf,
            "png" => self == Self::Png,
            "jpg" | "jpeg" => self == Self::Jpeg,
            "gif" => self == Self::Gif,
            "webp" => self == Self::Webp,
            "docx" => self == Self::Docx,
            "xlsx" => self == Self::Xlsx,
            "pptx" => self == Self::Pptx,
            "odt" => self == Self::Odt,
            "ods" => self == Self::Ods,
            "odp" => self == Self::Odp,
            "zip" => matches!(
                self,
                Self::Zip
                    | Self::Docx
                    | Self::Xlsx
                    | Self::Pptx
                    | Self::Odt
                    | Self::Ods
                    | Self::Odp
            ),
            "mp3" => self == Self::Mp3,
            "mp4" | "m4v" | "m4a" | "mov" => self == Self::Mp4,
            "webm" => self == Self::Webm,
            "html" | "htm" | "xhtml" | "svg" | "xml" | "js" | "mjs" | "exe" | "com" | "bat"
            | "cmd" | "msi" | "scr" | "ps1" | "vbs" | "sh" | "apk" | "jar" | "lnk" => false,
            _ => true,
        }
    }
}

/// UTF-8 without control characters but those of lines; the head may end within a character.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            match std::str::from_utf8(&head[..error.valid_up_to()]) {
                Ok(text) => text,
                Err(_) => return false,
            }
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], expected: Option<FileType>) {
        assert_eq!(FileType::of(head), expected, "{:?}", head.get(..20));
    }

    #[test]
    fn types_are_told_from_bytes() {
        check(b"%PDF-1.7\n%\xe2\xe3", Some(FileType::Pdf));
        check(b"\x89PNG\r\n\x1a\n\0\0", Some(FileType::Png));
        check(b"\xff\xd8\xff\xe0", Some(FileType::Jpeg));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Some(FileType::Webp));
        check(
            b"PK\x03\x04....[Content_Types].xml..word/document.xml",
            Some(FileType::Docx),
        );
        check(b"PK\x03\x04....ppt/presentation.xml", Some(FileType::Pptx));
        check(
            b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.presentation",
            Some(FileType::Odp),
        );
        check(b"PK\x03\x04....bomb.txt", Some(FileType::Zip));
        check("Повестка дня\r\n".as_bytes(), Some(FileType::Text));
        check(&"Повестка".as_bytes()[..7], Some(FileType::Text));
        check(b"MZ\x90\0\x03", None);
        check(b"\x7fELF\x02", None);
        check(b"", None);
        check(b"\xff\xfe\xfd", None);
    }

    #[test]
    fn a_name_that_lies_is_found_out() {
        let fits = |head: &[u8], name: &str| FileType::of(head).is_some_and(|kind| kind.fits(name));
        let page = b"<!doctype html><script>alert(1)</script>";
        assert!(!fits(page, "доклад.pdf") && !fits(page, "доклад.html") && !fits(page, "x.SVG"));
        // As plain text a page is harmless.
        assert!(fits(page, "пример.txt"));
        assert!(fits(b"%PDF-1.4", "Доклад.PDF") && fits(b"%PDF-1.4", "доклад"));
        assert!(!fits(b"%PDF-1.4", "доклад.png"));
        assert!(!FileType::Text.is_viewable() || FileType::Text.content_type().contains("plain"));
    }

    #[test]
    fn stored_types_read_back() {
        for kind in FileType::ALL {
            assert_eq!(FileType::parse(kind.content_type()), Some(kind));
        }
    }
}
