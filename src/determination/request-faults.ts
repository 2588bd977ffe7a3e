import type { z } from 'zod'
import type { Dictionary } from '../engine/fact-definition.js'
import { isObject, segment } from '../engine/typing.js'
import type { InputFault } from '../model/errors.js'
import type { Entity } from '../model/fact.js'
import { MAX_MEMBERS } from '../model/household.js'
import type { Words } from '../model/language.js'
import { factShapes } from './facts-schema.js'
import { textForm } from './text-form.js'

type Issue = z.core.$ZodIssue

const WRONG_TYPE: Readonly<Record<string, Words>> = {
  string: { zh: '应为文本', en: 'must be text' },
  number: { zh: '应为数字', en: 'must be a number' },
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

/** Faults of the input, each with its JSON pointer, from the issues of its schema. */
export function faultsOf(issues: readonly Issue[], json: unknown, at = ''): readonly InputFault[] {
  return issues.flatMap((issue) => {
    const pointer = at + issue.path.map((key) => segment(String(key))).join('')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => fault(pointer + segment(key), 'unknown-key'))
    }
    return [
      issue.code === 'invalid_type'
        ? wrongType(issue, pointer, json)
        : fault(pointer, codeOf(issue), textForm(issue)),
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

/** Faults of every stated fact of a request that has a household; names must be the dictionary's. */
export function factFaults(json: unknown, dictionary: Dictionary): readonly InputFault[] {
  const household = isObject(json) ? json.household : undefined
  if (!isObject(household)) return []
  const members = Array.isArray(household.members) ? household.members.slice(0, MAX_MEMBERS) : []
  return [
    ...entityFaults(household, 'household', '/household', dictionary),
    ...members.flatMap((member: unknown, index) =>
      isObject(member)
        ? entityFaults(member, 'member', `/household/members/${index}`, dictionary)
        : [],
    ),
  ]
}

/** The key of each entity that is no fact. */
const NO_FACT: Readonly<Record<Entity, string>> = { household: 'members', member: 'id' }

function entityFaults(
  json: Readonly<Record<string, unknown>>,
  entity: Entity,
  pointer: string,
  dictionary: Dictionary,
): readonly InputFault[] {
  const shapes = factShapes(dictionary)[entity]
  const faults: InputFault[] = []
  for (const [name, value] of Object.entries(json)) {
    if (name === NO_FACT[entity]) continue
    const shape = shapes.get(name)
    if (shape === undefined) faults.push(unknownFact(name, pointer, shapes))
    else if (value !== null && !shape.accepts(value)) {
      const { issues } = shape.schema.safeParse(value).error as z.ZodError
      faults.push(...faultsOf(issues, value, pointer + segment(name)))
    }
  }
  return faults
}

function wrongType(
  issue: Issue & { code: 'invalid_type' },
  pointer: string,
  json: unknown,
): InputFault {
  if (valueAt(json, issue.path) === undefined)
    return { pointer, code: 'required', message: WORDS.required as Words }
  return {
    pointer,
    code: 'wrong-type',
    message: WRONG_TYPE[issue.expected] as Words,
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

/** A name that is no fact, with the nearest that is one. */
export function unknownFact(
  name: string,
  pointer: string,
  shapes: ReadonlyMap<string, unknown>,
): InputFault {
  const nearest = [...shapes.keys()].reduce((best, known) =>
    distance(name, known) < distance(name, best) ? known : best,
  )
  return {
    pointer: pointer + segment(name),
    code: 'unknown-fact',
    message: {
      zh: `没有这个事实，最接近的是 ${nearest}`,
      en: `is no fact; the nearest is ${nearest}`,
    },
  }
}

/** Edits that turn one name into another (Levenshtein), letters of either case alike. */
function distance(from: string, to: string): number {
  const a = from.slice(0, 64).toLowerCase()
  const b = to.toLowerCase()
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
