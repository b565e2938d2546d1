//! Records of any kind, schema version and body.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rounds::fuzzing::upcast(data));
