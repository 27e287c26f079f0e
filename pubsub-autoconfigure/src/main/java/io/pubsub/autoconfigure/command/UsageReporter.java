package io.pubsub.autoconfigure.command;

import io.pubsub.autoconfigure.internal.UsageException;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what is wrong with a command line as other tools do: on the standard error and
 * with nothing around it. The logging system is not there yet, and nothing has failed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UsageReporter implements SpringBootExceptionReporter {

	@Override
	public boolean reportException(Throwable failure) {
		if (failure instanceof UsageException) {
			System.err.println(failure.getMessage());
			return true;
		}
		return false;
	}

}
