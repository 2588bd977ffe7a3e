import type { Dictionary } from '../engine/fact-definition.js'
import { isObject } from '../engine/typing.js'
import type { LeafCondition, Operator } from '../model/condition.js'
import { dayEdits, dropEdit, type Edit, moved } from './edit.js'

/** The operators that each one is mistaken for, and its denial. */
const MISTAKEN: Readonly<Record<Operator, readonly Operator[]>> = {
  equal: ['notEqual'],
  notEqual: ['equal'],
  in: ['notIn'],
  notIn: ['in'],
  lessThan: ['lessThanInclusive', 'greaterThanInclusive'],
  lessThanInclusive: ['lessThan', 'greaterThan'],
  greaterThan: ['greaterThanInclusive', 'lessThanInclusive'],
  greaterThanInclusive: ['greaterThan', 'lessThan'],
  contains: ['doesNotContain'],
  doesNotContain: ['contains'],
}

/** Operators turned, parts dropped, all and any exchanged, `not` left out, literals moved. */
export function conditionEdits(
  json: unknown,
  pointer: string,
  dictionary: Dictionary,
): readonly Edit[] {
  if (!isObject(json)) return []
  if ('fact' in json) return leafEdits(json as unknown as LeafCondition, pointer, dictionary)
  if ('not' in json) {
    const { not, ...cited } = json
    const bare = { pointer, change: 'without not', value: { ...cited, ...(not as object) } }
    return [bare, ...conditionEdits(not, `${pointer}/not`, dictionary)]
  }
  return (['all', 'any'] as const).flatMap((kind) => {
    const list = json[kind]
    if (!Array.isArray(list)) return []
    const { [kind]: _, ...cited } = json
    const other = kind === 'all' ? 'any' : 'all'
    const swapped = { pointer, change: `${other} for ${kind}`, value: { ...cited, [other]: list } }
    return [
      ...(list.length > 1 ? [swapped] : []),
      ...list.flatMap((child, index) => [
        ...dropEdit(list, `${pointer}/${kind}/${index}`),
        ...conditionEdits(child, `${pointer}/${kind}/${index}`, dictionary),
      ]),
    ]
  })
}

/** The only comparison of a version left out: known either way, it no longer matters. */
export function soleLeafEdits(json: unknown): readonly Edit[] {
  if (!isObject(json)) return []
  const [only, ...more] = [json.all ?? json.any ?? []].flat()
  if ('fact' in json) {
    const value = { any: [json, { not: json }] }
    return [{ pointer: '/conditions', change: 'dropped', value }]
  }
  return more.length === 0 && isObject(only) && 'fact' in only ? soleLeafEdits(only) : []
}

function leafEdits(leaf: LeafCondition, pointer: string, dictionary: Dictionary): readonly Edit[] {
  const operators = MISTAKEN[leaf.operator].map((operator): Edit => {
    return { pointer, change: operator, value: { ...leaf, operator } }
  })
  return [...operators, ...valueEdits(leaf, `${pointer}/value`, dictionary)]
}

function valueEdits(
  { fact, value }: LeafCondition,
  pointer: string,
  dictionary: Dictionary,
): readonly Edit[] {
  const definition = dictionary.get(fact)
  if (typeof value === 'number') return moved(value, pointer, 1 / (definition?.scale ?? 1))
  if (Array.isArray(value))
    return value.flatMap((_, index) => dropEdit(value, `${pointer}/${index}`))
  if (typeof value !== 'string') return []
  if (definition?.type === 'date') return dayEdits(value, pointer)
  const codes = definition?.codes ?? []
  const next = codes[(codes.indexOf(value) + 1) % codes.length]
  return next === undefined || next === value ? [] : [{ pointer, change: next, value: next }]
}
