import type { Rule } from '../../engine/rule.js'
import { quoted } from './dialect.js'
import { makeParameters, renderer, type Statement } from './render.js'
import type { RuleSql } from './rule-to-sql.js'
import { MEMBER_ID, type ScreeningSql } from './screening-sql.js'
import { finished, type Place, unfolded } from './statements.js'

/** How many rules one SELECT keeps outcomes of at most: each SELECT reads and plans once. */
export const RULES_KEPT_AT_ONCE = 25

/** The column of the outcome of the rule at a place: TRUE eligible, FALSE not, NULL unknown. */
export function outcomeColumn(index: number): string {
  return quoted(`outcome ${index}`)
}

/** The column of its amount in yuan; NULL where nothing is paid or the amount is not known. */
export function amountColumn(index: number): string {
  return quoted(`amount ${index}`)
}

/**
 * One SELECT of what several rules of one subject say of every row: for each rule its outcome and,
 * where the version pays, its amount; `keyed`: after the `key` (and `memberId`) of the row.
 */
export function outcomesSelect(
  rules: readonly RuleSql[],
  screening: ScreeningSql,
  place: Place,
  keyed: boolean,
): Statement {
  const parameters = makeParameters()
  const render = renderer(place.dialect, parameters)
  const [first] = rules as readonly [RuleSql]
  const { subject } = first.rule
  const all = subject === 'member' ? ['"key"', quoted(MEMBER_ID)] : ['"key"']
  const ids = keyed ? all : []
  const columns = rules.flatMap((rule, index) => {
    const [certainly, possibly, amount] = [rule.certainly, rule.possibly, rule.amount].map((sql) =>
      render(unfolded(rule, sql)),
    )
    return [
      // Where the readings agree, what both say; NULL where it may be and need not be.
      `CASE WHEN ${certainly} = ${possibly} THEN ${certainly} END AS ${outcomeColumn(index)}`,
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

/** Whether its amount is a ceiling: the most that may be granted, which is never added up. */
export function isCeiling({ entitlement }: Rule): boolean {
  return entitlement.rule.bound === 'cap'
}
