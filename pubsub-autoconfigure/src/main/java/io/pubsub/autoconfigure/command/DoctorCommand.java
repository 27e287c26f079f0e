package io.pubsub.autoconfigure.command;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.pubsub.autoconfigure.doctor.DoctorReport;
import io.pubsub.autoconfigure.doctor.ServiceDoctor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;

/**
 * Looks for what is wrong with the queues and topics of the service.
 */
@Command(name = Commands.DOCTOR,
		description = { "Looks for what is wrong with the queues and topics of the service, and changes nothing.",
				"Each finding says what was seen, why it matters and how it is mended." },
		footer = "%nExit codes: 0 nothing that is an error, 1 an error, 2 wrong usage, 3 could not look",
		exitCodeOnExecutionException = DoctorReport.COULD_NOT_LOOK)
final class DoctorCommand implements Callable<Integer> {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private final BeanFactory beans;

	@Mixin
	private final SourceOption source = new SourceOption();

	@Option(names = "--json", description = "prints one line of JSON")
	private boolean json;

	@Spec
	private @Nullable CommandSpec spec;

	DoctorCommand(BeanFactory beans) {
		this.beans = beans;
	}

	SourceOption source() {
		return this.source;
	}

	@Override
	public Integer call() {
		ServiceDoctor doctor = this.beans.getBeanProvider(ServiceDoctor.class).getIfAvailable();
		if (doctor == null) {
			Output.commandLine(this.spec).getErr().println("It could not look: there is no client of SQS");
			return DoctorReport.COULD_NOT_LOOK;
		}
		DoctorReport report = doctor.examine(DEADLINE);
		Output.of(this.spec)
			.println(this.json ? JsonMapper.builder().build().writeValueAsString(report) : report.table());
		return report.exitCode();
	}

}
