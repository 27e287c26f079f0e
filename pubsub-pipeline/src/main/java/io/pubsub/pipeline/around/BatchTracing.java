package io.pubsub.pipeline.around;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/**
 * Gives the batches that {@link ObservedOrigins} observes spans with links to those of
 * their messages. It has to come before the handler of the tracer for everything else.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class BatchTracing implements TracingObservationHandler<Observation.Context> {

	private final Tracer tracer;

	/**
	 * Makes a handler.
	 * @param tracer the tracer
	 */
	public BatchTracing(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof BatchContext;
	}

	@Override
	public void onStart(Observation.Context context) {
		Span.Builder builder = this.tracer.spanBuilder().setNoParent();
		for (Observation.ContextView message : ((BatchContext) context).messages()) {
			TracingContext tracing = message.get(TracingContext.class);
			Span span = (tracing != null) ? tracing.getSpan() : null;
			if (span != null) {
				builder.addLink(new Link(span));
			}
		}
		getTracingContext(context).setSpan(builder.start());
	}

	@Override
	public void onStop(Observation.Context context) {
		Span span = getRequiredSpan(context);
		span.name(getSpanName(context));
		tagSpan(context, span);
		endSpan(context, span);
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

}
