//! What JMESPath (the language of `--query`) accepts, and how Python's `jmespath` 1.0.1 words a
//! complaint. Nothing is evaluated: a query changes no link.

mod lexer;
mod parser;

type Checked<T = ()> = Result<T, String>;

/// Why `expression` is no JMESPath expression: the text of the exception that jmespath's Python
/// library raises (`str()`).
pub fn check(expression: &str) -> Result<(), String> {
    if expression.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".to_owned());
    }
    parser::parse(expression, lexer::tokens(expression)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts() {
        for expression in [
            "a.b[0][-1].*.c[*][].d[?e==`1` && !f || g].h | sort_by(@, &i)[::2].{j: k l: \"m\", n: [o, 'p\\'']}",
            "f(a b,)",
            "(f)(a)",
            "a[0][:1]",
            "`not quoted`",
            "`[1e99, \"x\"]`",
            " a\t\n",
        ] {
            assert_eq!(check(expression), Ok(()), "{expression}");
        }
    }

    #[test]
    fn words_complaints() {
        for (expression, error) in [
            ("", "Invalid JMESPath expression: cannot be empty."),
            (" ", "Invalid jmespath expression: Incomplete expression:\n\" \"\n  ^"),
            ("\u{e9}", "Bad jmespath expression: Unknown token \u{e9}:\n\u{e9}\n^"),
            ("a =b", "Bad jmespath expression: Unknown token '=':\na =b\n  ^"),
            ("'\u{e9}' \"b", "Bad jmespath expression: Unclosed \" delimiter:\n'\u{e9}' \"b\n    ^"),
            ("\"\\x\"", "Bad jmespath expression: Invalid \\escape:\n\"\\x\"\n^"),
            ("`a\"`", "Bad jmespath expression: Bad token a\":\n`a\"`\n^"),
            (
                "a.1",
                "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: number: \
                 Parse error at column 2, token \"1\" (NUMBER), for expression:\n\"a.1\"\n   ^",
            ),
        ] {
            assert_eq!(check(expression), Err(error.to_owned()), "{expression}");
        }
    }

    #[test]
    fn shows_values_as_python() {
        for (literal, shown) in [
            ("'it\\'s'", "it's"),
            ("`\" \\ud83d\\ude00\"`", " \u{1f600}"),
            ("`{\"a\": [null, true, \"it's\"], \"b\": 2, \"a\": 0}`", "{'a': 0, 'b': 2}"),
            ("`[null, true, \"it's\\\\\"]`", "[None, True, \"it's\\\\\"]"),
            ("`[1.0, 0.0001, 123456789012345678]`", "[1.0, 0.0001, 123456789012345678]"),
            ("-007", "-7"),
        ] {
            let error = check(&format!("a {literal}")).expect_err(literal);
            assert!(error.starts_with(&format!("Unexpected token: {shown}: Parse error at column 2, ")), "{error}");
        }
    }

    #[test]
    fn stops_at_depth() {
        let deep = |open: &str, depth: usize| check(&format!("{}@{}", open.repeat(depth), ")".repeat(depth)));
        assert_eq!(deep("(", 488), Ok(()));
        for open in ["(", "[", "!", "{a:", "*[?", "a.[", "a(", "& "] {
            assert_eq!(deep(open, 10_000), Err("maximum recursion depth exceeded".to_owned()), "{open}");
        }
    }
}
