//! The building blocks of indicators: `member`, a common table expression that says who may be counted,
//! where they belong, and whether they are (`is_counted`, 1 or 0), and the same as a list by name.
//!
//! What counts somebody is asked for each member, by an index: there are fewer of them than documents
//! and attendances of ten years.

use chrono::{Datelike, Days, NaiveDate};
use kafedra_model::{
    InstitutionKind,
    indicator::{Evidence, Question, Who},
    professional_development::Kind,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value, prelude::Uuid};

use super::Shown;
use crate::{
    attendance::{only_listens, reach_of},
    search::Slice,
};

/// What `member` tells besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Also {
    Nothing,
    /// `is_away`: 1 for those on parental leave, else 0.
    Leave,
}

/// The legal entity of an institution `i`.
const OWNER: &str = "COALESCE(i.building_of, i.id)";

/// The same of a kit's institution `ki`.
const KIT_OWNER: &str = "COALESCE(ki.building_of, ki.id)";

/// The person of an employment is not archived. Few are: a set of them costs less than a join.
const NOT_GONE: &str =
    "e.person_id NOT IN (SELECT gone.id FROM person gone WHERE gone.archived_at IS NOT NULL)";

/// Those who may be counted, before two records of one are made one.
struct Candidates {
    id: &'static str,
    owner: &'static str,
    /// What lists are sorted by.
    name: &'static str,
    /// Tables and conditions, from `FROM` on.
    rows: String,
}

