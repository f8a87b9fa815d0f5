package dev.cairn.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Findings, and versions that are none, each looked up by hand: epochs, backports, rebuilds, `"0"`, fixes that were
/// completed later, names that only look alike.
class HandCheckedTest {
    @Test
    void agrees() throws IOException {
        Matcher matcher = new Matcher(RealAdvisories.require());
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (InputStream in = HandCheckedTest.class.getResourceAsStream("hand-checked.tsv")) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    count++;
                    String[] w = line.split("\t");
                    String found = find(matcher, new Unit(Target.parse(w[0]), w[1], w[2]), w[3]);
                    if (!found.equals(w[4])) {
                        wrong.add(line + " but found " + found);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(60);
    }

    private static String find(Matcher matcher, Unit unit, String id) {
        for (Match match : matcher.match(unit)) {
            if (match.id().equals(id) || match.aliases().contains(id)) {
                return match.fixedIn();
            }
        }
        return "-";
    }
}
