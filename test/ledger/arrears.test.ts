import { test } from 'tap'
import { arrearsOf, type Paid } from '../../src/ledger/arrears.js'

const paid = (amount: number | null, unit: string | null = 'CNY/month', outcome = 'eligible') => ({
  outcome,
  amount,
  unit,
  ruleVersion: 'town/living@2020-01-01',
})
const refused = paid(null, null, 'ineligible')
const SPAN = { from: '2020-01-15', to: '2020-04-14' }

/** What was paid, what is due, what it comes to over two whole months; null where nobody knows. */
const ROWS: readonly (readonly [
  sentence: string,
  recorded: Paid | null,
  replayed: Paid | null,
  expected: object | null,
])[] = [
  [
    'more is due',
    paid(610),
    paid(700.5),
    { monthlyDifference: 90.5, months: 2, arrears: 181, overpayment: 0 },
  ],
  [
    'less is due',
    paid(700.5),
    paid(610),
    { monthlyDifference: -90.5, months: 2, arrears: 0, overpayment: 181 },
  ],
  [
    'an amount whose fen no binary fraction holds',
    paid(0.1),
    paid(0.3),
    { monthlyDifference: 0.2, arrears: 0.4 },
  ],
  [
    'who was refused is due something',
    refused,
    paid(610),
    { monthlyDifference: 610, arrears: 1220 },
  ],
  ['who was paid is refused', paid(610), refused, { monthlyDifference: -610, overpayment: 1220 }],
  [
    'what was not determined was paid nothing',
    null,
    paid(610),
    { monthlyDifference: 610, arrears: 1220 },
  ],
  [
    'an amount by person and month',
    paid(610, 'CNY/person/month'),
    paid(700, 'CNY/person/month'),
    { monthlyDifference: 90 },
  ],
  ['the same amount', paid(610), paid(610), null],
  ['an amount that is not known now', paid(610), paid(null), null],
  ['an amount that was not known then', paid(null), paid(610), null],
  ['an open outcome', paid(null, null, 'unknown'), paid(610), null],
  ['an amount paid once a year', paid(610, 'CNY/year'), paid(700, 'CNY/year'), null],
  ['an amount paid by the year instead of the month', paid(610), paid(700, 'CNY/year'), null],
  ['points', paid(60, 'point'), paid(70, 'point'), null],
  ['an amount without a unit', paid(610, null), paid(700, null), null],
]

for (const [sentence, recorded, replayed, expected] of ROWS) {
  test(`arrears: ${sentence}`, async (t) => {
    const arrears = arrearsOf(recorded, replayed, SPAN)
    if (expected === null) t.equal(arrears, null)
    else t.match(arrears, { ...expected, ...SPAN })
  })
}

/** The day a change counts from, the day it ends, and the whole months between. */
const SPANS: readonly (readonly [from: string, to: string, months: number])[] = [
  ['2020-01-15', '2020-01-15', 0],
  ['2020-01-15', '2020-02-14', 0],
  ['2020-01-15', '2020-02-15', 1],
  ['2020-01-31', '2020-03-01', 1],
  ['2020-01-31', '2020-02-29', 0],
  ['2020-02-15', '2020-01-15', 0],
  ['2021-02-15', '2020-01-15', 0],
]

for (const [from, to, months] of SPANS) {
  test(`arrears from ${from} to ${to} are of ${months} months`, async (t) => {
    const arrears = arrearsOf(paid(610), paid(700), { from, to })
    t.match(arrears, { months, arrears: months * 90, from, to })
  })
}
