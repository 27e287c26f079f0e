package io.pubsub.local.internal.xml;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * An element of a document that a client sent. Namespaces and attributes are left out.
 *
 * @param name the local name
 * @param text the text between its tags, that of other elements left out
 * @param children the elements in it
 */
public record XmlNode(String name, String text, List<XmlNode> children) {

	// Neither files nor hosts are reached by a document.
	private static XMLInputFactory readers() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		return factory;
	}

	/**
	 * Read a document.
	 * @param document the bytes of the document
	 * @return its outermost element
	 * @throws IllegalArgumentException if it is no XML
	 */
	public static XmlNode read(byte[] document) {
		try {
			XMLStreamReader reader = readers().createXMLStreamReader(new ByteArrayInputStream(document));
			reader.nextTag();
			XmlNode root = read(reader);
			while (reader.hasNext()) {
				reader.next();
			}
			return root;
		}
		catch (XMLStreamException ex) {
			throw new IllegalArgumentException("The document is no well-formed XML", ex);
		}
	}

	private static XmlNode read(XMLStreamReader reader) throws XMLStreamException {
		String name = reader.getLocalName();
		StringBuilder text = new StringBuilder();
		List<XmlNode> children = new ArrayList<>();
		for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
			if (event == XMLStreamConstants.START_ELEMENT) {
				children.add(read(reader));
			}
			else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
				text.append(reader.getText());
			}
		}
		return new XmlNode(name, text.toString(), List.copyOf(children));
	}

	/**
	 * Return the elements of a name in this one.
	 * @param name the name
	 * @return the elements, in their order
	 */
	public List<XmlNode> children(String name) {
		return this.children.stream().filter((child) -> child.name.equals(name)).toList();
	}

	/**
	 * Return the text of an element in this one.
	 * @param name the name of the element
	 * @return the text, or {@code null} if there is no such element
	 */
	public @Nullable String textOf(String name) {
		List<XmlNode> found = children(name);
		return found.isEmpty() ? null : found.get(0).text();
	}

}
