package io.pubsub.uri;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link AllowedHosts}.
 */
class AllowedHostsTests {

	private static final AllowedHosts.Resolver FAR = (host) -> addresses("93.184.215.14");

	@Test
	void allowsNothingByDefault() {
		AllowedHosts hosts = new AllowedHosts(List.of(), FAR);
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> hosts.check(URI.create("https://example.com/orders/1")))
			.withMessage("https://example.com/orders/1 is not fetched: example.com is not among"
					+ " the allowed hosts, of which there are none");
	}

	@ParameterizedTest
	@CsvSource({ "s3://files, s3://files/a/b.json", "s3://my_files, s3://my_files/a", "S3://files, s3://files/a%20b" })
	void allowsABucketThatIsListed(String entry, URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of(entry), FAR);
		assertThatNoException().isThrownBy(() -> hosts.checkPlace(uri));
	}

	@ParameterizedTest
	@CsvSource({ "example.com, s3://example.com/a, not among the allowed hosts",
			"*.example.com, s3://a.example.com/a, not among the allowed hosts",
			"s3://files, s3://files2/a, not among the allowed hosts", "s3://files, s3://me:secret@files/a, credentials",
			"s3://files, s3://files/a?b, neither query nor fragment",
			"s3://files, s3://files/, must be s3://bucket/key", "s3://files, s3:files/a, must be s3://bucket/key" })
	void refusesABucketThatIsNotListed(String entry, URI uri, String reason) {
		AllowedHosts hosts = new AllowedHosts(List.of(entry), FAR);
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> hosts.checkPlace(uri))
			.withMessageContaining(reason)
			.withMessageNotContaining("secret");
	}

	@Test
	void allowsNoHostThatHasTheNameOfABucket() {
		AllowedHosts hosts = new AllowedHosts(List.of("s3://files"), FAR);
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> hosts.check(URI.create("https://files/a")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3://*", "s3://*.files", "s3://", "s3://files/a", "https://files" })
	void refusesBucketsThatAreNone(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> new AllowedHosts(List.of(entry), FAR))
			.withMessageContaining("nor a bucket, such as s3://files");
	}

	@ParameterizedTest
	@CsvSource({ "example.com, https://example.com/1", "example.com, http://example.com/1",
			"example.com, https://example.com:443/1", "EXAMPLE.com, https://Example.COM/1",
			"example.com:8080, http://example.com:8080/1", "*.example.com, https://a.example.com/1",
			"*.example.com, https://a.b.example.com/1", "*.example.com:8080, https://a.example.com:8080/1",
			"'[::1]:8080', 'http://[::1]:8080/1'", "127.0.0.1, http://127.0.0.1/1" })
	void allowsWhatIsListed(String entry, URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of(entry), FAR);
		assertThatNoException().isThrownBy(() -> hosts.check(uri));
	}

	@ParameterizedTest
	@CsvSource({ "example.com, https://example.com:8443/1", "example.com, https://a.example.com/1",
			"example.com, https://example.com.evil.org/1", "example.com:443, http://example.com/1",
			"*.example.com, https://example.com/1", "*.example.com, https://badexample.com/1",
			"example.com, https://example.com./1", "127.0.0.1, http://2130706433/1" })
	void refusesWhatIsNotListed(String entry, URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of(entry), FAR);
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> hosts.check(uri))
			.withMessageContaining("the allowed hosts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "xyz://example.com/1", "file:/etc/passwd", "mailto:ada@example.com", "//example.com/1" })
	void refusesOtherSchemes(URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of("example.com"), FAR);
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> hosts.check(uri))
			.withMessageContaining("scheme must be http or https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http:example.com", "http://my_host/1", "http:///1" })
	void refusesUriWithoutValidHost(URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of("example.com", "my_host"), FAR);
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> hosts.check(uri))
			.withMessageContaining("no valid host");
	}

	@Test
	void refusesCredentialsAndDoesNotRepeatThem() {
		AllowedHosts hosts = new AllowedHosts(List.of("example.com"), FAR);
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> hosts.check(URI.create("https://ada:secret@example.com/1?key=secret#secret")))
			.withMessage("https://example.com/1 is not fetched: it must not carry credentials");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "169.254.170.2", "224.0.0.1",
			"fd00:ec2::254", "fd00:ec2::23", "::ffff:169.254.169.254", "::169.254.169.254", "64:ff9b::169.254.169.254",
			"2002:a9fe:a9fe::1" })
	void refusesNearHostThatOnlyWildcardAllows(String address) {
		AllowedHosts hosts = new AllowedHosts(List.of("*.example.com"), (host) -> addresses(address));
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> hosts.check(URI.create("https://metadata.example.com/1")))
			.withMessageContaining("let metadata.example.com be one of the allowed hosts");
	}

	@Test
	void allowsNearHostThatIsNamed() {
		AllowedHosts hosts = new AllowedHosts(List.of("*.example.com", "dev.example.com"),
				(host) -> addresses("127.0.0.1"));
		assertThatNoException().isThrownBy(() -> hosts.check(URI.create("https://dev.example.com/1")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.170.23", "fd00:ec2::254", "64:ff9b::169.254.169.254" })
	void refusesANameThatLeadsToTheMetadataOfTheMachine(String address) {
		AllowedHosts hosts = new AllowedHosts(List.of("metadata.example.com"), (host) -> addresses(address));
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> hosts.check(URI.create("https://metadata.example.com/1")))
			.withMessageContaining("let that address be one of the allowed hosts");
	}

	@ParameterizedTest
	@CsvSource({ "169.254.169.254, http://169.254.169.254/1", "[fd00:ec2::254], 'http://[fd00:ec2::254]/1'" })
	void allowsAnAddressThatIsNamed(String entry, URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of(entry), InetAddress::getAllByName);
		assertThatNoException().isThrownBy(() -> hosts.check(uri));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://2852039166/1", "http://0xa9fea9fe/1", "http://0251.0376.0251.0376/1",
			"http://169.254.169.254./1", "http://[::ffff:a9fe:a9fe]/1" })
	void refusesOtherSpellingsOfAnAddress(URI uri) {
		AllowedHosts hosts = new AllowedHosts(List.of("169.254.169.254", "*.254"), InetAddress::getAllByName);
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> hosts.check(uri));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com", "*", "example.com/path", "", "a*.example.com", "user@example.com",
			"example.com:http" })
	void refusesEntryThatIsNoHost(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> new AllowedHosts(List.of(entry)))
			.withMessageContaining("the allowed hosts have '%s'", entry);
	}

	private static InetAddress[] addresses(String address) throws UnknownHostException {
		return new InetAddress[] { InetAddress.getByName(address) };
	}

}
