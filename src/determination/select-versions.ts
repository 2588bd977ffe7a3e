import type { NotInForce } from '../model/determination.js'
import type {
  LoadedProgramme,
  LoadedReferral,
  LoadedVersion,
  Rulebook,
} from '../rulebook/rulebook.js'
import { selectRuleVersion } from '../rulebook/select-rule-version.js'
import { publicationTime } from '../rulebook/survive.js'
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

const SELECTIONS = new WeakMap<Rulebook, Map<string, Selection>>()

/** Selects one version of each programme asked for, on both clocks. */
export function selectVersions(rulebook: Rulebook, request: DeterminationRequest): Selection {
  const { jurisdiction, asOf, programmes } = request
  const key = [jurisdiction, asOf, publicationsKnown(rulebook, request), ...programmes].join(' ')
  return kept(SELECTIONS, rulebook, key, () => select(rulebook, request))
}

const PUBLICATIONS = new WeakMap<Rulebook, readonly number[]>()

/** How many publications are known: between two of them the second clock changes nothing. */
function publicationsKnown(rulebook: Rulebook, { knownAt }: DeterminationRequest): number {
  const instants = PUBLICATIONS.get(rulebook) ?? publicationsOf(rulebook)
  PUBLICATIONS.set(rulebook, instants)
  const at = Date.parse(knownAt)
  return instants.filter((instant) => instant <= at).length
}

function publicationsOf({ programmes }: Rulebook): readonly number[] {
  const versions = [...programmes.values()].flatMap((programme) => programme.versions)
  return [...new Set(versions.map(({ rule }) => publicationTime(rule.version)))]
}

function select(rulebook: Rulebook, request: DeterminationRequest): Selection {
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

const PLANS = new WeakMap<Rulebook, Map<string, Plan>>()

/** Plans are compiled once for each set of versions. */
function planFor(
  rulebook: Rulebook,
  versions: readonly LoadedVersion[],
  referrals: readonly LoadedReferral[],
): Plan {
  const ids = [...versions.map(({ rule }) => rule.id), ...referrals.map(({ clause }) => clause.id)]
  return kept(PLANS, rulebook, ids.join(' '), () => makePlan(versions, referrals))
}

/** Values kept for each rulebook; the oldest goes when there are more. */
const MOST = 256

function kept<T>(
  of: WeakMap<Rulebook, Map<string, T>>,
  rulebook: Rulebook,
  key: string,
  make: () => T,
): T {
  const values = of.get(rulebook) ?? new Map<string, T>()
  of.set(rulebook, values)
  const before = values.get(key)
  if (before !== undefined) return before
  const value = make()
  if (values.size >= MOST) values.delete(values.keys().next().value as string)
  values.set(key, value)
  return value
}
