import { bytes } from '../../../kernel/bytes.ts';
import { luhnCheck } from '../../../kernel/identifiers.ts';
import { day } from '../../../kernel/time.ts';
import { emvMasterKey, encrypt, keyCheckValue } from '../../keys/index.ts';
import { DebitChip } from './debit-chip.ts';
import type { DebitPersonalisation } from './debit-profile.ts';
import type { DebitKeys } from './memory.ts';

/** A made-up bank card for tests and fuzzing: no bank issues the range 622999. */
export const samplePan = `622999000000000042${luhnCheck('622999000000000042')}`;
export const sampleDebitPin = '246810';
export const sampleName = 'LI SHIKA';
/** The issuer's keys. */
export const issuerKeys: DebitKeys = {
  cryptogram: bytes('0123456789ABCDEFFEDCBA9876543210'),
  mac: bytes('11223344556677888877665544332211'),
  encipherment: bytes('00112233445566778899AABBCCDDEEFF'),
};
const transport = bytes('0F1E2D3C4B5A69788796A5B4C3D2E1F0');

const covered = (key: Uint8Array) => {
  const own = emvMasterKey({ key, pan: samplePan, sequence: '01', option: 'A' });
  return { encrypted: encrypt('des', transport, own), check_value: keyCheckValue('des', own) };
};

export const sampleDebit = (changes: Partial<DebitPersonalisation> = {}): DebitChip =>
  DebitChip.personalise({
    history: bytes('00900200018660990100000042'),
    pan: samplePan,
    sequence: '01',
    name: sampleName,
    from: day('2025-01-01'),
    through: day('2034-12-31'),
    pin: sampleDebitPin,
    keys: {
      cryptogram: covered(issuerKeys.cryptogram),
      mac: covered(issuerKeys.mac),
      encipherment: covered(issuerKeys.encipherment),
    },
    transport,
    ...changes,
  });
