import fc from 'fast-check'
import { test } from 'tap'
import type { Ratio } from '../../src/engine/ratio.js'
import * as ratio from '../../src/engine/ratio.js'

const SEED = 20_200_306
const RUNS = 5000

/** Small figures mostly: products of large ones are refused. */
const amount = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1_000_000, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }) },
)
const ratios = fc
  .tuple(amount, fc.integer({ min: 1, max: 5000 }))
  .map(([n, d]) => ratio.quotient(n, d))

/** The same as a pair of BigInt, never reduced. */
const big = ({ n, d }: Ratio) => [BigInt(n), BigInt(d)] as const
const same = (found: Ratio, n: bigint, d: bigint) =>
  BigInt(found.n) * d === n * BigInt(found.d) && found.d > 0

function holds(property: fc.IProperty<[Ratio, Ratio]>): void {
  fc.assert(property, { seed: SEED, numRuns: RUNS })
}

/** The result, or nothing where 53 bits do not hold it; that it does not divide by 0 is checked apart. */
function attempt(run: () => Ratio): Ratio | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

test(`arithmetic is that of BigInt, or refused where 53 bits do not hold it (${RUNS} pairs)`, async (t) => {
  let refused = 0
  const right = (found: Ratio | undefined, n: bigint, d: bigint) => {
    if (found === undefined) refused += 1
    return found === undefined || same(found, n, d)
  }
  const exact = fc.property(ratios, ratios, (a, b) => {
    const [[an, ad], [bn, bd]] = [big(a), big(b)]
    return (
      right(
        attempt(() => ratio.add(a, b)),
        an * bd + bn * ad,
        ad * bd,
      ) &&
      right(
        attempt(() => ratio.subtract(a, b)),
        an * bd - bn * ad,
        ad * bd,
      ) &&
      right(
        attempt(() => ratio.multiply(a, b)),
        an * bn,
        ad * bd,
      ) &&
      (bn === 0n ||
        right(
          attempt(() => ratio.divide(a, b)),
          an * bd,
          ad * bn,
        ))
    )
  })
  t.doesNotThrow(() => holds(exact))
  t.ok(refused < RUNS, `${refused} of ${4 * RUNS} refused`)
  t.throws(() => ratio.divide(ratio.whole(1), ratio.ZERO), { message: 'division by zero' })
  t.strictSame(ratio.multiply({ n: 2, d: 3 }, { n: 9, d: 4 }), { n: 3, d: 2 })
  t.strictSame(ratio.divide({ n: 1, d: 1 }, { n: -2, d: 1 }), { n: -1, d: 2 }, 'the sign is above')
})

test(`comparison is by cross-multiplication (${RUNS} pairs)`, async (t) => {
  const ordered = fc.property(ratios, ratios, (a, b) => {
    const [[an, ad], [bn, bd]] = [big(a), big(b)]
    const sign = an * bd < bn * ad ? -1 : an * bd > bn * ad ? 1 : 0
    const [least, most] = sign <= 0 ? [a, b] : [b, a]
    const sorted = ratio.compare(ratio.lesser(a, b), least) === 0
    return ratio.compare(a, b) === sign && sorted && ratio.compare(ratio.greater(a, b), most) === 0
  })
  t.doesNotThrow(() => holds(ordered))
  t.equal(ratio.compare({ n: 1, d: 3 }, { n: 333_333, d: 1_000_000 }), 1)
  t.equal(ratio.compare({ n: 1, d: 2 }, { n: 2, d: 4 }), 0)
})

test('a number that 53 bits do not hold is refused, not rounded', async (t) => {
  const most = ratio.whole(Number.MAX_SAFE_INTEGER)
  t.throws(() => ratio.add(most, most), RangeError)
  t.throws(() => ratio.multiply(most, ratio.whole(2)), RangeError)
  t.throws(() => ratio.quotient(1, 0), { message: 'division by zero' })
})

test('a decimal is what is written', async (t) => {
  t.strictSame(ratio.decimal(0.6), { n: 3, d: 5 })
  t.strictSame(ratio.decimal(-2.5), { n: -5, d: 2 })
  t.strictSame(ratio.decimal(1060), { n: 1060, d: 1 })
})

test('rounding goes down, and halves go up, on both sides of zero', async (t) => {
  const table = [
    [7, 2, 3, 4],
    [-7, 2, -4, -3],
    [5, 1, 5, 5],
    [-5, 1, -5, -5],
    [10, 3, 3, 3],
    [11, 3, 3, 4],
    [-10, 3, -4, -3],
  ] as const
  for (const [n, d, down, nearest] of table) {
    t.equal(ratio.floor({ n, d }), down, `floor ${n}/${d}`)
    t.equal(ratio.halfUp({ n, d }), nearest, `nearest ${n}/${d}`)
  }
})

test('a ratio is shown with so many decimals, halves up', async (t) => {
  t.equal(ratio.toNumber({ n: 1, d: 3 }, 6), 0.333333)
  t.equal(ratio.toNumber({ n: 1, d: 8 }, 2), 0.13)
  t.equal(ratio.toNumber({ n: 5, d: 1 }, 2), 5)
  t.equal(ratio.toNumber({ n: -1, d: 8 }, 2), -0.12, 'halves up, below zero as well')
  t.equal(
    ratio.toNumber({ n: 999_999_999_999, d: 100 }, 6),
    9_999_999_999.99,
    'not held when scaled',
  )
  t.equal(ratio.toNumber({ n: 9_007_199_254_740_991, d: 2 }, 6), 4_503_599_627_370_495.5)
  t.equal(ratio.halfUp({ n: 9_007_199_254_740_991, d: 2 }), 4_503_599_627_370_496)
})
