package io.pubsub.aws.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * One list of messages on its way.
 */
final class Sending {

	private final Calls calls;

	private final EntryRules rules;

	private final List<OutboundMessage> messages;

	private final AtomicReferenceArray<@Nullable PublishResult> results;

	private final Set<Entry.Group> failedGroups = ConcurrentHashMap.newKeySet();

	Sending(Calls calls, EntryRules rules, List<OutboundMessage> messages) {
		this.calls = calls;
		this.rules = rules;
		this.messages = messages;
		this.results = new AtomicReferenceArray<>(messages.size());
	}

	CompletableFuture<List<PublishResult>> start() {
		Map<String, List<Entry>> ordered = new LinkedHashMap<>();
		Map<String, List<Entry>> unordered = new LinkedHashMap<>();
		for (int place = 0; place < this.messages.size(); place++) {
			OutboundMessage message = this.messages.get(place);
			Entry entry = new Entry(place, message, message.sizeInBytes());
			(entry.isOrdered() ? ordered : unordered).computeIfAbsent(message.address(), (address) -> new ArrayList<>())
				.add(entry);
		}
		List<CompletableFuture<Void>> parts = new ArrayList<>();
		unordered.forEach((address, entries) -> Packing.pack(check(entries), this.rules.maxBytes(address))
			.forEach((batch) -> parts.add(send(batch, 1))));
		ordered.forEach((address, entries) -> parts
			.add(sendInOrder(Packing.packInOrder(check(entries), this.rules.maxBytes(address)))));
		return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply((nothing) -> results());
	}

	private List<PublishResult> results() {
		return IntStream.range(0, this.results.length()).mapToObj(this::result).toList();
	}

	private PublishResult result(int place) {
		PublishResult result = this.results.get(place);
		return (result != null) ? result : PublishResult.failed(new IllegalStateException("the broker gave no answer"));
	}

	private List<Entry> check(List<Entry> entries) {
		List<Entry> passed = new ArrayList<>(entries.size());
		for (Entry entry : entries) {
			Exception fault = this.rules.faultOf(entry.message(), entry.size());
			if (fault == null) {
				passed.add(entry);
			}
			else {
				settle(entry, PublishResult.refused(fault));
			}
		}
		return passed;
	}

	private CompletableFuture<Void> sendInOrder(List<List<Entry>> batches) {
		CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
		for (List<Entry> batch : batches) {
			sent = sent.thenCompose((nothing) -> send(stillWanted(batch), 1));
		}
		return sent;
	}

	private List<Entry> stillWanted(List<Entry> batch) {
		List<Entry> wanted = new ArrayList<>(batch.size());
		for (Entry entry : batch) {
			if (this.failedGroups.contains(entry.group())) {
				settle(entry, PublishResult.failed(
						new IllegalStateException("not sent, because an earlier message of its group could not be")));
			}
			else {
				wanted.add(entry);
			}
		}
		return wanted;
	}

	private CompletableFuture<Void> send(List<Entry> batch, int attempt) {
		if (batch.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		return this.calls.send(batch.stream().map(Entry::message).toList())
			.thenApply((answers) -> settle(batch, answers, attempt))
			.thenCompose((again) -> sendAgain(again, attempt));
	}

	private CompletableFuture<Void> sendAgain(List<Entry> batch, int attempt) {
		return batch.isEmpty() ? CompletableFuture.completedFuture(null)
				: this.calls.pause(attempt).thenCompose((nothing) -> send(batch, attempt + 1));
	}

	private List<Entry> settle(List<Entry> batch, List<SendAnswer> answers, int attempt) {
		List<Entry> again = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			SendAnswer answer = answers.get(i);
			if (Calls.isWorthRetrying(answer, attempt)) {
				again.add(batch.get(i));
			}
			else {
				settle(batch.get(i), answer.result());
			}
		}
		return again;
	}

	private void settle(Entry entry, PublishResult result) {
		this.results.set(entry.place(), result);
		if (!result.isPublished() && entry.isOrdered()) {
			this.failedGroups.add(entry.group());
		}
	}

}
