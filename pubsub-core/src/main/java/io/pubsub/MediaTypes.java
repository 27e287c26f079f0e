package io.pubsub;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes the media types of an organization by its naming convention:
 * {@code application/vnd.<organization>.<channel>.<change>.<resource>}.
 * <p>
 * The channel is {@code pubsub._} within the organization and {@code pubsub} for others
 * too. The resource is written in snake case, each of its dotted segments by itself:
 * {@code FooBar.ThisThat} becomes {@code foo_bar.this_that}. Immutable.
 *
 * @since 0.1.0
 */
public final class MediaTypes {

	private static final Set<String> LIFECYCLE_CHANGES = Set.of("created", "changed", "deleted");

	private static final String NAME = "[A-Za-z0-9_-]+";

	private static final Pattern ORGANIZATION = Pattern.compile(NAME + "(\\." + NAME + ")*");

	private static final Pattern CHANGE = Pattern.compile("[a-z0-9_]+");

	private static final Pattern RESOURCE = Pattern.compile("(\\*|[a-z0-9_]+(\\.[a-z0-9_]+)*(\\.\\*)?)");

	private static final Pattern ACRONYM_END = Pattern.compile("([A-Z]+)([A-Z][a-z])");

	private static final Pattern WORD_START = Pattern.compile("([a-z0-9])([A-Z])");

	private final @Nullable String organization;

	private final Set<String> lifecycleChanges;

	private final Pattern convention;

	/**
	 * Knows the changes created, changed and deleted.
	 * @param organization the name of the organization; {@code null} if the convention is
	 * not used
	 * @throws InvalidSettingException if the name cannot be part of a media type
	 */
	public MediaTypes(@Nullable String organization) {
		this(organization, LIFECYCLE_CHANGES);
	}

	/**
	 * Knows the given changes.
	 * @param organization the name of the organization; {@code null} if the convention is
	 * not used
	 * @param lifecycleChanges the changes that can happen to a resource, in snake case
	 * @throws InvalidSettingException if one of these cannot be part of a media type
	 */
	public MediaTypes(@Nullable String organization, Set<String> lifecycleChanges) {
		if (organization != null && !ORGANIZATION.matcher(organization).matches()) {
			throw new InvalidSettingException(MediaTypes.class, "organization",
					"an organization must consist of letters, digits, '_', '-' and single dots, not '%s'"
						.formatted(organization));
		}
		for (String change : lifecycleChanges) {
			if (!CHANGE.matcher(change).matches()) {
				throw new InvalidSettingException(MediaTypes.class, "lifecycleChanges",
						"a lifecycle change must consist of lower-case letters, digits and '_', not '%s'"
							.formatted(change));
			}
		}
		this.organization = organization;
		this.lifecycleChanges = Set.copyOf(lifecycleChanges);
		this.convention = Pattern.compile("application/vnd\\..+?\\.pubsub(?:\\._)?\\.("
				+ String.join("|", new TreeSet<>(lifecycleChanges)) + ")\\.([^/]+)");
	}

	/**
	 * The media type that says that a resource was created.
	 * @param resource the resource
	 * @return the media type
	 */
	public MediaType created(String resource) {
		return of("created", resource, false);
	}

	/**
	 * The media type that says that a resource was created.
	 * @param resource the class that names the resource
	 * @return the media type
	 */
	public MediaType created(Class<?> resource) {
		return created(resourceOf(resource));
	}

	/**
	 * The media type that says that a resource was changed.
	 * @param resource the resource
	 * @return the media type
	 */
	public MediaType changed(String resource) {
		return of("changed", resource, false);
	}

	/**
	 * The media type that says that a resource was changed.
	 * @param resource the class that names the resource
	 * @return the media type
	 */
	public MediaType changed(Class<?> resource) {
		return changed(resourceOf(resource));
	}

	/**
	 * The media type that says that a resource was deleted.
	 * @param resource the resource
	 * @return the media type
	 */
	public MediaType deleted(String resource) {
		return of("deleted", resource, false);
	}

	/**
	 * The media type that says that a resource was deleted.
	 * @param resource the class that names the resource
	 * @return the media type
	 */
	public MediaType deleted(Class<?> resource) {
		return deleted(resourceOf(resource));
	}

