package dev.cairn.sandbox;

/// Connections to a TCP port of the host go to a port that the sandbox listens on.
///
/// @param address the host's address to listen on; loopback unless told otherwise
/// @param hostPort the host's port, 0 for any free one
/// @param port the port in the sandbox
public record PortForward(String address, int hostPort, int port) {
    public static final String LOOPBACK = "127.0.0.1";

    public PortForward {
        if (hostPort < 0 || hostPort > 65535 || port < 1 || port > 65535) {
            throw new SandboxException(
                    SandboxException.Code.INVALID, "no such port: " + address + ":" + hostPort + ":" + port);
        }
    }

    /// Parses docker's `[ADDRESS:][HOST:]CONTAINER[/tcp]`. Unlike docker's, the default address is loopback.
    public static PortForward parse(String text) {
        String ports = text.endsWith("/tcp") ? text.substring(0, text.length() - 4) : text;
        int last = ports.lastIndexOf(':');
        int before = last < 0 ? -1 : ports.lastIndexOf(':', last - 1);
        try {
            int container = Integer.parseInt(ports.substring(last + 1));
            String host = last < 0 ? "" : ports.substring(before + 1, last);
            String address = before < 0 ? LOOPBACK : ports.substring(0, before);
            int hostPort = last < 0 ? container : host.isEmpty() ? 0 : Integer.parseInt(host);
            return new PortForward(unbracketed(address), hostPort, container);
        } catch (NumberFormatException e) {
            throw new SandboxException(
                    SandboxException.Code.INVALID,
                    "a published port is [ADDRESS:][HOST:]CONTAINER, one TCP port each: " + text);
        }
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
