import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A TLS server on JSSE: answers one request a connection with a line that names the protocol and the suite.
 *
 * java JSSEServer.java STORE.p12[,STORE.p12] [PROTOCOL,...] [SUITE,...] none|need [COUNT [renew]]
 *
 * With COUNT it sends back that many bytes instead, and closes; with renew it asks for a new handshake in their middle.
 *
 * Empty lists mean everything that is supported. Prints "LISTENING port" and serves until its standard input ends.
 */
public class JSSEServer {
    private static final char[] PASSWORD = "changeit".toCharArray();

    public static void main(String[] arguments) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        for (String path : list(arguments[0])) {
            KeyStore one = KeyStore.getInstance("PKCS12");
            try (InputStream in = new FileInputStream(path)) {
                one.load(in, PASSWORD);
            }
            for (String alias : Collections.list(one.aliases())) {
                Key key = one.getKey(alias, PASSWORD);
                store.setKeyEntry(alias, key, PASSWORD, one.getCertificateChain(alias));
            }
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);

        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustsEverybody()}, null);
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
            .createServerSocket(0, 128, InetAddress.getByName("127.0.0.1"));
        String[] protocols = list(arguments[1]);
        String[] suites = list(arguments[2]);
        listener.setEnabledProtocols(protocols.length > 0 ? protocols : listener.getSupportedProtocols());
        listener.setEnabledCipherSuites(suites.length > 0 ? suites : listener.getSupportedCipherSuites());
        listener.setNeedClientAuth(arguments[3].equals("need"));

        Thread watcher = new Thread(JSSEServer::exitAtEndOfInput);
        watcher.setDaemon(true);
        watcher.start();

        System.out.println("LISTENING " + listener.getLocalPort());
        System.out.flush();
        while (true) {
            SSLSocket connection = (SSLSocket) listener.accept();
            int count = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
            boolean renews = arguments.length > 5 && arguments[5].equals("renew");
            new Thread(() -> serve(connection, count, renews)).start();
        }
    }

    private static void serve(SSLSocket connection, int count, boolean renews) {
        try (connection) {
            connection.setSoTimeout(30_000);
            connection.startHandshake();
            if (count > 0) {
                echo(connection, count, renews);
                return;
            }
            String answer = connection.getSession().getProtocol() + " " + connection.getSession().getCipherSuite() + "\n";
            InputStream in = connection.getInputStream();
            byte[] buffer = new byte[4096];
            if (in.read(buffer) > 0) {
                String head = "HTTP/1.0 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n";
                OutputStream out = connection.getOutputStream();
                out.write((head + answer).getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } catch (Exception failure) {
            System.err.println(failure);
        }
    }

    private static void echo(SSLSocket connection, int count, boolean renews) throws Exception {
        InputStream in = connection.getInputStream();
        OutputStream out = connection.getOutputStream();
        byte[] buffer = new byte[16384];
        int left = count;
        while (left > 0) {
            int got = in.read(buffer, 0, Math.min(left, buffer.length));
            if (got < 0) {
                return;
            }
            if (renews && left > count / 2 && left - got <= count / 2) {
                connection.startHandshake();
            }
            out.write(buffer, 0, got);
            left -= got;
        }
        out.flush();
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
            }
        } catch (Exception failure) {
            System.err.println(failure);
        }
        System.exit(0);
    }

    private static String[] list(String text) {
        return text.isEmpty() ? new String[0] : text.split(",");
    }

    /** Clients' certificates are asked for here, not judged. */
    private static final class TrustsEverybody implements X509TrustManager {
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {
        }

        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {
        }

        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
