//! Paper day sheets into the log, on the same way as every record.
