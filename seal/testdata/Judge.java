// An independent verifier for the tests: PDFBox reads the file, BouncyCastle
// proves each signature over its byte range and its certificate under the root.
// Prints one line for each signature; ends with 1 when one does not hold.

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public class Judge {
    public static void main(String[] args) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        X509Certificate root;
        try (FileInputStream in = new FileInputStream(args[1])) {
            root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        byte[] file = Files.readAllBytes(new File(args[0]).toPath());
        boolean all = true;
        PDDocument doc = PDDocument.load(new File(args[0]));
        List<PDSignature> signatures = doc.getSignatureDictionaries();
        for (PDSignature s : signatures) {
            boolean holds = holds(s, file, root);
            int[] range = s.getByteRange();
            System.out.println((holds ? "valid " : "broken ") + (range[2] + range[3]));
            all &= holds;
        }
        doc.close();
        System.exit(all && !signatures.isEmpty() ? 0 : 1);
    }

    private static boolean holds(PDSignature s, byte[] file, X509Certificate root) throws Exception {
        ContentInfo info;
        try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(s.getContents(file)))) {
            info = ContentInfo.getInstance(in.readObject()); // the padding after it is not read
        }
        CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(s.getSignedContent(file)), info);
        for (SignerInformation signer : cms.getSignerInfos().getSigners()) {
            Collection<X509CertificateHolder> found = cms.getCertificates().getMatches(signer.getSID());
            X509Certificate cert = new JcaX509CertificateConverter().setProvider("BC").getCertificate(found.iterator().next());
            cert.verify(root.getPublicKey(), "BC");
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(cert))) {
                return false;
            }
        }
        return cms.getSignerInfos().size() == 1;
    }
}
