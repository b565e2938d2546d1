//! Client codes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rounds::fuzzing::client_code(data));
