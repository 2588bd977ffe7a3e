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
import { onceFor } from './once-for.js'
import { makePlan, type Plan, type PlannedVersion } from './plan.js'

/** A version in force, why it was chosen, and its conditions as compiled. */
interface SelectedVersion {
  readonly planned: PlannedVersion
  readonly because: string
  readonly attested: boolean
}

/** The versions in force for a request, in the order of their programmes, as one plan. */
export interface Selection {
  readonly ordered: readonly SelectedVersion[]
  readonly notInForce: readonly NotInForce[]
  readonly plan: Plan
}

const selectionsOf = onceFor((_: Rulebook) => new Map<string, Selection>())

/** Selects one version of each programme asked for, on both clocks. */
export function selectVersions(rulebook: Rulebook, request: DeterminationRequest): Selection {
  const { jurisdiction, asOf, programmes } = request
  const key = [jurisdiction, asOf, publicationsKnown(rulebook, request), ...programmes].join(' ')
  return kept(selectionsOf(rulebook), key, () => select(rulebook, request))
}

/** How many publications are known: between two of them the second clock changes nothing. */
function publicationsKnown(rulebook: Rulebook, { knownAt }: DeterminationRequest): number {
  const at = Date.parse(knownAt)
  return publicationsOf(rulebook).filter((instant) => instant <= at).length
}

const publicationsOf = onceFor(({ programmes }: Rulebook): readonly number[] => {
  const versions = [...programmes.values()].flatMap((programme) => programme.versions)
  return [...new Set(versions.map(({ rule }) => publicationTime(rule.version)))]
})

function select(rulebook: Rulebook, request: DeterminationRequest): Selection {
  const chosen: ChosenBefore[] = []
  const notInForce: NotInForce[] = []
  for (const programme of request.programmes) {
    const choice = selectRuleVersion(
      rulebook.programmes.get(programme) as LoadedProgramme,
      request.asOf,
      request.knownAt,
    )
    if (choice.kind === 'selected') chosen.push(choice)
    else notInForce.push({ programme, reason: choice.reason, nearest: choice.nearest })
  }
  return selectRecorded(rulebook, request, chosen, notInForce)
}

/** A version that was chosen before: which, and why. */
export interface ChosenBefore {
  readonly version: LoadedVersion
  readonly because: string
  readonly attested: boolean
}

/** The selection that was made before, whatever the clocks would choose now. */
export function selectRecorded(
  rulebook: Rulebook,
  request: DeterminationRequest,
  chosen: readonly ChosenBefore[],
  notInForce: readonly NotInForce[],
): Selection {
  const versions = chosen.map(({ version }) => version)
  const referrals = asksAboutAll(rulebook, request) ? referralsInForce(rulebook, request) : []
  const plan = planFor(rulebook, versions, referrals)
  const planned = [...plan.household.versions, ...plan.member.versions]
  const plannedOf = new Map(planned.map((one) => [one.version, one]))
  const ordered = chosen.map(({ version, because, attested }) => ({
    planned: plannedOf.get(version) as PlannedVersion,
    because,
    attested,
  }))
  return { ordered, notInForce, plan }
}

/** A request that names programmes is answered about these; referrals go with all of them. */
function asksAboutAll({ programmes }: Rulebook, request: DeterminationRequest): boolean {
  const here = [...programmes.values()].filter(
    ({ jurisdiction }) => jurisdiction.code === request.jurisdiction,
  )
  return here.length === request.programmes.length
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

const plansOf = onceFor((_: Rulebook) => new Map<string, Plan>())

/** Plans are compiled once for each set of versions. */
function planFor(
  rulebook: Rulebook,
  versions: readonly LoadedVersion[],
  referrals: readonly LoadedReferral[],
): Plan {
  const ids = [...versions.map(({ rule }) => rule.id), ...referrals.map(({ clause }) => clause.id)]
  return kept(plansOf(rulebook), ids.join(' '), () => makePlan(versions, referrals))
}

/** Values kept for each rulebook; the oldest goes when there are more. */
const MOST = 256

function kept<T>(values: Map<string, T>, key: string, make: () => T): T {
  const before = values.get(key)
  if (before !== undefined) return before
  const value = make()
  if (values.size >= MOST) values.delete(values.keys().next().value as string)
  values.set(key, value)
  return value
}
