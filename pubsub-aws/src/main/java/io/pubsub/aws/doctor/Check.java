package io.pubsub.aws.doctor;

import java.util.stream.Stream;

/**
 * A check: a function of the facts that asks nobody.
 */
@FunctionalInterface
interface Check {

	Stream<Finding> findings(Facts facts);

}
