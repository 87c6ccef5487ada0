import type { City } from '../../../sim/city/index.ts';
import { Psam } from '../../core/card/index.ts';
import type { KeyStore } from '../../core/keys/contract.ts';
import { cityFactors } from '../../core/keys/index.ts';
import type { NewTerminal } from '../../core/switch/index.ts';
import type { DrawerEntry } from '../../field/desk/index.ts';
import { defined } from '../../kernel/assert.ts';
import { day } from '../../kernel/time.ts';
import type { DeviceBook } from '../field/devices.ts';

/** How many citizens beside the named ones lie in the card drawer. */
const others = 60;

/** Makes every terminal ready: master key injected, PSAM personalised; and fills the card drawer. */
export function makeDevices(city: City, keys: KeyStore): { terminals: NewTerminal[]; book: DeviceBook } {
  const institutions = new Map(city.institutions.map((institution) => [institution.code, institution]));
  const terminals: NewTerminal[] = [];
  const devices = city.terminals.map(({ terminal_id, institution_code, psam_number }) => {
    const transport = crypto.getRandomValues(new Uint8Array(16));
    const { sealed, injection } = keys.createTerminalKey(terminal_id, transport);
    terminals.push({ terminal_id, institution_code, master_key: sealed, software: 'tessera 0.1.0' });
    const { name_zh, name_en } = defined(institutions.get(institution_code), 'institution');
    const factors = (['des', 'sm4'] as const).map((family) => ({
      family,
      keys: keys.psamKeys(cityFactors(city.area.code, family), transport),
    }));
    const psam = Psam.personalise({
      // As it stands in every MAC: the digits of field 41, right-aligned.
      terminalNumber: terminal_id.padStart(12, '0'),
      serial: psam_number,
      from: day('2024-01-01'),
      through: day('2034-12-31'),
      keys: factors,
      transport,
    });
    return {
      terminal_id,
      institution_code,
      institution: { zh: name_zh, en: name_en },
      transport: transport.toHex(),
      injection: injection.toHex(),
      psam: psam.image().toBase64(),
    };
  });
  return { terminals, book: { devices, drawer: drawerOf(city) } };
}

function drawerOf(city: City): DrawerEntry[] {
  const named = city.demo.map(({ card_number, name, name_latin, zh, en }) =>
    entry(card_number, name, name_latin, zh, en),
  );
  const shown = new Set(city.demo.map(({ person_id }) => person_id));
  const persons = new Map(city.persons.map((person) => [person.person_id, person]));
  const accounts = new Set(city.accounts.filter(({ fund }) => fund === '310').map(({ person_id }) => person_id));
  const rest = city.cards
    .filter(({ person_id, state }) => state === 'active' && accounts.has(person_id) && !shown.has(person_id))
    .slice(0, others)
    .map(({ card_number, person_id }) => {
      const { name, name_latin } = defined(persons.get(person_id), 'person');
      return entry(card_number, name, name_latin, '职工医保', 'employees’ medical');
    });
  return [...named, ...rest];
}

const entry = (card_number: string, name: string, latin: string, zh: string, en: string): DrawerEntry => ({
  card_number,
  zh: { holder_name: name, note: zh },
  en: { holder_name: latin, note: en },
});
