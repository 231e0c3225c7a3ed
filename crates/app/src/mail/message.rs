//! A stored letter as a message of RFC 5322.

use std::time::SystemTime;

use kafedra_store::letter;
use lettre::{
    Address, Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};

use crate::AppState;

/// The message with its envelope; or why there can be none, in words for whoever looks at the letter.
pub(super) fn message(state: &AppState, letter: &letter::Model) -> Result<Message, String> {
    let address: Address = letter
        .address
        .parse()
        .map_err(|error| format!("not an address: {error}"))?;
    let from: Address = state
        .settings
        .mail
        .from
        .parse()
        .map_err(|error| format!("mail.from is not an address: {error}"))?;
    let body = body(letter)?;
    Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.id, state.settings.host())))
        .date(SystemTime::from(letter.created_at))
        .from(Mailbox::new(Some(one_line(&state.settings.name)), from))
        .to(Mailbox::new(Some(one_line(&letter.name)), address))
        .subject(one_line(&letter.subject))
        // RFC 3834: no holiday notice answers it.
        .raw_header(lettre::message::header::HeaderValue::new(
            lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(body)
        .map_err(|error| error.to_string())
}

/// A header holds no line breaks; lettre panics at one in a name.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn body(letter: &letter::Model) -> Result<MultiPart, String> {
    let mut alternatives = MultiPart::alternative()
        .singlepart(SinglePart::plain(letter.plain.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let Some(calendar) = &letter.calendar else {
        return Ok(alternatives);
    };
    let method = letter.method.as_deref().unwrap_or("PUBLISH");
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = ContentType::parse(&kind).map_err(|error| error.to_string())?;
    // As an alternative mail programs offer it by buttons, as a file everybody can keep it.
    alternatives = alternatives.singlepart(
        SinglePart::builder()
            .header(kind.clone())
            .body(calendar.clone()),
    );
    Ok(MultiPart::mixed()
        .multipart(alternatives)
        .singlepart(Attachment::new("event.ics".to_owned()).body(calendar.clone(), kind)))
}
