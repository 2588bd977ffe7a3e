import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Interpretation } from '../model/clause.js'
import { FACT_MEANING, type Fact } from '../model/fact.js'

/** The RFC 8785 form of a JSON value: the same bytes for the same value, whatever its layout. */
export function canonicalJson(json: unknown): string {
  return canonicalize(json) as string
}

const DIGESTS = new WeakMap<object, string>()

/** `sha256:<hex>` of the RFC 8785 form of a JSON value. */
export function digestOf(json: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(json)).digest('hex')}`
}

/** A digest of something that never changes, made once. */
function once<T extends object>(of: T, digest: (of: T) => string): string {
  const made = DIGESTS.get(of) ?? digest(of)
  DIGESTS.set(of, made)
  return made
}

/** The digest of a file's JSON, which is never changed in memory. */
export function fileDigest(json: object): string {
  return once(json, digestOf)
}

/** Digest of what a fact means; its label, question and note may be improved. */
export function factDigest(fact: Fact): string {
  return once(fact, () =>
    digestOf(
      Object.fromEntries(
        FACT_MEANING.filter((key) => fact[key] !== undefined).map((key) => [key, fact[key]]),
      ),
    ),
  )
}

/** Digest of an interpretation: its words and its reason. */
export function interpretationDigest(interpretation: Interpretation): string {
  return once(interpretation, ({ zh, en, why }) => digestOf({ zh, en, why }))
}
