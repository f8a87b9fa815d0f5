package dev.cairn.image.definition;

/// A numeric owner, each part an unsigned 32-bit number.
public record Owner(long uid, long gid) {
    /// 0:0.
    public static final Owner ROOT = new Owner(0, 0);

    public Owner {
        if (uid < 0 || uid > 0xffff_ffffL || gid < 0 || gid > 0xffff_ffffL) {
            throw new IllegalArgumentException("not an owner: " + uid + ":" + gid);
        }
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
