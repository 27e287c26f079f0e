package io.pubsub.local.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Sum}.
 */
class SumTests {

	// The check values of the catalogue of parametrised CRC algorithms, and the digests
	// of
	// the same text.
	@ParameterizedTest
	@CsvSource({ "CRC32,cbf43926", "CRC32C,e3069283", "CRC64NVME,ae8b14860a799888",
			"SHA1,f7c3bc1d808e04732adf679965ccc34ca7ae3441", "MD5,25f9e794323b453885f5181f1b624d0b" })
	void addsUp(String algorithm, String expected) {
		Sum sum = Sum.start(algorithm);
		sum.add("123456".getBytes(StandardCharsets.US_ASCII), 6);
		sum.add("789-".getBytes(StandardCharsets.US_ASCII), 3);
		assertThat(HexFormat.of().formatHex(sum.end())).isEqualTo(expected);
	}

}
