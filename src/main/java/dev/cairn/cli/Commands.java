package dev.cairn.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cairn's commands.
final class Commands implements CommandTable {
    private static final List<String> NAMES = List.of(
            BuildCommand.NAME,
            RunCommand.NAME,
            ResolveCommand.NAME,
            SearchCommand.NAME,
            WhyCommand.NAME,
            LockCommand.NAME,
            DebugCommand.NAME,
            InspectCommand.NAME,
            VerifyCommand.NAME,
            DiffCommand.NAME,
            ConvertCommand.NAME,
            MigrateCommand.NAME,
            PathCommand.NAME,
            VerifyMigrationCommand.NAME,
            BumpCommand.NAME,
            CorpusCommand.NAME,
            PublishCommand.NAME,
            SignCommand.NAME,
            KeyCommand.NAME,
            ScanCommand.NAME,
            ReportCommand.NAME,
            CompareCommand.NAME,
            ExplainCommand.NAME,
            TrendCommand.NAME,
            SimulateCommand.NAME,
            SbomCommand.NAME,
            AdvisoryCommand.NAME,
            MappingCommand.NAME,
            ServeCommand.NAME,
            OrgCommand.NAME,
            UserCommand.NAME,
            TokenCommand.NAME,
            TagsCommand.NAME,
            RegistryCommand.NAME,
            CacheCommand.NAME);

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public @Nullable Command named(String name) {
        return switch (name) {
            case BuildCommand.NAME -> new BuildCommand();
            case RunCommand.NAME -> new RunCommand();
            case ResolveCommand.NAME -> new ResolveCommand();
            case SearchCommand.NAME -> new SearchCommand();
            case WhyCommand.NAME -> new WhyCommand();
            case LockCommand.NAME -> new LockCommand();
            case DebugCommand.NAME -> new DebugCommand();
            case InspectCommand.NAME -> new InspectCommand();
            case VerifyCommand.NAME -> new VerifyCommand();
            case DiffCommand.NAME -> new DiffCommand();
            case ConvertCommand.NAME -> new ConvertCommand();
            case MigrateCommand.NAME -> new MigrateCommand();
            case PathCommand.NAME -> new PathCommand();
            case VerifyMigrationCommand.NAME -> new VerifyMigrationCommand();
            case BumpCommand.NAME -> new BumpCommand();
            case CorpusCommand.NAME -> new CorpusCommand();
            case PublishCommand.NAME -> new PublishCommand();
            case SignCommand.NAME -> new SignCommand();
            case KeyCommand.NAME -> new KeyCommand();
            case ScanCommand.NAME -> new ScanCommand();
            case ReportCommand.NAME -> new ReportCommand();
            case CompareCommand.NAME -> new CompareCommand();
            case ExplainCommand.NAME -> new ExplainCommand();
            case TrendCommand.NAME -> new TrendCommand();
            case SimulateCommand.NAME -> new SimulateCommand();
            case SbomCommand.NAME -> new SbomCommand();
            case AdvisoryCommand.NAME -> new AdvisoryCommand();
            case MappingCommand.NAME -> new MappingCommand();
            case ServeCommand.NAME -> new ServeCommand();
            case OrgCommand.NAME -> new OrgCommand();
            case UserCommand.NAME -> new UserCommand();
            case TokenCommand.NAME -> new TokenCommand();
            case TagsCommand.NAME -> new TagsCommand();
            case RegistryCommand.NAME -> new RegistryCommand();
            case CacheCommand.NAME -> new CacheCommand();
            default -> null;
        };
    }
}
