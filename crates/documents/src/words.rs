//! Words that several papers share.

use kafedra_model::{
    EventKind, EventRole, InstitutionKind, Locale, indicator::KitStatus, presence::Mode,
    professional_development::Kind as DevelopmentKind,
    qualification_category::QualificationCategory,
};

fn pick(locale: Locale, (ru, en): (&'static str, &'static str)) -> &'static str {
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}

/// «заседание методического объединения».
pub fn kind(kind: EventKind, locale: Locale) -> &'static str {
    let words = match kind {
        EventKind::AssociationMeeting => {
            ("заседание методического объединения", "association meeting")
        }
        EventKind::Conference => ("конференция", "conference"),
        EventKind::StaffMeeting => ("совещание", "staff meeting"),
        EventKind::Webinar => ("вебинар", "webinar"),
        EventKind::Lesson => ("дистанционный урок", "remote lesson"),
        EventKind::MasterClass => ("мастер-класс", "master class"),
        EventKind::ContestStage => ("этап конкурса", "contest stage"),
        EventKind::Celebration => ("праздник", "celebration"),
        EventKind::Training => ("обучение", "training"),
        EventKind::ReadinessTest => ("проверка готовности", "readiness test"),
    };
    pick(locale, words)
}

/// «удостоверение»: the import understands the same words.
pub fn development(kind: DevelopmentKind, locale: Locale) -> &'static str {
    let words = match kind {
        DevelopmentKind::Certificate => ("удостоверение", "certificate"),
        DevelopmentKind::Retraining => ("диплом о переподготовке", "retraining"),
        DevelopmentKind::Other => ("другое", "other"),
    };
    pick(locale, words)
}

/// «детский сад», as the import understands it; nothing for a kind of a newer version.
pub fn institution(kind: &str, locale: Locale) -> &'static str {
    let words = match InstitutionKind::parse(kind) {
        Some(InstitutionKind::School) => ("школа", "school"),
        Some(InstitutionKind::Kindergarten) => ("детский сад", "kindergarten"),
        Some(InstitutionKind::ExtendedEducation) => {
            ("дополнительное образование", "extended_education")
        }
        Some(InstitutionKind::MethodCentre) => ("методический центр", "method_centre"),
        Some(InstitutionKind::Committee) => ("комитет", "committee"),
        Some(InstitutionKind::Other) => ("другое", "other"),
        None => ("", ""),
    };
    pick(locale, words)
}

/// «готов».
pub fn kit_status(status: KitStatus, locale: Locale) -> &'static str {
    let words = match status {
        KitStatus::Planned => ("запланирован", "planned"),
        KitStatus::Delivered => ("поставлен", "delivered"),
        KitStatus::Ready => ("готов", "ready"),
        KitStatus::Repair => ("в ремонте", "in repair"),
        KitStatus::WrittenOff => ("списан", "written off"),
    };
    pick(locale, words)
}

/// «победитель»; nothing for an award of a newer version.
pub fn award(award: &str, locale: Locale) -> &'static str {
    let words = match award {
        "winner" => ("победитель", "winner"),
        "laureate" => ("лауреат", "laureate"),
        _ => ("", ""),
    };
    pick(locale, words)
}

/// «первая категория».
pub fn category(category: QualificationCategory, locale: Locale) -> &'static str {
    let words = match category {
        QualificationCategory::Conformity => ("соответствие должности", "fit for the position"),
        QualificationCategory::First => ("первая категория", "first category"),
        QualificationCategory::Highest => ("высшая категория", "highest category"),
        QualificationCategory::TeacherMethodist => ("педагог-методист", "teacher-methodist"),
        QualificationCategory::TeacherMentor => ("педагог-наставник", "teacher-mentor"),
    };
    pick(locale, words)
}

/// «докладчик».
pub fn role(role: EventRole, locale: Locale) -> &'static str {
    let words = match role {
        EventRole::Organiser => ("организатор", "organiser"),
        EventRole::Chair => ("председатель", "chair"),
        EventRole::Secretary => ("секретарь", "secretary"),
        EventRole::Host => ("ведущий", "host"),
        EventRole::Speaker => ("докладчик", "speaker"),
        EventRole::Moderator => ("модератор", "moderator"),
        EventRole::Listener => ("слушатель", "listener"),
        EventRole::Jury => ("жюри", "jury"),
    };
    pick(locale, words)
}

/// How somebody was there; `None` for a guest whom nobody has matched.
pub fn mode(mode: Option<Mode>, locale: Locale) -> &'static str {
    let words = match mode {
        None => ("гость", "guest"),
        Some(Mode::Own) => ("своё устройство", "own device"),
        Some(Mode::Kit) => ("комплект, по коду", "room kit, by code"),
        Some(Mode::List) => ("комплект, по списку", "room kit, by list"),
    };
    pick(locale, words)
}

/// «городской уровень», which does not break; nothing for a level of a newer version.
pub fn level(level: &str, locale: Locale) -> &'static str {
    let words = match level {
        "school" => ("уровень\u{a0}учреждения", "school\u{a0}level"),
        "city" => ("городской\u{a0}уровень", "city\u{a0}level"),
        "region" => ("региональный\u{a0}уровень", "regional\u{a0}level"),
        _ => ("", ""),
    };
    pick(locale, words)
}

/// «2 академических часа».
pub fn hours(count: u32, locale: Locale) -> String {
    let forms = [
        "академический час",
        "академических часа",
        "академических часов",
    ];
    counted(
        count.into(),
        forms,
        ["academic hour", "academic hours"],
        locale,
    )
}

/// A number with its noun: one, few and many in Russian, one and many in English. The space
/// between does not break.
pub fn counted(count: u64, ru: [&str; 3], en: [&str; 2], locale: Locale) -> String {
    let [one, few, many] = ru;
    let noun = match (locale, count % 10, count % 100) {
        (Locale::En, ..) => en[usize::from(count != 1)],
        (Locale::Ru, _, 11..=14) => many,
        (Locale::Ru, 1, _) => one,
        (Locale::Ru, 2..=4, _) => few,
        (Locale::Ru, ..) => many,
    };
    format!("{count}\u{a0}{noun}")
}

/// A title in quotes; those within it become inner ones.
pub fn quoted(text: &str, locale: Locale) -> String {
    match locale {
        Locale::Ru => format!("«{}»", text.replace('«', "„").replace('»', "“")),
        Locale::En => format!("“{}”", text.replace('“', "‘").replace('”', "’")),
    }
}

/// On one line, and no longer than there is room for; what was cut shows that it was.
pub fn line(text: &str, most: usize) -> String {
    let flat = text.replace(['\n', '\r', '\t'], " ");
    if flat.chars().count() <= most {
        return flat;
    }
    let kept: String = flat.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// What there is of `parts`, with `between` between them.
pub fn listed(parts: &[impl AsRef<str>], between: &str) -> String {
    let there: Vec<&str> = parts
        .iter()
        .map(AsRef::as_ref)
        .filter(|part| !part.is_empty())
        .collect();
    there.join(between)
}

/// An address as people type it: without its scheme.
pub fn address(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        let ru = |count| hours(count, Locale::Ru).replace('\u{a0}', " ");
        assert_eq!(ru(1), "1 академический час");
        assert_eq!(ru(2), "2 академических часа");
        assert_eq!(ru(11), "11 академических часов");
        assert_eq!(ru(21), "21 академический час");
        assert_eq!(ru(112), "112 академических часов");
        assert_eq!(hours(1, Locale::En), "1\u{a0}academic hour");
        assert_eq!(hours(16, Locale::En), "16\u{a0}academic hours");
    }
}
