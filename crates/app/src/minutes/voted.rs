//! Votes and polls of a meeting as minutes tell of them.

use kafedra_model::{
    Locale,
    minutes::{Decision, Item, LONGEST_TEXT},
    poll::{ABSTAIN, AGAINST, FOR, Kind},
};
use kafedra_store::event;

use crate::{
    ApiResult, AppState,
    poll::outcome::{self, PollOutcome},
    problem::locale,
};

/// One item for each formal vote, its decision where it was carried, and one for all polls together.
pub(super) async fn items(state: &AppState, event: &event::Model) -> ApiResult<Vec<Item>> {
    let outcomes = outcome::of_event(state, event, true).await?;
    let (votes, polls): (Vec<_>, Vec<_>) = outcomes
        .into_iter()
        .partition(|outcome| outcome.poll.kind == Kind::Vote);
    let mut items: Vec<Item> = votes.iter().map(|vote| voted(vote, locale())).collect();
    if !polls.is_empty() {
        items.push(polled(&polls, locale()));
    }
    Ok(items)
}

fn voted(outcome: &PollOutcome, locale: Locale) -> Item {
    let poll = &outcome.poll;
    let numbers = numbers(outcome, locale);
    if poll.result.carried != Some(true) {
        let reason = match (locale, poll.result.quorum_met) {
            (Locale::Ru, Some(false)) => "Кворума нет, решение не принято.",
            (Locale::Ru, _) => "Решение не принято.",
            (Locale::En, Some(false)) => "No quorum, the wording was not carried.",
            (Locale::En, _) => "The wording was not carried.",
        };
        return Item {
            topic: poll.text.clone(),
            heard: format!("{numbers} {reason}"),
            spoke: by_name(outcome, locale),
            ..Item::default()
        };
    }
    Item {
        topic: poll.text.clone(),
        spoke: by_name(outcome, locale),
        decided: vec![Decision {
            id: poll.id,
            text: format!("{} {numbers}", sentence(&poll.text)),
            assignee_id: None,
            assignee: String::new(),
            due: None,
        }],
        ..Item::default()
    }
}

/// «Голосовали: за — 14, против — 1, воздержались — 2 (из 24, кворум есть).»
fn numbers(outcome: &PollOutcome, locale: Locale) -> String {
    let result = &outcome.poll.result;
    let count = |option: usize| {
        result
            .counts
            .as_ref()
            .and_then(|counts| counts.get(option))
            .copied()
            .unwrap_or(0)
    };
    let (yes, no, neither) = (count(FOR), count(AGAINST), count(ABSTAIN));
    let (voted, all) = (result.voted, result.electors.unwrap_or(result.voted));
    match locale {
        Locale::Ru => {
            let way = if outcome.poll.named {
                ""
            } else {
                " тайно"
            };
            format!(
                "Голосовали{way}: за — {yes}, против — {no}, воздержались — {neither} \
                 ({voted} из {all} имеющих право голоса)."
            )
        }
        Locale::En => {
            let way = if outcome.poll.named { "" } else { " in secret" };
            format!(
                "Voted{way}: for — {yes}, against — {no}, abstained — {neither} \
                 ({voted} of {all} entitled to vote)."
            )
        }
    }
}

/// Who voted how in an open vote; nothing where it is too long for minutes.
fn by_name(outcome: &PollOutcome, locale: Locale) -> String {
    let words = match locale {
        Locale::Ru => ["За", "Против", "Воздержались"],
        Locale::En => ["For", "Against", "Abstained"],
    };
    let lines: Vec<String> = words
        .iter()
        .enumerate()
        .filter_map(|(option, word)| {
            let names: Vec<&str> = outcome
                .names
                .iter()
                .filter(|answer| answer.choices.contains(&option))
                .map(|answer| answer.name.as_str())
                .collect();
            (!names.is_empty()).then(|| format!("{word}: {}.", names.join(", ")))
        })
        .collect();
    let text = lines.join("\n");
    if text.chars().count() > LONGEST_TEXT {
        return String::new();
    }
    text
}

