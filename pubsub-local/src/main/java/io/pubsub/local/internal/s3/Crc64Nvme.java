package io.pubsub.local.internal.s3;

import java.util.zip.Checksum;

/**
 * The CRC-64 of NVM Express, which S3 prefers and the JDK does not have.
 */
final class Crc64Nvme implements Checksum {

	private static final long REVERSED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

	private static final int BYTE_VALUES = 256;

	private static final long[] TABLE = createTable();

	private long state = -1;

	private static long[] createTable() {
		long[] table = new long[BYTE_VALUES];
		for (int i = 0; i < table.length; i++) {
			long entry = i;
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				entry = (entry >>> 1) ^ ((entry & 1) * REVERSED_POLYNOMIAL);
			}
			table[i] = entry;
		}
		return table;
	}

	@Override
	public void update(int b) {
		this.state = TABLE[(int) (this.state ^ b) & 0xFF] ^ (this.state >>> Byte.SIZE);
	}

	@Override
	public void update(byte[] bytes, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			update(bytes[i]);
		}
	}

	@Override
	public long getValue() {
		return ~this.state;
	}

	@Override
	public void reset() {
		this.state = -1;
	}

}
