//! Bearer tokens: JWT, HS256, one key per server. Expiry goes by the server's clock, which is a parameter.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rounds_shared::auth::Claims;

use crate::db::StoreError;

/// Issuer of every token.
pub(super) const ISSUER: &str = "rounds";
/// Audience of a phone's token.
pub(super) const DEVICE: &str = "device";
/// Audience of a script's token.
pub(super) const SCRIPT: &str = "script";
/// What a phone's token may do.
pub(super) const PULL: &str = "pull";

/// Writes a token.
pub(super) fn sign(key: &[u8], claims: &Claims) -> Result<String, StoreError> {
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(key))
        .map_err(|_| StoreError::Secret("a token could not be signed".to_owned()))
}

/// Reads a token that is ours and has not ended.
pub(super) fn read(key: &[u8], token: &str, now_s: i64) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[DEVICE, SCRIPT]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(key), &validation)
        .ok()?
        .claims;
    (claims.exp > now_s).then_some(claims)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn claims() -> Claims {
        Claims {
            iss: ISSUER.to_owned(),
            aud: DEVICE.to_owned(),
            sub: Uuid::from_u128(1).into(),
            dev: Some(Uuid::from_u128(2).into()),
            prg: Uuid::from_u128(3).into(),
            scope: PULL.to_owned(),
            jti: Uuid::from_u128(4),
            iat: 1000,
            exp: 1600,
        }
    }

    #[test]
    fn a_token_is_read_until_it_ends_and_by_its_key_only() {
        let token = sign(&[7; 32], &claims()).unwrap();
        assert_eq!(read(&[7; 32], &token, 1599).unwrap().jti, Uuid::from_u128(4));
        assert!(read(&[7; 32], &token, 1600).is_none());
        assert!(read(&[8; 32], &token, 1001).is_none());
    }

    #[test]
    fn other_issuers_and_audiences_are_refused() {
        for change in [
            |c: &mut Claims| c.iss = "other".to_owned(),
            |c: &mut Claims| c.aud = "staff".to_owned(),
        ] {
            let mut claims = claims();
            change(&mut claims);
            let token = sign(&[7; 32], &claims).unwrap();
            assert!(read(&[7; 32], &token, 1001).is_none());
        }
        // {"alg":"none","typ":"JWT"} and no signature.
        assert!(read(&[7; 32], "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.", 1001).is_none());
    }
}
