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
        int next = flaws.size();
        int flaw = number(judged.fact().id(), next);
        boolean several = false;
        for (String id : judged.fact().aliases()) {
            int other = number(id, next);
            several |= other != flaw;
            if (other != flaw && other != next && flaw != next) {
                move(other, flaw);
            }
            flaw = flaw == next ? other : flaw;
        }
        if (flaw == next) {
            flaws.add(new ArrayList<>(2));
        }
        flaws.get(flaw).add(judged);
        if (several) {
            numbers.put(judged.fact().id(), flaw);
            for (String id : judged.fact().aliases()) {
                numbers.put(id, flaw);
            }
        }
    }

    /// The number of the flaw with this id; `next` when it is new.
    private int number(String id, int next) {
        Integer known = numbers.putIfAbsent(id, next);
        return known == null ? next : known;
    }

    private void move(int from, int to) {
        flaws.get(to).addAll(flaws.get(from));
        flaws.get(from).clear();
        numbers.replaceAll((id, number) -> number == from ? to : number);
    }

    /// One list for each flaw; nothing is added afterwards.
    List<List<Matcher.Judged>> all() {
        flaws.removeIf(List::isEmpty);
        return flaws;
    }
}
