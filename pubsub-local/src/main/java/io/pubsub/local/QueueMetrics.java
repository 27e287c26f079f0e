package io.pubsub.local;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBean that ElasticMQ registers and forgets: it would keep a stopped server in
 * memory, and stand in the way of the next.
 */
final class QueueMetrics {

	private static final String NAME = "org.elasticmq:name=Queues";

	private final boolean ours;

	private QueueMetrics(boolean ours) {
		this.ours = ours;
	}

	static QueueMetrics beforeStart() {
		return new QueueMetrics(!server().isRegistered(name()));
	}

	void afterStop() {
		if (!this.ours || !server().isRegistered(name())) {
			return;
		}
		try {
			server().unregisterMBean(name());
		}
		catch (JMException ex) {
			throw new LocalBrokerException("MBean %s could not be unregistered".formatted(NAME), ex);
		}
	}

	private static MBeanServer server() {
		return ManagementFactory.getPlatformMBeanServer();
	}

	private static ObjectName name() {
		try {
			return ObjectName.getInstance(NAME);
		}
		catch (JMException ex) {
			throw new IllegalStateException("MBean name %s is malformed".formatted(NAME), ex);
		}
	}

}
