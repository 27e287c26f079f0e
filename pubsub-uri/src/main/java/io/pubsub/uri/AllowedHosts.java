package io.pubsub.uri;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.LogText;

/**
 * The hosts from which resources are fetched. A URI comes from outside, so that whatever
 * is not allowed is refused.
 * <p>
 * A host that is allowed by a wildcard only must not be this machine or near it: these
 * have to be named. Where AWS gives out credentials, only the address itself is a name.
 */
final class AllowedHosts {

	private static final Pattern ENTRY = Pattern
		.compile("(?<wildcard>\\*\\.)?(?<host>[^\\s/?#@*:\\[\\]]+|\\[[0-9a-f:.]+])(:(?<port>[0-9]{1,5}))?");

	// Of another scheme; a wildcard would allow what belongs to anybody.
	private static final Pattern PLACE = Pattern.compile("(?!https?:)[a-z][a-z0-9+.-]*://[^\\s/?#@*:]+");

	private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

	private static final int HTTP_PORT = 80;

	private static final int HTTPS_PORT = 443;

	private final List<Entry> entries;

	private final List<String> places;

	private final Resolver resolver;

	AllowedHosts(List<String> entries) {
		this(entries, InetAddress::getAllByName);
	}

	AllowedHosts(List<String> entries, Resolver resolver) {
		this.places = entries.stream()
			.map((entry) -> entry.strip().toLowerCase(Locale.ROOT))
			.filter((entry) -> PLACE.matcher(entry).matches())
			.toList();
		this.entries = entries.stream()
			.filter((entry) -> !this.places.contains(entry.strip().toLowerCase(Locale.ROOT)))
			.map(AllowedHosts::entry)
			.toList();
		this.resolver = resolver;
	}

	private static Entry entry(String text) {
		Matcher matcher = ENTRY.matcher(text.strip().toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw new InvalidSettingException(UriOptions.class, "allowedHosts",
					"the allowed hosts have '%s', which is neither".formatted(text)
							+ " a host, such as example.com or example.com:8080, nor a wildcard, such as *.example.com, nor a bucket, such as s3://files");
		}
		String port = matcher.group("port");
		return new Entry(matcher.group("host"), matcher.group("wildcard") != null,
				(port != null) ? Integer.parseInt(port) : -1);
	}

	/**
	 * Refuses a URI that must not be fetched.
	 * @param uri the address that is given for a resource
	 * @throws UriResourceException if it must not be fetched from there
	 */
	void check(URI uri) {
		if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
			throw new UriResourceException(uri, "is not fetched: its scheme must be http or https");
		}
		if (uri.getRawUserInfo() != null) {
			throw new UriResourceException(uri, "is not fetched: it must not carry credentials");
		}
		if (uri.getHost() == null) {
			throw new UriResourceException(uri, "is not fetched: it has no valid host");
		}
		List<Entry> matching = this.entries.stream().filter((entry) -> entry.matches(uri)).toList();
		if (matching.isEmpty()) {
			throw new UriResourceException(uri,
					"is not fetched: %s is not among the allowed hosts".formatted(hostAndPort(uri))
							+ (this.entries.isEmpty() ? ", of which there are none" : ""));
		}
		checkAddresses(uri, !matching.stream().allMatch(Entry::wildcard));
	}

	/**
	 * Refuses a URI of another scheme that must not be fetched. A host that is allowed
	 * says nothing of a bucket of the same name, which may be anybody's.
	 * @param uri the address that is given for a resource
	 * @throws UriResourceException if it must not be fetched from there
	 */
	void checkPlace(URI uri) {
		if (uri.isOpaque() || uri.getRawAuthority() == null || uri.getRawPath().length() < 2) {
			throw new UriResourceException(uri,
					"is not fetched: it must be %s://bucket/key".formatted(uri.getScheme()));
		}
		if (uri.getRawAuthority().indexOf('@') >= 0) {
			throw new UriResourceException(uri, "is not fetched: it must not carry credentials");
		}
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new UriResourceException(uri,
					"is not fetched: it must have neither query nor fragment; a ? in a key is written %3F, a # %23");
		}
		String place = (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
		if (!this.places.contains(place)) {
			throw new UriResourceException(uri,
					"is not fetched: %s is not among the allowed hosts".formatted(LogText.of(place)));
		}
	}

	private void checkAddresses(URI uri, boolean named) {
		for (InetAddress address : addresses(uri.getHost())) {
			NearAddress near = NearAddress.of(address);
			if (near.isNear() && !named) {
				throw new UriResourceException(uri, "is not fetched: its host is near this machine, which "
						+ "no wildcard allows; let %s be one of the allowed hosts".formatted(hostAndPort(uri)));
			}
			if (near.isLinkLocal() && !ADDRESS.matcher(uri.getHost()).matches()) {
				throw new UriResourceException(uri,
						"is not fetched: its name leads to %s, where the metadata of this"
							.formatted(address.getHostAddress())
								+ " machine may be; let that address be one of the allowed hosts, and ask for it");
			}
		}
	}

	// Whoever cannot be resolved cannot be connected to either, and that failure is the
	// better one.
	private InetAddress[] addresses(String host) {
		try {
			return this.resolver.resolve(host);
		}
		catch (UnknownHostException ex) {
			return new InetAddress[0];
		}
	}

	static String hostAndPort(URI uri) {
		return (uri.getPort() != -1) ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
	}

	/**
	 * Finds the addresses of a host.
	 */
	@FunctionalInterface
	interface Resolver {

		InetAddress[] resolve(String host) throws UnknownHostException;

	}

	/**
	 * One thing that is allowed.
	 *
	 * @param host the host, or what comes after the wildcard
	 * @param wildcard whether all hosts below it are meant, however deep, and not itself
	 * @param port the port; -1 for that of the scheme
	 */
	private record Entry(String host, boolean wildcard, int port) {

		boolean matches(URI uri) {
			String other = uri.getHost().toLowerCase(Locale.ROOT);
			boolean sameHost = this.wildcard ? other.endsWith("." + this.host) : other.equals(this.host);
			int schemePort = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
			int expected = (this.port != -1) ? this.port : schemePort;
			return sameHost && expected == ((uri.getPort() != -1) ? uri.getPort() : schemePort);
		}

	}

}
