import type { LeafCondition, Operator } from '../model/condition.js'
import type { FactDefinition } from './fact-definition.js'

export type Required = number | boolean | string | readonly string[]

/** One comparison after typing. */
export interface LeafNode {
  readonly kind: 'leaf'
  /** JSON pointer into the conditions it was written in. */
  readonly pointer: string
  readonly fact: FactDefinition
  readonly operator: Operator
  /** The literal, or the parameter's value, in the unit of the edge. */
  readonly required: Required
  /** The same in the fact's integer steps; NaN for booleans and codes. */
  readonly steps: number
  /** The required codes; empty for numbers and booleans. */
  readonly codes: readonly string[]
  readonly parameter: string | null
  readonly clauses: readonly string[]
  readonly interpretations: readonly string[]
  readonly json: LeafCondition
}

/** A condition after typing: tagged nodes. */
export type ConditionNode =
  | LeafNode
  | { readonly kind: 'all' | 'any'; readonly children: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly child: ConditionNode }

/** Every leaf, in document order. */
export function leavesOf(node: ConditionNode): readonly LeafNode[] {
  switch (node.kind) {
    case 'leaf':
      return [node]
    case 'not':
      return leavesOf(node.child)
    case 'all':
    case 'any':
      return node.children.flatMap(leavesOf)
  }
}

/** The codes of every comparison in conditions, by fact; of numbers and truth values, empty lists. */
export function codesByFact(
  conditions: readonly ConditionNode[],
): ReadonlyMap<FactDefinition, readonly (readonly string[])[]> {
  const lists = new Map<FactDefinition, (readonly string[])[]>()
  for (const { fact, codes } of conditions.flatMap(leavesOf)) {
    const known = lists.get(fact)
    if (known === undefined) lists.set(fact, [codes])
    else known.push(codes)
  }
  return lists
}
