import type { DuckDBConnection } from '@duckdb/node-api'
import type { Entity } from '../model/fact.js'
import type { ScreeningPlan } from './screen.js'

/** How many subjects came out how, and what they are paid. */
export interface ProgrammeSummary {
  readonly programme: string
  readonly ruleVersion: string
  readonly jurisdiction: string
  readonly subject: Entity
  readonly eligible: number
  readonly ineligible: number
  readonly unknown: number
  /** Subjects with an amount, its total in yuan (text, exact), and its unit. */
  readonly paid: number
  readonly amount: string
  readonly unit: string | null
  /** The figures of the rule by name: what an impact can try another value of. */
  readonly parameters: readonly string[]
}

/** The summary of every rule, in the order of their programmes. */
export async function summaryOf(
  connection: DuckDBConnection,
  plans: readonly ScreeningPlan[],
): Promise<readonly ProgrammeSummary[]> {
  const found = await connection.runAndReadAll(
    'SELECT "ruleVersion", "outcome", sum("rows")::BIGINT, sum("paid")::BIGINT, sum("amount")::VARCHAR FROM "counts" GROUP BY ALL',
  )
  return summarise(
    plans,
    found.getRowsJson().map(([version, outcome, rows, paid, amount]) => ({
      version: String(version),
      outcome: String(outcome),
      rows: Number(rows),
      paid: Number(paid),
      amount: String(amount),
    })),
  )
}

/** Counts of one rule version and outcome. */
export interface OutcomeCount {
  readonly version: string
  readonly outcome: string
  readonly rows: number
  readonly paid: number
  readonly amount: string
}

/** Counts by rule, in the order of the programmes; rules that met nobody count 0. */
export function summarise(
  plans: readonly ScreeningPlan[],
  counts: readonly OutcomeCount[],
): readonly ProgrammeSummary[] {
  const rules = plans.flatMap(({ jurisdiction, sql }) =>
    sql.rules.map(({ rule }) => ({ jurisdiction, rule })),
  )
  return rules
    .map(({ jurisdiction, rule }): ProgrammeSummary => {
      const own = counts.filter(({ version }) => version === rule.id)
      const of = (outcome: string) => own.find((count) => count.outcome === outcome)
      const { rule: written } = rule.entitlement
      return {
        programme: rule.version.programme,
        ruleVersion: rule.id,
        jurisdiction,
        subject: rule.subject,
        eligible: of('eligible')?.rows ?? 0,
        ineligible: of('ineligible')?.rows ?? 0,
        unknown: of('unknown')?.rows ?? 0,
        paid: of('eligible')?.paid ?? 0,
        amount: of('eligible')?.amount ?? '0.00',
        unit: 'unit' in written ? written.unit : null,
        parameters: Object.keys(rule.version.parameters),
      }
    })
    .sort((a, b) => (a.programme < b.programme ? -1 : 1))
}
