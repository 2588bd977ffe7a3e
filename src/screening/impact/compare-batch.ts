import type { DuckDBConnection } from '@duckdb/node-api'
import type { FactDefinition } from '../../engine/fact-definition.js'
import type { Batch } from '../batches.js'
import { type KeptOutcomes, keepOutcomes, placeOf } from '../keep-outcomes.js'
import type { ScreeningPlan } from '../screening-plan.js'
import { literal, quoted } from '../to-sql/dialect.js'
import { amountColumn, isCeiling, outcomeColumn, pays } from '../to-sql/outcomes-select.js'
import { COUNTS } from './changes.js'

/** The dimension of household sizes, as listed; the largest are one group. */
const SIZE = 'size'
export const LARGEST = 6

const SIDES = ['before', 'after'] as const
type SideName = (typeof SIDES)[number]

/** Screens one batch by both sets of rules and adds what differs to the changes. */
export async function compareBatch(
  connection: DuckDBConnection,
  plans: Readonly<Record<SideName, readonly ScreeningPlan[]>>,
  batch: Batch,
  dimensions: readonly FactDefinition[],
): Promise<void> {
  await groupHouseholds(connection, batch, dimensions)
  const kept: Record<SideName, KeptOutcomes[]> = { before: [], after: [] }
  for (const side of SIDES)
    for (const plan of plans[side]) {
      const place = placeOf(batch, `${side} ${plan.jurisdiction} `)
      kept[side].push(...(await keepOutcomes(connection, plan, place, true)))
    }
  for (const pair of pairsOf(kept)) await connection.run(changesInsert(pair, dimensions))
}

/** The households of a batch that have members, with what they are grouped by. */
async function groupHouseholds(
  connection: DuckDBConnection,
  [first, last]: Batch,
  dimensions: readonly FactDefinition[],
): Promise<void> {
  const within = `"key" BETWEEN ${first} AND ${last}`
  const facts = dimensions.map(({ id }) => `, ${quoted(id)}`).join('')
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE "groups" AS SELECT "key", "size"${facts}
     FROM (SELECT * FROM "households" WHERE ${within}) AS "household"
     JOIN (SELECT "key", least(count(*), ${LARGEST}) AS "size" FROM "members" WHERE ${within} GROUP BY "key") USING ("key")`,
  )
}

/** Where the outcome of a programme stands on one side. */
interface Side {
  readonly index: number
  readonly pays: boolean
  /** A ceiling rises and falls, but is not paid out. */
  readonly isCeiling: boolean
}

/** A programme of two tables; a side that has no version of it is absent. */
interface Compared {
  readonly programme: string
  readonly before?: Side
  readonly after?: Side
}

/** Tables of one subject whose programmes are compared in one SELECT. */
interface Pair {
  readonly subject: KeptOutcomes['subject']
  readonly tables: Partial<Record<SideName, string>>
  readonly programmes: Compared[]
}

function pairsOf(kept: Readonly<Record<SideName, readonly KeptOutcomes[]>>): readonly Pair[] {
  const found = new Map<string, Compared & { subject: Pair['subject']; tables: Pair['tables'] }>()
  for (const side of SIDES)
    for (const { table, subject, rules } of kept[side])
      for (const [index, rule] of rules.entries()) {
        const { programme } = rule.rule.version
        const other = found.get(`${subject} ${programme}`)
        found.set(`${subject} ${programme}`, {
          ...other,
          programme,
          subject,
          tables: { ...other?.tables, [side]: table },
          [side]: { index, pays: pays(rule), isCeiling: isCeiling(rule.rule) },
        })
      }
  const pairs = new Map<string, Pair>()
  for (const { subject, tables, ...compared } of found.values()) {
    const key = JSON.stringify([tables.before, tables.after])
    const pair = pairs.get(key) ?? { subject, tables, programmes: [] }
    pair.programmes.push(compared)
    pairs.set(key, pair)
  }
  return [...pairs.values()]
}

/** Adds the changes of some programmes: in all, by size, and by each dimension. */
function changesInsert(
  { subject, tables, programmes }: Pair,
  dimensions: readonly FactDefinition[],
): string {
  const groups = dimensions.map(({ id }) => quoted(id))
  const names = dimensions.map(({ id }) => ` WHEN grouping(${quoted(id)}) = 0 THEN ${literal(id)}`)
  const changes = programmes.map(
    (compared) =>
      `{"programme": ${literal(compared.programme)}, "dimension": CASE WHEN grouping("size") = 0 THEN '${SIZE}'${names.join('')} END, "value": coalesce("size"::VARCHAR${groups.map((group) => `, ${group}::VARCHAR`).join('')}), ${changesOf(compared)}}`,
  )
  const ids = subject === 'member' ? '"key", "memberId"' : '"key"'
  const joined = SIDES.filter((side) => tables[side] !== undefined)
  const from = joined
    .map(
      (side, index) =>
        ` JOIN ${quoted(tables[side] as string)} AS "${side}" USING (${index === 0 ? '"key"' : ids})`,
    )
    .join('')
  const sets = ['()', '("size")', ...groups.map((group) => `(${group})`)].join(', ')
  return `INSERT INTO "changes" SELECT unnest("each", recursive := true)
     FROM (SELECT unnest([${changes.join(', ')}]) AS "each" FROM "groups"${from} GROUP BY GROUPING SETS (${sets}))`
}

function changesOf({ before, after }: Compared): string {
  const eligible = (side: SideName, of: Side | undefined) =>
    of === undefined ? 'FALSE' : `coalesce("${side}".${outcomeColumn(of.index)}, FALSE)`
  const amount = (side: SideName, of: Side | undefined) =>
    of?.pays ? `"${side}".${amountColumn(of.index)}` : 'NULL::DECIMAL(18, 2)'
  const [was, is] = [eligible('before', before), eligible('after', after)]
  const [paid, pay] = [amount('before', before), amount('after', after)]
  const when: Readonly<Record<(typeof COUNTS)[number], string>> = {
    subjects: 'TRUE',
    eligibleBefore: was,
    eligibleAfter: is,
    gained: `${is} AND NOT ${was}`,
    lost: `${was} AND NOT ${is}`,
    raised: `${is} AND ${was} AND ${pay} > ${paid}`,
    lowered: `${is} AND ${was} AND ${pay} < ${paid}`,
  }
  const counts = COUNTS.map((name) => `"${name}": count(*) FILTER (WHERE ${when[name]})`)
  const sum = (of: Side | undefined, column: string) =>
    of?.isCeiling ? '0::DECIMAL(38, 2)' : `coalesce(sum(${column}), 0)::DECIMAL(38, 2)`
  return [
    ...counts,
    `"amountBefore": ${sum(before, paid)}`,
    `"amountAfter": ${sum(after, pay)}`,
  ].join(', ')
}
