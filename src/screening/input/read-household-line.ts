import { parseDeterminationRequest } from '../../determination/determination-request.js'
import { fault, refused } from '../../determination/request-faults.js'
import { isObject, segment } from '../../engine/typing.js'
import { type InputFault, Problem } from '../../model/errors.js'
import type { Household } from '../../model/household.js'
import { readJson } from '../../model/read-json.js'
import type { Rulebook } from '../../rulebook/rulebook.js'

/** One place of a line and what is wrong there. */
export type LineFault = Pick<InputFault, 'pointer' | 'code'>

/** What a line of a register says. */
export interface HouseholdLine {
  /** Absent where it has not the form of an id. */
  readonly householdId?: string
  /** Absent where it has a fault. */
  readonly household?: Household
  /** Every fault of the line. */
  readonly faults: readonly LineFault[]
}

/** What lines are checked against. */
export interface LineChecks {
  readonly rulebook: Rulebook
  /** YYYY-MM-DD */
  readonly asOf: string
}

/** Reads a line `{"householdId", "household"}`; its household is checked as a request to the API is. */
export function readHouseholdLine(text: string, checks: LineChecks): HouseholdLine {
  const faults: LineFault[] = []
  const json = noting(faults, () => jsonOf(text))
  if (!isObject(json)) return { faults: faults.length > 0 ? faults : [NO_OBJECT] }
  const household = noting(faults, () => householdOf(json, checks))
  faults.push(...faultsAround(json))
  return {
    faults,
    ...(isHouseholdId(json.householdId) && { householdId: json.householdId }),
    ...(household !== undefined && { household }),
  }
}

const NO_OBJECT: LineFault = { pointer: '', code: 'wrong-type' }

/** What is read; undefined once its faults are noted. */
function noting<T>(faults: LineFault[], read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    faults.push(...(error.faults.length > 0 ? error.faults : [{ pointer: '', code: error.code }]))
    return undefined
  }
}

function jsonOf(text: string): unknown {
  // What a stream puts for bytes that are no UTF-8.
  if (text.includes('\uFFFD')) throw new Problem('not-utf8')
  return readJson(new TextEncoder().encode(text))
}

type Entry = Readonly<Record<string, unknown>>

function householdOf({ household }: Entry, { rulebook, asOf }: LineChecks): Household {
  if (household === undefined) throw refused([fault('/household', 'required')])
  const [jurisdiction] = rulebook.jurisdictions.keys()
  return parseDeterminationRequest(rulebook, { asOf, jurisdiction, household }, new Date(0))
    .household
}

const KEYS = ['householdId', 'household']

/** Faults of a line around its household. */
function faultsAround(json: Entry): readonly LineFault[] {
  const others = Object.keys(json).filter((key) => !KEYS.includes(key))
  const unknown = others.map((key) => ({ pointer: segment(key), code: 'unknown-key' }))
  return isHouseholdId(json.householdId)
    ? unknown
    : [{ pointer: '/householdId', code: 'wrong-form' }, ...unknown]
}

function isHouseholdId(json: unknown): json is string {
  return typeof json === 'string' && /^[^\p{Cc}]{1,64}$/u.test(json)
}
