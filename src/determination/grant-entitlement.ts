import { isKnown, type NumberBounds } from '../engine/bounds.js'
import { numberIn } from '../engine/expression-bounds.js'
import { missingOfExpression } from '../engine/missing.js'
import { halfUp, type Ratio } from '../engine/ratio.js'
import type { Rule } from '../engine/rule.js'
import type { Entitlement } from '../model/determination.js'
import type { AnswerContext } from './build-determination.js'
import { explainAmount } from './explain-amount.js'

/** Named when an amount had a fraction of a fen. */
export const ROUNDED_TO_FEN = 'rounded-to-fen'

/** What an eligible subject is granted, and whether its amount had to be rounded. */
export interface Grant {
  readonly entitlement: Entitlement
  readonly rounded: boolean
}

/** The entitlement of an eligible subject: amount in yuan, rounded once, to the fen, half up. */
export function grantEntitlement(rule: Rule, member: number, context: AnswerContext): Grant {
  const { amount, clauses, rate } = rule.entitlement
  const { kind, bound } = rule.entitlement.rule
  const unit = 'unit' in rule.entitlement.rule ? rule.entitlement.rule.unit : null
  const base = { kind, bound, unit, clauses: [...clauses], ...(rate !== null && { rate }) }
  if (amount === null) {
    return {
      entitlement: {
        ...base,
        amount: null,
        reason: 'amount-not-in-cited-text',
        missing: [],
        steps: [],
      },
      rounded: false,
    }
  }
  const bounds = numberIn(amount, context.facts, member)
  if (!isKnown(bounds))
    return { entitlement: { ...base, ...missingAmount(rule, member, context) }, rounded: false }
  const steps = context.request.detail === 'full' ? explainAmount(amount, member, context) : []
  return {
    entitlement: { ...base, amount: inYuan(bounds), missing: [], steps: [...steps] },
    rounded: bounds.lo.d !== 1,
  }
}

function inYuan({ lo }: NumberBounds): number {
  return halfUp(lo satisfies Ratio) / 100
}

function missingAmount(
  rule: Rule,
  member: number,
  { facts }: AnswerContext,
): Pick<Entitlement, 'amount' | 'reason' | 'missing' | 'steps'> {
  const { amount } = rule.entitlement
  const missing = amount === null ? new Map() : missingOfExpression(amount, facts, member)
  return { amount: null, reason: 'facts-missing', missing: [...missing.keys()].sort(), steps: [] }
}
