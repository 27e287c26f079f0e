package io.pubsub.aws.faults;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSourceOptions;

/**
 * A {@link ParcelDaemon} in a process of its own, which tells of each parcel before it is
 * acknowledged.
 */
public final class DaemonProcess implements AutoCloseable {

	/** The most messages that it holds and has not settled. */
	static final int SLOTS = 30;

	private static final String HANDLED = "handled ";

	private static final int CONCURRENCY = 10;

	private static final String HANGING = "hanging";

	private static final int HANGING_THREADS = 2;

	private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);

	private final ChildJvm process;

	private DaemonProcess(ChildJvm process) {
		this.process = process;
	}

	static DaemonProcess start(URI endpoint, TestQueue queue, HandledLedger ledger) {
		return start(endpoint, queue, ledger, "");
	}

	/**
	 * Starts a daemon that begins two parcels at once and ends none until it is
	 * interrupted, while the others wait.
	 */
	static DaemonProcess startHanging(URI endpoint, TestQueue queue, HandledLedger ledger) {
		return start(endpoint, queue, ledger, HANGING);
	}

	private static DaemonProcess start(URI endpoint, TestQueue queue, HandledLedger ledger, String kind) {
		return new DaemonProcess(ChildJvm.start(DaemonProcess.class, (line) -> {
			if (line.startsWith(HANDLED)) {
				ledger.record(Integer.parseInt(line.substring(HANDLED.length())));
			}
		}, endpoint.toString(), queue.url(), kind));
	}

	/**
	 * Starts the daemon, which runs until it is killed.
	 * @param args the endpoint, the URL of the queue and the kind of handler
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		SqsSourceOptions options = SqsSourceOptions.builder(args[1])
			.concurrency(CONCURRENCY)
			.maxPrefetch(SLOTS - CONCURRENCY)
			.build();
		boolean hanging = args[2].equals(HANGING);
		ParcelDaemon.start(SqsClients.at(URI.create(args[0])), options, hanging ? HANGING_THREADS : CONCURRENCY,
				hanging ? DaemonProcess::hang : DaemonProcess::handle, (dispatcher) -> dispatcher);
		new CountDownLatch(1).await();
	}

	private static Outcome hang(Parcel parcel, MessageContext context) throws Exception {
		Outcome outcome = handle(parcel, context);
		new CountDownLatch(1).await();
		return outcome;
	}

	private static Outcome handle(Parcel parcel, MessageContext context) throws IOException {
		// One write: a kill leaves the whole line or nothing.
		OUTPUT.write((HANDLED + parcel.number() + '\n').getBytes(StandardCharsets.US_ASCII));
		return Outcome.succeeded();
	}

	/**
	 * Lets the process do nothing until {@link #resume()}.
	 */
	void pause() throws IOException, InterruptedException {
		this.process.signal("STOP");
	}

	void resume() throws IOException, InterruptedException {
		this.process.signal("CONT");
	}

	void kill() throws InterruptedException {
		this.process.kill();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
