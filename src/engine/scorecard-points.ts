import type { Expression } from '../model/expression.js'
import type { Scorecard, ScorecardItem } from '../model/rule-version.js'

/** The total of a points table as an expression: caps of items and groups, the highest of each group, one cap in all. */
export function scorecardPoints({ items, groupCaps, cap }: Scorecard): Expression {
  const groups = [...new Set(items.flatMap((item) => item.group ?? []))]
  const alone = items.filter((item) => item.group === undefined).map(itemPoints)
  const highest = groups.map((group): Expression => {
    const best: Expression = { max: items.filter((item) => item.group === group).map(itemPoints) }
    return capped(best, groupCaps?.[group])
  })
  return capped({ add: [...alone, ...highest] }, cap)
}

/** The points of one line as an expression: nothing where it is excluded, its years and the whole capped. */
export function itemPoints({ points, perYear, cap, unless }: ScorecardItem): Expression {
  const counted: Expression =
    perYear === undefined
      ? (points as Expression)
      : { add: perYear.points.map((year) => capped(year, perYear.cap)) }
  const open = capped(counted, cap)
  return unless === undefined ? open : { when: [{ if: { holds: unless }, then: 0 }], else: open }
}

function capped(points: Expression, cap: number | undefined): Expression {
  return cap === undefined ? points : { cap: points, at: cap }
}
