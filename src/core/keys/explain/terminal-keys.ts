import { hex } from '../../../kernel/bytes.ts';
import type { CipherFamily } from '../contract.ts';
import { readWorkingKeys } from '../working-keys.ts';
import { cipherKey, refuseLength } from './checks.ts';
import { operation } from './operation.ts';
import { family, hexOf, keyOf } from './parameters.ts';
import { keyForms, others } from './variation.ts';

/** The working keys a terminal takes from its sign-in. */
export const workingKeys = operation({
  name: { zh: '工作密钥（62 域）', en: 'working keys (field 62)' },
  parameters: [
    family,
    keyOf('key', '终端主密钥', 'terminal master key', [8, 16]),
    hexOf('download', '62 域', 'field 62', { lengths: [24, 40, 60] }),
  ],
  run(given, trace) {
    const [cipher, download] = [given.text('family') as CipherFamily, given.bytes('download')];
    const terminalKey = cipherKey(given, cipher);
    if (cipher === 'sm4' && download.length === 24) refuseLength('download', [40, 60], 24);
    const keys = readWorkingKeys(cipher, terminalKey, download, trace) ?? [];
    return keys.map(({ key }) => hex(key)).join(' ');
  },
  neighbours: [others(family), keyForms('key', { zh: '终端主密钥', en: 'the terminal master key' })],
});
