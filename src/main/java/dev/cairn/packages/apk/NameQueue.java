package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// A queue of names from which any name can be taken out at once. A name is in it at most once.
final class NameQueue {
    /// A name's place in one queue.
    static final class Link {
        final @Nullable Name name;
        Link next = this;
        Link previous = this;

        Link(@Nullable Name name) {
            this.name = name;
        }

        boolean isQueued() {
            return next != this;
        }

        void remove() {
            next.previous = previous;
            previous.next = next;
            next = this;
            previous = this;
        }
    }

    final Link head = new Link(null);

    void addFirst(Link link) {
        insert(link, head);
    }

    void addLast(Link link) {
        insert(link, head.previous);
    }

    private static void insert(Link link, Link after) {
        link.next = after.next;
        link.previous = after;
        after.next.previous = link;
        after.next = link;
    }

    /// Takes the first name out; null when there is none.
    @Nullable
    Name poll() {
        Link first = head.next;
        Name name = first.name;
        if (name != null) {
            first.remove();
        }
        return name;
    }
}
