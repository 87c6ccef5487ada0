import Type from 'typebox';

/** Whose day's work a user does. One user has one role. */
export const roles = [
  'agency',
  'finance',
  'inspector',
  'hospital',
  'pharmacy',
  'citizen',
  'integrator',
  'device',
  'custodian',
] as const;
export type Role = (typeof roles)[number];

/** Words and HTTP status of a refusal; `{name}` stands for a value of the refusal's detail. */
export type RefusalWords = { readonly status: number; readonly zh: string; readonly en: string };
export type RefusalTable = Readonly<Record<string, RefusalWords>>;

/** RFC 9457 problem details, with our stable code. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  /** Stable code such as `medical.not_insured_on_day`. */
  code: Type.String(),
  /** What happened, that nothing was lost, what to do: in the caller's language. */
  detail: Type.String(),
  instance: Type.String(),
  trace_id: Type.String(),
  /** One entry for each field that is wrong. */
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
});
export type Problem = Type.Static<typeof Problem>;

/** Amounts travel as whole fen in text, so that no reader turns them into a float. */
export const FenText = Type.String({ pattern: '^-?\\d{1,18}$', description: 'amount in fen' });
export const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'calendar day, ISO 8601' });
export const MonthText = Type.String({ pattern: '^\\d{4}-\\d{2}$', description: 'calendar month, ISO 8601' });
export const IdText = Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'UUID version 7' });
export const InstantText = Type.String({ description: 'instant, ISO 8601 with offset' });
/** Both languages of a name. */
export const Names = Type.Object({ zh: Type.String(), en: Type.String() });

/** Keyset paging: `after` is the opaque `next` of the page before. */
export const PageQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});
export const page = <T extends Type.TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });

/** Who is signed in, as the browser sees it. */
export const Me = Type.Object({
  user_id: Type.String(),
  name: Type.String(),
  /** In Latin letters, where it is known. */
  name_en: Type.Optional(Type.String()),
  role: Type.Unsafe<Role>({ type: 'string', enum: [...roles] }),
  institution_code: Type.Union([Type.String(), Type.Null()]),
  person_id: Type.Union([Type.String(), Type.Null()]),
});
export type Me = Type.Static<typeof Me>;
