-- The messages that are being handled, and those that were. changed_at is in milliseconds
-- since 1970: when a message was claimed, or done.
CREATE TABLE IF NOT EXISTS pubsub_idempotency (
	consumer VARCHAR(100) NOT NULL,
	message_key VARCHAR(255) NOT NULL,
	state VARCHAR(20) NOT NULL,
	token VARCHAR(36) NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (consumer, message_key)
);

CREATE INDEX IF NOT EXISTS pubsub_idempotency_changed_at ON pubsub_idempotency (consumer, changed_at);
