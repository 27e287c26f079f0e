package io.pubsub.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * What the JSON of all messages has in common.
 */
final class WireFormat {

	static final String MEDIA_TYPE = "mediaType";

	static final String OPAQUE_DATA = "opaqueData";

	private WireFormat() {
	}

	/**
	 * Adapts a mapper so that values come back exactly as they were sent, unknown fields
	 * are ignored, and enums go by their names. Text that is empty is not taken for no
	 * value, nor a number for a truth value or a constant of an enum. A field that is
	 * {@code null} or an empty {@code Optional} is left out, unless the mapper says
	 * otherwise: the peers refuse a null where they know an optional field.
	 * @param mapper the mapper of the application
	 * @return a mapper that leaves the given one as it is
	 */
	static JsonMapper of(JsonMapper mapper) {
		return mapper.rebuild()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
			.disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.withCoercionConfigDefaults(
					(coercions) -> coercions.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
			.withCoercionConfig(LogicalType.Boolean,
					(coercions) -> coercions.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
			.addModule(new WireModule())
			.changeDefaultPropertyInclusion(WireFormat::withoutNulls)
			.build();
	}

	private static JsonInclude.Value withoutNulls(JsonInclude.Value inclusion) {
		return (inclusion.getValueInclusion() == JsonInclude.Include.USE_DEFAULTS)
				? inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT) : inclusion;
	}

}
