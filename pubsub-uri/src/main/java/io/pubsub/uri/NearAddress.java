package io.pubsub.uri;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An address, seen by how near it is.
 *
 * @param address the address; that of IPv4 if the one of IPv6 only wraps it
 */
record NearAddress(InetAddress address) {

	private static final int IPV4_LENGTH = 4;

	// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html,
	// and likewise Pod Identity of EKS: unique local to IPv6, but served by the link.
	private static final byte[] AWS = { (byte) 0xfd, 0, 0x0e, (byte) 0xc2 };

	// RFC 6052, section 2.1: addresses of IPv4 behind NAT64.
	private static final byte[] NAT64 = { 0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0 };

	// RFC 3056, section 2: addresses of IPv4 behind 6to4.
	private static final byte[] SIX_TO_FOUR = { 0x20, 0x02 };

	static NearAddress of(InetAddress address) {
		byte[] bytes = address.getAddress();
		if (startsWith(bytes, SIX_TO_FOUR)) {
			return new NearAddress(ipv4(bytes, SIX_TO_FOUR.length));
		}
		boolean wraps = startsWith(bytes, NAT64)
				|| (address instanceof Inet6Address wrapper && wrapper.isIPv4CompatibleAddress());
		return new NearAddress(
				(wraps && !address.isLoopbackAddress()) ? ipv4(bytes, bytes.length - IPV4_LENGTH) : address);
	}

	/**
	 * Whether the address is this machine, or on its link.
	 * @return {@code true} if it is
	 */
	boolean isNear() {
		return this.address.isLoopbackAddress() || this.address.isAnyLocalAddress() || this.address.isMulticastAddress()
				|| isLinkLocal();
	}

	/**
	 * Whether the address is on the link of this machine, as are those at which AWS gives
	 * out credentials.
	 * @return {@code true} if it is
	 */
	boolean isLinkLocal() {
		return this.address.isLinkLocalAddress() || startsWith(this.address.getAddress(), AWS);
	}

	private static boolean startsWith(byte[] bytes, byte[] prefix) {
		return bytes.length > IPV4_LENGTH && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
	}

	private static InetAddress ipv4(byte[] bytes, int start) {
		try {
			return InetAddress.getByAddress(Arrays.copyOfRange(bytes, start, start + IPV4_LENGTH));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
