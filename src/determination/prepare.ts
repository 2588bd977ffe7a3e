import { memberCount } from '../engine/fact-definition.js'
import type { HouseholdFacts } from '../engine/fact-values.js'
import { householdFacts } from '../engine/household-facts.js'
import { dayOf } from '../model/civil-date.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { DeterminationRequest } from './determination-request.js'
import { type Selection, selectVersions } from './select-versions.js'

/** A request with its versions selected and its facts in view, before anything is evaluated. */
export interface Preparation {
  readonly rulebook: Rulebook
  readonly request: DeterminationRequest
  readonly facts: HouseholdFacts
  readonly selection: Selection
}

/** Selects the versions in force, unless a selection is given, and takes the facts into view. */
export function prepare(
  rulebook: Rulebook,
  request: DeterminationRequest,
  selection = selectVersions(rulebook, request),
): Preparation {
  const { household, asOf, jurisdiction } = request
  const size = statedSize(rulebook, request)
  const facts = householdFacts(household, dayOf(asOf), jurisdiction, size)
  return { rulebook, request, facts, selection }
}

function statedSize(
  { dictionary }: Rulebook,
  { household }: DeterminationRequest,
): number | null | undefined {
  const fact = memberCount(dictionary)
  return fact && (household[fact.name] as number | null | undefined)
}
