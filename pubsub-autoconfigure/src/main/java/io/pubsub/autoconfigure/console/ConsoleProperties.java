package io.pubsub.autoconfigure.console;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the console.
 *
 * @param writable Whether the console may do something: pause and resume consumers,
 * change their concurrency, replay and discard dead letters. Without it, it only shows.
 * @param showContent Whether the console shows the content of a dead letter, of one at a
 * time and only when asked.
 * @since 0.1.0
 */
@ConfigurationProperties("pubsub.console")
public record ConsoleProperties(@DefaultValue("false") boolean writable, @DefaultValue("false") boolean showContent) {

}
