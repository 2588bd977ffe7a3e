import { normalCondition } from '../engine/normal-condition.js'
import type { Rule } from '../engine/rule.js'
import type { RuleVersion } from '../model/rule-version.js'
import { checkClocks } from './check-clocks.js'
import { checkCommencements } from './citations.js'
import { canonicalJson } from './digest.js'
import { oldestFirst } from './load-programmes.js'
import { mutantsOf } from './mutants.js'
import type { Placed } from './parts.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from './rulebook.js'
import { typeRule } from './type-rule.js'

/** A programme with one thing changed in one of its versions. */
export interface MutatedProgramme {
  readonly id: string
  /** Null: the rulebook's own checks refuse it. */
  readonly loaded: LoadedProgramme | null
  /** Proved: it reads every household as the programme does, and asks for the same facts. */
  readonly equivalent: boolean
}

/** Every mutant of every version of a programme, one after the other. */
export function* mutatedProgrammes(
  rulebook: Rulebook,
  loaded: LoadedProgramme,
): Generator<MutatedProgramme> {
  for (const original of loaded.versions) {
    for (const { id, version } of mutantsOf(original.rule.version, rulebook.dictionary)) {
      const rule = typed(version, original, rulebook)
      const mutant = rule && withVersion(loaded, original, { ...original, rule, json: version })
      const sound = mutant !== undefined && isSound(mutant, rulebook)
      const equivalent = rule !== undefined && sameConditions(original.rule, rule)
      yield { id, loaded: sound ? mutant : null, equivalent }
    }
  }
}

function typed(
  version: RuleVersion,
  { rule }: LoadedVersion,
  rulebook: Rulebook,
): Rule | undefined {
  return typeRule(version, rule.subject, rulebook.dictionary, () => undefined)
}

function withVersion(
  loaded: LoadedProgramme,
  original: LoadedVersion,
  mutant: LoadedVersion,
): LoadedProgramme {
  const versions = loaded.versions.map((version) => (version === original ? mutant : version))
  return { ...loaded, versions: versions.sort(oldestFirst) }
}

/** Whether the clocks of a programme still fit, among themselves and with the law. */
function isSound({ versions }: LoadedProgramme, { dictionary, clauses }: Rulebook): boolean {
  const places = { versions: versions.map(placed) }
  const defects = [...checkClocks(places), ...checkCommencements(places, dictionary, clauses)]
  return defects.length === 0
}

function placed({ rule, json, file }: LoadedVersion): Placed<RuleVersion> {
  const { programme, version } = rule.version
  const from = {
    kind: 'version',
    layer: 0,
    file,
    path: file,
    folder: programme,
    name: version,
  } as const
  return { value: rule.version, from: { ...from, json }, pointer: '' }
}

/** Whether two rules differ in nothing but their conditions, and those have one normal form. */
function sameConditions(a: Rule, b: Rule): boolean {
  const rest = ({ version }: Rule) => {
    const { conditions: _, warnings: __, ...others } = version
    return canonicalJson(others)
  }
  const keys = ({ conditions, warnings }: Rule) =>
    [conditions, ...warnings.flatMap(({ when }) => when ?? [])].map(
      (condition) => normalCondition(condition).key,
    )
  return keys(a).join('\n') === keys(b).join('\n') && rest(a) === rest(b)
}
