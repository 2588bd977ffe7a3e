import { writeFileSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { WORDS } from '../determination/request-faults.js'
import { PROBLEMS } from '../model/errors.js'
import type { Words } from '../model/language.js'

/** How DuckDB writes a file, by its extension. */
export const FORMATS: Readonly<Record<string, string>> = {
  '.parquet': 'FORMAT parquet',
  '.csv': 'FORMAT csv, HEADER',
  '.ndjson': 'FORMAT json',
}

const MORE: Readonly<Record<string, Words>> = {
  'after-as-of': { zh: '晚于查询日期', en: 'is after the day asked for' },
  'fewer-than-listed': { zh: '少于所列成员人数', en: 'is fewer than the members listed' },
  'repeated-id': { zh: '编号重复', en: 'repeats an id' },
  'unknown-household': { zh: '没有这个家庭', en: 'names a household that is not there' },
  'wrong-type': { zh: '类型不对', en: 'has the wrong type' },
  'unknown-fact': { zh: '没有这个事实', en: 'is no fact' },
}

/** Why a line was left out; never a value of it. */
export function faultWords(code: string): Words {
  const problem = (PROBLEMS as Readonly<Record<string, { readonly title: Words }>>)[code]
  return MORE[code] ?? WORDS[code] ?? problem?.title ?? { zh: '有误', en: 'is at fault' }
}

/** Writes every fault as a line `{file, line, pointer, code, reason}`, in order. */
export async function writeRejects(connection: DuckDBConnection, path: string): Promise<void> {
  const found = await connection.runAndReadAll(
    'SELECT "file", "line", "pointer", "code" FROM "rejects" ORDER BY "file", "line", "pointer", "code"',
  )
  const lines = found.getRowsJson().map(([file, line, pointer, code]) => {
    const { zh, en } = faultWords(String(code))
    return `${JSON.stringify({ file, line: Number(line), pointer, code, reason: en, reasonZh: zh })}\n`
  })
  writeFileSync(path, lines.join(''))
}
