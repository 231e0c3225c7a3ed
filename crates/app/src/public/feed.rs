//! The news as a feed: RSS 2.0.

use chrono::NaiveTime;
use kafedra_model::Locale;

use super::{
    say::{escaped, pick},
    view::View,
};

pub fn rss(view: &View, public_url: &str, locale: Locale) -> String {
    let page = escaped(&format!("{public_url}/public"));
    let items: String = view
        .news
        .iter()
        .map(|one| {
            // The day is what is known; readers of feeds want a time.
            let at = one
                .published_on
                .and_time(NaiveTime::MIN)
                .and_utc()
                .to_rfc2822();
            format!(
                "<item><title>{}</title><link>{page}#news-{id}</link>\
                 <guid isPermaLink=\"false\">{id}</guid><pubDate>{at}</pubDate>\
                 <description>{}</description></item>\n",
                clean(&one.title),
                clean(&one.text),
                id = one.id,
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\
         <title>{}: {}</title><link>{page}</link><description>{}</description>\
         <language>{}</language>\n{items}</channel></rss>\n",
        pick(locale, "Новости проекта", "News of the project"),
        clean(&view.progress.title),
        clean(&view.goal),
        locale.as_str(),
    )
}

/// XML 1.0 has no place for control characters, not even escaped (section 2.2).
fn clean(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    escaped(&text)
}
