//! What an event of each kind usually looks like, to begin a plan with.

use crate::{Audience, EventKind, ItemKind, Lobby, Locale};

/// A usual event of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub kind: EventKind,
    pub minutes: i32,
    pub audience: Audience,
    pub lobby: Lobby,
    pub guests_allowed: bool,
    pub title: &'static str,
    pub description: &'static str,
    pub programme: Vec<Item>,
}

/// A usual item of its programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub kind: ItemKind,
    pub title: &'static str,
    /// Minutes after the beginning.
    pub offset: i32,
    pub minutes: i32,
}

/// The template of a kind in the words of a language.
pub fn of(kind: EventKind, locale: Locale) -> Template {
    let words = |ru: &'static str, en: &'static str| match locale {
        Locale::Ru => ru,
        Locale::En => en,
    };
    let opening = |minutes| (ItemKind::Opening, words("Открытие", "Opening"), minutes);
    let talk = |minutes| (ItemKind::Talk, words("Доклад", "Talk"), minutes);
    let discussion = |minutes| {
        (
            ItemKind::Discussion,
            words("Обсуждение", "Discussion"),
            minutes,
        )
    };
    let pause = |minutes| (ItemKind::Break, words("Перерыв", "Break"), minutes);
    let questions = |minutes| {
        (
            ItemKind::Discussion,
            words("Вопросы и ответы", "Questions and answers"),
            minutes,
        )
    };
    let (title, description, items) = match kind {
        EventKind::AssociationMeeting => (
            words("Заседание ГМО", "Meeting of the association"),
            words(
                "Повестка:\n1. \n2. \n3. Разное",
                "Agenda:\n1. \n2. \n3. Any other business",
            ),
            vec![
                opening(5),
                talk(30),
                talk(30),
                discussion(20),
                (ItemKind::Discussion, words("Решения", "Decisions"), 5),
            ],
        ),
        EventKind::Conference => (
            words("Конференция", "Conference"),
            "",
            vec![
                opening(15),
                (
                    ItemKind::Talk,
                    words("Пленарный доклад", "Plenary talk"),
                    45,
                ),
                pause(15),
                (ItemKind::Talk, words("Работа секций", "Sections"), 90),
                (
                    ItemKind::Discussion,
                    words("Подведение итогов", "Conclusion"),
                    15,
                ),
            ],
        ),
        EventKind::StaffMeeting => (
            words("Совещание", "Staff meeting"),
            words("Вопросы:\n1. \n2. ", "Questions:\n1. \n2. "),
            vec![opening(5), talk(30), discussion(25)],
        ),
        EventKind::Webinar => (
            words("Вебинар", "Webinar"),
            "",
            vec![opening(5), talk(40), questions(15)],
        ),
        EventKind::Lesson => (
            words("Открытый урок", "Broadcast lesson"),
            "",
            vec![
                opening(5),
                (ItemKind::Talk, words("Урок", "Lesson"), 40),
                discussion(15),
            ],
        ),
        EventKind::MasterClass => (
            words("Мастер-класс", "Master class"),
            "",
            vec![
                opening(5),
                (ItemKind::Talk, words("Мастер-класс", "Master class"), 60),
                questions(25),
            ],
        ),
        EventKind::ContestStage => (
            words("Этап конкурса", "Contest stage"),
            "",
            vec![
                opening(10),
                (
                    ItemKind::Talk,
                    words("Выступления участников", "Performances"),
                    100,
                ),
                (
                    ItemKind::Discussion,
                    words("Слово жюри", "The jury's word"),
                    10,
                ),
            ],
        ),
        EventKind::Celebration => (
            words("Праздник", "Celebration"),
            "",
            vec![
                opening(10),
                (ItemKind::Talk, words("Концерт", "Concert"), 80),
            ],
        ),
        EventKind::Training => (
            words("Обучение", "Training"),
            "",
            vec![
                opening(5),
                (ItemKind::Talk, words("Теория", "Theory"), 40),
                pause(10),
                (ItemKind::Discussion, words("Практика", "Practice"), 35),
            ],
        ),
        EventKind::ReadinessTest => (
            words("Проверка связи", "Readiness test"),
            "",
            vec![(
                ItemKind::Discussion,
                words("Звук, изображение, канал", "Sound, picture, channel"),
                30,
            )],
        ),
    };
    let mut minutes = 0;
    let programme = items
        .into_iter()
        .map(|(kind, title, length)| {
            let item = Item {
                kind,
                title,
                offset: minutes,
                minutes: length,
            };
            minutes += length;
            item
        })
        .collect();
    Template {
        kind,
        minutes,
        audience: match kind {
            EventKind::Conference
            | EventKind::Webinar
            | EventKind::MasterClass
            | EventKind::Celebration => Audience::City,
            _ => Audience::Invited,
        },
        lobby: match kind {
            EventKind::Webinar | EventKind::Celebration => Lobby::Off,
            EventKind::Lesson | EventKind::ContestStage => Lobby::Everyone,
            _ => Lobby::Guests,
        },
        guests_allowed: !matches!(kind, EventKind::Lesson | EventKind::ContestStage),
        title,
        description,
        programme,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_programme_that_fills_it_in_both_languages() {
        for kind in EventKind::ALL {
            for locale in [Locale::Ru, Locale::En] {
                let template = of(kind, locale);
                let end = template
                    .programme
                    .iter()
                    .map(|item| item.offset + item.minutes)
                    .max();
                assert_eq!(end, Some(template.minutes), "{kind:?}");
                assert!(!template.title.is_empty() && template.minutes >= 30);
            }
        }
    }
}
