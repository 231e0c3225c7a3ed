//! Whether the mail server answers and lets us in. Nothing is sent.

use super::{Finding, Verdict};
use crate::config::{Config, MailTls};

pub(super) async fn examine(config: &Config) -> Vec<Finding> {
    let Some(server) = crate::mail::smtp(config) else {
        return vec![Finding::doubtful(
            "Письма складываются в файлы и никому не уходят. Для настоящей почты заполните раздел `mail` настроек.",
            "Letters go to files and reach nobody. For real mail fill in the section `mail` of the configuration.",
        )];
    };
    let shown = format!("{}:{}", server.host, server.port);
    let url = config.public_url();
    let own = url
        .split_once("://")
        .map_or(url.as_str(), |(_, rest)| rest)
        .split([':', '/'])
        .next()
        .unwrap_or_default();
    let mut findings = vec![match kafedra_app::mail::look(&server, own).await {
        Ok(()) => Finding::fine(
            format!("Почтовый сервер {shown} отвечает."),
            format!("The mail server {shown} answers."),
        ),
        Err(words) => Finding::new(
            Verdict::Broken,
            format!(
                "Почтовый сервер {shown} не принимает письма. Проверьте раздел `mail` настроек; до тех пор письма ждут в очереди.\n  {words}"
            ),
            format!(
                "The mail server {shown} takes no letters. Check the section `mail` of the configuration; until then letters wait in the queue.\n  {words}"
            ),
        ),
    }];
    if config.mail.tls == MailTls::Off && server.credentials.is_some() {
        findings.push(Finding::doubtful(
            "Пароль почты уходит на сервер открытым текстом: `mail.tls` = off.",
            "The mail password goes to the server in clear text: `mail.tls` = off.",
        ));
    }
    findings
}
