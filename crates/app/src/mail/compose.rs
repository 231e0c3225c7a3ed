//! Putting a letter together: subject, text, HTML, and the entry for a calendar.

use kafedra_model::{
    Locale,
    ical::{Entry, Method, Scheduling},
    letter::{LetterKind, escape_html},
};
use kafedra_store::{event, letter, person};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Recipient, words};
use crate::{ApiResult, AppState, calendar::feed};

/// Dates of a series that a letter lists.
const DATES: usize = 20;

/// An event that a letter is about, with all that letters say of it.
#[derive(Debug, Clone)]
pub struct About {
    pub event: Uuid,
    timezone: String,
    organiser: String,
    ru: Entry,
    en: Entry,
}

impl About {
    /// The events as they stand in `db`, in their order.
    ///
    /// # Errors
    ///
    /// A database that is away.
    pub async fn of(
        state: &AppState,
        db: &impl ConnectionTrait,
        events: &[event::Model],
    ) -> ApiResult<Vec<Self>> {
        let ru = feed::entries(state, db, events.to_vec(), Locale::Ru).await?;
        let en = feed::entries(state, db, events.to_vec(), Locale::En).await?;
        let organisers = person::named(db, events.iter().map(|event| event.organiser_id)).await?;
        Ok(events
            .iter()
            .filter_map(|event| {
                let organiser = organisers
                    .iter()
                    .find(|person| person.id == event.organiser_id);
                Some(Self {
                    event: event.id,
                    timezone: event.timezone.clone(),
                    organiser: organiser.map(person::Model::full_name).unwrap_or_default(),
                    ru: ru.iter().find(|entry| entry.id == event.id)?.clone(),
                    en: en.iter().find(|entry| entry.id == event.id)?.clone(),
                })
            })
            .collect())
    }

    fn entry(&self, locale: Locale) -> &Entry {
        match locale {
            Locale::Ru => &self.ru,
            Locale::En => &self.en,
        }
    }
}

/// The letter to one recipient; `None` without an address or an event.
pub(super) fn letter(
    state: &AppState,
    kind: LetterKind,
    about: &[About],
    to: &Recipient,
) -> Option<letter::Draft> {
    let address = to.email.clone()?;
    let first = about.first()?;
    let (locale, entry) = (to.locale, first.entry(to.locale));
    let said = words::of(kind, locale);
    let page = Page {
        lead: said.lead.replace("{organiser}", &first.organiser),
        title: entry.title.clone(),
        when: about
            .iter()
            .take(DATES)
            .map(|one| {
                let entry = one.entry(locale);
                words::span(entry.starts_at, entry.ends_at, &one.timezone, locale)
            })
            .collect(),
        more: about.len() > DATES,
        organiser: first.organiser.clone(),
        link: link(state, kind, first, to),
        installation: state.settings.name.clone(),
        locale,
    };
    let calendar = calendar(state, kind, about, to, &address);
    Some(letter::Draft {
        kind,
        event_id: Some(first.event),
        person_id: to.person,
        name: to.name.clone(),
        address,
        subject: said.subject.replace("{title}", &entry.title),
        plain: page.plain(),
        html: page.html(),
        method: calendar.as_ref().map(|(method, _)| method.as_str()),
        calendar: calendar.map(|(_, text)| text),
    })
}

/// Where the letter's one button leads; a called-off event has none.
fn link(
    state: &AppState,
    kind: LetterKind,
    about: &About,
    to: &Recipient,
) -> Option<(&'static str, String)> {
    let labels = words::labels(to.locale);
    let url = &state.settings.public_url;
    match (kind, &to.code) {
        (LetterKind::Cancelled, _) => None,
        (_, Some(code)) => Some((labels.mine, format!("{url}/registration/{code}"))),
        (LetterKind::Reminder, None) => Some((labels.join, about.ru.url.clone())),
        (_, None) => Some((labels.open, format!("{url}/meetings/{}", about.event))),
    }
}

