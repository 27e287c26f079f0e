@NullMarked
package io.pubsub.console.service;

import org.jspecify.annotations.NullMarked;
