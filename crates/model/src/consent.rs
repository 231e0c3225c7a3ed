//! The privacy notice that people and guests agree to, version by version.
//!
//! Invariant: a published version never changes, since consents refer to it by its name. To
//! change the text, add a version at the end; everyone is then asked again.

use crate::Locale;

/// One version in both languages; paragraphs are parted by blank lines, without markup.
#[derive(Debug)]
pub struct ConsentText {
    /// Date of publication, `2026-11-01`.
    pub version: &'static str,
    pub(crate) ru: Notice,
    pub(crate) en: Notice,
}

#[derive(Debug)]
pub struct Notice {
    pub title: &'static str,
    pub body: &'static str,
}

impl ConsentText {
    pub fn notice(&self, locale: Locale) -> &Notice {
        match locale {
            Locale::Ru => &self.ru,
            Locale::En => &self.en,
        }
    }
}

/// The version that is asked for now.
pub fn current() -> &'static ConsentText {
    &FIRST
}

static FIRST: ConsentText = ConsentText {
    version: "2026-11-01",
    ru: Notice {
        title: "Согласие на обработку персональных данных",
        body: "Этой платформой пользуются педагоги города: здесь проходят встречи, совещания и вебинары. \
Чтобы они работали, нам нужны некоторые ваши данные.\n\n\
Что мы храним: фамилию, имя и отчество, место работы и должность, адрес электронной почты, если вы его \
указали, ваши встречи и сообщения в них, время входа на встречу и выхода из неё. Гость оставляет только \
имя, которое ввёл сам.\n\n\
Зачем: чтобы впускать вас на встречи, показывать участникам, кто говорит, вести учёт участия в \
методической работе и повышения квалификации.\n\n\
Где: всё хранится на сервере города и никому за его пределы не передаётся. Звук и изображение идут через \
этот же сервер и не записываются, если ведущий не включил запись; о записи все участники видят \
предупреждение.\n\n\
Кто видит: участники встречи видят ваше имя и слышат вас. Карточку сотрудника видят его учреждение, \
методический центр и комитет по образованию; каждый просмотр и каждое изменение записываются в журнал.\n\n\
Ваши права: вы можете узнать, какие данные о вас хранятся, попросить исправить или удалить их и отозвать \
это согласие. Обратитесь к координатору вашего учреждения или к администратору платформы. После отзыва \
войти на встречи под своим именем не получится.",
    },
    en: Notice {
        title: "Consent to the processing of personal data",
        body: "The city's teachers use this platform for meetings, conferences and webinars. It needs some \
of your data to work.\n\n\
What we keep: your family name, given name and patronymic, your place of work and position, your e-mail \
address if you gave one, your meetings and the messages in them, and when you joined and left. A guest \
leaves only the name they typed.\n\n\
Why: to let you into meetings, to show the others who is speaking, and to keep account of methodical work \
and professional development.\n\n\
Where: everything stays on the city's own server and is passed to nobody outside. Sound and pictures go \
through the same server and are not recorded unless the host starts a recording, of which everyone present \
is told.\n\n\
Who sees it: the people in a meeting see your name and hear you. The card of an employee is seen by their \
institution, the methodical centre and the education committee; each look and each change is written to a \
log.\n\n\
Your rights: you may learn what is kept about you, have it corrected or erased, and withdraw this consent. \
Turn to your institution's coordinator or to the platform's administrator. After a withdrawal you cannot \
join meetings under your name.",
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
            ("2026-11-01", "f07034d3e7765e94")
        );
    }
}
