//! Quarters of the project: signed, corrected, and what is said beside their figures.

use kafedra_testkit::on_both;
use serde_json::{Value, json};

use crate::{
    held::file,
    project::{document, executing, quarter, stands},
};

#[tokio::test]
async fn a_signed_period_is_frozen_and_a_correction_makes_a_revision() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let methodist = city.signed_in("methodist").await;
        let path = "/api/project/actual-values/1/2017/2";
        let typed = |value: i64, reason: &str| {
            json!({ "value": value, "evidence": "Отчёт ИМЦ № 5", "reason": reason })
        };
        methodist.put(path, typed(8_600, "")).await.refused("project.value_unproved");
        document(&methodist, path, "").await.ok();
        methodist
            .put(path, typed(10_001, ""))
            .await
            .refused_field("value", "project.value");
        methodist
            .put("/api/project/actual-values/1/2017/4", typed(8_600, ""))
            .await
            .refused_field("quarter", "date.future");
        methodist
            .put("/api/project/actual-values/9/2017/2", typed(8_600, ""))
            .await
            .refused("not_found");
        let counted = quarter(&stands(&official).await, 1, 2);
        assert_eq!((&counted["fact"], &counted["source"]), (&json!(0), &json!("computed")));
        let entered = quarter(&methodist.put(path, typed(8_514, "")).await.ok(), 1, 2);
        assert_eq!(
            [&entered["fact"], &entered["plan"], &entered["deviation"], &entered["percent"]],
            [&json!(8_514), &json!(8_600), &json!(-86), &json!(9_900)]
        );
        assert_eq!((&entered["light"], &entered["source"]), (&json!("yellow"), &json!("entered")));
        assert_eq!(entered["proofs"][0]["text"], "отчёт.png");
        assert_eq!(entered["computed"], 0);
        let pay = |kopecks: i64, reason: &str| {
            json!({
                "source": "city", "on": "2017-06-15", "kopecks": kopecks,
                "purpose": "Комплект", "reason": reason,
            })
        };
        methodist
            .post("/api/project/payments", pay(0, ""))
            .await
            .refused_field("kopecks", "project.amount");
        let paid = methodist
            .post("/api/project/payments", pay(12_345, ""))
            .await
            .ok();
        assert_eq!(paid["budget"]["total"]["factKopecks"], 12_345);

        let remarks = "/api/project/periods/2017/2/remarks";
        let remark = |seen: i32, reason: &str| {
            json!({
                "subject": { "kind": "indicator", "ordinal": 1 }, "version": seen,
                "cause": "Курсы перенесены", "reason": reason,
            })
        };
        let signatures = "/api/project/periods/2017/2/signatures";
        let sign = |seen: u32, reason: &str| json!({ "seenRevision": seen, "reason": reason });
        official
            .post("/api/project/periods/2017/3/signatures", sign(0, ""))
            .await
            .refused("indicator.quarter_not_over");
        methodist.post(signatures, sign(0, "")).await.refused("forbidden");
        let signed = official.post(signatures, sign(0, "")).await.ok();
        assert_eq!(signed["periods"][0]["revision"], 1);
        assert_eq!(signed["periods"][0]["signedBy"], "Громов Павел");
        assert_eq!(quarter(&signed, 1, 2)["signed"], true);
        // What the platform counts was signed on its own page too.
        let counted = official
            .get("/api/indicators/dissemination/signatures?year=2017")
            .await
            .ok();
        assert_eq!((&counted["total"], &counted["items"][0]["quarter"]), (&json!(1), &json!(2)));

        // Executors change nothing in it; a correction needs a reason.
        for refusal in [
            methodist.put(path, typed(8_700, "Ошибка")).await,
            methodist.delete(path).await,
            methodist.post("/api/project/payments", pay(1, "Ошибка")).await,
            document(&methodist, path, "Ошибка").await,
            methodist.put(remarks, remark(0, "Ошибка")).await,
        ] {
            refusal.refused("project.period_signed");
        }
        official
            .put(path, typed(8_700, ""))
            .await
            .refused_field("reason", "required");
        official.post(signatures, sign(0, "")).await.refused("indicator.signed_meanwhile");
        official
            .post(signatures, sign(1, ""))
            .await
            .refused_field("reason", "required");
        assert_eq!(quarter(&stands(&official).await, 1, 2)["fact"], 8_514);
        let corrected = official.put(path, typed(8_700, "Ошибка в отчёте")).await.ok();
        assert_eq!(quarter(&corrected, 1, 2)["fact"], 8_700);
        assert_eq!(corrected["periods"][0]["revision"], 2);
        let payment = corrected["payments"][0]["id"].as_str().expect("an id");
        let gone = format!("/api/project/payments/{payment}?reason=Не+тот+проект");
        official.delete(&gone).await.ok();
        document(&official, path, "").await.refused_field("reason", "required");
        document(&official, path, "Нашёлся приказ").await.ok();
        official.put(remarks, remark(0, "Причина названа")).await.ok();
        let history = official.get(signatures).await.ok();
        let told: Vec<_> = history["items"]
            .as_array()
            .expect("revisions")
            .iter()
            .map(|one| {
                (
                    one["figures"]["indicators"][0]["hundredths"].clone(),
                    one["figures"]["paidKopecks"].clone(),
                    one["reason"].clone(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (json!(8_514), json!(12_345), json!("")),
                (json!(8_700), json!(12_345), json!("Ошибка в отчёте")),
                (json!(8_700), json!(0), json!("Не тот проект")),
                (json!(8_700), json!(0), json!("Нашёлся приказ")),
                (json!(8_700), json!(0), json!("Причина названа")),
            ]
        );
        let figures = |place: usize| history["items"][place]["figures"].clone();
        let proofs = |place: usize| figures(place)["indicators"][0]["proofs"].as_array().map(Vec::len);
        assert_eq!([proofs(0), proofs(3)], [Some(1), Some(2)]);
        assert_eq!(figures(3)["remarks"], json!([]));
        assert_eq!(figures(4)["remarks"][0]["cause"], "Курсы перенесены");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_records_after_the_signature_is_shown_beside_it() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let signatures = "/api/project/periods/2017/2/signatures";
        official
            .post(signatures, json!({ "seenRevision": 0 }))
            .await
            .ok();
        // The committee corrects the platform's own figure on its page.
        let coordinator = city.signed_in("coordinator").await;
        let document = json!({
            "kind": "certificate", "registration": "1", "issuer": "ИРО",
            "issuedOn": "2016-03-01", "hours": 72,
        });
        let path = format!("/api/people/{}/documents", city.person("teacher"));
        let added = coordinator.post(&path, document).await.ok();
        let path = format!(
            "/api/documents/{}/verification",
            added["id"].as_str().expect("an id")
        );
        coordinator
            .put(&path, json!({ "verified": true, "version": 1 }))
            .await
            .ok();
        let correction =
            json!({ "year": 2017, "quarter": 2, "seenRevision": 1, "reason": "Документ найден" });
        official
            .post("/api/indicators/qualification/signatures", correction)
            .await
            .ok();
        let second = quarter(&stands(&official).await, 1, 2);
        assert_eq!(
            (&second["fact"], &second["changedSince"]),
            (&json!(0), &json!(1_667))
        );
        let again = json!({ "seenRevision": 1, "reason": "Документ найден" });
        let renewed = official.post(signatures, again).await.ok();
        let second = quarter(&renewed, 1, 2);
        assert_eq!(
            (&second["fact"], &second["changedSince"]),
            (&json!(1_667), &Value::Null)
        );
    })
    .await;
}

