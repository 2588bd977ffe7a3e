import { LARGEST_YUAN } from '../model/money.js'
import type { RuleVersion } from '../model/rule-version.js'
import { checkExpressions, computationsOf } from './check-expressions.js'
import { fileDigest } from './digest.js'
import { bookDigest } from './load-programmes.js'
import type { Defect, LoadedVersion, Rulebook } from './rulebook.js'
import { typeRule } from './type-rule.js'

/** Another figure for a parameter of one version, in the parameter's unit. */
export interface ParameterChange {
  readonly version: LoadedVersion
  readonly parameter: string
  readonly value: number
}

/** The rulebook with other figures, or why its checks refuse them. */
export type ChangedRulebook =
  | { readonly kind: 'rulebook'; readonly rulebook: Rulebook }
  | { readonly kind: 'defects'; readonly defects: readonly Defect[] }

/**
 * A rulebook in which parameters of its versions have other values; each version that changes is
 * typed and checked as when it is loaded. The one given stays as it is. Nothing is written.
 */
export function changeParameters(
  rulebook: Rulebook,
  changes: readonly ParameterChange[],
): ChangedRulebook {
  const defects: Defect[] = []
  const changed = new Map<LoadedVersion, LoadedVersion>()
  for (const version of new Set(changes.map((change) => change.version))) {
    const own = changes.filter((change) => change.version === version)
    const next = changeVersion(rulebook, version, own, (pointer, reason) =>
      defects.push({ file: version.file, pointer, reason }),
    )
    if (next !== undefined) changed.set(version, next)
  }
  if (defects.length > 0) return { kind: 'defects', defects }
  const programmes = new Map(
    [...rulebook.programmes].map(([id, loaded]) => [
      id,
      { ...loaded, versions: loaded.versions.map((version) => changed.get(version) ?? version) },
    ]),
  )
  const { digest: _, ...book } = { ...rulebook, programmes }
  const versions = [...programmes.values()].flatMap((loaded) => loaded.versions)
  return { kind: 'rulebook', rulebook: { digest: bookDigest(book, versions), ...book } }
}

/** What every number of a request must be: no larger than an amount, with at most three decimals. */
const STEPS = 1_000

function isPlain(value: number): boolean {
  return Math.abs(value) <= LARGEST_YUAN && Math.round(value * STEPS) / STEPS === value
}

function changeVersion(
  { dictionary }: Rulebook,
  before: LoadedVersion,
  changes: readonly ParameterChange[],
  report: (pointer: string, reason: string) => void,
): LoadedVersion | undefined {
  const { version, subject } = before.rule
  const parameters = { ...version.parameters }
  for (const { parameter, value } of changes)
    parameters[parameter] = { ...(parameters[parameter] as (typeof parameters)[string]), value }
  const odd = changes.filter(({ value }) => !isPlain(value))
  for (const { parameter } of odd)
    report(`/parameters/${parameter}/value`, 'too large, or has too many decimals')
  if (odd.length > 0) return undefined
  const next: RuleVersion = { ...version, parameters }
  const rule = typeRule(next, subject, dictionary, report)
  if (rule === undefined) return undefined
  const check = checkExpressions(dictionary)
  for (const computation of computationsOf(rule)) check(computation, report)
  const json = { ...(before.json as object), parameters }
  return { ...before, rule, json, digest: fileDigest(json) }
}
