import { memberCount } from '../engine/fact-definition.js'
import { dayOf } from '../model/civil-date.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { JurisdictionRules } from './select-rules.js'
import { compileScreening, type ScreeningSql } from './to-sql/screening-sql.js'

/** The rules of one jurisdiction, compiled for the facts there are. */
export interface ScreeningPlan {
  readonly jurisdiction: string
  readonly sql: ScreeningSql
}

/** Compiles the rules of one jurisdiction; `facts` are the ids of those a source has. */
export function planFor(
  { jurisdiction, rules }: JurisdictionRules,
  { rulebook, asOf }: { readonly rulebook: Rulebook; readonly asOf: string },
  facts: ReadonlySet<string>,
): ScreeningPlan {
  const sql = compileScreening(rules, {
    asOf: dayOf(asOf),
    jurisdiction,
    size: memberCount(rulebook.dictionary),
    has: ({ id }) => facts.has(id),
  })
  return { jurisdiction, sql }
}
