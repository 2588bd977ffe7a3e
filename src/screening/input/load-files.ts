import { extname } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type Dictionary, memberCount } from '../../engine/fact-definition.js'
import { factName } from '../../model/fact.js'
import { MAX_MEMBERS } from '../../model/household.js'
import { createRejects, leaveRefusedOut } from '../rejects.js'
import { literal, quoted } from '../to-sql/dialect.js'
import { csvLines } from './csv-lines.js'
import { type DescribedFile, describeFile, unreadable } from './describe-file.js'
import { IDS_OF, isComparable, type Loaded } from './fact-tables.js'
import type { ParsedFact } from './parse-fact-sql.js'

/** A pair of files, and what they are checked against. */
export interface FilePair {
  readonly households: string
  readonly members: string
  readonly dictionary: Dictionary
  /** Nobody is born after this day. */
  readonly asOf: number
  /** At most this many households, the first of the file. */
  readonly sample?: number
}

/**
 * Loads a pair of Parquet or CSV files into the fact tables. A household with any fault is left
 * out whole, and every fault is a row of the table `rejects`. Throws InputError for a file that
 * cannot be read, or has a column that is no fact.
 */
export async function loadFiles(connection: DuckDBConnection, pair: FilePair): Promise<Loaded> {
  await createRejects(connection)
  const households = await describeFile(connection, pair.households, 'household', pair)
  const members = await describeFile(connection, pair.members, 'member', pair)
  await loadHouseholds(connection, households, pair)
  await loadMembers(connection, members)
  await crossCheck(connection, pair)
  await placeRejects(connection, households)
  await placeRejects(connection, members)
  await leaveRefusedOut(connection)
  const facts = [...keptOf(households), ...keptOf(members)].map(({ fact }) => fact)
  return { facts: new Set(facts) }
}

const ID = `'[^\\x00-\\x1f]{1,64}'`
const MEMBER_ID = `'[A-Za-z0-9_-]{1,64}'`

function keptOf({ columns }: DescribedFile): readonly ParsedFact[] {
  return columns.filter(({ fact }) => isComparable(fact))
}

function selected(file: DescribedFile): string {
  return keptOf(file)
    .map(({ value, fact }) => `, ${value} AS ${quoted(fact.id)}`)
    .join('')
}

async function loadHouseholds(
  connection: DuckDBConnection,
  file: DescribedFile,
  { sample }: FilePair,
): Promise<void> {
  const id = `"householdId"::VARCHAR`
  const limit = sample === undefined ? '' : ` LIMIT ${sample}`
  await connection
    .run(
      `CREATE TABLE "households" AS SELECT "line" AS "key", ${id} AS "householdId", ${anyFault(file)} AS "faulty"${selected(file)}
     FROM ${file.relation} AS "file"${limit}`,
      [...file.parameters.values],
    )
    .catch(unreadable(file.path))
  await rejectFaults(
    connection,
    file,
    `SELECT "key" AS "line", "key" FROM "households" WHERE "faulty"`,
  )
  await connection.run('ALTER TABLE "households" DROP COLUMN "faulty"')
  await reject(
    connection,
    file.path,
    '/householdId',
    'wrong-form',
    `SELECT "key" AS "line", "key" FROM "households" WHERE "householdId" IS NULL OR NOT regexp_full_match("householdId", ${ID})`,
  )
  await reject(
    connection,
    file.path,
    '/householdId',
    'repeated-id',
    `SELECT "key" AS "line", "key" FROM "households" WHERE "householdId" IN (SELECT "householdId" FROM "households" GROUP BY "householdId" HAVING count(*) > 1)`,
  )
}

async function loadMembers(connection: DuckDBConnection, file: DescribedFile): Promise<void> {
  await connection
    .run(
      `CREATE TABLE "read members" AS SELECT "line", "householdId"::VARCHAR AS "householdId", "memberId"::VARCHAR AS "memberId", ${anyFault(file)} AS "faulty"${selected(file)}
     FROM ${file.relation} AS "file"`,
      [...file.parameters.values],
    )
    .catch(unreadable(file.path))
  await connection.run(
    `CREATE TABLE "members" AS SELECT "households"."key", "read".* FROM "read members" AS "read"
     JOIN (SELECT "key", "householdId" FROM "households") AS "households" USING ("householdId") ORDER BY "key", "line"`,
  )
  await rejectFaults(connection, file, 'SELECT "line", "key" FROM "members" WHERE "faulty"')
  await reject(
    connection,
    file.path,
    '/memberId',
    'wrong-form',
    `SELECT "line", "key" FROM "members" WHERE "memberId" IS NULL OR NOT regexp_full_match("memberId", ${MEMBER_ID})`,
  )
}

