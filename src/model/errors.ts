import type { Language, Words } from './language.js'

/** Every fault the product can answer with: stable code, HTTP status, title (RFC 9457). */
export const PROBLEMS = {
  'malformed-json': {
    status: 400,
    title: { zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
  },
  'duplicate-key': {
    status: 400,
    title: { zh: 'JSON 中有重复的键', en: 'The JSON repeats a key' },
  },
  'not-utf8': {
    status: 400,
    title: { zh: '请求正文不是纯净的 UTF-8', en: 'The body is not clean UTF-8' },
  },
  'invalid-request': { status: 400, title: { zh: '请求内容有误', en: 'The request is not valid' } },
  'unknown-fact': { status: 400, title: { zh: '没有这个事实', en: 'There is no such fact' } },
  'unknown-programme': {
    status: 400,
    title: { zh: '该行政区没有这个项目', en: 'There is no such programme here' },
  },
  'unknown-jurisdiction': {
    status: 400,
    title: { zh: '没有这个行政区', en: 'There is no such jurisdiction' },
  },
  'too-many-members': {
    status: 400,
    title: { zh: '家庭成员过多', en: 'There are too many members' },
  },
  unauthenticated: { status: 401, title: { zh: '需要登录凭据', en: 'A credential is needed' } },
  forbidden: { status: 403, title: { zh: '没有这项权限', en: 'This is not permitted' } },
  'not-found': { status: 404, title: { zh: '没有找到', en: 'Not found' } },
  'not-yet-sequenced': {
    status: 404,
    title: { zh: '尚未编入日志', en: 'It has no place in the log yet' },
  },
  'request-timeout': {
    status: 408,
    title: { zh: '请求太慢，已断开', en: 'The request took too long' },
  },
  'rulebook-changed': {
    status: 409,
    title: { zh: '规则库已变，无法重放', en: 'The rulebook has changed' },
  },
  'screening-not-finished': {
    status: 409,
    title: { zh: '筛查没有完成，没有结果', en: 'The screening has not finished: no results' },
  },
  'facts-erased': { status: 410, title: { zh: '事实已被删除', en: 'The facts were erased' } },
  'body-too-large': { status: 413, title: { zh: '请求正文过大', en: 'The body is too large' } },
  'unsupported-media-type': {
    status: 415,
    title: { zh: '只接受 UTF-8 的 JSON', en: 'Only UTF-8 JSON is accepted' },
  },
  'idempotency-key-reused': {
    status: 422,
    title: { zh: '同一幂等键用于不同请求', en: 'The idempotency key was used for another body' },
  },
  'rate-limited': { status: 429, title: { zh: '请求过于频繁', en: 'Too many requests' } },
  'headers-too-large': {
    status: 431,
    title: { zh: '请求头过大', en: 'The headers are too large' },
  },
  'internal-error': { status: 500, title: { zh: '系统内部错误', en: 'Internal error' } },
  'engines-disagree': {
    status: 500,
    title: { zh: '两个规则引擎结论不一致', en: 'The two engines disagree' },
  },
  'store-unavailable': {
    status: 503,
    title: { zh: '存储暂不可用', en: 'The store is unavailable' },
  },
  'storage-full': {
    status: 503,
    title: { zh: '磁盘空间不足', en: 'There is not enough room on the disk' },
  },
  'screening-interrupted': {
    status: 503,
    title: {
      zh: '服务重启，筛查中断，请重新上传',
      en: 'The service ended while it ran: upload it again',
    },
  },
  'sign-in-unavailable': {
    status: 503,
    title: {
      zh: '登录服务暂不可用，请稍后重试',
      en: 'The sign-in service does not answer: try again',
    },
  },
  overloaded: { status: 503, title: { zh: '系统繁忙', en: 'The service is overloaded' } },
} as const satisfies Record<string, { status: number; title: Words }>

export type ProblemCode = keyof typeof PROBLEMS

/** An answer lists so many faults at most: a request of nothing but faults stays cheap. */
export const MOST_FAULTS = 100

/** One place in the input and what is wrong there; `message` never repeats a fact's value. */
export interface InputFault {
  readonly pointer: string
  readonly code: string
  readonly message: Words
}

/** RFC 9457 body in one language. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly errors?: readonly { pointer: string; code: string; message: string }[]
}

/** The first fault in a sentence that names its place. */
function placeOf([first]: readonly InputFault[]): Words | undefined {
  if (first === undefined) return undefined
  const { pointer, message } = first
  return { zh: `${pointer || '/'}：${message.zh}`, en: `${pointer || '/'}: ${message.en}` }
}

/**
 * A fault with a stable code; thrown anywhere, worded only at the edge by `problemBody`. Where no
 * detail is given, it is the first fault with its place.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly detail: Words
  readonly faults: readonly InputFault[]

  constructor(code: ProblemCode, detail?: Words, faults: readonly InputFault[] = []) {
    const said = detail ?? placeOf(faults) ?? PROBLEMS[code].title
    super(said.en)
    this.name = 'Problem'
    this.code = code
    this.detail = said
    this.faults = faults.slice(0, MOST_FAULTS)
  }
}

/** The RFC 9457 body of a problem, in the asked language. */
export function problemBody(problem: Problem, language: Language): ProblemBody {
  const { status, title } = PROBLEMS[problem.code]
  const errors = problem.faults.map((fault) => ({ ...fault, message: fault.message[language] }))
  return {
    type: `urn:huimin:problem:${problem.code}`,
    title: title[language],
    status,
    detail: problem.detail[language],
    code: problem.code,
    ...(errors.length > 0 && { errors }),
  }
}
