package io.pubsub.local.internal.sns;

import io.pubsub.local.internal.xml.Xml;

/**
 * What the Query API does for one value of the field {@code Action}.
 */
interface Action {

	void perform(Parameters request, Xml result);

}
