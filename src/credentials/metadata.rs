//! The instance metadata service: whether there is one to ask.

use super::{Answer, Context, Found};

/// Last in the chain: on an instance of EC2, or where the settings name a service of their own.
pub fn load(context: &Context) -> Answer {
    Ok(is_there(context).then_some(Found::Network("iam-role")))
}

/// Whether to expect a metadata service: by the settings, or by the maker of the machine.
pub fn is_there(context: &Context) -> bool {
    let disabled = context.variable("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.to_lowercase() == "true");
    if disabled {
        return false;
    }
    context.filled("AWS_EC2_METADATA_SERVICE_ENDPOINT").is_some()
        || context.setting("ec2_metadata_service_endpoint").is_some()
        || std::fs::read_to_string("/sys/devices/virtual/dmi/id/sys_vendor")
            .is_ok_and(|maker| maker.trim() == "Amazon EC2")
}
