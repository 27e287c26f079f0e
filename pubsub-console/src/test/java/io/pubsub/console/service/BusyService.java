package io.pubsub.console.service;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.pubsub.Handles;
import io.pubsub.RejectMessageException;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;
import io.pubsub.time.Timekeeper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * A service with a handler and a pipeline, on a broker of its own.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class BusyService {

	private static final long WORK_NANOS = 30_000_000;

	/**
	 * Starts it, and publishes to it until it is killed: for whoever works on the page.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SnsProducer producer = SpringApplication.run(BusyService.class, args).getBean(SnsProducer.class);
		publish(producer, Timekeeper.system("traffic"), 0);
	}

	private static void publish(SnsProducer producer, Timekeeper time, int number) {
		String kind = (number % 53 == 52) ? "rejected" : (number % 31 == 30) ? "broken" : "fine";
		producer.produce(new Invoice(kind + "-" + number));
		time.after(Duration.ofMillis(20 + 40L * ((number / 400) % 3)), () -> publish(producer, time, number + 1));
	}

	/**
	 * Whether what was rejected is handled today.
	 */
	@Bean
	AtomicBoolean mended() {
		return new AtomicBoolean();
	}

	@Bean
	InvoiceHandler invoiceHandler(AtomicBoolean mended) {
		return new InvoiceHandler(mended);
	}

	@Bean
	Pipeline ledger() {
		return Pipeline.named("ledger")
			.from(Invoice.class)
			.map(Invoice::number)
			.named("number")
			.map(BusyService::slowly)
			.named("look-up")
			.batch(5, Duration.ofSeconds(1))
			.to((batch) -> {
			});
	}

	private static String slowly(String number) {
		LockSupport.parkNanos(WORK_NANOS);
		return number;
	}

	/**
	 * Handles invoices.
	 *
	 * @param mended whether those are handled that are rejected else
	 */
	public record InvoiceHandler(AtomicBoolean mended) {

		@Handles
		public void handle(Invoice invoice) {
			if (invoice.number().startsWith("rejected") && !this.mended.get()) {
				throw new RejectMessageException("the account is closed");
			}
			if (invoice.number().startsWith("broken")) {
				throw new IllegalStateException("a table is locked");
			}
		}

	}

}
