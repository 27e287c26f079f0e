package io.pubsub.local.internal.s3;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and the objects in it. Safe for use by several threads.
 */
final class Bucket {

	private final String name;

	private final Instant created;

	@GuardedBy("this")
	private final NavigableMap<String, StoredObject> objects = new TreeMap<>(new KeyOrder());

	private volatile List<EventRule> rules = List.of();

	Bucket(String name, Instant created) {
		this.name = name;
		this.created = created;
	}

	String name() {
		return this.name;
	}

	Instant created() {
		return this.created;
	}

	List<EventRule> rules() {
		return this.rules;
	}

	void rules(List<EventRule> changed) {
		this.rules = changed;
	}

	synchronized boolean isEmpty() {
		return this.objects.isEmpty();
	}

	synchronized StoredObject require(String key) {
		StoredObject object = this.objects.get(key);
		if (object == null) {
			throw S3Exception.noSuchKey(key);
		}
		return object;
	}

	synchronized Listing list(ListQuery query) {
		return Listing.of(this.objects, query);
	}

	/**
	 * Reads an object, whose bytes nobody deletes meanwhile.
	 * @param key the key
	 * @param reader the action that opens them, and does not go on to read them
	 * @param <T> the type of the result
	 * @return the result of the action
	 */
	synchronized <T> T read(String key, Function<StoredObject, T> reader) {
		return reader.apply(require(key));
	}

	/**
	 * Puts an object in the place of the one that has its key.
	 * @param condition refuses if the present object is not as the client wants it
	 * @param object the object
	 */
	synchronized void put(Consumer<@Nullable StoredObject> condition, StoredObject object) {
		condition.accept(this.objects.get(object.key()));
		discard(this.objects.put(object.key(), object));
	}

	synchronized boolean delete(Consumer<@Nullable StoredObject> condition, String key) {
		condition.accept(this.objects.get(key));
		StoredObject deleted = this.objects.remove(key);
		discard(deleted);
		return deleted != null;
	}

	private static void discard(@Nullable StoredObject object) {
		if (object != null) {
			object.blob().delete();
		}
	}

}
