package dev.cairn.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts together what is said of one flaw: whatever shares an id.
final class Flaws {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<List<Matcher.Judged>> flaws = new ArrayList<>();

    void add(Matcher.Judged judged) {
        List<String> aliases = judged.fact().aliases();
        int flaw = numbers.getOrDefault(judged.fact().id(), -1);
        for (String id : aliases) {
            int other = numbers.getOrDefault(id, -1);
            if (other >= 0 && flaw >= 0 && other != flaw) {
                move(other, flaw);
            } else if (other >= 0) {
                flaw = other;
            }
        }
        if (flaw < 0) {
            flaw = flaws.size();
            flaws.add(new ArrayList<>(2));
        }
        flaws.get(flaw).add(judged);
        numbers.put(judged.fact().id(), flaw);
        for (String id : aliases) {
            numbers.put(id, flaw);
        }
    }

    private void move(int from, int to) {
        flaws.get(to).addAll(flaws.get(from));
        flaws.get(from).clear();
        numbers.replaceAll((id, number) -> number == from ? to : number);
    }

    List<List<Matcher.Judged>> all() {
        return flaws.stream().filter(flaw -> !flaw.isEmpty()).toList();
    }
}
