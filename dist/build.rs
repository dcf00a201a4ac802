//! Lists the languages, and on Windows what its shell shows of the programs: icon, version, manifest.

mod languages;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=dist/build.rs");
    println!("cargo::rerun-if-changed=dist/languages.rs");
    println!("cargo::rerun-if-changed={LANGUAGES}");
    let table = languages::table(&Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(LANGUAGES))?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("languages.rs"), table)?;
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

const LANGUAGES: &str = "assets/lang";
const ICON: &str = "icons/air780e-companion.ico";
const MANIFEST: &str = "dist/windows/air780e.manifest";
