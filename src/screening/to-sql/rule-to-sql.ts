import type { ConditionNode } from '../../engine/condition-node.js'
import type { Rule } from '../../engine/rule.js'
import { bound } from './bind-bounds.js'
import { type BooleanSql, booleanSql, isKnownSql } from './bounds-sql.js'
import { makeLocalColumns } from './columns.js'
import type { Compilation } from './compilation.js'
import { conditionToSql, type Settle } from './condition-to-sql.js'
import { numberIn } from './expression-to-sql.js'
import { and, choose, compare, not } from './logic.js'
import { type MissingSql, NOTHING_MISSING } from './missing-sql.js'
import { joined, memberKey, missingOfCondition } from './missing-to-sql.js'
import { halfUpSql } from './ratio-to-sql.js'
import { type Column, FALSE, type Sql, TRUE, text } from './sql.js'

/** A rule version as it is screened. */
export interface ScreenedRule {
  readonly rule: Rule
  /** False where the text does not say since when: then the outcome is unknown. */
  readonly attested: boolean
}

/** What one rule says of each row of its subject. */
export interface RuleSql {
  readonly rule: Rule
  readonly certainly: Sql
  readonly possibly: Sql
  readonly outcome: Sql
  /** Yuan, NULL where nothing is paid or the amount is not known. */
  readonly amount: Sql
  /** Keys of missing facts, sorted. */
  readonly missing: Sql
  /** Columns that only this rule needs, in order of depth. */
  readonly steps: readonly Column[]
}

/** A rule as SQL over the columns of a compilation. */
export function ruleToSql({ rule, attested }: ScreenedRule, compilation: Compilation): RuleSql {
  const { subject, conditions } = rule
  const local = makeLocalColumns()
  const settle: Settle = (reading, node) =>
    node === conditions ? reading : settledIn(reading, (sql) => local.bind(subject, sql))
  const read = attested
    ? conditionToSql(conditions, subject, compilation, settle)
    : booleanSql(FALSE, TRUE)
  const certainly = local.bind(subject, read.certainly, 'certainly')
  const possibly = local.bind(subject, read.possibly, 'possibly')
  const missing = attested ? ofRoot(conditions, { rule, compilation, settle }) : NOTHING_MISSING
  const open = and(possibly, not(certainly))
  const outcome = choose(
    [
      { when: certainly, give: text('eligible') },
      { when: possibly, give: text('unknown') },
    ],
    text('ineligible'),
  )
  return {
    rule,
    certainly,
    possibly,
    outcome,
    amount: amountOf(rule, certainly, compilation),
    missing: listOf(missing, open),
    steps: local.all,
  }
}

function settledIn({ certainly, possibly }: BooleanSql, bind: (sql: Sql) => Sql): BooleanSql {
  return booleanSql(bind(certainly), bind(possibly))
}

/** What an open root still needs to know; that it is open is asked where the list is made. */
function ofRoot(
  conditions: ConditionNode,
  { rule, compilation, settle }: { rule: Rule; compilation: Compilation; settle: Settle },
): MissingSql {
  return missingOfCondition(conditions, rule.subject, compilation, settle)
}

function amountOf(rule: Rule, eligible: Sql, compilation: Compilation): Sql {
  const { amount } = rule.entitlement
  const nothing: Sql = { kind: 'null', type: 'money', most: 0n }
  if (amount === null || eligible === FALSE) return nothing
  const number = bound(numberIn(amount, rule.subject, compilation), rule.subject, compilation)
  const operands = [halfUpSql(number.lo)]
  const yuan: Sql = { kind: 'call', type: 'money', most: 0n, name: 'yuan', operands }
  return {
    kind: 'case',
    type: 'money',
    most: 0n,
    branches: [{ when: and(eligible, isKnownSql(number)), give: yuan }],
    otherwise: nothing,
  }
}

/** The keys as a list, in order: those of the household, of the member in view, then of others. */
function listOf({ facts, texts }: MissingSql, open: Sql): Sql {
  const known = [...facts.values()].sort(
    (a, b) => order(a) - order(b) || compareText(a.name, b.name),
  )
  const fixed = known.map(({ entity, name, guard }) =>
    choose(
      [{ when: guard, give: entity === 'household' ? text(` ${name}`) : memberKey(name) }],
      text(''),
    ),
  )
  const others = [...texts.values()].map((one) =>
    choose([{ when: one.guard, give: one.text }], text('')),
  )
  if (fixed.length + others.length === 0) return EMPTY
  const keys = joined([...fixed, ...others])
  const name = others.length === 0 ? 'listOf' : 'sortedListOf'
  const list: Sql = { kind: 'call', type: 'list', most: 0n, name, operands: [keys] }
  return choose([{ when: and(open, compare(keys, '<>', text(''))), give: list }], EMPTY)
}

const EMPTY: Sql = { kind: 'call', type: 'list', most: 0n, name: 'noList', operands: [] }

function order({ entity }: { readonly entity: string }): number {
  return entity === 'household' ? 0 : 1
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : 1
}
