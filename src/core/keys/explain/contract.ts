/** Words for people, in both languages. */
export type Words = { readonly zh: string; readonly en: string };

/** One step of a computation: what was done, with what, and what came out; bytes as upper-case hex. */
export type Step = {
  readonly name: Words;
  readonly inputs: readonly { readonly name: Words; readonly value: string }[];
  readonly output: string;
  /** Standard and clause, or the section of the reference a rule comes from. */
  readonly source?: string;
};

export type Explained = { readonly result: string; readonly steps: readonly Step[] };

/**
 * A variation that would have given the value the caller expected; `given` where there is none: the values as they are
 * give it, as one of several results or with another random part.
 */
export type Match = { readonly given: boolean; readonly variation: Words; readonly explained: Explained };

/** The operations, in the words of the command line. */
export const operationNames = [
  'kcv',
  'diversify',
  'session-key',
  'tac',
  'card-mac',
  'authenticate',
  'retail-mac',
  'cbc-mac',
  'cmac',
  'unionpay-mac',
  'pin-block',
  'dukpt',
  'dukpt-aes',
  'emv-master-key',
  'emv-session-key',
  'arqc',
  'arpc',
  'emv-script-mac',
  'tr31-wrap',
  'tr31-unwrap',
  'sm3',
  'sm4',
  'des',
  'aes',
  'card-check',
  'working-keys',
  'components',
  'pki-pin',
] as const;
export type OperationName = (typeof operationNames)[number];

export type Choice = { readonly value: string; readonly label: Words };

/** One value an operation takes, as text. Blanks in hex and digits do not count. */
export type Parameter = {
  readonly key: string;
  /** Other names people know it by; a command line takes them too. */
  readonly also?: readonly string[];
  readonly label: Words;
  readonly kind: 'hex' | 'digits' | 'choice' | 'text';
  /** Allowed lengths: bytes of hex, digits, characters of text. Without it any, within `least` and `most`. */
  readonly lengths?: readonly number[];
  readonly least?: number;
  readonly most?: number;
  /** Several values separated by blanks, each of the allowed lengths. */
  readonly several?: { readonly least: number; readonly most: number };
  /** Of kind choice: what may be chosen. */
  readonly choices?: readonly Choice[];
  /** May be left out; where a default stands it is taken. */
  readonly optional?: boolean;
  readonly default?: string;
  /** A key or a PIN: not to be shown or logged where it was typed. */
  readonly secret?: boolean;
};

/** What a caller gives: text by parameter key. Keys left out, empty or undefined count as not given. */
export type Values = Readonly<Record<string, string | undefined>>;

export type Operation = {
  readonly name: Words;
  readonly parameters: readonly Parameter[];
  /** The result with every intermediate value. Throws a `LaboratoryRefusal` for bad input. */
  explain(values: Values): Explained;
  /**
   * Which other key, level, padding, rule or order would have given `expected` (hex, digits or text, as results are
   * written). The first match says so when the values as given do. Empty when nothing fits. Refuses as `explain` does.
   */
  search(values: Values, expected: string): readonly Match[];
};

/** Why an operation refuses what it was given. */
export const refusalCodes = [
  'unknown_parameter',
  'missing',
  'odd_hex',
  'not_hex',
  'not_digits',
  'not_a_choice',
  'wrong_length',
  'wrong_count',
  'not_luhn',
  'not_text',
  'not_whole_blocks',
  'weak_expectation',
  'pin_block_unreadable',
  'key_block_unreadable',
  'mac_wrong',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What a `LaboratoryRefusal` carries: the parameter at fault, a code for programs, words for people. */
export type Refused = { readonly parameter: string; readonly code: RefusalCode; readonly words: Words };

/** To stand on every screen and page that takes keys. */
export const testKeysOnly: Words = {
  zh: '仅限测试密钥：请勿输入任何生产密钥、真实密码或真实卡号。',
  en: 'Test keys only: never enter a production key, a real PIN or a real card number.',
};
