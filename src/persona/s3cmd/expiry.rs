//! The expiry that `signurl` is given: an epoch time, or `+` and seconds from now.

use super::fault::Fault;
use crate::python::int::{Int, int};
use crate::python::repr::{repr, repr_bytes};
use std::ffi::OsStr;
use std::time::{SystemTime, UNIX_EPOCH};

/// When a link ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Expiry {
    /// Seconds since 1970, as `%d` prints them.
    pub epoch: String,
    /// As `%s` prints what s3cmd made of the argument.
    pub shown: String,
}

impl Expiry {
    /// `time_to_epoch`.
    pub fn parse(argument: &OsStr, now: SystemTime) -> Result<Self, Fault> {
        let Some(text) = argument.to_str() else { return Err(unreadable(argument)) };
        let parsed = match text.strip_prefix('+') {
            Some(offset) => int(offset).map(|offset| from_now(&offset, now)),
            None => {
                int(text).map(|epoch| Some(Self { epoch: epoch.as_str().to_owned(), shown: epoch.as_str().to_owned() }))
            }
        };
        match parsed {
            Ok(Some(expiry)) => Ok(expiry),
            Ok(None) => Err(Fault::Crash(format!("{text} is more seconds than a time can hold"))),
            Err(_) if is_date(text) => Err(Fault::Crash(format!(
                "{} is a date, which s3cmd cannot make an epoch time of; pass the seconds since 1970",
                repr(text)
            ))),
            Err(_) => Err(unreadable(argument)),
        }
    }

    /// The seconds from `now` to the expiry, if the number is one that a clock can show.
    pub fn life(&self, now: SystemTime) -> Option<i64> {
        let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
        self.epoch.parse::<i64>().ok()?.checked_sub(i64::try_from(now).ok()?)
    }

    /// Whether the expiry lies before `now`, however large the number.
    pub fn is_past(&self, now: SystemTime) -> bool {
        match self.life(now) {
            Some(life) => life < 1,
            None => self.epoch.starts_with('-'),
        }
    }
}

fn unreadable(argument: &OsStr) -> Fault {
    Fault::Parameter(format!(
        "Unable to convert {} to an epoch time. Pass an epoch time. Try `date -d 'now + 1 year' +%s` (shell) or time.mktime (Python).",
        repr_bytes(argument.as_encoded_bytes())
    ))
}

/// `time.time() + offset`, a float; `None` if the offset is larger than a float.
fn from_now(offset: &Int, now: SystemTime) -> Option<Expiry> {
    let offset: f64 = offset.as_str().parse().ok().filter(|offset: &f64| offset.is_finite())?;
    let now = match now.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    };
    let time = now + offset;
    let whole = time.trunc();
    let epoch = if whole == 0.0 { "0".to_owned() } else { format!("{whole:.0}") };
    Some(Expiry { epoch, shown: float_repr(time) })
}

/// `repr(float)`.
fn float_repr(number: f64) -> String {
    if number != 0.0 && !(1e-4..1e16).contains(&number.abs()) {
        let text = format!("{number:e}");
        return match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent:0>2}"),
            _ => text,
        };
    }
    let text = number.to_string();
    if text.contains('.') { text } else { text + ".0" }
}

/// What `-d` says of a text that is no date either: the text of strptime's `ValueError`.
pub fn date_error(argument: &OsStr) -> String {
    format!("time data {} does not match format '%a %b %d %H:%M:%S %Y'", repr_bytes(argument.as_encoded_bytes()))
}

/// Whether `time.strptime(text)` would take it: `Tue Nov 14 22:13:20 2023`.
fn is_date(text: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [day, month, date, time, year] = fields.as_slice() else { return false };
    if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        return false;
    }
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>, range: std::ops::RangeInclusive<u32>| {
        digits.contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse().is_ok_and(|value| range.contains(&value))
    };
    let clock: Vec<&str> = time.split(':').collect();
    let [hour, minute, second] = clock.as_slice() else { return false };
    let Some(month) = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month)) else { return false };
    DAYS.iter().any(|name| name.eq_ignore_ascii_case(day))
        && number(date, 1..=2, 1..=31)
        && number(hour, 1..=2, 0..=23)
        && number(minute, 1..=2, 0..=59)
        && number(second, 1..=2, 0..=61)
        && number(year, 4..=4, 1..=9999)
        && chrono::NaiveDate::from_ymd_opt(year.parse().unwrap_or(0), month as u32 + 1, date.parse().unwrap_or(0))
            .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn parse(text: &str) -> Result<Expiry, Fault> {
        Expiry::parse(OsStr::new(text), UNIX_EPOCH + Duration::from_millis(1_700_000_000_500))
    }

    #[test]
    fn epochs_and_offsets() {
        for (text, epoch) in [
            ("1700000000", "1700000000"),
            ("010", "10"),
            (" +60", "60"),
            ("-1", "-1"),
            ("+60", "1700000060"),
            ("+-60", "1699999940"),
            ("++60", "1700000060"),
            ("+99999999999999999999", "100000000001700003840"),
            ("+-1700000000", "0"),
        ] {
            assert_eq!(parse(text).expect(text).epoch, epoch, "{text}");
        }
        assert_eq!(parse("+60").expect("offset").shown, "1700000060.5");
        assert_eq!(parse("+99999999999999999999").expect("large").shown, "1.000000000017e+20");
    }

    #[test]
    fn refusals() {
        for text in ["", "+", "abc", "1.5", "+1.5", "2023-11-14", "now"] {
            assert!(matches!(parse(text), Err(Fault::Parameter(_))), "{text}");
        }
        for text in ["Tue Nov 14 22:13:20 2023", "tue  NOV 4 2:3:0 2023"] {
            assert!(matches!(parse(text), Err(Fault::Crash(_))), "{text}");
        }
        assert!(matches!(parse(&format!("+{}", "9".repeat(400))), Err(Fault::Crash(_))));
    }

    #[test]
    fn past_and_future() {
        let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let at = |epoch: &str| Expiry { epoch: epoch.to_owned(), shown: String::new() };
        assert!(at("1700000000").is_past(now) && at("-99999999999999999999").is_past(now));
        assert!(!at("1700000001").is_past(now) && !at("99999999999999999999").is_past(now));
        assert_eq!(at("1700000060").life(now), Some(60));
    }
}
