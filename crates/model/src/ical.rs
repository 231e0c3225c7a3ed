//! iCalendar output: RFC 5545, with the names, refresh and conference properties of RFC 7986.
//!
//! Every date of a series is an event of its own with its own link, so no recurrence rules are
//! written, and times are in UTC, so no time zone definitions either: whoever reads shows them on
//! their own clock.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// One event of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: Uuid,
    pub title: String,
    pub description: String,
    /// The link to the room.
    pub url: String,
    /// What the event's kind is called.
    pub category: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Counts changes.
    pub sequence: i32,
    pub cancelled: bool,
}

/// A calendar: a feed, or one event to take along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar<'a> {
    pub name: &'a str,
    /// The server's own name: ids of events are told apart by it.
    pub host: &'a str,
    /// Words for the link: «Войти во встречу».
    pub join: &'a str,
    pub entries: &'a [Entry],
    /// For a letter that invites; `None` for a feed or a file to take along.
    pub scheduling: Option<Scheduling<'a>>,
}

/// Who invites whom (RFC 5546). Answers by mail are not asked for: nobody reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduling<'a> {
    pub method: Method,
    /// Of the organiser; the address is the server's own.
    pub organiser: &'a str,
    pub from: &'a str,
    pub attendee: &'a str,
    pub to: &'a str,
}

/// What a calendar program is to do with the entries (RFC 5546, section 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Take up or change one entry.
    Request,
    /// Drop one entry.
    Cancel,
    /// Take up several.
    Publish,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// The calendar as text, its lines ended and folded as RFC 5545 wants them.
pub fn write(calendar: &Calendar<'_>) -> String {
    let mut out = Lines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Kafedra//Kafedra//RU");
    out.line("CALSCALE", "GREGORIAN");
    match &calendar.scheduling {
        Some(scheduling) => out.line("METHOD", scheduling.method.as_str()),
        None => {
            out.line("NAME", &escape(calendar.name));
            // What calendars read that do not know RFC 7986.
            out.line("X-WR-CALNAME", &escape(calendar.name));
            out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
            out.line("X-PUBLISHED-TTL", "PT1H");
        }
    }
    for entry in calendar.entries {
        write_entry(&mut out, calendar, entry);
    }
    out.line("END", "VCALENDAR");
    out.0
}

