package io.pubsub.aws.sns;

import io.pubsub.NackException;

/**
 * Thrown while the certificate that a notification is signed with cannot be fetched,
 * which says nothing of the notification: it can be handled when SNS answers again.
 *
 * @since 0.1.0
 */
public final class CertificateUnavailableException extends NackException {

	CertificateUnavailableException(String reason) {
		super(null, reason);
	}

}
