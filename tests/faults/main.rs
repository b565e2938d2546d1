//! Faults of the machine, made on purpose, under load, with a checker that knows what clients were told.

#![cfg(test)]

mod carrier;
mod kill;
mod migrate;
mod outage;
