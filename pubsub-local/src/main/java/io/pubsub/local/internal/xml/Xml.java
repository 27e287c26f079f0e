package io.pubsub.local.internal.xml;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes the elements of an answer.
 */
public final class Xml {

	private static final char REPLACEMENT = '\uFFFD';

	private final StringBuilder out = new StringBuilder();

	/**
	 * Return whether nothing was written.
	 * @return whether nothing was written
	 */
	public boolean isEmpty() {
		return this.out.isEmpty();
	}

	/**
	 * Write an element that holds text.
	 * @param name the name of the element
	 * @param text the text, {@code null} for no element
	 * @return this writer
	 */
	public Xml element(String name, @Nullable String text) {
		if (text != null) {
			open(name);
			escape(text);
			close(name);
		}
		return this;
	}

	/**
	 * Write an element that holds others.
	 * @param name the name of the element
	 * @param content the action that writes the others
	 * @return this writer
	 */
	public Xml element(String name, Runnable content) {
		open(name);
		content.run();
		return close(name);
	}

	/**
	 * Write attributes as SNS does.
	 * @param attributes the values by name
	 * @return this writer
	 */
	public Xml attributes(Map<String, String> attributes) {
		return element("Attributes", () -> attributes.forEach((key, value) -> element("entry", () -> {
			element("key", key);
			element("value", value);
		})));
	}

	/**
	 * Write what is XML already.
	 * @param text the XML
	 * @return this writer
	 */
	public Xml raw(CharSequence text) {
		this.out.append(text);
		return this;
	}

	private void open(String name) {
		this.out.append('<').append(name).append('>');
	}

	private Xml close(String name) {
		this.out.append("</").append(name).append('>');
		return this;
	}

	private void escape(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '<' -> this.out.append("&lt;");
				case '>' -> this.out.append("&gt;");
				case '&' -> this.out.append("&amp;");
				case '"' -> this.out.append("&quot;");
				case '\r' -> this.out.append("&#xD;");
				default -> this.out.append(XmlCharacters.isForbidden(c) ? REPLACEMENT : c);
			}
		}
	}

	@Override
	public String toString() {
		return this.out.toString();
	}

}
