package io.tidegate.storage.hadoop;

import io.tidegate.storage.hadoop.HadoopSettings.KeytabLogin;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;

/** Who the server is to a cluster, and whom it acts for. Safe for use by several threads. */
final class Login {
    private final Configuration configuration;
    private final UserGroupInformation own;
    private final boolean proxyUsers;
    /** Kept, because Hadoop takes each new one for somebody else and would open connections of its own for it. */
    private final Map<String, UserGroupInformation> owners = new ConcurrentHashMap<>();

    private Login(Configuration configuration, UserGroupInformation own, boolean proxyUsers) {
        this.configuration = configuration;
        this.own = own;
        this.proxyUsers = proxyUsers;
    }

    /** @throws IOException when the key distribution centre refuses or does not answer */
    static Login of(HadoopSettings settings, Configuration configuration) throws IOException {
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation own =
                settings.login().isPresent() ? loggedIn(settings.login().get()) : UserGroupInformation.getLoginUser();
        return new Login(configuration, own, settings.proxyUsers());
    }

    /** Beside the login of the virtual machine, so that nothing else in it acts in the server's name by accident. */
    private static UserGroupInformation loggedIn(KeytabLogin login) throws IOException {
        return UserGroupInformation.loginUserFromKeytabAndReturnUGI(
                login.principal(), login.keytab().toString());
    }

    UserGroupInformation own() {
        return own;
    }

    /** @throws IOException when the owner's name is none that Hadoop takes */
    UserGroupInformation actingFor(String owner) throws IOException {
        if (!proxyUsers || owner.isEmpty()) {
            return own;
        }
        try {
            return owners.computeIfAbsent(owner, name -> UserGroupInformation.createProxyUser(name, own));
        } catch (IllegalArgumentException unusable) {
            throw new IOException(
                    "owner '" + owner + "' cannot be the name of a user on a cluster: " + unusable.getMessage(),
                    unusable);
        }
    }

    /** The file system of a path as one of its users sees it. */
    FileSystem fileSystem(Path path, UserGroupInformation user) throws IOException {
        try {
            return user.doAs((PrivilegedExceptionAction<FileSystem>) () -> path.getFileSystem(configuration));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Gets a new ticket once four fifths of the old one's time are over. */
    void renew() throws IOException {
        if (own.isFromKeytab()) {
            own.checkTGTAndReloginFromKeytab();
        }
    }

    void close() throws IOException {
        for (UserGroupInformation owner : owners.values()) {
            FileSystem.closeAllForUGI(owner);
        }
        FileSystem.closeAllForUGI(own);
    }
}
