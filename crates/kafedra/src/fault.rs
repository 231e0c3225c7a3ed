//! What keeps a command from doing its work, in words: what happened, what to do, a stable code.
//!
//! Every way in which a command can fail for the operator has one constructor here; everything
//! else is [`Fault::unexpected`]. `docs/guide/faults.md` lists the codes, a test holds it.

use std::{fmt, net::SocketAddr, path::Path};

use kafedra_model::Locale;

/// One fault, told in both languages.
#[derive(Debug, Clone)]
pub struct Fault {
    pub code: &'static str,
    // Boxed: results carry faults around, and few of them are one.
    ru: Box<Told>,
    en: Box<Told>,
    /// What the system or a library said, in its own language.
    cause: Option<String>,
}

/// What happened, and what to do about it.
#[derive(Debug, Clone)]
struct Told {
    what: String,
    todo: String,
}

impl Fault {
    fn new(
        code: &'static str,
        (what_ru, todo_ru): (impl Into<String>, impl Into<String>),
        (what_en, todo_en): (impl Into<String>, impl Into<String>),
    ) -> Self {
        Self {
            code,
            ru: Box::new(Told {
                what: what_ru.into(),
                todo: todo_ru.into(),
            }),
            en: Box::new(Told {
                what: what_en.into(),
                todo: todo_en.into(),
            }),
            cause: None,
        }
    }

    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The fault as a command prints it.
    pub fn told(&self, locale: Locale) -> String {
        let (told, code) = match locale {
            Locale::Ru => (&self.ru, "Код"),
            Locale::En => (&self.en, "Code"),
        };
        let cause = self
            .cause
            .as_ref()
            .map(|cause| format!("\n  {cause}"))
            .unwrap_or_default();
        format!("{}{cause}\n{}\n{code}: {}", told.what, told.todo, self.code)
    }

    pub fn unexpected(cause: impl fmt::Display) -> Self {
        Self::new(
            "unexpected",
            (
                "Произошла ошибка, которой мы не ждали.",
                "Запустите `kafedra doctor`; если он ничего не нашёл, пришлите этот вывод разработчикам.",
            ),
            (
                "Something failed that we did not expect.",
                "Run `kafedra doctor`; if it finds nothing, send this output to the developers.",
            ),
        )
        .because(cause)
    }

    pub fn config_file(path: &Path, cause: impl fmt::Display) -> Self {
        let path = path.display();
        Self::new(
            "config.file",
            (
                format!("Не удалось прочитать файл настроек {path}."),
                "Проверьте путь и права; как устроен файл, сказано в docs/guide/configuration.md.",
            ),
            (
                format!("The configuration file {path} could not be read."),
                "Check the path and its permissions; docs/guide/configuration.md explains the file.",
            ),
        )
        .because(cause)
    }

    pub fn config_unknown_key(key: &str, source: &str, near: Option<&str>) -> Self {
        let (ru, en) = match near {
            Some(near) => (
                format!("Возможно, имелось в виду `{near}`. Исправьте имя или уберите строку."),
                format!("Did you mean `{near}`? Correct the name or remove it."),
            ),
            None => (
                "Исправьте имя или уберите строку; все имена есть в docs/guide/configuration.md."
                    .to_owned(),
                "Correct the name or remove it; docs/guide/configuration.md lists every key."
                    .to_owned(),
            ),
        };
        Self::new(
            "config.unknown_key",
            (format!("Настройки `{key}` нет ({source})."), ru),
            (format!("There is no setting `{key}` ({source})."), en),
        )
    }

    pub fn config_value(key: &str, source: &str, cause: impl fmt::Display) -> Self {
        Self::new(
            "config.value",
            (
                format!("Значение настройки `{key}` не подходит ({source})."),
                "Исправьте его; что можно написать, сказано в docs/guide/configuration.md.",
            ),
            (
                format!("The value of the setting `{key}` does not fit ({source})."),
                "Correct it; docs/guide/configuration.md says what may stand there.",
            ),
        )
        .because(cause)
    }

    pub fn port_in_use(address: SocketAddr, key: &str, cause: impl fmt::Display) -> Self {
        Self::new(
            "port.in_use",
            (
                format!("Адрес {address} занят другой программой."),
                format!("Остановите её (чья она, скажет `ss -lntup`) или выберите другой порт в настройке `{key}`."),
            ),
            (
                format!("The address {address} is taken by another program."),
                format!("Stop it (`ss -lntup` tells whose it is) or choose another port in the setting `{key}`."),
            ),
        )
        .because(cause)
    }

    pub fn port_refused(address: SocketAddr, key: &str, cause: impl fmt::Display) -> Self {
        Self::new(
            "port.refused",
            (
                format!("Система не даёт слушать адрес {address}."),
                format!("Порты ниже 1024 требуют прав (в systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE), а адрес должен принадлежать этому компьютеру. Настройка: `{key}`."),
            ),
            (
                format!("The system does not let us listen on {address}."),
                format!("Ports below 1024 need a right (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE), and the address must belong to this machine. The setting is `{key}`."),
            ),
        )
        .because(cause)
    }

