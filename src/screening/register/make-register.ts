import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Dictionary, FactDefinition } from '../../engine/fact-definition.js'
import { dayOf } from '../../model/civil-date.js'
import type { Entity } from '../../model/fact.js'
import { makeFolder } from '../../rulebook/make-folder.js'
import { InputError } from '../input/input-error.js'
import { literal, quoted } from '../to-sql/dialect.js'
import { inWorkspace, type Resources, writeWhole } from '../workspace.js'
import { FORMATS } from '../write-rows.js'
import { drawSql, fraction } from './draw-sql.js'
import { type Distribution, RegisterModel } from './register-model.js'

export const REGISTER_FORMATS = ['parquet', 'csv', 'ndjson'] as const
export type RegisterFormat = (typeof REGISTER_FORMATS)[number]

/** The paths of the files of a register in a folder. */
export function registerFiles(out: string, format: RegisterFormat): readonly string[] {
  const tables = format === 'ndjson' ? ['households'] : ['households', 'members']
  return tables.map((table) => join(out, `${table}.${format}`))
}

/** A synthetic register to be made. */
export interface RegisterOrder extends Resources {
  readonly households: number
  readonly seed: number
  readonly format: RegisterFormat
  readonly out: string
  readonly dictionary: Dictionary
  readonly model: RegisterModel
  /** YYYY-MM-DD on which ages are reckoned; nobody is born after it. */
  readonly asOf: string
}

/** The files a register consists of, and how many rows they have. */
export interface MadeRegister {
  readonly files: readonly string[]
  readonly households: number
  readonly members: number
}

/** Reads the distributions a register is drawn from. Throws InputError where they are not right. */
export function readRegisterModel(path: string): RegisterModel {
  try {
    return RegisterModel.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new InputError(`${path}: ${(error as Error).message}`)
  }
}

/** Makes a register of invented households: the same for the same seed, model and number. */
export async function makeRegister(order: RegisterOrder): Promise<MadeRegister> {
  makeFolder(order.out)
  return inWorkspace(order, async ({ connection }) => {
    await createViews(connection, order)
    const files = await write(connection, order)
    order.signal?.throwIfAborted()
    const found = await connection.runAndReadAll('SELECT sum("size")::BIGINT FROM "sizes"')
    return { files, households: order.households, members: Number(found.getRowsJson()[0]?.[0]) }
  })
}

/** What is drawn, as views: the same rows however often they are read. */
async function createViews(connection: DuckDBConnection, order: RegisterOrder): Promise<void> {
  await connection.run(
    `CREATE TABLE "sizes" AS SELECT "key", ${sizeOf(order)} AS "size" FROM (SELECT unnest(range(1, ${order.households + 1})) AS "key")`,
  )
  await connection.run(
    `CREATE VIEW "drawn households" AS SELECT "key", 'h' || lpad("key"::VARCHAR, 9, '0') AS "householdId"${columns(order, 'household')} FROM "sizes"`,
  )
  await connection.run(
    `CREATE VIEW "people" AS SELECT "key", "size", unnest(range(1, "size" + 1)) AS "position" FROM "sizes"`,
  )
  await connection.run(
    `CREATE VIEW "drawn members" AS SELECT "key", "position", 'h' || lpad("key"::VARCHAR, 9, '0') AS "householdId", 'm' || "position" AS "memberId"${columns(order, 'member')} FROM "people"`,
  )
}

function sizeOf({ model, seed }: RegisterOrder): string {
  const at = fraction(`hash(hash("key", '${seed} size'))`)
  let below = 0
  const branches = Object.entries(model.sizes).map(([size, share]) => {
    below += share
    return `WHEN ${at} < ${below} THEN ${Number(size)}`
  })
  return `CASE ${branches.join(' ')} ELSE ${Object.keys(model.sizes).at(-1)} END`
}

function drawnFacts(
  { model, dictionary }: RegisterOrder,
  entity: Entity,
): readonly { distribution: Distribution; fact: FactDefinition }[] {
  return model.facts
    .map((distribution) => {
      const fact = dictionary.get(distribution.fact)
      if (fact === undefined) throw new InputError(`there is no fact "${distribution.fact}"`)
      return { distribution, fact }
    })
    .filter(({ fact }) => fact.entity === entity)
}

function columns(order: RegisterOrder, entity: Entity): string {
  const { seed, asOf } = order
  return drawnFacts(order, entity)
    .map(({ distribution, fact }) => {
      const sql = drawSql(distribution, { fact, seed, day: dayOf(asOf) })
      return `, ${sql} AS ${quoted(fact.name)}`
    })
    .join('')
}

async function write(
  connection: DuckDBConnection,
  order: RegisterOrder,
): Promise<readonly string[]> {
  const files = registerFiles(order.out, order.format)
  const [households, members] = files as [string, string | undefined]
  if (members === undefined) {
    await writeWhole(households, (path) => copy(connection, path, householdLines(order)))
    return files
  }
  // Both or neither: a register without its members is half a register.
  await writeWhole(households, async (unfinished) => {
    await copy(connection, unfinished, 'SELECT * EXCLUDE ("key") FROM "drawn households"')
    order.signal?.throwIfAborted()
    await writeWhole(members, (path) =>
      copy(connection, path, 'SELECT * EXCLUDE ("key", "position") FROM "drawn members"'),
    )
  })
  return files
}

async function copy(connection: DuckDBConnection, path: string, select: string): Promise<void> {
  const format = FORMATS[path.slice(path.lastIndexOf('.'))]
  await connection.run(`COPY (${select}) TO ${literal(path)} (${format})`)
}

/** One line a household, as the API takes it. */
function householdLines(order: RegisterOrder): string {
  const pairs = (entity: Entity) =>
    drawnFacts(order, entity).map(
      ({ fact }) => `${quoted(fact.name)} := "row".${quoted(fact.name)}`,
    )
  const member = `struct_pack(${['"id" := "row"."memberId"', ...pairs('member')].join(', ')})`
  const household = `struct_pack(${[...pairs('household'), '"members" := "listed"."members"'].join(', ')})`
  return `SELECT "row"."householdId", ${household} AS "household" FROM "drawn households" AS "row"
    JOIN (SELECT "key", list(${member} ORDER BY "position") AS "members" FROM "drawn members" AS "row" GROUP BY "key") AS "listed" USING ("key") ORDER BY "key"`
}
