use rand::{Rng, SeedableRng, rngs::StdRng};

use super::*;

fn question(kind: QuestionKind, options: &[&str], required: bool) -> Question {
    Question {
        id: Uuid::from_u128(1),
        kind,
        text: "Вопрос".to_owned(),
        options: options.iter().map(|one| (*one).to_owned()).collect(),
        required,
    }
}

#[test]
fn questions_are_cleaned_and_each_fault_is_named_by_its_place() {
    let fine = question(QuestionKind::Choice, &[" да ", "нет", "да"], true);
    let clean = check_questions(vec![fine.clone()]).expect("fine");
    assert_eq!(clean[0].options, ["да", "нет"]);
    let check = |bad: Question, expected: Wrong| {
        let first = Question {
            id: Uuid::from_u128(2),
            ..fine.clone()
        };
        assert_eq!(check_questions(vec![first, bad]), Err(vec![(1, expected)]));
    };
    check(
        question(QuestionKind::Choice, &["один"], false),
        Wrong::FewOptions,
    );
    check(
        question(QuestionKind::Several, &["а", ""], false),
        Wrong::Missing,
    );
    let long = "я".repeat(QUESTION_LENGTH + 1);
    check(
        Question {
            text: long,
            ..question(QuestionKind::Text, &[], false)
        },
        Wrong::TooLong,
    );
    // Two of one id could not be told apart.
    assert_eq!(
        check_questions(vec![fine.clone(), fine.clone()]),
        Err(vec![(1, Wrong::Unknown)])
    );
    let many = (0..=MOST_QUESTIONS)
        .map(|number| Question {
            id: Uuid::from_u128(number as u128),
            ..fine.clone()
        })
        .collect();
    assert_eq!(
        check_questions(many),
        Err(vec![(usize::MAX, Wrong::TooMany)])
    );
}

#[test]
fn answers_fit_their_questions() {
    use AnswerValue::{One, Several, Yes};
    let check = |question: Question, given: Option<AnswerValue>, expected| {
        let given = given
            .map(|value| (question.id, value))
            .into_iter()
            .collect();
        let got = check_answers(std::slice::from_ref(&question), &given);
        let expected = match expected {
            Ok(value) => Ok(Option::into_iter(value)
                .map(|value| (question.id, value))
                .collect()),
            Err(wrong) => Err(vec![(question.id, wrong)]),
        };
        assert_eq!(got, expected, "{question:?}");
    };
    let text = |required| question(QuestionKind::Text, &[], required);
    let one = |typed: &str| Some(One(typed.to_owned()));
    check(text(true), one(" Физика \n"), Ok(one("Физика")));
    check(text(true), one("  "), Err(Wrong::Missing));
    check(text(false), one("  "), Ok(None));
    check(text(true), None, Err(Wrong::Missing));
    check(text(false), Some(Yes(true)), Err(Wrong::Unknown));
    check(
        text(false),
        one(&"я".repeat(ANSWER_LENGTH + 1)),
        Err(Wrong::TooLong),
    );
    let choice = question(QuestionKind::Choice, &["а", "б"], true);
    check(choice.clone(), one("б"), Ok(one("б")));
    check(choice.clone(), one("в"), Err(Wrong::Unknown));
    check(choice, one(""), Err(Wrong::Missing));
    let several = question(QuestionKind::Several, &["а", "б"], true);
    let list = |words: &[&str]| Some(Several(words.iter().map(|one| (*one).to_owned()).collect()));
    check(
        several.clone(),
        list(&["б", "а", "б"]),
        Ok(list(&["а", "б"])),
    );
    check(several.clone(), list(&[]), Err(Wrong::Missing));
    check(several, list(&["в"]), Err(Wrong::Unknown));
    let yes = question(QuestionKind::YesNo, &[], true);
    check(yes.clone(), Some(Yes(false)), Ok(Some(Yes(false))));
    check(yes, one("да"), Err(Wrong::Unknown));
}

#[test]
fn an_answer_to_no_question_is_dropped() {
    let stray = [(Uuid::from_u128(7), AnswerValue::Yes(true))].into();
    assert_eq!(check_answers(&[], &stray), Ok(Answers::new()));
}

/// A queue as the application drives it.
struct Queue {
    terms: Terms,
    people: Vec<Place>,
    next: i64,
}

impl Queue {
    fn arrive(&mut self) {
        self.next += 1;
        self.people.push(Place {
            id: Uuid::from_u128(self.next as u128),
            place: self.next,
            state: self.terms.arrive(&self.people),
        });
    }

    fn settle(&mut self) {
        for id in self.terms.moving_up(&self.people) {
            for one in self.people.iter_mut().filter(|one| one.id == id) {
                one.state = RegistrationState::Confirmed;
            }
        }
    }

    fn check(&self, over: usize) {
        let confirmed = count(&self.people, RegistrationState::Confirmed);
        let waiting: Vec<_> = self
            .people
            .iter()
            .filter(|one| one.state == RegistrationState::Waiting)
            .collect();
        let seats = self.terms.seats.unwrap_or(usize::MAX);
        assert!(confirmed <= seats.max(over), "{confirmed} on {seats} seats");
        assert!(
            waiting.is_empty() || confirmed >= seats,
            "{} wait, {confirmed} of {seats} seats are taken",
            waiting.len()
        );
    }
}

#[test]
fn nobody_waits_while_a_seat_is_free_and_nobody_is_overtaken_whatever_happens() {
    let mut random = StdRng::seed_from_u64(2017);
    for round in 0..400 {
        let mut queue = Queue {
            terms: Terms {
                seats: (round % 5 != 0).then(|| random.random_range(1..6)),
                approval: round % 3 == 0,
            },
            people: Vec::new(),
            next: 0,
        };
        // How many kept their seats when seats were taken away.
        let mut over = 0;
        for _ in 0..60 {
            let some = random.random_range(0..queue.people.len().max(1));
            match random.random_range(0..10) {
                0..=4 => queue.arrive(),
                5..=6 => {
                    if let Some(one) = queue.people.get_mut(some).filter(|one| one.state.stands()) {
                        one.state = RegistrationState::Withdrawn;
                    }
                }
                7..=8 => {
                    let state = queue.terms.admit(&queue.people);
                    if let Some(one) = queue.people.get_mut(some)
                        && one.state == RegistrationState::ToDecide
                    {
                        one.state = state;
                    }
                }
                _ => {
                    queue.terms.seats = queue.terms.seats.map(|_| random.random_range(1..6));
                    over = count(&queue.people, RegistrationState::Confirmed);
                }
            }
            let waited: Vec<Place> = queue
                .people
                .iter()
                .filter(|one| one.state == RegistrationState::Waiting)
                .copied()
                .collect();
            queue.settle();
            queue.check(over);
            // Of those who waited, whoever moved up came before whoever still waits.
            let state = |id| {
                queue
                    .people
                    .iter()
                    .find(|one| one.id == id)
                    .map(|one| one.state)
            };
            let moved = waited
                .iter()
                .filter(|one| state(one.id) == Some(RegistrationState::Confirmed))
                .map(|one| one.place)
                .max();
            let waits = waited
                .iter()
                .filter(|one| state(one.id) == Some(RegistrationState::Waiting))
                .map(|one| one.place)
                .min();
            if let (Some(moved), Some(waits)) = (moved, waits) {
                assert!(moved < waits);
            }
        }
    }
}
