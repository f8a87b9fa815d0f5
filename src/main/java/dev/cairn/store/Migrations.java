package dev.cairn.store;

import java.sql.SQLException;
import java.util.List;

/// The tables, as numbered steps. A step that has been released is never changed: another one is added.
final class Migrations {
    private static final List<List<String>> STEPS = List.of(List.of(
            """
                    CREATE TABLE organisation (
                        id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, created BIGINT NOT NULL)""",
            """
                    CREATE TABLE account (
                        id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                        organisation_id BIGINT REFERENCES organisation (id),
                        password TEXT, administrator BIGINT NOT NULL, created BIGINT NOT NULL)""",
            """
                    CREATE TABLE member (
                        organisation_id BIGINT NOT NULL REFERENCES organisation (id),
                        account_id BIGINT NOT NULL REFERENCES account (id),
                        role TEXT NOT NULL, PRIMARY KEY (organisation_id, account_id))""",
            "CREATE INDEX member_account ON member (account_id)",
            """
                    CREATE TABLE token (
                        id TEXT PRIMARY KEY, account_id BIGINT NOT NULL REFERENCES account (id),
                        hash BYTEA NOT NULL, label TEXT NOT NULL, scopes TEXT NOT NULL,
                        created BIGINT NOT NULL, expires BIGINT)""",
            "CREATE INDEX token_account ON token (account_id)",
            """
                    CREATE TABLE repository (
                        id BIGINT PRIMARY KEY, organisation_id BIGINT NOT NULL REFERENCES organisation (id),
                        name TEXT NOT NULL UNIQUE, is_public BIGINT NOT NULL, created BIGINT NOT NULL)""",
            """
                    CREATE TABLE document (
                        id BIGINT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, bytes BYTEA NOT NULL)""",
            """
                    CREATE TABLE manifest (
                        repository_id BIGINT NOT NULL REFERENCES repository (id),
                        document_id BIGINT NOT NULL REFERENCES document (id),
                        media_type TEXT NOT NULL, artifact_type TEXT, subject TEXT, descriptor TEXT,
                        created BIGINT NOT NULL, PRIMARY KEY (repository_id, document_id))""",
            "CREATE INDEX manifest_document ON manifest (document_id)",
            "CREATE INDEX manifest_subject ON manifest (subject, repository_id)",
            """
                    CREATE TABLE tag (
                        repository_id BIGINT NOT NULL, name TEXT NOT NULL, document_id BIGINT NOT NULL,
                        updated BIGINT NOT NULL, PRIMARY KEY (repository_id, name),
                        FOREIGN KEY (repository_id, document_id) REFERENCES manifest (repository_id, document_id))""",
            "CREATE INDEX tag_manifest ON tag (repository_id, document_id)",
            """
                    CREATE TABLE tag_move (
                        id BIGINT PRIMARY KEY, repository_id BIGINT NOT NULL REFERENCES repository (id),
                        name TEXT NOT NULL, digest TEXT, at BIGINT NOT NULL, account TEXT NOT NULL)""",
            "CREATE INDEX tag_move_name ON tag_move (repository_id, name, id)",
            """
                    CREATE TABLE blob (
                        digest TEXT PRIMARY KEY, size BIGINT NOT NULL, file TEXT NOT NULL, begins BIGINT NOT NULL,
                        touched BIGINT NOT NULL, condemned BIGINT)""",
            "CREATE INDEX blob_condemned ON blob (condemned)",
            """
                    CREATE TABLE link (
                        repository_id BIGINT NOT NULL REFERENCES repository (id),
                        digest TEXT NOT NULL REFERENCES blob (digest),
                        touched BIGINT NOT NULL, PRIMARY KEY (repository_id, digest))""",
            "CREATE INDEX link_digest ON link (digest)",
            """
                    CREATE TABLE reference (
                        repository_id BIGINT NOT NULL, document_id BIGINT NOT NULL, digest TEXT NOT NULL,
                        PRIMARY KEY (repository_id, document_id, digest),
                        FOREIGN KEY (repository_id, document_id) REFERENCES manifest (repository_id, document_id))""",
            "CREATE INDEX reference_digest ON reference (digest, repository_id)",
            """
                    CREATE TABLE mirror (
                        prefix TEXT PRIMARY KEY, target TEXT NOT NULL)"""));

    private Migrations() {}

    /// Applies the steps that the database has not seen, within the caller's transaction.
    static void apply(Sql sql) throws SQLException {
        sql.update("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
        long version = sql.number("SELECT max(version) FROM schema_version");
        if (version > STEPS.size()) {
            throw new SQLException("its tables have version " + version + ", this Cairn knows " + STEPS.size()
                    + "\ntry: a newer Cairn");
        }
        for (int step = (int) version; step < STEPS.size(); step++) {
            for (String statement : STEPS.get(step)) {
                sql.update(statement);
            }
            sql.update("INSERT INTO schema_version (version) VALUES (?)", step + 1);
        }
    }
}
