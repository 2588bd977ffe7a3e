import type { z } from 'zod'
import { segment } from '../engine/typing.js'
import { type InputFault, MOST_FAULTS, Problem, type ProblemCode } from '../model/errors.js'
import type { Words } from '../model/language.js'
import { nearestName } from '../model/nearest-name.js'
import { limitWords } from './limit-words.js'
import { textForm } from './text-form.js'

type Issue = z.core.$ZodIssue

const WRONG_TYPE: Readonly<Record<string, Words>> = {
  string: { zh: '应为文本', en: 'must be text' },
  number: {
    zh: '应为数字，请用半角数字，不加逗号和单位',
    en: 'must be a number: digits only, without commas or a unit',
  },
  int: { zh: '应为整数', en: 'must be a whole number' },
  boolean: { zh: '应为 true 或 false', en: 'must be true or false' },
  array: { zh: '应为列表', en: 'must be a list' },
  object: { zh: '应为对象', en: 'must be an object' },
}

export const WORDS: Readonly<Record<string, Words>> = {
  'out-of-range': { zh: '超出允许的范围', en: 'is out of range' },
  'too-many-decimals': { zh: '小数位过多', en: 'has too many decimals' },
  'repeated-code': { zh: '代码重复', en: 'repeats a code' },
  'impossible-date': { zh: '没有这一天', en: 'is no day of the calendar' },
  'unknown-code': { zh: '不是列出的代码', en: 'is none of the listed codes' },
  'too-many-members': { zh: '成员人数超出上限', en: 'lists too many members' },
  'too-few': { zh: '不能为空', en: 'must not be empty' },
  'wrong-form': { zh: '格式不对', en: 'has the wrong form' },
  'after-as-of': { zh: '晚于查询日期', en: 'is after the day asked for' },
  'fewer-than-listed': { zh: '少于所列成员人数', en: 'is fewer than the members listed' },
  required: { zh: '缺少此项', en: 'is required' },
  'unknown-key': { zh: '不认识此项', en: 'is not known' },
}

/**
 * Faults of the input, each with its JSON pointer, from the issues of its schema; `known` are the
 * properties it may have, of which the nearest is named.
 */
export function faultsOf(
  issues: readonly Issue[],
  json: unknown,
  at = '',
  known: readonly string[] = [],
): readonly InputFault[] {
  return issues.slice(0, MOST_FAULTS).flatMap((issue) => {
    const pointer = at + issue.path.map((key) => segment(String(key))).join('')
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, MOST_FAULTS)
        .map((key) => fault(pointer + segment(key), 'unknown-key', unknownKey(key, known)))
    if (valueAt(json, issue.path) === undefined) return [fault(pointer, 'required')]
    return [
      issue.code === 'invalid_type'
        ? fault(pointer, 'wrong-type', WRONG_TYPE[issue.expected])
        : fault(pointer, codeOf(issue), textForm(issue) ?? limitWords(issue)),
    ]
  })
}

/** A fault at a pointer, in the words of its code unless others say more. */
export function fault(
  pointer: string,
  code: string,
  message: Words = WORDS[code] as Words,
): InputFault {
  return { pointer, code, message }
}

function unknownKey(key: string, known: readonly string[]): Words | undefined {
  if (known.length === 0) return undefined
  const nearest = nearestName(key, known)
  return {
    zh: `不认识此项，最接近的是 ${nearest}`,
    en: `is not known; the nearest is ${nearest}`,
  }
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (value: unknown, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  )
}

function codeOf(issue: Issue): string {
  switch (issue.code) {
    case 'custom':
      return String(issue.params?.fault ?? 'impossible-date')
    case 'too_big':
      return issue.origin === 'array' && issue.path.at(-1) === 'members'
        ? 'too-many-members'
        : 'out-of-range'
    case 'too_small':
      return issue.origin === 'array' ? 'too-few' : 'out-of-range'
    case 'invalid_value':
      return 'unknown-code'
    default:
      return 'wrong-form'
  }
}

/** Codes of faults that are problems of their own. */
const OWN: readonly ProblemCode[] = [
  'unknown-jurisdiction',
  'unknown-programme',
  'too-many-members',
  'unknown-fact',
]

/** The problem of a request with these faults; its code is that of the gravest. */
export function refused(faults: readonly InputFault[]): Problem {
  const code = OWN.find((own) => faults.some((fault) => fault.code === own)) ?? 'invalid-request'
  return new Problem(code, undefined, faults)
}
