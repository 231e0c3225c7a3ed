//! The building blocks of indicators as a common table expression: `member` says who may be counted,
//! where they belong, and whether they are (`is_counted`, 1 or 0).
//!
//! What counts somebody is asked for each member, by an index: there are fewer of them than documents
//! and attendances of ten years.

use chrono::{Datelike, Days, NaiveDate};
use kafedra_model::{
    InstitutionKind,
    indicator::{Evidence, Question, Who},
    professional_development::Kind,
};
use sea_orm::{ConnectionTrait, Statement, Value, prelude::Uuid};

/// What `member` tells besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Also {
    Nothing,
    /// `is_away`: 1 for those on parental leave, else 0.
    Leave,
    /// `name`: as lists are sorted by it.
    Name,
}

/// The legal entity of an institution `i`.
const OWNER: &str = "COALESCE(i.building_of, i.id)";

/// A statement as it grows; values are never written into its text.
pub(super) struct Sql<'a> {
    question: &'a Question,
    text: String,
    values: Vec<Value>,
}

impl<'a> Sql<'a> {
    /// Begins with `member`, which tells one thing more where it is asked.
    pub(super) fn new(question: &'a Question, also: Also) -> Self {
        let mut sql = Self {
            question,
            text: String::new(),
            values: Vec::new(),
        };
        let candidate = match &question.definition.who {
            Who::Institutions(kinds) => sql.institutions(kinds, also),
            _ => sql.people(also),
        };
        let counts = match question.definition.evidence {
            Evidence::Qualification => sql.documents(),
            Evidence::Dissemination => {
                let talks = sql.talks(None);
                format!("c.id IN (SELECT r.person_id {talks})")
            }
            Evidence::Training => {
                let trainings = sql.trainings("= c.id");
                format!("EXISTS (SELECT 1 {trainings})")
            }
            Evidence::ReadyKit => sql.kits(),
        };
        // A list reads its members twice, to show some and to count all.
        let (also, kept) = match also {
            Also::Nothing => ("", ""),
            Also::Leave => (", c.is_away", ""),
            Also::Name => (", c.name", "MATERIALIZED "),
        };
        sql.push(&format!(
            "WITH candidate AS ({candidate}), member AS {kept}(\
             SELECT c.id, c.owner{also}, CASE WHEN {counts} THEN 1 ELSE 0 END AS is_counted \
             FROM candidate c) "
        ));
        sql
    }

