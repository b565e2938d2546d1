//! Faults of the machine, made on purpose, under load, with a checker that knows what clients were told.

#![cfg(test)]

mod carrier;
mod check;
mod cluster;
mod deeds;
mod disk;
mod histories;
mod history;
mod kill;
mod migrate;
mod model;
mod outage;
mod points;
mod random;
mod relay;
mod replies;
mod restart;
mod restore;
mod sabotage;
mod servers;
mod slow;
mod world;
