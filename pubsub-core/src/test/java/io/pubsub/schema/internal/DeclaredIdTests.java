package io.pubsub.schema.internal;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.UUID;

import io.pubsub.MessageGroupId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DeclaredId}.
 */
class DeclaredIdTests {

	@Test
	void readsAComponentOfARecord() {
		assertThat(read(new Component("a", "b"))).isEqualTo("a");
	}

	@Test
	void readsAMethodOfARecord() {
		assertThat(read(new Derived("a", 7))).isEqualTo("a-7");
	}

	@Test
	void readsAnInheritedField() {
		UUID id = UUID.randomUUID();
		assertThat(read(new Sub(id))).isEqualTo(id.toString());
	}

	@Test
	void readsAMethodThatIsAnnotatedInAnInterface() {
		assertThat(read(new OfTenant("t-1"))).isEqualTo("t-1");
	}

	@Test
	void readsWhatHasAnAnnotationWithTheAnnotation() {
		assertThat(read(new ByTenant("t-1"))).isEqualTo("t-1");
	}

	@Test
	void readsAPrimitive() {
		assertThat(read(new Primitive(42L))).isEqualTo("42");
	}

	@Test
	void readsNothingFromNull() {
		assertThat(read(new Component(null, "b"))).isNull();
	}

	@Test
	void isNotThereWithoutAnnotation() {
		assertThat(DeclaredId.of(String.class, MessageGroupId.class)).isNull();
	}

	@Test
	void refusesTwoMembers() {
		assertThatIllegalArgumentException().isThrownBy(() -> DeclaredId.of(Twice.class, MessageGroupId.class))
			.withMessage(Twice.class.getName() + " has @MessageGroupId on a and b: one member only can say it");
	}

	@Test
	void readsSeveralMembersInTheOrderOfTheirNames() {
		assertThat(DeclaredId.allOf(Twice.class, MessageGroupId.class)).extracting((id) -> id.read(new Twice("1", "2")))
			.containsExactly("1", "2");
	}

	@ParameterizedTest
	@ValueSource(classes = { Listed.class, Nothing.class, WithParameter.class, Constant.class })
	void refusesAMemberThatHasNoId(Class<?> schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> DeclaredId.of(schema, MessageGroupId.class))
			.withMessageStartingWith("@MessageGroupId must be on a record component, a field or a method")
			.withMessageEndingWith("not on " + schema.getName() + ".wrong");
	}

	@Test
	void namesAMethodThatFails() {
		assertThatIllegalStateException().isThrownBy(() -> read(new Failing()))
			.withMessage("@MessageGroupId on " + Failing.class.getName() + ".group cannot be read: the method failed");
	}

	private static @Nullable String read(Object content) {
		DeclaredId id = DeclaredId.of(content.getClass(), MessageGroupId.class);
		return (id != null) ? id.read(content) : "not declared";
	}

	record Component(@MessageGroupId @Nullable String tenant, String other) {
	}

	record Derived(String tenant, int shard) {

		@MessageGroupId
		private String group() {
			return this.tenant + "-" + this.shard;
		}

	}

	interface HasTenant<T> {

		@MessageGroupId
		T tenant();

	}

	record OfTenant(String tenant) implements HasTenant<String> {
	}

	@MessageGroupId
	@Retention(RetentionPolicy.RUNTIME)
	@interface Tenant {

	}

	record ByTenant(@Tenant String tenant) {
	}

	record Primitive(@MessageGroupId long customer) {
	}

	record Twice(@MessageGroupId String a, @MessageGroupId String b) {
	}

	record Listed(@MessageGroupId List<String> wrong) {
	}

	static class Nothing {

		@MessageGroupId
		void wrong() {
		}

	}

	static class WithParameter {

		@MessageGroupId
		String wrong(String parameter) {
			return parameter;
		}

	}

	static class Constant {

		@MessageGroupId
		static String wrong = "a";

	}

	static class Failing {

		@MessageGroupId
		String group() {
			throw new UnsupportedOperationException("expected");
		}

	}

	static class Base {

		@MessageGroupId
		private final UUID tenant;

		Base(UUID tenant) {
			this.tenant = tenant;
		}

	}

	static final class Sub extends Base {

		Sub(UUID tenant) {
			super(tenant);
		}

	}

}
