import { type Day, dayOf, monthsBetween } from '../model/civil-date.js'
import type { Determination } from '../model/determination.js'
import { fenOf, yuanOf } from '../model/money.js'

/** What one side of a change pays: outcome, amount and version; null where it did not determine. */
export interface Paid {
  readonly outcome: string
  readonly amount: number | null
  readonly unit: string | null
  readonly ruleVersion: string
}

/** What a change of a monthly amount comes to; amounts in yuan, exact to the fen. */
export interface Arrears {
  readonly monthlyDifference: number
  /** First day the change counts, and the day it ends. */
  readonly from: string
  readonly to: string
  readonly months: number
  /** Owed to the household; 0 when it was paid too much. */
  readonly arrears: number
  readonly overpayment: number
}

/** What a determination pays. */
export function paidBy(determination: Determination | null): Paid | null {
  if (determination === null) return null
  const { outcome, entitlement, ruleVersion } = determination
  const { amount = null, unit = null } = entitlement ?? {}
  return { outcome, amount, unit, ruleVersion }
}

/** Days between which a change counts. */
export interface Span {
  readonly from: string
  readonly to: string
}

/**
 * The monthly difference times the whole months it lasted (design 8); null where either side pays
 * no known amount a month. Who is not eligible, or was not determined, is paid nothing.
 */
export function arrearsOf(
  recorded: Paid | null,
  replayed: Paid | null,
  span: Span,
): Arrears | null {
  const [before, after] = [fenAMonth(recorded), fenAMonth(replayed)]
  if (before === null || after === null || before === after) return null
  const months = Math.max(0, wholeMonths(dayOf(span.from), dayOf(span.to)))
  const total = (after - before) * months
  return {
    monthlyDifference: yuanOf(after - before),
    ...span,
    months,
    arrears: yuanOf(Math.max(0, total)),
    overpayment: yuanOf(Math.max(0, -total)),
  }
}

function wholeMonths(from: Day, to: Day): number {
  return to <= from ? 0 : monthsBetween(from, to)
}

/** Fen a month; null when it is not known, or not paid by the month. */
function fenAMonth(paid: Paid | null): number | null {
  if (paid === null || paid.outcome === 'ineligible') return 0
  const isMonthly = paid.unit?.endsWith('/month') === true
  return paid.amount === null || !isMonthly ? null : fenOf(paid.amount)
}
