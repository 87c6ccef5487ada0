import Type from 'typebox';
import { page } from '../../platform/http/contract.ts';

export { type RegistryRefusal, registryRefusals } from './refusals.ts';

/** Kinds of insurance (AAE140). */
export const insurances = {
  '110': { zh: '企业职工基本养老保险', en: 'enterprise pension' },
  '210': { zh: '失业保险', en: 'unemployment' },
  '310': { zh: '职工基本医疗保险', en: "workers' medical" },
  '390': { zh: '城乡居民基本医疗保险', en: "residents' medical" },
  '410': { zh: '工伤保险', en: 'work injury' },
} as const;
export type Insurance = keyof typeof insurances;

export type EnrolmentStatus = 'in_service' | 'retired' | 'resident';
export type EmployerSize = 'micro' | 'small' | 'medium' | 'large';
export type InstitutionKind = 'hospital' | 'pharmacy';
/** Civil-affairs class of a household that opens medical aid: 低保, 特困, 低保边缘. */
export type AidClass = 'subsistence' | 'destitute' | 'near_subsistence';

const Day = Type.String({ format: 'date' });
const Moment = Type.String({ format: 'date-time' });
const Uuid = Type.String({ format: 'uuid' });
const Fen = Type.String({ pattern: '^-?\\d+$', description: 'Amount in fen as a decimal string' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Numbers come masked ("990101********1234"); who may see them whole is decided by the route. */
export const PersonJson = Type.Object({
  person_id: Uuid,
  citizen_number: Type.String(),
  name: Type.String(),
  name_latin: Type.String(),
  sex: Type.Union([Type.Literal(1), Type.Literal(2)]),
  birth: Day,
  died_on: orNull(Day),
  household_id: orNull(Uuid),
  relation: orNull(Type.String()),
  phone: orNull(Type.String()),
  address_zh: Type.String(),
  address_en: Type.String(),
  aid_class: orNull(
    Type.Union([Type.Literal('subsistence'), Type.Literal('destitute'), Type.Literal('near_subsistence')]),
  ),
});
export type PersonJson = Type.Static<typeof PersonJson>;

/** POST /api/persons/births: a newborn enters the mother's household. */
export const RegisterBirth = Type.Object({
  mother_id: Uuid,
  citizen_number: Type.String({ maxLength: 30 }),
  name: Type.String({ minLength: 1, maxLength: 60 }),
  name_latin: Type.String({ minLength: 1, maxLength: 120 }),
});

export const EmployerJson = Type.Object({
  employer_id: Uuid,
  credit_code: Type.String(),
  name_zh: Type.String(),
  name_en: Type.String(),
  industry: Type.String({ pattern: '^[A-T]\\d{2}$' }),
  injury_class: Type.Integer({ minimum: 1, maximum: 8 }),
  size: Type.Union([Type.Literal('micro'), Type.Literal('small'), Type.Literal('medium'), Type.Literal('large')]),
});
export type EmployerJson = Type.Static<typeof EmployerJson>;

export const InstitutionJson = Type.Object({
  institution_id: Uuid,
  code: Type.String({ pattern: '^[HP]\\d{11}$' }),
  kind: Type.Union([Type.Literal('hospital'), Type.Literal('pharmacy')]),
  level: orNull(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)])),
  name_zh: Type.String(),
  name_en: Type.String(),
  address_zh: Type.String(),
  address_en: Type.String(),
  designated_from: Day,
  designated_through: orNull(Day),
});
export type InstitutionJson = Type.Static<typeof InstitutionJson>;

export const EnrolmentJson = Type.Object({
  enrolment_id: Uuid,
  version: Type.Integer({ minimum: 1 }),
  person_id: Uuid,
  insurance: Type.Union([
    Type.Literal('110'),
    Type.Literal('210'),
    Type.Literal('310'),
    Type.Literal('390'),
    Type.Literal('410'),
  ]),
  status: Type.Union([Type.Literal('in_service'), Type.Literal('retired'), Type.Literal('resident')]),
  employer_id: orNull(Uuid),
  wage_fen: orNull(Fen),
  from: Day,
  through: orNull(Day),
  known_from: Moment,
  known_through: orNull(Moment),
});
export type EnrolmentJson = Type.Static<typeof EnrolmentJson>;

export const PersonPageJson = Type.Object({
  persons: Type.Array(PersonJson),
  next: orNull(Type.String({ description: 'Pass it as `after` for the next page; null on the last' })),
});
export type PersonPageJson = Type.Static<typeof PersonPageJson>;

export const PersonQuery = Type.Object({
  /** A citizen number, or the beginning of a name. */
  query: Type.Optional(Type.String({ maxLength: 60 })),
  after: Type.Optional(Type.String({ maxLength: 400 })),
});

export const lifeEventKinds = ['born', 'renamed', 'enrolled', 'left', 'died'] as const;
/** What happened to a person on a day; the insurance and the employer where it has one, the new name. */
export const LifeEventJson = Type.Object({
  day: Day,
  what: Type.Enum(lifeEventKinds),
  name: Type.Optional(Type.String()),
  insurance: Type.Optional(EnrolmentJson.properties.insurance),
  employer: Type.Optional(orNull(Type.String())),
  employer_en: Type.Optional(orNull(Type.String())),
});
export type LifeEventJson = Type.Static<typeof LifeEventJson>;
/** Oldest first. */
export const LifelineJson = Type.Object({ items: Type.Array(LifeEventJson) });
/** Every version ever held. */
export const EnrolmentsJson = Type.Object({ items: Type.Array(EnrolmentJson) });

export const InstitutionQuery = Type.Object({
  kind: Type.Optional(InstitutionJson.properties.kind),
  /** The beginning of a code, or part of a name in either language. */
  query: Type.Optional(Type.String({ maxLength: 60 })),
  after: Type.Optional(Type.String({ maxLength: 20 })),
});
export const InstitutionPageJson = page(InstitutionJson);

export const EmployerQuery = Type.Object({
  /** The beginning of a credit code, or part of a name in either language. */
  query: Type.Optional(Type.String({ maxLength: 60 })),
  after: Type.Optional(Type.String({ maxLength: 20 })),
});
export const EmployerPageJson = page(EmployerJson);

export const IdParams = Type.Object({ id: Uuid });