/// A statement as it grows; values are never written into its text.
pub(super) struct Sql<'a> {
    question: &'a Question,
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl<'a> Sql<'a> {
    fn empty(question: &'a Question, db: &impl ConnectionTrait) -> Self {
        Self {
            question,
            backend: db.get_database_backend(),
            text: String::new(),
            values: Vec::new(),
        }
    }

    /// Begins with `member`, which tells one thing more where it is asked.
    pub(super) fn new(question: &'a Question, db: &impl ConnectionTrait, also: Also) -> Self {
        let mut sql = Self::empty(question, db);
        let leave = match also {
            Also::Nothing => String::new(),
            Also::Leave => sql.is_away(),
        };
        let Candidates {
            id, owner, rows, ..
        } = sql.candidates("employment e, institution i", NOT_GONE);
        let counts = sql.counts("c.id");
        // The grouping is for nobody who is employed by the rules: it keeps a double record from
        // counting somebody twice.
        sql.push(&format!(
            "WITH candidate AS (SELECT {id} AS id, {owner} AS owner{leave} {rows} \
             GROUP BY {id}, {owner}), \
             member AS (SELECT c.*, CASE WHEN {counts} THEN 1 ELSE 0 END AS is_counted \
             FROM candidate c) "
        ));
        sql
    }

    /// Some of those who may be counted, by name.
    pub(super) fn page(
        question: &'a Question,
        db: &impl ConnectionTrait,
        shown: Shown,
        slice: Slice,
    ) -> Self {
        let mut sql = Self::empty(question, db);
        // SQLite joins in the order written: a city's people are read by name until the page is
        // full, an institution's all and sorted. PostgreSQL chooses by itself.
        let Candidates {
            id,
            owner,
            name,
            rows,
        } = sql.candidates(
            match question.slice.institution {
                None => "person p CROSS JOIN employment e CROSS JOIN institution i",
                Some(_) => "institution i CROSS JOIN employment e CROSS JOIN person p",
            },
            "p.id = e.person_id AND p.archived_at IS NULL",
        );
        let counts = sql.counts(id);
        let (is_counted, which) = match shown {
            Shown::All => (
                format!("CASE WHEN {counts} THEN 1 ELSE 0 END"),
                String::new(),
            ),
            Shown::Counted => ("1".to_owned(), format!(" AND {counts}")),
            Shown::Uncounted => ("0".to_owned(), format!(" AND NOT ({counts})")),
        };
        let limit = sql.bind(i64::try_from(slice.limit).unwrap_or(i64::MAX));
        let offset = sql.bind(i64::try_from(slice.offset).unwrap_or(i64::MAX));
        sql.push(&format!(
            "SELECT {id} AS id, {owner} AS owner, {is_counted} AS is_counted {rows}{which} \
             ORDER BY {name}, {id} LIMIT {limit} OFFSET {offset}"
        ));
        sql
    }

    /// The events by which some people count; `None` by evidence that is no event.
    pub(super) fn parts(
        question: &'a Question,
        db: &impl ConnectionTrait,
        people: &[Uuid],
    ) -> Option<Self> {
        let mut sql = Self::empty(question, db);
        let people = sql.bind_all(people.iter().copied());
        let (role, from) = match question.definition.evidence {
            Evidence::Dissemination => ("r.role", sql.talks(&people)),
            Evidence::Training => ("''", sql.trainings(&format!("IN ({people})"))),
            Evidence::Qualification | Evidence::ReadyKit => return None,
        };
        sql.push(&format!(
            "SELECT a.person_id AS person, t.event_id AS event, v.title, t.held_on, \
             {role} AS role, a.seconds {from} ORDER BY t.held_on, t.event_id, role"
        ));
        Some(sql)
    }

    /// The kits by which some institutions count; `None` by other evidence.
    pub(super) fn kits(
        question: &'a Question,
        db: &impl ConnectionTrait,
        institutions: &[Uuid],
    ) -> Option<Self> {
        if question.definition.evidence != Evidence::ReadyKit {
            return None;
        }
        let mut sql = Self::empty(question, db);
        let some = sql.bind_all(institutions.iter().copied());
        let kits = sql.ready_kits();
        sql.push(&format!(
            "SELECT {KIT_OWNER} AS institution, k.id, k.name, t.tested_on {kits} \
             AND {KIT_OWNER} IN ({some}) ORDER BY k.name, k.id"
        ));
        Some(sql)
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A place for a value; both databases read `$1`.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn bind_all<T: Into<Value>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        if places.is_empty() {
            // An empty list is no SQL; nothing equals NULL.
            "NULL".to_owned()
        } else {
            places.join(", ")
        }
    }

    pub(super) fn statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend, self.text, self.values)
    }

    /// Of `employment e` and `institution i` among other tables, where people are counted; `present` says
    /// that the person is not archived.
    fn candidates(&mut self, tables: &str, present: &str) -> Candidates {
        match &self.question.definition.who {
            Who::Institutions(kinds) => Candidates {
                id: "i.id",
                owner: "i.id",
                name: "i.search_name",
                rows: self.institutions(kinds),
            },
            _ => Candidates {
                id: "e.person_id",
                owner: OWNER,
                name: "p.search_name",
                rows: self.people(tables, present),
            },
        }
    }

    /// Whether one counts, of whom `whose` is the id.
    fn counts(&mut self, whose: &str) -> String {
        match self.question.definition.evidence {
            Evidence::Qualification => self.documents(whose),
            Evidence::Dissemination => {
                let talkers = self.talkers();
                // PostgreSQL takes a bare IN for a join with one or two rows, and compares everybody
                // with each of hundreds.
                format!("({whose} IN ({talkers})) IS TRUE")
            }
            Evidence::Training => {
                let trainings = self.trainings(&format!("= {whose}"));
                format!("EXISTS (SELECT 1 {trainings})")
            }
            Evidence::ReadyKit => {
                let kits = self.ready_kits();
                format!("{whose} IN (SELECT {KIT_OWNER} {kits})")
            }
        }
    }

    fn institutions(&mut self, kinds: &[InstitutionKind]) -> String {
        let kinds = self.bind_all(
            kinds
                .iter()
                .filter(|kind| kind.is_education())
                .map(|kind| kind.as_str()),
        );
        let mut text = format!(
            "FROM institution i \
             WHERE i.building_of IS NULL AND i.municipal AND i.archived_at IS NULL \
             AND i.kind IN ({kinds})"
        );
        if let Some(id) = self.question.slice.institution {
            text += &format!(" AND i.id = {}", self.bind(id));
        }
        // A school has neither a position nor a subject.
        if self.question.slice.position.is_some() || self.question.slice.subject.is_some() {
            text += " AND 1 = 0";
        }
        text
    }

    fn people(&mut self, tables: &str, present: &str) -> String {
        let question = self.question;
        let education = self.bind_all(
            InstitutionKind::ALL
                .into_iter()
                .filter(|kind| kind.is_education())
                .map(InstitutionKind::as_str),
        );
        let active = self.lasts("e.from_date", "e.to_date");
        // Few positions belong to a group: a set of them costs less than a join.
        let mut text = format!(
            "FROM {tables} \
             WHERE i.id = e.institution_id AND e.is_main AND {active} AND {present} \
             AND i.municipal AND i.archived_at IS NULL AND i.kind IN ({education})"
        );
        match &question.definition.who {
            Who::Groups(groups) => {
                let groups = self.bind_all(groups.iter().map(|group| group.as_str()));
                text += &format!(
                    " AND e.position_code IN (SELECT q.code FROM position q \
                     WHERE q.position_group IN ({groups}))"
                );
            }
            Who::Positions(codes) => {
                let codes = self.bind_all(codes.iter().map(String::as_str));
                text += &format!(" AND e.position_code IN ({codes})");
            }
            Who::AssociationHeads => {
                text += " AND EXISTS (SELECT 1 FROM association a WHERE a.archived_at IS NULL \
                         AND (a.head_id = e.person_id OR a.stand_in_id = e.person_id))";
            }
            Who::TeacherLeaders => {
                let day = self.bind(question.day);
                text += &format!(
                    " AND EXISTS (SELECT 1 FROM teacher_leader l \
                     WHERE l.person_id = e.person_id AND l.since <= {day})"
                );
            }
            Who::Institutions(_) => text += " AND 1 = 0",
        }
        if let Some(id) = question.slice.institution {
            let id = self.bind(id);
            text += &format!(" AND (i.id = {id} OR i.building_of = {id})");
        }
        if let Some(code) = &question.slice.position {
            text += &format!(" AND e.position_code = {}", self.bind(code.as_str()));
        }
        if let Some(subject) = &question.slice.subject {
            let subject = self.bind(subject.as_str());
            let belongs = self.lasts("m.since", "m.until");
            text += &format!(
                " AND EXISTS (SELECT 1 FROM association_member m \
                 JOIN association a ON a.id = m.association_id \
                 WHERE m.person_id = e.person_id AND a.subject = {subject} AND {belongs})"
            );
        }
        if question.without_parental_leave {
            let leave = self.leave();
            text += &format!(" AND NOT {leave}");
        }
        text
    }

    /// `is_away` of candidates.
    fn is_away(&mut self) -> String {
        match self.question.definition.who {
            Who::Institutions(_) => ", 0 AS is_away".to_owned(),
            _ => format!(
                ", MIN(CASE WHEN {} THEN 1 ELSE 0 END) AS is_away",
                self.leave()
            ),
        }
    }

    /// The employment of `e` rests for a child.
    fn leave(&mut self) -> String {
        let lasts = self.lasts("l.from_date", "l.to_date");
        format!(
            "EXISTS (SELECT 1 FROM employment_leave l \
             WHERE l.employment_id = e.id AND l.kind = 'parental' AND {lasts})"
        )
    }

    /// The day lies between two columns, the second of which may be empty.
    fn lasts(&mut self, from: &str, to: &str) -> String {
        let day = self.bind(self.question.day);
        format!("{from} <= {day} AND ({to} IS NULL OR {to} >= {day})")
    }

    fn documents(&mut self, whose: &str) -> String {
        let day = self.bind(self.question.day);
        let kinds: Vec<String> = Kind::ALL
            .into_iter()
            .filter_map(|kind| {
                let hours = kind.fewest_hours()?;
                Some(format!(
                    "d.kind = '{}' AND d.hours >= {hours}",
                    kind.as_str()
                ))
            })
            .collect();
        format!(
            "EXISTS (SELECT 1 FROM professional_development d WHERE d.person_id = {whose} \
             AND d.valid_until >= {day} AND d.issued_on <= {day} AND d.verified_at IS NOT NULL \
             AND ({}))",
            kinds.join(" OR ")
        )
    }

    /// Ids of all who passed on experience this year up to the day.
    fn talkers(&mut self) -> String {
        let held = self.held();
        let passes_on = self.passes_on();
        format!(
            "WITH t AS MATERIALIZED (SELECT t.event_id FROM tally t WHERE {held}) \
             SELECT r.person_id FROM t CROSS JOIN event_role r CROSS JOIN attendance a \
             CROSS JOIN event v WHERE r.event_id = t.event_id AND {passes_on}"
        )
    }

    /// The parts by which some people did.
    fn talks(&mut self, people: &str) -> String {
        let held = self.held();
        let passes_on = self.passes_on();
        format!(
            "FROM event_role r CROSS JOIN tally t CROSS JOIN attendance a CROSS JOIN event v \
             WHERE r.person_id IN ({people}) AND t.event_id = r.event_id AND {held} AND {passes_on}"
        )
    }

    /// The part `r` in the event `v` passes on experience: it was confirmed by another, of somebody who
    /// was there.
    fn passes_on(&mut self) -> String {
        let question = self.question;
        let roles: Vec<String> = question
            .settings
            .disseminating
            .iter()
            .map(|one| {
                let role = self.bind(one.role.as_str());
                if one.kinds.is_empty() {
                    format!("r.role = {role}")
                } else {
                    let kinds = self.bind_all(one.kinds.iter().map(|kind| kind.as_str()));
                    format!("r.role = {role} AND v.kind IN ({kinds})")
                }
            })
            .collect();
        let roles = if roles.is_empty() {
            "1 = 0".to_owned()
        } else {
            roles.join(" OR ")
        };
        format!(
            "a.event_id = r.event_id AND a.person_id = r.person_id AND a.seconds > 0 \
             AND v.id = r.event_id AND r.confirmed_by IS NOT NULL \
             AND r.confirmed_by <> r.person_id AND ({roles})"
        )
    }

    /// The event of `t` took place this year up to the day, with listeners of enough institutions. What it
    /// does not tell of them is counted.
    fn held(&mut self) -> String {
        let day = self.question.day;
        let first = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
        let (first, day) = (self.bind(first), self.bind(day));
        let least = self.bind(i64::from(self.question.settings.listener_institutions));
        let reach = reach_of("t");
        format!(
            "t.held_on >= {first} AND t.held_on <= {day} AND t.seconds > 0 \
             AND CASE WHEN t.listener_institutions IS NULL THEN ({reach}) \
             ELSE t.listener_institutions END >= {least}"
        )
    }

    /// Trainings up to the day at which somebody listened for long enough, of whose id `whose` is told.
    fn trainings(&mut self, whose: &str) -> String {
        let day = self.bind(self.question.day);
        let share = self.bind(i64::from(self.question.settings.listener_share));
        format!(
            "FROM attendance a \
             JOIN tally t ON t.event_id = a.event_id \
             JOIN event v ON v.id = t.event_id AND v.kind = 'training' \
             WHERE a.person_id {whose} AND t.held_on <= {day} AND t.seconds > 0 AND a.seconds > 0 \
             AND a.seconds * 100 >= t.seconds * {share} AND {}",
            only_listens("a")
        )
    }

    /// Kits that are ready, each with the test `t` that says so. Of two records of one day the later
    /// counts: ids grow with time.
    fn ready_kits(&mut self) -> String {
        let question = self.question;
        let day = self.bind(question.day);
        let fresh = question
            .day
            .checked_sub_days(Days::new(question.settings.readiness_days.into()))
            .unwrap_or(NaiveDate::MIN);
        let fresh = self.bind(fresh);
        format!(
            "FROM kit k JOIN institution ki ON ki.id = k.institution_id \
             JOIN readiness_test t ON t.kit_id = k.id \
             WHERE k.archived_at IS NULL AND k.has_camera AND k.has_speakerphone \
             AND k.has_computer AND k.has_channel \
             AND (SELECT s.status FROM kit_status s WHERE s.kit_id = k.id AND s.since <= {day} \
                 ORDER BY s.since DESC, s.id DESC LIMIT 1) = 'ready' \
             AND t.passed AND t.tested_on <= {day} AND t.tested_on >= {fresh} \
             AND NOT EXISTS (SELECT 1 FROM readiness_test u WHERE u.kit_id = k.id \
                 AND u.tested_on <= {day} AND (u.tested_on > t.tested_on \
                     OR (u.tested_on = t.tested_on AND u.id > t.id)))"
        )
    }
}
