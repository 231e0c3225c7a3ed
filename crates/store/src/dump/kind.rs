//! What a column holds, the same on both databases, and its values as JSON.

use sea_orm::{
    DbErr, QueryResult, Value as DbValue,
    prelude::{ChronoDate, ChronoDateTimeUtc, Uuid},
};
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Boolean,
    Date,
    Float,
    Integer,
    Json,
    Text,
    /// An instant; RFC 3339 in UTC.
    Timestamp,
    Uuid,
}

impl Kind {
    /// From a column's declared type: SQLite's as SeaORM writes it, PostgreSQL's as
    /// `information_schema` names it.
    pub(super) fn of(sql_type: &str) -> Option<Self> {
        let name = sql_type.to_ascii_lowercase();
        // «varchar(120)»: the length does not matter.
        let name = name.split('(').next().unwrap_or_default().trim();
        Some(match name {
            "boolean" => Self::Boolean,
            "date" | "date_text" => Self::Date,
            "double" | "real" | "float" | "double precision" => Self::Float,
            "tinyint" | "smallint" | "integer" | "bigint" => Self::Integer,
            "json" | "jsonb" | "json_text" | "jsonb_text" => Self::Json,
            "varchar" | "char" | "text" | "character varying" | "character" => Self::Text,
            "timestamp with time zone" | "timestamp_with_timezone_text" => Self::Timestamp,
            "uuid" | "uuid_text" => Self::Uuid,
            _ => return None,
        })
    }

    /// The expression that PostgreSQL is asked for: one width for all whole numbers, text for JSON.
    pub(super) fn postgres_cast(self) -> &'static str {
        match self {
            Self::Integer => "::bigint",
            Self::Float => "::double precision",
            Self::Json => "::text",
            _ => "",
        }
    }

    pub(crate) fn read(self, row: &QueryResult, column: &str) -> Result<Value, DbErr> {
        fn json<T: Into<Value>>(value: Option<T>) -> Value {
            value.map_or(Value::Null, Into::into)
        }
        Ok(match self {
            Self::Boolean => json(row.try_get::<Option<bool>>("", column)?),
            Self::Date => json(
                row.try_get::<Option<ChronoDate>>("", column)?
                    .map(|date| date.to_string()),
            ),
            Self::Float => json(row.try_get::<Option<f64>>("", column)?),
            Self::Integer => json(row.try_get::<Option<i64>>("", column)?),
            Self::Json => match row.try_get::<Option<String>>("", column)? {
                Some(text) => {
                    serde_json::from_str(&text).map_err(|error| DbErr::Json(error.to_string()))?
                }
                None => Value::Null,
            },
            Self::Text => json(row.try_get::<Option<String>>("", column)?),
            Self::Timestamp => json(
                row.try_get::<Option<ChronoDateTimeUtc>>("", column)?
                    .map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
            ),
            Self::Uuid => json(
                row.try_get::<Option<Uuid>>("", column)?
                    .map(|id| id.to_string()),
            ),
        })
    }

    /// # Errors
    ///
    /// In words: what was expected in place of the value.
    pub(crate) fn write(self, value: Value) -> Result<DbValue, String> {
        let null = value.is_null();
        let text = value.as_str();
        /// `None` for null, the parsed value otherwise, else what was expected.
        fn take<T>(null: bool, parsed: Option<T>, expected: &str) -> Result<Option<T>, String> {
            if null || parsed.is_some() {
                Ok(parsed)
            } else {
                Err(format!("{expected} was expected"))
            }
        }
        Ok(match self {
            Self::Boolean => take(null, value.as_bool(), "true or false")?.into(),
            Self::Date => take(
                null,
                text.and_then(|text| text.parse::<ChronoDate>().ok()),
                "a date",
            )?
            .into(),
            Self::Float => take(null, value.as_f64(), "a number")?.into(),
            Self::Integer => take(null, value.as_i64(), "a whole number")?.into(),
            Self::Json => DbValue::Json((!null).then(|| Box::new(value))),
            Self::Text => take(null, text.map(str::to_owned), "a text")?.into(),
            Self::Timestamp => take(
                null,
                text.and_then(|text| text.parse::<ChronoDateTimeUtc>().ok()),
                "an instant",
            )?
            .into(),
            Self::Uuid => take(
                null,
                text.and_then(|text| text.parse::<Uuid>().ok()),
                "an id",
            )?
            .into(),
        })
    }
}
