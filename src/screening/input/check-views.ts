import type { Client } from 'pg'
import { type Dictionary, type FactDefinition, memberCount } from '../../engine/fact-definition.js'
import { dateText } from '../../model/civil-date.js'
import { decimalsOf, ENTITIES, type Entity } from '../../model/fact.js'
import { MAX_MEMBERS } from '../../model/household.js'
import { literal, quoted } from '../to-sql/dialect.js'
import { makeParameters, type Parameters } from '../to-sql/render.js'
import type { FactView } from './postgres-views.js'

/** How many there are, and how many are left out. */
export interface CheckedViews {
  readonly households: number
  readonly members: number
  readonly rejected: number
  readonly faults: number
}

/** What views are checked against, and the tables made for what is found. */
export interface ViewChecks {
  readonly dictionary: Dictionary
  /** Nobody is born after this day. */
  readonly asOf: number
  readonly into: string
  readonly refused: string
}

type Views = Readonly<Record<Entity, FactView>>

/**
 * Tests every value of the views against the dictionary. Faults go to a table `into` (household,
 * member, pointer, code; never a value), the ids of households that have one to `refused`, which
 * is no temporary table: those are closed to parallel workers.
 */
export async function checkViews(
  client: Client,
  views: Views,
  { dictionary, asOf, into, refused }: ViewChecks,
): Promise<CheckedViews> {
  const parameters = makeParameters()
  const faults = [
    ...ENTITIES.map((entity) => {
      const ofValues = views[entity].facts.flatMap((fact) => checksOf(fact, parameters, asOf))
      return faultSelect(views[entity], [...ofValues, idCheck(entity)])
    }),
    ...crossFaults(views, dictionary),
  ]
  await client.query(`CREATE TABLE ${into} AS ${faults.join('\nUNION ALL ')}`, [
    ...parameters.values,
  ])
  await client.query(
    `CREATE UNLOGGED TABLE ${refused} AS SELECT DISTINCT "householdId" AS "id" FROM ${into} WHERE "householdId" IS NOT NULL`,
  )
  await client.query(`ANALYZE ${refused}`)
  const { rows } = await client.query<Record<keyof CheckedViews, number>>(
    `SELECT (SELECT count(*) FROM ${views.household.name}${unlessRefused(refused)})::int AS households,
      (SELECT count(*) FROM ${views.member.name}${unlessRefused(refused)})::int AS members,
      (SELECT count(*) FROM ${refused} WHERE "id" IN (SELECT "householdId"::text FROM ${views.household.name}))::int AS rejected, (SELECT count(*) FROM ${into})::int AS faults`,
  )
  return rows[0] as CheckedViews
}

/** Leaves the rows of refused households out. */
export function unlessRefused(refused: string): string {
  return ` WHERE NOT EXISTS (SELECT 1 FROM ${refused} AS "refused" WHERE "refused"."id" = "householdId"::text)`
}

/** One fault: where it is named, its code, and the condition of a row that has it. */
interface Check {
  readonly pointer: string
  readonly code: string
  readonly fails: string
}

/** Every fault of every row of a view, which is read once: only rows that have one are looked at again. */
function faultSelect({ name, entity }: FactView, checks: readonly Check[]): string {
  const member = entity === 'member' ? '"memberId"::text' : 'NULL::text'
  const some = checks.map(({ fails }) => `(${fails})`).join(' OR ')
  const each = checks.map(
    ({ pointer, code, fails }) => `(${literal(pointer)}, ${literal(code)}, ${fails})`,
  )
  return `SELECT "householdId"::text AS "householdId", ${member} AS "memberId", "each"."pointer", "each"."code"
    FROM (SELECT * FROM ${name} WHERE ${some}) AS "faulty", LATERAL (VALUES ${each.join(', ')}) AS "each" ("pointer", "code", "fails") WHERE "each"."fails"`
}

/** The checks of a fact's values. */
function checksOf(fact: FactDefinition, parameters: Parameters, asOf: number): readonly Check[] {
  return conditionsOf(fact, parameters, asOf).map(([fails, code]) => ({
    pointer: `/${fact.name}`,
    code,
    fails,
  }))
}

type Condition = readonly [fails: string, code: string]

