//! Short texts that people type and others see: names of guests, titles, chat messages.
//!
//! Everything stays plain text; whoever shows it escapes it. Here only what could deceive
//! a reader or break a line is taken out or refused.

/// Longest name of a guest, in characters.
pub const NAME_LENGTH: usize = 80;
/// Longest chat message, in characters.
pub const MESSAGE_LENGTH: usize = 4000;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    #[error("nothing visible in it")]
    Empty,
    #[error("too long")]
    TooLong,
    #[error("characters that deceive the reader")]
    Deceptive,
}

/// Characters that show nothing or turn the direction of what follows: with them one name
/// can be made to look like another.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' 
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// One line of 1 to `longest` visible characters: outer spaces cut, inner ones folded.
pub fn line(typed: &str, longest: usize) -> Result<String, BadText> {
    let folded = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.is_empty() {
        return Err(BadText::Empty);
    }
    if folded.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err(BadText::Deceptive);
    }
    if folded.chars().count() > longest {
        return Err(BadText::TooLong);
    }
    Ok(folded)
}

/// A name as a guest typed it.
pub fn name(typed: &str) -> Result<String, BadText> {
    let name = line(typed, NAME_LENGTH)?;
    // A heap of accents on one letter would cover the lines around it.
    let accents = |c: char| matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}');
    let mut heap = 0;
    for c in name.chars() {
        heap = if accents(c) { heap + 1 } else { 0 };
        if heap > 2 {
            return Err(BadText::Deceptive);
        }
    }
    if name.chars().all(|c| c == ' ' || accents(c)) {
        return Err(BadText::Empty);
    }
    Ok(name)
}

/// Text of several lines, which may be empty: lines are kept, other control characters and
/// what turns the direction of reading dropped.
pub fn body(typed: &str) -> String {
    let kept: String = typed
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || turns(*c)))
        .collect();
    kept.trim().to_owned()
}

/// Whether a character turns the direction in which what follows is read.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text of several lines that must show something, of at most `longest` characters: lines are
/// kept, other control characters dropped, since PostgreSQL stores no NUL and no screen shows the
/// rest.
pub fn paragraph(typed: &str, longest: usize) -> Result<String, BadText> {
    let kept: String = typed
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let body = kept.trim();
    if body.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(BadText::Empty);
    }
    if body.chars().count() > longest {
        return Err(BadText::TooLong);
    }
    Ok(body.to_owned())
}

/// A chat message.
pub fn message(typed: &str) -> Result<String, BadText> {
    paragraph(typed, MESSAGE_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_visible_characters_and_no_tricks() {
        let check = |typed: &str, expected: Result<&str, BadText>| {
            assert_eq!(name(typed), expected.map(str::to_owned), "{typed:?}");
        };
        check("  Мария   Ивановна ", Ok("Мария Ивановна"));
        check("Жан-Люк О’Нил", Ok("Жан-Люк О’Нил"));
        check("", Err(BadText::Empty));
        check(" \n\t ", Err(BadText::Empty));
        check("\u{200B}\u{200B}", Err(BadText::Deceptive));
        check("Мария\u{202E}авонавИ", Err(BadText::Deceptive));
        check("\u{2066}x\u{2069}", Err(BadText::Deceptive));
        check("\u{3164}", Err(BadText::Deceptive));
        check("Зальго\u{301}\u{302}\u{303}", Err(BadText::Deceptive));
        check("a\u{0}b", Err(BadText::Deceptive));
        check(&"я".repeat(80), Ok(&"я".repeat(80)));
        check(&"я".repeat(81), Err(BadText::TooLong));
    }

    #[test]
    fn a_body_keeps_its_lines_and_loses_what_deceives() {
        assert_eq!(
            body(" Повестка:\r\n1. <b>План</b>\u{0}\u{202E} \n"),
            "Повестка:\n1. <b>План</b>"
        );
        assert_eq!(body(" \n "), "");
    }

    #[test]
    fn a_message_keeps_its_lines_and_its_markup_as_text() {
        assert_eq!(
            message(" <b>да</b>\r\nнет\u{0} ").as_deref(),
            Ok("<b>да</b>\nнет")
        );
        assert_eq!(message("\u{200B} \n"), Err(BadText::Empty));
        assert_eq!(message(&"ы".repeat(4001)), Err(BadText::TooLong));
        assert!(message(&"ы".repeat(4000)).is_ok());
    }
}
