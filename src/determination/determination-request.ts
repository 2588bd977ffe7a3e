import { z } from 'zod'
import { isObject } from '../engine/typing.js'
import { ASKABLE, CivilDate, dayOf, shanghaiDate } from '../model/civil-date.js'
import { OUTCOMES, type Outcome } from '../model/determination.js'
import type { InputFault } from '../model/errors.js'
import { type Household, MAX_MEMBERS, MEMBER_ID } from '../model/household.js'
import { PROGRAMME_ID, REGION_CODE } from '../model/programme.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { contentFaults } from './content-faults.js'
import { factFaults } from './fact-faults.js'
import { factsSchema, MemberId } from './facts-schema.js'
import { datesBetween } from './limit-words.js'
import { onceFor } from './once-for.js'
import { faultsOf, refused } from './request-faults.js'

const DETAILS = ['full', 'summary'] as const

/** A checked request with its defaults filled in. */
export interface DeterminationRequest {
  readonly asOf: string
  /** ISO instant with milliseconds. */
  readonly knownAt: string
  readonly jurisdiction: string
  /** Ids in order, each of the jurisdiction. */
  readonly programmes: readonly string[]
  readonly include: readonly Outcome[]
  readonly detail: (typeof DETAILS)[number]
  readonly household: Household
}

const DATES = { first: dayOf(ASKABLE.first), last: dayOf(ASKABLE.last) }

function withinDates(text: string): boolean {
  const day = dayOf(text)
  return day >= DATES.first && day <= DATES.last
}

/** Both clocks of a question, of one household or of a register. */
export const CLOCKS = {
  asOf: CivilDate.refine(withinDates, datesBetween(ASKABLE.first, ASKABLE.last))
    .optional()
    .meta({ description: 'The day asked for; today in Asia/Shanghai by default' }),
  knownAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'As known at this instant; now by default, never later' }),
}

const REQUEST = {
  ...CLOCKS,
  jurisdiction: z.string().regex(REGION_CODE).meta({ description: 'GB/T 2260 code' }),
  programmes: z
    .array(z.string().regex(PROGRAMME_ID))
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: 'All of the jurisdiction by default' }),
  include: z
    .array(z.enum(OUTCOMES))
    .min(1)
    .optional()
    .meta({ description: 'Outcomes to return; all by default' }),
  detail: z
    .enum(DETAILS)
    .optional()
    .meta({ description: 'summary leaves out reasons, steps and texts' }),
}

/** The request around its household. */
const RequestShell = z.strictObject({ ...REQUEST, household: z.unknown() })

/** The members of a household, around their facts: those are checked one by one where they are stated. */
const HouseholdShell = z.looseObject({
  members: z
    .array(z.looseObject({ id: MemberId }))
    .min(1)
    .max(MAX_MEMBERS),
})

/** Whether a household lists members with ids; what else it holds is checked fact by fact. */
function isHousehold(json: unknown): json is Household {
  if (!isObject(json) || !Array.isArray(json.members)) return false
  const { members } = json
  return members.length > 0 && members.length <= MAX_MEMBERS && members.every(isMember)
}

function isMember(json: unknown): boolean {
  return isObject(json) && typeof json.id === 'string' && MEMBER_ID.test(json.id)
}

/** The shape of a determination request, for descriptions; its facts come from the dictionary. */
export const determinationRequestSchema = onceFor(
  ({ dictionary }: Rulebook): z.ZodObject =>
    z.strictObject({ ...REQUEST, household: factsSchema(dictionary) }).meta({
      id: 'DeterminationRequest',
      description: 'A household, a date, and what to determine',
    }),
)

type Parsed = Partial<Omit<DeterminationRequest, 'household' | 'jurisdiction'>> & {
  household: Household
  jurisdiction: string
}

/**
 * A request checked against the dictionary and the rulebook, defaults filled in with `now`; `beside`
 * are properties that were taken out of it before. Throws Problem (400) with every fault and its
 * JSON pointer; no message repeats a value.
 */
export function parseDeterminationRequest(
  rulebook: Rulebook,
  json: unknown,
  now: Date,
  beside: readonly string[] = [],
): DeterminationRequest {
  const parsed = RequestShell.safeParse(json)
  const shell = shellFaults(json, parsed.error, beside)
  const wrong = [...shell, ...factFaults(json, rulebook.dictionary)]
  if (wrong.length > 0) throw refused(wrong)
  const request = parsed.data as Parsed
  const asOf = request.asOf ?? shanghaiDate(now)
  const faults = contentFaults(rulebook, { ...request, asOf }, now)
  if (faults.length > 0) throw refused(faults)
  return {
    asOf,
    knownAt: new Date(request.knownAt ?? now).toISOString(),
    jurisdiction: request.jurisdiction,
    programmes: request.programmes
      ? [...new Set(request.programmes)].sort()
      : (programmesOf(rulebook).get(request.jurisdiction) as readonly string[]),
    include: request.include ?? OUTCOMES,
    detail: request.detail ?? 'full',
    household: request.household,
  }
}

function shellFaults(
  json: unknown,
  error: z.ZodError | undefined,
  beside: readonly string[],
): readonly InputFault[] {
  const household = isObject(json) ? json.household : undefined
  const shell =
    error === undefined
      ? []
      : faultsOf(error.issues, json, '', [...Object.keys(RequestShell.shape), ...beside])
  if (household === undefined || isHousehold(household)) return shell
  const inside = HouseholdShell.safeParse(household).error as z.ZodError
  return [...shell, ...faultsOf(inside.issues, household, '/household')]
}

/** All programmes of each jurisdiction in the order of their ids: the same lists every time. */
const programmesOf = onceFor(({ jurisdictions, programmes }: Rulebook) => {
  const idsIn = (code: string) =>
    [...programmes].filter(([, one]) => one.jurisdiction.code === code).map(([id]) => id)
  return new Map([...jurisdictions.keys()].map((code) => [code, idsIn(code)]))
})
