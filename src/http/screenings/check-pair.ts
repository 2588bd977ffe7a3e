import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { unknownFact } from '../../determination/fact-faults.js'
import { factShapes } from '../../determination/facts-schema.js'
import { refused } from '../../determination/request-faults.js'
import { segment } from '../../engine/typing.js'
import { dayOf } from '../../model/civil-date.js'
import type { InputFault, Problem } from '../../model/errors.js'
import { ENTITIES, type Entity } from '../../model/fact.js'
import type { Words } from '../../model/language.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { type ColumnCheck, checkColumns } from '../../screening/column-check.js'
import { describeFile, readToEnd } from '../../screening/input/describe-file.js'
import { type FileFault, InputError } from '../../screening/input/input-error.js'
import type { ScreeningQuestion } from '../../screening/select-rules.js'
import { openWorkspace } from '../../screening/workspace.js'
import { PARTS, type PairNames, tooLarge } from './receive-pair.js'
import type { UploadBounds } from './upload-bounds.js'

/** What reading both files to their end has shown. */
export interface CheckedPair {
  /** Rows of the households. */
  readonly lines: number
  readonly columns: ColumnCheck
}

/** A household has fewer members than this on average, in any register. */
const MEMBERS_A_HOUSEHOLD = 5

interface Check {
  readonly folder: string
  readonly names: PairNames
  readonly rulebook: Rulebook
  readonly question: ScreeningQuestion
  readonly bounds: UploadBounds
}

/**
 * Reads the two files of a folder to their end and compares their columns with the rules. Throws
 * Problem invalid-request with every fault of the first file that has one: `/households/<column>`.
 */
export async function checkPair(check: Check): Promise<CheckedPair> {
  const { folder, rulebook } = check
  const { connection, close } = await openWorkspace({ folder, threads: 1, memory: '256MB' })
  try {
    return await readPair(connection, check).catch((error: unknown) => {
      throw error instanceof InputError ? problemOfFile(error, rulebook) : error
    })
  } finally {
    close()
  }
}

async function readPair(
  connection: DuckDBConnection,
  { folder, names, rulebook, question, bounds }: Check,
): Promise<CheckedPair> {
  const against = { dictionary: rulebook.dictionary, asOf: dayOf(question.asOf) }
  const read = async (entity: Entity, most: number) => {
    const part = PARTS[entity]
    const file = await describeFile(connection, join(folder, names[part]), entity, against)
    const rows = await readToEnd(connection, file)
    if (rows > most) throw tooLarge(part)
    return { rows, columns: file.columns.map(({ fact }) => fact) }
  }
  const households = await read('household', bounds.lines)
  const members = await read('member', MEMBERS_A_HOUSEHOLD * bounds.lines)
  const columns = [...households.columns, ...members.columns]
  return { lines: households.rows, columns: checkColumns(rulebook, question, columns) }
}

function problemOfFile({ faults }: InputError, rulebook: Rulebook): Problem {
  return refused(faults.map((fault) => inputFault(fault, rulebook)))
}

function inputFault({ file, column, line, code }: FileFault, { dictionary }: Rulebook): InputFault {
  const entity = ENTITIES.find((one) => file.includes(`/${PARTS[one]}.`)) as Entity
  const pointer = `/${PARTS[entity]}`
  if (column === null) return { pointer, code, message: brokenWords(code, line) }
  if (code === 'unknown-fact') return unknownFact(column, pointer, factShapes(dictionary)[entity])
  const message = code === 'required' ? NO_COLUMN : NO_TYPE
  return { pointer: pointer + segment(column), code, message }
}

function brokenWords(code: FileFault['code'], line: number | undefined): Words {
  const at =
    line === undefined ? { zh: '', en: '' } : { zh: `第 ${line} 行：`, en: `line ${line}: ` }
  const { zh, en } = code === 'not-utf8' ? NOT_UTF8 : BROKEN
  return { zh: at.zh + zh, en: at.en + en }
}

const NO_COLUMN: Words = { zh: '缺少这一列', en: 'is a column that is required' }
const NO_TYPE: Words = { zh: '这一列的数据类型无法读取', en: 'has a type that cannot be read' }
const NOT_UTF8: Words = {
  zh: '不是 UTF-8 编码（请另存为“CSV UTF-8”）',
  en: 'is not UTF-8 (save it as “CSV UTF-8”)',
}
const BROKEN: Words = { zh: '文件不完整或格式有误', en: 'is not complete, or has the wrong form' }
