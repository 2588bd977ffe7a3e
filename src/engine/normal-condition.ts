import type { ConditionNode } from './condition-node.js'
import { type Comparison, comparisonOf, intersect, isEmpty, type ValueSet } from './value-set.js'

/**
 * A condition without `not`, without comparisons that always or never hold, and with its parts in
 * one order. Two conditions with the same key read the same whatever is known of a household, and
 * ask for the same facts.
 */
export type NormalCondition =
  | { readonly kind: 'leaf'; readonly comparison: Comparison; readonly key: string }
  | {
      readonly kind: 'all' | 'any'
      readonly children: readonly NormalCondition[]
      readonly key: string
    }

const ALWAYS: NormalCondition = { kind: 'all', children: [], key: 'always' }
const NEVER: NormalCondition = { kind: 'any', children: [], key: 'never' }

/** The normal form of a condition, or of its denial. */
export function normalCondition(node: ConditionNode, denied = false): NormalCondition {
  switch (node.kind) {
    case 'leaf':
      return leaf(comparisonOf(node), denied)
    case 'not':
      return normalCondition(node.child, !denied)
    case 'all':
    case 'any': {
      const children = node.children.map((child) => normalCondition(child, denied))
      return group((node.kind === 'all') === denied ? 'any' : 'all', children)
    }
  }
}

/** The condition that holds exactly where this one does not. */
export function deny(condition: NormalCondition): NormalCondition {
  if (condition.kind === 'leaf') return leaf(condition.comparison, true)
  return group(condition.kind === 'all' ? 'any' : 'all', condition.children.map(deny))
}

/** Several conditions at once. */
export function allOf(conditions: readonly NormalCondition[]): NormalCondition {
  return group('all', conditions)
}

function leaf({ variable, accepts, refuses }: Comparison, denied: boolean): NormalCondition {
  const comparison = denied
    ? { variable, accepts: refuses, refuses: accepts }
    : { variable, accepts, refuses }
  if (isEmpty(comparison.accepts)) return NEVER
  if (isEmpty(comparison.refuses)) return ALWAYS
  const { kind, ...values } = comparison.accepts
  return { kind: 'leaf', comparison, key: `${variable} ${JSON.stringify(values)}` }
}

function group(kind: 'all' | 'any', list: readonly NormalCondition[]): NormalCondition {
  const [neutral, decisive] = kind === 'all' ? [ALWAYS, NEVER] : [NEVER, ALWAYS]
  const parts = list.flatMap((child) => (child.kind === kind ? child.children : [child]))
  if (parts.includes(decisive)) return decisive
  const byKey = new Map(parts.filter((part) => part !== neutral).map((part) => [part.key, part]))
  const children = [...byKey.values()].sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key))
  const [first, second] = children
  if (first === undefined) return neutral
  if (second === undefined) return first
  return { kind, children, key: `${kind}(${children.map(({ key }) => key).join('; ')})` }
}

/** Alternatives tried before a search gives up; it then finds nothing wrong. */
const MOST_STEPS = 20_000

/**
 * Whether no household at all can meet a condition. Facts derived from others are taken to be
 * free, so true is proved and false is not.
 */
export function isImpossible(condition: NormalCondition): boolean {
  return !search([condition], new Map(), { steps: 0 })
}

/** Whether every household that meets the first condition meets the second: true is proved. */
export function implies(a: NormalCondition, b: NormalCondition): boolean {
  return isImpossible(allOf([a, deny(b)]))
}

type Values = ReadonlyMap<string, ValueSet>

function search(
  todo: readonly NormalCondition[],
  values: Values,
  effort: { steps: number },
): boolean {
  const narrowed = narrow(todo, values)
  if (narrowed === undefined) return false
  const [choice, ...rest] = narrowed.choices
  effort.steps += 1
  if (choice === undefined || effort.steps > MOST_STEPS) return true
  return choice.some((child) => search([child, ...rest.map(anyOf)], narrowed.values, effort))
}

function anyOf(children: readonly NormalCondition[]): NormalCondition {
  return group('any', children)
}

/** Takes in every comparison that must hold; undefined when a fact is left without a value. */
function narrow(
  todo: readonly NormalCondition[],
  before: Values,
): { values: Values; choices: readonly (readonly NormalCondition[])[] } | undefined {
  const values = new Map(before)
  const choices: (readonly NormalCondition[])[] = []
  const take = (condition: NormalCondition): boolean => {
    if (condition.kind === 'leaf') {
      const { variable, accepts } = condition.comparison
      const known = values.get(variable)
      const left = known === undefined ? accepts : intersect(known, accepts)
      values.set(variable, left)
      return !isEmpty(left)
    }
    if (condition.kind === 'all') return condition.children.every(take)
    choices.push(condition.children)
    return condition.children.length > 0
  }
  return todo.every(take) ? { values, choices } : undefined
}
