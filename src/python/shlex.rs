//! `shlex.split(text)`: POSIX mode, no comments.

/// Splits as a POSIX shell would split words; the error is the text of Python's `ValueError`.
pub fn split(text: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next().ok_or("No closing quotation")? {
                        '\'' => break,
                        c => word.push(c),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next().ok_or("No closing quotation")? {
                        '"' => break,
                        '\\' => match chars.next().ok_or("No escaped character")? {
                            c @ ('"' | '\\') => word.push(c),
                            c => word.extend(['\\', c]),
                        },
                        c => word.push(c),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(chars.next().ok_or("No escaped character")?),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        let split = |text| split(text).map(|words| words.join("|"));
        assert_eq!(split("profile dev"), Ok("profile|dev".to_owned()));
        assert_eq!(split(r#"profile "my dev" 'a b'c"#), Ok("profile|my dev|a bc".to_owned()));
        assert_eq!(split(r#"a\ b "\"\n" '' #c"#), Ok(r#"a b|"\n||#c"#.to_owned()));
        assert_eq!(split("a 'b"), Err("No closing quotation"));
        assert_eq!(split("a\\"), Err("No escaped character"));
        assert_eq!(split("\"a\\"), Err("No escaped character"));
    }
}
