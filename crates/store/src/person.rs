//! People: teachers, managers, officials; with or without an account.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{Locale, name};
use sea_orm::{
    ActiveValue::Set,
    Condition, ConnectionTrait, Order, PaginatorTrait, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, NullOrdering, Query},
};

use crate::{
    Connection, bulk, employment, role_grant,
    search::{self, IDS_A_QUERY, Slice},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub family_name: String,
    pub given_name: String,
    pub patronymic: String,
    pub search_name: String,
    #[sea_orm(unique)]
    pub email: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    pub archived_at: Option<ChronoDateTimeUtc>,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
    pub birth_date: Option<ChronoDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// «Иванова Мария Петровна»; the patronymic is left out when unknown.
    pub fn full_name(&self) -> String {
        [&self.family_name, &self.given_name, &self.patronymic]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What is written about a person; cleaned and checked by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub family_name: String,
    pub given_name: String,
    /// Empty when unknown.
    pub patronymic: String,
    /// Lower case.
    pub email: Option<String>,
    pub birth_date: Option<NaiveDate>,
}

impl Draft {
    fn search_name(&self) -> String {
        name::fold_person(&self.family_name, &self.given_name, &self.patronymic)
    }

    fn row(self, id: Uuid, now: DateTime<Utc>) -> ActiveModel {
        ActiveModel {
            id: Set(id),
            search_name: Set(self.search_name()),
            family_name: Set(self.family_name),
            given_name: Set(self.given_name),
            patronymic: Set(self.patronymic),
            email: Set(self.email),
            created_at: Set(now),
            archived_at: Set(None),
            version: Set(1),
            birth_date: Set(self.birth_date),
        }
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    draft.row(Uuid::now_v7(), now).insert(db).await
}

/// Adds people under ids that were chosen for them.
///
/// # Errors
///
/// A unique constraint where an address is taken.
pub async fn create_all(
    db: &impl ConnectionTrait,
    people: Vec<(Uuid, Draft)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = people.into_iter().map(|(id, draft)| draft.row(id, now));
    bulk::insert(db, rows).await
}

/// People of these ids, in no order; unknown ones left out.
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

/// The people with these ids, in no order; archived ones too, unknown ones left out.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}

/// People of this family name, archived ones too, whatever the case and «ё».
pub async fn of_family_name(
    db: &impl ConnectionTrait,
    family_name: &str,
) -> Result<Vec<Model>, DbErr> {
    let family = name::fold(family_name);
    let mut rows = Entity::find()
        .filter(Column::SearchName.starts_with(&family))
        .all(db)
        .await?;
    rows.retain(|row| name::fold(&row.family_name) == family);
    Ok(rows)
}

pub async fn of_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Email.eq(email)).one(db).await
}

/// Which people a list shows.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Words that the full name must hold, as typed.
    pub words: String,
    /// Only people who work in one of these; `None` for everywhere.
    pub institutions: Option<Vec<Uuid>>,
    /// Only holders of this role.
    pub role: Option<String>,
    /// Archived people instead of living ones.
    pub archived: bool,
    /// The day on which an employment must last.
    pub day: NaiveDate,
    pub sort: Sort,
    /// From the last to the first.
    pub backwards: bool,
}

/// What a list is ordered by; equal ones by name. Who works nowhere comes last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    /// Of the employment that [`employment::shown`] picks.
    Institution,
    /// The same, by its name in this language.
    Position(Locale),
}

/// One page of people, and how many there are in all.
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    slice: Slice,
) -> Result<(Vec<Model>, u64), DbErr> {
    let mut condition = Condition::all()
        .add(search::all_words(Column::SearchName, &filter.words))
        .add(if filter.archived {
            Column::ArchivedAt.is_not_null()
        } else {
            Column::ArchivedAt.is_null()
        });
    if let Some(institutions) = &filter.institutions {
        condition = condition.add(work_at(institutions.clone(), filter.day));
    }
    if let Some(role) = &filter.role {
        condition = condition.add(
            Column::Id.in_subquery(
                Query::select()
                    .column(role_grant::Column::PersonId)
                    .from(role_grant::Entity)
                    .and_where(role_grant::Column::Role.eq(role))
                    .to_owned(),
            ),
        );
    }
    let select = Entity::find().filter(condition);
    let total = select.clone().count(db).await?;
    let order = if filter.backwards {
        Order::Desc
    } else {
        Order::Asc
    };
    let sorted = match filter.sort {
        Sort::Name => select.order_by(Column::SearchName, order),
        Sort::Institution => select.order_by_with_nulls(
            employment::institution_name(filter.day),
            order,
            NullOrdering::Last,
        ),
        Sort::Position(locale) => select.order_by_with_nulls(
            employment::position_name(filter.day, locale),
            order,
            NullOrdering::Last,
        ),
    };
    let rows = sorted
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}

/// Writes `draft` over version `version`; `false` when another edit came first.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    draft: Draft,
) -> Result<bool, DbErr> {
    let search_name = draft.search_name();
    let done = Entity::update_many()
        .col_expr(Column::FamilyName, Expr::value(draft.family_name))
        .col_expr(Column::GivenName, Expr::value(draft.given_name))
        .col_expr(Column::Patronymic, Expr::value(draft.patronymic))
        .col_expr(Column::Email, Expr::value(draft.email))
        .col_expr(Column::BirthDate, Expr::value(draft.birth_date))
        .col_expr(Column::SearchName, Expr::value(search_name))
        .col_expr(Column::Version, Expr::value(version + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Archives at a time, or restores with `None`.
pub async fn set_archived(
    db: &impl ConnectionTrait,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ArchivedAt, Expr::value(at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Whether somebody of this full name, folded, works at an institution on `day`.
pub async fn works_at(
    db: &impl ConnectionTrait,
    institution: Uuid,
    search_name: &str,
    day: NaiveDate,
) -> Result<bool, DbErr> {
    let count = Entity::find()
        .filter(Column::SearchName.eq(search_name))
        .filter(Column::ArchivedAt.is_null())
        .filter(work_at(vec![institution], day))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// People with an employment in one of `institutions` that lasts on `day`.
fn work_at(institutions: Vec<Uuid>, day: NaiveDate) -> Expr {
    Column::Id.in_subquery(
        Query::select()
            .column(employment::Column::PersonId)
            .from(employment::Entity)
            .and_where(employment::Column::InstitutionId.is_in(institutions))
            .cond_where(employment::lasts_on(day))
            .to_owned(),
    )
}

/// Fills in what a card does not have yet; what it has stays.
pub async fn fill_in(
    db: &impl ConnectionTrait,
    id: Uuid,
    email: Option<String>,
    birth_date: Option<NaiveDate>,
) -> Result<Option<Model>, DbErr> {
    let Some(row) = find(db, id).await? else {
        return Ok(None);
    };
    let filled = ActiveModel {
        email: Set(row.email.clone().or(email)),
        birth_date: Set(row.birth_date.or(birth_date)),
        version: Set(row.version + 1),
        ..row.into()
    };
    filled.update(db).await.map(Some)
}

/// Everybody, archived people too.
pub async fn all(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
    bulk::read(db, Entity::find()).await
}

/// Ids and folded full names of everyone who is not archived.
pub async fn search_names(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, String)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::SearchName)
        .filter(Column::ArchivedAt.is_null())
        .into_tuple()
        .all(db)
        .await
}

/// Every e-mail address that is taken.
pub async fn emails(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Email)
        .filter(Column::Email.is_not_null())
        .into_tuple()
        .all(db)
        .await
}
