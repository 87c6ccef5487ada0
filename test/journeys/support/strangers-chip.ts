import { type Chip, chipHistory, familyOf, medicalDirectory, personalise } from '../../../src/core/card/index.ts';
import { cardFactors, SoftwareKeyStore } from '../../../src/core/keys/index.ts';
import { bytes } from '../../../src/kernel/bytes.ts';
import { type CardNumber, type CitizenNumber, luhnCheck } from '../../../src/kernel/identifiers.ts';
import { day } from '../../../src/kernel/time.ts';

const transport = bytes('00112233445566778899AABBCCDDEEFF');
const first18 = '990100999999999999';

/** A well-made chip of another issuer: its own keys, and an account number that no register has. */
export function strangersChip(): Chip {
  const history = chipHistory('990100', 99_999_999);
  const factors = cardFactors('990100', history, familyOf(3));
  return personalise({
    generation: 3,
    history,
    keys: SoftwareKeyStore.volatile().cardKeys(factors, transport),
    transport,
    cityCode: '990100',
    running: 99_999_999,
    cardNumber: 'Z99999999' as CardNumber,
    citizenNumber: '990100199001011234' as CitizenNumber,
    name: '无名氏',
    sex: '1',
    birth: day('1990-01-01'),
    issued: day('2025-01-01'),
    expiry: day('2035-01-01'),
    pin: '123456',
    elements: [{ directory: medicalDirectory, tag: 0x8b, text: `${first18}${luhnCheck(first18)}` }],
  });
}