fn polled(polls: &[PollOutcome], locale: Locale) -> Item {
    let (topic, answered) = match locale {
        Locale::Ru => ("Опросы участников", "ответили"),
        Locale::En => ("Polls of those present", "answered"),
    };
    let mut heard = String::new();
    for outcome in polls {
        let poll = &outcome.poll;
        let counts = poll.result.counts.clone().unwrap_or_default();
        let options: Vec<String> = poll
            .options
            .iter()
            .zip(counts)
            .map(|(option, count)| format!("{} — {count}", option.text))
            .collect();
        let line = format!(
            "— {} {} ({answered}: {}).",
            sentence(&poll.text),
            options.join("; "),
            poll.result.voted
        );
        // What minutes cannot hold is left out whole, never cut.
        if heard.chars().count() + line.chars().count() < LONGEST_TEXT {
            if !heard.is_empty() {
                heard.push('\n');
            }
            heard.push_str(&line);
        }
    }
    Item {
        topic: topic.to_owned(),
        heard,
        ..Item::default()
    }
}

/// With a mark at its end.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!', ':', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use kafedra_model::poll::{Results, State};
    use uuid::Uuid;

    use super::*;
    use crate::poll::{
        names::NamedAnswer,
        view::{Poll, PollOption, PollResult},
    };

    fn outcome(kind: Kind, options: &[&str], counts: &[u64], carried: bool) -> PollOutcome {
        let id = Uuid::from_u128(1);
        PollOutcome {
            poll: Poll {
                id,
                kind,
                text: "Утвердить план работы".to_owned(),
                options: options
                    .iter()
                    .map(|text| PollOption {
                        text: (*text).to_owned(),
                        right: None,
                    })
                    .collect(),
                most: 1,
                named: true,
                results: Results::AfterClosing,
                electorate: None,
                quorum: None,
                state: State::Closed,
                opened_at: None,
                closed_at: None,
                result: PollResult {
                    id,
                    voted: counts.iter().sum(),
                    counts: Some(counts.to_vec()),
                    electors: Some(24),
                    quorum_met: Some(carried),
                    carried: Some(carried),
                },
            },
            names: vec![NamedAnswer {
                name: "Котов Пётр".to_owned(),
                choices: vec![1],
            }],
        }
    }

    #[test]
    fn a_carried_vote_is_a_decision_with_its_numbers_and_another_is_none() {
        let options = ["for", "against", "abstain"];
        let item = voted(
            &outcome(Kind::Vote, &options, &[14, 1, 2], true),
            Locale::Ru,
        );
        assert_eq!(item.topic, "Утвердить план работы");
        assert_eq!(
            item.decided[0].text,
            "Утвердить план работы. Голосовали: за — 14, против — 1, воздержались — 2 \
             (17 из 24 имеющих право голоса)."
        );
        assert_eq!(item.spoke, "Против: Котов Пётр.");
        let item = voted(
            &outcome(Kind::Vote, &options, &[1, 0, 0], false),
            Locale::Ru,
        );
        assert!(item.decided.is_empty());
        assert!(item.heard.ends_with("Кворума нет, решение не принято."));
    }

    #[test]
    fn polls_are_told_together_and_none_is_cut() {
        let poll = outcome(Kind::Single, &["да", "нет"], &[3, 4], false);
        let item = polled(&[poll], Locale::Ru);
        assert_eq!(
            item.heard,
            "— Утвердить план работы. да — 3; нет — 4 (ответили: 7)."
        );
        let many: Vec<_> = (0..300)
            .map(|_| outcome(Kind::Single, &["да", "нет"], &[3, 4], false))
            .collect();
        let item = polled(&many, Locale::Ru);
        assert!(item.heard.chars().count() <= LONGEST_TEXT);
        assert!(item.heard.ends_with("(ответили: 7)."));
    }
}
