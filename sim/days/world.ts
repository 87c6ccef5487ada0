import type { DeskTerminal, DrawerCard } from '../../src/field/desk/contract.ts';
import { defined } from '../../src/kernel/assert.ts';
import type { Me } from '../../src/platform/http/contract.ts';
import type { CatalogueItem, Diagnosis } from '../../src/schemes/medical/contract.ts';
import { type Api, everyItem } from './api.ts';

/** A terminal of an institution, and the cashier who works at it. */
export type Counter = {
  readonly api: Api;
  readonly kind: 'hospital' | 'pharmacy';
  readonly terminal_id: string;
  /** People work here too: what lies in the slot may be theirs. */
  readonly shared: boolean;
};

/** What a player knows of the city: no more than its users are shown. */
export type World = {
  readonly counters: readonly Counter[];
  readonly finance: Api;
  readonly agency: Api;
  readonly cards: readonly DrawerCard[];
  readonly catalogue: readonly CatalogueItem[];
  readonly diagnoses: readonly Diagnosis[];
};

export type SignIn = (username: string) => Promise<Api>;

/** Beginnings of everyday diagnoses: colds, bronchitis, high pressure, gastritis, back pain, diabetes, eczema, cough. */
const everyday = ['J0', 'J4', 'I1', 'K2', 'M5', 'E1', 'L2', 'R0'];

/** Signs the city's cashiers and its accountant in and looks round. */
export async function openWorld(signIn: SignIn): Promise<World> {
  const [hospital, pharmacy] = [await signIn('hospital'), await signIn('pharmacy')];
  const [finance, agency] = [await signIn('finance'), await signIn('agency')];
  const found = await Promise.all(
    everyday.map((query) => hospital.get<{ items: Diagnosis[] }>(`/api/diagnoses?query=${query}`)),
  );
  return {
    counters: [
      ...playersOf(await countersOf(hospital, 'hospital')),
      ...playersOf(await countersOf(pharmacy, 'pharmacy')),
    ],
    finance,
    agency,
    cards: await drawer(hospital),
    catalogue: await everyItem(hospital, '/api/catalogue?limit=200'),
    diagnoses: found.flatMap(({ items }) => items),
  };
}

/** The terminals of a cashier's institution; its pages work at the first. */
export async function countersOf(api: Api, kind: Counter['kind']): Promise<Counter[]> {
  const { institution_code } = await api.get<Me>('/api/me');
  const code = defined(institution_code, `institution of the ${kind}'s cashier`);
  const terminals = await api.get<DeskTerminal[]>(`/field/terminals?institution=${code}`);
  return terminals.map(({ terminal_id }, i) => ({ api, kind, terminal_id, shared: i === 0 }));
}

/** People work at the first terminal, where there are more. */
const playersOf = (counters: readonly Counter[]): readonly Counter[] =>
  counters.length > 1 ? counters.filter(({ shared }) => !shared) : counters;

/** The drawer shows this many at a time and has no pages: what lies deeper is found by the beginning of its number. */
const shown = 30;

async function drawer(api: Api): Promise<DrawerCard[]> {
  const look = (query: string) => api.get<DrawerCard[]>(`/field/cards?query=${query}`);
  const within = async (beginning: string): Promise<DrawerCard[]> => {
    const cards = await look(beginning);
    if (cards.length < shown) return cards;
    const deeper = [];
    for (const digit of '0123456789X') deeper.push(...(await within(beginning + digit)));
    return deeper;
  };
  const letters = new Set((await look('')).map(({ card_number }) => card_number.charAt(0)));
  return (await Promise.all([...letters].map(within))).flat();
}