	/**
	 * The media type of a change of a resource.
	 * @param change one of the lifecycle changes
	 * @param resource the resource; its last segment may be {@code *}
	 * @param publicChannel whether the message is for other organizations too
	 * @return the media type
	 * @throws NoOrganizationException if the organization is not known
	 */
	public MediaType of(String change, String resource, boolean publicChannel) {
		if (this.organization == null) {
			throw new NoOrganizationException(change, resource);
		}
		if (!this.lifecycleChanges.contains(change)) {
			throw new IllegalArgumentException("'%s' is not a lifecycle change: use one of %s, or declare it"
				.formatted(change, new TreeSet<>(this.lifecycleChanges)));
		}
		String name = snakeCase(resource);
		if (!RESOURCE.matcher(name).matches()) {
			throw new IllegalArgumentException(
					("'%s' cannot be a resource: between dots it must have one or more of A-Z,"
							+ " a-z, 0-9, '_' and '-', since a media type has no room for others; a class is given another name"
							+ " by @MessageSchema(resource = ...)")
						.formatted(resource));
		}
		String channel = publicChannel ? "pubsub" : "pubsub._";
		return new MediaType("application/vnd.%s.%s.%s.%s".formatted(this.organization, channel, change, name));
	}

	/**
	 * The media type that a class declares.
	 * @param schema a class with {@link MessageSchema}
	 * @return the media type
	 * @throws IllegalArgumentException if the class declares none, or contradicts itself
	 */
	public MediaType of(Class<?> schema) {
		MessageSchema declared = schema.getAnnotation(MessageSchema.class);
		if (declared == null) {
			throw new IllegalArgumentException(
					"%s has no media type of its own: annotate it with @MessageSchema".formatted(schema.getName()));
		}
		if (declared.mediaType().isEmpty()) {
			return of(declared.change(), resourceOf(schema), declared.publicChannel());
		}
		if (declared.mediaType().indexOf('/') < 0 || !declared.resource().isEmpty()) {
			throw new IllegalArgumentException(
					"@MessageSchema on %s must have either a whole mediaType with a '/', ".formatted(schema.getName())
							+ "or a resource and a change");
		}
		return new MediaType(declared.mediaType());
	}

	/**
	 * Reads a media type from the text of a configuration or an annotation.
	 * @param text a whole media type, a pattern, or {@code <change>.<resource>}
	 * @return the media type
	 * @throws IllegalArgumentException if the text is none of these
	 */
	public MediaType resolve(String text) {
		if (text.indexOf('/') >= 0) {
			return new MediaType(text);
		}
		if (!beginsWithChange(text)) {
			throw new IllegalArgumentException("'%s' is not a media type: use a whole one with a '/', ".formatted(text)
					+ "a pattern that ends in '.*', or <change>.<resource> with a change of "
					+ new TreeSet<>(this.lifecycleChanges));
		}
		int dot = text.indexOf('.');
		return of(text.substring(0, dot), text.substring(dot + 1), false);
	}

	/**
	 * Reads a media type that was made from any text, by the rule of
	 * {@link #resolve(String)}.
	 * @param mediaType a whole media type, a pattern, or {@code <change>.<resource>}
	 * @return the media type; the same one if it is whole
	 * @throws IllegalArgumentException if the text is none of these
	 */
	public MediaType resolve(MediaType mediaType) {
		return (mediaType.value().indexOf('/') >= 0) ? mediaType : resolve(mediaType.value());
	}

	/**
	 * Whether a text is a lifecycle change, a dot and the rest.
	 * @param text the text
	 * @return {@code true} for {@code <change>.<resource>}
	 */
	public boolean beginsWithChange(String text) {
		int dot = text.indexOf('.');
		return dot >= 0 && this.lifecycleChanges.contains(text.substring(0, dot));
	}

	/**
	 * The lifecycle change that a media type of the convention tells of, whatever its
	 * organization.
	 * @param mediaType the media type
	 * @return the change, or {@code null} if the media type does not follow the
	 * convention
	 */
	public @Nullable String changeOf(MediaType mediaType) {
		Matcher matcher = this.convention.matcher(mediaType.value());
		return matcher.matches() ? matcher.group(1) : null;
	}

	/**
	 * The resource that a media type of the convention tells of, whatever its
	 * organization.
	 * @param mediaType the media type
	 * @return the resource, or {@code null} if the media type does not follow the
	 * convention
	 */
	public @Nullable String resourceOf(MediaType mediaType) {
		Matcher matcher = this.convention.matcher(mediaType.value());
		return matcher.matches() ? matcher.group(2) : null;
	}

	private static String resourceOf(Class<?> type) {
		MessageSchema declared = type.getAnnotation(MessageSchema.class);
		return (declared != null && !declared.resource().isEmpty()) ? declared.resource() : type.getSimpleName();
	}

	private static String snakeCase(String name) {
		String words = ACRONYM_END.matcher(name).replaceAll("$1_$2");
		words = WORD_START.matcher(words).replaceAll("$1_$2");
		return words.replace('-', '_').toLowerCase(Locale.ROOT);
	}

}
