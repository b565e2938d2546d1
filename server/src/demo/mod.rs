//! A made-up programme with a season of contacts, loaded through the same push path as any phone's.

mod extras;
mod load;
mod logins;
mod phone;
mod season;
mod stage;

pub use load::{Demo, Login, Turned, default_days, deliver, load, open};
pub use logins::{keep, kept};
pub use phone::{DeviceKey, Phone, PhoneError};
pub use season::{Dice, Outing, contact, contacts_on};
pub use stage::{StageError, catalogue, person, phone as stage_phone, programme as stage_programme};
