package io.pubsub.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.autoconfigure.console.ConsoleProperties;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the requests of the page, whatever web server they come through. Safe for use
 * by many threads.
 */
final class Console {

	private static final Logger logger = LoggerFactory.getLogger(Console.class);

	private static final Logger audit = LoggerFactory.getLogger("io.pubsub.console.audit");

	private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
					+ " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer",
			"Cross-Origin-Resource-Policy", "same-origin", "Cache-Control", "no-store");

	// Not that of the application, whose settings would change the names.
	private static final JsonMapper mapper = JsonMapper.builder().build();

	private final Surveyor surveyor;

	private final Snapshot.Instance instance;

	private final ConsoleProperties properties;

	private final Guard guard;

	private final Map<String, Deed> deeds = new HashMap<>();

	Console(Surveyor surveyor, Snapshot.Instance instance, ConsoleProperties properties, List<Deed.Catalog> catalogs) {
		this.surveyor = surveyor;
		this.instance = instance;
		this.properties = properties;
		this.guard = new Guard(properties.writable());
		catalogs.forEach((catalog) -> this.deeds.putAll(catalog.deeds()));
	}

	/**
	 * Answers with the page.
	 * @param exchange the request
	 * @param directory the last part of the page's address
	 * @return the page
	 */
	Reply page(Exchange exchange, String directory) {
		HEADERS.forEach(exchange::setHeader);
		return PageFiles.page(directory);
	}

	/**
	 * Answers with a file of the page, or with what it is to draw.
	 * @param exchange the request
	 * @param name the name of the file
	 * @param user the name of the user, if known
	 * @return the answer; {@code null} if there is no such file
	 */
	@Nullable Reply read(Exchange exchange, String name, @Nullable String user) {
		HEADERS.forEach(exchange::setHeader);
		return name.equals("state") ? answer(200, this.surveyor.look(this.instance, access(exchange, user)))
				: PageFiles.file(name);
	}

	private Snapshot.Access access(Exchange exchange, @Nullable String user) {
		return new Snapshot.Access(user, this.properties.writable(), this.properties.showContent(),
				this.deeds.keySet().stream().sorted().toList(), exchange.csrf());
	}

	/**
	 * Carries out an order.
	 * @param exchange the request
	 * @param order the order
	 * @param user the name of the user, if known
	 * @return the answer; {@code null} if there is no such action
	 */
	@Nullable Reply write(Exchange exchange, Order order, @Nullable String user) {
		HEADERS.forEach(exchange::setHeader);
		Deed deed = this.deeds.get(order.action());
		return (deed != null) ? carryOut(deed, order, exchange, user) : null;
	}

	private Reply carryOut(Deed deed, Order order, Exchange exchange, @Nullable String user) {
		try {
			this.guard.check(deed, exchange);
			Object done = deed.carryOut().apply(order);
			log(deed, order, exchange, user, done);
			return answer(200, done);
		}
		catch (RefusedException ex) {
			log(deed, order, exchange, user, "refused: " + ex.getMessage());
			return answer(ex.status(), new Problem(String.valueOf(ex.getMessage())));
		}
		catch (RuntimeException ex) {
			logger.warn("The console could not do what it was asked for: {}", LogText.of(order.toString()),
					LogText.printable(ex));
			log(deed, order, exchange, user, "failed");
			return answer(500, new Problem(String.valueOf(ex.getMessage())));
		}
	}

	private static void log(Deed deed, Order order, Exchange exchange, @Nullable String user, Object result) {
		if (deed.changes()) {
			audit.info("{} from {}: {}: {}", LogText.of((user != null) ? user : "somebody"),
					LogText.of(exchange.remoteAddress()), LogText.of(order.toString()), LogText.of(result.toString()));
		}
	}

	private static Reply answer(int status, Object content) {
		return Reply.json(status, mapper.writeValueAsBytes(content));
	}

	/**
	 * What the page is told of something that was not done.
	 *
	 * @param error the reason
	 */
	record Problem(String error) {

	}

}
