import type { Dictionary } from '../engine/fact-definition.js'
import { citationsOf, latestCommencement } from './citations.js'
import { digestOf, factDigest, fileDigest, interpretationDigest } from './digest.js'
import { inOrder } from './in-order.js'
import type { Parts, Placed } from './parts.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from './rulebook.js'
import { publicationTime } from './survive.js'
import type { TypedRule } from './type-parts.js'

/** A rule version with its digest and the day before which its law was not in force. */
export function loadVersion(
  { place, rule }: TypedRule,
  dictionary: Dictionary,
  clauses: Rulebook['clauses'],
): LoadedVersion {
  const { json, file } = place.from
  const { publishedAt } = place.value
  return {
    rule,
    json,
    digest: fileDigest(json as object),
    file,
    publishedAt: publishedAt === null ? null : new Date(publishedAt).toISOString(),
    notBefore: latestCommencement(citationsOf(json, dictionary), clauses),
  }
}

/** Every programme with its versions, oldest first, and its cases. */
export function programmesOf(
  parts: Parts,
  versions: readonly LoadedVersion[],
): Rulebook['programmes'] {
  const jurisdictions = new Map(parts.jurisdictions.map(({ value }) => [value.slug, value]))
  const cases = byFolder(parts.cases)
  const equivalentMutants = byFolder(parts.equivalentMutants)
  const entries = parts.programmes.map(({ value, from }): [string, LoadedProgramme] => [
    value.id,
    {
      programme: value,
      jurisdiction: jurisdictions.get(
        from.folder.split('/')[0] as string,
      ) as LoadedProgramme['jurisdiction'],
      versions: versions
        .filter(({ rule }) => rule.version.programme === value.id)
        .sort(oldestFirst),
      cases: cases.get(from.folder) ?? [],
      equivalentMutants: equivalentMutants.get(from.folder) ?? [],
    },
  ])
  return new Map(entries.sort(([a], [b]) => inOrder(a, b)))
}

function byFolder<T>(places: readonly Placed<T>[]): ReadonlyMap<string, readonly T[]> {
  const folders = new Map<string, T[]>()
  for (const { value, from } of places) {
    const values = folders.get(from.folder) ?? []
    folders.set(from.folder, values)
    values.push(value)
  }
  return folders
}

/** Orders the versions of a programme: by start, then by the instant of publication. */
export function oldestFirst(a: LoadedVersion, b: LoadedVersion): number {
  const start = ({ rule }: LoadedVersion) => rule.version.validFrom ?? ''
  const published = ({ rule }: LoadedVersion) => publicationTime(rule.version)
  return inOrder(start(a), start(b)) || published(a) - published(b)
}

/** Digest of everything an answer can depend on, the names of things apart. */
export function bookDigest(
  book: Omit<Rulebook, 'digest'>,
  versions: readonly LoadedVersion[],
): string {
  return digestOf({
    versions: Object.fromEntries(versions.map(({ rule, digest }) => [rule.id, digest])),
    subjects: Object.fromEntries(
      versions.map(({ rule }) => [rule.version.programme, rule.subject]),
    ),
    jurisdictions: Object.fromEntries(
      [...book.jurisdictions].map(([code, { slug }]) => [slug, code]),
    ),
    facts: Object.fromEntries(book.facts.map((fact) => [fact.id, factDigest(fact)])),
    interpretations: Object.fromEntries(
      [...book.interpretations].map(([id, value]) => [id, interpretationDigest(value)]),
    ),
    clauses: Object.fromEntries(book.clauses),
    conflicts: book.conflicts.map(({ conflict }) => conflict),
  })
}
