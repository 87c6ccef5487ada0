import type { RefusalTable } from './contract.ts';

/** What the server itself may answer, whatever the route. */
export const httpRefusals = {
  'http.invalid': {
    status: 400,
    zh: '有内容填写不正确,尚未保存;请按各栏提示修改后重新提交。',
    en: 'Something is not filled in correctly; nothing was saved. Correct the fields named and send it again.',
  },
  'http.not_signed_in': { status: 401, zh: '请先登录。', en: 'Please sign in first.' },
  'http.sign_in_failed': {
    status: 401,
    zh: '用户名或密码不正确,请重新输入。',
    en: 'The user name or password is not right. Please enter them again.',
  },
  'http.too_many_attempts': {
    status: 429,
    zh: '该用户名登录失败次数过多,请五分钟后再试;忘记密码请联系管理员。',
    en: 'Signing in failed too often with this user name. Try again in five minutes; ask your administrator for a new password.',
  },
  'http.not_allowed': {
    status: 403,
    zh: '您的岗位不能办理此项业务;如有需要,请联系管理员。',
    en: 'Your role may not do this. Ask your administrator if you need it.',
  },
  'http.not_found': { status: 404, zh: '没有找到所要的内容。', en: 'There is nothing at this address.' },
  'http.in_flight': {
    status: 409,
    zh: '同一请求正在办理,请稍候再查看结果。',
    en: 'The same request is being carried out. Wait a moment and look again.',
  },
  'http.idempotency_key_missing': {
    status: 400,
    zh: '此请求须带 Idempotency-Key(8 至 100 个字符),以免重复办理。',
    en: 'This request needs an Idempotency-Key header (8 to 100 characters), so that it is never carried out twice.',
  },
  'http.idempotency_conflict': {
    status: 422,
    zh: '该 Idempotency-Key 已用于另一内容的请求;请换用新的值。',
    en: 'This Idempotency-Key was used for a request with other content. Use a new one.',
  },
  'http.too_large': { status: 413, zh: '提交的内容过大。', en: 'What was sent is too large.' },
  'http.database_away': {
    status: 503,
    zh: '数据库暂时无法连接,没有保存任何内容,也没有丢失任何内容;请稍后用同一请求重试。',
    en: 'The database cannot be reached. Nothing was saved and nothing was lost: repeat the same request in a moment.',
  },
  'http.fault': {
    status: 500,
    zh: '系统出现故障,此次操作没有生效;请重试,仍不成功请报告编号 {trace_id}。',
    en: 'Something broke and this had no effect. Try again; if it persists, report number {trace_id}.',
  },
} as const satisfies RefusalTable;
