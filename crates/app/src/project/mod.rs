//! The project that the city runs: its passport with all versions, its way from draft to closed, what
//! was reached and spent, and how it stands.
//!
//! Everyone signed in reads it: staff should know how it goes. [`picture`] gathers all of it for
//! pages and papers. Rules are `kafedra_model::passport`'s; every change here starts with
//! [`current::Current`], which refuses what its state does not allow.
//!
//! To add a kind of fact: its table in `store`, a line in [`picture`], a file with its routes; where
//! it belongs to a quarter, it changes under a [`period::Seal`].

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod actual_value;
mod begin;
mod change_request;
mod checkpoint;
mod codes;
mod current;
mod evidence;
mod facts;
mod get;
mod papers;
mod passport;
mod payment;
mod period;
pub mod picture;
mod proof;
mod reading;
mod remark;
mod risk;
mod step;
mod validation;
mod version;

pub use actual_value::MOST;
pub use codes::{CODES, FIELD_CODES, VALUE};
pub use period::sign_off;
pub use picture::{BudgetRow, ProjectPicture, picture};
pub use reading::CODES as READING_CODES;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get, begin::begin))
        .routes(routes!(passport::put))
        .routes(routes!(version::list))
        .routes(routes!(version::get))
        .routes(routes!(validation::get, validation::check))
        .routes(routes!(step::step))
        .routes(routes!(step::decide))
        .routes(routes!(actual_value::put, actual_value::remove))
        .routes(routes!(period::history, period::sign))
        .routes(routes!(remark::list, remark::put))
        .routes(routes!(payment::add))
        .routes(routes!(payment::remove))
        .routes(routes!(checkpoint::put))
        .routes(routes!(evidence::add))
        .routes(routes!(evidence::add_to_value))
        .routes(routes!(evidence::file))
        .routes(routes!(evidence::remove))
        .routes(routes!(risk::put))
        .routes(routes!(change_request::list, change_request::create))
        .routes(routes!(
            change_request::get,
            change_request::put,
            change_request::remove
        ))
        .routes(routes!(change_request::submit))
        .routes(routes!(papers::paper))
        .routes(routes!(reading::reading))
        .merge(evidence::documents())
}
