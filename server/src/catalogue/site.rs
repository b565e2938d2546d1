//! A new site is a new version of the catalogue; the old ones stay.

use rounds_shared::catalogue::{Catalogue, Site};
use rounds_shared::console::NewSite;

use crate::db::{StoreError, Tx};
use crate::programmes::{self, Lock};

/// Why a site was not added.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A site has or had the code; codes are never reused.
    #[error("the code is taken")]
    CodeTaken,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds sites as one new version and returns the new catalogue. The caller writes the audit link.
///
/// # Errors
/// [`SiteError`]; with `CodeTaken` the transaction is still good.
pub async fn add_sites(tx: &Tx, lock: &Lock, new: &[NewSite]) -> Result<Catalogue, SiteError> {
    let current = programmes::catalogue(tx, lock.programme, lock.catalogue_version).await?;
    let mut catalogue = current.ok_or_else(|| StoreError::corrupt("catalogue", "the current version is missing"))?;
    let language = first_language(&catalogue);
    for site in new {
        if catalogue.site(&site.code).is_some() {
            return Err(SiteError::CodeTaken);
        }
        catalogue.sites.push(Site {
            code: site.code.clone(),
            label: [(language.clone(), site.label.clone())].into(),
            area: None,
            retired: false,
        });
    }
    catalogue.version += 1;
    programmes::put_catalogue(tx, lock.programme, &catalogue, lock.now_ms).await?;
    Ok(catalogue)
}

/// English where the catalogue has it, else the language that its first gender is labelled in.
fn first_language(catalogue: &Catalogue) -> String {
    let labels = catalogue.genders.first().map(|gender| &gender.label);
    let first = labels.and_then(|labels| labels.get_key_value("en").or_else(|| labels.iter().next()));
    first.map_or_else(|| "en".to_owned(), |(language, _)| language.clone())
}
