package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.topology.Consumption;
import io.pubsub.aws.topology.ServiceFacts;

/**
 * One reading of the facts, whose questions go on side by side.
 */
final class Reading {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final FactsReader sources;

	private final ServiceFacts service;

	private final Duration deadline;

	private final PlaceReading place;

	private final Questions questions;

	private final QueueReading queues;

	private final TopicReading topics;

	private final Map<String, KeyFacts> keys = new ConcurrentHashMap<>();

	Reading(FactsReader sources, ServiceFacts service, Duration deadline) {
		this.sources = sources;
		this.service = service;
		this.deadline = deadline;
		this.place = new PlaceReading(sources.sqs(), sources.sns(), sources.clock());
		this.questions = new Questions(this.place::note);
		this.queues = new QueueReading(sources.sqs(), this.questions, deadline);
		this.topics = new TopicReading(sources.sns(), this.questions, this::isConsumed, deadline);
	}

	private boolean isConsumed(String endpoint) {
		return this.service.consumptions()
			.stream()
			.anyMatch((consumption) -> Arn.of(consumption.queue()).name().equals(Arn.of(endpoint).name()));
	}

	Facts read() {
		// To ask may take long too: for the first time, the client looks for credentials.
		await(Questions.DONE.thenComposeAsync((start) -> Questions
			.all(Stream.of(this.place.identify(), caller(), consumptions(), letters(), publications()))));
		return new Facts(this.service, this.place.place(), this.queues.queues(), this.queues.letters(),
				this.topics.topics(), this.keys, this.questions.unseen());
	}

	private void await(CompletableFuture<?> all) {
		try {
			all.get(this.deadline.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			this.questions.giveUp("no answer within " + this.deadline.toMillis() + " ms");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.questions.giveUp("interrupted while waiting for the answer");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the facts could not be read", ex);
		}
	}

	// Good to know, but nobody waits long for it, and nothing is wrong without it.
	private CompletableFuture<Boolean> caller() {
		Caller caller = this.sources.caller();
		if (caller == null) {
			return Questions.DONE;
		}
		return this.questions.wonder("sts:GetCallerIdentity", "*",
				() -> caller.arn().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), this.place::foundCaller);
	}

	private CompletableFuture<Boolean> consumptions() {
		return Questions.all(this.service.consumptions()
			.stream()
			.map(Consumption::queue)
			.distinct()
			.map((address) -> this.queues.consumed(address, this::related)));
	}

	private CompletableFuture<Boolean> related(QueueFacts queue) {
		return Questions.all(Stream.concat(Stream.of(key(queue.attributes().getOrDefault("KmsMasterKeyId", ""))),
				queue.policy().topics().stream().map(this.topics::read)));
	}

	private CompletableFuture<Boolean> key(String id) {
		KeyPolicies policies = this.sources.keys();
		return (policies != null && !id.isEmpty() && !KeyFacts.isOfAws(id))
				? this.questions.ask("kms:GetKeyPolicy", id, () -> policies.find(id), (key) -> {
					this.keys.put(id, key);
					return Questions.DONE;
				}) : Questions.DONE;
	}

	private CompletableFuture<Boolean> letters() {
		return Questions.all(this.service.consumptions()
			.stream()
			.flatMap((consumption) -> Stream.ofNullable(consumption.deadLetters()))
			.distinct()
			.map((address) -> ServiceFacts.isTopic(address) ? this.topics.read(address) : this.queues.exists(address)));
	}

	private CompletableFuture<Boolean> publications() {
		return Questions.all(Stream
			.concat(this.service.published().keySet().stream(),
					this.service.consumptions().stream().flatMap((consumption) -> consumption.topics().stream()))
			.distinct()
			.map(this.topics::read));
	}

}
