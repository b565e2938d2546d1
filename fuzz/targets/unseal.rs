//! Valid seals of arbitrary plaintexts, and arbitrary bytes in place of a seal.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rounds::fuzzing::unseal(data));
