import { type Dialect, quoted } from './dialect.js'
import { makeParameters, renderer, type Statement } from './render.js'
import type { RuleSql } from './rule-to-sql.js'
import { MEMBER_ID, type ScreeningSql } from './screening-sql.js'
import { type Column, type Sql, text } from './sql.js'
import type { Stage } from './stages.js'

/** Where a screening runs: the SQL of its two sources, and the names of its own tables. */
export interface Place {
  readonly dialect: Dialect
  /** Relations with `key`, `householdId` (and `memberId`), and columns named by fact ids. */
  readonly sources: { readonly household: string; readonly member: string }
  /** What the names of its tables begin with. */
  readonly prefix: string
}

const KEYS = ['key', 'householdId']
const IDS: Readonly<Record<Stage['kind'], readonly string[]>> = {
  members: [...KEYS, MEMBER_ID],
  aggregates: ['key'],
  households: KEYS,
}

/** The statements that make the tables of bounds, in order. */
export function stageStatements({ stages }: ScreeningSql, place: Place): readonly Statement[] {
  return stages.map((stage) => stageStatement(stage, stages, place))
}

function stageStatement(stage: Stage, stages: readonly Stage[], place: Place): Statement {
  const parameters = makeParameters()
  const render = renderer(place.dialect, parameters)
  const head = place.dialect.keep(nameOf(stage, place))
  const body =
    stage.kind === 'aggregates'
      ? aggregateSelect(stage, place, render)
      : boundsSelect(stage, fromOf(stage, stages, place), place, render)
  return { sql: `${head}\n${body}`, parameters: parameters.values }
}

function nameOf({ kind, round }: Pick<Stage, 'kind' | 'round'>, { prefix }: Place): string {
  return `${prefix}${kind} ${round}`
}

type Render = (sql: Sql) => string

function aggregateSelect({ round, computes }: Stage, place: Place, render: Render): string {
  const folds = computes.map(({ name, sql }) => `${render(sql as Sql)} AS ${quoted(name)}`)
  const members = quoted(nameOf({ kind: 'members', round }, place))
  return `SELECT "key", ${folds.join(', ')}\nFROM ${members} GROUP BY "key"`
}

function boundsSelect(stage: Stage, from: string, { dialect }: Place, render: Render): string {
  const kept = stage.keeps.map(({ name }) => name).filter((name) => !IDS[stage.kind].includes(name))
  const list = [...IDS[stage.kind], ...kept].map(quoted).join(', ')
  return `SELECT ${list}\nFROM ${layered(from, stage.computes, dialect, render)}`
}

/** Subqueries, one for each depth of columns (none is empty), so that nothing is computed twice. */
function layered(
  from: string,
  columns: readonly Column[],
  { fence }: Dialect,
  render: Render,
): string {
  const deepest = Math.max(0, ...columns.map(({ depth }) => depth))
  let relation = from
  for (let depth = 1; depth <= deepest; depth++) {
    const made = columns
      .filter((column) => column.depth === depth)
      .map(({ name, sql }) => `${render(sql as Sql)} AS ${quoted(name)}`)
    relation = `(SELECT *, ${made.join(', ')}\nFROM ${relation}${fence}) AS "at ${depth}"`
  }
  return relation
}

function fromOf(stage: Stage, stages: readonly Stage[], place: Place): string {
  const { kind, round } = stage
  const source = kind === 'members' ? place.sources.member : place.sources.household
  const before = round === 0 ? source : quoted(nameOf({ kind, round: round - 1 }, place))
  if (kind === 'households') {
    const folded = stages.some((other) => other.kind === 'aggregates' && other.round === round)
    const aggregates = quoted(nameOf({ kind: 'aggregates', round }, place))
    return folded
      ? `${before} AS "source" JOIN ${aggregates} USING ("key")`
      : `${before} AS "source"`
  }
  if (stage.joins.length === 0) return `${before} AS "source"`
  const names = ['key', ...stage.joins.map(({ name }) => name)].map(quoted).join(', ')
  const households = quoted(nameOf({ kind: 'households', round: round - 1 }, place))
  return `${before} AS "source" JOIN (SELECT ${names} FROM ${households}) AS "household" USING ("key")`
}

/** The table of bounds that rules of a subject read. */
export function finished(
  { stages }: ScreeningSql,
  subject: Column['entity'],
  place: Place,
): string {
  const kind = subject === 'household' ? 'households' : 'members'
  const last = stages.filter((stage) => stage.kind === kind).at(-1) as Stage
  return `${quoted(nameOf(last, place))} AS "bounds"`
}

/**
 * One SELECT of a rule's rows: householdId, memberId, programme, ruleVersion, outcome, amount
 * (yuan), missing (a list, sorted).
 */
export function rowsSelect(
  rule: RuleSql,
  screening: ScreeningSql,
  place: Place,
  parameters = makeParameters(),
): Statement {
  const render = renderer(place.dialect, parameters)
  const { subject, version, id } = rule.rule
  const member = subject === 'member' ? quoted(MEMBER_ID) : render({ ...NONE })
  const values = [
    `${render(text(version.programme))} AS "programme"`,
    `${render(text(id))} AS "ruleVersion"`,
    `${render(rule.outcome)} AS "outcome"`,
    `${render(rule.amount)} AS "amount"`,
    `${render(rule.missing)} AS "missing"`,
  ]
  const from = layered(finished(screening, subject, place), rule.steps, place.dialect, render)
  const sql = `SELECT "householdId", ${member} AS ${quoted(MEMBER_ID)}, ${values.join(', ')}\nFROM ${from}`
  return { sql, parameters: parameters.values }
}

const NONE: Sql = { kind: 'null', type: 'text', most: 0n }

/** A SELECT of the columns of rows, and no row. */
export function noRows({ types }: Dialect): string {
  const columns = {
    ...{ householdId: types.text, [MEMBER_ID]: types.text },
    ...{ programme: types.text, ruleVersion: types.text, outcome: types.text },
    ...{ amount: types.money, missing: types.list },
  }
  const list = Object.entries(columns).map(([name, type]) => `NULL::${type} AS ${quoted(name)}`)
  return `SELECT ${list.join(', ')} WHERE FALSE`
}

/** A reading or amount without the columns a rule has for itself: rules share one SELECT. */
export function unfolded(rule: RuleSql, sql: Sql): Sql {
  const own = new Map(rule.steps.map((column) => [column, column.sql as Sql]))
  const replace = (node: Sql): Sql => {
    if (node.kind === 'column') {
      const inner = own.get(node.column)
      return inner === undefined ? node : replace(inner)
    }
    if (node.kind === 'and' || node.kind === 'or')
      return { ...node, operands: node.operands.map(replace) }
    if (node.kind === 'case') {
      const branches = node.branches.map(({ when, give }) => ({ when: replace(when), give }))
      return { ...node, branches }
    }
    return node.kind === 'not' ? { ...node, operand: replace(node.operand) } : node
  }
  return replace(sql)
}
