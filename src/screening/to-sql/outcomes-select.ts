import { quoted } from './dialect.js'
import { makeParameters, renderer, type Statement } from './render.js'
import type { RuleSql } from './rule-to-sql.js'
import { MEMBER_ID, type ScreeningSql } from './screening-sql.js'
import { finished, type Place, unfolded } from './statements.js'

/** How many rules one SELECT keeps outcomes of: fewer or many more make it slower. */
export const RULES_KEPT_AT_ONCE = 12

/** The column of the outcome of the rule at a place: TRUE eligible, FALSE not, NULL unknown. */
export function outcomeColumn(index: number): string {
  return quoted(`outcome ${index}`)
}

/** The column of its amount in yuan; NULL where nothing is paid or the amount is not known. */
export function amountColumn(index: number): string {
  return quoted(`amount ${index}`)
}

/**
 * One SELECT of what several rules of one subject say of every row: `key` (and `memberId`), and
 * for each rule its outcome and, where the version pays, its amount.
 */
export function outcomesSelect(
  rules: readonly RuleSql[],
  screening: ScreeningSql,
  place: Place,
): Statement {
  const parameters = makeParameters()
  const render = renderer(place.dialect, parameters)
  const [first] = rules as readonly [RuleSql]
  const { subject } = first.rule
  const ids = subject === 'member' ? ['"key"', quoted(MEMBER_ID)] : ['"key"']
  const columns = rules.flatMap((rule, index) => {
    const [certainly, possibly, amount] = [rule.certainly, rule.possibly, rule.amount].map((sql) =>
      render(unfolded(rule, sql)),
    )
    return [
      // NULL where it may be and need not be.
      `nullif(${possibly}, NOT ${certainly}) AS ${outcomeColumn(index)}`,
      ...(pays(rule) ? [`${amount} AS ${amountColumn(index)}`] : []),
    ]
  })
  const sql = `SELECT ${[...ids, ...columns].join(', ')}\nFROM ${finished(screening, subject, place)}`
  return { sql, parameters: parameters.values }
}

/** Whether a rule has an amount at all. */
export function pays({ rule }: RuleSql): boolean {
  return rule.entitlement.amount !== null
}
