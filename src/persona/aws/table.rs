//! The AWS CLI's table form of an error.

use unicode_width::UnicodeWidthChar;

/// The width that a table may have before it is turned on its side, where there is no terminal.
const WIDTH: usize = 80;

/// A table titled `error` with a code and a message.
pub fn error(code: &str, message: &str) -> String {
    let upright = [["Code", "Message"], [code, message]];
    let on_its_side = [["Code", code], ["Message", message]];
    if total(&columns(&upright)) > WIDTH { render(None, &on_its_side) } else { render(Some(upright[0]), &upright[1..]) }
}

fn columns(rows: &[[&str; 2]]) -> [usize; 2] {
    [0, 1].map(|at| rows.iter().map(|row| length(row[at])).max().unwrap_or(0) + 4)
}

/// The width of a text: wide and ambiguous characters count two, all others one.
fn length(text: &str) -> usize {
    text.chars().map(|c| c.width_cjk().unwrap_or(1).max(1)).sum()
}

fn total(columns: &[usize; 2]) -> usize {
    columns.iter().sum::<usize>() + 2
}

fn render(header: Option<[&str; 2]>, rows: &[[&str; 2]]) -> String {
    let all: Vec<[&str; 2]> = header.iter().chain(rows).copied().collect();
    let unscaled = columns(&all);
    let width = total(&unscaled);
    let widths = scaled(unscaled, width);
    let rule = format!("+{}+{}+\n", "-".repeat(widths[0] - 2), "-".repeat(widths[1] - 1));

    let mut out = format!("{}\n{}\n", "-".repeat(width), centred("error", width, "|"));
    if let Some([code, message]) = header {
        out.push_str(&rule);
        out.push_str(&format!("{}{}\n", centred(code, widths[0], "|"), centred(message, widths[1], "")));
    }
    out.push_str(&rule);
    for [left, right] in rows {
        out.push_str(&format!("{}{}\n", aligned(left, widths[0], "|"), aligned(right, widths[1], "")));
    }
    out + &rule
}

/// Widths that fill the table: scaled, rounded half to even, and set right one by one.
fn scaled(unscaled: [usize; 2], width: usize) -> [usize; 2] {
    let factor = width as f64 / unscaled.iter().sum::<usize>() as f64;
    let mut widths = unscaled.map(|column| (factor * column as f64).round_ties_even() as usize);
    let sum: usize = widths.iter().sum();
    if sum > width {
        (0..sum - width).for_each(|i| widths[i % 2] -= 1);
    } else {
        (0..width - sum).for_each(|i| widths[1 - i % 2] += 1);
    }
    widths
}

fn centred(text: &str, width: usize, left_edge: &str) -> String {
    let start = (width / 2).saturating_sub(length(text) / 2 + 1);
    let right = width.saturating_sub(1 + left_edge.len() + start + length(text));
    format!("{left_edge}{}{text}{}|", " ".repeat(start), " ".repeat(right))
}

fn aligned(text: &str, width: usize, left_edge: &str) -> String {
    let fits = width > length(text) + 2 + left_edge.len();
    let padding = if fits { 2 } else { 0 };
    let right = width.saturating_sub(left_edge.len() + padding + length(text) + 1);
    format!("{left_edge}{}{text}{}|", " ".repeat(padding), " ".repeat(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both were printed by the AWS CLI 2.36.12.
    #[test]
    fn as_the_real_program() {
        let small = "\
-------------------------------------------------
|                     error                     |
+------------------+----------------------------+
|       Code       |          Message           |
+------------------+----------------------------+
|  ParamValidation |  Unknown options: --bogus  |
+------------------+----------------------------+
";
        assert_eq!(error("ParamValidation", "Unknown options: --bogus"), small);
        let large = "\
----------------------------------------------------------------------------------------------------
|                                               error                                              |
+---------+----------------------------------------------------------------------------------------+
|  Code   |  NoCredentials                                                                         |
|  Message|  Unable to locate credentials. You can configure credentials by running \"aws login\".   |
+---------+----------------------------------------------------------------------------------------+
";
        let message = "Unable to locate credentials. You can configure credentials by running \"aws login\".";
        assert_eq!(error("NoCredentials", message), large);
    }
}
