import type { ApplicationLife, CardLife } from './chip/memory.ts';
import type { Words } from './contract.ts';
import type { Access, DirectoryKind, FileKind, KeyUse, Manner, Protection } from './structure.ts';

const say = (zh: string, en: string): Words => ({ zh, en });

export const cardLifeWords: Readonly<Record<CardLife, Words>> = {
  blank: say('白卡', 'blank'),
  active: say('正常', 'active'),
  blocked: say('卡片锁定', 'card blocked'),
};

export const applicationLifeWords: Readonly<Record<ApplicationLife, Words>> = {
  active: say('正常', 'active'),
  blocked: say('应用锁定', 'blocked'),
  'blocked-for-ever': say('永久锁定', 'blocked for ever'),
};

export const directoryWords: Readonly<Record<DirectoryKind, Words>> = {
  mf: say('主文件', 'master file'),
  ddf: say('目录数据文件', 'directory definition file'),
  adf: say('应用数据文件', 'application definition file'),
};

export const mannerWords: Readonly<Record<Manner, Words>> = {
  ssc: say('社会保障卡规则', 'rules of the social-security card'),
  pboc: say('PBOC规则', 'rules of PBOC'),
};

export const fileWords: Readonly<Record<FileKind, Words>> = {
  transparent: say('透明文件', 'transparent'),
  fixed: say('定长记录', 'fixed records'),
  tagged: say('变长记录', 'tagged records'),
  cyclic: say('循环记录', 'cyclic records'),
  keys: say('密钥文件', 'keys'),
  account: say('医疗账户', 'medical account'),
  purse: say('电子存折或钱包', 'deposit or purse'),
};

export const protectionWords: Readonly<Record<Protection, Words>> = {
  none: say('明文', 'plain'),
  mac: say('带MAC', 'with MAC'),
  cipher: say('密文带MAC', 'enciphered with MAC'),
};

export const useWords: Readonly<Record<KeyUse, Words>> = {
  internal: say('内部认证', 'internal authentication'),
  external: say('外部认证', 'external authentication'),
  maintenance: say('应用维护', 'maintenance'),
  unblock: say('PIN解锁', 'PIN unblock'),
  reload: say('PIN重装', 'PIN reload'),
  load: say('圈存', 'load'),
  purchase: say('消费', 'purchase'),
  unload: say('圈提', 'unload'),
  overdraft: say('修改透支限额', 'overdraft limit'),
  tac: say('TAC', 'TAC'),
  encrypt: say('加密', 'encipher'),
  decrypt: say('解密', 'decipher'),
  mac: say('MAC', 'MAC'),
  cipher: say('加密、解密与MAC', 'encipher, decipher, MAC'),
};

/** An access in words; `named` tells the name of a key, and of the PIN. */
export function accessWords(access: Access, named: (id: number) => string): Words {
  if (access.rule === 'state') {
    const [upper, lower] = [access.upper, access.lower].map((it) => it.toString(16).toUpperCase());
    if (access.upper === 0) return say(`MF安全状态不低于${lower}`, `security state of the MF from ${lower} on`);
    if (access.upper < access.lower) return say('禁止', 'never');
    if (access.lower === 0 && access.upper === 15) return say('自由', 'free');
    return say(`安全状态${lower}至${upper}`, `security state ${lower} to ${upper}`);
  }
  if (access.of.length === 0) return access.rule === 'all' ? say('自由', 'free') : say('禁止', 'never');
  const names = access.of.map(named);
  return access.rule === 'any' ? say(names.join('或'), names.join(' or ')) : say(names.join('和'), names.join(' and '));
}
