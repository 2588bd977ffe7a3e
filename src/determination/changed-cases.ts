import type { Determination, Outcome, Subject } from '../model/determination.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from '../rulebook/rulebook.js'
import { caseRequest, onlyProgramme } from './case-request.js'
import { determineOnly } from './determine.js'

/** What a version answers in a case: the part that a citizen feels. */
export interface CaseAnswer {
  readonly outcome: Outcome
  readonly amount: number | null
  readonly missing: readonly string[]
}

/** A case, and what each of two versions answers for a subject where they differ. */
export interface ChangedCase {
  readonly name: string
  readonly subject: Subject
  readonly from: CaseAnswer
  readonly to: CaseAnswer
}

/** Before every day and every instant that can be asked for. */
const ALWAYS = { validFrom: '0001-01-01', publishedAt: '0001-01-01T00:00:00Z' }

/**
 * The cases of a programme whose answer differs between two of its versions, each applied on the
 * case's own day whatever its clocks say.
 */
export function changedCases(
  rulebook: Rulebook,
  loaded: LoadedProgramme,
  [a, b]: readonly [LoadedVersion, LoadedVersion],
): readonly ChangedCase[] {
  const [before, after] = [only(rulebook, loaded, a), only(rulebook, loaded, b)]
  return loaded.cases.flatMap((one): ChangedCase[] => {
    const request = caseRequest(rulebook, loaded, one)
    const to = determineOnly(after, request).determinations
    return determineOnly(before, request).determinations.flatMap((from, index) =>
      changed(one.name, from, to[index] as Determination),
    )
  })
}

/** The rulebook with one programme and one version, in force on every day. */
function only(rulebook: Rulebook, loaded: LoadedProgramme, version: LoadedVersion): Rulebook {
  const always = { ...version.rule.version, ...ALWAYS, validTo: null, supersedes: null }
  const alone = { ...version, rule: { ...version.rule, version: always }, notBefore: null }
  return onlyProgramme(rulebook, { ...loaded, versions: [alone] })
}

function changed(name: string, a: Determination, b: Determination): ChangedCase[] {
  const [from, to] = [answerOf(a), answerOf(b)]
  const same = JSON.stringify(from) === JSON.stringify(to)
  return same ? [] : [{ name, subject: a.subject, from, to }]
}

function answerOf({ outcome, entitlement, missing }: Determination): CaseAnswer {
  const amount = entitlement?.amount ?? entitlement?.rate ?? null
  return { outcome, amount, missing }
}
