//! Where the value of an indicator comes from that an installation defined itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Base, Definition, Who};
use crate::passport::Unit;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = IndicatorSource)]
pub enum Source {
    /// Counted from the platform's own records.
    Computed(Definition),
    /// Entered by hand, quarter by quarter, with evidence.
    Entered(Unit),
}

impl Source {
    pub fn definition(&self) -> Option<&Definition> {
        match self {
            Self::Computed(definition) => Some(definition),
            Self::Entered(_) => None,
        }
    }

    /// With its lists in one order, so that two who mean the same are seen to.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        if let Self::Computed(definition) = &mut self {
            match &mut definition.who {
                Who::Groups(groups) => in_order(groups, |group| group.as_str().to_owned()),
                Who::Positions(codes) => in_order(codes, String::clone),
                Who::Institutions(kinds) => in_order(kinds, |kind| kind.as_str().to_owned()),
                Who::AssociationHeads | Who::TeacherLeaders => {}
            }
        }
        self
    }

    pub fn unit(&self) -> Unit {
        match self {
            Self::Computed(definition) => match definition.base {
                Base::Share => Unit::Percent,
                Base::Count => Unit::Count,
            },
            Self::Entered(unit) => *unit,
        }
    }
}

fn in_order<T: PartialEq>(list: &mut Vec<T>, name: impl FnMut(&T) -> String) {
    list.sort_by_key(name);
    list.dedup();
}
