//! Telling the people concerned what became of events: by letter and in the application.

use std::collections::BTreeMap;

use kafedra_model::{letter::LetterKind, notice::NoticeKind};
use kafedra_store::{event, notice};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    ApiResult, AppState,
    invitee::announce,
    mail::{
        self, About, Recipient,
        recipient::{self, Circle},
    },
};

/// What there is to tell of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    TimeChanged,
    Cancelled,
}

/// Tells everyone concerned but whoever did it and `except`, who learn it otherwise. Whoever is
/// concerned by several of the events gets one letter about them.
pub(super) async fn tell(
    state: &AppState,
    db: &impl ConnectionTrait,
    news: News,
    events: &[Uuid],
    by: Uuid,
    except: &[Uuid],
) -> ApiResult<()> {
    let (letter, notice) = match news {
        News::TimeChanged => (LetterKind::TimeChanged, NoticeKind::TimeChanged),
        News::Cancelled => (LetterKind::Cancelled, NoticeKind::Cancelled),
    };
    let now = state.clock.now();
    let mut letters: BTreeMap<Vec<usize>, Vec<Recipient>> = BTreeMap::new();
    type Whom = (Option<Uuid>, Option<String>);
    let mut concerned: BTreeMap<Whom, (Recipient, Vec<usize>)> = BTreeMap::new();
    let events = in_order(db, events).await?;
    for (place, event) in events.iter().enumerate() {
        // What is over anyway is nobody's news.
        if event.ends_at <= now {
            continue;
        }
        let people = recipient::of_event(db, event, Circle::Concerned, Some(by)).await?;
        for person in people {
            if person.person.is_some_and(|id| except.contains(&id)) {
                continue;
            }
            let key = (person.person, person.code.clone());
            let entry = concerned.entry(key).or_insert((person, Vec::new()));
            entry.1.push(place);
        }
    }
    for (person, places) in concerned.into_values() {
        letters.entry(places).or_default().push(person);
    }
    for (places, people) in letters {
        let some: Vec<event::Model> = places
            .iter()
            .filter_map(|place| events.get(*place).cloned())
            .collect();
        let about = About::of(state, db, &some).await?;
        mail::post(state, db, letter, &about, &people).await?;
        if let Some(first) = some.first() {
            notice::tell(db, first.id, notice, &recipient::persons(&people), now).await?;
        }
    }
    Ok(())
}

/// Tells people that these events invite them now.
pub(super) async fn tell_invited(
    state: &AppState,
    db: &impl ConnectionTrait,
    events: &[Uuid],
    people: &[Uuid],
) -> ApiResult<()> {
    let events = in_order(db, events).await?;
    announce(state, db, &events, people).await?;
    Ok(())
}

async fn in_order(db: &impl ConnectionTrait, ids: &[Uuid]) -> ApiResult<Vec<event::Model>> {
    Ok(event::Entity::find()
        .filter(event::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?)
}
