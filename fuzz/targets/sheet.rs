//! Paper day sheets as CSV.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rounds::fuzzing::sheet(data));