function conditionsOf(
  fact: FactDefinition,
  parameters: Parameters,
  asOf: number,
): readonly Condition[] {
  const column = quoted(fact.name)
  switch (fact.type) {
    case 'boolean':
      return []
    case 'integer':
    case 'decimal': {
      // In units, not in steps: no type of a column has room for a product of any value it holds.
      const [least, most] = [fact.min / fact.scale, fact.max / fact.scale]
      const places = decimalsOf(fact.scale)
      return [
        [`${column} NOT BETWEEN ${least} AND ${most}`, 'out-of-range'],
        [`${column}::numeric <> trunc(${column}::numeric, ${places})`, 'too-many-decimals'],
      ]
    }
    case 'date': {
      const range = `BETWEEN ${literal(dateText(fact.min))}::date AND ${literal(dateText(fact.max))}::date`
      const late: readonly Condition[] = fact.fact.notAfterAsOf
        ? [[`${column} > ${literal(dateText(asOf))}::date`, 'after-as-of']]
        : []
      return [[`${column} NOT ${range}`, 'out-of-range'], ...late]
    }
    case 'code':
    case 'string':
      return [wrongCode(fact, `${column}::text`, parameters)]
    case 'code-set': {
      const [fails, code] = wrongCode(fact, 'code', parameters)
      const some = (condition: string) =>
        `EXISTS (SELECT 1 FROM unnest(${column}::text[]) AS codes(code) WHERE ${condition})`
      const list = `${column}::text[]`
      return [
        // Rows of rows are no list of codes; some functions on arrays do not take them.
        [`(array_ndims(${list}) > 1 OR ${some('code IS NULL')})`, 'wrong-type'],
        [some(fails), code],
        [
          `(SELECT count(code) > count(DISTINCT code) FROM unnest(${list}) AS codes(code))`,
          'repeated-code',
        ],
      ]
    }
  }
}

function wrongCode({ fact }: FactDefinition, text: string, parameters: Parameters): Condition {
  if (fact.values !== undefined) {
    const codes = Object.keys(fact.values).map((code) => `${parameters.place(code)}::text`)
    return [`${text} NOT IN (${codes.join(', ')})`, 'unknown-code']
  }
  const pattern = parameters.place(fact.pattern ?? '^.{1,64}$')
  return [`(length(${text}) > 64 OR ${text} !~ ${pattern}::text)`, 'wrong-form']
}

const ID_OF: Readonly<Record<Entity, string>> = { household: 'householdId', member: 'memberId' }
const FORM_OF: Readonly<Record<Entity, string>> = {
  household: '^[^[:cntrl:]]{1,64}$',
  member: '^[A-Za-z0-9_-]{1,64}$',
}

function idCheck(entity: Entity): Check {
  const id = `${quoted(ID_OF[entity])}::text`
  const fails = `${id} IS NULL OR ${id} !~ '${FORM_OF[entity]}'`
  return { pointer: `/${ID_OF[entity]}`, code: 'wrong-form', fails }
}

/** What one row alone cannot show. */
function crossFaults({ household, member }: Views, dictionary: Dictionary): readonly string[] {
  const counted = `(SELECT h.*, c.listed FROM ${household.name} AS h LEFT JOIN (SELECT "householdId"::text AS id, count(*) AS listed FROM ${member.name} GROUP BY 1) AS c ON c.id = h."householdId"::text) AS h`
  const size = memberCount(dictionary)
  const stated = size !== undefined && household.facts.includes(size)
  const ofCounted: readonly Check[] = [
    { pointer: '/members', code: 'too-few', fails: 'listed IS NULL' },
    { pointer: '/members', code: 'too-many-members', fails: `listed > ${MAX_MEMBERS}` },
    ...(stated
      ? [
          {
            pointer: `/${size.name}`,
            code: 'fewer-than-listed',
            fails: `${quoted(size.name)} < listed`,
          },
        ]
      : []),
  ]
  return [
    faultSelect({ ...household, name: counted }, ofCounted),
    `SELECT "householdId"::text, NULL::text, '/householdId', 'repeated-id' FROM ${household.name} GROUP BY 1 HAVING count(*) > 1`,
    `SELECT "householdId"::text, "memberId"::text, '/memberId', 'repeated-id' FROM ${member.name} GROUP BY 1, 2 HAVING count(*) > 1`,
    `SELECT "householdId"::text, "memberId"::text, '/householdId', 'unknown-household' FROM ${member.name} AS m WHERE NOT EXISTS (SELECT 1 FROM ${household.name} AS h WHERE h."householdId"::text = m."householdId"::text)`,
  ]
}
