//! Employments: who works where, as what, from when to when.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::employment::Term;
use sea_orm::{
    ActiveValue::Set,
    Condition, ConnectionTrait, FromQueryResult, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, Func, Query},
};

use crate::institution;

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

pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .all(db)
        .await
}

/// Employments of several people, for a page of them.
pub async fn of_people(db: &impl ConnectionTrait, people: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find()
        .filter(Column::PersonId.is_in(people))
        .all(db)
        .await
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

/// How many people work in the institution of an outer query on `day`, for ordering by it.
pub fn headcount(day: NaiveDate) -> Expr {
    let lasting = Condition::any()
        .add(Column::ToDate.is_null())
        .add(Column::ToDate.gte(day));
    let of_institution = Expr::col((Entity, Column::InstitutionId))
        .equals((institution::Entity, institution::Column::Id));
    let count = Query::select()
        .expr(Func::count_distinct(Expr::col((Entity, Column::PersonId))))
        .from(Entity)
        .and_where(of_institution)
        .cond_where(lasting)
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
        .filter(
            Condition::any()
                .add(Column::ToDate.is_null())
                .add(Column::ToDate.gte(day)),
        )
        .group_by(Column::InstitutionId)
        .into_model::<Headcount>()
        .all(db)
        .await?;
    Ok(counts
        .into_iter()
        .map(|count| (count.institution_id, count.people))
        .collect())
}

/// Every employment that lasts on `day` or begins later.
pub async fn lasting(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(
            Condition::any()
                .add(Column::ToDate.is_null())
                .add(Column::ToDate.gte(day)),
        )
        .all(db)
        .await
}
