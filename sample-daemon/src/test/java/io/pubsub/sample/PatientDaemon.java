package io.pubsub.sample;

import java.io.IOException;

import io.pubsub.Handles;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * A daemon whose handler takes until a line comes from the standard input.
 */
@EnableAutoConfiguration
public class PatientDaemon {

	static final String STARTED = "The daemon has started";

	static final String BEGUN = "The handler has begun";

	static final String ENDED = "The handler has ended";

	/**
	 * Starts the daemon.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(PatientDaemon.class, args);
		System.out.println(STARTED);
	}

	@Handles
	void handle(SimpleMessage message) throws IOException {
		System.out.println(BEGUN);
		System.in.read();
		System.out.println(ENDED);
	}

}
