package io.pubsub.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.web.util.HtmlUtils;

/**
 * The files of the page.
 */
final class PageFiles {

	private static final Map<String, String> TYPES = Map.of("html", "text/html;charset=UTF-8", "js",
			"text/javascript;charset=UTF-8", "css", "text/css;charset=UTF-8", "svg", "image/svg+xml");

	private PageFiles() {
	}

	/**
	 * The page itself. Its address has no slash at the end, so it names the directory of
	 * its files.
	 * @param directory the last part of its address
	 * @return the page
	 */
	static Reply page(String directory) {
		try {
			String page = resource("index.html").getContentAsString(StandardCharsets.UTF_8);
			byte[] content = page.replace("{directory}", HtmlUtils.htmlEscape(directory))
				.getBytes(StandardCharsets.UTF_8);
			return new Reply(200, type("html"), new ByteArrayResource(content));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the page of the console cannot be read", ex);
		}
	}

	/**
	 * A file that the page refers to.
	 * @param name the name
	 * @return the file; {@code null} if there is none of that name
	 */
	static @Nullable Reply file(String name) {
		String extension = name.substring(name.lastIndexOf('.') + 1);
		if (!name.matches("[a-z-]+\\.(js|css|svg)")) {
			return null;
		}
		Resource file = resource(name);
		return file.exists() ? new Reply(200, type(extension), file) : null;
	}

	private static Resource resource(String name) {
		return new ClassPathResource("web/" + name, PageFiles.class);
	}

	private static MimeType type(String extension) {
		return MimeType.valueOf(TYPES.getOrDefault(extension, "application/octet-stream"));
	}

}
