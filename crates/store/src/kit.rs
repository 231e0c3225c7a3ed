//! Room kits: one camera and speakerphone for many people, at one institution.

use chrono::{DateTime, Utc};
use kafedra_model::name;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::ExprTrait,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub institution_id: Uuid,
    pub name: String,
    /// Which room of the building; empty when nobody said.
    pub place: String,
    /// Under which it sits in rooms.
    #[sea_orm(unique)]
    pub guest_id: Uuid,
    /// Signs the codes on its screen; hex.
    pub secret: String,
    pub created_at: ChronoDateTimeUtc,
    pub archived_at: Option<ChronoDateTimeUtc>,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
    pub has_camera: bool,
    pub has_speakerphone: bool,
    pub has_computer: bool,
    /// To the network, fast enough for a call.
    pub has_channel: bool,
    /// Empty when unknown.
    pub inventory_number: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written about a kit; cleaned and checked by the caller.
#[derive(Debug, Clone)]
pub struct Draft {
    pub name: String,
    pub place: String,
}

pub async fn create(
    db: &impl ConnectionTrait,
    institution: Uuid,
    guest: Uuid,
    secret: String,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        institution_id: Set(institution),
        name: Set(draft.name),
        place: Set(draft.place),
        guest_id: Set(guest),
        secret: Set(secret),
        created_at: Set(now),
        archived_at: Set(None),
        version: Set(1),
        has_camera: Set(false),
        has_speakerphone: Set(false),
        has_computer: Set(false),
        has_channel: Set(false),
        inventory_number: Set(String::new()),
    }
    .insert(db)
    .await
}

/// Everything there is.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().all(db).await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The kits with these ids, in no order; unknown ones left out.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}

/// Of these guests, those under which kits sit.
pub async fn of_guests(
    db: &impl ConnectionTrait,
    guests: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::GuestId.is_in(guests))
        .all(db)
        .await
}

/// Which kits a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words that the name must hold, as typed.
    pub words: String,
    pub institution: Option<Uuid>,
    pub archived: bool,
}

/// Kits by institution and name. A city has a few hundred at most.
pub async fn list(db: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<Model>, DbErr> {
    let mut select = Entity::find().filter(if filter.archived {
        Column::ArchivedAt.is_not_null()
    } else {
        Column::ArchivedAt.is_null()
    });
    if let Some(institution) = filter.institution {
        select = select.filter(Column::InstitutionId.eq(institution));
    }
    let words = name::fold(&filter.words);
    Ok(select
        .order_by_asc(Column::InstitutionId)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .filter(|kit| {
            let folded = name::fold(&format!("{} {}", kit.name, kit.place));
            words.split(' ').all(|word| folded.contains(word))
        })
        .collect())
}

/// Writes `draft` over version `version`; `false` when another edit came first.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    draft: Draft,
    archived_at: Option<DateTime<Utc>>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(draft.name))
        .col_expr(Column::Place, Expr::value(draft.place))
        .col_expr(Column::ArchivedAt, Expr::value(archived_at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What a kit consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equipment {
    pub has_camera: bool,
    pub has_speakerphone: bool,
    pub has_computer: bool,
    pub has_channel: bool,
    /// Empty when unknown.
    pub inventory_number: String,
}

pub async fn equip(db: &impl ConnectionTrait, id: Uuid, equipment: Equipment) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            has_camera: Set(equipment.has_camera),
            has_speakerphone: Set(equipment.has_speakerphone),
            has_computer: Set(equipment.has_computer),
            has_channel: Set(equipment.has_channel),
            inventory_number: Set(equipment.inventory_number),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}
