//! Consents, invitations, slips, the access log, problem reports; the position dictionary.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use super::parts::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        grow_registers(manager).await?;
        create_consent(manager).await?;
        create_invitation(manager).await?;
        create_access_log(manager).await?;
        create_problem_report(manager).await?;
        seed_positions(manager).await
    }
}

async fn grow_registers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column) in [
        ("person", integer("version").default(1).take()),
        ("institution", integer("version").default(1).take()),
        ("institution", string("search_name").default("").take()),
    ] {
        manager
            .alter_table(Table::alter().table(table).add_column(column).to_owned())
            .await?;
    }
    let db = manager.get_connection();
    for statement in [
        // The rules refuse a second one in words; these hold where two requests race.
        "CREATE UNIQUE INDEX employment_one_main ON employment (person_id) \
         WHERE is_main AND to_date IS NULL",
        "CREATE UNIQUE INDEX role_grant_once_scoped \
         ON role_grant (person_id, role, scope_kind, scope_id) WHERE scope_id IS NOT NULL",
        "CREATE UNIQUE INDEX role_grant_once_city \
         ON role_grant (person_id, role) WHERE scope_id IS NULL",
    ] {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

async fn create_consent(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("consent")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(string("purpose"))
                .col(string("version"))
                .col(timestamp_with_time_zone("given_at"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_consent_person_id")
                        .from("consent", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "consent", &["person_id"]).await
}

async fn create_invitation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("slip")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(uuid("institution_id"))
                // Argon2id of the code: 49 random bits alone would not stand a stolen database.
                .col(string("code_hash").unique_key())
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .col(timestamp_with_time_zone_null("voided_at"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_slip_person_id")
                        .from("slip", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "slip", &["person_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("invitation")
                .col(uuid("id").primary_key())
                .col(string("token_hash").unique_key())
                .col(string("kind"))
                .col(uuid_null("institution_id"))
                .col(string_null("position_code"))
                .col(string_null("role"))
                .col(uuid_null("person_id"))
                .col(uuid_null("slip_id"))
                .col(integer("max_uses"))
                .col(integer("uses").default(0))
                .col(uuid_null("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_invitation_institution_id")
                        .from("invitation", "institution_id")
                        .to("institution", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_invitation_person_id")
                        .from("invitation", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "invitation", &["institution_id"]).await?;
    index(manager, "invitation", &["person_id"]).await
}

/// No foreign keys: the log outlives what it tells of.
async fn create_access_log(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("access_log")
                .col(uuid("id").primary_key())
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("actor_id"))
                .col(string("action"))
                .col(uuid_null("subject_id"))
                .col(string("details").default(""))
                .to_owned(),
        )
        .await?;
    for column in ["at", "actor_id", "subject_id"] {
        index(manager, "access_log", &[column]).await?;
    }
    let statements: &[&str] = match manager.get_database_backend() {
        DbBackend::Sqlite => &[
            "CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log \
             BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END",
            "CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log \
             BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END",
        ],
        _ => &[
            "CREATE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'access_log is append-only'; END $$",
            "CREATE TRIGGER access_log_no_change BEFORE UPDATE OR DELETE ON access_log \
             FOR EACH ROW EXECUTE FUNCTION access_log_refuse()",
            "CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON access_log \
             FOR EACH STATEMENT EXECUTE FUNCTION access_log_refuse()",
        ],
    };
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(statement)
            .await?;
    }
    Ok(())
}

async fn create_problem_report(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("problem_report")
                .col(uuid("id").primary_key())
                .col(timestamp_with_time_zone("created_at"))
                .col(uuid_null("person_id"))
                .col(string("reporter_name").default(""))
                .col(text("text"))
                .col(text("page"))
                .col(text("context"))
                .col(string("user_agent"))
                .to_owned(),
        )
        .await?;
    index(manager, "problem_report", &["created_at"]).await
}

async fn seed_positions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut insert = Query::insert()
        .into_table("position")
        .columns(["code", "name_ru", "name_en", "position_group"])
        .to_owned();
    for (code, ru, en, group) in POSITIONS {
        insert.values_panic([(*code).into(), (*ru).into(), (*en).into(), (*group).into()]);
    }
    manager.execute(insert).await
}

/// After the nomenclature of pedagogical and managerial positions in education (government
/// decree 225 of 21.02.2022), with the support staff a school register meets.
const POSITIONS: &[(&str, &str, &str, &str)] = &[
    ("teacher", "Учитель", "Teacher", "teaching"),
    (
        "teacher_primary",
        "Учитель начальных классов",
        "Primary school teacher",
        "teaching",
    ),
    (
        "kindergarten_teacher",
        "Воспитатель",
        "Kindergarten teacher",
        "teaching",
    ),
    (
        "senior_kindergarten_teacher",
        "Старший воспитатель",
        "Senior kindergarten teacher",
        "teaching",
    ),
    (
        "music_director",
        "Музыкальный руководитель",
        "Music director",
        "teaching",
    ),
    (
        "physical_instructor",
        "Инструктор по физической культуре",
        "Physical training instructor",
        "teaching",
    ),
    (
        "extended_education_teacher",
        "Педагог дополнительного образования",
        "Teacher of extended education",
        "teaching",
    ),
    (
        "psychologist",
        "Педагог-психолог",
        "Educational psychologist",
        "teaching",
    ),
    (
        "social_teacher",
        "Социальный педагог",
        "Social teacher",
        "teaching",
    ),
    (
        "organiser",
        "Педагог-организатор",
        "Activities organiser",
        "teaching",
    ),
    (
        "speech_therapist",
        "Учитель-логопед",
        "Speech therapist",
        "teaching",
    ),
    (
        "special_teacher",
        "Учитель-дефектолог",
        "Special needs teacher",
        "teaching",
    ),
    ("tutor", "Тьютор", "Tutor", "teaching"),
    (
        "librarian_teacher",
        "Педагог-библиотекарь",
        "Teacher librarian",
        "teaching",
    ),
    (
        "upbringing_adviser",
        "Советник директора по воспитанию",
        "Adviser on upbringing",
        "teaching",
    ),
    (
        "safety_teacher",
        "Преподаватель-организатор ОБЗР",
        "Safety and defence teacher",
        "teaching",
    ),
    ("concertmaster", "Концертмейстер", "Accompanist", "teaching"),
    ("coach_teacher", "Тренер-преподаватель", "Coach", "teaching"),
    ("methodologist", "Методист", "Methodologist", "teaching"),
    (
        "senior_methodologist",
        "Старший методист",
        "Senior methodologist",
        "teaching",
    ),
    (
        "director",
        "Директор",
        "Head of the institution",
        "management",
    ),
    (
        "kindergarten_head",
        "Заведующий",
        "Head of the kindergarten",
        "management",
    ),
    (
        "deputy_director",
        "Заместитель директора",
        "Deputy head",
        "management",
    ),
    (
        "department_head",
        "Руководитель структурного подразделения",
        "Head of a department",
        "management",
    ),
    (
        "official",
        "Специалист комитета по образованию",
        "Official of the education committee",
        "management",
    ),
    (
        "it_specialist",
        "Специалист по ИКТ",
        "ICT specialist",
        "support",
    ),
    (
        "laboratory_assistant",
        "Лаборант",
        "Laboratory assistant",
        "support",
    ),
    ("secretary", "Секретарь", "Secretary", "support"),
    ("librarian", "Библиотекарь", "Librarian", "support"),
    (
        "assistant_kindergarten_teacher",
        "Младший воспитатель",
        "Assistant kindergarten teacher",
        "support",
    ),
    (
        "caretaker",
        "Заведующий хозяйством",
        "Facilities manager",
        "support",
    ),
];
