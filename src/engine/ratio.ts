import { fenOf, LARGEST_YUAN, yuanOf } from '../model/money.js'

/** An exact rational: `n / d` with safe integers and `d > 0`. */
export interface Ratio {
  readonly n: number
  readonly d: number
}

export const ZERO: Ratio = { n: 0, d: 1 }

/** A whole number as a ratio. */
export function whole(n: number): Ratio {
  return { n, d: 1 }
}

/** At most 15 digits, 9 of them after the point. */
const PLAIN = /^-?(?=(?:\d\.?){1,15}$)\d+(?:\.\d{1,9})?$/

/** Whether a number of a rulebook is held exactly: at most 15 digits, 9 of them after the point. */
export function isPlain(value: unknown): value is number {
  return typeof value === 'number' && PLAIN.test(String(value))
}

/** Whether an amount in yuan is one of whole fen, with at most 10 digits before the point. */
export function isYuan(value: unknown): value is number {
  return isPlain(value) && Math.abs(value) <= LARGEST_YUAN && yuanOf(fenOf(value)) === value
}

/** The exact value of a decimal as written, such as 0.6 = 3/5; at most 9 decimals. */
export function decimal(value: number): Ratio {
  const digits = value.toString().split('.')[1]?.length ?? 0
  return digits === 0 ? whole(value) : quotient(Math.round(value * 10 ** digits), 10 ** digits)
}

/** `n / d` in lowest terms. Throws RangeError for d = 0 and where 53 bits do not hold it. */
export function quotient(n: number, d: number): Ratio {
  if (d === 1 && Number.isSafeInteger(n)) return { n, d }
  return reduced(BigInt(n), BigInt(d))
}

function reduced(n: bigint, d: bigint): Ratio {
  if (d === 0n) throw new RangeError('division by zero')
  let a = n < 0n ? -n : n
  let b = d < 0n ? -d : d
  while (b > 0n) [a, b] = [b, a % b]
  const sign = d < 0n ? -1n : 1n
  const result = { n: Number((sign * n) / a), d: Number((sign * d) / a) }
  if (!Number.isSafeInteger(result.n) || !Number.isSafeInteger(result.d))
    throw new RangeError('number too large')
  return result
}

/** a + b, exactly. */
export function add(a: Ratio, b: Ratio): Ratio {
  const n = a.n + b.n
  if (a.d === 1 && b.d === 1 && Number.isSafeInteger(n)) return { n, d: 1 }
  return reduced(BigInt(a.n) * BigInt(b.d) + BigInt(b.n) * BigInt(a.d), BigInt(a.d) * BigInt(b.d))
}

/** a − b, exactly. */
export function subtract(a: Ratio, b: Ratio): Ratio {
  return add(a, { n: -b.n, d: b.d })
}

/** a × b, exactly. */
export function multiply(a: Ratio, b: Ratio): Ratio {
  const n = a.n * b.n
  if (a.d === 1 && b.d === 1 && Number.isSafeInteger(n)) return { n, d: 1 }
  return reduced(BigInt(a.n) * BigInt(b.n), BigInt(a.d) * BigInt(b.d))
}

/** a ÷ b, exactly; throws RangeError when b is 0. */
export function divide(a: Ratio, b: Ratio): Ratio {
  return reduced(BigInt(a.n) * BigInt(b.d), BigInt(a.d) * BigInt(b.n))
}

/** −1, 0 or 1 as a is below, equal to or above b; by cross-multiplication, never by rounding. */
export function compare(a: Ratio, b: Ratio): number {
  if (a.d === b.d) return Math.sign(a.n - b.n)
  const difference = BigInt(a.n) * BigInt(b.d) - BigInt(b.n) * BigInt(a.d)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The lesser of two. */
export function lesser(a: Ratio, b: Ratio): Ratio {
  return compare(a, b) <= 0 ? a : b
}

/** The greater of two. */
export function greater(a: Ratio, b: Ratio): Ratio {
  return compare(a, b) >= 0 ? a : b
}

/** The largest whole number not above a. */
export function floor(a: Ratio): number {
  const rest = a.n % a.d
  return (a.n - rest) / a.d - (rest < 0 ? 1 : 0)
}

/** The nearest whole number, halves up. */
export function halfUp({ n, d }: Ratio): number {
  return d === 1 ? n : Number(nearest(BigInt(n), BigInt(d)))
}

/** As a JSON number with at most this many decimals, halves up. */
export function toNumber({ n, d }: Ratio, decimals: number): number {
  if (d === 1) return n
  const scaled = nearest(BigInt(n) * 10n ** BigInt(decimals), BigInt(d))
  // Read as a decimal text: what is beyond 53 bits when scaled is rounded once.
  return Number(`${scaled}e-${decimals}`)
}

/** The whole number nearest to `n / d` with `d > 0`, halves up. */
function nearest(n: bigint, d: bigint): bigint {
  const doubled = 2n * n + d
  const rest = doubled % (2n * d)
  return (doubled - rest) / (2n * d) - (rest < 0n ? 1n : 0n)
}
