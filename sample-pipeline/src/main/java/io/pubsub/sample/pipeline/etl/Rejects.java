package io.pubsub.sample.pipeline.etl;

import java.nio.file.Path;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The folder with the lines that are no orders, of each file.
 */
@Component
class Rejects {

	private static final int DIGITS = 8;

	private final Path folder;

	Rejects(@Value("${folder}") Path folder) {
		this.folder = folder.resolve("rejected");
	}

	/**
	 * Begins with a file.
	 * @param name the name of the file
	 * @param digest the digest of its content, so that another file of its name has
	 * another place
	 * @param header its header
	 * @return the rejects of that file, for the caller to close
	 */
	RejectFile of(String name, String digest, String header) {
		int dot = name.lastIndexOf('.');
		String stem = (dot > 0) ? name.substring(0, dot) : name;
		return new RejectFile(name, header, this.folder
			.resolve("%s-%s%s".formatted(stem, digest.substring(0, DIGITS), name.substring(stem.length()))));
	}

}