#[tokio::test]
async fn a_report_says_what_was_written_beside_its_figures() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let methodist = city.signed_in("methodist").await;
        let path = "/api/project/periods/2017/3/remarks";
        let listed = methodist.get(path).await.ok();
        let subjects: Vec<_> = listed["items"]
            .as_array()
            .expect("remarks")
            .iter()
            .map(|one| one["subject"].clone())
            .collect();
        let checkpoint = |number: &str| json!({ "kind": "checkpoint", "number": number });
        assert_eq!(subjects[0], json!({ "kind": "indicator", "ordinal": 1 }));
        // Overdue since April, due in July, and the budget last; what ends in December is not told.
        assert!(subjects.contains(&checkpoint("1.1")) && subjects.contains(&checkpoint("2.1")));
        assert!(!subjects.contains(&checkpoint("4.1")));
        assert_eq!(subjects.last(), Some(&json!({ "kind": "budget" })));
        // Nobody has a document, and nothing in the year so far says that anybody will.
        assert_eq!(listed["items"][0]["computedForecast"], 0);
        let edit = |version: i32, cause: &str| {
            json!({
                "subject": { "kind": "indicator", "ordinal": 1 }, "version": version,
                "cause": cause, "correctiveAction": "Вторая группа", "forecast": "",
            })
        };
        methodist.put(path, edit(0, "Курсы перенесены")).await.ok();
        let refusal = official
            .put(path, edit(0, "Другая"))
            .await
            .refused("edit.stale");
        assert_eq!(
            (&refusal["current"]["cause"], &refusal["current"]["version"]),
            (&json!("Курсы перенесены"), &json!(1))
        );
        official
            .put(path, edit(5, "Другая"))
            .await
            .refused("edit.stale");
        official.put(path, edit(1, "Курсы сдвинуты")).await.ok();
        official
            .put(path, edit(2, &"я".repeat(1_001)))
            .await
            .refused_field("cause", "too_long");
        official
            .put("/api/project/periods/2017/4/remarks", edit(0, ""))
            .await
            .refused_field("quarter", "date.future");
        let mut unknown = edit(0, "");
        unknown["subject"] = checkpoint("9.9");
        official.put(path, unknown).await.refused("not_found");
        let mut late = edit(0, "Поставка задержана");
        late["subject"] = checkpoint("2.1");
        late["forecast"] = json!("До 30 сентября");
        official.put(path, late).await.ok();

        for paper in ["quarterly-report", "monthly-report"] {
            let (_, bytes) = file(
                &official,
                &format!("/api/project/papers/{paper}?format=docx"),
            )
            .await;
            let text = docx_text(&bytes);
            for words in [
                "Курсы сдвинуты",
                "Вторая группа",
                "0 на 31.12.2017",
                "Поставка задержана",
                "До 30 сентября",
            ] {
                assert!(text.contains(words), "{words} in {text}");
            }
        }
        // The quarter before says nothing of it.
        let before = "/api/project/papers/quarterly-report?format=docx&date=2017-06-30";
        let (_, bytes) = file(&official, before).await;
        assert!(!docx_text(&bytes).contains("Курсы сдвинуты"));
    })
    .await;
}

/// The words of a DOCX, cell after cell.
fn docx_text(bytes: &[u8]) -> String {
    use kafedra_model::passport::reading::Block;
    fn words(blocks: &[Block], text: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(line) => {
                    text.push_str(line);
                    text.push('\n');
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        words(&cell.blocks, text);
                    }
                }
            }
        }
    }
    let mut text = String::new();
    let blocks = kafedra_documents::docx_blocks::blocks(bytes).expect("a DOCX");
    words(&blocks, &mut text);
    text
}
