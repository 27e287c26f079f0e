package io.pubsub.test;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.Outcome;
import org.assertj.core.api.AbstractListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the outcomes of a whole run: those of any list, with an
 * {@link OutcomeAssert} for each of its elements.
 *
 * @since 0.1.0
 */
public final class OutcomesAssert extends AbstractListAssert<OutcomesAssert, List<Outcome>, Outcome, OutcomeAssert> {

	OutcomesAssert(@Nullable List<Outcome> actual) {
		super(actual, OutcomesAssert.class);
	}

	/**
	 * Verifies that there were outcomes of these kinds, and no others, in this order.
	 * @param kinds the kinds
	 * @return this
	 */
	public OutcomesAssert hasKinds(Outcome.Kind... kinds) {
		extracting(Outcome::kind).containsExactly(kinds);
		return this;
	}

	/**
	 * Verifies that there were outcomes of these kinds, and no others, in whatever order.
	 * @param kinds the kinds
	 * @return this
	 */
	public OutcomesAssert hasKindsInAnyOrder(Outcome.Kind... kinds) {
		extracting(Outcome::kind).containsExactlyInAnyOrder(kinds);
		return this;
	}

	@Override
	protected OutcomeAssert toAssert(Outcome value, String description) {
		return new OutcomeAssert(value).as(description);
	}

	@Override
	protected OutcomesAssert newAbstractIterableAssert(Iterable<? extends Outcome> iterable) {
		List<Outcome> outcomes = new ArrayList<>();
		iterable.forEach(outcomes::add);
		return new OutcomesAssert(outcomes);
	}

}
