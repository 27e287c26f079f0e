package io.pubsub;

/**
 * Thrown when a media type follows the naming convention, and nobody has said which
 * organization it is of.
 *
 * @since 0.1.0
 */
public final class NoOrganizationException extends IllegalStateException {

	NoOrganizationException(String change, String resource) {
		super("the media type of '%s.%s' follows the naming convention, which needs an organization: there is none"
			.formatted(change, resource));
	}

}
