import type { Dictionary } from '../engine/fact-definition.js'
import { restsOn } from '../engine/facts-read.js'
import { isObject } from '../engine/typing.js'
import type { Interpretation } from '../model/clause.js'
import { factDigest, fileDigest, interpretationDigest } from './digest.js'
import type { LockFile } from './file-formats.js'
import { inOrder } from './in-order.js'
import { mentionsIn } from './mentions.js'
import { versionIdOf } from './parts.js'
import type { RulebookFile } from './read-layers.js'

/** What the meaning of a rule version rests on. */
export interface Meanings {
  readonly dictionary: Dictionary
  readonly interpretations: ReadonlyMap<string, Interpretation>
}

const EMPTY: LockFile = { released: null, versions: {}, facts: {}, interpretations: {} }

/** Whether a file is a rule version that has been published. */
export function isPublished({ kind, json }: RulebookFile): boolean {
  return kind === 'version' && isObject(json) && typeof json.publishedAt === 'string'
}

/** Digests of versions and of every fact and interpretation they use, directly or through another. */
export function lockOf(
  versions: readonly RulebookFile[],
  meanings: Meanings,
): Omit<LockFile, 'released'> {
  return {
    versions: sorted(versions.map((file) => [versionIdOf(file), fileDigest(file.json as object)])),
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

function sorted(entries: readonly (readonly [string, string])[]): Record<string, string> {
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
