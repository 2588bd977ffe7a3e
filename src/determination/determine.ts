import { evaluate } from '../engine/evaluate.js'
import { type HouseholdFacts, NO_MEMBER } from '../engine/fact-values.js'
import { householdFacts } from '../engine/household-facts.js'
import { loadFacts } from '../engine/load-facts.js'
import type { Missing } from '../engine/missing.js'
import { dayOf } from '../model/civil-date.js'
import type { Determination, DeterminationAnswer } from '../model/determination.js'
import type { Language } from '../model/language.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import {
  type AnswerContext,
  buildDetermination,
  type EvaluatedVersion,
  missingOf,
} from './build-determination.js'
import { citedClauses, interpretationTexts, warningTexts } from './cite.js'
import { type Against, conflictsBetween } from './conflicts.js'
import type { DeterminationRequest } from './determination-request.js'
import { askQuestions } from './questions.js'
import { findReferrals } from './referrals.js'
import { type Selection, selectVersions } from './select-versions.js'

/** A request with its versions selected and its facts in view, before anything is evaluated. */
export interface Preparation {
  readonly facts: HouseholdFacts
  readonly selection: Selection
}

/** The bytes of every subject: of the household's plan, and of the members' plan for each member. */
export interface Readings {
  readonly household: Uint8Array
  readonly members: readonly Uint8Array[]
}

/**
 * Determines what a household is entitled to: versions selected on two clocks, facts derived,
 * conditions evaluated, the answer explained. Pure: same rulebook, request and language, same answer.
 */
export function determine(
  rulebook: Rulebook,
  request: DeterminationRequest,
  language: Language,
): DeterminationAnswer {
  const preparation = prepare(rulebook, request)
  return explain(rulebook, request, preparation, readCompiled(preparation), language)
}

/** Selects the versions in force and takes the household's facts into view. */
export function prepare(
  rulebook: Rulebook,
  request: DeterminationRequest,
  selection = selectVersions(rulebook, request),
): Preparation {
  const facts = householdFacts(
    request.household,
    dayOf(request.asOf),
    request.jurisdiction,
    statedSize(rulebook, request),
  )
  return { facts, selection }
}

function statedSize(
  { dictionary }: Rulebook,
  { household }: DeterminationRequest,
): number | null | undefined {
  for (const { fact, name } of dictionary.values()) {
    if (fact.role === 'member-count') return household[name] as number | null | undefined
  }
  return undefined
}

/** Reads every subject with the compiled evaluator. */
export function readCompiled({ facts, selection }: Preparation): Readings {
  const { household, member } = selection.plan
  loadFacts(household.program, facts)
  evaluate(household.program)
  loadFacts(member.program, facts)
  const members = facts.household.members.map((_, index) => {
    loadFacts(member.program, facts, index)
    evaluate(member.program)
    return member.program.bytes.slice()
  })
  return { household: household.program.bytes.slice(), members }
}

/** The answer in words, from the readings. */
export function explain(
  rulebook: Rulebook,
  request: DeterminationRequest,
  { facts, selection }: Preparation,
  readings: Readings,
  language: Language,
): DeterminationAnswer {
  const context = { rulebook, request, facts, language }
  const all = determinedVersions(selection, readings, context)
  const determinations = all
    .map(({ determination }) => determination)
    .filter(({ outcome }) => request.include.includes(outcome))
  const referrals = findReferrals(selection.plan, readings, context)
  return {
    asOf: request.asOf,
    knownAt: request.knownAt,
    jurisdiction: request.jurisdiction,
    rulebook: { digest: rulebook.digest },
    determinations,
    notInForce: [...selection.notInForce],
    referrals,
    questions: askQuestions(all, context),
    clauses: citedClauses(determinations, referrals, context),
    interpretations: interpretationTexts(determinations, context),
    warnings: warningTexts(determinations, context),
  }
}

/** A version as evaluated for one subject, what is missing, and the determination of it. */
interface DeterminedVersion {
  readonly evaluated: EvaluatedVersion
  readonly missing: Missing
  readonly determination: Determination
}

const NONE: readonly Against[] = []

function determinedVersions(
  selection: Selection,
  readings: Readings,
  context: AnswerContext,
): readonly DeterminedVersion[] {
  const evaluated = evaluatedVersions(selection, readings)
  const conflicts = conflictsBetween(evaluated, context)
  return evaluated.map((one) => {
    const missing = missingOf(one, context.facts)
    const against = conflicts.get(one) ?? NONE
    return {
      evaluated: one,
      missing,
      determination: buildDetermination(one, missing, against, context),
    }
  })
}

/** The determinations alone, without questions, referrals and texts: what worked cases speak of. */
export function determineOnly(
  rulebook: Rulebook,
  request: DeterminationRequest,
): Pick<DeterminationAnswer, 'determinations' | 'notInForce'> {
  const { facts, selection } = prepare(rulebook, request)
  const context = { rulebook, request, facts, language: 'zh' } as const
  const all = determinedVersions(selection, readCompiled({ facts, selection }), context)
  const determinations = all.map(({ determination }) => determination)
  return { determinations, notInForce: [...selection.notInForce] }
}

/** Versions with their bytes, by programme and then by member as listed. */
export function evaluatedVersions(
  selection: Selection,
  readings: Readings,
): readonly EvaluatedVersion[] {
  const evaluated: EvaluatedVersion[] = []
  for (const { planned, because, attested } of selection.ordered) {
    const add = (bytes: Uint8Array, member: number) =>
      evaluated.push({ planned, because, attested, bytes, member })
    if (planned.version.rule.subject === 'household') add(readings.household, NO_MEMBER)
    else for (const [member, bytes] of readings.members.entries()) add(bytes, member)
  }
  return evaluated
}
