import type { RoundingMode } from '../model/expression.js'
import type { Bounds, NumberBounds, SetBounds } from './bounds.js'
import type { ConditionNode } from './condition-node.js'
import type { FactDefinition } from './fact-definition.js'

export type ValueKind = 'number' | 'money' | 'date' | 'boolean' | 'code' | 'set'

export const ARITHMETIC = ['add', 'subtract', 'multiply', 'divide', 'min', 'max'] as const
export type Arithmetic = (typeof ARITHMETIC)[number]
export const AGGREGATES = ['count', 'sum', 'any', 'all'] as const
export type Aggregate = (typeof AGGREGATES)[number]

/** What an expression can say by itself: sets are read of facts only. */
export type Written = Exclude<Bounds, SetBounds>

interface Typed {
  /** Money is counted in fen, dates in days, other numbers in their unit. */
  readonly type: ValueKind
}

export interface Choice {
  readonly condition: ExpressionNode
  readonly value: ExpressionNode
}

/** An expression after typing: tagged nodes for evaluation, explanation and SQL. */
export type ExpressionNode = Typed &
  (
    | { readonly kind: 'literal'; readonly value: Written }
    | {
        readonly kind: 'parameter'
        readonly name: string
        readonly value: NumberBounds
        readonly clause: string
      }
    | { readonly kind: 'fact'; readonly fact: FactDefinition }
    | { readonly kind: 'context'; readonly name: 'asOf' | 'jurisdiction' }
    | {
        readonly kind: 'arithmetic'
        readonly operator: Arithmetic
        readonly operands: readonly ExpressionNode[]
      }
    | {
        readonly kind: 'round'
        readonly operand: ExpressionNode
        readonly to: NumberBounds
        readonly mode: RoundingMode
      }
    | {
        readonly kind: 'elapsed'
        readonly unit: 'years' | 'months'
        readonly from: ExpressionNode
        readonly to: ExpressionNode
      }
    | { readonly kind: 'within'; readonly code: ExpressionNode; readonly region: ExpressionNode }
    | { readonly kind: 'holds'; readonly condition: ConditionNode }
    | { readonly kind: 'not'; readonly operand: ExpressionNode }
    | { readonly kind: 'aggregate'; readonly operator: Aggregate; readonly operand: ExpressionNode }
    | {
        readonly kind: 'when'
        readonly choices: readonly Choice[]
        readonly otherwise: ExpressionNode
      }
    | { readonly kind: 'highest'; readonly choices: readonly Choice[] }
    | { readonly kind: 'table'; readonly operand: ExpressionNode; readonly bands: readonly Band[] }
    | { readonly kind: 'unknown'; readonly value: Written }
  )

/** From this figure on, up to the next band's; null: from below. */
export interface Band {
  readonly from: NumberBounds | null
  readonly value: ExpressionNode
}
