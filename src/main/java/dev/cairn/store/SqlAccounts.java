package dev.cairn.store;

import dev.cairn.registry.Accounts;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Role;
import dev.cairn.registry.Scope;
import dev.cairn.registry.Shown;
import dev.cairn.registry.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Accounts in SQL.
public final class SqlAccounts implements Accounts {
    private static final String TOKENS =
            "SELECT t.id, a.name, t.label, t.scopes, t.created, t.expires, t.hash FROM token t"
                    + " JOIN account a ON a.id = t.account_id ";

    private final Database database;
    private final InstantSource clock;
    private final AtomicLong epoch = new AtomicLong();

    /// Accounts in this database.
    public SqlAccounts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private <T> T change(Database.Work<T> work) {
        try {
            return database.write(work);
        } finally {
            epoch.incrementAndGet();
        }
    }

    @Override
    public long epoch() {
        return epoch.get();
    }

    @Override
    public void createOrganisation(String name) {
        change(sql -> {
            if (sql.any("SELECT 1 FROM organisation WHERE name = ?", name)) {
                throw conflict("organisation", name);
            }
            return sql.update(
                    "INSERT INTO organisation (id, name, created) VALUES (?, ?, ?)",
                    sql.nextId("organisation"),
                    name,
                    clock.millis());
        });
    }

    @Override
    public List<String> organisations() {
        return database.read(sql -> sql.all("SELECT name FROM organisation ORDER BY name", row -> row.getString(1)));
    }

    @Override
    public void createAccount(
            String name, @Nullable String organisation, @Nullable String passwordHash, boolean admin) {
        change(sql -> {
            if (sql.any("SELECT 1 FROM account WHERE name = ?", name)) {
                throw conflict("account", name);
            }
            Long owner = organisation == null ? null : organisationId(sql, organisation);
            return sql.update(
                    "INSERT INTO account (id, name, organisation_id, password, administrator, created)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    sql.nextId("account"),
                    name,
                    owner,
                    passwordHash,
                    admin ? 1 : 0,
                    clock.millis());
        });
    }

    private static Long organisationId(Sql sql, String name) throws SQLException {
        return sql.one("SELECT id FROM organisation WHERE name = ?", row -> row.getLong(1), name)
                .orElseThrow(() -> new DistributionException(
                        DistributionException.Code.NAME_UNKNOWN, "there is no organisation '" + Shown.of(name) + "'"));
    }

    @Override
    public boolean deleteAccount(String name) {
        return change(sql -> {
            long id = sql.number("SELECT id FROM account WHERE name = ?", name);
            sql.update("DELETE FROM token WHERE account_id = ?", id);
            sql.update("DELETE FROM member WHERE account_id = ?", id);
            return sql.update("DELETE FROM account WHERE id = ?", id) > 0;
        });
    }

