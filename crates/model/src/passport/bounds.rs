//! How large a passport may be, so that sums never overflow and pages can show it.

use super::{Hundredths, Kopecks, Passport, Unsound};

/// Characters of one text.
const TEXT: usize = 4_000;
/// Rows of one list.
const ROWS: usize = 200;
/// A hundred thousand million roubles.
pub const MONEY: Kopecks = 10_000_000_000_000;
/// A million million, in hundredths.
pub const VALUE: Hundredths = 100_000_000_000_000;
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2200;

impl Passport {
    /// Refuses what is larger than any passport.
    pub(super) fn bounded(&self) -> Result<(), Unsound> {
        let keep = |fits: bool, what| {
            if fits {
                Ok(())
            } else {
                Err(Unsound::Size(what))
            }
        };
        let lists = [
            self.participants.len(),
            self.municipal_programmes.len(),
            self.regional_priority_projects.len(),
            self.results.len(),
            self.indicators.len(),
            self.funding.len(),
            self.stages.len(),
            self.risks.len(),
            self.expenses.len(),
            self.stated_totals.len(),
            self.checkpoints().count(),
            self.indicators
                .iter()
                .map(|one| one.plan.len())
                .max()
                .unwrap_or(0),
            self.stages
                .iter()
                .map(|one| one.results.len())
                .max()
                .unwrap_or(0),
        ];
        keep(lists.into_iter().all(|rows| rows <= ROWS), "list")?;
        keep(
            self.texts().all(|text| text.chars().count() <= TEXT),
            "text",
        )?;
        let money = self
            .funding
            .iter()
            .flat_map(|one| [Some(one.plan_kopecks), one.actual_kopecks])
            .chain(self.expenses.iter().map(|one| Some(one.kopecks)))
            .chain(self.stated_totals.iter().map(|one| Some(one.kopecks)));
        keep(
            money.flatten().all(|one| (0..=MONEY).contains(&one)),
            "money",
        )?;
        let values = self.indicators.iter().flat_map(|one| {
            let planned = one.plan.iter().filter_map(|plan| plan.value);
            planned.chain([one.base_value])
        });
        keep(
            values
                .into_iter()
                .all(|one| (-VALUE..=VALUE).contains(&one)),
            "value",
        )?;
        let years = [self.start.year(), self.end.year()]
            .into_iter()
            .chain(
                self.checkpoints()
                    .flat_map(|one| [one.start.year(), one.end.year()]),
            )
            .chain(self.funding.iter().map(|one| one.year))
            .chain(
                self.indicators
                    .iter()
                    .flat_map(|one| one.plan.iter().map(|plan| plan.year).chain([one.base_year])),
            );
        keep(years.into_iter().all(|one| YEARS.contains(&one)), "year")
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let own = [
            &self.title,
            &self.goal,
            &self.head,
            &self.responsible_executor,
            &self.approval.body,
            &self.approval.minutes_number,
        ];
        let people = self
            .participants
            .iter()
            .flat_map(|one| [&one.position, &one.organisation]);
        let indicators = self.indicators.iter().map(|one| &one.name);
        let stages = self.stages.iter().flat_map(|one| {
            let points = one
                .checkpoints
                .iter()
                .flat_map(|point| [&point.number, &point.name]);
            points
                .chain(one.results.iter().map(|result| &result.text))
                .chain([&one.name])
        });
        let risks = self
            .risks
            .iter()
            .flat_map(|one| [&one.name, &one.measure].into_iter().chain(&one.owner));
        own.into_iter()
            .chain(people)
            .chain(&self.municipal_programmes)
            .chain(&self.regional_priority_projects)
            .chain(self.results.iter().map(|one| &one.text))
            .chain(indicators)
            .chain(stages)
            .chain(risks)
            .chain(self.expenses.iter().map(|one| &one.name))
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_passport_holds_is_refused() {
        let check = |spoil: fn(&mut Passport), what| {
            let mut passport = Passport::founding().unwrap();
            spoil(&mut passport);
            assert_eq!(passport.check(), Err(Unsound::Size(what)), "{what}");
        };
        check(|one| one.funding[0].plan_kopecks = Kopecks::MAX, "money");
        check(|one| one.funding[0].plan_kopecks = -1, "money");
        check(|one| one.goal = "я".repeat(TEXT + 1), "text");
        check(|one| one.indicators[0].base_value = i64::MIN, "value");
        check(|one| one.funding[0].year = 99_999, "year");
        check(
            |one| one.municipal_programmes = vec![String::new(); ROWS + 1],
            "list",
        );
    }
}
