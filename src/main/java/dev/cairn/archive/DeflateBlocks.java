package dev.cairn.archive;

/// Collects the tokens of one chunk and writes them as blocks: a new block begins where the statistics change, and each
/// block is stored, or coded with the fixed or its own codes, whichever is smallest.
final class DeflateBlocks {
    /// Tokens between two looks at the statistics.
    private static final int STEP = 2048;

    /// Tokens in a block at most.
    private static final int MAX_TOKENS = 1 << 15;

    private final int[] tokens = new int[MAX_TOKENS + STEP];
    private final BlockStatistics block = new BlockStatistics();
    private final BlockStatistics step = new BlockStatistics();
    private final BlockStatistics both = new BlockStatistics();
    private final BlockWriter writer;
    private int blockTokens;
    private int count;
    private int limit = STEP;

    DeflateBlocks(BitOutput out) {
        this.writer = new BlockWriter(out);
    }

    /// Starts a chunk, whose tokens will stand for the bytes from `start` on.
    void reset(byte[] bytes, int start) {
        writer.reset(bytes, start);
    }

    void literal(int value) {
        tokens[count++] = value;
        if (count == limit) {
            endStep();
        }
    }

    void match(int length, int distance) {
        tokens[count++] = (distance << 9) | length;
        if (count == limit) {
            endStep();
        }
    }

    /// Writes what is left as a block.
    void finish() {
        if (count > blockTokens) {
            endStep();
        }
        flush();
        writer.align();
        limit = STEP;
    }

    /// Joins the last step's tokens to the block if that is cheaper than a block of their own.
    private void endStep() {
        step.count(tokens, blockTokens, count);
        if (blockTokens == 0) {
            block.copy(step);
        } else {
            both.sum(block, step);
            if (both.cost() > block.cost() + step.cost()) {
                flush();
                block.copy(step);
            } else {
                block.copy(both);
            }
        }
        blockTokens = count;
        if (blockTokens >= MAX_TOKENS) {
            flush();
        }
        limit = count + STEP;
    }

    /// Writes the block and moves the tokens behind it to the front.
    private void flush() {
        if (blockTokens == 0) {
            return;
        }
        writer.write(tokens, blockTokens, block);
        int rest = count - blockTokens;
        System.arraycopy(tokens, blockTokens, tokens, 0, rest);
        count = rest;
        blockTokens = 0;
    }
}
