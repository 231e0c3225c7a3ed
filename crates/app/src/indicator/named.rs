//! Which indicators there are: those of every installation, and what it defined beside them.

use kafedra_model::{
    indicator::{Definition, Known, Source},
    passport::{ActualSource, Indicator as Planned, Passport},
};
use kafedra_store::own_indicator::{self, Model};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{ApiError, ApiResult, problem::NOT_FOUND};

#[derive(Debug, Clone)]
pub(crate) struct Indicator {
    /// What it is called in addresses, and what its quarters are signed under.
    pub key: String,
    /// One of the installation's own; `None` for those that every installation has.
    pub own: Option<Own>,
    /// In the passport; `None` for what the founding passport has no plan for.
    pub ordinal: Option<u32>,
    pub source: Source,
}

#[derive(Debug, Clone)]
pub(crate) struct Own {
    pub id: Uuid,
    pub name: String,
}

impl From<Known> for Indicator {
    fn from(known: Known) -> Self {
        Self {
            key: known.as_str().to_owned(),
            own: None,
            ordinal: known.ordinal(),
            source: Source::Computed(known.definition()),
        }
    }
}

impl TryFrom<Model> for Indicator {
    type Error = ApiError;

    fn try_from(row: Model) -> ApiResult<Self> {
        Ok(Self {
            key: row.id.to_string(),
            ordinal: None,
            source: serde_json::from_str(&row.source).map_err(ApiError::internal)?,
            own: Some(Own {
                id: row.id,
                name: row.name,
            }),
        })
    }
}

impl Indicator {
    /// How it is counted, or 404: what is entered by hand opens to nobody.
    pub fn definition(&self) -> ApiResult<&Definition> {
        let definition = self.source.definition();
        definition.ok_or_else(|| ApiError::new(&NOT_FOUND))
    }

    /// The passport's own row for it, where that is in the same unit.
    pub fn planned<'a>(&self, passport: Option<&'a Passport>) -> Option<&'a Planned> {
        let is_same = |one: &&Planned| match (self.ordinal, &one.source) {
            (Some(ordinal), _) => one.ordinal == ordinal,
            (None, Some(ActualSource::Computed(counted))) => {
                self.source.definition() == Some(counted)
            }
            (None, _) => false,
        };
        let row = passport?.indicators.iter().find(is_same)?;
        (row.unit == self.source.unit()).then_some(row)
    }
}

/// All of them: the passport's three, how many of each group were trained, the installation's own.
pub(crate) async fn all(db: &impl ConnectionTrait) -> ApiResult<Vec<Indicator>> {
    let own = own_indicator::all(db).await?;
    let known = Known::ALL.into_iter().map(|known| Ok(known.into()));
    known
        .chain(own.into_iter().map(Indicator::try_from))
        .collect()
}

/// The indicator of this key, or 404.
pub(crate) async fn find(db: &impl ConnectionTrait, key: &str) -> ApiResult<Indicator> {
    if let Some(known) = Known::parse(key) {
        return Ok(known.into());
    }
    own(db, key).await?.try_into()
}

/// The installation's own indicator of this key, or 404.
pub(super) async fn own(db: &impl ConnectionTrait, key: &str) -> ApiResult<Model> {
    let found = match Uuid::parse_str(key) {
        Ok(id) => own_indicator::find(db, id).await?,
        Err(_) => None,
    };
    found.ok_or_else(|| ApiError::new(&NOT_FOUND))
}