/// What a calendar program takes up from the letter.
fn calendar(
    state: &AppState,
    kind: LetterKind,
    about: &[About],
    to: &Recipient,
    address: &str,
) -> Option<(Method, String)> {
    let single = match kind {
        LetterKind::Invitation
        | LetterKind::TimeChanged
        | LetterKind::Registered
        | LetterKind::MovedUp => Method::Request,
        LetterKind::Cancelled => Method::Cancel,
        // Withdrawn and declined people have the entry no longer, others not yet.
        LetterKind::Withdrawn | LetterKind::Declined => Method::Cancel,
        LetterKind::ToDecide | LetterKind::Waiting | LetterKind::Reminder => return None,
    };
    // RFC 5546, section 3.2.2: a request is about one entry.
    let method = if about.len() == 1 {
        single
    } else {
        Method::Publish
    };
    let mut entries: Vec<Entry> = about
        .iter()
        .map(|one| one.entry(to.locale).clone())
        .collect();
    for entry in &mut entries {
        entry.cancelled |= single == Method::Cancel;
    }
    let organiser = about.first().map_or("", |one| one.organiser.as_str());
    let scheduling = Scheduling {
        method,
        organiser,
        from: &state.settings.mail.from,
        attendee: &to.name,
        to: address,
    };
    let text = feed::text(state, "", &entries, to.locale, Some(scheduling));
    Some((method, text))
}

/// What stands in a letter.
struct Page {
    lead: String,
    title: String,
    when: Vec<String>,
    more: bool,
    organiser: String,
    /// Label and address.
    link: Option<(&'static str, String)>,
    installation: String,
    locale: Locale,
}

impl Page {
    fn plain(&self) -> String {
        let labels = words::labels(self.locale);
        let mut text = format!("{}\n\n{}\n", self.lead, self.title);
        for when in &self.when {
            text.push_str(&format!("{}: {when}\n", labels.when));
        }
        if self.more {
            text.push_str(&format!("{}\n", labels.more));
        }
        text.push_str(&format!("{}: {}\n", labels.organiser, self.organiser));
        if let Some((label, url)) = &self.link {
            text.push_str(&format!("\n{label}:\n{url}\n"));
        }
        text.push_str(&format!(
            "\n-- \n{}\n{}\n",
            self.installation, labels.footer
        ));
        text
    }

    /// Nothing is loaded from anywhere; styles stand in the tags, since mail programs drop others.
    fn html(&self) -> String {
        let labels = words::labels(self.locale);
        let mut when = String::new();
        for one in &self.when {
            when.push_str(&format!(
                "<p style=\"margin:0 0 4px\"><b>{}:</b> {}</p>",
                labels.when,
                escape_html(one)
            ));
        }
        if self.more {
            when.push_str(&format!("<p style=\"margin:0 0 4px\">{}</p>", labels.more));
        }
        let button = self.link.as_ref().map_or_else(String::new, |(label, url)| {
            format!(
                "<p style=\"margin:24px 0\"><a href=\"{}\" style=\"background:#0b6e6e;color:#ffffff;\
                 padding:12px 20px;border-radius:12px;text-decoration:none\">{label}</a></p>",
                escape_html(url)
            )
        });
        format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2937;\
             max-width:560px;margin:0 auto;padding:24px\">\
             <p>{lead}</p><h1 style=\"font-size:20px;margin:16px 0 8px\">{title}</h1>{when}\
             <p style=\"margin:0\"><b>{organiser_label}:</b> {organiser}</p>{button}\
             <p style=\"color:#6b7280;font-size:13px\">{installation}<br>{footer}</p></body></html>",
            lang = self.locale.as_str(),
            title = escape_html(&self.title),
            lead = escape_html(&self.lead),
            organiser_label = labels.organiser,
            organiser = escape_html(&self.organiser),
            installation = escape_html(&self.installation),
            footer = labels.footer,
        )
    }
}
