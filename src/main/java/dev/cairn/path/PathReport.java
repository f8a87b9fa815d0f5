package dev.cairn.path;

import java.time.LocalDate;
import java.util.List;

/// The whole path.
///
/// @param project the repository's name
/// @param day the day of the report
/// @param survey which images it uses
/// @param states the repository at its start and after each step
/// @param leftOut what was left out, why, and how to get it
/// @param standIns images that stand in for upstream's, as they are written; empty where upstream's own were used
/// @param facts which vulnerability facts were used; empty where there are none
/// @param builder what built the images; empty where nothing was built
/// @param millis how long it took
public record PathReport(
        String project,
        LocalDate day,
        Survey survey,
        List<StateReport> states,
        List<String> leftOut,
        List<String> standIns,
        List<String> facts,
        String builder,
        long millis) {
    public PathReport {
        states = List.copyOf(states);
        leftOut = List.copyOf(leftOut);
        standIns = List.copyOf(standIns);
        facts = List.copyOf(facts);
    }

    /// Whether a step refused something, or something does not build or run.
    public boolean isRefused() {
        return states.stream().anyMatch(each -> each.refusals() > 0 || !each.works());
    }
}
