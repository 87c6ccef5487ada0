import type { Draft } from './population.ts';

/** A person with an easy name for each case one wants to show. */
export const demoCases = {
  employed: { zh: '在职，健康', en: 'employed and healthy' },
  child: { zh: '儿童，居民医保', en: "child, residents' medical" },
  retired_chronic: { zh: '退休，高血压和糖尿病', en: 'retired, with hypertension and diabetes' },
  unemployed: { zh: '刚离职，本月未参保', en: 'left a job, uninsured this month' },
  deceased: { zh: '已去世', en: 'deceased' },
  blocked_card: { zh: '社保卡密码已锁定', en: 'card PIN blocked' },
  lost_card: { zh: '社保卡已挂失', en: 'card reported lost' },
  poor: { zh: '低保家庭', en: 'household on subsistence allowance' },
} as const;

export type DemoKey = keyof typeof demoCases;

const someone = (
  demo: DemoKey,
  surname: [string, string],
  given: [string, string],
  of: Pick<Draft, 'sex' | 'age' | 'relation' | 'life'>,
): Draft => ({
  ...of,
  demo,
  surname: { zh: surname[0], latin: surname[1] },
  given: { zh: given[0], latin: given[1] },
});

/** The first households of the city. */
export const demoHouseholds: readonly (readonly Draft[])[] = [
  [
    someone('employed', ['安', 'An'], ['平', 'Ping'], { sex: 1, age: 34, relation: '01', life: 'formal' }),
    someone('child', ['安', 'An'], ['乐', 'Le'], { sex: 2, age: 6, relation: '30', life: 'formal' }),
  ],
  [
    someone('retired_chronic', ['周', 'Zhou'], ['福', 'Fu'], { sex: 1, age: 68, relation: '01', life: 'formal' }),
    someone('deceased', ['马', 'Ma'], ['兰', 'Lan'], { sex: 2, age: 70, relation: '12', life: 'formal' }),
  ],
  [someone('unemployed', ['何', 'He'], ['新', 'Xin'], { sex: 2, age: 29, relation: '01', life: 'laid_off' })],
  [someone('blocked_card', ['丁', 'Ding'], ['锁', 'Suo'], { sex: 1, age: 41, relation: '01', life: 'formal' })],
  [someone('lost_card', ['石', 'Shi'], ['寻', 'Xun'], { sex: 2, age: 37, relation: '01', life: 'formal' })],
  [someone('poor', ['田', 'Tian'], ['禾', 'He'], { sex: 2, age: 52, relation: '01', life: 'resident' })],
];