    /// The events by which some people count; `None` by evidence that is no event.
    pub(super) fn parts(question: &'a Question, people: &[Uuid]) -> Option<Self> {
        let mut sql = Self {
            question,
            text: String::new(),
            values: Vec::new(),
        };
        let people = sql.bind_all(people.iter().copied());
        let (role, from) = match question.definition.evidence {
            Evidence::Dissemination => ("r.role", sql.talks(Some(&people))),
            Evidence::Training => ("''", sql.trainings(&format!("IN ({people})"))),
            Evidence::Qualification | Evidence::ReadyKit => return None,
        };
        sql.push(&format!(
            "SELECT a.person_id AS person, t.event_id AS event, v.title, t.held_on, \
             {role} AS role, a.seconds {from} ORDER BY t.held_on, t.event_id, role"
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

    pub(super) fn statement(self, db: &impl ConnectionTrait) -> Statement {
        Statement::from_sql_and_values(db.get_database_backend(), self.text, self.values)
    }

    fn institutions(&mut self, kinds: &[InstitutionKind], also: Also) -> String {
        let also = match also {
            Also::Nothing => "",
            Also::Leave => ", 0 AS is_away",
            Also::Name => ", i.search_name AS name",
        };
        let kinds = self.bind_all(
            kinds
                .iter()
                .filter(|kind| kind.is_education())
                .map(|kind| kind.as_str()),
        );
        let mut text = format!(
            "SELECT i.id, i.id AS owner{also} FROM institution i \
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

    /// The grouping is for nobody who is employed by the rules: it keeps a double record from counting
    /// somebody twice.
    fn people(&mut self, also: Also) -> String {
        let question = self.question;
        let also = match also {
            Also::Nothing => String::new(),
            Also::Leave => format!(
                ", MIN(CASE WHEN {} THEN 1 ELSE 0 END) AS is_away",
                self.leave()
            ),
            Also::Name => ", MIN(p.search_name) AS name".to_owned(),
        };
        let education = self.bind_all(
            InstitutionKind::ALL
                .into_iter()
                .filter(|kind| kind.is_education())
                .map(InstitutionKind::as_str),
        );
        let active = self.lasts("e.from_date", "e.to_date");
        let mut text = format!(
            "SELECT e.person_id AS id, {OWNER} AS owner{also} \
             FROM employment e JOIN institution i ON i.id = e.institution_id \
             JOIN person p ON p.id = e.person_id \
             JOIN position q ON q.code = e.position_code \
             WHERE e.is_main AND {active} AND p.archived_at IS NULL \
             AND i.municipal AND i.archived_at IS NULL AND i.kind IN ({education})"
        );
        match &question.definition.who {
            Who::Groups(groups) => {
                let groups = self.bind_all(groups.iter().map(|group| group.as_str()));
                text += &format!(" AND q.position_group IN ({groups})");
            }
            Who::Positions(codes) => {
                let codes = self.bind_all(codes.iter().map(String::as_str));
                text += &format!(" AND e.position_code IN ({codes})");
            }
            Who::AssociationHeads => {
                text += " AND EXISTS (SELECT 1 FROM association a WHERE a.archived_at IS NULL \
                         AND (a.head_id = p.id OR a.stand_in_id = p.id))";
            }
            Who::TeacherLeaders => {
                let day = self.bind(question.day);
                text += &format!(
                    " AND EXISTS (SELECT 1 FROM teacher_leader l \
                     WHERE l.person_id = p.id AND l.since <= {day})"
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
                 WHERE m.person_id = p.id AND a.subject = {subject} AND {belongs})"
            );
        }
        if question.without_parental_leave {
            let leave = self.leave();
            text += &format!(" AND NOT {leave}");
        }
        text + &format!(" GROUP BY e.person_id, {OWNER}")
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

    fn documents(&mut self) -> String {
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
            "EXISTS (SELECT 1 FROM professional_development d WHERE d.person_id = c.id \
             AND d.valid_until >= {day} AND d.issued_on <= {day} AND d.verified_at IS NOT NULL \
             AND ({}))",
            kinds.join(" OR ")
        )
    }

    /// Parts in events of the year up to the day that pass on experience, confirmed by another,
    /// of those who were there, where listeners of enough institutions were there too; everybody's, or
    /// those of some people.
    fn talks(&mut self, people: Option<&str>) -> String {
        let question = self.question;
        let first = NaiveDate::from_ymd_opt(question.day.year(), 1, 1).unwrap_or(question.day);
        let first = self.bind(first);
        let day = self.bind(question.day);
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
        let held = self.held(&first, &day, people);
        let own = people.map_or_else(String::new, |people| {
            format!(" AND r.person_id IN ({people})")
        });
        format!(
            "FROM tally t \
             CROSS JOIN event v CROSS JOIN event_role r CROSS JOIN attendance a \
             WHERE t.held_on >= {first} AND t.held_on <= {day} AND t.seconds > 0 \
             AND v.id = t.event_id AND r.event_id = t.event_id \
             AND a.event_id = t.event_id AND a.person_id = r.person_id \
             AND a.seconds > 0 AND r.confirmed_by IS NOT NULL AND r.confirmed_by <> r.person_id \
             AND ({roles}){own} AND {held}"
        )
    }

    /// Listeners of enough institutions were at the event of `t`, which took place between two days.
    fn held(&mut self, first: &str, last: &str, people: Option<&str>) -> String {
        let least = self.question.settings.listener_institutions;
        if least == 0 {
            return "1 = 1".to_owned();
        }
        let least = self.bind(i64::from(least));
        let own = people.map_or_else(String::new, |people| {
            format!(
                " AND ht.event_id IN (SELECT hr.event_id FROM event_role hr \
                 WHERE hr.person_id IN ({people}))"
            )
        });
        // Of all events at once: asked for each, PostgreSQL reads all employments again and again.
        // SQLite joins by CROSS JOIN in the order written; by itself it begins with all employments.
        format!(
            "t.event_id IN (SELECT ht.event_id FROM tally ht \
             CROSS JOIN attendance ha CROSS JOIN employment he CROSS JOIN institution hi \
             WHERE ht.held_on >= {first} AND ht.held_on <= {last} AND ht.seconds > 0 \
             AND ha.event_id = ht.event_id AND ha.seconds > 0 \
             AND he.person_id = ha.person_id AND he.is_main \
             AND he.from_date <= ht.held_on AND (he.to_date IS NULL OR he.to_date >= ht.held_on) \
             AND hi.id = he.institution_id{own} AND {} \
             GROUP BY ht.event_id HAVING COUNT(DISTINCT COALESCE(hi.building_of, hi.id)) >= {least})",
            only_listens("ha")
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

    /// Of two records of one day the later counts: ids grow with time.
    fn kits(&mut self) -> String {
        let question = self.question;
        let day = self.bind(question.day);
        let fresh = question
            .day
            .checked_sub_days(Days::new(question.settings.readiness_days.into()))
            .unwrap_or(NaiveDate::MIN);
        let fresh = self.bind(fresh);
        format!(
            "c.id IN (SELECT {OWNER} FROM kit k \
             JOIN institution i ON i.id = k.institution_id \
             WHERE k.archived_at IS NULL AND k.has_camera AND k.has_speakerphone \
             AND k.has_computer AND k.has_channel \
             AND (SELECT s.status FROM kit_status s WHERE s.kit_id = k.id AND s.since <= {day} \
                 ORDER BY s.since DESC, s.id DESC LIMIT 1) = 'ready' \
             AND EXISTS (SELECT 1 FROM readiness_test t WHERE t.kit_id = k.id AND t.passed \
                 AND t.tested_on <= {day} AND t.tested_on >= {fresh} \
                 AND NOT EXISTS (SELECT 1 FROM readiness_test u WHERE u.kit_id = k.id \
                     AND u.tested_on <= {day} AND (u.tested_on > t.tested_on \
                         OR (u.tested_on = t.tested_on AND u.id > t.id)))))"
        )
    }
}

/// The person of an attendance has no other part in its event.
fn only_listens(attendance: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM event_role lr WHERE lr.event_id = {attendance}.event_id \
         AND lr.person_id = {attendance}.person_id AND lr.role <> 'listener')"
    )
}
