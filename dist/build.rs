//! What Windows shows of the programs: icon, version, manifest. For every other system there is nothing to do.

use std::{env, error::Error};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=dist/build.rs");
    if env::var("CARGO_CFG_TARGET_OS")? != "windows" {
        return Ok(());
    }
    println!("cargo::rerun-if-changed={MANIFEST}");
    println!("cargo::rerun-if-changed={ICON}");
    let mut resource = winresource::WindowsResource::new();
    resource.set_icon(ICON).set_manifest_file(MANIFEST);
    resource.set("ProductName", "Air780E Companion").set("FileDescription", "Air780E Companion");
    resource.set("LegalCopyright", "The developers of the Air780E Companion");
    resource.compile()?;
    Ok(())
}

const ICON: &str = "icons/air780e-companion.ico";
const MANIFEST: &str = "dist/windows/air780e.manifest";
