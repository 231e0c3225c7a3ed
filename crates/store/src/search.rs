//! Searching and paging, the same for every list.

use kafedra_model::name;
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{ExprTrait, LikeExpr},
};

/// Neither database takes any number of values in one query.
pub(crate) const IDS_A_QUERY: usize = 5000;

/// One page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    pub offset: u64,
    pub limit: u64,
}

impl Slice {
    /// The whole list at once.
    pub const ALL: Self = Self {
        offset: 0,
        limit: i64::MAX as u64,
    };
}

/// Every typed word must occur in `column`, which holds names folded by [`name::fold`].
pub fn all_words(column: impl ColumnTrait, typed: &str) -> Condition {
    name::fold(typed)
        .split(' ')
        .filter(|word| !word.is_empty())
        // More words only cost time: no name has so many.
        .take(8)
        .fold(Condition::all(), |condition, word| {
            let escaped = word
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_");
            condition.add(
                column
                    .into_expr()
                    .like(LikeExpr::new(format!("%{escaped}%")).escape('\\')),
            )
        })
}
