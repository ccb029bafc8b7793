import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Prints what PDFBox Preflight, a checker of PDF/A-1b, finds: one code and its words a line. */
public class Archive {
	public static void main(String[] args) throws Exception {
		ValidationResult result;
		try {
			PreflightParser parser = new PreflightParser(new File(args[0]));
			parser.parse();
			PreflightDocument document = parser.getPreflightDocument();
			document.validate();
			result = document.getResult();
			document.close();
		} catch (SyntaxValidationException e) {
			result = e.getResult();
		}
		for (ValidationResult.ValidationError e : result.getErrorsList()) {
			System.out.println(e.getErrorCode() + " " + e.getDetails());
		}
		System.out.println("checked");
	}
}
