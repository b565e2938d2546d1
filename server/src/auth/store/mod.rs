//! Rows of sessions, log-ins, authenticator apps, invites, challenges and script tokens. Sessions, log-ins, invites and challenges are
//! directory tables: they are looked up before the programme is known.

mod challenges;
mod factors;
mod invites;
mod logins;
mod scripts;
mod sessions;

pub(super) use challenges::{insert_challenge, sweep_challenges, take_challenge};
pub(super) use factors::{
    Factor, confirm_factor, factor, insert_recovery, put_factor, recovery_left, remove_factor, use_recovery, use_step,
};
pub(super) use invites::{
    Invite, count_try, end_invites, end_invites_of, finish_invite, forgive_try, insert_invite, invite, sweep_invites,
};
pub(super) use logins::{Login, clear_failures, login, login_of, logins, note_failure, put_login};
pub(super) use scripts::{Script, insert_script, revoke_script, script_is_live, scripts};
pub(super) use sessions::{
    Session, end_other_sessions, end_session, end_sessions_of, insert_session, note_session, session, sweep_sessions,
};