fn write_entry(out: &mut Lines, calendar: &Calendar<'_>, entry: &Entry) {
    out.line("BEGIN", "VEVENT");
    out.line("UID", &format!("{}@{}", entry.id, calendar.host));
    out.line("DTSTAMP", &stamp(entry.updated_at));
    out.line("CREATED", &stamp(entry.created_at));
    out.line("LAST-MODIFIED", &stamp(entry.updated_at));
    out.line("SEQUENCE", &entry.sequence.to_string());
    out.line("DTSTART", &stamp(entry.starts_at));
    out.line("DTEND", &stamp(entry.ends_at));
    out.line("SUMMARY", &escape(&entry.title));
    if let Some(scheduling) = &calendar.scheduling {
        let organiser = parameter(scheduling.organiser);
        out.line(
            &format!("ORGANIZER;CN=\"{organiser}\""),
            &uri(&format!("mailto:{}", scheduling.from)),
        );
        // RFC 5546, section 3.2: what is only published names no attendees.
        if scheduling.method != Method::Publish {
            let attendee = parameter(scheduling.attendee);
            out.line(
                &format!("ATTENDEE;CN=\"{attendee}\";PARTSTAT=NEEDS-ACTION;RSVP=FALSE"),
                &uri(&format!("mailto:{}", scheduling.to)),
            );
        }
    }
    if !entry.description.is_empty() {
        out.line("DESCRIPTION", &escape(&entry.description));
    }
    out.line("CATEGORIES", &escape(&entry.category));
    out.line("LOCATION", &escape(&entry.url));
    out.line("URL", &uri(&entry.url));
    out.line(
        &format!(
            "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"{}\"",
            parameter(calendar.join)
        ),
        &uri(&entry.url),
    );
    let status = if entry.cancelled {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    out.line("STATUS", status);
    out.line("END", "VEVENT");
}

/// RFC 5545, section 3.3.5, form 2: in UTC.
fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, section 3.3.11. Control characters other than line breaks have no place in a text.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address is written as it is; nothing in it may end the line.
fn uri(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// RFC 5545, section 3.2: what stands in quotes holds no quotes.
fn parameter(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && *c != '"')
        .collect()
}

/// Content lines of at most 75 octets without their end (RFC 5545, section 3.1).
#[derive(Default)]
struct Lines(String);

/// Octets of a line without its end.
const WIDTH: usize = 75;

impl Lines {
    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            // A character is never torn apart, though a strict reader would put it together.
            if width + c.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let at = |minutes: i64| {
            DateTime::from_timestamp(1_504_515_600 + minutes * 60, 0).expect("a time")
        };
        Entry {
            id: Uuid::from_u128(7),
            title: "Заседание ГМО; физика, химия \\ опыты".to_owned(),
            description: "Повестка:\n1. План\r\n2. Разное\u{0}".to_owned(),
            url: "https://vks.example/r/abc-defg-hij".to_owned(),
            category: "Заседание ГМО".to_owned(),
            starts_at: at(0),
            ends_at: at(90),
            created_at: at(-1000),
            updated_at: at(-10),
            sequence: 2,
            cancelled: false,
        }
    }

    fn text(entries: &[Entry]) -> String {
        write(&Calendar {
            name: "Кафедра",
            host: "vks.example",
            join: "Войти во \"встречу\"",
            entries,
            scheduling: None,
        })
    }

    #[test]
    fn lines_are_folded_by_octets_and_come_together_again() {
        let long = Entry {
            title: "Щ".repeat(300),
            ..entry()
        };
        let text = text(&[long]);
        assert!(text.split("\r\n").all(|line| line.len() <= WIDTH));
        assert!(!text.replace("\r\n", "").contains(['\n', '\r']));
        assert!(text.replace("\r\n ", "").contains(&"Щ".repeat(300)));
    }

    #[test]
    fn texts_are_escaped() {
        let text = text(&[entry()]).replace("\r\n ", "");
        assert!(text.contains("SUMMARY:Заседание ГМО\\; физика\\, химия \\\\ опыты\r\n"));
        assert!(text.contains("DESCRIPTION:Повестка:\\n1. План\\n2. Разное\r\n"));
        assert!(text.contains("LABEL=\"Войти во встречу\":https://vks.example/r/abc-defg-hij\r\n"));
        assert!(text.contains("DTSTART:20170904T090000Z\r\nDTEND:20170904T103000Z\r\n"));
        assert!(text.contains("UID:00000000-0000-0000-0000-000000000007@vks.example\r\n"));
    }

    #[test]
    fn an_invitation_names_who_invites_whom_and_a_feed_does_not() {
        let invited = write(&Calendar {
            name: "Кафедра",
            host: "vks.example",
            join: "Войти",
            entries: &[entry()],
            scheduling: Some(Scheduling {
                method: Method::Request,
                organiser: "Зимина \"А\"",
                from: "vks@city.example",
                attendee: "Котов;Пётр\r\nX:1",
                to: "kotov@city.example",
            }),
        })
        .replace("\r\n ", "");
        assert!(invited.contains("\r\nMETHOD:REQUEST\r\n"));
        assert!(invited.contains("\r\nORGANIZER;CN=\"Зимина А\":mailto:vks@city.example\r\n"));
        assert!(invited.contains(
            "\r\nATTENDEE;CN=\"Котов;ПётрX:1\";PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:kotov@city.example\r\n"
        ));
        assert!(invited.contains("\r\nSEQUENCE:2\r\n"));
        let feed = text(&[entry()]);
        assert!(!feed.contains("METHOD") && !feed.contains("ATTENDEE"));
    }

    #[test]
    fn no_title_brings_a_line_of_its_own() {
        let sly = Entry {
            title: "a\r\nBEGIN:VALARM\nX:\rY".to_owned(),
            url: "https://x\r\nX-EVIL:1".to_owned(),
            ..entry()
        };
        let text = text(&[sly]);
        assert_eq!(text.matches("\r\nBEGIN:").count(), 1);
        assert!(!text.contains("\nX-EVIL") && !text.contains("\nX:"));
    }
}
