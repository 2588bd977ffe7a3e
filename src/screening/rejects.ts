import type { DuckDBConnection } from '@duckdb/node-api'
import { WORDS } from '../determination/request-faults.js'
import { PROBLEMS, type ProblemCode } from '../model/errors.js'
import type { Words } from '../model/language.js'
import { TABLE_OF } from './input/fact-tables.js'
import { literal, quoted } from './to-sql/dialect.js'

/** The table of faults of an input, a line each; `key` names the household that is left out for it. */
export async function createRejects(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'CREATE TABLE "rejects" ("file" VARCHAR, "line" BIGINT, "pointer" VARCHAR, "code" VARCHAR, "key" BIGINT)',
  )
}

/** Takes households that have a fault out of the fact tables; their keys go to the table `refused`. */
export async function leaveRefusedOut(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'CREATE TABLE "refused" AS SELECT DISTINCT "key" FROM "rejects" WHERE "key" IS NOT NULL',
  )
  for (const table of Object.values(TABLE_OF))
    await connection.run(
      `DELETE FROM ${quoted(table)} WHERE "key" IN (SELECT "key" FROM "refused")`,
    )
}

const MORE: Readonly<Record<string, Words>> = {
  'repeated-id': { zh: '编号重复', en: 'repeats an id' },
  'unknown-household': { zh: '没有这个家庭', en: 'names a household that is not there' },
  'wrong-type': { zh: '类型不对', en: 'has the wrong type' },
  'unknown-fact': { zh: '没有这个事实', en: 'is no fact' },
}

/** Why a line was left out, by the code that a check of ours gave it; never a value of it. */
function faultWords(code: string): Words {
  return MORE[code] ?? WORDS[code] ?? PROBLEMS[code as ProblemCode].title
}

/** Writes every fault as a line `{file, line, pointer, code, reason, reasonZh}`, in order. */
export async function writeRejects(connection: DuckDBConnection, path: string): Promise<void> {
  const found = await connection.runAndReadAll('SELECT DISTINCT "code" FROM "rejects"')
  await connection.run(
    'CREATE TEMP TABLE "reasons" ("code" VARCHAR, "reason" VARCHAR, "reasonZh" VARCHAR)',
  )
  for (const [code] of found.getRowsJson()) {
    const { zh, en } = faultWords(String(code))
    await connection.run('INSERT INTO "reasons" VALUES ($1, $2, $3)', [String(code), en, zh])
  }
  // The file's name only: its folder is nobody's business.
  await connection.run(
    `COPY (SELECT parse_filename("file") AS "file", "line", "pointer", "code", "reason", "reasonZh"
     FROM "rejects" JOIN "reasons" USING ("code") ORDER BY "rejects"."file", "line", "pointer", "code")
     TO ${literal(path)} (FORMAT json)`,
  )
}
