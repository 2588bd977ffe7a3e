import { isObject } from '../engine/typing.js'
import type { LeafCondition } from '../model/condition.js'
import type { Parameter, RuleVersion } from '../model/rule-version.js'
import { canonicalJson } from './digest.js'

/** One difference between two versions of a programme. */
export type Change =
  | {
      readonly kind: 'parameter-changed'
      readonly name: string
      readonly from: Parameter
      readonly to: Parameter
    }
  | {
      readonly kind: 'parameter-added' | 'parameter-removed'
      readonly name: string
      readonly parameter: Parameter
    }
  | { readonly kind: 'condition-added' | 'condition-removed'; readonly condition: LeafCondition }
  | { readonly kind: 'conditions-rearranged' }
  | {
      readonly kind: 'date-changed'
      readonly date: DateField
      readonly from: string | null
      readonly to: string | null
    }
  | {
      readonly kind: 'listed' | 'unlisted'
      readonly what: 'clause' | 'interpretation'
      readonly id: string
    }
  | {
      readonly kind: 'part-changed'
      readonly part: Part
      readonly from: unknown
      readonly to: unknown
    }

const DATES = ['validFrom', 'validTo', 'reviewBy'] as const
export type DateField = (typeof DATES)[number]
const PARTS = ['entitlement', 'scorecard', 'warnings'] as const
export type Part = (typeof PARTS)[number]

/** What changes from one rule version to another: figures first, then conditions, grants, dates. */
export function diffVersions(a: RuleVersion, b: RuleVersion): readonly Change[] {
  return [
    ...parameterChanges(a.parameters, b.parameters),
    ...conditionChanges(a.conditions, b.conditions),
    ...PARTS.flatMap((part): Change[] =>
      same(a[part], b[part])
        ? []
        : [{ kind: 'part-changed', part, from: a[part] ?? null, to: b[part] ?? null }],
    ),
    ...listChanges('clause', a.clauses, b.clauses),
    ...listChanges('interpretation', a.interpretations, b.interpretations),
    ...DATES.flatMap((date): Change[] =>
      a[date] === b[date] ? [] : [{ kind: 'date-changed', date, from: a[date], to: b[date] }],
    ),
  ]
}

type Parameters = RuleVersion['parameters']

function parameterChanges(a: Parameters, b: Parameters): readonly Change[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return names.flatMap((name): Change[] => {
    const [from, to] = [a[name], b[name]]
    if (from === undefined) return [{ kind: 'parameter-added', name, parameter: to as Parameter }]
    if (to === undefined) return [{ kind: 'parameter-removed', name, parameter: from }]
    return same(from, to) ? [] : [{ kind: 'parameter-changed', name, from, to }]
  })
}

function conditionChanges(a: unknown, b: unknown): readonly Change[] {
  const [before, after] = [leaves(a), leaves(b)]
  const removed = without(before, after).map(
    (condition): Change => ({ kind: 'condition-removed', condition }),
  )
  const added = without(after, before).map(
    (condition): Change => ({ kind: 'condition-added', condition }),
  )
  const changes = [...removed, ...added]
  return changes.length > 0 || same(a, b) ? changes : [{ kind: 'conditions-rearranged' }]
}

/** Every comparison in a condition, in document order. */
function leaves(json: unknown): readonly LeafCondition[] {
  if (Array.isArray(json)) return json.flatMap(leaves)
  if (!isObject(json)) return []
  if ('fact' in json) return [json as unknown as LeafCondition]
  return [json.all, json.any, json.not].flatMap(leaves)
}

/** Comparisons of one list that the other lacks; what they cite does not tell them apart. */
function without(
  list: readonly LeafCondition[],
  other: readonly LeafCondition[],
): readonly LeafCondition[] {
  const key = ({ fact, operator, value }: LeafCondition) => canonicalJson({ fact, operator, value })
  const left = other.map(key)
  return list.filter((leaf) => {
    const index = left.indexOf(key(leaf))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

function listChanges(
  what: 'clause' | 'interpretation',
  a: readonly string[],
  b: readonly string[],
): readonly Change[] {
  return [
    ...a.filter((id) => !b.includes(id)).map((id): Change => ({ kind: 'unlisted', what, id })),
    ...b.filter((id) => !a.includes(id)).map((id): Change => ({ kind: 'listed', what, id })),
  ]
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null)
}
