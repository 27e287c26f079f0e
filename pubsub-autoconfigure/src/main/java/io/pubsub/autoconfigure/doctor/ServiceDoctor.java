package io.pubsub.autoconfigure.doctor;

import java.time.Duration;
import java.util.function.Supplier;

import io.pubsub.aws.doctor.Facts;
import io.pubsub.aws.doctor.FactsReader;
import io.pubsub.aws.topology.ServiceFacts;

/**
 * The doctor of the service: reads the facts and judges them. It changes nothing. Safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public final class ServiceDoctor {

	private final ServiceSurvey survey;

	private final Supplier<FactsReader> reader;

	ServiceDoctor(ServiceSurvey survey, Supplier<FactsReader> reader) {
		this.survey = survey;
		this.reader = reader;
	}

	/**
	 * Tells what the service itself says, without asking anybody.
	 * @return the facts of the service
	 */
	public ServiceFacts service() {
		return this.survey.facts();
	}

	/**
	 * Reads the facts, which others may show or compare too.
	 * @param deadline the time after which what was not answered counts as unknown
	 * @return the facts
	 */
	public Facts facts(Duration deadline) {
		return this.reader.get().read(this.survey.facts(), deadline);
	}

	/**
	 * Looks, and judges.
	 * @param deadline the time after which what was not answered counts as unknown
	 * @return the report
	 */
	public DoctorReport examine(Duration deadline) {
		return DoctorReport.of(facts(deadline));
	}

}
