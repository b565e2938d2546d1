//! Tables, choices and trends put together from published cells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rounds_shared::catalogue::{Catalogue, Labels};
use rounds_shared::ids::Code;
use rounds_shared::indicator::{
    Breakdown, IndicatorCell, IndicatorChoices, IndicatorDefinition, IndicatorQuery, IndicatorTable, NamedCode, Trend, TrendPoint,
    TrendQuery,
};
use rounds_shared::record::Setting;
use rounds_shared::time::Period;
use uuid::Uuid;

use super::display::display;
use super::store::{self, Cell};
use crate::db::StoreError;
use crate::programmes;
use crate::publication::{definition, position, text};
use crate::state::State;

/// Points of a trend at most.
const TREND_POINTS: usize = 24;

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The period has no release.
    #[error("the period is not published")]
    NotPublished,
    /// No site of the catalogue has the code.
    #[error("no such site")]
    UnknownSite,
    /// No indicator has the id.
    #[error("no such indicator")]
    UnknownIndicator,
    /// A site can't be cut by site.
    #[error("a site can't be cut by site")]
    SiteBySite,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What labels and thresholds come from.
struct Context {
    catalogue: Arc<Catalogue>,
    threshold: i64,
}

impl Context {
    async fn of(state: &State, programme: Uuid) -> Result<Self, StoreError> {
        let db = state.db.read();
        let catalogue = state.catalogues.current(db, programme).await?;
        let row = programmes::store::find(db, programme).await?;
        Ok(Self {
            catalogue: catalogue.ok_or_else(|| StoreError::corrupt("catalogue", "the current version is missing"))?,
            threshold: row.ok_or_else(|| StoreError::corrupt("programme", "vanished"))?.threshold,
        })
    }

    fn check_site(&self, site: Option<&Code>) -> Result<(), TableError> {
        match site {
            Some(code) if self.catalogue.site(code).is_none() => Err(TableError::UnknownSite),
            _ => Ok(()),
        }
    }

    /// The cell as it is answered; `by` is what its member is a group of.
    fn answer(&self, cell: Cell, by: Option<Breakdown>, definition: &IndicatorDefinition) -> IndicatorCell {
        let site = (!cell.scope.is_empty()).then_some(cell.scope);
        let group = match by {
            Some(Breakdown::Site) => site.clone(),
            _ => (!cell.member.is_empty()).then_some(cell.member),
        };
        IndicatorCell {
            display: display(cell.value, cell.flag, definition.unit, self.threshold),
            indicator: cell.indicator,
            site,
            group,
            value: cell.value,
            flag: cell.flag,
        }
    }

    /// Codes of a breakdown in the order of the catalogue.
    fn members(&self, by: Option<Breakdown>) -> Vec<&str> {
        let catalogue = &self.catalogue;
        match by {
            None => Vec::new(),
            Some(Breakdown::Site) => catalogue.sites.iter().map(|s| s.code.as_str()).collect(),
            Some(Breakdown::Gender) => catalogue.genders.iter().map(|g| g.code.as_str()).collect(),
            Some(Breakdown::AgeBand) => catalogue.age_bands.iter().map(|b| b.code.as_str()).collect(),
            Some(Breakdown::Setting) => Setting::ALL.iter().map(|s| s.as_str()).collect(),
        }
    }
}