function anyFault({ columns }: DescribedFile): string {
  return ['FALSE', ...columns.map(({ fault }) => `(${fault}) IS NOT NULL`)].join(' OR ')
}

/** Names every fault of rows that have one; the file is read again only then. */
async function rejectFaults(
  connection: DuckDBConnection,
  { path, columns, relation, parameters }: DescribedFile,
  faulty: string,
): Promise<void> {
  const [found] = (
    await connection.runAndReadAll(`SELECT 1 FROM (${faulty}) LIMIT 1`)
  ).getRowsJson()
  if (found === undefined) return
  const named = columns.map(
    ({ fact, fault }) => `{p: ${literal(`/${factName(fact.id)}`)}, c: ${fault}}`,
  )
  await connection.run(
    `INSERT INTO "rejects" SELECT ${literal(path)}, "line", "f".p, "f".c, "key" FROM
     (SELECT "line", "key", unnest([${named.join(', ')}]) AS "f" FROM ${relation} AS "file" JOIN (${faulty}) USING ("line")) WHERE "f".c IS NOT NULL`,
    [...parameters.values],
  )
}

/** Rows of `line` and `key` as rejects of one kind. */
async function reject(
  connection: DuckDBConnection,
  path: string,
  pointer: string,
  code: string,
  rows: string,
): Promise<void> {
  await connection.run(
    `INSERT INTO "rejects" SELECT ${literal(path)}, "line", ${literal(pointer)}, ${literal(code)}, "key" FROM (${rows}) AS "bad"`,
  )
}

/** What one row alone cannot show: members without household, households without members, repetitions. */
async function crossCheck(
  connection: DuckDBConnection,
  { households, members, dictionary, sample }: FilePair,
): Promise<void> {
  const ofHousehold = (pointer: string, code: string, having: string) =>
    reject(
      connection,
      households,
      pointer,
      code,
      `SELECT "key" AS "line", "key" FROM "households" LEFT JOIN (SELECT "key", count(*) AS "listed" FROM "members" GROUP BY "key") USING ("key") WHERE ${having}`,
    )
  await ofHousehold('/members', 'too-few', '"listed" IS NULL')
  await ofHousehold('/members', 'too-many-members', `"listed" > ${MAX_MEMBERS}`)
  const size = memberCount(dictionary)
  const columns = await connection.runAndReadAll('SELECT * FROM "households" LIMIT 0')
  if (size !== undefined && columns.columnNames().includes(size.id))
    await ofHousehold(`/${size.name}`, 'fewer-than-listed', `${quoted(size.id)} < "listed"`)
  await reject(
    connection,
    members,
    '/memberId',
    'repeated-id',
    `SELECT "line", "key" FROM "members" SEMI JOIN (SELECT "key", "memberId" FROM "members" GROUP BY "key", "memberId" HAVING count(*) > 1) USING ("key", "memberId")`,
  )
  if (sample === undefined)
    await reject(
      connection,
      members,
      '/householdId',
      'unknown-household',
      `SELECT "line", NULL AS "key" FROM "read members" WHERE NOT EXISTS (SELECT 1 FROM "households" WHERE "households"."householdId" = "read members"."householdId")`,
    )
  await connection.run('DROP TABLE "read members"')
}

/** Rows of a CSV file are numbered as they are read: rejects name the line where each begins. */
async function placeRejects(
  connection: DuckDBConnection,
  { path, entity, columns }: DescribedFile,
): Promise<void> {
  const ofFile = `"rejects"."file" = ${literal(path)}`
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT "line" FROM "rejects" WHERE ${ofFile}`,
  )
  const records = new Set(found.getRowsJson().map(([record]) => Number(record)))
  if (extname(path) !== '.csv' || records.size === 0) return
  const lines = await csvLines(path, records, IDS_OF[entity].length + columns.length)
  await connection.run('CREATE TEMP TABLE "lines" ("record" BIGINT, "line" BIGINT)')
  const appender = await connection.createAppender('lines')
  for (const [record, line] of lines) {
    appender.appendBigInt(BigInt(record))
    appender.appendBigInt(BigInt(line))
    appender.endRow()
  }
  appender.closeSync()
  await connection.run(
    `UPDATE "rejects" SET "line" = "lines"."line" FROM "lines" WHERE ${ofFile} AND "rejects"."line" = "lines"."record"`,
  )
  await connection.run('DROP TABLE "lines"')
}
