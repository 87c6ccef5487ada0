import Type from 'typebox';
import { Names, type RefusalTable } from '../../platform/http/contract.ts';

const Choice = Type.Object({ value: Type.String(), label: Names });

/** One value an operation takes, as the page needs it to draw a form. */
export const ParameterView = Type.Object({
  key: Type.String(),
  label: Names,
  kind: Type.Union([Type.Literal('hex'), Type.Literal('digits'), Type.Literal('choice'), Type.Literal('text')]),
  lengths: Type.Optional(Type.Array(Type.Integer(), { description: 'bytes of hex, digits, or characters' })),
  least: Type.Optional(Type.Integer()),
  most: Type.Optional(Type.Integer()),
  several: Type.Optional(Type.Object({ least: Type.Integer(), most: Type.Integer() })),
  choices: Type.Optional(Type.Array(Choice)),
  optional: Type.Optional(Type.Boolean()),
  default: Type.Optional(Type.String()),
  secret: Type.Optional(Type.Boolean({ description: 'a key or PIN: never put into an address' })),
});
export type ParameterView = Type.Static<typeof ParameterView>;

export const OperationView = Type.Object({ id: Type.String(), name: Names, parameters: Type.Array(ParameterView) });
export type OperationView = Type.Static<typeof OperationView>;
export const OperationList = Type.Object({ items: Type.Array(OperationView) });
export type OperationList = Type.Static<typeof OperationList>;

const Step = Type.Object({
  name: Names,
  inputs: Type.Array(Type.Object({ name: Names, value: Type.String() })),
  output: Type.String(),
  source: Type.Optional(Type.String()),
});
export type Step = Type.Static<typeof Step>;

const Account = { result: Type.String(), steps: Type.Array(Step) };

/** What came out, every step of it, and how it compares with what was expected. */
export const Worked = Type.Object({
  ...Account,
  comparison: Type.Union([
    Type.Object({
      expected: Type.String(),
      equal: Type.Boolean(),
      /** What would have given the expected value. */
      matches: Type.Array(Type.Object({ variation: Names, ...Account })),
    }),
    Type.Null(),
  ]),
});
export type Worked = Type.Static<typeof Worked>;

/** Test data, never logged: hex, digits or a choice for each parameter. */
export const ValuesGiven = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 8_192 }), {
  maxProperties: 40,
});

export const forms = ['apdu', 'answer', 'atr', 'tlv', 'iso8583'] as const;

export const DecodeRequest = Type.Object({
  data: Type.String({ minLength: 1, maxLength: 16_384, description: 'hex, blanks and colons allowed' }),
  form: Type.Optional(Type.Enum(forms, { description: 'guessed when missing' })),
  command: Type.Optional(Type.String({ maxLength: 2_048, description: 'hex of the command that `data` answers' })),
});

export const DecodedLine = Type.Object({
  depth: Type.Integer(),
  id: Type.String({ description: 'tag or field number; may be empty' }),
  name: Names,
  value: Type.String(),
  meaning: Type.Union([Names, Type.Null()]),
  bits: Type.Array(Type.Object({ place: Type.String(), value: Type.String(), name: Names })),
});
export type DecodedLine = Type.Static<typeof DecodedLine>;

export const Decoded = Type.Object({ form: Type.Enum(forms), lines: Type.Array(DecodedLine) });
export type Decoded = Type.Static<typeof Decoded>;

export const ScriptRequest = Type.Object({
  text: Type.String({ maxLength: 32_768 }),
  values: Type.Optional(ValuesGiven),
  keep_going: Type.Optional(Type.Boolean({ description: 'run on after a line that is not ok' })),
});

const Exchanged = Type.Object({ hex: Type.String(), name: Names, lines: Type.Array(DecodedLine) });
export type Exchanged = Type.Static<typeof Exchanged>;

const ReportLine = Type.Object({
  file: Type.String(),
  line: Type.Integer(),
  text: Type.String(),
  state: Type.Enum(['ok', 'failed', 'refused', 'passed', 'not_run']),
  words: Type.Union([Names, Type.Null()]),
  slot: Type.Union([Type.String(), Type.Null()]),
  command: Type.Union([Exchanged, Type.Null()]),
  answer: Type.Union([Exchanged, Type.Null()]),
  difference: Type.Union([
    Type.Object({ at: Type.Integer(), expected: Type.String(), came: Type.String() }),
    Type.Null(),
  ]),
  kept: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
});
export type ReportLine = Type.Static<typeof ReportLine>;

export const ScriptReport = Type.Object({
  ok: Type.Boolean(),
  faults: Type.Array(
    Type.Object({
      place: Type.Object({ file: Type.String(), line: Type.Integer(), column: Type.Integer() }),
      words: Names,
    }),
  ),
  lines: Type.Array(ReportLine),
});
export type ScriptReport = Type.Static<typeof ScriptReport>;

export const ExampleList = Type.Object({
  items: Type.Array(Type.Object({ name: Type.String(), title: Names, text: Type.String() })),
});
export type ExampleList = Type.Static<typeof ExampleList>;

/** To stand on every page and in every help text: keys typed here are known to whoever runs the centre. */
export const testDataOnly = {
  zh: '仅限测试数据：请勿输入生产密钥、真实密码或真实卡号。',
  en: 'Test data only: never enter a production key, a real PIN or a real card number.',
} as const;

export const laboratoryRefusals = {
  'laboratory.unknown_operation': {
    status: 404,
    zh: '没有这项运算；请从列表中选择。',
    en: 'There is no such operation. Choose one of the list.',
  },
  'laboratory.bad_values': {
    status: 422,
    zh: '这些值无法计算，没有保存任何内容；请按各栏提示修改。',
    en: 'These values cannot be worked with; nothing was kept. Correct the fields named.',
  },
} as const satisfies RefusalTable;
