//! Login names: what they may hold and how one is made from a person's name.

/// Lower case, trimmed: the form that is stored and looked up.
pub fn normalise(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// 3 to 40 characters: Latin letters, digits, dot, hyphen, underscore; starts with a letter.
/// No `@`, so that a login is never taken for an e-mail address.
pub fn is_valid(login: &str) -> bool {
    (3..=40).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase())
        && login
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

/// One `@` with something before it and a domain with a dot after it: enough to catch a slip of
/// the hand. Only a letter that arrives proves an address.
pub fn looks_like_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else {
        return false;
    };
    email.len() <= 254
        && !local.is_empty()
        && !local.contains('@')
        && !email
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

/// A login for a person: `ivanova.mp` for Иванова Мария Петровна. Numbers that make it
/// unique are the caller's.
pub fn suggest(family: &str, given: &str, patronymic: &str) -> String {
    let initial = |name: &str| {
        name.chars()
            .next()
            .map(|c| transliterate(&c.to_string()))
            .and_then(|latin| latin.chars().next())
    };
    let family: String = transliterate(family).chars().take(24).collect();
    let initials: String = [given, patronymic]
        .into_iter()
        .filter_map(initial)
        .collect();
    let mut login = match (family.is_empty(), initials.is_empty()) {
        (false, false) => format!("{family}.{initials}"),
        (false, true) => family,
        _ => "user".to_owned(),
    };
    while login.len() < 3 {
        login.push('x');
    }
    login
}

/// Russian letters by the passport rules of ICAO Doc 9303; everything that is then not a
/// Latin letter or digit is left out.
fn transliterate(text: &str) -> String {
    let mut latin = String::new();
    for c in text.to_lowercase().chars() {
        let letters = match c {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' | 'ё' | 'э' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' | 'й' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' => "ie",
            'ы' => "y",
            'ю' => "iu",
            'я' => "ia",
            'a'..='z' => {
                latin.push(c);
                continue;
            }
            _ => "",
        };
        latin.push_str(letters);
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::{is_valid, looks_like_email, normalise, suggest};

    #[test]
    fn a_login_is_made_from_any_name_and_is_valid() {
        let check = |name: [&str; 3], expected| {
            let login = suggest(name[0], name[1], name[2]);
            assert_eq!(login, expected);
            assert!(is_valid(&login), "{login}");
        };
        check(["Иванова", "Мария", "Петровна"], "ivanova.mp");
        check(["Щёголев-Ярый", "Юрий", ""], "shchegoleviaryi.i");
        check(["Ю", "", ""], "iux");
        check(["李", "明", ""], "user");
    }

    #[test]
    fn a_login_holds_no_at_sign_and_no_cyrillic() {
        assert!(is_valid(&normalise("  Ivanova.M ")));
        for bad in ["ab", "иванова", "a@b.ru", "1abc", "a b c", &"a".repeat(41)] {
            assert!(!is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn slips_of_the_hand_in_an_address_are_caught() {
        for good in ["a@b.ru", "ivanova.m+x@school-1.edu.ru", "иванова@школа.рф"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in [
            "a",
            "a@b",
            "@b.ru",
            "a@@b.ru",
            "a@b..ru",
            "a b@c.ru",
            "a@b.ru,c@d.ru",
            "a@.ru",
        ] {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }
}
