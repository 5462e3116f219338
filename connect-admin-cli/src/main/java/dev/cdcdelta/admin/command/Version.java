package dev.cdcdelta.admin.command;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"connect-admin-cli " + (version == null ? "(development build)" : version)};
    }
}
