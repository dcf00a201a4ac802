//! Who the module is: firmware name and version (reference, sections 4 and 18).

/// The answer to `ATI`, e.g. `AirM2M_780E_V1169_LTE_AT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmware {
    /// The whole name as printed.
    pub name: String,
    /// The number after `V`, e.g. 1169.
    pub version: Option<u32>,
}
