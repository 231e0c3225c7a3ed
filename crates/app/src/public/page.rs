//! The page and the block as HTML. Everything typed is escaped; there is no script and no style in it.

use std::fmt::Write as _;

use kafedra_model::{
    Locale,
    passport::{Hundredths, Unit},
    traffic_light::TrafficLight,
};

use super::{
    say::{class, day, escaped, light, number, pick, quarter, source, term, thousands, unit},
    view::{Indicator, Stage, View},
};

/// The whole page.
pub fn whole(view: &View, name: &str, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    let progress = &view.progress;
    let mut body = format!(
        "<header><p class=\"quiet\">{} · {}</p><h1>{}</h1>\
         <p class=\"goal\">{}</p><p>{} <span class=\"quiet\">{}</span></p></header>\n",
        escaped(name),
        escaped(&term(view.term.0, view.term.1, locale)),
        escaped(&progress.title),
        escaped(&view.goal),
        badge(progress.light, locale),
        escaped(&format!(
            "{} {}",
            t("на", "as of"),
            day(progress.on, locale)
        )),
    );
    section(
        &mut body,
        t("Показатели", "Indicators"),
        &indicators(view, locale),
    );
    section(
        &mut body,
        t("Этапы и контрольные точки", "Stages and checkpoints"),
        &stages(view, locale),
    );
    section(
        &mut body,
        t("Бюджет, тыс. руб.", "Budget, thousand roubles"),
        &budget(view, locale),
    );
    if !view.news.is_empty() {
        section(&mut body, t("Новости", "News"), &news(view, locale));
    }
    let lang = locale.as_str();
    let _ = writeln!(
        body,
        "<footer><nav><a href=\"/public/bulletin.pdf?lang={lang}\">{}</a> \
         <a href=\"/public/slide.pdf?lang={lang}\">{}</a> \
         <a href=\"/public/news.rss?lang={lang}\">{}</a> {}</nav></footer>",
        t("Бюллетень, PDF", "Bulletin, PDF"),
        t("Слайд, PDF", "Slide, PDF"),
        t("Новости в RSS", "News as RSS"),
        match locale {
            Locale::Ru => "<a href=\"/public?lang=en\" lang=\"en\" hreflang=\"en\">English</a>",
            Locale::En => "<a href=\"/public?lang=ru\" lang=\"ru\" hreflang=\"ru\">Русский</a>",
        },
    );
    document(&progress.title, &format!("<main>{body}</main>"), locale)
}

/// A short form for other sites.
pub fn block(view: &View, public_url: &str, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    let progress = &view.progress;
    let mut list = String::new();
    for one in &progress.indicators {
        let _ = write!(
            list,
            "<li><b>{} {}</b> {} {}: {} {}</li>",
            number(one.fact, locale),
            unit(one.unit, locale),
            t("при плане", "of planned"),
            number(one.plan, locale),
            escaped(&one.name),
            badge(one.light, locale),
        );
    }
    let body = format!(
        "<main class=\"block\"><h1>{}</h1><p>{}</p><ul>{list}</ul>\
         <p><a href=\"{}/public?lang={}\" target=\"_blank\" rel=\"noopener\">{}</a></p></main>",
        escaped(&progress.title),
        badge(progress.light, locale),
        escaped(public_url),
        locale.as_str(),
        t("Подробно о проекте", "More about the project"),
    );
    document(&progress.title, &body, locale)
}

/// Before a project was approved.
pub fn nothing(name: &str, locale: Locale) -> String {
    let title = pick(
        locale,
        "Проект ещё не утверждён",
        "No project has been approved yet",
    );
    let text = pick(
        locale,
        "Когда Комиссия утвердит паспорт, здесь будет видно, как он выполняется.",
        "Once the Commission approves a passport, this page shows how it goes.",
    );
    let body = format!(
        "<main><header><p class=\"quiet\">{}</p><h1>{title}</h1><p>{text}</p></header></main>",
        escaped(name)
    );
    document(title, &body, locale)
}

fn document(title: &str, body: &str, locale: Locale) -> String {
    let lang = locale.as_str();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title>\
         <link rel=\"stylesheet\" href=\"/public/style.css\">\
         <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/public/news.rss?lang={lang}\">\
         </head><body>\n{body}\n</body></html>\n",
        escaped(title)
    )
}

fn section(body: &mut String, heading: &str, inner: &str) {
    let _ = write!(body, "<section><h2>{heading}</h2>\n{inner}</section>\n");
}

/// The light as a word on its colour: nobody has to tell colours apart.
fn badge(of: TrafficLight, locale: Locale) -> String {
    format!(
        "<span class=\"light {}\">{}</span>",
        class(of),
        light(of, locale)
    )
}

