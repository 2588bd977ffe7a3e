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

function itemPoints({ points, cap }: ScorecardItem): Expression {
  return capped(points, cap)
}

function capped(points: Expression, cap: number | undefined): Expression {
  return cap === undefined ? points : { cap: points, at: cap }
}