/// A published table: totals, and groups where it is cut.
///
/// # Errors
/// [`TableError`] with what does not fit.
pub async fn table(state: &State, programme: Uuid, query: &IndicatorQuery) -> Result<IndicatorTable, TableError> {
    let context = Context::of(state, programme).await?;
    context.check_site(query.site.as_ref())?;
    let db = state.db.read();
    let release = store::release(db, programme, query.period).await?;
    let release = release.ok_or(TableError::NotPublished)?;
    let scope = query.site.as_ref().map_or("", Code::as_str);
    let mut cells = store::cells(db, programme, query.period, &[scope], "").await?;
    match query.by {
        None => {}
        Some(Breakdown::Site) if query.site.is_some() => return Err(TableError::SiteBySite),
        Some(Breakdown::Site) => {
            let sites = context.members(query.by);
            cells.extend(store::cells(db, programme, query.period, &sites, "").await?);
        }
        Some(by) => cells.extend(store::cells(db, programme, query.period, &[scope], by.as_str()).await?),
    }
    let ids: BTreeSet<&str> = cells.iter().map(|cell| cell.indicator.as_str()).collect();
    let mut definitions: Vec<IndicatorDefinition> = ids.into_iter().filter_map(|id| definition(id, &context.catalogue)).collect();
    definitions.sort_by(|a, b| position(&a.id).cmp(&position(&b.id)));
    let order = context.members(query.by);
    let rank = |cell: &IndicatorCell| {
        cell.group
            .as_deref()
            .map(|group| order.iter().position(|code| *code == group).unwrap_or(usize::MAX))
    };
    let by_id: BTreeMap<&str, (usize, &IndicatorDefinition)> = definitions
        .iter()
        .enumerate()
        .map(|(n, definition)| (definition.id.as_str(), (n, definition)))
        .collect();
    let mut answers: Vec<(usize, IndicatorCell)> = cells
        .into_iter()
        .filter_map(|cell| {
            let (n, definition) = by_id.get(cell.indicator.as_str()).copied()?;
            Some((n, context.answer(cell, query.by, definition)))
        })
        .collect();
    answers.sort_by_key(|(n, cell)| (*n, rank(cell)));
    Ok(IndicatorTable {
        release,
        site: query.site.as_ref().map(|code| code.as_str().to_owned()),
        by: query.by,
        cells: answers.into_iter().map(|(_, cell)| cell).collect(),
        indicators: definitions,
        threshold: context.threshold,
    })
}

/// What can be asked.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn choices(state: &State, programme: Uuid) -> Result<IndicatorChoices, StoreError> {
    let context = Context::of(state, programme).await?;
    let catalogue = &context.catalogue;
    let named = |code: &Code, label: &Labels| NamedCode {
        code: code.as_str().to_owned(),
        label: text(label, code.as_str()),
    };
    Ok(IndicatorChoices {
        releases: store::releases(state.db.read(), programme).await?,
        sites: catalogue.sites.iter().map(|s| named(&s.code, &s.label)).collect(),
        genders: catalogue.genders.iter().map(|g| named(&g.code, &g.label)).collect(),
        age_bands: catalogue.age_bands.iter().map(|b| named(&b.code, &b.label)).collect(),
        settings: Setting::ALL
            .iter()
            .map(|setting| NamedCode {
                code: setting.as_str().to_owned(),
                label: setting_label(*setting).to_owned(),
            })
            .collect(),
    })
}

fn setting_label(setting: Setting) -> &'static str {
    match setting {
        Setting::Street => "Street",
        Setting::Mobile => "Mobile",
        Setting::DropIn => "Drop-in",
        Setting::HomeVisit => "Home visit",
        Setting::Event => "Event",
        Setting::Other => "Other",
    }
}

/// An indicator over the published months. A month in which the programme has nothing of a part has no point.
///
/// # Errors
/// [`TableError`] with what does not fit.
pub async fn trend(state: &State, programme: Uuid, query: &TrendQuery) -> Result<Trend, TableError> {
    let context = Context::of(state, programme).await?;
    context.check_site(query.site.as_ref())?;
    let definition = definition(&query.indicator, &context.catalogue).ok_or(TableError::UnknownIndicator)?;
    let db = state.db.read();
    let months: Vec<Period> = store::releases(db, programme)
        .await?
        .into_iter()
        .map(|release| release.period)
        .filter(|period| matches!(period, Period::Month(..)))
        .take(TREND_POINTS)
        .collect();
    let scope = query.site.as_ref().map_or("", Code::as_str);
    let cells = store::series(db, programme, &months, scope, &query.indicator).await?;
    let mut points = Vec::with_capacity(cells.len());
    for cell in cells {
        let period = Period::parse(&cell.period).map_err(|e| StoreError::corrupt("published_cell", e))?;
        points.push(TrendPoint {
            period,
            cell: context.answer(cell, None, &definition),
        });
    }
    points.sort_by_key(|point| point.period);
    Ok(Trend {
        indicator: query.indicator.clone(),
        points,
    })
}
