import { z } from 'zod'
import {
  type DeterminationRequest,
  parseDeterminationRequest,
} from '../determination/determination-request.js'
import { explain } from '../determination/determine.js'
import { onceFor } from '../determination/once-for.js'
import { prepare } from '../determination/prepare.js'
import { readCompiled } from '../determination/read-compiled.js'
import { faultsOf, refused } from '../determination/request-faults.js'
import { type ChosenBefore, selectRecorded } from '../determination/select-versions.js'
import { CivilDate } from '../model/civil-date.js'
import type { DecisionBody, DecisionFacts, Difference, Replay } from '../model/decision.js'
import { type DeterminationAnswer, OUTCOMES } from '../model/determination.js'
import { type InputFault, Problem } from '../model/errors.js'
import type { Language } from '../model/language.js'
import { canonicalJson, factDigest, interpretationDigest } from '../rulebook/digest.js'
import type { LoadedVersion, Rulebook } from '../rulebook/rulebook.js'
import { compareDeterminations, compareOutcomes } from './compare-determinations.js'
import type { SealFault } from './verify-entry.js'

/** Which rules to replay under. */
export const ReplayTerms = z
  .strictObject({
    rules: z.enum(['recorded', 'current']).optional(),
    asOf: CivilDate.optional(),
    knownAt: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({
    id: 'ReplayRequest',
    description: 'Empty: the recorded versions; any clock: versions are selected anew',
  })
export type ReplayTerms = Readonly<z.infer<typeof ReplayTerms>>

/** Reads what a replay is asked for; nothing at all is the recorded rules. Throws Problem (400). */
export function parseReplayTerms(json: unknown): ReplayTerms {
  const parsed = ReplayTerms.safeParse(json ?? {})
  if (!parsed.success) throw refused(faultsOf(parsed.error.issues, json))
  const { rules, knownAt } = parsed.data
  if (rules === 'current' && knownAt !== undefined) throw refused([NOT_WITH_CURRENT])
  return parsed.data
}

/** `current` rules are those known now. */
export const NOT_WITH_CURRENT: InputFault = {
  pointer: '/knownAt',
  code: 'not-with-current',
  message: { zh: 'rules 为 current 时不能给出', en: 'cannot be given when rules is current' },
}

/** A recorded decision, and how to determine it again. */
export interface Replayed {
  readonly body: DecisionBody
  readonly facts: DecisionFacts
  readonly terms: ReplayTerms
  readonly language: Language
  readonly detail: DeterminationRequest['detail']
}

/**
 * Determines a recorded decision again and says where it differs: from the answer as it was given,
 * from the outcomes kept for ever, and in the hash of what was altered since. Throws Problem
 * `rulebook-changed` when a version it was made under, or what a fact meant, is lost or changed.
 */
export function replayDecision(
  rulebook: Rulebook,
  replayed: Replayed & { readonly altered: SealFault | null },
  now: Date,
): Replay {
  const determination = determineAgain(rulebook, replayed, now)
  const { body, facts, altered } = replayed
  const found = [
    ...alteredIn(altered),
    ...compareDeterminations(facts.determination, determination),
    ...compareOutcomes(body.outcomes, determination),
  ]
  const differences = [...new Map(found.map((one) => [canonicalJson(one), one])).values()]
  return { reproduced: differences.length === 0, differences, determination }
}

/** What was altered, as a difference of the decision as a whole. */
function alteredIn(altered: SealFault | null): readonly Difference[] {
  if (altered === null) return []
  const { field, recorded, found } = altered
  return [{ programme: null, subject: null, field, recorded, replayed: found }]
}

/** The determination of a recorded decision under the recorded or other rules. */
export function determineAgain(
  rulebook: Rulebook,
  { body, facts, terms, language, detail }: Replayed,
  now: Date,
): DeterminationAnswer {
  sameMeanings(rulebook, body)
  const { asOf, knownAt, jurisdiction, programmes } = body
  const { household } = facts.request
  const recorded = { asOf, knownAt, jurisdiction, programmes, household }
  const given = terms.asOf ?? terms.knownAt
  const exact = given === undefined && terms.rules !== 'current'
  const request: DeterminationRequest = exact
    ? { ...recorded, include: OUTCOMES, detail }
    : { ...reask(rulebook, { ...recorded, ...clocksOf(terms, now) }, now), detail }
  const preparation = exact
    ? prepare(
        rulebook,
        request,
        selectRecorded(rulebook, request, versionsOf(rulebook, body), body.notInForce),
      )
    : prepare(rulebook, request)
  return explain(preparation, readCompiled(preparation), language)
}

function clocksOf({ rules, asOf, knownAt }: ReplayTerms, now: Date) {
  const known = rules === 'current' ? now.toISOString() : knownAt
  return { ...(asOf !== undefined && { asOf }), ...(known !== undefined && { knownAt: known }) }
}

/** The same question on other clocks, checked as one that is asked now. */
function reask(rulebook: Rulebook, json: object, now: Date): DeterminationRequest {
  const { programmes } = json as { programmes: readonly string[] }
  const lost = programmes.find((id) => !rulebook.programmes.has(id))
  if (lost !== undefined) throw changed(lost)
  return parseDeterminationRequest(rulebook, json, now)
}

function versionsOf(rulebook: Rulebook, { versions }: DecisionBody): readonly ChosenBefore[] {
  return versions.map(({ ruleVersion, ruleDigest, because, attested }) => {
    const version = versionOf(rulebook, ruleVersion)
    if (version?.digest !== ruleDigest) throw changed(ruleVersion)
    return { version, because, attested }
  })
}

/** A version by its id, `<programme>@<version>`. */
export function versionOf(rulebook: Rulebook, id: string): LoadedVersion | undefined {
  const programme = rulebook.programmes.get(id.slice(0, id.indexOf('@')))
  return programme?.versions.find(({ rule }) => rule.id === id)
}

/** Digests of every meaning of a rulebook, by kind and id. */
const meaningsIn = onceFor(
  ({ facts, interpretations }: Rulebook): ReadonlyMap<string, string> =>
    new Map([
      ...facts.map((fact) => [`fact ${fact.id}`, factDigest(fact)] as const),
      ...[...interpretations].map(
        ([id, one]) => [`interpretation ${id}`, interpretationDigest(one)] as const,
      ),
    ]),
)

function sameMeanings(rulebook: Rulebook, { meanings }: DecisionBody): void {
  const now = meaningsIn(rulebook)
  const same = (kind: string, digests: Readonly<Record<string, string>>) => {
    for (const id in digests) if (now.get(`${kind} ${id}`) !== digests[id]) throw changed(id)
  }
  same('fact', meanings.facts)
  same('interpretation', meanings.interpretations)
}

function changed(id: string): Problem {
  return new Problem('rulebook-changed', {
    zh: `规则库中的 ${id} 已丢失或已改变`,
    en: `${id} is lost from the rulebook or has changed`,
  })
}
