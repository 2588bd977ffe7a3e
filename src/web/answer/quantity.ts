import type { Determination, Reason } from '../api/client.ts'
import type { PageWords } from '../words/use-words.ts'

/** Decimals of an actual value or a margin in an answer. */
const MOST_DECIMALS = 6

/** A number with its unit, such as "120 元/月" or "75%"; money with two decimals when it has any. */
export function quantity(
  value: number,
  unit: string | null | undefined,
  w: PageWords,
  decimals = 2,
): string {
  if (unit === 'ratio') return percentage(value)
  const money = unit?.startsWith('CNY') ?? false
  const fewest = money && !Number.isInteger(value) ? 2 : 0
  const number = written(value, fewest, money ? decimals : MOST_DECIMALS)
  return unit === null || unit === undefined ? number : `${number} ${w.units[unit] ?? unit}`
}

function written(value: number, fewest: number, most: number): string {
  const digits = { minimumFractionDigits: fewest, maximumFractionDigits: most }
  return value.toLocaleString('en-US', digits)
}

/** Decimals of money with which what was found does not read as the line that it lies beside. */
export function decimalsBeside({ actual, required }: Reason): number {
  if (typeof actual !== 'number' || typeof required !== 'number' || actual === required) return 2
  let decimals = 2
  const readsAsLine = () => written(actual, 2, decimals) === written(required, 2, decimals)
  while (decimals < MOST_DECIMALS && readsAsLine()) decimals += 1
  return decimals
}

const percentage = (ratio: number) => `${Number((ratio * 100).toFixed(4))}%`

/** How far a known number lies from the line, in words; null where there is no distance. */
export function distance(reason: Reason, unit: string | undefined, w: PageWords): string | null {
  const { margin, operator } = reason
  if (margin === undefined) return null
  if (margin === 0) return w.answer.atLine
  const apartUnit = unit === 'age' ? 'age-apart' : unit
  const text = quantity(Math.abs(margin), apartUnit, w, decimalsBeside(reason))
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
