//! When credentials end, as `dateutil.parser.parse` reads it: the forms that credentials have.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use std::time::SystemTime;

/// A moment, or a time of which nobody knows the zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expiry {
    At(DateTime<Utc>),
    Naive,
}

impl Expiry {
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(format!("String does not contain a date: {text}"));
        }
        if let Some(error) = out_of_range(text) {
            return Err(error);
        }
        let zoned = DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_rfc2822(text))
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%z"))
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f %z"))
            .or_else(|_| DateTime::parse_from_str(text, "%Y%m%dT%H%M%S%z"));
        if let Ok(time) = zoned {
            return Ok(Self::At(time.to_utc()));
        }
        for zone in ["UTC", "GMT", "Z"] {
            if let Some(time) = text.strip_suffix(zone).and_then(|text| naive(text.trim_end())) {
                return Ok(Self::At(time.and_utc()));
            }
        }
        match naive(text) {
            Some(_) => Ok(Self::Naive),
            None => Err(format!("Unknown string format: {text}")),
        }
    }

    /// The seconds from `now` to the end. A time without a zone cannot be compared.
    pub fn seconds_left(&self, now: SystemTime) -> Result<i64, String> {
        match self {
            // Rounded down, so that a moment past is past.
            Self::At(time) => Ok((*time - DateTime::<Utc>::from(now)).num_milliseconds().div_euclid(1000)),
            Self::Naive => Err("can't subtract offset-naive and offset-aware datetimes".to_owned()),
        }
    }
}

/// Python's complaint of a date or time that there is not, in the order in which it looks.
fn out_of_range(text: &str) -> Option<String> {
    let number = |start: usize, length: usize| -> Option<i64> {
        let digits = text.get(start..start + length)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let separators = [(4, "-"), (7, "-"), (10, "T "), (13, ":"), (16, ":")];
    if !separators.iter().all(|&(at, any)| text.get(at..=at).is_some_and(|c| any.contains(c))) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let mut wrong = Vec::new();
    if year == 0 {
        wrong.push("year must be in 1..9999, not 0".to_owned());
    } else if !(1..=12).contains(&month) {
        wrong.push(format!("month must be in 1..12, not {month}"));
    } else {
        let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, 1)?;
        let days = i64::from(first.num_days_in_month());
        if !(1..=days).contains(&day) {
            wrong.push(format!("day {day} must be in range 1..{days} for month {month} in year {year}"));
        }
    }
    for (name, at, last) in [("hour", 11, 23), ("minute", 14, 59), ("second", 17, 59)] {
        let value = number(at, 2)?;
        if value > last {
            wrong.push(format!("{name} must be in 0..{last}, not {value}"));
        }
    }
    wrong.first().map(|wrong| format!("{wrong}: {text}"))
}

fn naive(text: &str) -> Option<NaiveDateTime> {
    [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y%m%dT%H%M%S",
        "%Y%m%d%H%M%S",
    ]
    .iter()
    .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
    .or_else(|| {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(text, "%Y%m%d"));
        date.ok()?.and_hms_opt(0, 0, 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn forms() {
        let now = UNIX_EPOCH + Duration::from_secs(1_735_689_600); // 2025-01-01
        for (text, left) in [
            ("2025-01-01T00:01:00Z", 60),
            ("2025-01-01T01:01:00+01:00", 60),
            ("2025-01-01T00:01:00+0000", 60),
            ("2025-01-01T00:01:00UTC", 60),
            ("2025-01-01 00:01:00 UTC", 60),
            ("2025-01-01T00:01:00.500Z", 60),
            ("2024-12-31T23:59:59.500Z", -1),
        ] {
            assert_eq!(Expiry::parse(text).and_then(|expiry| expiry.seconds_left(now)), Ok(left), "{text}");
        }
        assert_eq!(Expiry::parse("2025-01-01"), Ok(Expiry::Naive));
        for (text, why) in [
            ("0000-13-01T00:00:00Z", "year must be in 1..9999, not 0"),
            ("2099-13-01T25:00:00Z", "month must be in 1..12, not 13"),
            ("2100-02-29 00:00:00", "day 29 must be in range 1..28 for month 2 in year 2100"),
            ("2099-01-01T24:00:00Z", "hour must be in 0..23, not 24"),
            ("2099-01-01T00:60:61Z", "minute must be in 0..59, not 60"),
        ] {
            assert_eq!(Expiry::parse(text), Err(format!("{why}: {text}")));
        }
        assert_eq!(Expiry::parse("bogus"), Err("Unknown string format: bogus".to_owned()));
    }
}
