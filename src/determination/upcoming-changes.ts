import { dayOf } from '../model/civil-date.js'
import type { Outcome, Subject } from '../model/determination.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'
import type { DeterminationRequest } from './determination-request.js'
import { evaluatedVersions, outcomeOf, subjectOf } from './evaluated-versions.js'
import { prepare } from './prepare.js'
import { readCompiled } from './read-compiled.js'

/** Years looked ahead, and dates tried at most. */
const YEARS = 20
const MOST_DATES = 240

/** The first later day on which an outcome becomes another, all facts staying as they are. */
export interface UpcomingChange {
  readonly programme: string
  readonly subject: Subject
  /** YYYY-MM-DD */
  readonly on: string
  readonly outcome: Outcome
  /** `rule`: another version applies then; `date`: an age or a duration is reached. */
  readonly because: 'rule' | 'date'
  readonly ruleVersion: string
}

/** How one programme comes out for one subject on a day. */
type Reading = Pick<UpcomingChange, 'programme' | 'subject' | 'outcome' | 'ruleVersion'>

/**
 * For each programme and subject, the first day after `asOf` on which the outcome changes: each
 * anniversary of a stated date and each start or end of a published version is tried in turn.
 */
export function upcomingChanges(
  rulebook: Rulebook,
  request: DeterminationRequest,
): readonly UpcomingChange[] {
  const now = readingsOn(rulebook, request, request.asOf)
  const found = new Map<string, UpcomingChange>()
  for (const on of datesAhead(rulebook, request)) {
    for (const [key, reading] of readingsOn(rulebook, request, on)) {
      const before = now.get(key)
      if (before === undefined || before.outcome === reading.outcome || found.has(key)) continue
      const because = before.ruleVersion === reading.ruleVersion ? 'date' : 'rule'
      const { programme, subject, outcome, ruleVersion } = reading
      found.set(key, { programme, subject, on, outcome, because, ruleVersion })
    }
  }
  return [...found.values()]
}

/** How everything comes out on a day, by programme and member. */
function readingsOn(
  rulebook: Rulebook,
  request: DeterminationRequest,
  asOf: string,
): ReadonlyMap<string, Reading> {
  const preparation = prepare(rulebook, { ...request, asOf })
  const evaluated = evaluatedVersions(preparation.selection, readCompiled(preparation))
  return new Map(
    evaluated.map((one) => {
      const { rule } = one.planned.version
      const { programme } = rule.version
      const subject = subjectOf(request.household, one.member)
      const reading = { programme, subject, outcome: outcomeOf(one), ruleVersion: rule.id }
      return [`${programme} ${one.member}`, reading]
    }),
  )
}

/** The days worth trying, in order. */
function datesAhead(rulebook: Rulebook, request: DeterminationRequest): readonly string[] {
  const last = sameDay(request.asOf, Number(request.asOf.slice(0, 4)) + YEARS)
  const dates = [...anniversaries(rulebook, request), ...startsAndEnds(rulebook, request)]
  return [...new Set(dates)]
    .filter((date) => date > request.asOf && date <= last)
    .sort()
    .slice(0, MOST_DATES)
}

function anniversaries({ dictionary }: Rulebook, { household, asOf }: DeterminationRequest) {
  const entities = [household, ...household.members] as readonly Record<string, unknown>[]
  const names = [...dictionary.values()].filter(({ type }) => type === 'date')
  const stated = entities.flatMap((entity) => names.map(({ name }) => entity[name]))
  const year = Number(asOf.slice(0, 4))
  return stated
    .filter((date) => typeof date === 'string')
    .flatMap((date) => Array.from({ length: YEARS + 1 }, (_, ahead) => sameDay(date, year + ahead)))
}

/** The day a year is complete: after 29 February that is 1 March. */
function sameDay(date: string, year: number): string {
  const text = `${year}${date.slice(4)}`
  return Number.isNaN(dayOf(text)) ? `${year}-03-01` : text
}

function startsAndEnds({ programmes }: Rulebook, request: DeterminationRequest): readonly string[] {
  return request.programmes
    .flatMap((id) => (programmes.get(id) as LoadedProgramme).versions)
    .flatMap(({ rule: { version } }) => [version.validFrom, version.validTo])
    .filter((date) => date !== null)
}
