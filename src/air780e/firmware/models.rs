//! What differs between the models of the family (reference, sections 8, 9, 11.7, 18 and 19), looked up by the answer to `ATI`.
//!
//! Only what is stated stands here. Of a model that is not in the table, and of one of which nothing is stated, no limit is
//! taken for granted: [`printed_limits`] gives all that the family has.

use crate::air780e::identity::Firmware;

/// What is stated of one model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Model {
    /// As in the answer to `ATI`, e.g. `780E`.
    name: &'static str,
    /// Most bytes of a message that it prints in direct mode.
    printed: Option<&'static [usize]>,
    /// Whether the table of versions is that of this model.
    has_history: bool,
    /// The builds that have settings for TLS, where not all have.
    tls_builds: &'static [&'static str],
}

/// The names of all models with these commands.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODELS.iter().map(|model| model.name)
}

/// So many bytes a message has at most that is printed in direct mode: one number where it is stated for this model, all of the
/// family where it is not. `chip`, by `AT^HVER`, tells it for models of which nothing else is stated (section 19).
pub fn printed_limits(firmware: Option<&Firmware>, chip: Option<&str>) -> &'static [usize] {
    let of_model = firmware.and_then(of).and_then(|model| model.printed);
    let of_chip = chip.filter(|chip| chip.starts_with(NEW_CHIP)).map(|_| &NEW_CHIP_PRINTS[..]);
    of_model.or(of_chip).unwrap_or(&FAMILY_PRINTS)
}

/// The builds that have settings for TLS, e.g. `_FS`; none where every build has them or nothing is stated.
pub fn tls_builds(firmware: &Firmware) -> &'static [&'static str] {
    of(firmware).map_or(&[], |model| model.tls_builds)
}

/// Whether the numbers of versions in this program are those of this model.
pub(super) fn has_history(firmware: &Firmware) -> bool {
    of(firmware).is_some_and(|model| model.has_history)
}

fn of(firmware: &Firmware) -> Option<&'static Model> {
    let name = firmware.model()?;
    let name = name.strip_prefix("Air").unwrap_or(name);
    MODELS.iter().find(|model| model.name.eq_ignore_ascii_case(name))
}

/// Nothing is stated of it alone.
const fn plain(name: &'static str) -> Model {
    Model { name, printed: None, has_history: false, tls_builds: &[] }
}

/// On the small chip, whose common builds have no settings for TLS (section 9).
const fn small(name: &'static str) -> Model {
    Model { tls_builds: &["_FS", "_MS"], ..plain(name) }
}

/// What the members of the family print at most.
const FAMILY_PRINTS: [usize; 2] = [1_360, 4_100];

/// The chip of 780EP and of others that print as much.
const NEW_CHIP: &str = "EC718";
const NEW_CHIP_PRINTS: [usize; 1] = [4_100];

const MODELS: [Model; 12] = [
    Model { printed: Some(&[1_360]), has_history: true, ..plain("780E") },
    Model { printed: Some(&[4_100]), ..plain("780EP") },
    plain("780EPA"),
    plain("780EG"),
    plain("780EX"),
    plain("780EU"),
    small("780EL"),
    small("780ET"),
    plain("700E"),
    small("700EC"),
    plain("795UG"),
    plain("724UG"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(name: &str) -> &'static [usize] {
        printed_limits(Some(&Firmware::parse(name)), None)
    }

    #[test]
    fn the_limit_of_one_model_is_not_that_of_another() {
        assert_eq!(limits("AirM2M_780E_V1169_LTE_AT"), [1_360]);
        assert_eq!(limits("AirM2M_780EP_V1010_LTE_AT"), [4_100]);
        for unknown in ["AirM2M_780EX_V1010_LTE_AT", "AirM2M_724UG_V1_LTE_AT", "AirM2M_799_V1_LTE_AT", "Quectel EC200"]
        {
            assert_eq!(limits(unknown), FAMILY_PRINTS, "{unknown}");
        }
        assert_eq!(printed_limits(None, None), FAMILY_PRINTS);
        let on_chip = |name: &str, chip| printed_limits(Some(&Firmware::parse(name)), Some(chip));
        assert_eq!(on_chip("AirM2M_780EPA_V1010_LTE_AT", "EC718P"), [4_100], "the chip tells");
        assert_eq!(on_chip("AirM2M_780EX_V1010_LTE_AT", "EC618"), FAMILY_PRINTS);
        assert_eq!(on_chip("AirM2M_780E_V1169_LTE_AT", "EC718"), [1_360], "what is stated of a model counts");
    }

    #[test]
    fn only_the_small_chip_needs_a_special_build_for_tls() {
        let builds = |name: &str| tls_builds(&Firmware::parse(name));
        assert_eq!(builds("AirM2M_780EL_V1_LTE_AT"), ["_FS", "_MS"]);
        assert!(builds("AirM2M_780E_V1169_LTE_AT").is_empty() && builds("other").is_empty());
    }

    #[test]
    fn all_have_the_dialect() {
        assert!(names().all(|name| Firmware::parse(&format!("AirM2M_{name}_V1_LTE_AT")).is_known_dialect()));
    }
}
