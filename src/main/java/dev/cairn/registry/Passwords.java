package dev.cairn.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;

/// Hashes and checks passwords with scrypt at 16 MiB and five passes, as OWASP's password storage cheat sheet has it
/// for a small memory. One hash at a time is computed: the memory is bounded, and so is what guessing costs the server.
///
/// The text form is `scrypt$n,r,p$salt$hash`, in base64.
public final class Passwords {
    /// The shortest password that is taken.
    public static final int SHORTEST = 8;

    private static final String PREFIX = "scrypt$";
    private static final int LENGTH = 32;
    private static final int LONGEST = 1024;

    private final Scrypt.Cost cost;
    private final SecureRandom random;
    private final Semaphore turn = new Semaphore(1, true);

    /// Passwords at the usual cost.
    public Passwords(SecureRandom random) {
        this(random, new Scrypt.Cost(1 << 14, 8, 5));
    }

    Passwords(SecureRandom random, Scrypt.Cost cost) {
        this.random = random;
        this.cost = cost;
    }

    /// The text to keep of a password.
    ///
    /// @throws DistributionException `BAD_REQUEST` where it is too short or too long
    public String hash(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new DistributionException(
                    DistributionException.Code.BAD_REQUEST,
                    "a password has at least " + SHORTEST + " and at most " + LONGEST + " characters");
        }
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        byte[] hash = compute(password, salt, cost);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX + cost.n() + "," + cost.r() + "," + cost.p() + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    /// Whether this is the password of that hash. An unreadable hash is nobody's.
    public boolean matches(String password, String kept) {
        String[] parts = kept.split("\\$", -1);
        String[] numbers = parts.length == 4 ? parts[1].split(",", -1) : new String[0];
        if (!kept.startsWith(PREFIX) || numbers.length != 3 || password.length() > LONGEST) {
            return false;
        }
        try {
            Scrypt.Cost its = new Scrypt.Cost(
                    Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
            byte[] found = compute(password, Base64.getDecoder().decode(parts[2]), its);
            return MessageDigest.isEqual(found, Base64.getDecoder().decode(parts[3]));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] compute(String password, byte[] salt, Scrypt.Cost its) {
        turn.acquireUninterruptibly();
        try {
            return Scrypt.hash(password.getBytes(StandardCharsets.UTF_8), salt, its, LENGTH);
        } finally {
            turn.release();
        }
    }
}
