import type { ExpressionNode } from '../../engine/expression-node.js'
import { beginCompilation, type Circumstances } from './compilation.js'
import { type RuleSql, ruleToSql, type ScreenedRule } from './rule-to-sql.js'
import { type Column, columnsOf, type Sql } from './sql.js'
import { type Needed, reachedFrom, type Stage, stagesOf } from './stages.js'

/** The id of a member, in every source. */
export const MEMBER_ID = 'memberId'

/** Some rules compiled for one date, one jurisdiction and one set of source columns. */
export interface ScreeningSql {
  readonly rules: readonly RuleSql[]
  readonly stages: readonly Stage[]
  /** The facts that are read of the source, by id. */
  readonly facts: readonly string[]
}

/** Compiles rules; facts the source has no column for are unknown, or derived. */
export function compileScreening(
  rules: readonly ScreenedRule[],
  circumstances: Circumstances,
): ScreeningSql {
  const compilation = beginCompilation(
    circumstances,
    rules.map(({ rule }) => rule.conditions),
    rules.flatMap(({ rule }) => expressionsOf(rule)),
  )
  const compiled = rules.map((rule) => ruleToSql(rule, compilation))
  const needed = neededBy(compiled)
  const reached = reachedFrom([...(needed.household ?? []), ...(needed.member ?? [])])
  const facts = reached.filter(({ sql, name }) => sql === null && name !== MEMBER_ID)
  return { rules: compiled, stages: stagesOf(needed), facts: facts.map(({ name }) => name) }
}

function expressionsOf({ entitlement }: ScreenedRule['rule']): readonly ExpressionNode[] {
  return entitlement.amount === null ? [] : [entitlement.amount]
}

function neededBy(rules: readonly RuleSql[]): Needed {
  const of = (subject: Column['entity']) => {
    const own = rules.filter(({ rule }) => rule.subject === subject)
    return own.length === 0 ? undefined : own.flatMap(columnsRead)
  }
  return { household: of('household'), member: of('member') }
}

/** The columns a rule reads of the tables of bounds: its own steps stand on top of them. */
function columnsRead(rule: RuleSql): readonly Column[] {
  const { outcome, amount, missing, certainly, possibly, steps } = rule
  const own = new Set(steps)
  const read: readonly Sql[] = [outcome, amount, missing, certainly, possibly]
  return [...read, ...steps.map(({ sql }) => sql as Sql)]
    .flatMap(columnsOf)
    .filter((column) => !own.has(column))
}
