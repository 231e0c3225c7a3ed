//! Employments: who works where, as what, from when to when.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::{Locale, employment::Term};
use sea_orm::{
    ActiveValue::Set,
    Condition, ConnectionTrait, FromQueryResult, Order, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, Func, Query, SelectStatement},
};

use crate::{Connection, bulk, institution, person, position, search::IDS_A_QUERY};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub institution_id: Uuid,
    pub position_code: String,
    pub is_main: bool,
    pub from_date: ChronoDate,
    /// The last day, itself included; `None` while nobody knows it.
    pub to_date: Option<ChronoDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As the rules see it.
    pub fn term(&self) -> Term {
        Term {
            institution: self.institution_id,
            is_main: self.is_main,
            from: self.from_date,
            to: self.to_date,
        }
    }

    /// Whether the person works there on `day` or will later.
    pub fn lasts(&self, day: NaiveDate) -> bool {
        self.term().lasts(day)
    }
}

/// What is written about an employment; checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub institution_id: Uuid,
    pub position_code: String,
    pub is_main: bool,
    pub from_date: NaiveDate,
    pub to_date: Option<NaiveDate>,
}

pub async fn create(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    draft: Draft,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        institution_id: Set(draft.institution_id),
        position_code: Set(draft.position_code),
        is_main: Set(draft.is_main),
        from_date: Set(draft.from_date),
        to_date: Set(draft.to_date),
    }
    .insert(db)
    .await
}

/// Adds employments under ids that were chosen for them.
///
/// # Errors
///
/// A unique constraint where somebody would have two main ones at once.
pub async fn create_all(db: &impl ConnectionTrait, rows: &[Model]) -> Result<(), DbErr> {
    let rows = rows.iter().cloned().map(ActiveModel::from);
    bulk::insert(db, rows).await
}

/// Writes the last day of one.
pub async fn end(
    db: &impl ConnectionTrait,
    id: Uuid,
    to_date: Option<NaiveDate>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ToDate, Expr::value(to_date))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Everybody's, past ones too.
pub async fn all(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
    bulk::read(db, Entity::find()).await
}

pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .all(db)
        .await
}

/// Employments of several people, for a page of them or the whole register.
pub async fn of_people(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let mut employments = Vec::new();
    for some in people.chunks(IDS_A_QUERY) {
        let found = Entity::find()
            .filter(Column::PersonId.is_in(some.iter().copied()))
            .all(db)
            .await?;
        employments.extend(found);
    }
    Ok(employments)
}

/// Employments of these ids, in no order; unknown ones left out.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_A_QUERY) {
        let of = Column::Id.is_in(some.iter().copied());
        rows.extend(Entity::find().filter(of).all(db).await?);
    }
    Ok(rows)
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Writes `draft` over the employment, its institution left as it is.
pub async fn update(db: &impl ConnectionTrait, id: Uuid, draft: Draft) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::PositionCode, Expr::value(draft.position_code))
        .col_expr(Column::IsMain, Expr::value(draft.is_main))
        .col_expr(Column::FromDate, Expr::value(draft.from_date))
        .col_expr(Column::ToDate, Expr::value(draft.to_date))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// The employment by which a list shows a person, out of those that last: the main one, else the
/// latest. [`institution_name`] and [`position_name`] order by the same.
pub fn shown(lasting: &[Model]) -> Option<&Model> {
    lasting
        .iter()
        .max_by_key(|row| (row.is_main, row.from_date, row.id))
}

/// Folded name of where the person of an outer query is shown to work on `day`, for ordering.
pub fn institution_name(day: NaiveDate) -> Expr {
    let of_employment = Expr::col((institution::Entity, institution::Column::Id))
        .equals((Entity, Column::InstitutionId));
    let mut name = of_shown(day);
    name.column((institution::Entity, institution::Column::SearchName))
        .inner_join(institution::Entity, of_employment);
    Expr::SubQuery(None, Box::new(name.into()))
}

