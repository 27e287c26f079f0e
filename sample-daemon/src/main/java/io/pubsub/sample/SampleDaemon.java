package io.pubsub.sample;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service. With the local broker, which is on by default, it shows what it can do;
 * with {@code --once} it ends after that. With {@code --sqs-queue-url} it consumes that
 * queue until it is stopped.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SampleDaemon {

	/**
	 * Starts the service.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(SampleDaemon.class);
		application.addListeners(new FirstLine());
		ConfigurableApplicationContext context = application.run(args);
		if (context.getBean(ApplicationArguments.class).containsOption("once")) {
			System.exit(SpringApplication.exit(context));
		}
	}

}
