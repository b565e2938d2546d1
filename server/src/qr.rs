//! Addresses as QR codes, drawn without inline style, which the content security policy forbids.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::db::StoreError;

/// An address as an SVG drawing.
pub(crate) fn svg(address: &str) -> Result<String, StoreError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M);
    let code = code.map_err(|error| StoreError::Secret(format!("the address does not fit a QR code: {error}")))?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_has_no_inline_style() {
        let drawing = svg("https://rounds.example/#0123456789AB.AAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert!(drawing.contains("<svg") && drawing.contains("<path"));
        assert!(!drawing.contains("style"));
    }
}
