import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/**
 * A Neo4j 5.26 LTS server with authentication, Bolt on loopback only.
 *
 * <p>Arguments: home folder, port, file to write once logins are accepted. The password of user
 * {@code neo4j} comes from the environment, so that it never stands in the list of processes.
 */
public final class Server {
    public static void main(String[] arguments) throws Exception {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0]).toAbsolutePath())
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
            .setConfig(GraphDatabaseSettings.keep_logical_logs, "200M size")
            .setConfig(GraphDatabaseSettings.udc_enabled, false)
            .setConfig(BoltConnector.enabled, true)
            .setConfig(
                BoltConnector.listen_address,
                new SocketAddress("127.0.0.1", Integer.parseInt(arguments[1])))
            .setConfig(HttpConnector.enabled, false)
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        replaceInitialPassword(service, System.getenv("NEO4J_PASSWORD"));
        Files.writeString(Path.of(arguments[2]), "ready\n");
        Thread.currentThread().join();
    }

    /** Neo4j refuses every query of neo4j/neo4j until that first password is changed. */
    private static void replaceInitialPassword(DatabaseManagementService service, String password) {
        var system = service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
        var initial = system.executeTransactionally(
            "SHOW USERS YIELD user, passwordChangeRequired WHERE user = 'neo4j' RETURN passwordChangeRequired",
            Map.of(),
            rows -> Boolean.TRUE.equals(rows.next().get("passwordChangeRequired")));
        if (initial) {
            system.executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        }
    }
}
