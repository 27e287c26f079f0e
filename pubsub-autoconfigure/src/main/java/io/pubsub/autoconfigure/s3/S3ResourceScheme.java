package io.pubsub.autoconfigure.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.MissingObjectException;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.uri.ResourceScheme;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The objects of S3 as resources of messages: {@code s3://bucket/key}.
 */
final class S3ResourceScheme implements ResourceScheme {

	private final S3Objects objects;

	S3ResourceScheme(S3Client client) {
		this.objects = new S3Objects(client, MissingObject.FAIL);
	}

	@Override
	public String name() {
		return "s3";
	}

	@Override
	public @Nullable InputStream open(URI uri) throws IOException {
		try {
			return this.objects.open(S3Object.of(uri.getAuthority(), uri.getPath().substring(1)));
		}
		catch (MissingObjectException ex) {
			return null;
		}
	}

}
