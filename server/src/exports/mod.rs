//! Files that leave the server.
