//! Where a device is: the numbers of sentences of a satellite receiver (NMEA 0183) and of answers that locate the module.

/// Follows one direction of a stream.
#[derive(Clone, Debug, Default)]
pub(super) struct Positions {
    /// The last bytes of the line, as far back as a head may reach.
    tail: Vec<u8>,
    /// A head has come: the numbers of this line say where the device is.
    is_inside: bool,
}

impl Positions {
    /// Whether `byte` is a digit that says where the device is.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        if matches!(byte, b'\r' | b'\n') {
            *self = Self::default();
            return false;
        }
        if self.is_inside {
            return byte.is_ascii_digit();
        }
        if self.tail.len() == LONGEST {
            self.tail.remove(0);
        }
        self.tail.push(byte.to_ascii_uppercase());
        self.is_inside = HEADS.iter().any(|head| self.tail.ends_with(head));
        false
    }
}

/// How such lines begin: talkers of NMEA, and answers of this family and its likes.
const HEADS: [&[u8]; 14] = [
    b"$GN",
    b"$GP",
    b"$GL",
    b"$GA",
    b"$GB",
    b"$GQ",
    b"$BD",
    b"$QZ",
    b"+CGNSINF",
    b"+CIPGSMLOC",
    b"+CLBS",
    b"+CGPSINFO",
    b"+GPSINFO",
    b"+CGNSLOC",
];
const LONGEST: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        let mut positions = Positions::default();
        text.bytes().map(|byte| if positions.take(byte) { '*' } else { char::from(byte) }).collect()
    }

    #[test]
    fn places_are_hidden_and_nothing_else() {
        assert_eq!(
            hidden("12:00 $GNRMC,024512.0,A,3112.3,N*7B\r\n+CSQ: 1,2"),
            "12:00 $GNRMC,******.*,A,****.*,N*7B".replace("7B", "*B") + "\r\n+CSQ: 1,2"
        );
        assert_eq!(hidden("+CIPGSMLOC: 0,121.4,31.2"), "+CIPGSMLOC: *,***.*,**.*");
        assert_eq!(hidden("price $10"), "price $10");
    }
}
