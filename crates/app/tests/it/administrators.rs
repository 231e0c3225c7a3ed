//! The city never loses its last administrator, whatever happens at once.

use std::time::Duration;

use kafedra_model::{Role, Scope};
use kafedra_store::{person, role_grant};
use kafedra_testkit::{City, on_both};
use sea_orm::EntityTrait;
use serde_json::json;

/// The grants of the city's living administrators.
async fn administrators(city: &City) -> Vec<role_grant::Model> {
    let db = &city.app.state.store.db;
    let mut grants = role_grant::Entity::find().all(db).await.expect("grants");
    let living: Vec<_> = person::Entity::find()
        .all(db)
        .await
        .expect("people")
        .into_iter()
        .filter(|person| person.archived_at.is_none())
        .map(|person| person.id)
        .collect();
    grants.retain(|grant| grant.role == "administrator" && living.contains(&grant.person_id));
    grants
}

#[tokio::test]
async fn two_administrators_who_take_the_role_from_each_other_at_once_leave_one() {
    on_both(|database| async move {
        let city = City::over(database).await;
        for _ in 0..10 {
            for login in ["admin", "teacher"] {
                let person = city.person(login);
                if !administrators(&city)
                    .await
                    .iter()
                    .any(|grant| grant.person_id == person)
                {
                    city.grant(person, Role::Administrator, Scope::City).await;
                }
            }
            let (one, other) = (
                city.signed_in("admin").await,
                city.signed_in("teacher").await,
            );
            let grants = administrators(&city).await;
            let grant_of = |login: &str| {
                let person = city.person(login);
                let grant = grants.iter().find(|grant| grant.person_id == person);
                format!("/api/grants/{}", grant.expect("a grant").id)
            };
            let (theirs, own) = (grant_of("teacher"), grant_of("admin"));
            let answers = tokio::join!(one.delete(&theirs), other.delete(&own));
            let statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
            assert_eq!(
                administrators(&city).await.len(),
                1,
                "answered {statuses:?}"
            );
            // The other one is the last by then, or no administrator any more.
            assert!(statuses.contains(&204), "{statuses:?}");
            assert!(
                statuses.contains(&409) || statuses.contains(&403),
                "{statuses:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn two_administrators_who_archive_each_other_at_once_leave_one() {
    on_both(|database| async move {
        let city = City::over(database).await;
        for _ in 0..10 {
            let first = city.new_teacher(city.school).await;
            city.grant(first, Role::Administrator, Scope::City).await;
            let second = administrators(&city)
                .await
                .into_iter()
                .find(|grant| grant.person_id != first)
                .expect("an administrator")
                .person_id;
            let (one, other) = (
                city.signed_in_as(first).await,
                city.signed_in_as(second).await,
            );
            let path = |person| format!("/api/people/{person}/archive");
            let (second, first) = (path(second), path(first));
            let answers = tokio::join!(one.post(&second, json!({})), other.post(&first, json!({})));
            let statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
            assert_eq!(
                administrators(&city).await.len(),
                1,
                "answered {statuses:?}"
            );
            assert!(statuses.contains(&200), "{statuses:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_second_waits_and_counts_what_the_first_left() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let (admin, teacher) = (city.person("admin"), city.person("teacher"));
        let own = administrators(&city).await[0].id;
        city.grant(teacher, Role::Administrator, Scope::City).await;
        let store = city.app.state.store.clone();
        let first = store.write().await.expect("a transaction");
        let left = role_grant::other_holders(&first, Role::Administrator, admin).await;
        assert_eq!(left.expect("a count"), 1);
        let second = tokio::spawn(async move {
            let second = store.write().await.expect("a transaction");
            let left = role_grant::other_holders(&second, Role::Administrator, teacher).await;
            left.expect("a count")
        });
        // Long enough for a count that does not wait.
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!second.is_finished());
        assert!(role_grant::delete(&first, own).await.expect("deleted"));
        first.commit().await.expect("a commit");
        assert_eq!(second.await.expect("a task"), 0);
    })
    .await;
}
