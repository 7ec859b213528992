// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Files with certificates. */
final class CertificateFiles {
    private CertificateFiles() {}

    /** The certificates of a file, of which there is at least one. */
    static List<X509Certificate> read(Path file) throws TlsRefused {
        List<X509Certificate> all = new ArrayList<>();
        for (Pem block : Pem.read(file)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                all.add(certificate(block.content()));
            }
        }
        if (all.isEmpty()) {
            throw new TlsRefused("no certificate in the file");
        }
        return all;
    }

    private static X509Certificate certificate(byte[] content) throws TlsRefused {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new TlsRefused("malformed certificate: " + e.getMessage());
        }
    }

    /** The certificates of all files of a directory that have some. */
    static List<X509Certificate> readAll(Path directory) throws TlsRefused {
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : TlsFiles.list(directory)) {
            try {
                read(file).stream().filter(found -> !all.contains(found)).forEach(all::add);
            } catch (TlsRefused e) {
                // Other things may lie there, too.
            }
        }
        return all;
    }
}
