import { defined } from '../../src/kernel/assert.ts';
import { divide, type Price, price, type Rate, rate } from '../../src/kernel/money.ts';
import { consumables } from './data/consumables.ts';
import { diagnoses } from './data/diagnoses.ts';
import { patentDrugs } from './data/patent-drugs.ts';
import { restrictions } from './data/restrictions.ts';
import { services } from './data/services.ts';
import { westernDrugs } from './data/western-drugs.ts';
import type { CatalogueItem, Diagnosis, Restriction } from './model.ts';
import { rowsOf } from './text-table.ts';

/** Dosage forms of the drug tables: code in the drug number, the word that ends the name, unit of sale. */
const forms = {
  A: { code: 'L020', zh: '吸入剂', en: 'inhaler', unit: '支 piece' },
  C: { code: 'E001', zh: '胶囊', en: 'capsule', unit: '盒 box' },
  D: { code: 'G010', zh: '液', en: 'drops', unit: '支 piece' },
  E: { code: 'A010', zh: '肠溶片', en: 'enteric-coated tablet', unit: '盒 box' },
  G: { code: 'F001', zh: '颗粒', en: 'granules', unit: '盒 box' },
  H: { code: 'A006', zh: '咀嚼片', en: 'chewable tablet', unit: '盒 box' },
  I: { code: 'B002', zh: '注射液', en: 'injection', unit: '支 piece' },
  L: { code: 'C001', zh: '溶液', en: 'solution', unit: '瓶 bottle' },
  M: { code: 'D001', zh: '煎膏', en: 'concentrated decoction', unit: '瓶 bottle' },
  O: { code: 'H001', zh: '软膏', en: 'ointment', unit: '支 piece' },
  P: { code: 'K001', zh: '栓', en: 'pessary', unit: '盒 box' },
  R: { code: 'A012', zh: '缓释片', en: 'sustained-release tablet', unit: '盒 box' },
  S: { code: 'C003', zh: '口服液', en: 'oral solution', unit: '盒 box' },
  T: { code: 'A001', zh: '片', en: 'tablet', unit: '盒 box' },
  W: { code: 'J001', zh: '丸', en: 'pills', unit: '盒 box' },
} as const;

/** Drugs, services and materials with codes of the national shape; every figure is made up. */
export const makeCatalogue = (): CatalogueItem[] => [
  ...drugs(westernDrugs, 'X'),
  ...drugs(patentDrugs, 'Z'),
  ...rowsOf(services).map(service),
  ...rowsOf(consumables).map(consumable),
];

function drugs(table: string, letter: 'X' | 'Z'): CatalogueItem[] {
  return rowsOf(table).map(
    ([group = '', zh = '', en = '', formKey = '', specification = '', cost = '', list = '', limit], i) => {
      const form = defined(forms[formKey as keyof typeof forms], `form of ${zh}`);
      const name = `${'ABCDE'.charAt(i % 5)}${String(i + 1).padStart(3, '0')}`;
      return {
        // 23 characters: letter, class 5, name 4, form 4, strength 2, pack 2, producer 5.
        code: `${letter}${group}${name}${form.code}0101${String(10_001 + i * 7)}`,
        kind: letter === 'X' ? 'western_drug' : 'patent_drug',
        list_type: letter === 'X' ? '101' : '102',
        charge_type: letter === 'X' ? '09' : '11',
        zh: zh.endsWith(form.zh) ? zh : `${zh}${form.zh}`,
        en: `${en} ${form.en}`,
        form_zh: form.zh,
        form_en: form.en,
        specification,
        ...unitOf(form.unit),
        ...classOf(list),
        price: price(cost),
        ceiling: list === '丙' ? null : recognised(price(cost), i),
        restriction: restrictionOf(limit),
      };
    },
  );
}

/** The payment standard of a drug: one in eight sells above what the fund recognises. */
const recognised = (cost: Price, i: number): Price =>
  (divide(cost * (i % 8 === 3 ? 90n : 110n), 1_000_000n, 'half-up') * 10_000n) as Price;

function service(cells: string[]): CatalogueItem {
  const [item = '', zh = '', en = '', unit = '', cost = '', ceiling = '', charge_type = '', list = '', limit] = cells;
  return {
    code: `00${item}0000`,
    kind: 'service',
    list_type: '201',
    charge_type,
    zh,
    en,
    form_zh: null,
    form_en: null,
    specification: null,
    ...unitOf(unit),
    ...classOf(list),
    price: price(cost),
    ceiling: ceiling === '-' ? null : price(ceiling),
    restriction: restrictionOf(limit),
  };
}

function consumable(cells: string[], i: number): CatalogueItem {
  const [zh = '', en = '', specification = '', unit = '', cost = '', ceiling = '', list = ''] = cells;
  return {
    code: `C${String(i + 1).padStart(4, '0')}0101${'0'.repeat(6)}${String(20_001 + i * 3)}`,
    kind: 'consumable',
    list_type: '301',
    charge_type: '08',
    zh,
    en,
    form_zh: null,
    form_en: null,
    specification,
    ...unitOf(unit),
    ...classOf(list),
    price: price(cost),
    ceiling: ceiling === '-' ? null : price(ceiling),
    restriction: null,
  };
}

/** "盒 box" → both languages. */
function unitOf(text: string): { unit_zh: string; unit_en: string } {
  const at = text.indexOf(' ');
  return { unit_zh: text.slice(0, at), unit_en: text.slice(at + 1) };
}

/** "甲", "乙10" (first pay 10 %), "丙". */
function classOf(text: string): { class: CatalogueItem['class']; first_pay: Rate } {
  if (text === '甲') return { class: '甲', first_pay: rate('0') };
  if (text === '丙') return { class: '丙', first_pay: rate('1') };
  return { class: '乙', first_pay: rate(`${text.slice(1)}%`) };
}

function restrictionOf(key: string | undefined): Restriction | null {
  if (!key) return null;
  return { key, ...defined(restrictions[key as keyof typeof restrictions], `restriction ${key}`) };
}

export const makeDiagnoses = (): Diagnosis[] =>
  rowsOf(diagnoses).map(([code = '', zh = '', en = '', sex]) => ({
    code,
    zh,
    en,
    sex: sex === 'M' ? 1 : sex === 'F' ? 2 : null,
  }));
