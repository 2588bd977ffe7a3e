import { z } from 'zod'
import { type FactDefinition, steps } from '../engine/fact-definition.js'
import { isObject } from '../engine/typing.js'
import { CivilDate, dayOf, shanghaiDate } from '../model/civil-date.js'
import { OUTCOMES, type Outcome } from '../model/determination.js'
import { type InputFault, Problem, type ProblemCode } from '../model/errors.js'
import { type Household, MAX_MEMBERS, MEMBER_ID } from '../model/household.js'
import { PROGRAMME_ID } from '../model/programme.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { factsSchema, MemberId } from './facts-schema.js'
import { factFaults, fault, faultsOf } from './request-faults.js'

export const DETAILS = ['full', 'summary'] as const

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

/** Dates that can be asked for, as those of facts. */
const DATES = { first: dayOf('1850-01-01'), last: dayOf('2200-12-31') }

function withinDates(text: string): boolean {
  const day = dayOf(text)
  return day >= DATES.first && day <= DATES.last
}

const REQUEST = {
  asOf: CivilDate.refine(withinDates, { params: { fault: 'out-of-range' } })
    .optional()
    .meta({
      description: 'The day asked for; today in Asia/Shanghai by default',
    }),
  knownAt: z.iso.datetime({ offset: true }).optional().meta({
    description: 'As known at this instant; now by default, never later',
  }),
  jurisdiction: z
    .string()
    .regex(/^\d{6}$/)
    .meta({ description: 'GB/T 2260 code' }),
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

const SCHEMAS = new WeakMap<Rulebook, z.ZodObject>()

/** The shape of a determination request, for descriptions; its facts come from the dictionary. */
export function determinationRequestSchema(rulebook: Rulebook): z.ZodObject {
  const before = SCHEMAS.get(rulebook)
  if (before !== undefined) return before
  const schema = z
    .strictObject({ ...REQUEST, household: factsSchema(rulebook.dictionary) })
    .meta({ id: 'DeterminationRequest', description: 'A household, a date, and what to determine' })
  SCHEMAS.set(rulebook, schema)
  return schema
}

type Parsed = Partial<Omit<DeterminationRequest, 'household' | 'jurisdiction'>> & {
  household: Household
  jurisdiction: string
}

/**
 * A request checked against the dictionary and the rulebook, defaults filled in with `now`.
 * Throws Problem (400) with every fault and its JSON pointer; no message repeats a value.
 */
export function parseDeterminationRequest(
  rulebook: Rulebook,
  json: unknown,
  now: Date,
): DeterminationRequest {
  const parsed = RequestShell.safeParse(json)
  const wrong = [...shellFaults(json, parsed.error), ...factFaults(json, rulebook.dictionary)]
  if (wrong.length > 0) throw refused(wrong)
  const request = parsed.data as Parsed
  const asOf = request.asOf ?? shanghaiDate(now)
  const faults = [
    ...clockFaults(request, now),
    ...programmeFaults(rulebook, request),
    ...memberFaults(request.household),
    ...valueFaults(rulebook, request.household, asOf),
  ]
  if (faults.length > 0) throw refused(faults)
  return {
    asOf,
    knownAt: new Date(request.knownAt ?? now).toISOString(),
    jurisdiction: request.jurisdiction,
    programmes: request.programmes
      ? [...new Set(request.programmes)].sort()
      : programmesOf(rulebook, request.jurisdiction),
    include: request.include ?? OUTCOMES,
    detail: request.detail ?? 'full',
    household: request.household,
  }
}

function shellFaults(json: unknown, error: z.ZodError | undefined): readonly InputFault[] {
  const household = isObject(json) ? json.household : undefined
  const shell = faultsOf(error?.issues ?? [], json)
  if (household === undefined || isHousehold(household)) return shell
  const inside = HouseholdShell.safeParse(household).error as z.ZodError
  return [...shell, ...faultsOf(inside.issues, household, '/household')]
}

/** Codes of faults that are problems of their own. */
const OWN: readonly ProblemCode[] = [
  'unknown-jurisdiction',
  'unknown-programme',
  'too-many-members',
  'unknown-fact',
]

/** The problem of a request with these faults; its code is that of the gravest. */
export function refused(faults: readonly InputFault[]): Problem {
  const code = OWN.find((own) => faults.some((fault) => fault.code === own)) ?? 'invalid-request'
  return new Problem(code, undefined, faults)
}

const PROGRAMMES = new WeakMap<Rulebook, Map<string, readonly string[]>>()

/** All programmes of a jurisdiction in the order of their ids: the same list every time. */
function programmesOf(rulebook: Rulebook, jurisdiction: string): readonly string[] {
  const lists = PROGRAMMES.get(rulebook) ?? new Map<string, readonly string[]>()
  PROGRAMMES.set(rulebook, lists)
  const before = lists.get(jurisdiction)
  if (before !== undefined) return before
  const entries = [...rulebook.programmes].filter(
    ([, entry]) => entry.jurisdiction.code === jurisdiction,
  )
  const ids = entries.map(([id]) => id)
  lists.set(jurisdiction, ids)
  return ids
}

/** That `knownAt` must not be after the present. */
export function clockFaults(
  request: { readonly knownAt?: string | undefined },
  now: Date,
): readonly InputFault[] {
  if (request.knownAt === undefined || new Date(request.knownAt) <= now) return []
  return [
    {
      pointer: '/knownAt',
      code: 'in-the-future',
      message: { zh: '不能晚于服务器的当前时间', en: 'must not be after the present' },
    },
  ]
}

function programmeFaults(
  rulebook: Rulebook,
  { jurisdiction, programmes }: Parsed,
): readonly InputFault[] {
  if (!rulebook.jurisdictions.has(jurisdiction)) {
    return [
      {
        pointer: '/jurisdiction',
        code: 'unknown-jurisdiction',
        message: { zh: '没有这个行政区的项目', en: 'has no programmes here' },
      },
    ]
  }
  const message = { zh: '该行政区没有这个项目', en: 'is no programme of this jurisdiction' }
  return (programmes ?? []).flatMap((id, index) =>
    rulebook.programmes.get(id)?.jurisdiction.code === jurisdiction
      ? []
      : [{ pointer: `/programmes/${index}`, code: 'unknown-programme', message }],
  )
}

function memberFaults({ members }: Household): readonly InputFault[] {
  const message = { zh: '成员编号重复', en: 'repeats a member id' }
  const seen = new Set<string>()
  return members.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ pointer: `/household/members/${index}/id`, code: 'repeated-id', message }]
  })
}

/** What the types cannot say: nobody is born after the day asked for, no household is smaller than its list. */
function valueFaults(
  rulebook: Rulebook,
  household: Household,
  asOf: string,
): readonly InputFault[] {
  const faults: InputFault[] = []
  const latest = dayOf(asOf)
  const check = (fact: FactDefinition, value: unknown, pointer: string) => {
    if (value === null || value === undefined) return
    if (fact.fact.notAfterAsOf && steps(value as string, 1) > latest) {
      faults.push(fault(pointer, 'after-as-of'))
    }
    if (fact.fact.role === 'member-count' && (value as number) < household.members.length) {
      faults.push(fault(pointer, 'fewer-than-listed'))
    }
  }
  for (const fact of rulebook.dictionary.values()) {
    if (fact.fact.notAfterAsOf === undefined && fact.fact.role === undefined) continue
    if (fact.entity === 'household') check(fact, household[fact.name], `/household/${fact.name}`)
    else
      for (const [index, member] of household.members.entries()) {
        check(fact, member[fact.name], `/household/members/${index}/${fact.name}`)
      }
  }
  return faults
}
