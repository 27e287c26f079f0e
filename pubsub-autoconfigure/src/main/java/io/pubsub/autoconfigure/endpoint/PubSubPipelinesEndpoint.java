package io.pubsub.autoconfigure.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.circuit.CircuitStates;
import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Action;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Setting;
import io.pubsub.autoconfigure.health.DaemonWatch;
import io.pubsub.daemon.Rate;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the pipelines with their stages, pauses and resumes each alone, and changes the
 * number of its messages in flight and its rate.
 */
@Endpoint(id = "pubsubpipelines")
final class PubSubPipelinesEndpoint {

	private final ObjectProvider<DaemonGroup> groups;

	private final ObjectProvider<CircuitStates> circuits;

	private final Duration stuckAfter;

	PubSubPipelinesEndpoint(ObjectProvider<DaemonGroup> groups, ObjectProvider<CircuitStates> circuits,
			Duration stuckAfter) {
		this.groups = groups;
		this.circuits = circuits;
		this.stuckAfter = stuckAfter;
	}

	@ReadOperation
	Map<String, Entry> describe() {
		Map<String, Entry> entries = new LinkedHashMap<>();
		daemons().forEach((daemon) -> entries.put(daemon.name(), entry(daemon)));
		return entries;
	}

	@ReadOperation
	Entry describe(@Selector String name) {
		return entry(find(name));
	}

	@WriteOperation
	Entry control(@Selector String name, @Selector Action action) {
		ManagedDaemon found = find(name);
		DaemonControls.run(found.daemon(), action);
		return entry(found);
	}

	@WriteOperation
	Entry change(@Selector String name, @Selector Setting setting, @Selector int value) {
		ManagedDaemon found = find(name);
		found.daemon().concurrency(DaemonControls.concurrency(setting, value));
		return entry(found);
	}

	@WriteOperation
	Entry changeRate(@Selector String name, @Selector Setting setting, @Selector String messages,
			@Selector String unit) {
		return maxRate(name, DaemonControls.rate(setting, messages, unit));
	}

	@DeleteOperation
	Entry removeRate(@Selector String name, @Selector Setting setting) {
		DaemonControls.checkRate(setting);
		return maxRate(name, null);
	}

	private Entry maxRate(String name, @Nullable Rate rate) {
		ManagedDaemon found = find(name);
		found.daemon().maxRate(rate);
		return entry(found);
	}

	private Stream<ManagedDaemon> daemons() {
		return this.groups.orderedStream().flatMap((group) -> group.daemons().stream());
	}

	private ManagedDaemon find(String name) {
		return daemons().filter((daemon) -> daemon.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new InvalidEndpointRequestException("There is no pipeline of that name",
					"there are %s".formatted(daemons().map(ManagedDaemon::name).toList())));
	}

	private Entry entry(ManagedDaemon managed) {
		DaemonWatch watch = new DaemonWatch(managed.daemon(), this.stuckAfter, managed.limit());
		return new Entry(managed.source(), Consumer.of(watch), circuit(managed.name()), managed.statistics().get());
	}

	private @Nullable String circuit(String pipeline) {
		return this.circuits.stream()
			.flatMap((states) -> states.of(pipeline).values().stream())
			.findFirst()
			.orElse(null);
	}

	/**
	 * The state of a pipeline at one moment.
	 *
	 * @param source the address that it consumes, if it is known
	 * @param consumer the state of its consumer
	 * @param circuit the state of its circuit breaker, if it has one that has got a
	 * message
	 * @param statistics its stages, the longest calls and the last failures
	 */
	record Entry(@Nullable String source, Consumer consumer, @Nullable String circuit, Object statistics) {

	}

}
