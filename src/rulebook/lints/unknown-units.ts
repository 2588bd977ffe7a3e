import { segment } from '../../engine/typing.js'
import { RATIO, UNIT_WORDS } from '../../model/unit.js'
import type { Rulebook } from '../rulebook.js'
import type { Finding } from './finding.js'

/** Units of figures and entitlements that no fact has and that nothing puts into words. */
export function unknownUnits({ programmes, facts }: Rulebook): readonly Finding[] {
  const known = new Set([
    RATIO,
    ...Object.keys(UNIT_WORDS),
    ...facts.flatMap(({ unit }) => unit ?? []),
  ])
  const versions = [...programmes.values()].flatMap((programme) => programme.versions)
  return versions.flatMap(({ rule: { id, version } }) => {
    const { entitlement, parameters } = version
    const granted = 'unit' in entitlement ? entitlement.unit : null
    const units: readonly (readonly [string, string | null])[] = [
      ['/entitlement', granted],
      ...Object.entries(parameters).map(
        ([name, { unit }]) => [`/parameters${segment(name)}`, unit] as const,
      ),
    ]
    return units.flatMap(([place, unit]): Finding[] =>
      unit === null || known.has(unit)
        ? []
        : [{ id: `unknown-unit ${id} ${place}/unit`, reason: `no fact has the unit "${unit}"` }],
    )
  })
}
