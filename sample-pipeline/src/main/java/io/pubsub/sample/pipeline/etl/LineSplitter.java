package io.pubsub.sample.pipeline.etl;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a line apart: into what is between the separators, of which those between quotes
 * are none. A quote between quotes is written twice.
 *
 * @param separator the separator
 */
record LineSplitter(char separator) {

	private static final char QUOTE = '"';

	/**
	 * The splitter for a file: of tabs if its name ends so, or else of commas.
	 * @param file the name of the file
	 * @return the splitter
	 */
	static LineSplitter of(String file) {
		return new LineSplitter(file.endsWith(".tsv") ? '\t' : ',');
	}

	/**
	 * Takes a line apart.
	 * @param line the line
	 * @return the fields, without blanks around them
	 * @throws BadLineException if a quote has no end
	 */
	List<String> split(String line) throws BadLineException {
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (c == QUOTE && quoted && i + 1 < line.length() && line.charAt(i + 1) == QUOTE) {
				field.append(c);
				i++;
			}
			else if (c == QUOTE) {
				quoted = !quoted;
			}
			else if (c == this.separator && !quoted) {
				fields.add(field.toString().strip());
				field.setLength(0);
			}
			else {
				field.append(c);
			}
		}
		if (quoted) {
			throw new BadLineException("a quote has no end");
		}
		fields.add(field.toString().strip());
		return fields;
	}

}
