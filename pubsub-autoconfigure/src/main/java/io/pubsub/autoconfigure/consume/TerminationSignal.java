package io.pubsub.autoconfigure.consume;

import java.lang.reflect.Proxy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SIGTERM the orderly end of a daemon that it is: the process exits with code 0,
 * after all shutdown hooks, instead of the 143 of the JVM.
 */
final class TerminationSignal {

	private static final Logger logger = LoggerFactory.getLogger(TerminationSignal.class);

	private TerminationSignal() {
	}

	// By reflection, because the compiler warns of the class, although the module
	// jdk.unsupported exports it.
	static void exitWithZero() {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			Object exit = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
					(proxy, method, arguments) -> {
						System.exit(0);
						return null;
					});
			signal.getMethod("handle", signal, handler)
				.invoke(null, signal.getConstructor(String.class).newInstance("TERM"), exit);
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("SIGTERM will end this process with the exit code of the JVM", ex);
		}
	}

}
