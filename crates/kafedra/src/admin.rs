//! `kafedra admin create`: the first administrator, who then invites everyone else.

use std::io::{BufRead, IsTerminal, Write};

use kafedra_model::{Locale, Role, Scope, login, name, password};
use kafedra_store::{Store, account, person, role_grant};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, TransactionTrait};

use crate::{cli::AdminCreate, database, fault::Fault, serve::system_clock};

/// Makes a person with an account and the administrator's grant for the whole city.
///
/// # Errors
///
/// `admin.invalid` for what cannot be a login, name or password, `database.away`.
pub async fn create(store: &Store, wanted: AdminCreate, locale: Locale) -> Result<String, Fault> {
    let ask = |given: Option<String>, ru: &str, en: &str| match given {
        Some(given) => Ok(given),
        None => prompt(match locale {
            Locale::Ru => ru,
            Locale::En => en,
        }),
    };
    let login = login::normalise(&ask(wanted.login, "Логин", "Login")?);
    if !login::is_valid(&login) {
        return Err(Fault::admin(
            "логин: от 3 до 40 латинских букв, цифр, точек и дефисов, первой идёт буква",
            "a login has 3 to 40 Latin letters, digits, dots and hyphens and begins with a letter",
        ));
    }
    let family_name = name::clean(&ask(wanted.family_name, "Фамилия", "Family name")?);
    let given_name = name::clean(&ask(wanted.given_name, "Имя", "Given name")?);
    let patronymic = name::clean(&wanted.patronymic);
    if family_name.is_empty() || given_name.is_empty() {
        return Err(Fault::admin(
            "нужны фамилия и имя",
            "a family name and a given name are needed",
        ));
    }
    let password = if wanted.password_stdin {
        read_line()?
    } else {
        secret(locale)?
    };
    password::check(&password, &[&login]).map_err(|weakness| {
        Fault::admin(
            "пароль слишком простой: нужно не меньше 8 символов, не из тех, что подбирают первыми",
            &format!("the password is {weakness}"),
        )
    })?;
    let hash = password::hash(&password, rand::random()).map_err(Fault::unexpected)?;

    let away = |error: DbErr| database::fault(error.into());
    if account::of_login(&store.db, &login)
        .await
        .map_err(away)?
        .is_some()
    {
        return Err(Fault::admin("этот логин занят", "this login is taken"));
    }
    let now = system_clock().now();
    let transaction = store.db.begin().await.map_err(away)?;
    let person = person::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        search_name: Set(name::fold_person(&family_name, &given_name, &patronymic)),
        family_name: Set(family_name),
        given_name: Set(given_name),
        patronymic: Set(patronymic),
        email: Set(wanted.email.map(|email| email.trim().to_lowercase())),
        created_at: Set(now),
        archived_at: Set(None),
        version: Set(1),
        birth_date: Set(None),
    }
    .insert(&transaction)
    .await
    .map_err(away)?;
    account::create(&transaction, person.id, login.clone(), Some(hash), now)
        .await
        .map_err(away)?;
    role_grant::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        person_id: Set(person.id),
        role: Set(Role::Administrator.as_str().to_owned()),
        scope_kind: Set(Scope::City.kind().to_owned()),
        scope_id: Set(None),
        granted_by: Set(None),
        granted_at: Set(now),
    }
    .insert(&transaction)
    .await
    .map_err(away)?;
    transaction.commit().await.map_err(away)?;
    Ok(login)
}

fn prompt(question: &str) -> Result<String, Fault> {
    eprint!("{question}: ");
    let _ = std::io::stderr().flush();
    read_line()
}

fn read_line() -> Result<String, Fault> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(Fault::unexpected)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks twice, without showing what is typed.
fn secret(locale: Locale) -> Result<String, Fault> {
    let [first, again] = match locale {
        Locale::Ru => ["Пароль", "Пароль ещё раз"],
        Locale::En => ["Password", "Password again"],
    };
    let hidden = std::io::stdin().is_terminal() && echo(false);
    let answers = prompt(first).and_then(|one| Ok((one, prompt(again)?)));
    if hidden {
        echo(true);
        eprintln!();
    }
    let (one, two) = answers?;
    if one != two {
        return Err(Fault::admin(
            "пароли не совпали",
            "the two passwords differ",
        ));
    }
    Ok(one)
}

/// Whether the terminal shows what is typed, by the program that every Unix has for it.
fn echo(on: bool) -> bool {
    std::process::Command::new("stty")
        .arg(if on { "echo" } else { "-echo" })
        .status()
        .is_ok_and(|status| status.success())
}
