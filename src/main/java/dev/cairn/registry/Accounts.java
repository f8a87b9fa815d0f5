package dev.cairn.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Organisations, users, robots and tokens, as storage keeps them.
///
/// A robot belongs to an organisation and is named after it: `my.co/ci`. A user's name has no `/`.
public interface Accounts {
    /// An account as it is listed.
    ///
    /// @param name its name
    /// @param organisation the organisation that a robot belongs to
    /// @param administrator whether it manages the server
    /// @param created since when there is it
    record Listed(String name, @Nullable String organisation, boolean administrator, Instant created) {}

    /// A member of an organisation.
    record Member(String account, Role role) {}

    /// A token as it is listed: without its secret, which nobody has but its bearer.
    ///
    /// @param id its number, by which it is revoked
    /// @param account whose it is
    /// @param label what it is for
    /// @param scopes what it is limited to; empty for all that the account may do
    /// @param created since when there is it
    /// @param expires until when it is taken; null for ever
    record Token(
            String id,
            String account,
            String label,
            List<Scope> scopes,
            Instant created,
            @Nullable Instant expires) {
        public Token {
            scopes = List.copyOf(scopes);
        }
    }

    /// What is kept of a token.
    ///
    /// @param token its public part
    /// @param hash the SHA-256 of its secret
    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
    record Secret(Token token, byte[] hash) {}

    /// Makes an organisation.
    ///
    /// @throws DistributionException `CONFLICT` where there is one of this name
    void createOrganisation(String name);

    /// The organisations, sorted.
    List<String> organisations();

    /// Makes a user, or a robot where an organisation is given.
    ///
    /// @throws DistributionException `CONFLICT` where there is an account of this name
    void createAccount(String name, @Nullable String organisation, @Nullable String passwordHash, boolean admin);

    /// Deletes an account with its tokens and memberships.
    ///
    /// @return whether there was one
    boolean deleteAccount(String name);

    /// All accounts, or an organisation's robots.
    List<Listed> accounts(@Nullable String organisation);

    /// Sets a user's password.
    ///
    /// @return whether there is such a user
    boolean setPassword(String name, String passwordHash);

    /// The hash of a user's password, if there is such a user and a password.
    Optional<String> passwordHash(String name);

    /// The account with its roles.
    Optional<Subject.Account> account(String name);

    /// Gives an account a role in an organisation, or takes it away.
    ///
    /// @return whether there are such an account and organisation
    boolean setRole(String organisation, String account, @Nullable Role role);

    /// An organisation's members, sorted by name.
    List<Member> members(String organisation);

    /// Keeps a token.
    void addToken(Secret secret);

    /// The token of this number.
    Optional<Secret> token(String id);

    /// Tokens, newest first: an account's, or all.
    List<Token> tokens(@Nullable String account);

    /// Revokes a token.
    ///
    /// @return whether there was one
    boolean revoke(String id);

    /// A number that changes whenever anything here may have changed.
    long epoch();
}
