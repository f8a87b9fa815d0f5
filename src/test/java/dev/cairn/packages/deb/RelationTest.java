package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelationTest {
    @Test
    void readsAlternativesVersionsAndQualifiers() {
        List<List<Relation>> field = Relation.parseField("libc6 (>= 2.38), python3:any, a | b (<<1:2), c:native (=1)");
        assertThat(field).hasSize(4);
        assertThat(field.get(0)).map(Relation::toString).containsExactly("libc6 (>= 2.38)");
        assertThat(field.get(1)).map(Relation::qualifier).containsExactly("any");
        assertThat(field.get(2)).map(Relation::toString).containsExactly("a", "b (<< 1:2)");
        assertThat(field.get(3)).map(Relation::toString).containsExactly("c:native (= 1)");
    }

    @Test
    void limitsVersions() {
        assertThat(Relation.parse("a (>= 1.2)").accepts(DebVersion.parse("1.2")))
                .isTrue();
        assertThat(Relation.parse("a (>> 1.2)").accepts(DebVersion.parse("1.2")))
                .isFalse();
        assertThat(Relation.parse("a (<= 1.2)").accepts(DebVersion.parse("1.2~rc1")))
                .isTrue();
        assertThat(Relation.parse("a").accepts(null)).isTrue();
        assertThat(Relation.parse("a (= 1)").accepts(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a (>= 1", "a >= 1", "(>= 1)", "a (!= 1)", "a | | b", "a (>= )"})
    void refusesWhatIsMalformed(String text) {
        assertThatThrownBy(() -> Relation.parseField(text)).isInstanceOf(DebException.class);
    }
}
