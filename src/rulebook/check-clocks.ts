import type { RuleVersion } from '../model/rule-version.js'
import { inOrder } from './in-order.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect } from './rulebook.js'
import { publicationTime, surviving } from './survive.js'

type Version = Placed<RuleVersion>

/**
 * Versions that cannot be told apart on either clock, end after their successor begins, are due
 * before they start, or correct what they cannot. Drafts count as published last.
 */
export function checkClocks({ versions }: Pick<Parts, 'versions'>): readonly Defect[] {
  const programmes = group(versions)
  return [
    ...versions.flatMap(twoHands),
    ...versions.flatMap(daysInOrder),
    ...[...programmes.values()].flatMap((list) => [
      ...list.flatMap((version) => supersession(version, list)),
      ...overlaps(list),
    ]),
  ]
}

function group(versions: readonly Version[]): ReadonlyMap<string, readonly Version[]> {
  const groups = new Map<string, Version[]>()
  for (const version of versions) {
    const id = version.from.folder
    groups.set(id, [...(groups.get(id) ?? []), version])
  }
  return groups
}

function twoHands(place: Version): readonly Defect[] {
  const { publishedBy, reviewedBy } = place.value
  if (publishedBy !== reviewedBy) return []
  return [at(place, '/reviewedBy', 'publication takes two hands: reviewedBy is publishedBy')]
}

function daysInOrder(place: Version): readonly Defect[] {
  const { validFrom, validTo, reviewBy } = place.value
  const defects: Defect[] = []
  if (validFrom === null) return defects
  if (validTo !== null && validTo <= validFrom) {
    defects.push(at(place, '/validTo', `${validTo} does not lie after validFrom ${validFrom}`))
  }
  if (reviewBy !== null && reviewBy < validFrom) {
    defects.push(at(place, '/reviewBy', `${reviewBy} lies before validFrom ${validFrom}`))
  }
  return defects
}

function supersession(place: Version, list: readonly Version[]): readonly Defect[] {
  const { supersedes, validFrom } = place.value
  if (supersedes === null) return []
  const mistaken = list.find(({ value }) => value.version === supersedes)
  if (mistaken === undefined)
    return [at(place, '/supersedes', `there is no version "${supersedes}"`)]
  const defects: Defect[] = []
  if (mistaken.value.validFrom !== validFrom) {
    defects.push(
      at(
        place,
        '/supersedes',
        `a correction keeps validFrom: "${supersedes}" has ${mistaken.value.validFrom}`,
      ),
    )
  }
  if (publicationTime(place.value) <= publicationTime(mistaken.value)) {
    defects.push(at(place, '/publishedAt', `a correction is published later than "${supersedes}"`))
  }
  return defects
}

/** What collides at any instant something was published, each pair once. */
function overlaps(list: readonly Version[]): readonly Defect[] {
  const instants = [...new Set(list.map(({ value }) => publicationTime(value)))].sort(
    (a, b) => a - b,
  )
  const found = new Map<string, Defect>()
  for (const knownAt of instants) {
    const alive = byStart(surviving(list, ({ value }) => value, knownAt))
    alive.forEach((version, index) => {
      const next = alive[index + 1]
      for (const defect of next === undefined ? [] : pairDefects(version, next)) {
        found.set(`${defect.file}${defect.pointer}${defect.reason}`, defect)
      }
    })
  }
  return [...found.values()]
}

/** By start, then by the instant of publication: of two that collide the later one is to blame. */
function byStart(versions: readonly Version[]): readonly Version[] {
  const start = ({ value }: Version) => value.validFrom ?? ''
  const published = ({ value }: Version) => publicationTime(value)
  return [...versions].sort((a, b) => inOrder(start(a), start(b)) || published(a) - published(b))
}

function pairDefects(version: Version, next: Version): readonly Defect[] {
  const { validFrom, validTo, version: name } = version.value
  const start = next.value.validFrom
  if (start === validFrom) {
    return [
      at(
        next,
        '/validFrom',
        `${start ?? 'null'} is also the start of "${name}", and neither supersedes the other`,
      ),
    ]
  }
  if (validTo === null || start === null || validTo <= start) return []
  return [
    at(version, '/validTo', `${validTo} lies after ${start}, the start of "${next.value.version}"`),
  ]
}
