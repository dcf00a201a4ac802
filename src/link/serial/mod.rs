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
