import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A TLS client on JSSE that says lines to an echo server, resumes, and asks for a change.
 *
 * java LifecycleClient.java PORT PROTOCOL resume|renew
 *
 * `resume` makes two sessions; `renew` calls startHandshake() on one that stands: a renegotiation in TLS 1.2, new keys in
 * TLS 1.3. Prints what it got.
 */
class LifecycleClient {
    public static void main(String[] words) throws Exception {
        SSLContext context = SSLContext.getDefault();
        boolean renews = words[2].equals("renew");
        for (int round = 0; round < (renews ? 1 : 2); round++) {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", Integer.parseInt(words[0]));
            socket.setEnabledProtocols(new String[] {words[1]});
            AtomicInteger handshakes = new AtomicInteger();
            socket.addHandshakeCompletedListener(event -> handshakes.incrementAndGet());
            socket.setSoTimeout(20_000);
            say(socket, "good morning\n");
            if (renews) {
                socket.startHandshake();
                // In TLS 1.2 it has only begun, and goes on with what is read; data would get in its way.
                socket.setSoTimeout(100);
                for (int look = 0; look < 200 && words[1].equals("TLSv1.2") && handshakes.get() < 2; look++) {
                    try {
                        socket.getInputStream().read();
                    } catch (SocketTimeoutException nothing) {
                        continue;
                    }
                }
                socket.setSoTimeout(20_000);
                say(socket, "good evening\n");
            }
            socket.close();
        }
    }

    private static void say(SSLSocket socket, String line) throws Exception {
        socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(line.length());
        System.out.print(new String(answer, StandardCharsets.US_ASCII));
    }
}
