import type { DuckDBConnection } from '@duckdb/node-api'
import { leavesOf } from '../engine/condition-node.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { factsRead } from '../engine/facts-read.js'
import type { Rule } from '../engine/rule.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { TABLE_OF } from './input/fact-tables.js'
import { type ScreeningQuestion, selectRules } from './select-rules.js'
import { quoted } from './to-sql/dialect.js'

/** A fact that a register has a column for. */
export interface GivenColumn {
  readonly fact: string
  /** Whether a rule that is asked reads it. */
  readonly read: boolean
  /** Rows of its entity, and those in which it is known; null before they were read. */
  readonly rows: number | null
  readonly known: number | null
}

/** A fact that no column and no derivation gives: unknown of everybody. */
interface LackingColumn {
  readonly fact: string
  /** The programmes that read it: more of their outcomes stay unknown. */
  readonly programmes: readonly string[]
}

/** How the columns of a register meet the rules that are asked. */
export interface ColumnCheck {
  readonly given: readonly GivenColumn[]
  readonly lacking: readonly LackingColumn[]
}

/** Compares the facts that have a column with those that the rules in force read. */
export function checkColumns(
  rulebook: Rulebook,
  question: ScreeningQuestion,
  given: readonly FactDefinition[],
  counts?: ReadonlyMap<string, Pick<GivenColumn, 'rows' | 'known'>>,
): ColumnCheck {
  const has = new Set(given.map(({ id }) => id))
  const read = new Set<string>()
  const lacking = new Map<string, Set<string>>()
  const rules = selectRules(rulebook, question).jurisdictions.flatMap((one) => one.rules)
  for (const { rule } of rules)
    for (const fact of readBy(rule, has)) {
      read.add(fact.id)
      if (has.has(fact.id) || fact.derive !== undefined) continue
      const programmes = lacking.get(fact.id) ?? new Set()
      lacking.set(fact.id, programmes.add(rule.version.programme))
    }
  return {
    given: given.map(({ id }) => ({
      fact: id,
      read: read.has(id),
      ...(counts?.get(id) ?? { rows: null, known: null }),
    })),
    lacking: [...lacking]
      .map(([fact, programmes]) => ({ fact, programmes: [...programmes].sort() }))
      .sort((a, b) => b.programmes.length - a.programmes.length || (a.fact < b.fact ? -1 : 1)),
  }
}

/** The facts a rule reads of a register: what a derivation rests on only where it has no column. */
function readBy(rule: Rule, has: ReadonlySet<string>): ReadonlySet<FactDefinition> {
  const { amount } = rule.entitlement
  const reached = new Set<FactDefinition>()
  const visit = (fact: FactDefinition): void => {
    if (reached.has(fact)) return
    reached.add(fact)
    if (!has.has(fact.id) && fact.derive !== undefined) factsRead(fact.derive).forEach(visit)
  }
  for (const { fact } of leavesOf(rule.conditions)) visit(fact)
  if (amount !== null) factsRead(amount).forEach(visit)
  return reached
}

/** For each fact the rows of its loaded table, and those in which it is known. */
export async function countKnown(
  connection: DuckDBConnection,
  facts: readonly FactDefinition[],
): Promise<ReadonlyMap<string, { readonly rows: number; readonly known: number }>> {
  const counts = new Map<string, { rows: number; known: number }>()
  for (const [entity, table] of Object.entries(TABLE_OF)) {
    const own = facts.filter((fact) => fact.entity === entity && fact.type !== 'string')
    const columns = own.map(({ id }) => `, count(${quoted(id)})`).join('')
    const found = await connection.runAndReadAll(`SELECT count(*)${columns} FROM ${quoted(table)}`)
    const [rows, ...known] = (found.getRowsJson()[0] as readonly unknown[]).map(Number)
    for (const [index, { id }] of own.entries())
      counts.set(id, { rows: rows as number, known: known[index] as number })
  }
  return counts
}
