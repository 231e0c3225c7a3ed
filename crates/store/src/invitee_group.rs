//! Groups that were invited to an event as a whole, and who belongs to one at a moment.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::invitee::Group;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::Query,
};

use crate::{association, association_member, employment, person};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitee_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub kind: String,
    pub target: String,
    pub invited_by: Uuid,
    pub invited_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// `None` for a kind of a newer version.
    pub fn group(&self) -> Option<Group> {
        Group::from_parts(&self.kind, &self.target)
    }
}

/// The group of an event, noted when it is invited for the first time.
pub async fn keep(
    db: &impl ConnectionTrait,
    event: Uuid,
    group: &Group,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let (kind, target) = group.parts();
    let known = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Target.eq(&target))
        .one(db)
        .await?;
    if let Some(known) = known {
        return Ok(known);
    }
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        kind: Set(kind.to_owned()),
        target: Set(target),
        invited_by: Set(by),
        invited_at: Set(now),
    }
    .insert(db)
    .await
}

/// In the order in which they were invited.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Who belongs to a group on `day`, archived people left out.
pub async fn members(
    db: &impl ConnectionTrait,
    group: &Group,
    day: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    let people = match group {
        Group::Institution(id) => working(day)
            .and_where(employment::Column::InstitutionId.eq(*id))
            .to_owned(),
        Group::Position(code) => working(day)
            .and_where(employment::Column::PositionCode.eq(code))
            .to_owned(),
        Group::Association(id) => belonging(day)
            .and_where(association_member::Column::AssociationId.eq(*id))
            .to_owned(),
        Group::Subject(subject) => {
            let associations = Query::select()
                .column(association::Column::Id)
                .from(association::Entity)
                .and_where(association::Column::Subject.eq(subject))
                .and_where(association::Column::ArchivedAt.is_null())
                .to_owned();
            belonging(day)
                .and_where(association_member::Column::AssociationId.in_subquery(associations))
                .to_owned()
        }
    };
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::ArchivedAt.is_null())
        .filter(person::Column::Id.in_subquery(people))
        .into_tuple()
        .all(db)
        .await
}

/// People with an employment on `day`.
fn working(day: NaiveDate) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(employment::Column::PersonId)
        .from(employment::Entity)
        .and_where(employment::Column::FromDate.lte(day))
        .cond_where(employment::lasts_on(day))
        .to_owned()
}

/// People who are members of an association on `day`.
fn belonging(day: NaiveDate) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(association_member::Column::PersonId)
        .from(association_member::Entity)
        .and_where(association_member::lasting(day))
        .to_owned()
}
