-- The messages of durable queues and of the outbox, and the queues themselves. Times are in
-- milliseconds since 1970. state is READY (waits), TAKEN (at work, until the end of the lease in
-- available_at), BEHIND (waits for an older one of its group), PARKED (given up, for the reason)
-- or DONE (kept until available_at). A message that waits may be claimed from available_at on.
CREATE TABLE IF NOT EXISTS pubsub_queue (
	name VARCHAR(100) NOT NULL PRIMARY KEY,
	state VARCHAR(10) NOT NULL,
	owner VARCHAR(255),
	reason VARCHAR(1000),
	changed_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS pubsub_message (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	queue VARCHAR(100) NOT NULL,
	message_id VARCHAR(36) NOT NULL,
	body TEXT NOT NULL,
	attributes TEXT NOT NULL,
	group_id VARCHAR(255),
	deduplication_id VARCHAR(255),
	address VARCHAR(1000),
	media_type VARCHAR(255),
	state VARCHAR(10) NOT NULL,
	available_at BIGINT NOT NULL,
	attempts INTEGER NOT NULL,
	owner VARCHAR(255),
	token VARCHAR(36),
	reason VARCHAR(1000),
	created_at BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS pubsub_message_available ON pubsub_message (queue, state, available_at, id);

CREATE INDEX IF NOT EXISTS pubsub_message_group ON pubsub_message (queue, group_id, state, id) WHERE group_id IS NOT NULL;

CREATE INDEX IF NOT EXISTS pubsub_message_deduplication ON pubsub_message (queue, deduplication_id) WHERE deduplication_id IS NOT NULL;
