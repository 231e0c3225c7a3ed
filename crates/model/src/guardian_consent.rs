//! What a legal guardian agrees to before a pupil takes part in a broadcast lesson.
//!
//! Invariant: a published text never changes; another text has another version, and consents given
//! to an earlier one do not count for it.

use crate::consent::{ConsentText, Notice};

/// What consents are given for: a place in broadcast lessons, and in their recordings.
pub const PURPOSE: &str = "lesson";

/// The text of now, to be printed and signed.
pub fn current() -> &'static ConsentText {
    &FIRST
}

static FIRST: ConsentText = ConsentText {
    version: "2026-11-26",
    ru: Notice {
        title: "Согласие законного представителя на участие ученика в дистанционном уроке",
        body: "Я, законный представитель ученика, согласен (согласна) с тем, что ученик участвует в уроках, \
которые школа проводит через городскую платформу видеосвязи.\n\n\
Что видят другие: изображение и голос ученика, если у него включены камера и микрофон или он сидит перед \
камерой класса. Вместо имени все, кроме учителя, видят номер, например «Ученик 7».\n\n\
Что хранит платформа: имя ученика, моё имя и это согласие. Их видят учитель класса и координатор школы; каждый \
просмотр записывается в журнал. После уроков имена и согласия удаляются в срок, который установлен на сервере. \
Если урок записывают, об этом предупреждают всех участников, и запись удаляется в срок.\n\n\
Где: всё остаётся на сервере города и не передаётся другим организациям.\n\n\
Я могу отозвать согласие в любое время: для этого достаточно сказать об этом учителю или координатору школы.",
    },
    en: Notice {
        title: "A legal guardian's consent to a pupil's part in a remote lesson",
        body: "I am the pupil's legal guardian, and I agree that the pupil takes part in lessons that the school \
holds through the city's video platform.\n\n\
What others see: the pupil's picture and voice, where their camera and microphone are on or they sit before the \
camera of the class. In place of the name everybody but the teacher sees a number, such as “Pupil 7”.\n\n\
What the platform keeps: the pupil's name, my name and this consent. The teacher of the class and the school's \
coordinator see them; each look is written to a log. After the lessons the names and consents are deleted within \
the time that is set on the server. Where a lesson is recorded, everybody present is told so, and the recording is \
deleted in time.\n\n\
Where: everything stays on the city's own server and is passed to no other organisation.\n\n\
I may withdraw this consent at any time by telling the teacher or the school's coordinator.",
    },
};

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::current;
    use crate::Locale;

    #[test]
    fn a_published_text_never_changes() {
        let text = current();
        let mut digest = Sha256::new();
        for locale in [Locale::Ru, Locale::En] {
            let notice = text.notice(locale);
            digest.update(notice.title);
            digest.update(notice.body);
        }
        let digest: String = digest
            .finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            (text.version, digest.as_str()),
            ("2026-11-26", "6b3a46352eda3504")
        );
    }
}