fn indicators(view: &View, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    let mut html = String::new();
    for one in &view.indicators {
        let mut rows = String::new();
        for (of, plan, fact, light) in &one.quarters {
            let _ = write!(
                rows,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td><b>{}</b></td><td>{}</td></tr>",
                quarter(*of, locale),
                number(*plan, locale),
                number(*fact, locale),
                badge(*light, locale),
            );
        }
        let _ = writeln!(
            html,
            "<article><h3>{}, {} {}</h3>{}<table><thead><tr><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\
             <tbody>{rows}</tbody></table><p class=\"quiet\">{} {}: {}</p></article>",
            escaped(&one.name),
            unit(one.unit, locale),
            badge(one.light, locale),
            chart(one, locale),
            t("Период", "Period"),
            t("План", "Plan"),
            t("Факт", "Fact"),
            t("Состояние", "State"),
            t("Было в", "It was in"),
            one.base.0,
            number(Some(one.base.1), locale),
        );
    }
    html
}

/// Bars of the facts before lines of the plans; the table below says the same in figures.
fn chart(one: &Indicator, locale: Locale) -> String {
    const HEIGHT: i64 = 90;
    const STEP: usize = 70;
    let values = || {
        one.quarters
            .iter()
            .flat_map(|(_, plan, fact, _)| [*plan, *fact])
            .flatten()
    };
    let most: Hundredths = match one.unit {
        Unit::Percent => values().max().unwrap_or(0).max(10_000),
        Unit::Count => values().max().unwrap_or(0),
    };
    if most <= 0 {
        return String::new();
    }
    let height = |value: Hundredths| (value.clamp(0, most) * HEIGHT / most).max(1);
    let mut marks = String::new();
    for (place, (of, plan, fact, light)) in one.quarters.iter().enumerate() {
        let x = place * STEP;
        if let Some(fact) = *fact {
            let tall = height(fact);
            let _ = write!(
                marks,
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"30\" height=\"{tall}\"/>\
                 <text x=\"{}\" y=\"{}\">{}</text>",
                class(*light),
                x + 18,
                HEIGHT + 14 - tall,
                x + 33,
                HEIGHT + 10 - tall,
                number(Some(fact), locale),
            );
        }
        if let Some(plan) = *plan {
            let y = HEIGHT + 14 - height(plan);
            let _ = write!(
                marks,
                "<line x1=\"{}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/>",
                x + 8,
                x + 58
            );
        }
        let _ = write!(
            marks,
            "<text x=\"{}\" y=\"{}\">{}</text>",
            x + 33,
            HEIGHT + 30,
            quarter(*of, locale)
        );
    }
    let said = pick(
        locale,
        "План и факт по кварталам",
        "Plan and fact by quarter",
    );
    format!(
        "<svg role=\"img\" aria-label=\"{said}\" viewBox=\"0 0 {} {}\" width=\"{}\">{marks}</svg>",
        one.quarters.len() * STEP,
        HEIGHT + 36,
        one.quarters.len() * STEP,
    )
}

fn stages(view: &View, locale: Locale) -> String {
    view.stages
        .iter()
        .map(|stage| one_stage(stage, locale))
        .collect()
}

fn one_stage(stage: &Stage, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    let mut points = String::new();
    for one in &stage.checkpoints {
        let when = match one.done_on {
            Some(done) => format!("{} {}", t("достигнута", "reached on"), day(done, locale)),
            None => format!("{} {}", t("срок", "due"), day(one.due, locale)),
        };
        let _ = write!(
            points,
            "<li>{} <span class=\"quiet\">{}</span> {}</li>",
            escaped(&one.name),
            escaped(&when),
            badge(one.light, locale),
        );
    }
    let of = stage
        .term
        .map_or_else(String::new, |(start, end)| term(start, end, locale));
    format!(
        "<article><h3>{} {}</h3><p class=\"quiet\">{}</p>\
         <p><progress max=\"{total}\" value=\"{reached}\">{reached}/{total}</progress> {}</p><ul>{points}</ul></article>\n",
        escaped(&stage.name),
        badge(stage.light, locale),
        escaped(&of),
        match locale {
            Locale::Ru => format!(
                "достигнуто {} из {}",
                stage.reached(),
                stage.checkpoints.len()
            ),
            Locale::En => format!("{} of {} reached", stage.reached(), stage.checkpoints.len()),
        },
        total = stage.checkpoints.len().max(1),
        reached = stage.reached(),
    )
}

fn budget(view: &View, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    let mut rows = String::new();
    for one in &view.budget {
        let name = one
            .source
            .map_or(t("Всего", "Total"), |of| source(of, locale));
        let _ = write!(
            rows,
            "<tr><th scope=\"row\">{name}</th><td>{}</td><td><b>{}</b></td></tr>",
            thousands(Some(one.plan), locale),
            thousands(one.fact, locale),
        );
    }
    format!(
        "<p>{}</p><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th></tr></thead><tbody>{rows}</tbody></table>\n",
        badge(view.budget_light, locale),
        t("Источник", "Source"),
        t("План", "Plan"),
        t("Факт", "Fact"),
    )
}

fn news(view: &View, locale: Locale) -> String {
    let mut html = String::new();
    for one in &view.news {
        let text: String = one
            .text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("<p>{}</p>", escaped(line)))
            .collect();
        let _ = writeln!(
            html,
            "<article id=\"news-{}\"><h3>{}</h3><p class=\"quiet\"><time datetime=\"{}\">{}</time></p>{text}</article>",
            one.id,
            escaped(&one.title),
            one.published_on,
            escaped(&day(one.published_on, locale)),
        );
    }
    html
}
