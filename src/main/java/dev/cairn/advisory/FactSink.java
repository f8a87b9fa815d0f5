package dev.cairn.advisory;

import java.util.List;

/// Where feed readers put what they read.
interface FactSink {
    /// One fact.
    void fact(Target target, Fact fact);

    /// That these ids are of one flaw.
    void aliases(List<String> ids);
}
