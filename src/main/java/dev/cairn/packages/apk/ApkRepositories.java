package dev.cairn.packages.apk;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.Document;
import dev.cairn.fetch.Downloader;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A list of apk repositories for one architecture, in the order of preference. Opening fetches and checks the
/// indexes; what the solver needs of them is compiled once and kept in the cache, by the digests of the indexes and
/// the keyring.
///
/// Immutable; safe for use by several threads.
public final class ApkRepositories implements PackageSource {
    private static final long MAX_INDEX = 256L << 20;
    private static final int MAX_REPOSITORIES = 30;

    private final List<ApkRepository> repositories;
    private final ApkKeyring keyring;
    private final String architecture;
    private final Downloader downloader;
    private final List<Document> indexes;
    private final Digest fingerprint;
    private final PackageTable table;
    private final RepositoryTags tags;
    private final ApkPackages files;

    private ApkRepositories(
            List<ApkRepository> repositories,
            ApkKeyring keyring,
            String architecture,
            Downloader downloader,
            List<Document> indexes)
            throws IOException {
        this.repositories = repositories;
        this.keyring = keyring;
        this.architecture = architecture;
        this.downloader = downloader;
        this.indexes = indexes;
        this.files = new ApkPackages(repositories, keyring, downloader);
        this.fingerprint = fingerprint(repositories, architecture, indexes);
        List<String> tagOfEach = new ArrayList<>();
        for (ApkRepository repository : repositories) {
            tagOfEach.add(repository.tag());
        }
        this.tags = new RepositoryTags(tagOfEach);
        this.table = table();
    }

    /// Fetches and checks the indexes of these repositories.
    ///
    /// @throws ApkException where an index is not trusted, damaged or older than one before
    /// @throws dev.cairn.fetch.FetchException where one cannot be had
    public static ApkRepositories open(
            List<ApkRepository> repositories, ApkKeyring keyring, String architecture, Downloader downloader)
            throws IOException {
        if (repositories.isEmpty() || repositories.size() > MAX_REPOSITORIES) {
            throw new ApkException(
                    ApkException.Code.LIMIT,
                    repositories.size() + " apk repositories: expected 1 to " + MAX_REPOSITORIES);
        }
        List<Document> indexes = new ArrayList<>();
        for (ApkRepository repository : repositories) {
            indexes.add(downloader.get(repository.index(architecture), MAX_INDEX));
        }
        return new ApkRepositories(List.copyOf(repositories), keyring, architecture, downloader, indexes);
    }

    private static Digest fingerprint(List<ApkRepository> repositories, String architecture, List<Document> indexes) {
        StringBuilder text = new StringBuilder(architecture).append('\n');
        for (int i = 0; i < indexes.size(); i++) {
            text.append(repositories.get(i).tag())
                    .append(' ')
                    .append(indexes.get(i).digest())
                    .append('\n');
        }
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The compiled indexes from the cache, where they have been checked with the same keys; else made anew.
    private PackageTable table() throws IOException {
        Digest key = ApkPackages.combine(fingerprint, keyring.fingerprint());
        Optional<byte[]> kept = downloader.cache().records().read(PackageTable.FORM, key);
        if (kept.isPresent()) {
            return PackageTable.of(kept.get());
        }
        PackageTableBuilder builder = new PackageTableBuilder();
        IndexHistory history = new IndexHistory(downloader.cache().records());
        for (int i = 0; i < indexes.size(); i++) {
            IndexFile index = readIndex(i);
            history.accept(repositories.get(i), architecture, index);
            IndexReader.read(index.text, indexName(i), builder, i);
        }
        PackageTable made = builder.build();
        downloader.cache().records().write(PackageTable.FORM, key, made.toBytes());
        return made;
    }

    private IndexFile readIndex(int repository) throws IOException {
        return IndexFile.read(indexes.get(repository).path(), indexName(repository), keyring);
    }

    private String indexName(int repository) {
        return "the index of " + repositories.get(repository).address() + " for " + architecture;
    }

    @Override
    public Ecosystem ecosystem() {
        return Ecosystem.APK;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public Digest fingerprint() {
        return fingerprint;
    }

    /// The repositories, in order.
    public List<ApkRepository> repositories() {
        return repositories;
    }

    @Override
    public Resolution resolve(List<String> world) {
        List<ApkDependency> wanted = new ArrayList<>();
        for (String item : world) {
            wanted.add(ApkDependency.parseWanted(item));
        }
        PackageGraph graph = new PackageGraph(table);
        Solver.Outcome outcome = DeepStack.call(() -> new Solver(graph, tags).solve(wanted));
        if (!outcome.problems().isEmpty()) {
            return new Resolution.Unsolvable(new Explanation(graph, tags, outcome).reasons());
        }
        List<ResolvedPackage> packages = new ArrayList<>();
        for (Candidate candidate : outcome.order()) {
            packages.add(resolved(candidate.id));
        }
        return new Resolution.Solved(packages, Edges.of(outcome));
    }

    private ResolvedPackage resolved(int pkg) {
        String name = table.name(pkg);
        String version = table.version(pkg);
        String arch = table.atoms.text(table.packageArchitectures[pkg]);
        int origin = table.packageOrigins[pkg];
        int repository = Integer.numberOfTrailingZeros(table.packageRepositories[pkg]);
        String folder = arch.isEmpty() || arch.equals("noarch") || arch.equals("all") ? architecture : arch;
        return new ResolvedPackage(
                Ecosystem.APK,
                name,
                version,
                arch.isEmpty() ? architecture : arch,
                origin < 0 ? name : table.atoms.text(origin),
                version,
                repositories.get(repository).address(),
                folder + "/" + name + "-" + version + ".apk",
                table.packageSizes[pkg],
                table.checksum(pkg),
                table.installedSizes[pkg]);
    }

    @Override
    public boolean offers(String name) {
        int found = table.names.find(name);
        return found >= 0 && table.providers.from(found) < table.providers.to(found);
    }

    @Override
    public List<SearchHit> search(SearchQuery query, Consumer<String> warnings) throws IOException {
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            texts.add(readIndex(i).text);
        }
        return new IndexSearch(table, texts).find(query);
    }

    @Override
    public List<String> distroful() {
        List<String> wanted = List.of(
                "alpine-baselayout",
                "alpine-keys",
                "apk-tools",
                "busybox",
                "busybox-binsh",
                "wolfi-baselayout",
                "wolfi-keys");
        List<String> present = new ArrayList<>();
        for (String name : wanted) {
            Name known = new PackageGraph(table).name(name);
            if (known.id >= 0 && isPackage(known.id)) {
                present.add(name);
            }
        }
        return present;
    }

    private boolean isPackage(int name) {
        for (int p = table.providers.from(name); p < table.providers.to(name); p += 2) {
            if (table.packageNames[table.providers.values[p]] == name) {
                return true;
            }
        }
        return false;
    }

    @Override
    public PackageFile file(ResolvedPackage wanted) throws IOException {
        return files.file(wanted);
    }

    @Override
    public boolean lists(ResolvedPackage wanted) {
        Name known = new PackageGraph(table).name(wanted.name());
        if (known.id < 0) {
            return false;
        }
        for (int p = table.providers.from(known.id); p < table.providers.to(known.id); p += 2) {
            int pkg = table.providers.values[p];
            if (table.packageNames[pkg] == known.id
                    && table.version(pkg).equals(wanted.version())
                    && table.checksum(pkg).equals(wanted.checksum())) {
                return true;
            }
        }
        return false;
    }
}
