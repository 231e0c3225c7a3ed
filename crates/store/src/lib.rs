//! The database: connection, migrations, entities and queries, on SQLite and PostgreSQL alike.
//!
//! One noun, one module: its entity and the queries that handlers need, as plain async
//! functions over any [`ConnectionTrait`](sea_orm::ConnectionTrait), so that they run inside a transaction too.
//! Rules live in `kafedra-model`; nothing here decides what a person may do.
//!
//! Invariant: every query works on both databases; `tests/it` runs each on both.

pub mod access_log;
pub mod account;
pub mod actual_value;
pub mod association;
pub mod association_member;
pub mod attendance;
pub mod ballot;
mod bulk;
pub mod calendar_feed;
pub mod certificate;
pub mod change_request;
pub mod chat;
pub mod checkpoint_done;
pub mod connect;
pub mod connection;
pub mod consent;
pub mod deck;
pub mod document_scan;
pub mod dump;
pub mod employment;
pub mod employment_leave;
pub mod event;
pub mod event_kit;
pub mod event_role;
pub mod file;
pub mod guardian_consent;
pub mod guest;
pub mod import;
pub mod indicator;
pub mod indicator_signature;
pub mod installation;
pub mod institution;
pub mod invitation;
pub mod invitee;
pub mod invitee_group;
pub mod job;
pub mod kit;
pub mod kit_device;
pub mod kit_pairing;
pub mod kit_status;
pub mod lesson;
pub mod letter;
pub mod letterhead;
pub mod material;
pub mod migrations;
pub mod minutes;
pub mod news;
pub mod notice;
pub mod number_sequence;
pub mod own_indicator;
pub mod own_indicator_value;
pub mod payment;
pub mod period_signature;
pub mod person;
pub mod poll;
pub mod position;
pub mod presence_check;
pub mod presence_confirmation;
pub mod presence_correction;
pub mod presence_match;
pub mod problem_report;
pub mod professional_development;
pub mod programme;
pub mod project;
pub mod project_evidence;
pub mod project_remark;
pub mod project_step;
pub mod project_version;
pub mod pupil;
pub mod qualification_category;
pub mod question;
pub mod readiness_test;
pub mod registration;
pub mod registration_form;
pub mod reminder;
pub mod role_grant;
pub mod room;
pub mod running_order;
pub mod school_class;
pub mod search;
pub mod seat;
pub mod series;
pub mod session;
pub mod showing;
pub mod slip;
pub mod snils;
pub mod task;
pub mod teacher_leader;
pub mod webhook;

pub use connect::{Store, StoreError, is_away};
