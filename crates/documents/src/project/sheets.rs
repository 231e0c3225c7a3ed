//! Indicators and money as a workbook: figures as numbers, to be counted on.

use kafedra_model::{
    Locale,
    passport::{Hundredths, Kopecks, budget::Sum, remark::Subject},
};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{
    Standing, report,
    say::{self, pick},
};
use crate::DocumentError;

/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn xlsx(standing: &Standing, locale: Locale) -> Result<Vec<u8>, DocumentError> {
    written(standing, locale).map_err(|error| DocumentError::Xlsx(error.to_string()))
}

fn written(standing: &Standing, locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    indicators(book.add_worksheet(), standing, locale)?;
    money(book.add_worksheet(), standing, locale)?;
    book.save_to_buffer()
}

fn head(sheet: &mut Worksheet, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    for (column, (words, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *words, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// One row an indicator and quarter.
fn indicators(sheet: &mut Worksheet, standing: &Standing, locale: Locale) -> Result<(), XlsxError> {
    let t = |ru, en| pick(locale, ru, en);
    sheet.set_name(t("Показатели", "Indicators"))?;
    head(
        sheet,
        &[
            (t("№", "No."), 5.0),
            (t("Показатель", "Indicator"), 60.0),
            (t("Ед. изм.", "Unit"), 9.0),
            (t("Базовый год", "Base year"), 10.0),
            (t("Базовое значение", "Base value"), 12.0),
            (t("Год", "Year"), 8.0),
            (t("Квартал", "Quarter"), 9.0),
            (t("План", "Plan"), 10.0),
            (t("Факт", "Fact"), 10.0),
            (t("Отклонение", "Deviation"), 12.0),
            (t("% плана", "% of plan"), 10.0),
            (t("Светофор", "Light"), 12.0),
            (t("Источник факта", "Source of the fact"), 40.0),
            (t("Причина", "Cause"), 30.0),
            (t("Меры", "Corrective action"), 30.0),
            (t("Прогноз", "Forecast"), 24.0),
        ],
    )?;
    let number = Format::new().set_num_format("0.00");
    let wrap = Format::new().set_text_wrap();
    let mut row = 0;
    for one in &standing.passport.indicators {
        for quarter in standing.quarters() {
            row += 1;
            let figures = standing.plan_fact(one, quarter);
            let light = standing.light(one.ordinal, quarter);
            sheet.write_number(row, 0, one.ordinal)?;
            sheet.write_string_with_format(row, 1, &one.name, &wrap)?;
            sheet.write_string(row, 2, say::unit(one.unit, locale))?;
            sheet.write_number(row, 3, one.base_year)?;
            sheet.write_number(row, 5, quarter.year)?;
            sheet.write_number(row, 6, quarter.number)?;
            let values = [
                (4, Some(one.base_value)),
                (7, figures.plan),
                (8, figures.fact.map(|value| value.rounded())),
                (9, figures.deviation().map(|value| value.rounded())),
                (10, figures.percent().map(|value| value.rounded())),
            ];
            for (column, value) in values {
                if let Some(value) = value {
                    sheet.write_number_with_format(row, column, hundredths(value), &number)?;
                }
            }
            sheet.write_string(row, 11, say::light(light, locale))?;
            let source = standing
                .actual(one.ordinal, quarter)
                .map_or("", |one| one.source.as_str());
            sheet.write_string_with_format(row, 12, source, &wrap)?;
            let subject = Subject::Indicator {
                ordinal: one.ordinal,
            };
            if let Some(said) = standing.said(&subject, quarter) {
                let texts = [
                    &said.remark.cause,
                    &said.remark.corrective_action,
                    &report::forecast(said, locale),
                ];
                for (column, text) in (13..).zip(texts) {
                    sheet.write_string_with_format(row, column, text, &wrap)?;
                }
            }
        }
    }
    Ok(())
}

/// One row a source and year, then the totals.
fn money(sheet: &mut Worksheet, standing: &Standing, locale: Locale) -> Result<(), XlsxError> {
    let t = |ru, en| pick(locale, ru, en);
    sheet.set_name(t("Финансирование", "Funding"))?;
    head(
        sheet,
        &[
            (t("Источник", "Source"), 30.0),
            (t("Год", "Year"), 8.0),
            (t("План, тыс. руб.", "Plan, thousand roubles"), 18.0),
            (t("Факт, тыс. руб.", "Fact, thousand roubles"), 18.0),
            (t("Исполнено, %", "Executed, %"), 14.0),
        ],
    )?;
    let number = Format::new().set_num_format("#,##0.00");
    let mut row = 0;
    let mut line = |name: &str, year: Option<i32>, sum: Sum| -> Result<(), XlsxError> {
        row += 1;
        sheet.write_string(row, 0, name)?;
        if let Some(year) = year {
            sheet.write_number(row, 1, year)?;
        }
        let values = [
            (2, Some(thousands(sum.plan))),
            (3, sum.fact.map(thousands)),
            (4, sum.executed().map(|value| hundredths(value.rounded()))),
        ];
        for (column, value) in values {
            if let Some(value) = value {
                sheet.write_number_with_format(row, column, value, &number)?;
            }
        }
        Ok(())
    };
    let budget = standing.budget();
    for ((source, year), sum) in &budget.by_row {
        line(say::source(*source, locale), Some(*year), *sum)?;
    }
    for (year, sum) in &budget.by_year {
        line(t("Итого за год", "Total of the year"), Some(*year), *sum)?;
    }
    line(t("Итого", "Total"), None, budget.total)
}

fn hundredths(value: Hundredths) -> f64 {
    value as f64 / 100.0
}

fn thousands(kopecks: Kopecks) -> f64 {
    kopecks as f64 / 100_000.0
}
