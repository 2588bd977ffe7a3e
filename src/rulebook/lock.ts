import type { Dictionary } from '../engine/fact-definition.js'
import { restsOn } from '../engine/facts-read.js'
import { isObject } from '../engine/typing.js'
import type { Interpretation } from '../model/clause.js'
import { factDigest, fileDigest, interpretationDigest } from './digest.js'
import type { LockFile } from './file-formats.js'
import { inOrder } from './in-order.js'
import { mentionsIn } from './mentions.js'
import { type Parts, type Placed, versionIdOf } from './parts.js'
import type { RulebookFile } from './read-layers.js'

/** What the meaning of a rule version rests on. */
export interface Meanings {
  readonly dictionary: Dictionary
  readonly interpretations: ReadonlyMap<string, Interpretation>
}

const EMPTY: LockFile = {
  released: null,
  versions: {},
  programmes: {},
  jurisdictions: {},
  facts: {},
  interpretations: {},
}

/** Whether a file is a rule version that has been published. */
export function isPublished({ kind, json }: RulebookFile): boolean {
  return kind === 'version' && isObject(json) && typeof json.publishedAt === 'string'
}

/** What versions rest on in the file of their programme, or of its jurisdiction. */
export interface Stated {
  readonly kind: 'programmes' | 'jurisdictions'
  readonly place: Placed<unknown>
  /** Where it stands in its file. */
  readonly pointer: string
  readonly value: string
}

/** Whom each programme entitles, and the code of each jurisdiction. */
export function statedIn({ programmes, jurisdictions }: Files): readonly Stated[] {
  return [
    ...programmes.map(
      (place): Stated => ({
        ...{ kind: 'programmes', place, pointer: '/subject', value: place.value.subject },
      }),
    ),
    ...jurisdictions.map(
      (place): Stated => ({
        ...{ kind: 'jurisdictions', place, pointer: '/code', value: place.value.code },
      }),
    ),
  ]
}

type Files = Pick<Parts, 'programmes' | 'jurisdictions'>

/**
 * Digests of versions and of every fact and interpretation they use, directly or through another,
 * and what they rest on in other files.
 */
export function lockOf(
  versions: readonly RulebookFile[],
  files: Files,
  meanings: Meanings,
): Omit<LockFile, 'released'> {
  const folders = new Set(versions.flatMap(({ folder }) => [folder, folder.split('/')[0]]))
  const stated = statedIn(files).filter(({ place }) => folders.has(place.from.folder))
  const valuesOf = (kind: Stated['kind']) =>
    sorted(
      stated
        .filter((one) => one.kind === kind)
        .map(({ place, value }) => [place.from.folder, value]),
    )
  return {
    versions: sorted(versions.map((file) => [versionIdOf(file), fileDigest(file.json as object)])),
    programmes: valuesOf('programmes') as LockFile['programmes'],
    jurisdictions: valuesOf('jurisdictions'),
    ...meaningsOf(
      versions.map(({ json }) => json),
      meanings,
    ),
  }
}

/** Digests of every fact and interpretation that rules use, directly or through another. */
export function meaningsOf(
  rules: readonly unknown[],
  meanings: Meanings,
): Pick<LockFile, 'facts' | 'interpretations'> {
  const used = rules.map((json) => usedBy(json, meanings.dictionary))
  const facts = new Set(used.flatMap((use) => use.facts))
  const interpretations = new Set(used.flatMap((use) => use.interpretations))
  const { dictionary } = meanings
  return {
    facts: sorted(
      [...facts].flatMap((id) => entry(id, dictionary.get(id), ({ fact }) => factDigest(fact))),
    ),
    interpretations: sorted(
      [...interpretations].flatMap((id) =>
        entry(id, meanings.interpretations.get(id), interpretationDigest),
      ),
    ),
  }
}

/** A lock with the entries it lacks; what is locked stays as it is. */
export function extendLock(lock: LockFile = EMPTY, added: Omit<LockFile, 'released'>): LockFile {
  return {
    ...lock,
    versions: sorted(Object.entries({ ...added.versions, ...lock.versions })),
    programmes: sorted(Object.entries({ ...added.programmes, ...lock.programmes })),
    jurisdictions: sorted(Object.entries({ ...added.jurisdictions, ...lock.jurisdictions })),
    facts: sorted(Object.entries({ ...added.facts, ...lock.facts })),
    interpretations: sorted(Object.entries({ ...added.interpretations, ...lock.interpretations })),
  }
}

function entry<T>(
  id: string,
  value: T | undefined,
  digest: (value: T) => string,
): [string, string][] {
  return value === undefined ? [] : [[id, digest(value)]]
}

function sorted<T extends string>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => inOrder(a, b)))
}

function usedBy(
  json: unknown,
  dictionary: Dictionary,
): { facts: readonly string[]; interpretations: readonly string[] } {
  const mentions = mentionsIn(json)
  const facts = mentions.flatMap(({ kind, id }) =>
    kind === 'fact' ? [...restsOnId(id, dictionary)] : [],
  )
  const inFacts = facts.flatMap((id) => mentionsIn(dictionary.get(id)?.fact))
  const interpretations = [...mentions, ...inFacts]
    .filter(({ kind }) => kind === 'interpretation')
    .map(({ id }) => id)
  return { facts, interpretations }
}

function restsOnId(id: string, dictionary: Dictionary): readonly string[] {
  const fact = dictionary.get(id)
  return fact === undefined ? [] : [...restsOn(fact)].map((rest) => rest.id)
}
