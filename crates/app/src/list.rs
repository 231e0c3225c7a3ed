//! Lists in pages: `{items, total, nextPage}`, or without the total.

use kafedra_store::search::Slice;
use serde::Serialize;
use utoipa::ToSchema;

/// Items per page unless the client asks for fewer or more.
const PER_PAGE: u64 = 50;
const MOST_PER_PAGE: u64 = 200;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// Number of the next page, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page: Option<u64>,
}

/// One page of a list whose length is told elsewhere.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Part<T> {
    pub items: Vec<T>,
    /// Number of the next page, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page: Option<u64>,
}

/// The page a client asked for; pages count from 1.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    page: u64,
    per_page: u64,
}

impl Paging {
    pub fn new(page: Option<u64>, per_page: Option<u64>) -> Self {
        Self {
            page: page.unwrap_or(1).clamp(1, 1_000_000),
            per_page: per_page.unwrap_or(PER_PAGE).clamp(1, MOST_PER_PAGE),
        }
    }

    pub fn slice(self) -> Slice {
        Slice {
            offset: (self.page - 1) * self.per_page,
            limit: self.per_page,
        }
    }

    /// The page and the first of the next, which tells that there is one.
    pub fn slice_and_next(self) -> Slice {
        Slice {
            limit: self.per_page + 1,
            ..self.slice()
        }
    }

    /// Of what [`Self::slice_and_next`] found.
    pub fn part<T>(self, mut items: Vec<T>) -> Part<T> {
        let per_page = usize::try_from(self.per_page).unwrap_or(usize::MAX);
        let next_page = (items.len() > per_page).then_some(self.page + 1);
        items.truncate(per_page);
        Part { items, next_page }
    }

    pub fn list<T>(self, items: Vec<T>, total: u64) -> List<T> {
        List {
            items,
            total,
            next_page: (self.page * self.per_page < total).then_some(self.page + 1),
        }
    }
}

/// What a list is asked to be ordered by, and whether from the last to the first: `-name` is
/// `name`, backwards.
pub fn sorting(asked: Option<&str>) -> (&str, bool) {
    let asked = asked.unwrap_or_default();
    match asked.strip_prefix('-') {
        Some(name) => (name, true),
        None => (asked, false),
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;

    #[test]
    fn one_more_than_a_page_tells_that_there_is_a_next() {
        let paging = Paging::new(Some(3), Some(2));
        let asked = paging.slice_and_next();
        assert_eq!((asked.offset, asked.limit), (4, 3));
        let part = paging.part(vec!["а", "б", "в"]);
        assert_eq!((part.items, part.next_page), (vec!["а", "б"], Some(4)));
        let last = paging.part(vec!["а", "б"]);
        assert_eq!((last.items, last.next_page), (vec!["а", "б"], None));
    }
}
