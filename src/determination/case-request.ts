import type { Case } from '../model/case.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'
import { KNOWN_WITH_DRAFTS } from '../rulebook/survive.js'
import { type DeterminationRequest, parseDeterminationRequest } from './determination-request.js'

/**
 * The determination request a worked case of a programme stands for; without `knownAt`, as known
 * after everything was published, drafts included. Throws Problem where its household is refused.
 */
export function caseRequest(
  rulebook: Rulebook,
  { programme, jurisdiction }: Pick<LoadedProgramme, 'programme' | 'jurisdiction'>,
  { asOf, household, knownAt = KNOWN_WITH_DRAFTS }: Case,
): DeterminationRequest {
  const programmes = [programme.id]
  const json = { asOf, knownAt, jurisdiction: jurisdiction.code, programmes, household }
  return parseDeterminationRequest(rulebook, json, new Date(knownAt))
}

/** The rulebook with one programme alone; nobody is referred in a case. */
export function onlyProgramme(rulebook: Rulebook, loaded: LoadedProgramme): Rulebook {
  const programmes = new Map([[loaded.programme.id, loaded]])
  return { ...rulebook, programmes, referrals: new Map() }
}
