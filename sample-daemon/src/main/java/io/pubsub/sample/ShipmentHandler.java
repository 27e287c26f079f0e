package io.pubsub.sample;

import io.pubsub.ChangedUriMessage;
import io.pubsub.Handles;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.uri.UriHandler;
import io.pubsub.uri.UriResources;

import org.springframework.stereotype.Component;

/**
 * Pins to the {@link NoticeBoard} what is on its way. The message says only where the
 * courier tells more.
 */
@Component
@Handles(mediaTypes = "created.shipment")
class ShipmentHandler extends UriHandler<Shipment> {

	private final NoticeBoard board;

	ShipmentHandler(UriResources resources, NoticeBoard board) {
		super(resources, Shipment.class);
		this.board = board;
	}

	@Override
	protected Outcome handle(Shipment shipment, ChangedUriMessage message, MessageContext context) {
		this.board.pin("Order %s is on its way with %s".formatted(shipment.order(), shipment.carrier()));
		return Outcome.succeeded();
	}

}
