import type { EntitlementRule } from '../model/entitlement.js'
import type { Entity } from '../model/fact.js'
import type { ScreeningPlan } from './screening-plan.js'
import { isCeiling } from './to-sql/outcomes-select.js'

/** How many subjects came out how, and what they are paid. */
export interface ProgrammeSummary {
  readonly programme: string
  readonly ruleVersion: string
  readonly jurisdiction: string
  readonly subject: Entity
  readonly eligible: number
  readonly ineligible: number
  readonly unknown: number
  /** Subjects who are paid a known amount, its total in yuan (text, exact), and its unit. */
  readonly paid: number
  readonly amount: string
  readonly unit: string | null
  /** `floor`: they are paid at least so much; of a `cap` nobody is paid, and nothing is added. */
  readonly bound: EntitlementRule['bound']
  /** The figures of the rule by name: what an impact can try another value of. */
  readonly parameters: readonly string[]
}

/** What one rule version said of its subjects. */
export interface OutcomeCount {
  readonly version: string
  readonly eligible: number
  readonly ineligible: number
  readonly unknown: number
  readonly paid: number
  /** Yuan. */
  readonly amount: string
}

/** The summary of every rule, in the order of the programmes; rules that met nobody count 0. */
export function summarise(
  plans: readonly ScreeningPlan[],
  counts: readonly OutcomeCount[],
): readonly ProgrammeSummary[] {
  const byVersion = new Map(counts.map((count) => [count.version, count]))
  const rules = plans.flatMap(({ jurisdiction, sql }) =>
    sql.rules.map(({ rule }) => ({ jurisdiction, rule })),
  )
  return rules
    .map(({ jurisdiction, rule }): ProgrammeSummary => {
      const { version: _, ...counted } = byVersion.get(rule.id) ?? NOBODY
      const { rule: written } = rule.entitlement
      return {
        programme: rule.version.programme,
        ruleVersion: rule.id,
        jurisdiction,
        subject: rule.subject,
        ...counted,
        ...(isCeiling(rule) && NOTHING_PAID),
        bound: written.bound,
        unit: 'unit' in written ? written.unit : null,
        parameters: Object.keys(rule.version.parameters),
      }
    })
    .sort((a, b) => (a.programme < b.programme ? -1 : 1))
}

const NOTHING_PAID = { paid: 0, amount: '0.00' } as const

const NOBODY: OutcomeCount = {
  version: '',
  eligible: 0,
  ineligible: 0,
  unknown: 0,
  ...NOTHING_PAID,
}
