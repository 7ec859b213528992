// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the files of a context were like, so that a change of them is noticed: of certificates the
 * content, of the rest whether it is the same file and when it was changed.
 */
record Materials(List<Object> marks) {
    /** Takes note of what is there now. Reads files. */
    static Materials of(TlsSettings settings) {
        TlsSettings.Credentials client = settings.client();
        List<Object> marks = new ArrayList<>();
        marks.add(content(settings.server().certFile()));
        marks.add(content(client == null ? null : client.certFile()));
        marks.add(content(settings.caCertFile()));
        marks.add(state(settings.caCertDir()));
        marks.add(state(settings.server().keyFile()));
        marks.add(state(client == null ? null : client.keyFile()));
        return new Materials(marks);
    }

    private static Object content(Path file) {
        if (file == null) {
            return "";
        }
        try {
            List<Integer> hashes = new ArrayList<>();
            for (var certificate : CertificateFiles.read(file)) {
                hashes.add(Arrays.hashCode(certificate.getEncoded()));
            }
            return hashes;
        } catch (TlsRefused | CertificateEncodingException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Object state(Path file) {
        return file == null ? "" : TlsFiles.state(file);
    }
}
