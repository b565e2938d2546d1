//! Where the server listens, and the address that people see.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::Arguments;

/// Files of TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificate chain, PEM.
    pub cert: PathBuf,
    /// Private key, PEM.
    pub key: PathBuf,
}

/// Where the server listens.
#[derive(Debug, Clone)]
pub struct Listen {
    /// Address and port.
    pub address: SocketAddr,
    /// Scheme and host of links, without a slash at the end; `None` derives it from the address.
    pub public_url: Option<String>,
    /// TLS, if the server does it itself.
    pub tls: Option<TlsFiles>,
}

impl Listen {
    /// The address in links, for a bound port.
    #[must_use]
    pub fn url(&self, port: u16) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let ip = self.address.ip();
        // Browsers treat localhost as secure over plain HTTP; an unspecified address is nobody's name.
        if ip.is_loopback() || ip.is_unspecified() {
            format!("{scheme}://localhost:{port}")
        } else {
            format!("{scheme}://{}", SocketAddr::new(ip, port))
        }
    }
}

pub(super) fn check(arguments: &Arguments, mistakes: &mut Vec<String>) -> Option<Listen> {
    let address = arguments.listen.parse().ok();
    if address.is_none() {
        mistakes.push("--listen: give an IP address and a port, such as 0.0.0.0:8443".to_owned());
    }
    let public_url = arguments.public_url.as_deref().map(|url| url.trim_end_matches('/'));
    if public_url.is_some_and(|url| !is_origin(url)) {
        mistakes.push("--public-url: give scheme and host, such as https://rounds.example".to_owned());
    }
    let tls = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(cert), Some(key)) => Some(TlsFiles {
            cert: cert.clone(),
            key: key.clone(),
        }),
        (None, None) => None,
        _ => {
            mistakes.push("--tls-cert and --tls-key: give both or none".to_owned());
            None
        }
    };
    address.map(|address| Listen {
        address,
        public_url: public_url.map(str::to_owned),
        tls,
    })
}

fn is_origin(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)))
}
