import { catalogue } from '../kit/words/catalogue.ts';

export const signInWords = catalogue('sign-in', {
  title: ['登录', 'Sign in'],
  promise: [
    '一张卡，从市民手中的芯片，到基金的账簿。',
    "One card, from the chip in a citizen's hand to the books of the fund that pays.",
  ],
  username: ['用户名', 'User name'],
  password: ['密码', 'Password'],
  enter: ['登录', 'Sign in'],
  demo: ['临澜市：选一个人，过他的一天', 'Linlan: choose someone and live their day'],
  'demo.note': [
    '虚构的城市与人物；点一下即以该用户登录。',
    'An invented city and invented people; one click signs you in.',
  ],
  'role.agency': ['经办机构', 'Agency'],
  'role.finance': ['基金财务', 'Fund finance'],
  'role.inspector': ['监督', 'Inspector'],
  'role.hospital': ['医院', 'Hospital'],
  'role.pharmacy': ['药店', 'Pharmacy'],
  'role.citizen': ['参保人', 'Citizen'],
  'role.integrator': ['卡片实验室', 'Laboratory'],
  'role.custodian': ['密钥保管', 'Key custody'],
  'role.device': ['设备', 'Device'],
});
