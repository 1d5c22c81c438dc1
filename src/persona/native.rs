//! native
use crate::invocation::{Invocation, Outcome, Streams};
pub fn run(_: &Invocation, _: &mut Streams) -> Outcome { Outcome::Exit(2) }
