import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import { isKnown, OPEN, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { numberIn } from '../../src/engine/expression-bounds.js'
import type { Dictionary } from '../../src/engine/fact-definition.js'
import { type HouseholdFacts, NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import { missingFacts } from '../../src/engine/missing.js'
import type { PlacedNode, Program } from '../../src/engine/program.js'
import { halfUp } from '../../src/engine/ratio.js'
import type { Household, Member } from '../../src/model/household.js'
import { duckdb } from '../../src/screening/dialects/duckdb.js'
import { openAppender } from '../../src/screening/input/append-household.js'
import { comparableFacts, createFactTable } from '../../src/screening/input/fact-tables.js'
import type { ScreenedRule } from '../../src/screening/to-sql/rule-to-sql.js'
import type { ScreeningSql } from '../../src/screening/to-sql/screening-sql.js'
import { type Place, rowsSelect, stageStatements } from '../../src/screening/to-sql/statements.js'

/** One line for each rule and subject: what all engines must say alike. */
export type Lines = readonly string[]

/** A population: households by number. */
export type Population = readonly Household[]

/** What the compiled evaluator says. */
export function readWithEvaluator(
  rules: readonly ScreenedRule[],
  population: Population,
  { asOf, jurisdiction, size }: { asOf: number; jurisdiction: string; size: string | undefined },
): Lines {
  const plan = (subject: string) => {
    const own = rules.filter(({ rule }) => rule.subject === subject)
    return { own, program: compileProgram(own.map(({ rule }) => rule.conditions)) }
  }
  const [ofHousehold, ofMember] = [plan('household'), plan('member')]
  return population
    .flatMap((household, number) => {
      const stated = size === undefined ? null : (household[size] as number | null)
      const facts = householdFacts(household, asOf, jurisdiction, stated)
      const members = household.members.map((_, index) => index)
      return [
        ...lines(ofHousehold, facts, NO_MEMBER, number),
        ...members.flatMap((member) => lines(ofMember, facts, member, number)),
      ]
    })
    .sort()
}

function lines(
  { own, program }: { own: readonly ScreenedRule[]; program: Program },
  facts: HouseholdFacts,
  member: number,
  number: number,
): Lines {
  if (own.length === 0) return []
  loadFacts(program, facts)
  if (member !== NO_MEMBER) loadFacts(program, facts, member)
  evaluate(program)
  return own.map(({ rule, attested }, index) => {
    const root = program.roots[index] as PlacedNode
    const byte = attested ? program.bytes[root.byte] : OPEN
    const missing =
      attested && byte === OPEN
        ? [...missingFacts(root, program.bytes, facts, member).keys()].sort()
        : []
    const id = member === NO_MEMBER ? '' : (facts.household.members[member] as Member).id
    const outcome = byte === YES ? 'eligible' : byte === OPEN ? 'unknown' : 'ineligible'
    const amount = byte === YES ? amountOf(rule, facts, member) : null
    return line(number, id, rule.id, outcome, amount, missing)
  })
}

function amountOf(
  { entitlement }: ScreenedRule['rule'],
  facts: HouseholdFacts,
  member: number,
): string | null {
  if (entitlement.amount === null) return null
  const bounds = numberIn(entitlement.amount, facts, member)
  return isKnown(bounds) ? (halfUp(bounds.lo) / 100).toFixed(2) : null
}

/** One line, the same from every engine. */
export function line(
  number: number | string,
  member: string,
  rule: string,
  outcome: string,
  amount: string | null,
  missing: readonly string[],
): string {
  return [String(number).padStart(6, '0'), member, rule, outcome, amount ?? '-', ...missing].join(' ')
}

/** A fresh DuckDB with a population in its fact tables. */
export async function duckdbWith(
  dictionary: Dictionary,
  population: Population,
): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const facts = {
    household: comparableFacts(dictionary, 'household'),
    member: comparableFacts(dictionary, 'member'),
  }
  await createFactTable(connection, 'household', facts.household)
  await createFactTable(connection, 'member', facts.member)
  const appender = await openAppender(connection, facts)
  for (const [number, household] of population.entries())
    appender.append(number, String(number), household)
  appender.close()
  return connection
}

const PLACE: Place = {
  dialect: duckdb,
  sources: { household: '"households"', member: '"members"' },
  prefix: '',
}

/** What DuckDB says. */
export async function readWithDuckdb(
  connection: DuckDBConnection,
  screening: ScreeningSql,
): Promise<Lines> {
  for (const { sql, parameters } of stageStatements(screening, PLACE))
    await connection.run(sql, [...parameters])
  const all: string[] = []
  for (const rule of screening.rules) {
    const { sql, parameters } = rowsSelect(rule, screening, PLACE)
    const found = await connection.runAndReadAll(sql, [...parameters])
    for (const [household, member, , version, outcome, amount, missing] of found.getRowsJson()) {
      all.push(
        line(
          household as string,
          (member ?? '') as string,
          version as string,
          outcome as string,
          amount as string | null,
          missing as string[],
        ),
      )
    }
  }
  return all.sort()
}
