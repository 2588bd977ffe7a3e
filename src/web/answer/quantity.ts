import type { Determination, Reason } from '../api/client.ts'
import type { PageWords } from '../words/use-words.ts'

/** A number with its unit, such as "120 元/月" or "75%"; money with two decimals when it has any. */
export function quantity(value: number, unit: string | null | undefined, w: PageWords): string {
  if (unit === 'ratio') return percentage(value)
  const money = unit?.startsWith('CNY') ?? false
  const decimals = money && !Number.isInteger(value) ? 2 : 0
  const number = value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: money ? 2 : 6,
  })
  return unit === null || unit === undefined ? number : `${number} ${w.units[unit] ?? unit}`
}

const percentage = (ratio: number) => `${Number((ratio * 100).toFixed(4))}%`

/** How far a known number lies from the line, in words; null where there is no distance. */
export function distance(reason: Reason, w: PageWords): string | null {
  const { margin, operator, unit } = reason
  if (margin === undefined) return null
  if (margin === 0) return w.answer.atLine
  // Rounded away from the line: a distance is never shown as none.
  const apart = Math.max(Math.abs(margin), unit?.startsWith('CNY') ? 0.01 : 0)
  const text = quantity(apart, unit, w)
  if (operator === 'lessThan' || operator === 'lessThanInclusive')
    return margin < 0 ? w.answer.over(text) : w.answer.below(text)
  if (operator === 'greaterThan' || operator === 'greaterThanInclusive')
    return margin < 0 ? w.answer.short(text) : w.answer.above(text)
  return w.answer.apart(text)
}

/** What is granted in one line. */
export function entitlementLine(
  entitlement: NonNullable<Determination['entitlement']>,
  w: PageWords,
): string {
  const { kind, amount, rate, bound, unit, reason } = entitlement
  const parts = [w.answer.kinds[kind]]
  if (amount !== null) parts.push(`${w.answer.bound[bound]}${quantity(amount, unit, w)}`)
  if (rate !== undefined) parts.push(`${w.answer.bound[bound]}${percentage(rate)}`)
  // A service has no amount to be missed.
  const paid = kind === 'cash' || kind === 'top-up' || kind === 'rate'
  if (reason !== undefined && paid) parts.push(w.answer.noAmount[reason])
  return parts.join(' · ')
}
