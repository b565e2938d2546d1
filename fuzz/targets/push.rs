//! A push request, its two headers included.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rounds::fuzzing::push(data));
