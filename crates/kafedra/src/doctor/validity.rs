//! The end of an X.509 certificate's validity, out of its DER bytes (RFC 5280, section 4.1).

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// `None` for bytes that are no certificate.
pub(super) fn not_after(certificate: &[u8]) -> Option<DateTime<Utc>> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut fields, _) = element(certificate)?;
    if fields.first() == Some(&VERSION) {
        fields = element(fields)?.2;
    }
    // Serial number, signature algorithm, issuer.
    for _ in 0..3 {
        fields = element(fields)?.2;
    }
    let (tag, validity, _) = element(fields)?;
    if tag != SEQUENCE {
        return None;
    }
    let (_, _, after_start) = element(validity)?;
    let (tag, text, _) = element(after_start)?;
    time(tag, std::str::from_utf8(text).ok()?)
}

/// Tag, content and rest of the first element.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, bytes) = bytes.split_first()?;
    let (&first, bytes) = bytes.split_first()?;
    let (length, bytes) = if first < 0x80 {
        (usize::from(first), bytes)
    } else {
        let count = usize::from(first & 0x7f);
        if count > 4 {
            return None;
        }
        let (digits, bytes) = bytes.split_at_checked(count)?;
        let length = digits
            .iter()
            .fold(0_usize, |length, digit| length << 8 | usize::from(*digit));
        (length, bytes)
    };
    let (content, rest) = bytes.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// `YYMMDDHHMMSSZ` until 2049, `YYYYMMDDHHMMSSZ` after (RFC 5280, section 4.1.2.5).
fn time(tag: u8, text: &str) -> Option<DateTime<Utc>> {
    let text = text.strip_suffix('Z')?;
    let (year, rest) = match tag {
        UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            let year: i32 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        GENERALIZED_TIME => {
            let (year, rest) = text.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    let part = |at: usize| rest.get(at..at + 2)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(year, part(0)?, part(2)?)?;
    let at: NaiveDateTime = day.and_hms_opt(part(4)?, part(6)?, part(8)?)?;
    Some(at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_read_in_both_spellings_and_nonsense_is_none() {
        let check = |tag, text, expected: Option<&str>| {
            let expected = expected.map(|text| text.parse::<DateTime<Utc>>().unwrap());
            assert_eq!(time(tag, text), expected);
        };
        check(UTC_TIME, "270102030405Z", Some("2027-01-02T03:04:05Z"));
        check(UTC_TIME, "991231235959Z", Some("1999-12-31T23:59:59Z"));
        check(
            GENERALIZED_TIME,
            "40960101000000Z",
            Some("4096-01-01T00:00:00Z"),
        );
        check(GENERALIZED_TIME, "4096", None);
        assert_eq!(not_after(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
        assert_eq!(not_after(b""), None);
    }

    #[test]
    fn the_end_of_a_certificate_of_our_own_is_found() {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let end = not_after(made.cert.der()).unwrap();
        assert_eq!(end.to_rfc3339(), "4096-01-01T00:00:00+00:00");
    }
}
