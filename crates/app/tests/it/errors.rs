//! `docs/guide/errors.md` is written from the codes themselves; this holds both together.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use kafedra_app::problem::{CODES, FIELD_CODES};

/// Set to write the guide anew instead of comparing.
const WRITE: &str = "KAFEDRA_WRITE_GUIDE";

fn guide() -> String {
    let mut text = "# Errors / Ошибки\n\n\
        Every refusal of the API is a problem document (RFC 9457, `application/problem+json`) in the caller's\n\
        language, with a stable `code`. A form that is refused (`invalid`) lists its fields in `errors`, each with\n\
        a code of the second table.\n\n\
        Каждый отказ сервера — документ по RFC 9457 на языке пользователя с постоянным кодом `code`. Отказ\n\
        по форме (`invalid`) перечисляет поля в `errors`; их коды — во второй таблице.\n\n\
        ## Codes / Коды\n\n\
        | Code | Status | По-русски | In English |\n|---|---|---|---|\n"
        .to_owned();
    for code in CODES.iter().copied().flatten() {
        let row = format!(
            "| <a id=\"{code}\"></a>`{code}` | {} | **{}.** {} | **{}.** {} |",
            code.status,
            code.ru.title,
            code.ru.detail,
            code.en.title,
            code.en.detail,
            code = code.code,
        );
        writeln!(text, "{row}").expect("a string grows");
    }
    text.push_str("\n## Fields / Поля\n\n| Code | По-русски | In English |\n|---|---|---|\n");
    for code in FIELD_CODES.iter().copied().flatten() {
        writeln!(text, "| `{}` | {} | {} |", code.code, code.ru, code.en).expect("a string grows");
    }
    text
}

#[test]
fn the_guide_explains_every_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/errors.md");
    let expected = guide();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &expected).expect("the guide is written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == expected,
        "docs/guide/errors.md is out of date; write it anew by\n\
         {WRITE}=1 cargo test -p kafedra-app --test it the_guide_explains_every_code"
    );
}

#[test]
fn every_code_in_the_source_is_listed() {
    let listed: BTreeSet<&str> = CODES
        .iter()
        .copied()
        .flatten()
        .map(|code| code.code)
        .chain(FIELD_CODES.iter().copied().flatten().map(|code| code.code))
        .collect();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = fs::read_to_string(&path).expect("a source file");
            for line in source.lines().map(str::trim) {
                let code = line
                    .strip_prefix("code: \"")
                    .and_then(|rest| rest.strip_suffix("\","));
                if let Some(code) = code {
                    found += 1;
                    assert!(
                        listed.contains(code),
                        "{code} of {} is not listed",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(
        found > 30,
        "the codes are spelt differently now: only {found} found"
    );
}
