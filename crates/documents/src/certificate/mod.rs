//! Certificates, on one sheet whatever they say: long names and topics are set smaller.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole, Locale};

use crate::{
    DocumentError, Letterhead, date, letterhead,
    press::{
        A4, ACCENT, Align, Face, INK, Mark, Page, Part, Print, QUIET, RULE, Set, Style, Text, mm,
        print, qr,
    },
    words,
};

/// What a certificate says.
#[derive(Debug, Clone)]
pub struct Certificate<'a> {
    /// «2026-00042».
    pub number: &'a str,
    pub name: &'a str,
    pub role: EventRole,
    /// Empty for those who had none.
    pub topic: &'a str,
    pub kind: EventKind,
    /// Of the event.
    pub title: &'a str,
    pub held_on: NaiveDate,
    /// school, city, region.
    pub level: &'a str,
    /// Academic hours.
    pub hours: u32,
    pub issued_at: DateTime<Utc>,
    /// The same, where the event was.
    pub issued_on: NaiveDate,
    /// The public page that verifies it.
    pub url: &'a str,
}

struct Words {
    title: &'static str,
    shouted: &'static str,
    number: &'static str,
    confirms: &'static str,
    issued: &'static str,
    verify: &'static str,
    signature: &'static str,
    qr: &'static str,
}

const RU: Words = Words {
    title: "Сертификат",
    shouted: "СЕРТИФИКАТ",
    number: "№",
    confirms: "подтверждает участие",
    issued: "Выдан",
    verify: "Проверить подлинность:",
    signature: "Подпись",
    qr: "Код с адресом страницы, где проверяют подлинность",
};
const EN: Words = Words {
    title: "Certificate",
    shouted: "CERTIFICATE",
    number: "No.",
    confirms: "of participation",
    issued: "Issued on",
    verify: "To verify:",
    signature: "Signature",
    qr: "A code with the address of the page that verifies",
};

/// On its side.
const SIZE: (f32, f32) = (A4.1, A4.0);
const LEFT: f32 = mm(32.0);
const WIDTH: f32 = SIZE.0 - 2.0 * LEFT;
/// Where the foot with signer and code ends.
const FOOT: f32 = SIZE.1 - mm(20.0);
const QR: f32 = mm(26.0);

/// One A4 page, landscape.
///
/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn pdf(
    certificate: &Certificate,
    letterhead: &Letterhead,
    locale: Locale,
) -> Result<Vec<u8>, DocumentError> {
    let words = match locale {
        Locale::Ru => &RU,
        Locale::En => &EN,
    };
    let mut page = Page::default();
    frame(&mut page);
    let head = head(&mut page, letterhead, locale)?;
    let number = format!("{}\u{a0}{}", words.number, certificate.number);
    body(&mut page, certificate, words, &number, head, locale)?;
    signer(&mut page, letterhead, words)?;
    verification(&mut page, certificate, words, locale)?;
    print(&Print {
        pages: &[page],
        size: SIZE,
        title: &format!("{} {number}", words.title),
        organisation: &letterhead.organisation,
        locale,
        at: certificate.issued_at,
    })
}

fn frame(page: &mut Page) {
    let frame = |inset: f32, thick| Mark::Frame {
        x: inset,
        y: inset,
        width: SIZE.0 - 2.0 * inset,
        height: SIZE.1 - 2.0 * inset,
        thick,
        colour: ACCENT,
    };
    let marks = vec![frame(mm(8.0), 2.0), frame(mm(10.2), 0.5)];
    page.add(Part::Ornament, marks);
}

/// Arms and organisation; returns where they end.
fn head(page: &mut Page, letterhead: &Letterhead, locale: Locale) -> Result<f32, DocumentError> {
    let mut y = mm(17.0);
    if let Some(arms) = &letterhead.arms {
        page.picture(arms, letterhead::arms(locale), (LEFT, y, WIDTH, mm(22.0)));
        y += mm(25.0);
    }
    let style = Style::new(12.0).spaced(0.05);
    let organisation = Text::of(
        words::line(&letterhead.organisation, 300).to_uppercase(),
        style,
    );
    let set = organisation.fitted(&[12.0, 10.0, 8.0], WIDTH, mm(11.0), Align::Centre)?;
    Ok(page.lines(Part::Paragraph, &set, LEFT, y))
}

