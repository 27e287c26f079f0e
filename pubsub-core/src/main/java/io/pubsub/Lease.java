package io.pubsub;

/**
 * The hold on a message that is being handled. It can be lost while the handler works:
 * the source then gives the message to somebody else.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Lease {

	/**
	 * The hold on a message that nobody can take away.
	 */
	Lease PERMANENT = () -> false;

	/**
	 * Whether the message is no longer ours.
	 * @return {@code true} from the moment on at which it was lost
	 */
	boolean isLost();

}
