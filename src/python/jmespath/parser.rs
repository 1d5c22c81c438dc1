//! The grammar of JMESPath, and the complaints of jmespath's `parser.py`.

use super::Checked;
use super::lexer::Kind::{self, *};
use super::lexer::Token;

/// Python functions that can be nested before Python gives up, counted from the parser's outermost
/// `_expression` as `aws` 2.36 calls it, some twenty below the interpreter's limit of 1000.
const MAX_FRAMES: usize = 980;

/// Tokens with less power than this end a projection.
const PROJECTION_STOP: u8 = 10;

/// As much of the syntax tree as the parser looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Field,
    IndexExpression,
    Other,
}

/// Checks that the tokens are an expression.
pub fn parse(expression: &str, tokens: Vec<Token>) -> Checked {
    Parser { expression, tokens, index: 0, frames: 0 }.parse()
}

/// The Pratt parser: `prefix` holds the `_token_nud_*` methods, `infix` the `_token_led_*` ones.
struct Parser<'a> {
    expression: &'a str,
    /// The last one is the only `Eof`.
    tokens: Vec<Token>,
    index: usize,
    frames: usize,
}

impl Parser<'_> {
    fn parse(&mut self) -> Checked {
        self.expression(0)?;
        match self.current() {
            Eof => Ok(()),
            _ => Err(self.error(self.index, &format!("Unexpected token: {}", self.tokens[self.index].text))),
        }
    }

    fn expression(&mut self, power: u8) -> Checked<Node> {
        self.enter()?;
        let at = self.index;
        self.index += 1;
        self.enter()?;
        let mut left = self.prefix(at)?;
        self.leave();
        while power < self.current().power() {
            let at = self.index;
            self.index += 1;
            self.enter()?;
            left = self.infix(at, left)?;
            self.leave();
        }
        self.leave();
        Ok(left)
    }

    /// What the token at `at`, just passed, means at the start of an expression.
    fn prefix(&mut self, at: usize) -> Checked<Node> {
        match self.tokens[at].kind {
            Literal | Current => {}
            UnquotedIdentifier => return Ok(Node::Field),
            QuotedIdentifier if self.current() == Lparen => {
                return Err(self.error_in_column(0, self.index, "Quoted identifier not allowed for function names."));
            }
            QuotedIdentifier => return Ok(Node::Field),
            Star if self.current() == Rbracket => {}
            Star => self.projection(Star.power())?,
            Filter => {
                self.enter()?;
                self.filter()?;
                self.leave();
            }
            Lbrace => self.multi_select_hash()?,
            Lparen => {
                let inner = self.expression(0)?;
                self.expect(Rparen)?;
                return Ok(inner);
            }
            Flatten => self.projection(Flatten.power())?,
            kind @ (Not | Expref) => drop(self.expression(kind.power())?),
            Lbracket => match self.current() {
                Number | Colon => {
                    let is_slice = self.index_or_slice()?;
                    return self.project_if_slice(is_slice);
                }
                Star if self.tokens[self.index + 1].kind == Rbracket => {
                    self.index += 2;
                    self.projection(Star.power())?;
                }
                _ => self.multi_select_list()?,
            },
            Eof => return Err(self.incomplete()),
            _ => return Err(self.error(at, "invalid token")),
        }
        Ok(Node::Other)
    }

    /// What the token at `at`, just passed, means after the expression `left`.
    fn infix(&mut self, at: usize, left: Node) -> Checked<Node> {
        match self.tokens[at].kind {
            Dot if self.current() == Star => {
                self.index += 1;
                self.projection(Dot.power())?;
            }
            Dot => self.after_dot(Dot.power())?,
            kind @ (Pipe | Or | And) => drop(self.expression(kind.power())?),
            kind @ (Eq | Ne | Gt | Gte | Lt | Lte) => {
                self.enter()?;
                self.expression(kind.power())?;
                self.leave();
            }
            Lparen if left == Node::Field => {
                while self.current() != Rparen {
                    self.expression(0)?;
                    // Not asked for: `f(a b)` and `f(a,)` are fine.
                    if self.current() == Comma {
                        self.index += 1;
                    }
                }
                self.index += 1;
            }
            Lparen => {
                let name = at - 1;
                return Err(self.error(name, &format!("Invalid function name '{}'", self.tokens[name].text)));
            }
            Filter => self.filter()?,
            Flatten => self.projection(Flatten.power())?,
            Lbracket if matches!(self.current(), Number | Colon) => {
                let is_slice = self.index_or_slice()?;
                // A slice after an index is no projection to jmespath.
                return if left == Node::IndexExpression { Ok(left) } else { self.project_if_slice(is_slice) };
            }
            Lbracket => {
                self.expect(Star)?;
                self.expect(Rbracket)?;
                self.projection(Star.power())?;
            }
            _ => return Err(self.error(at, "invalid token")),
        }
        Ok(Node::Other)
    }

    fn filter(&mut self) -> Checked {
        self.expression(0)?;
        self.expect(Rbracket)?;
        if self.current() == Flatten { Ok(()) } else { self.projection(Filter.power()) }
    }

    /// What stands in brackets from a number or a colon on; whether it is a slice.
    fn index_or_slice(&mut self) -> Checked<bool> {
        let is_slice = [self.index, self.index + 1].iter().any(|&at| self.tokens[at].kind == Colon);
        if !is_slice {
            self.index += 1;
        }
        let mut colons = 0;
        while is_slice && self.current() != Rbracket {
            match self.current() {
                Colon if colons < 2 => colons += 1,
                Number => {}
                _ => return Err(self.error(self.index, "syntax error")),
            }
            self.index += 1;
        }
        self.expect(Rbracket)?;
        Ok(is_slice)
    }

    fn project_if_slice(&mut self, is_slice: bool) -> Checked<Node> {
        self.enter()?;
        if is_slice {
            self.projection(Star.power())?;
        }
        self.leave();
        Ok(if is_slice { Node::Other } else { Node::IndexExpression })
    }

    fn multi_select_list(&mut self) -> Checked {
        self.enter()?;
        self.expression(0)?;
        while self.current() != Rbracket {
            self.expect(Comma)?;
            self.expression(0)?;
        }
        self.index += 1;
        self.leave();
        Ok(())
    }

    fn multi_select_hash(&mut self) -> Checked {
        self.enter()?;
        loop {
            if !matches!(self.current(), QuotedIdentifier | UnquotedIdentifier) {
                return Err(self.expected("['quoted_identifier', 'unquoted_identifier']"));
            }
            self.index += 1;
            self.expect(Colon)?;
            self.expression(0)?;
            match self.current() {
                Comma => self.index += 1,
                Rbrace => break,
                // Not asked for: `{a: b c: d}` is fine.
                _ => {}
            }
        }
        self.index += 1;
        self.leave();
        Ok(())
    }

    /// The right-hand side of a projection.
    fn projection(&mut self, power: u8) -> Checked {
        self.enter()?;
        match self.current() {
            kind if kind.power() < PROJECTION_STOP => {}
            Lbracket | Filter => drop(self.expression(power)?),
            Dot => {
                self.index += 1;
                self.after_dot(power)?;
            }
            _ => return Err(self.error(self.index, "syntax error")),
        }
        self.leave();
        Ok(())
    }

    fn after_dot(&mut self, power: u8) -> Checked {
        self.enter()?;
        match self.current() {
            QuotedIdentifier | UnquotedIdentifier | Star => drop(self.expression(power)?),
            Lbracket => {
                self.index += 1;
                self.multi_select_list()?;
            }
            Lbrace => {
                self.index += 1;
                self.multi_select_hash()?;
            }
            kind => {
                let allowed = "['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace']";
                return Err(self.error(self.index, &format!("Expecting: {allowed}, got: {}", kind.name())));
            }
        }
        self.leave();
        Ok(())
    }

    fn current(&self) -> Kind {
        self.tokens[self.index].kind
    }

    fn expect(&mut self, kind: Kind) -> Checked {
        if self.current() != kind {
            return Err(self.expected(kind.name()));
        }
        self.index += 1;
        Ok(())
    }

    /// Begins what is a function call in Python; a failed parse never ends it.
    fn enter(&mut self) -> Checked {
        self.frames += 1;
        // The one that is left is for the small helpers, which every function calls.
        if self.frames < MAX_FRAMES { Ok(()) } else { Err("maximum recursion depth exceeded".to_owned()) }
    }

    fn leave(&mut self) {
        self.frames -= 1;
    }

    fn expected(&self, kinds: &str) -> String {
        match self.current() {
            Eof => self.incomplete(),
            kind => self.error(self.index, &format!("Expecting: {kinds}, got: {}", kind.name())),
        }
    }

    /// The text of a `ParseError` about a token.
    fn error(&self, at: usize, reason: &str) -> String {
        self.error_in_column(self.tokens[at].start, at, reason)
    }

    fn error_in_column(&self, column: usize, at: usize, reason: &str) -> String {
        let Token { kind, text, .. } = &self.tokens[at];
        let token = format!("token \"{text}\" ({})", kind.name().to_uppercase());
        let quoted = format!("\"{}\"\n{}^", self.expression, " ".repeat(column + 1));
        format!("{reason}: Parse error at column {column}, {token}, for expression:\n{quoted}")
    }

    /// The text of an `IncompleteExpressionError`.
    fn incomplete(&self) -> String {
        let caret = format!("{}^", " ".repeat(self.expression.chars().count() + 1));
        format!("Invalid jmespath expression: Incomplete expression:\n\"{}\"\n{caret}", self.expression)
    }
}
