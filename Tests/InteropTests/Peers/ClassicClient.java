import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A JSSE client that tries one suite after the other with an echo server.
 *
 * java ClassicClient.java PORT PROTOCOL COUNT SUITE,...
 *
 * With PORT 0 it prints the suites that it supports. Otherwise, for each suite: it sends COUNT bytes and looks whether they come
 * back, renegotiates, says something again, closes, and comes back. Prints "SUITE version=… echo=… renegotiated=… resumed=…",
 * or "SUITE failed: …". With COUNT 0 it only asks for a page and reads it to the end; "SUITE version=… page=…" then.
 */
public class ClassicClient {
    public static void main(String[] words) throws Exception {
        if (words[0].equals("0")) {
            for (String name : SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()) {
                System.out.println(name);
            }
            return;
        }
        byte[] data = new byte[Integer.parseInt(words[2])];
        for (int index = 0; index < data.length; index++) {
            data[index] = (byte) (index * 31);
        }
        for (String suite : words[3].split(",")) {
            try {
                System.out.println(suite + " " + tryOut(Integer.parseInt(words[0]), words[1], suite, data));
            } catch (Exception failure) {
                System.out.println(suite + " failed: " + failure);
            }
        }
    }

    private static String tryOut(int port, String version, String suite, byte[] data) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsEverybody()}, null);
        if (data.length == 0) {
            try (SSLSocket socket = open(context, port, version, suite)) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String page = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                String last = page.strip().substring(page.strip().lastIndexOf('\n') + 1);
                return "version=" + socket.getSession().getProtocol() + " page=" + last;
            }
        }
        try (SSLSocket socket = open(context, port, version, suite)) {
            AtomicInteger handshakes = new AtomicInteger();
            socket.addHandshakeCompletedListener(event -> handshakes.incrementAndGet());
            boolean isSame = echo(socket, data);
            SSLSession session = socket.getSession();
            String text = "version=" + session.getProtocol() + " echo=" + (isSame ? "same" : "other");
            socket.startHandshake();
            boolean goesOn = echo(socket, new byte[] {1, 2, 3});
            // Listeners are told by threads of their own.
            for (int look = 0; look < 100 && handshakes.get() < 2; look++) {
                Thread.sleep(10);
            }
            text += " renegotiated=" + (goesOn && handshakes.get() == 2 ? "yes" : "no");
            socket.close();
            long made = socket.getSession().getCreationTime();
            byte[] id = socket.getSession().getId();
            try (SSLSocket again = open(context, port, version, suite)) {
                again.startHandshake();
                boolean isResumed = again.getSession().getCreationTime() == made && Arrays.equals(again.getSession().getId(), id);
                return text + " resumed=" + (isResumed && echo(again, new byte[] {4}) ? "yes" : "no");
            }
        }
    }

    private static SSLSocket open(SSLContext context, int port, String version, String suite) throws Exception {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(20_000);
        socket.setEnabledProtocols(new String[] {version});
        socket.setEnabledCipherSuites(new String[] {suite});
        return socket;
    }

    private static boolean echo(SSLSocket socket, byte[] data) throws Exception {
        // Much data has to be read while it is written. A little is written by the thread that also goes on with a handshake:
        // another one's gets between ChangeCipherSpec and Finished.
        Thread writer = new Thread(() -> write(socket, data));
        if (data.length > 1_000) {
            writer.start();
        } else {
            write(socket, data);
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16384];
        for (int left = data.length; left > 0;) {
            int got = in.read(buffer, 0, Math.min(left, buffer.length));
            if (got < 0) {
                return false;
            }
            digest.update(buffer, 0, got);
            left -= got;
        }
        writer.join();
        return MessageDigest.isEqual(digest.digest(), MessageDigest.getInstance("SHA-256").digest(data));
    }

    private static void write(SSLSocket socket, byte[] data) {
        try {
            socket.getOutputStream().write(data);
        } catch (Exception failure) {
            System.err.println(failure);
        }
    }

    private static class TrustsEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String kind) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
