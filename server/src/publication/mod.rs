//! Releases: frozen, protected sets of figures.
