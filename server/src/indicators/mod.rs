//! Published indicators for evaluators.
