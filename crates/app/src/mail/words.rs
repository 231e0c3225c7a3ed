//! What letters say, in Russian and English.

use chrono::{DateTime, Datelike, Utc};
use kafedra_model::{Locale, letter::LetterKind, series};

/// The words of one kind of letter; `{title}` and `{organiser}` are filled in.
pub(super) struct Words {
    pub subject: &'static str,
    pub lead: &'static str,
}

pub(super) fn of(kind: LetterKind, locale: Locale) -> Words {
    let (ru, en) = match kind {
        LetterKind::Invitation => (
            (
                "Приглашение: {title}",
                "{organiser} приглашает вас на встречу.",
            ),
            (
                "Invitation: {title}",
                "{organiser} invites you to a meeting.",
            ),
        ),
        LetterKind::TimeChanged => (
            ("Новое время: {title}", "Время встречи изменилось."),
            ("New time: {title}", "The time of the meeting has changed."),
        ),
        LetterKind::Cancelled => (
            ("Отменено: {title}", "Встреча отменена."),
            ("Cancelled: {title}", "The meeting was called off."),
        ),
        LetterKind::Registered => (
            (
                "Вы записаны: {title}",
                "Вы записаны на встречу, место за вами.",
            ),
            (
                "You are registered: {title}",
                "You are registered, a seat is kept for you.",
            ),
        ),
        LetterKind::ToDecide => (
            (
                "Заявка получена: {title}",
                "Ваша заявка получена. Когда организатор её рассмотрит, мы вам напишем.",
            ),
            (
                "Your request has arrived: {title}",
                "Your request has arrived. We will write to you when the organiser has decided.",
            ),
        ),
        LetterKind::Waiting => (
            (
                "Вы в листе ожидания: {title}",
                "Мест сейчас нет, вы в листе ожидания. Когда место освободится, оно станет вашим, и мы вам напишем.",
            ),
            (
                "You are on the waiting list: {title}",
                "All seats are taken, you are on the waiting list. A seat that becomes free will be yours, and we will write to you.",
            ),
        ),
        LetterKind::MovedUp => (
            (
                "Место освободилось: {title}",
                "Место освободилось, теперь вы записаны.",
            ),
            (
                "A seat is free: {title}",
                "A seat became free, and you are registered now.",
            ),
        ),
        LetterKind::Declined => (
            (
                "Заявка отклонена: {title}",
                "Организатор не смог принять вашу заявку.",
            ),
            (
                "Your request was declined: {title}",
                "The organiser could not take your request.",
            ),
        ),
        LetterKind::Withdrawn => (
            (
                "Запись отменена: {title}",
                "Вы отменили свою запись. Место отдано другим.",
            ),
            (
                "You have withdrawn: {title}",
                "You have withdrawn. Your seat went to others.",
            ),
        ),
        LetterKind::Reminder => (
            ("Напоминание: {title}", "Встреча скоро начнётся."),
            ("Reminder: {title}", "The meeting begins soon."),
        ),
    };
    let (subject, lead) = match locale {
        Locale::Ru => ru,
        Locale::En => en,
    };
    Words { subject, lead }
}

/// Words that do not depend on the kind.
pub(super) struct Labels {
    pub when: &'static str,
    pub organiser: &'static str,
    pub open: &'static str,
    pub join: &'static str,
    pub mine: &'static str,
    pub footer: &'static str,
    pub more: &'static str,
}

pub(super) fn labels(locale: Locale) -> &'static Labels {
    match locale {
        Locale::Ru => &Labels {
            when: "Когда",
            organiser: "Организатор",
            open: "Открыть страницу встречи",
            join: "Войти во встречу",
            mine: "Открыть мою запись",
            footer: "Это письмо отправлено автоматически, отвечать на него не нужно.",
            more: "и другие даты: они есть в календаре и на странице встречи",
        },
        Locale::En => &Labels {
            when: "When",
            organiser: "Organiser",
            open: "Open the meeting's page",
            join: "Join the meeting",
            mine: "Open my registration",
            footer: "This letter was sent automatically, there is no need to answer it.",
            more: "and more dates: see the calendar and the meeting's page",
        },
    }
}

const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_RU: [&str; 7] = [
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// «вторник, 5 сентября 2017, 15:00–16:30 (MSK)», on the clock of the place where it was planned.
pub(super) fn span(
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    timezone: &str,
    locale: Locale,
) -> String {
    let zone = series::zone(timezone).unwrap_or(chrono_tz::UTC);
    let (start, end) = (starts_at.with_timezone(&zone), ends_at.with_timezone(&zone));
    let (days, months) = match locale {
        Locale::Ru => (&DAYS_RU, &MONTHS_RU),
        Locale::En => (&DAYS_EN, &MONTHS_EN),
    };
    let day = days
        .get(start.weekday().num_days_from_monday() as usize)
        .copied();
    let month = months.get(start.month0() as usize).copied();
    format!(
        "{}, {} {} {}, {}–{} ({})",
        day.unwrap_or_default(),
        start.day(),
        month.unwrap_or_default(),
        start.year(),
        start.format("%H:%M"),
        end.format("%H:%M"),
        start.format("%Z"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_on_the_clock_of_its_place() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let (start, end) = (at(1_504_612_800), at(1_504_618_200));
        assert_eq!(
            span(start, end, "Europe/Moscow", Locale::Ru),
            "вторник, 5 сентября 2017, 15:00–16:30 (MSK)"
        );
        assert_eq!(
            span(start, end, "Asia/Yekaterinburg", Locale::En),
            "Tuesday, 5 September 2017, 17:00–18:30 (+05)"
        );
    }

    #[test]
    fn every_kind_has_words_without_exclamation_marks() {
        for kind in LetterKind::ALL {
            for locale in [Locale::Ru, Locale::En] {
                let words = of(kind, locale);
                assert!(words.subject.contains("{title}"), "{kind:?}");
                for text in [words.subject, words.lead] {
                    assert!(!text.is_empty() && !text.contains('!'), "{text}");
                }
            }
        }
    }
}
