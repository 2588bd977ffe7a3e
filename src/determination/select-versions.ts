import type { NotInForce } from '../model/determination.js'
import type {
  LoadedProgramme,
  LoadedReferral,
  LoadedVersion,
  Rulebook,
} from '../rulebook/rulebook.js'
import { selectRuleVersion } from '../rulebook/select-rule-version.js'
import type { DeterminationRequest } from './determination-request.js'
import { makePlan, type Plan } from './plan.js'

/** The versions in force for a request, why each was chosen, and the programme that evaluates them. */
export interface Selection {
  /** By programme id. */
  readonly selected: ReadonlyMap<
    string,
    { readonly version: LoadedVersion; readonly because: string; readonly attested: boolean }
  >
  readonly notInForce: readonly NotInForce[]
  readonly plan: Plan
}

/** Selects one version of each programme asked for, on both clocks. */
export function selectVersions(rulebook: Rulebook, request: DeterminationRequest): Selection {
  const selected = new Map<string, { version: LoadedVersion; because: string; attested: boolean }>()
  const notInForce: NotInForce[] = []
  for (const programme of request.programmes) {
    const choice = selectRuleVersion(
      rulebook.programmes.get(programme) as LoadedProgramme,
      request.asOf,
      request.knownAt,
    )
    if (choice.kind === 'selected') selected.set(programme, choice)
    else notInForce.push({ programme, reason: choice.reason, nearest: choice.nearest })
  }
  const versions = [...selected.values()].map(({ version }) => version)
  return {
    selected,
    notInForce,
    plan: planFor(rulebook, versions, referralsInForce(rulebook, request)),
  }
}

function referralsInForce(
  rulebook: Rulebook,
  { asOf, jurisdiction }: DeterminationRequest,
): readonly LoadedReferral[] {
  return [...rulebook.referrals.values()].filter(({ clause: { referral } }) => {
    if (referral === undefined || referral.jurisdiction !== jurisdiction) return false
    return (
      (referral.validFrom ?? '') <= asOf && (referral.validTo === null || asOf < referral.validTo)
    )
  })
}

const MAX_PLANS = 256
const PLANS = new WeakMap<Rulebook, Map<string, Plan>>()

/** Plans are compiled once for each set of versions; the oldest goes when there are many. */
function planFor(
  rulebook: Rulebook,
  versions: readonly LoadedVersion[],
  referrals: readonly LoadedReferral[],
): Plan {
  const plans = PLANS.get(rulebook) ?? new Map<string, Plan>()
  PLANS.set(rulebook, plans)
  const key = [
    ...versions.map(({ rule }) => rule.id),
    ...referrals.map(({ clause }) => clause.id),
  ].join(' ')
  const before = plans.get(key)
  if (before !== undefined) return before
  const plan = makePlan(versions, referrals)
  if (plans.size >= MAX_PLANS) plans.delete(plans.keys().next().value as string)
  plans.set(key, plan)
  return plan
}