    pub fn data_unwritable(path: &Path, cause: impl fmt::Display) -> Self {
        let path = path.display();
        Self::new(
            "data.unwritable",
            (
                format!("В папку данных {path} нельзя писать."),
                "Дайте пользователю, от имени которого работает сервер, права на неё, освободите место или укажите другую папку в настройке `server.data`.",
            ),
            (
                format!("The data folder {path} cannot be written to."),
                "Give the user that the server runs as the right to write there, free some space, or name another folder in the setting `server.data`.",
            ),
        )
        .because(cause)
    }

    pub fn data_in_use(path: &Path) -> Self {
        let path = path.display();
        Self::new(
            "data.in_use",
            (
                format!("С папкой данных {path} уже работает другой процесс Кафедры."),
                "Остановите его или укажите другую папку в настройке `server.data`.",
            ),
            (
                format!("Another Kafedra process already works with the data folder {path}."),
                "Stop it or name another folder in the setting `server.data`.",
            ),
        )
    }

    pub fn register_key(path: &Path, cause: impl fmt::Display) -> Self {
        let path = path.display();
        Self::new(
            "register_key.unreadable",
            (
                format!("Ключ реестра {path} не читается."),
                "Верните файл из копии. Если её нет, удалите его: при запуске появится новый ключ, но СНИЛС, введённые раньше, придётся ввести заново.",
            ),
            (
                format!("The register's key {path} cannot be read."),
                "Put the file back from a copy. Without one, delete it: a new key appears at the start, but every СНИЛС entered before has to be entered again.",
            ),
        )
        .because(cause)
    }

    pub fn secrets(path: &Path, cause: impl fmt::Display) -> Self {
        let path = path.display();
        Self::new(
            "secrets.unreadable",
            (
                format!("Файл секретов {path} не читается."),
                "Верните его из копии или удалите: при запуске появится новый, людям придётся лишь заново войти в комнаты.",
            ),
            (
                format!("The file of secrets {path} cannot be read."),
                "Put it back from a copy or delete it: a new one appears at the start, and people only have to join their rooms again.",
            ),
        )
        .because(cause)
    }

    pub fn database_newer(migration: &str) -> Self {
        Self::new(
            "database.newer",
            (
                format!(
                    "Базу данных сделала более новая версия Кафедры (в ней есть шаг {migration})."
                ),
                "Она не тронута. Запустите ту версию или новее либо восстановите копию, сделанную этой.",
            ),
            (
                format!(
                    "A newer version of Kafedra made the database (it holds the step {migration})."
                ),
                "It was left untouched. Run that version or a later one, or restore a backup that this one made.",
            ),
        )
    }

    pub fn database_away(cause: impl fmt::Display) -> Self {
        Self::new(
            "database.away",
            (
                "База данных не отвечает.",
                "Проверьте, что сервер базы запущен и адрес, имя и пароль в настройке `database.url` верны.",
            ),
            (
                "The database does not answer.",
                "Check that its server runs and that address, name and password in the setting `database.url` are right.",
            ),
        )
        .because(cause)
    }

    pub fn database_failed(cause: impl fmt::Display) -> Self {
        Self::new(
            "database.failed",
            (
                "База данных не выполнила то, о чём её просили.",
                "Проверьте, что это база Кафедры, что имя, пароль и права на неё верны и что на её диске есть место.",
            ),
            (
                "The database did not do what it was asked.",
                "Check that it is Kafedra's, that name, password and rights are right and that its disk has space.",
            ),
        )
        .because(cause)
    }

    pub fn backup_nothing() -> Self {
        Self::new(
            "backup.nothing",
            (
                "Копировать нечего: в базе данных нет схемы Кафедры.",
                "Проверьте `server.data` и `database.url`: та ли это установка.",
            ),
            (
                "There is nothing to back up: the database has no schema of Kafedra's.",
                "Check `server.data` and `database.url`: is this the right installation?",
            ),
        )
    }

    pub fn certificate(cause: impl fmt::Display) -> Self {
        Self::new(
            "tls.certificate",
            (
                "Сертификат HTTPS не годится.",
                "Нужны файл с цепочкой сертификатов и файл с ключом в формате PEM, подходящие друг к другу: настройки `tls.certificate` и `tls.key`.",
            ),
            (
                "The HTTPS certificate cannot be used.",
                "A PEM file with the chain and a PEM file with the key that belongs to it are needed: the settings `tls.certificate` and `tls.key`.",
            ),
        )
        .because(cause)
    }

