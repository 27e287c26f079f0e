package io.pubsub.dispatch;

import java.lang.reflect.Method;
import java.util.List;

import io.pubsub.Handles;
import tools.jackson.databind.JavaType;

/**
 * A method that handles messages, with all that its class knows of it.
 *
 * @param declarations the method itself, and those that it overrides or implements
 * @param handles the annotation of the nearest one
 * @param parameters its parameters, with the type parameters of the class resolved
 * @param result the type of its result, resolved too
 */
record HandlerMethod(List<Method> declarations, Handles handles, List<JavaType> parameters, JavaType result) {

	Method method() {
		return this.declarations.get(0);
	}

}
