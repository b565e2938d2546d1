//! What a supervisor needs to see of their team.
