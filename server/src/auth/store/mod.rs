//! Rows of sessions, log-ins, invites, challenges and script tokens. All but the last are directory tables: they are looked up before the
//! programme is known.

mod challenges;
mod invites;
mod logins;
mod scripts;
mod sessions;

pub(super) use challenges::{insert_challenge, sweep_challenges, take_challenge};
pub(super) use invites::{Invite, count_try, end_invites_of, finish_invite, forgive_try, insert_invite, invite, sweep_invites};
pub(super) use logins::{Login, clear_failures, login, note_failure, put_login};
pub(super) use scripts::{Script, insert_script, revoke_script, script_is_live, scripts};
pub(super) use sessions::{Session, end_session, end_sessions_of, insert_session, note_session, session, sweep_sessions};