/// As what the person of an outer query is shown to work on `day`, for ordering.
pub fn position_name(day: NaiveDate, locale: Locale) -> Expr {
    let of_employment = Expr::col((position::Entity, position::Column::Code))
        .equals((Entity, Column::PositionCode));
    let mut name = of_shown(day);
    name.column((
        position::Entity,
        match locale {
            Locale::Ru => position::Column::NameRu,
            Locale::En => position::Column::NameEn,
        },
    ))
    .inner_join(position::Entity, of_employment);
    Expr::SubQuery(None, Box::new(name.into()))
}

/// What [`shown`] picks for the person of an outer query; columns are up to the caller.
fn of_shown(day: NaiveDate) -> SelectStatement {
    let of_person =
        Expr::col((Entity, Column::PersonId)).equals((person::Entity, person::Column::Id));
    Query::select()
        .from(Entity)
        .and_where(of_person)
        .cond_where(lasts_on(day))
        .order_by((Entity, Column::IsMain), Order::Desc)
        .order_by((Entity, Column::FromDate), Order::Desc)
        .order_by((Entity, Column::Id), Order::Desc)
        .limit(1)
        .to_owned()
}

/// The condition of an employment that lasts on `day` or begins later.
pub(crate) fn lasts_on(day: NaiveDate) -> Condition {
    Condition::any()
        .add(Column::ToDate.is_null())
        .add(Column::ToDate.gte(day))
}

/// How many people work in the institution of an outer query on `day`, for ordering by it.
pub fn headcount(day: NaiveDate) -> Expr {
    let of_institution = Expr::col((Entity, Column::InstitutionId))
        .equals((institution::Entity, institution::Column::Id));
    let count = Query::select()
        .expr(Func::count_distinct(Expr::col((Entity, Column::PersonId))))
        .from(Entity)
        .and_where(of_institution)
        .cond_where(lasts_on(day))
        .to_owned();
    Expr::SubQuery(None, Box::new(count.into()))
}

#[derive(FromQueryResult)]
struct Headcount {
    institution_id: Uuid,
    people: i64,
}

/// How many people work in each of some institutions on `day`.
pub async fn headcounts(
    db: &impl ConnectionTrait,
    institutions: Vec<Uuid>,
    day: NaiveDate,
) -> Result<HashMap<Uuid, i64>, DbErr> {
    if institutions.is_empty() {
        return Ok(HashMap::new());
    }
    let counts = Entity::find()
        .select_only()
        .column(Column::InstitutionId)
        .expr_as(Func::count_distinct(Expr::col(Column::PersonId)), "people")
        .filter(Column::InstitutionId.is_in(institutions))
        .filter(lasts_on(day))
        .group_by(Column::InstitutionId)
        .into_model::<Headcount>()
        .all(db)
        .await?;
    Ok(counts
        .into_iter()
        .map(|count| (count.institution_id, count.people))
        .collect())
}

/// The employments by which people are [`shown`] on `day`, by person.
pub async fn main(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = Uuid>,
    day: NaiveDate,
) -> Result<HashMap<Uuid, Model>, DbErr> {
    let people: Vec<Uuid> = people.into_iter().collect();
    let mut rows = of_people(db, &people).await?;
    rows.retain(|row| row.from_date <= day && row.lasts(day));
    // The last of each wins.
    rows.sort_by_key(|row| (row.is_main, row.from_date, row.id));
    Ok(rows.into_iter().map(|row| (row.person_id, row)).collect())
}

/// Short names of the institutions of [`main`].
pub async fn main_institutions(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = Uuid>,
    day: NaiveDate,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let rows = main(db, people, day).await?;
    let ids = rows.values().map(|row| row.institution_id).collect();
    let names = institution::short_names(db, ids).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(person, row)| Some((person, names.get(&row.institution_id)?.clone())))
        .collect())
}

/// Who worked at an institution between two days, the second left out.
pub async fn staff(
    db: &impl ConnectionTrait,
    institution: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::PersonId)
        .distinct()
        .filter(Column::InstitutionId.eq(institution))
        .filter(Column::FromDate.lt(to))
        .filter(
            Condition::any()
                .add(Column::ToDate.is_null())
                .add(Column::ToDate.gte(from)),
        )
        .into_tuple()
        .all(db)
        .await
}

/// Every employment that lasts on `day` or begins later.
pub async fn lasting(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(lasts_on(day)).all(db).await
}
