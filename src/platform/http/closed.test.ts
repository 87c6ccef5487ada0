import Type from 'typebox';
import { expect, test } from 'vitest';
import { closed } from './closed.ts';

test('objects are closed at every depth, unless they say otherwise', () => {
  const line = Type.Object({ code: Type.String() });
  const open = Type.Object({}, { additionalProperties: true });
  const schema = Type.Object({ lines: Type.Array(line), other: Type.Union([line, Type.Null()]), open });
  expect(closed(schema)).toMatchObject({
    additionalProperties: false,
    properties: {
      lines: { items: { additionalProperties: false, required: ['code'] } },
      other: { anyOf: [{ additionalProperties: false }, { type: 'null' }] },
      open: { additionalProperties: true },
    },
  });
  expect(line).not.toHaveProperty('additionalProperties');
});
