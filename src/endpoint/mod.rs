//! Which scheme, host and path a link has, and which region and service sign it. Knows neither
//! files nor environment.

pub mod hosts;
