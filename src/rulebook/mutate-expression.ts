import type { Dictionary } from '../engine/fact-definition.js'
import { isObject, segment } from '../engine/typing.js'
import { dayEdits, dropEdit, type Edit, lastPlace, moved } from './edit.js'
import { conditionEdits } from './mutate-condition.js'

/** Lists of an expression whose parts may be left out one by one. */
const LISTS = ['add', 'multiply', 'min', 'max', 'when', 'bands', 'highest', 'items']
/** Keys of an expression that are exchanged for each other. */
const SWAPS: Readonly<Record<string, string>> = { min: 'max', max: 'min', any: 'all', all: 'any' }
/** Keys whose figures are no figures of the law: what is not known, and how far is rounded. */
const NO_FIGURES = ['unknown', 'to']

/** The figures and choices of an amount or a points table, wherever they stand. */
export function expressionEdits(
  json: unknown,
  pointer: string,
  dictionary: Dictionary,
): readonly Edit[] {
  if (typeof json === 'number') return moved(json, pointer, lastPlace(json))
  if (Array.isArray(json))
    return json.flatMap((inner, index) => expressionEdits(inner, `${pointer}/${index}`, dictionary))
  if (!isObject(json)) return []
  return Object.entries(json).flatMap(([key, value]) => {
    const below = pointer + segment(key)
    if (NO_FIGURES.includes(key)) return []
    if (key === 'holds') return conditionEdits(value, below, dictionary)
    if (key === 'date') return dayEdits(value as string, below)
    if (key === 'yuan') return moved(value as number, below, 0.01)
    if (key === 'rate' && typeof value === 'number') return moved(value, below, 0.01)
    return [
      ...swapEdits(json, key, pointer),
      ...(LISTS.includes(key) && Array.isArray(value)
        ? value.flatMap((_, index) => dropEdit(value, `${below}/${index}`))
        : []),
      ...expressionEdits(value, below, dictionary),
    ]
  })
}

function swapEdits(json: Record<string, unknown>, key: string, pointer: string): readonly Edit[] {
  const { [key]: inner, ...rest } = json
  if (key === 'not') return [{ pointer, change: 'without not', value: inner }]
  if (key === 'cap' && 'at' in json) return [{ pointer, change: 'without cap', value: inner }]
  const other = SWAPS[key]
  if (other === undefined || (Array.isArray(inner) && inner.length < 2)) return []
  return [{ pointer, change: `${other} for ${key}`, value: { ...rest, [other]: inner } }]
}
