type Schema = Readonly<Record<string, unknown>>;

/**
 * The schema with every object in it closed: a field that is not described is refused instead of passed over, so that a
 * misspelt one is noticed. An object that says `additionalProperties` itself is left as it is.
 */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties, items, anyOf, oneOf } = schema as Schema;
  return {
    ...schema,
    ...(items ? { items: closed(items) } : {}),
    ...(anyOf ? { anyOf: closed(anyOf) } : {}),
    ...(oneOf ? { oneOf: closed(oneOf) } : {}),
    ...(properties ? { properties: each(properties as Schema), ...openness(schema as Schema) } : {}),
  };
}

const each = (properties: Schema): Schema =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, closed(schema)]));

const openness = ({ additionalProperties = false }: Schema) => ({ additionalProperties });
