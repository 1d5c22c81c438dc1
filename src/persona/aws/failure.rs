//! How a call of the AWS CLI fails: the message, its kind, and the form that is asked for.

use super::yaml;
use serde_json::json;
use std::io::Write;

/// Which of the CLI's error handlers takes the failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    ParamValidation,
    Configuration,
    NoCredentials,
    /// Any other exception: never in another form than plain text.
    General,
}

impl Kind {
    pub fn exit_code(self) -> u8 {
        match self {
            Self::ParamValidation => 252,
            Self::Configuration | Self::NoCredentials => 253,
            Self::General => 255,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::ParamValidation => "ParamValidation",
            Self::Configuration => "Configuration",
            Self::NoCredentials => "NoCredentials",
            Self::General => "",
        }
    }
}

/// A failure that ends the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Said(Kind, String),
    /// Only the real program can answer; the text is what to say if there is none.
    Theirs(String),
}

impl Failure {
    pub fn general(text: impl Into<String>) -> Self {
        Self::Said(Kind::General, text.into())
    }

    pub fn param(text: impl Into<String>) -> Self {
        Self::Said(Kind::ParamValidation, text.into())
    }

    /// botocore's `ParamValidationError(report=…)`.
    pub fn report(text: &str) -> Self {
        Self::param(format!("Parameter validation failed:\n{text}"))
    }

    pub fn no_credentials() -> Self {
        Self::Said(
            Kind::NoCredentials,
            "Unable to locate credentials. You can configure credentials by running \"aws login\".".to_owned(),
        )
    }
}

/// The forms of an error message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Legacy,
    /// Plain text with the error's code in front.
    #[default]
    Enhanced,
    Json,
    Yaml,
    Text,
    Table,
    /// Another name, which is as good as none; the CLI may say so.
    Unknown {
        name: String,
        warn: bool,
    },
}

impl Format {
    /// By its name, in any case.
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "legacy" => Self::Legacy,
            "enhanced" => Self::Enhanced,
            "json" => Self::Json,
            "yaml" => Self::Yaml,
            "text" => Self::Text,
            "table" => Self::Table,
            _ => return None,
        })
    }
}

/// Prints a failure in the form that is asked for, if its kind has forms.
pub fn print(kind: Kind, message: &str, format: Format, err: &mut dyn Write) {
    let code = kind.code();
    let format = if kind == Kind::General { Format::Legacy } else { format };
    let enhanced = || plain(&format!("An error occurred ({code}): {message}"));
    let text = match format {
        Format::Legacy => plain(message),
        Format::Enhanced | Format::Unknown { warn: false, .. } => enhanced(),
        Format::Unknown { name, warn: true } => {
            format!("Invalid cli_error_format: '{name}'. Using 'enhanced' format.\n") + &enhanced()
        }
        Format::Json => json_text(code, message),
        Format::Yaml => yaml::mapping(&[("Code", code), ("Message", message)]),
        Format::Text => format!("{code}\t{message}\n"),
        Format::Table => super::table::error(code, message),
    };
    // A reader that has gone away changes nothing.
    let _ = err.write_all(text.as_bytes());
}

fn plain(message: &str) -> String {
    let message = crate::python::space::strip(message);
    let space = if message.is_empty() { "" } else { " " };
    format!("\naws: [ERROR]:{space}{message}\n")
}

fn json_text(code: &str, message: &str) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    let value = json!({"Code": code, "Message": message});
    // Two texts always serialise.
    let _ = serde::Serialize::serialize(&value, &mut serializer);
    bytes.push(b'\n');
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(kind: Kind, message: &str, format: Format) -> String {
        let mut err = Vec::new();
        print(kind, message, format, &mut err);
        String::from_utf8(err).expect("UTF-8")
    }

    #[test]
    fn forms() {
        let message = "Parameter validation failed:\nx";
        let kind = Kind::ParamValidation;
        for (format, text) in [
            (Format::Legacy, "\naws: [ERROR]: Parameter validation failed:\nx\n"),
            (
                Format::Enhanced,
                "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\nx\n",
            ),
            (
                Format::Json,
                "{\n    \"Code\": \"ParamValidation\",\n    \"Message\": \"Parameter validation failed:\\nx\"\n}\n",
            ),
            (Format::Text, "ParamValidation\tParameter validation failed:\nx\n"),
        ] {
            assert_eq!(printed(kind, message, format), text);
        }
        assert_eq!(printed(Kind::General, " x\n\n", Format::Json), "\naws: [ERROR]: x\n");
        assert_eq!(printed(Kind::General, "", Format::Json), "\naws: [ERROR]:\n");
    }
}