/// From the heading to the date, spread over the room between head and foot.
fn body(
    page: &mut Page,
    certificate: &Certificate,
    words: &Words,
    number: &str,
    head: f32,
    locale: Locale,
) -> Result<(), DocumentError> {
    let fitted =
        |text: Text, sizes: &[f32], height| text.fitted(sizes, WIDTH, mm(height), Align::Centre);
    let heading = Style::new(38.0).colour(ACCENT).spaced(0.14);
    let heading = Text::of(words.shouted, heading).set(WIDTH, Align::Centre)?;
    let number = Text::of(number, Style::new(12.0).colour(QUIET)).set(WIDTH, Align::Centre)?;
    let italic = Style::new(12.0).face(Face::Italic);
    let confirms = Text::of(words.confirms, italic).set(WIDTH, Align::Centre)?;
    let name = Text::of(
        words::line(certificate.name, 400),
        Style::new(0.0).face(Face::Semibold),
    );
    let name = fitted(name, &[32.0, 26.0, 21.0, 17.0, 14.0, 12.0, 9.0], 19.0)?;
    let mut part = Text::of(words::role(certificate.role, locale), Style::new(0.0));
    if !certificate.topic.is_empty() {
        let topic = words::quoted(&words::line(certificate.topic, 1200), locale);
        part = part.and(format!("\n{topic}"), italic);
    }
    let part = fitted(part, &[14.0, 12.0, 10.5, 9.0, 7.5, 6.0, 4.5], 18.0)?;
    let event = format!(
        "{} {}",
        words::kind(certificate.kind, locale),
        words::quoted(&words::line(certificate.title, 400), locale)
    );
    let event = fitted(
        Text::of(event, Style::new(0.0)),
        &[15.0, 13.0, 11.0, 9.0, 7.0],
        13.0,
    )?;
    let facts = [
        date::long(certificate.held_on, locale),
        words::hours(certificate.hours, locale),
        words::level(certificate.level, locale).to_owned(),
    ];
    let facts = Text::of(words::listed(&facts, "  ·  "), Style::new(12.0));
    let facts = facts.set(WIDTH, Align::Centre)?;

    // Groups that stand close together, with equal room between the groups.
    let groups: [&[&Set]; 3] = [
        &[&heading, &number],
        &[&confirms, &name, &part],
        &[&event, &facts],
    ];
    let within = mm(2.5);
    let height = |group: &[&Set]| {
        let lines: f32 = group.iter().map(|set| set.height()).sum();
        lines + within * (group.len() - 1) as f32
    };
    let taken: f32 = groups.iter().map(|group| height(group)).sum();
    let free = (FOOT - QR - head - taken).max(0.0);
    let mut y = head + free * 0.24;
    for (index, group) in groups.iter().enumerate() {
        for (place, set) in group.iter().enumerate() {
            let part = match (index, place) {
                (0, 0) => Part::Heading(1),
                _ => Part::Paragraph,
            };
            y = page.lines(part, set, LEFT, y);
            if index == 1 && place == 1 {
                page.rule(
                    (SIZE.0 / 2.0 - mm(60.0), y + within / 2.0, mm(120.0)),
                    0.5,
                    RULE,
                );
            }
            y += within;
        }
        y += free * 0.24 - within;
    }
    Ok(())
}

/// Position, signature and name at the lower left.
fn signer(page: &mut Page, head: &Letterhead, words: &Words) -> Result<(), DocumentError> {
    if head.signer_position.is_empty() && head.signer_name.is_empty() {
        return Ok(());
    }
    let line = mm(50.0);
    let gap = mm(4.0);
    let room = WIDTH / 2.0 + mm(8.0);
    let sizes = [11.0, 9.5, 8.0, 6.5];
    let name = Text::of(words::line(&head.signer_name, 300), Style::new(0.0));
    let name = name.fitted(&sizes, room - line - gap, mm(10.0), Align::Left)?;
    let position = Text::of(words::line(&head.signer_position, 300), Style::new(0.0));
    let position = position.fitted(&sizes, room, mm(9.0), Align::Left)?;
    // Signed between the two: the signature crosses the line a little.
    let above = mm(17.0);
    page.lines(
        Part::Paragraph,
        &position,
        LEFT,
        FOOT - above - position.height(),
    );
    if let Some(signature) = &head.signature {
        let place = (LEFT, FOOT - above + mm(0.5), line, above);
        page.picture(signature, words.signature, place);
    }
    page.rule((LEFT, FOOT, line), 0.6, INK);
    let y = FOOT + mm(1.0) - name.height();
    page.lines(Part::Paragraph, &name, LEFT + line + gap, y);
    Ok(())
}

/// The code and its address at the lower right.
fn verification(
    page: &mut Page,
    certificate: &Certificate,
    words: &Words,
    locale: Locale,
) -> Result<(), DocumentError> {
    let style = Style::new(9.0).colour(QUIET);
    let left = LEFT + WIDTH / 2.0 + mm(12.0);
    let width = WIDTH / 2.0 - mm(12.0) - QR - mm(4.0);
    let right = |text: String, style| Text::of(text, style).set(width, Align::Right);
    let issued = date::long(certificate.issued_on, locale);
    let issued = right(format!("{} {issued}", words.issued), style)?;
    let verify = right(words.verify.to_owned(), style)?;
    let address = words::address(certificate.url);
    let address = right(address.to_owned(), style.colour(ACCENT))?;
    let height = issued.height() + verify.height() + address.height();
    let mut y = FOOT - height;
    y = page.lines(Part::Paragraph, &issued, left, y);
    y = page.lines(Part::Paragraph, &verify, left, y);
    let link = |shows: Option<&str>| Part::Link {
        to: certificate.url.to_owned(),
        shows: shows.map(str::to_owned),
    };
    page.lines(link(None), &address, left, y);
    let code = qr(certificate.url, (LEFT + WIDTH - QR, FOOT - QR), QR)?;
    page.add(link(Some(words.qr)), vec![code]);
    Ok(())
}
