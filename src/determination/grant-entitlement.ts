import { isKnown } from '../engine/bounds.js'
import { numberIn } from '../engine/expression-bounds.js'
import { missingOfExpression } from '../engine/missing.js'
import { halfUp } from '../engine/ratio.js'
import type { Rule } from '../engine/rule.js'
import type { Entitlement } from '../model/determination.js'
import { yuanOf } from '../model/money.js'
import type { AnswerContext } from './answer-context.js'
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
  const { amount } = rule.entitlement
  if (amount === null)
    return { entitlement: entitled(rule, { reason: 'amount-not-in-cited-text' }), rounded: false }
  const bounds = numberIn(amount, context.facts, member)
  if (!isKnown(bounds)) {
    const missing = [...missingOfExpression(amount, context.facts, member).keys()].sort()
    return { entitlement: entitled(rule, { reason: 'facts-missing', missing }), rounded: false }
  }
  const programmeOf = () => context.rulebook.programmes.get(rule.version.programme)?.programme
  const steps =
    context.request.detail === 'full'
      ? [...explainAmount(amount, member, { ...context, programme: programmeOf() })]
      : []
  const yuan = yuanOf(halfUp(bounds.lo))
  return { entitlement: entitled(rule, { amount: yuan, steps }), rounded: bounds.lo.d !== 1 }
}

/** The parts every entitlement has, in the order of the contract. */
function entitled(rule: Rule, found: Partial<Entitlement>): Entitlement {
  const { rule: written, rate, clauses } = rule.entitlement
  const { amount = null, reason, missing = [], steps = [] } = found
  return {
    kind: written.kind,
    amount,
    ...(rate !== null && { rate }),
    bound: written.bound,
    unit: 'unit' in written ? written.unit : null,
    ...(reason !== undefined && { reason }),
    missing,
    clauses: [...clauses],
    steps,
  }
}