    pub fn media(cause: impl fmt::Display) -> Self {
        Self::new(
            "media.start",
            (
                "Медиасервер не запустился.",
                "Проверьте настройки раздела `media`; что с портом UDP, скажет `kafedra doctor`.",
            ),
            (
                "The media server did not start.",
                "Check the settings of the section `media`; `kafedra doctor` tells about the UDP port.",
            ),
        )
        .because(cause)
    }

    pub fn demo_loopback(key: &str, value: impl fmt::Display) -> Self {
        Self::new(
            "demo.loopback_only",
            (
                format!("Демонстрация работает только на этом компьютере, а `{key}` = {value}."),
                "Пароли демонстрационных учётных записей известны всем. Уберите эту настройку или запустите настоящий сервер: `kafedra serve`.",
            ),
            (
                format!("The demo works on this machine only, but `{key}` = {value}."),
                "Everyone knows the passwords of the demo accounts. Remove that setting, or run a real server: `kafedra serve`.",
            ),
        )
    }

    pub fn demo_foreign_database() -> Self {
        Self::new(
            "demo.foreign_database",
            (
                "В базе данных уже есть люди, и это не демонстрационный город.",
                "Укажите для демонстрации пустую базу: настройки `server.data` или `database.url`.",
            ),
            (
                "The database already holds people, and they are not the demo city.",
                "Give the demo an empty database: the settings `server.data` or `database.url`.",
            ),
        )
    }

    pub fn demo_database_served() -> Self {
        Self::new(
            "demo.database_served",
            (
                "В базе данных демонстрационный город: его пароли известны всем.",
                "Запустите `kafedra demo` или укажите другую базу: настройки `server.data` или `database.url`.",
            ),
            (
                "The database holds the demo city, whose passwords everyone knows.",
                "Run `kafedra demo`, or name another database: the settings `server.data` or `database.url`.",
            ),
        )
    }

    pub fn backup_exists(path: &Path) -> Self {
        let path = path.display();
        Self::new(
            "backup.exists",
            (
                format!("Файл {path} уже есть."),
                "Назовите другой: копии не перезаписываются.",
            ),
            (
                format!("The file {path} is there already."),
                "Name another one: backups are never overwritten.",
            ),
        )
    }

    pub fn backup_unwritable(path: &Path, cause: impl fmt::Display) -> Self {
        let path = path.display();
        Self::new(
            "backup.unwritable",
            (
                format!("Копию не удалось записать в {path}."),
                "Проверьте права на папку и свободное место.",
            ),
            (
                format!("The backup could not be written to {path}."),
                "Check the rights to the folder and the space left.",
            ),
        )
        .because(cause)
    }

    pub fn backup_unreadable(path: &Path, cause: impl fmt::Display) -> Self {
        let path = path.display();
        Self::new(
            "backup.unreadable",
            (
                format!("Из файла {path} нельзя восстановить базу."),
                "Возьмите другую копию; база не тронута.",
            ),
            (
                format!("The database cannot be restored from {path}."),
                "Take another backup; the database was left as it was.",
            ),
        )
        .because(cause)
    }

    pub fn backup_newer(migration: &str) -> Self {
        Self::new(
            "backup.newer",
            (
                format!("Копию сделала более новая версия Кафедры (в ней есть шаг {migration})."),
                "Восстановите её той же версией или новее.",
            ),
            (
                format!(
                    "A newer version of Kafedra made the backup (it holds the step {migration})."
                ),
                "Restore it by that version or a later one.",
            ),
        )
    }

    pub fn restore_not_empty(cause: impl fmt::Display) -> Self {
        Self::new(
            "restore.not_empty",
            (
                "База данных не пуста, а восстановление ничего не перезаписывает.",
                "Укажите пустую: другую папку в `server.data` или новую базу в `database.url`.",
            ),
            (
                "The database is not empty, and restoring overwrites nothing.",
                "Name an empty one: another folder in `server.data` or a new database in `database.url`.",
            ),
        )
        .because(cause)
    }

    pub fn admin(cause_ru: &str, cause_en: &str) -> Self {
        Self::new(
            "admin.invalid",
            (
                format!("Администратора завести не удалось: {cause_ru}"),
                "Исправьте и повторите.",
            ),
            (
                format!("The administrator could not be made: {cause_en}"),
                "Correct it and try again.",
            ),
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Locale::En))
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    #[test]
    fn the_guide_lists_every_code() {
        let guide = include_str!("../../../docs/guide/faults.md");
        let codes: Vec<&str> = include_str!("fault.rs")
            .split("Self::new(\n")
            .skip(1)
            .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
            .collect();
        assert!(codes.len() > 20, "the codes were not found");
        for code in &codes {
            assert!(
                guide.contains(&format!("| `{code}` |")),
                "faults.md does not list {code}"
            );
        }
        for row in guide.lines().filter_map(|line| line.strip_prefix("| `")) {
            let code = row.split('`').next().unwrap_or_default();
            assert!(codes.contains(&code), "there is no fault {code}");
        }
    }
}
