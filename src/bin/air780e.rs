//! The command line: the same engine without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    air780e_companion::cli::main()
}
