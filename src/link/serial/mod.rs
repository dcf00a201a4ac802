//! A serial port, or the slave side of a PTY: 115200 8N1 or another rate, no flow control, DTR and RTS raised.
//!
//! Opening and configuring is the serialport crate's; moving bytes is each platform's own file, because the crate's
//! blocking write can hang for ever on a port that nobody reads.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

use std::time::Duration;

use serialport::{DataBits, FlowControl, Parity, SerialPort, SerialPortBuilder, StopBits};

#[cfg(not(unix))]
pub(super) use self::other::SerialLink;
#[cfg(unix)]
pub(super) use self::unix::SerialLink;

/// Longest wait inside one write; the worker comes back for the rest.
const WRITE_SLICE: Duration = Duration::from_millis(10);

fn settings(port: &str, baud: u32) -> SerialPortBuilder {
    serialport::new(port, baud)
        .data_bits(DataBits::Eight)
        .parity(Parity::None)
        .stop_bits(StopBits::One)
        .flow_control(FlowControl::None)
        .dtr_on_open(true)
        .timeout(WRITE_SLICE)
}

/// Tells a UART adapter that somebody listens. A PTY has no such lines and answers ENOTTY, which is no fault.
fn raise_control_lines(port: &mut impl SerialPort) {
    for (line, result) in [("DTR", port.write_data_terminal_ready(true)), ("RTS", port.write_request_to_send(true))] {
        if let Err(error) = result {
            tracing::debug!(line, %error, "control line not raised");
        }
    }
}

/// Whether Windows' error number says that the device under an open handle was pulled out. Asked before the error's kind:
/// 995 counts as a time-out there, and a time-out as "nothing came".
#[cfg(any(windows, test))]
const fn means_gone(number: i32) -> bool {
    const ACCESS_DENIED: i32 = 5;
    const INVALID_HANDLE: i32 = 6;
    const NOT_READY: i32 = 21;
    const BAD_COMMAND: i32 = 22;
    const GEN_FAILURE: i32 = 31;
    const NO_SUCH_DEVICE: i32 = 433;
    const OPERATION_ABORTED: i32 = 995;
    const DEVICE_REMOVED: i32 = 1_617;
    const NO_LONGER_CONNECTED: i32 = 1_167;
    matches!(
        number,
        ACCESS_DENIED
            | INVALID_HANDLE
            | NOT_READY
            | BAD_COMMAND
            | GEN_FAILURE
            | NO_SUCH_DEVICE
            | OPERATION_ABORTED
            | DEVICE_REMOVED
            | NO_LONGER_CONNECTED
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_numbers_of_a_device_that_was_pulled_out_are_known() {
        assert!([5, 6, 21, 22, 31, 433, 995, 1_167].into_iter().all(means_gone));
        let others =
            [("ERROR_FILE_NOT_FOUND", 2), ("ERROR_SEM_TIMEOUT", 121), ("WAIT_TIMEOUT", 258), ("IO_PENDING", 997)];
        for (name, number) in others {
            assert!(!means_gone(number), "{name}");
        }
    }
}
