import fc from 'fast-check'
import type { ExpressionNode } from '../../src/engine/expression-node.js'
import { parseExpression } from '../../src/engine/parse-expression.js'
import { itemPoints, scorecardPoints } from '../../src/engine/scorecard-points.js'
import type { Expression } from '../../src/model/expression.js'
import type { Scorecard, ScorecardItem } from '../../src/model/rule-version.js'
import { band, choice, DICTIONARY, testTyping } from './test-dictionary.js'

const grade: Expression = { fact: 'member.grade' }
const points = fc.constantFrom<Expression>(
  3,
  -2,
  grade,
  { multiply: [2, grade] },
  { fact: 'member.score' },
  { highest: [choice({ fact: 'member.insured' }, 5), choice({ fact: 'member.works' }, 7)] },
  { table: { fact: 'member.age' }, bands: [band(null, 0), band(18, 10), band(60, 4)] },
)
const cap = fc.integer({ min: -3, max: 12 })

/** What a line may have beside its points; rarely absent together. */
const beside = fc.record(
  {
    cap,
    group: fc.constantFrom('a', 'b'),
    unless: fc.constantFrom(
      { fact: 'member.works', operator: 'equal' as const, value: true },
      { fact: 'member.needs', operator: 'contains' as const, value: 'sight' },
    ),
  },
  { requiredKeys: [] },
)

const counted = fc.oneof(
  fc.record({ points }),
  fc.record({
    perYear: fc.record(
      { points: fc.array(points, { minLength: 1, maxLength: 5 }), cap },
      { requiredKeys: ['points'] },
    ),
  }),
)

const items = fc
  .array(fc.tuple(counted, beside), { minLength: 1, maxLength: 6 })
  .map((lines) =>
    lines.map(
      ([line, more], index): ScorecardItem => ({ id: `i${index}`, clause: 'c', ...line, ...more }),
    ),
  )

/** Points tables of every form over the facts of a member. */
export const scorecards: fc.Arbitrary<Scorecard> = fc.record(
  { items, groupCaps: fc.record({ a: cap, b: cap }, { requiredKeys: [] }), cap },
  { requiredKeys: ['items'] },
)

/** The total and the lines of a points table, typed. */
export function typedScorecard(card: Scorecard) {
  return {
    total: typed(scorecardPoints(card)),
    lines: card.items.map((item) => typed(itemPoints(item))),
  }
}

function typed(json: Expression): ExpressionNode {
  const node = parseExpression(json, '', testTyping(DICTIONARY, true))
  if (node === undefined) throw new Error('no expression')
  return node
}
