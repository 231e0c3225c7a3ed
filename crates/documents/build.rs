//! Takes the typefaces of papers out of `typst-assets`, and leaves there those under other licences.

use std::{env, fs, io, path::PathBuf};

/// As the typefaces name themselves.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut list = String::from("[");
    for (number, font) in typst_assets::fonts()
        .filter(|font| is_wanted(font))
        .enumerate()
    {
        let file = out.join(format!("{number}.font"));
        fs::write(&file, font)?;
        list.push_str(&format!("include_bytes!({file:?}).as_slice(),"));
    }
    list.push(']');
    fs::write(out.join("fonts.rs"), list)
}

/// Names in a typeface are UTF-16, big end first (OpenType, table `name`).
fn is_wanted(font: &[u8]) -> bool {
    FAMILIES.iter().any(|family| {
        let name: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
        font.windows(name.len()).any(|part| part == name)
    })
}