    @Override
    public List<Listed> accounts(@Nullable String organisation) {
        String columns = "SELECT a.name, o.name, a.administrator, a.created FROM account a"
                + " LEFT JOIN organisation o ON o.id = a.organisation_id";
        return database.read(sql -> organisation == null
                ? sql.all(columns + " ORDER BY a.name", SqlAccounts::listed)
                : sql.all(columns + " WHERE o.name = ? ORDER BY a.name", SqlAccounts::listed, organisation));
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getString(1), row.getString(2), row.getLong(3) != 0, Instant.ofEpochMilli(row.getLong(4)));
    }

    @Override
    public boolean setPassword(String name, String passwordHash) {
        return change(sql -> sql.update(
                        "UPDATE account SET password = ? WHERE name = ? AND organisation_id IS NULL",
                        passwordHash,
                        name)
                > 0);
    }

    @Override
    public Optional<String> passwordHash(String name) {
        return database.read(sql -> sql.one(
                "SELECT password FROM account WHERE name = ? AND password IS NOT NULL", row -> row.getString(1), name));
    }

    @Override
    public Optional<Subject.Account> account(String name) {
        return database.snapshot(sql -> {
            SortedMap<String, Role> roles = new TreeMap<>();
            for (Member each : sql.all(
                    "SELECT o.name, m.role FROM member m JOIN organisation o ON o.id = m.organisation_id"
                            + " WHERE m.account_id = (SELECT id FROM account WHERE name = ?)",
                    SqlAccounts::member,
                    name)) {
                roles.put(each.account(), each.role());
            }
            return sql.one(
                    "SELECT id, name, administrator FROM account WHERE name = ?",
                    row -> new Subject.Account(row.getLong(1), row.getString(2), row.getLong(3) != 0, roles, List.of()),
                    name);
        });
    }

    private static Member member(ResultSet row) throws SQLException {
        // a role that this Cairn does not know gives the least
        return new Member(row.getString(1), Role.of(row.getString(2)).orElse(Role.VIEWER));
    }

    @Override
    public boolean setRole(String organisation, String account, @Nullable Role role) {
        return change(sql -> {
            long organisationId = sql.number("SELECT id FROM organisation WHERE name = ?", organisation);
            long accountId = sql.number("SELECT id FROM account WHERE name = ?", account);
            if (organisationId == 0 || accountId == 0) {
                return false;
            }
            if (role == null) {
                return sql.update(
                                "DELETE FROM member WHERE organisation_id = ? AND account_id = ?",
                                organisationId,
                                accountId)
                        > 0;
            }
            return sql.update(
                            "INSERT INTO member (organisation_id, account_id, role) VALUES (?, ?, ?)"
                                    + " ON CONFLICT (organisation_id, account_id) DO UPDATE SET role = excluded.role",
                            organisationId,
                            accountId,
                            role.id())
                    > 0;
        });
    }

    @Override
    public List<Member> members(String organisation) {
        return database.read(sql -> sql.all(
                "SELECT a.name, m.role FROM member m JOIN account a ON a.id = m.account_id"
                        + " JOIN organisation o ON o.id = m.organisation_id WHERE o.name = ? ORDER BY a.name",
                SqlAccounts::member,
                organisation));
    }

    @Override
    public void addToken(Secret secret) {
        Token token = secret.token();
        Instant expires = token.expires();
        change(sql -> {
            long account = sql.number("SELECT id FROM account WHERE name = ?", token.account());
            if (account == 0) {
                throw new DistributionException(
                        DistributionException.Code.NOT_FOUND,
                        "there is no account '" + Shown.of(token.account()) + "'");
            }
            return sql.update(
                    "INSERT INTO token (id, account_id, hash, label, scopes, created, expires)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    token.id(),
                    account,
                    secret.hash(),
                    token.label(),
                    String.join(
                            " ", token.scopes().stream().map(Scope::toString).toList()),
                    token.created().toEpochMilli(),
                    expires == null ? null : expires.toEpochMilli());
        });
    }

    @Override
    public Optional<Secret> token(String id) {
        return database.read(sql -> sql.one(TOKENS + "WHERE t.id = ?", SqlAccounts::secret, id));
    }

    @Override
    public List<Token> tokens(@Nullable String account) {
        return database
                .read(sql -> account == null
                        ? sql.all(TOKENS + "ORDER BY t.created DESC, t.id", SqlAccounts::secret)
                        : sql.all(
                                TOKENS + "WHERE a.name = ? ORDER BY t.created DESC, t.id",
                                SqlAccounts::secret,
                                account))
                .stream()
                .map(Secret::token)
                .toList();
    }

    private static Secret secret(ResultSet row) throws SQLException {
        List<Scope> scopes = new ArrayList<>();
        for (String scope : row.getString(4).split(" ", -1)) {
            if (!scope.isEmpty()) {
                scopes.add(Scope.parse(scope));
            }
        }
        long expires = row.getLong(6);
        boolean never = row.wasNull();
        Token token = new Token(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                scopes,
                Instant.ofEpochMilli(row.getLong(5)),
                never ? null : Instant.ofEpochMilli(expires));
        return new Secret(token, row.getBytes(7));
    }

    @Override
    public boolean revoke(String id) {
        return change(sql -> sql.update("DELETE FROM token WHERE id = ?", id) > 0);
    }

    private static DistributionException conflict(String what, String name) {
        return new DistributionException(
                DistributionException.Code.CONFLICT, "there is an " + what + " '" + Shown.of(name) + "' already");
    }
}
