//! An invitation as its keeper sees it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_store::invitation::Model;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::schema;

/// A link that lets people join an institution.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    id: Uuid,
    institution_id: Uuid,
    /// Short name.
    institution_name: String,
    /// The position everyone gets; null where they choose it themselves.
    #[schema(required)]
    position_code: Option<String>,
    /// The role everyone gets in the institution.
    #[schema(required, value_type = Option<schema::Role>)]
    role: Option<String>,
    max_uses: i32,
    uses: i32,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// Can still be used.
    open: bool,
    /// Only in the answer that creates the invitation: the link is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Invitation {
    pub fn of(
        row: Model,
        names: &HashMap<Uuid, String>,
        now: DateTime<Utc>,
        url: Option<String>,
    ) -> Self {
        let open = row.is_open(now);
        let institution_id = row.institution_id.unwrap_or_default();
        Self {
            id: row.id,
            institution_id,
            institution_name: names.get(&institution_id).cloned().unwrap_or_default(),
            position_code: row.position_code,
            role: row.role,
            max_uses: row.max_uses,
            uses: row.uses,
            created_at: row.created_at,
            expires_at: row.expires_at,
            open,
            url,
        }
    }
}
