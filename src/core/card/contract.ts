/** The same words in Chinese and English. */
export type Words = { readonly zh: string; readonly en: string };

/** What the world can do to a card in a reader, to the reader, or to a card's image; for people, what to do next. */
export const cardFaultWords = {
  'card.absent': { zh: '读卡器中没有卡，请插卡。', en: 'There is no card in the reader. Insert one.' },
  'card.removed': {
    zh: '卡在操作中被拔出，请重新插卡后再试。',
    en: 'The card was pulled out while it was at work. Insert it again and repeat.',
  },
  'card.not_powered': { zh: '卡没有上电，请重新连接。', en: 'The card has no power. Connect to it again.' },
  'card.mute': {
    zh: '卡没有应答，请检查插卡方向和触点。',
    en: 'The card does not answer. Check which way it lies, and its contacts.',
  },
  'card.slot_unknown': { zh: '没有这个读卡器。', en: 'There is no such reader.' },
  'card.slot_taken': { zh: '读卡器中已有卡。', en: 'There is a card in the reader already.' },
  'card.reader_gone': {
    zh: '读卡器已断开，请检查连线。',
    en: 'The reader is no longer there. Check its cable.',
  },
  'card.reader_busy': {
    zh: '读卡器正被另一个程序使用，请先关闭该程序。',
    en: 'Another program is using the reader. Close that program first.',
  },
  'card.no_library': {
    zh: '本机没有 PC/SC 程序库（Debian：apt-get install libpcsclite1 pcscd）。',
    en: 'This machine has no PC/SC library (Debian: apt-get install libpcsclite1 pcscd).',
  },
  'card.no_service': {
    zh: 'PC/SC 服务没有运行（Linux：systemctl start pcscd）。',
    en: 'The PC/SC service is not running (Linux: systemctl start pcscd).',
  },
  'card.reader_fault': {
    zh: '读卡器出错，请重新插卡；如仍不行，请重新插拔读卡器。',
    en: 'The reader failed. Insert the card again; if that does not help, unplug the reader and plug it in.',
  },
  'card.answer_malformed': { zh: '卡的应答无法识别。', en: 'The answer of the card makes no sense.' },
  'card.image_damaged': { zh: '卡映像已损坏。', en: 'The card image is damaged.' },
  'card.key_damaged': { zh: '密钥校验值不符。', en: 'The check value of a key does not fit.' },
  'card.issue_refused': {
    zh: '卡在个人化时拒绝了命令，请换一张白卡。',
    en: 'The card refused a command while it was being issued. Take another blank.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type CardFaultCode = keyof typeof cardFaultWords;

/** One line of a description: what it is, what it says, how deep it stands. */
export type DescribedLine = { readonly depth: number; readonly label: Words; readonly value: string };

/** One command and its answer as a reader saw them, PINs and personal data masked; `response` is null when the card was gone. */
export type ApduRecord = {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly slot: string;
  /** Hex; the digits of a PIN are `*`. */
  readonly command: string;
  /** Hex, status word last; values that say who the holder is are `*`. */
  readonly response: string | null;
  readonly name: Words;
  readonly status: Words;
};

/** Generation 2 cards speak 3DES, generation 3 cards SM4. */
export type CardGeneration = 2 | 3;

/** A card in words, for tools: keys and PINs by what may be known of them. Amounts are fen, sizes bytes. */
export type CardDescription = {
  readonly life: 'blank' | 'active' | 'blocked';
  readonly generation: CardGeneration;
  readonly algorithm: 'SM4' | '3DES';
  /** The 13 historical bytes of the ATR, hex. */
  readonly history: string;
  /** The kind of card, null for a structure of its own. */
  readonly profile: ({ readonly name: string } & Words) | null;
  readonly capacity: number;
  readonly free: number;
  readonly directories: readonly DescribedDirectory[];
};

export type DescribedDirectory = {
  /** Four hex digits. */
  readonly fid: string;
  readonly kind: 'mf' | 'ddf' | 'adf';
  readonly manner: 'ssc' | 'pboc';
  readonly depth: number;
  readonly name: string;
  readonly label: string;
  readonly life: 'active' | 'blocked' | 'blocked-for-ever';
  readonly size: number;
  readonly free: number;
  readonly create: Words;
  readonly erase: Words;
  readonly keys: readonly {
    readonly name: string;
    readonly use: string;
    readonly id: number;
    readonly version: number;
    readonly tries: number;
    readonly limit: number;
    readonly check_value: string;
  }[];
  readonly pins: readonly {
    readonly id: number;
    readonly set: boolean;
    readonly tries: number;
    readonly limit: number;
  }[];
  readonly account: {
    readonly balance: number;
    readonly loads: number;
    readonly purchases: number;
    readonly self_paid: number;
    readonly pooled: number;
    readonly year: number;
    /** Month × 100 + day. */
    readonly start_day: number;
  } | null;
  readonly purses: Readonly<
    Record<
      string,
      { readonly balance: number; readonly overdraft: number; readonly online: number; readonly offline: number }
    >
  > | null;
  readonly files: readonly DescribedFile[];
};

export type DescribedFile = {
  readonly fid: string;
  readonly kind: 'transparent' | 'fixed' | 'tagged' | 'cyclic' | 'keys' | 'account' | 'purse';
  readonly header: number;
  readonly body: number;
  readonly used: number;
  readonly read: Words;
  readonly update: Words;
  readonly protection: 'none' | 'mac' | 'cipher';
  /** The lines of each record. */
  readonly records: readonly (readonly DescribedLine[])[];
};
