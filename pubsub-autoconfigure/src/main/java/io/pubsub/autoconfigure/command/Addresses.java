package io.pubsub.autoconfigure.command;

import io.pubsub.autoconfigure.internal.CommandLineProperties;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;

/**
 * Queues and topics under the addresses that they have where the command goes. A local
 * broker has those of AWS under the same names.
 */
final class Addresses {

	private static final String LOCAL_TOPIC = "arn:aws:sns:us-east-1:000000000000:";

	private final boolean local;

	Addresses(BeanFactory beans) {
		this.local = beans.getBean(Environment.class).getProperty(CommandLineProperties.LOCAL, Boolean.class, false);
	}

	String queue(String address) {
		return this.local ? name(address) : address;
	}

	String topic(String arn) {
		return this.local ? LOCAL_TOPIC + name(arn) : arn;
	}

	private static String name(String address) {
		return address.substring(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1);
	}

}
