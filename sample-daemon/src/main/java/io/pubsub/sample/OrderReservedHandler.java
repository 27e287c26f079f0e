package io.pubsub.sample;

import io.pubsub.Handles;
import io.pubsub.sample.order.OrderReserved;

import org.springframework.stereotype.Component;

/**
 * Pins to the {@link NoticeBoard} which orders can be packed.
 */
@Component
class OrderReservedHandler {

	private final NoticeBoard board;

	OrderReservedHandler(NoticeBoard board) {
		this.board = board;
	}

	@Handles
	void handle(OrderReserved reserved) {
		this.board.pin("Order %s can be packed".formatted(reserved.order()));
	}

}
